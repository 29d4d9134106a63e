"""One sheet of a workbook: title, lines of notes and links under it, then a table, all from the first column on.

As guidance on accessible spreadsheets asks: no merged cells, no blank rows, no meaning in colours, real tables with a
row of heads, words that wrap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from itabook.domain.figure_data import FigureData, Value
from itabook.line_breaks import letters
from itabook.words import Words, one_line

FACE, SIZE = "Tahoma", 11
"""A face with Thai letters that office programs have."""
NARROWEST, FIRST, WIDEST = 10, 36, 60
"""Widths of columns in letters; the first one holds the title and the notes too."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet holds.

    Attributes:
        name: of the sheet, at most 31 letters.
        lines: what stands under the title, a cell each.
        data: its table; None for one of lines only.
        links: words and the sheet that they lead to, under the lines.
        key: name of the table for formulas; made from its place where it is empty.
        first_links: whether the first column names sheets and leads to them.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    data: FigureData | None = None
    links: tuple[tuple[str, str], ...] = ()
    key: str = ""
    first_links: bool = False


def add_sheet(workbook: Workbook, sheet: Sheet, words: Words) -> None:
    """Add a sheet after the others; texts in the digits of the book, numbers as numbers."""
    made = workbook.create_sheet(sheet.name)
    _write(made.cell(1, 1), sheet.title, font=Font(name=FACE, size=SIZE + 3, bold=True))
    for row, line in enumerate(sheet.lines, start=2):
        _write(made.cell(row, 1), line)
    for row, (text, target) in enumerate(sheet.links, start=2 + len(sheet.lines)):
        _write(made.cell(row, 1), text)
        _link(made.cell(row, 1), target)
    made.column_dimensions["A"].width = WIDEST if sheet.data is None else FIRST
    if sheet.data is not None:
        top = 2 + len(sheet.lines) + len(sheet.links)
        _write_table(made, sheet.data, top, words)
        if sheet.first_links:
            for row in range(top + 1, top + 1 + len(sheet.data.rows)):
                _link(made.cell(row, 1), str(made.cell(row, 1).value))
        if sheet.data.rows:
            _mark_table(made, sheet, top, sheet.key or f"table_{len(workbook.sheetnames)}")


def _write_table(made: Worksheet, data: FigureData, top: int, words: Words) -> None:
    for column, name in enumerate(data.columns, start=1):
        _write(made.cell(top, column), words.text(name), font=Font(name=FACE, size=SIZE, bold=True))
    for row, values in enumerate(data.rows, start=top + 1):
        for column, value in enumerate(values, start=1):
            _write(made.cell(row, column), words.text(value) if isinstance(value, str) else value)
    for column, width in enumerate(_widths(data), start=1):
        letter = made.cell(top, column).column_letter
        made.column_dimensions[letter].width = max(width, FIRST) if column == 1 else width


def _write(cell: Cell, value: Value, *, font: Font | None = None) -> None:
    """Write a value; a text is never a formula, whatever it begins with."""
    cell.font = font or Font(name=FACE, size=SIZE)
    cell.alignment = Alignment(vertical="top", wrap_text=not isinstance(value, Decimal | int))
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", one_line(value))
        cell.value, cell.data_type = text, "s"
        cell.quotePrefix = text[:1] in tuple("=+-@")
    elif value is not None:
        cell.value = value
        places = max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0
        cell.number_format = f"#,##0.{'0' * places}" if places else "#,##0"


def _link(cell: Cell, target: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!A1", display=str(cell.value))
    cell.font = Font(name=FACE, size=SIZE, underline="single", color="FF12436D")


def _mark_table(made: Worksheet, sheet: Sheet, top: int, key: str) -> None:
    """Make the cells a table with a row of heads, by which a screen reader names columns."""
    data = sheet.data
    if data is None:
        return
    last = made.cell(top + len(data.rows), len(data.columns)).coordinate
    table = Table(displayName=key, ref=f"A{top}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    made.add_table(table)


def _widths(data: FigureData) -> Iterator[int]:
    """How wide each column must be to show its words, on several lines where they are many."""
    for place, name in enumerate(data.columns):
        texts = [row[place] for row in data.rows]
        longest = max((letters(str(value)) for value in (*texts, name) if value is not None), default=0)
        yield min(max(longest + 3, NARROWEST), WIDEST)
