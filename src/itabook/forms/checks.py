"""The sheet of checks: whether the ten indicators are there, and whether figures that hang together agree."""

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from itabook.data.dictionary import TABLES as TEXTS
from itabook.data.files import NOTE
from itabook.data.schemas import TABLES
from itabook.domain.facts import DIMENSIONS
from itabook.domain.rules import INSTRUMENTS, SURVEYS, YearRules
from itabook.forms.form import FORMS, Form
from itabook.forms.formulas import BAD, GOOD, OPEN, Columns, quoted, words_for
from itabook.forms.sheets import FIRST_ROW, mark_results, set_up
from itabook.forms.styles import COMPUTED, Styles

CHECKS = f"{NOTE}ตรวจสอบ"
FILLED = "✓ กรอกแล้ว"
AGREES = "✓ ตรงกัน"
_APART = "0.0101"
"""Scores of two decimals: a mean of rounded scores and a rounded mean differ by no more than 0.01."""
_HEADERS = ("เรื่องที่ตรวจ", "ค่าที่กรอก", "ค่าที่คำนวณได้", "ผล")


@dataclass(frozen=True, slots=True)
class Line:
    """One check: what it is of, formulas of the typed and the computed value ("" for none), and of the result.

    Attributes:
        at_first: the result before anything is typed.
        whole: whether the values are numbers of rows or people, not scores.
    """

    said: str
    typed: str
    computed: str
    result: str
    at_first: str
    whole: bool = False


def add_checks(book: Workbook, form: Form, style: Styles) -> None:
    """The sheet; every formula reads the sheets of the tables."""
    sheet = book.add_worksheet(CHECKS)
    sheet.write_string(0, 0, "ผลการตรวจ – คำนวณให้ ไม่ต้องกรอกแผ่นงานนี้", style.title)
    said = "✗ คือต้องตรวจกับรายงาน หากรายงานพิมพ์เช่นนั้นจริงให้คงไว้ หนังสือบอกไว้ในบท “ความน่าเชื่อถือของข้อมูล”"
    sheet.write_string(1, 0, said, style.said)
    sheet.set_row(0, 26)
    row = 3
    for title, lines in _sections(form, row):
        sheet.write_string(row - 1, 0, title, style.bold)
        for place, name in enumerate(_HEADERS):
            sheet.write_string(row, place, name, style.head[COMPUTED])
        for number, line in enumerate(lines, start=row + 1):
            _write(sheet, number, line, style)
        row += len(lines) + 3
    mark_results(sheet, 3, 3, row, style)
    for place, width in enumerate((58, 14, 16, 44)):
        sheet.set_column(place, place, width)
    set_up(sheet, "ผลการตรวจ", form)


def _write(sheet: Worksheet, row: int, line: Line, style: Styles) -> None:
    sheet.write_string(row, 0, line.said, style.cell[COMPUTED])
    look = style.count if line.whole else style.number
    for place, formula in ((1, line.typed), (2, line.computed)):
        if formula:
            sheet.write_formula(row, place, formula, look, "")
        else:
            sheet.write_blank(row, place, None, look)
    sheet.write_formula(row, 3, line.result, style.cell[COMPUTED], line.at_first)


def _sections(form: Form, row: int) -> Iterator[tuple[str, list[Line]]]:
    """Titles and lines; the first line of a section stands two rows below its title."""
    first = row + 2
    indicators = list(_indicators(form, first))
    yield "1. ตัวชี้วัดทั้งสิบ", indicators
    second = first + len(indicators) + 3
    yield "2. คะแนนแบบวัดและคะแนนรวม", list(_totals(form, first, second))
    yield "3. จำนวนผู้ตอบ", list(_respondents(form))
    yield "4. แถวที่กรอก และแถวที่ต้องแก้ ของแต่ละแผ่นงาน", list(_sheets(form))


def _rows(form: Form, name: str) -> range:
    return range(FIRST_ROW, FIRST_ROW + form.prepared(name))


def _score(form: Form, key: str) -> str:
    """The first score of that key, "" where there is none."""
    columns, rows = Columns(TABLES["scores"]), _rows(form, "scores")
    place = columns.spec.columns.index(next(column for column in columns.numeric))
    numbers = columns.whole(len(columns.spec.columns), rows)
    keys = columns.whole(columns.key or place, rows)
    return f'=IFERROR(INDEX({numbers},MATCH({quoted(key)},{keys},0)),"")'


def _indicators(form: Form, first: int) -> Iterator[Line]:
    for row, indicator in enumerate(form.rules.indicators, start=first):
        name = f" {indicator.name}" if indicator.official else ""
        result = f'=IF(ISNUMBER(B{row}),"{FILLED}","{OPEN}")'
        yield Line(f"{indicator.number}.{name}", _score(form, str(indicator.number)), "", result, OPEN)


def _agree(row: int) -> str:
    difference = f"ABS(B{row}-ROUND(C{row},2))"
    apart = f'"{BAD}ต่างกัน "&TEXT({difference},"0.00")&" ตรวจกับรายงาน"'
    missing = f"OR(NOT(ISNUMBER(B{row})),NOT(ISNUMBER(C{row})))"
    return f'=IF({missing},"ยังกรอกไม่ครบ",IF({difference}<{_APART},"{AGREES}",{apart}))'


def _totals(form: Form, first: int, row: int) -> Iterator[Line]:
    """Instruments from their indicators, EIT from its parts, the total from the instruments and the year's weights."""
    rules, waiting = form.rules, "ยังกรอกไม่ครบ"
    start = row
    for code in INSTRUMENTS:
        numbers = [indicator.number for indicator in rules.of_instrument(code)]
        cells = f"B{first + numbers[0] - 1}:B{first + numbers[-1] - 1}"
        mean = f'=IF(COUNT({cells})={len(numbers)},AVERAGE({cells}),"")'
        said = f"แบบวัด {code} = ค่าเฉลี่ยของตัวชี้วัดที่ {numbers[0]} ถึง {numbers[-1]}"
        yield Line(said, _score(form, code), mean, _agree(row), waiting)
        row += 1
    if rules.weights.eit_parts:
        parts = (_score(form, part).removeprefix("=") for part in ("EIT1", "EIT2"))
        mean = f'=IFERROR(({"+".join(parts)})/2,"")'
        yield Line("แบบวัด EIT = ค่าเฉลี่ยของส่วนที่ 1 และส่วนที่ 2", _score(form, "EIT"), mean, _agree(row), waiting)
        row += 1
    yield _total(form, start, row)


def _total(form: Form, start: int, row: int) -> Line:
    weights, typed = form.rules.weights, _score(form, "total")
    if not weights.official:
        return Line("คะแนนรวม", typed, "", _text_formula("ไม่ตรวจ เพราะน้ำหนักของปีนี้ยังไม่มีแหล่งยืนยัน"), "")
    parts = [
        f"{weights.of(code)}*IF(ISNUMBER(C{start + place}),C{start + place},B{start + place})"
        for place, code in enumerate(INSTRUMENTS)
    ]
    return Line(
        f"คะแนนรวมตามน้ำหนัก {shares_said(form.rules)}",
        typed,
        f'=IFERROR({"+".join(parts)},"")',
        _agree(row),
        "ยังกรอกไม่ครบ",
    )


def _text_formula(text: str) -> str:
    """A formula whose result is this text."""
    return f"={quoted(text)}"


def _respondents(form: Form) -> Iterator[Line]:
    """Respondents of each instrument by each dimension: all sums of an instrument are the same number of people."""
    columns, rows = Columns(TABLES["respondents"]), _rows(form, "respondents")
    spec = {column.name: column for column in columns.spec.columns}
    counts = columns.whole(len(columns.spec.columns), rows)
    instruments, dimensions = (
        columns.whole(columns.spec.names.index(name), rows) for name in ("instrument", "dimension")
    )
    for code in SURVEYS:
        sums = {
            dimension: "+".join(
                f"SUMIFS({counts},{instruments},{quoted(code)},{dimensions},{quoted(word)})"
                for word in words_for(spec["dimension"], dimension)
            )
            for dimension in DIMENSIONS
        }
        age = sums["age"]
        for dimension, total in sums.items():
            same = f'IF(OR(({age})=0,({total})=({age})),"{AGREES}","{BAD}ไม่เท่ากับผู้ตอบจำแนกตามอายุ")'
            result = f'=IF(({total})=0,"{OPEN}",{same})'
            yield Line(f"{code} จำแนกตาม{DIMENSIONS[dimension]}", f"={total}", "", result, OPEN, whole=True)


def _sheets(form: Form) -> Iterator[Line]:
    for name in FORMS:
        columns, rows = Columns(TABLES[name]), _rows(form, name)
        results = columns.whole(columns.check, rows)
        good, bad = (f'COUNTIF({results},"{sign}*")' for sign in (GOOD[0], BAD.strip()))
        told = f'{good}+{bad}+COUNTIF({results},"!*")'
        result = f'=IF({bad}>0,"{BAD}ต้องแก้ "&{bad}&" แถว ดูช่องขวาสุดของแผ่นงาน {name}",IF({told}=0,"{OPEN}","{GOOD}"))'
        yield Line(f"{name} – {TEXTS[name].title} (จำนวนแถวที่กรอก)", f"={told}", "", result, OPEN, whole=True)


def shares_said(rules: YearRules) -> str:
    """The weights of the instruments as shares of the total."""
    return " ".join(f"{code} ร้อยละ {rules.weights.of(code) * 100:.0f}" for code in INSTRUMENTS)
