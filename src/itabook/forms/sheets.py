"""The sheet of one table: titles, rows to fill in, drop-downs, comments, and a check of each row."""

from collections.abc import Iterator
from math import ceil
from unicodedata import category

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from itabook.data.dictionary import TABLES as TEXTS
from itabook.data.files import NOTE
from itabook.data.schemas import TABLES, ColumnSpec, menu
from itabook.forms.form import Form
from itabook.forms.formulas import BAD, GOOD, LOOK, NUMERIC, OPEN, Columns, check_of, key_of, number_of
from itabook.forms.styles import COMPUTED, FACE, FILL_IN, GIVEN, OPTIONAL, Styles

FIRST_ROW = 4
"""Row of the first fact, as people number it: above it stand title, Thai headers and names of the columns."""
LAST_ROW = 2000
"""Drop-downs reach down to this row, further than the rows that are prepared."""
_WIDTHS = {
    "measure": 17, "scope": 15, "code": 9, "name": 36, "value": 11, "level": 20, "where": 34, "instrument": 9,
    "indicator": 10, "item": 9, "title": 58, "result": 10, "remark": 42, "answer": 30, "percent": 11, "count": 11,
    "dimension": 20, "category": 32, "sex": 10, "kind": 20, "no": 9, "text": 56, "steps": 44, "period": 24,
    "responsible": 26, "monitoring": 32,
}  # fmt: skip
_CHECK_WIDTH, _LINE_HEIGHT = 40, 15.5


def add_table(book: Workbook, form: Form, name: str, style: Styles) -> None:
    """A sheet of a table with the rows that the form knows."""
    sheet = book.add_worksheet(name)
    columns = Columns(TABLES[name])
    rows = range(FIRST_ROW, FIRST_ROW + form.prepared(name))
    _headers(sheet, columns, style)
    _cells(sheet, form, columns, rows, style)
    _computed(sheet, form, columns, rows, style)
    _menus(sheet, form, columns)
    set_up(sheet, f"{TEXTS[name].title} ({name})", form)
    sheet.set_landscape()
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    sheet.repeat_rows(1, FIRST_ROW - 2)


def set_up(sheet: Worksheet, title: str, form: Form) -> None:
    """Print setup: A4, as wide as the page, with the title and the number of the page."""
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{title}&R{form.agency} ปีงบประมาณ พ.ศ. {form.rules.fiscal_year}")
    sheet.set_footer("&Cหน้า &P จาก &N")


def kind_of(column: ColumnSpec) -> str:
    """Whether a column is to be filled in or may be left blank."""
    return FILL_IN if column.required or column.kind in NUMERIC or column.name == "result" else OPTIONAL


def _headers(sheet: Worksheet, columns: Columns, style: Styles) -> None:
    text = TEXTS[columns.spec.name]
    sheet.write_string(0, 0, f"{text.title} – {text.description}", style.title)
    sheet.set_row(0, 26)
    sheet.set_row(1, 48)
    sheet.set_row(2, 18)
    for place, column in enumerate(columns.spec.columns):
        said = text.columns[column.name]
        sheet.write_string(1, place, f"{said.title}\n({kind_of(column)})", style.head[kind_of(column)])
        sheet.write_string(2, place, column.name, style.names)
        sheet.write_comment(1, place, "\n".join(_comment(column, said.description, said.example)), _COMMENT)
        sheet.set_column(place, place, _WIDTHS[column.name])
    helpers = [f"{column.name} ที่อ่านได้" for column in columns.numeric] + ["รหัสของแถว"] * (columns.key is not None)
    for place, title in enumerate(helpers, start=len(columns.spec.columns)):
        sheet.write_string(1, place, f"{title}\n({COMPUTED})", style.head[COMPUTED])
        sheet.write_string(2, place, f"{NOTE}{title}", style.names)
    sheet.set_column(len(columns.spec.columns), columns.check - 1, 12, None, {"hidden": True})
    sheet.write_string(1, columns.check, f"ผลการตรวจแถวนี้\n({COMPUTED})", style.head[COMPUTED])
    sheet.write_string(2, columns.check, f"{NOTE}ตรวจสอบ", style.names)
    sheet.set_column(columns.check, columns.check, _CHECK_WIDTH)


_COMMENT = {"x_scale": 2.2, "y_scale": 1.6, "font_name": FACE, "font_size": 9, "author": "itabook"}


def _comment(column: ColumnSpec, description: str, example: str) -> Iterator[str]:
    yield description
    if column.kind == "choice":
        yield f"เลือกจากรายการ: {', '.join(menu(column))}"
    yield f"ตัวอย่าง: {column.words[example] and example if column.kind == 'choice' else example}"


def _cells(sheet: Worksheet, form: Form, columns: Columns, rows: range, style: Styles) -> None:
    known = form.rows.get(columns.spec.name, ())
    for number, row in enumerate(rows):
        given = known[number] if number < len(known) else ()
        lines = _lines(given, columns)
        if lines > 1:
            sheet.set_row(row - 1, _LINE_HEIGHT * lines)
        for place, column in enumerate(columns.spec.columns):
            text = given[place] if place < len(given) else ""
            if text:
                sheet.write_string(row - 1, place, text, style.cell[GIVEN])
            else:
                sheet.write_blank(row - 1, place, None, style.cell[kind_of(column)])
    last = len(columns.spec.columns) - 1
    sheet.ignore_errors({"number_stored_as_text": f"A{rows[0]}:{columns.cell(columns.spec.names[last], LAST_ROW)}"})


def _lines(given: tuple[str, ...], columns: Columns) -> int:
    """How many lines the longest text of a row takes; marks above and below letters take no room of their own."""
    widths = [_WIDTHS[column.name] for column in columns.spec.columns]
    wide = [sum(category(char) != "Mn" for char in text) for text in given]
    return max((ceil(length / (width * 1.05)) for length, width in zip(wide, widths, strict=False)), default=1)


def _computed(sheet: Worksheet, form: Form, columns: Columns, rows: range, style: Styles) -> None:
    given, shown = len(form.rows.get(columns.spec.name, ())), style.cell[COMPUTED]
    for number, row in enumerate(rows):
        for place, column in enumerate(columns.numeric, start=len(columns.spec.columns)):
            sheet.write_formula(row - 1, place, number_of(columns.cell(column.name, row)), shown, "")
        if columns.key is not None:
            sheet.write_formula(row - 1, columns.key, key_of(columns, row), shown, "")
        result = OPEN if number < given else ""
        sheet.write_formula(row - 1, columns.check, check_of(columns, row, rows), shown, result)
    mark_results(sheet, rows[0] - 1, columns.check, rows[-1] - 1, style)


def mark_results(sheet: Worksheet, first: int, column: int, last: int, style: Styles) -> None:
    """Colours behind results, which say the same in words."""
    for sign, look in ((GOOD[0], style.good), (BAD.strip(), style.bad), (LOOK.strip(), style.look)):
        rule = {"type": "text", "criteria": "begins with", "value": sign, "format": look}
        sheet.conditional_format(first, column, last, column, rule)


def _menus(sheet: Worksheet, form: Form, columns: Columns) -> None:
    """Drop-downs; another word may still be typed, for a report may print another."""
    for place, column in enumerate(columns.spec.columns):
        words = _choices(form, column)
        if words:
            options = {
                "validate": "list",
                "source": list(words),
                "error_type": "warning",
                "error_title": "ไม่อยู่ในรายการ",
                "error_message": "คำนี้ไม่อยู่ในรายการให้เลือก หากพิมพ์คำอื่นโปรแกรมอาจอ่านไม่ได้",
            }
            sheet.data_validation(FIRST_ROW - 1, place, LAST_ROW - 1, place, options)


def _choices(form: Form, column: ColumnSpec) -> tuple[str, ...]:
    if column.kind == "choice":
        return menu(column)
    if column.kind == "indicator":
        return tuple(str(number) for number in range(1, 11))
    if column.name == "level" and form.rules.levels.official:
        return form.rules.levels.names
    return ()
