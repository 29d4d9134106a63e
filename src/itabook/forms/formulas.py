"""The formulas of the workbook: reading a number, checking a row. Excel and LibreOffice know every function used."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from itabook.data.dictionary import TABLES as TEXTS
from itabook.data.schemas import ColumnSpec, TableSpec
from itabook.data.text import ARABIC

GOOD, BAD, LOOK, OPEN = "✓ ใช้ได้", "✗ ", "! ", "ยังไม่กรอก"
"""How a result begins: never a colour alone."""
NUMERIC = ("score", "percent", "count", "figure")
_REPLACED = {**{chr(thai): chr(digit) for thai, digit in ARABIC.items()}, "−": "-"}
_DROPPED = (",", "%", " ")
_MISSING = ("", "-", "–", "—")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table stand in its sheet: those typed, a number read from each numeric one, the check."""

    spec: TableSpec

    @property
    def numeric(self) -> tuple[ColumnSpec, ...]:
        """The columns that hold numbers."""
        return tuple(column for column in self.spec.columns if column.kind in NUMERIC)

    @property
    def key(self) -> int | None:
        """Place of the key that the sheet of checks looks scores up by; only scores have one."""
        return len(self.spec.columns) + len(self.numeric) if self.spec.name == "scores" else None

    @property
    def check(self) -> int:
        """Place of the result of the check."""
        return len(self.spec.columns) + len(self.numeric) + (self.key is not None)

    def cell(self, name: str, row: int) -> str:
        """Address of a typed cell; `row` as people number it."""
        return f"{xl_col_to_name(self.spec.names.index(name))}{row}"

    def number(self, name: str, row: int) -> str:
        """Address of the number read from a typed cell."""
        place = [column.name for column in self.numeric].index(name)
        return f"{xl_col_to_name(len(self.spec.columns) + place)}{row}"

    def whole(self, place: int, rows: range) -> str:
        """Absolute range of a column over these rows, with its sheet."""
        name = xl_col_to_name(place)
        return f"{self.spec.name}!${name}${rows[0]}:${name}${rows[-1]}"


def quoted(text: str) -> str:
    """A text in a formula."""
    return '"' + text.replace('"', '""') + '"'


def digits(cell: str) -> str:
    """The text of a cell with Arabic digits."""
    text = f'TRIM({cell}&"")'
    for found, put in _REPLACED.items():
        text = f"SUBSTITUTE({text},{quoted(found)},{quoted(put)})"
    return text


def number_of(cell: str) -> str:
    """The number that a cell says, "" where it says there is none, "?" where it is no number."""
    text = digits(cell)
    for dropped in _DROPPED:
        text = f"SUBSTITUTE({text},{quoted(dropped)},{quoted('')})"
    nothing = one_of(f'TRIM({cell}&"")', _MISSING)
    return f'=IF({nothing},"",IFERROR(VALUE({text}),"?"))'


def one_of(text: str, words: Iterable[str]) -> str:
    """Whether a text is one of some words."""
    return f"OR({','.join(f'{text}={quoted(word)}' for word in words)})"


def key_of(columns: Columns, row: int) -> str:
    """What a row of scores is the score of: "total", IIT … EIT2, 1 … 10; "" for changes and what has no number."""
    cell = {column.name: column for column in columns.spec.columns}
    measure = one_of(columns.cell("measure", row), words_for(cell["measure"], "score"))
    scope = columns.cell("scope", row)
    total, country = (one_of(scope, words_for(cell["scope"], word)) for word in ("total", "national"))
    code = f'IF({total},"total",IF({country},"",{digits(columns.cell("code", row))}))'
    return f'=IF(AND(ISNUMBER({columns.number("value", row)}),{measure}),{code},"")'


def words_for(column: ColumnSpec, stored: str) -> tuple[str, ...]:
    """All words that may be typed for what is stored."""
    return tuple(typed for typed, word in column.words.items() if word == stored)


def check_of(columns: Columns, row: int, last: range) -> str:
    """The result of the check of one row; `last` are the rows that sums run over."""
    result = quoted(GOOD)
    for condition, said in reversed(list(_conditions(columns, row, last))):
        result = f"IF({condition},{quoted(said)},{result})"
    return f"={result}"


def _conditions(columns: Columns, row: int, rows: range) -> Iterator[tuple[str, str]]:
    """Conditions in the order in which they are tried, and what is said where one holds."""
    spec, titles = columns.spec, TEXTS[columns.spec.name].columns
    first, last = columns.cell(spec.names[0], row), columns.cell(spec.names[-1], row)
    yield f"COUNTA({first}:{last})=0", ""
    if spec.told:
        blank = ",".join(f'{columns.cell(name, row)}=""' for name in spec.told)
        yield f"AND({blank})", OPEN
    for column in spec.columns:
        cell, title = columns.cell(column.name, row), titles[column.name].title
        if column.required:
            yield f'{cell}=""', f"{BAD}ยังไม่ได้กรอกช่อง {title}"
        yield from ((condition, f"{BAD}{title} {said}") for condition, said in _of_column(columns, column, row, cell))
    if spec.name == "responses":
        item, share = columns.spec.names.index("item"), len(spec.columns)
        total = f"SUMIF({_local(item, rows)},{columns.cell('item', row)},{_local(share, rows)})"
        yield f"{total}>100.5", f"{LOOK}ร้อยละของข้อนี้รวมเกิน 100 ตรวจว่ากรอกซ้ำหรือไม่"


def _of_column(columns: Columns, column: ColumnSpec, row: int, cell: str) -> Iterator[tuple[str, str]]:
    if column.kind == "choice":
        words = [word for word in column.words if word]
        yield f'AND({cell}<>"",NOT({one_of(cell, words)}))', "ไม่ใช่คำในรายการให้เลือก"
    if column.kind == "indicator":
        numbers = ("", "-", *(str(number) for number in range(1, 11)))
        yield f"NOT({one_of(digits(cell), numbers)})", "ต้องเป็นเลข 1 ถึง 10"
    if column.kind in NUMERIC:
        number = columns.number(column.name, row)
        yield f'{number}="?"', "ไม่ใช่ตัวเลข"
        yield from _of_number(columns, column, row, number)


def _of_number(columns: Columns, column: ColumnSpec, row: int, number: str) -> Iterator[tuple[str, str]]:
    """A cell without a number ("") is no number: comparing it would hold, so each condition asks first."""
    if column.kind == "count":
        yield f"IF(ISNUMBER({number}),OR({number}<0,{number}<>INT({number})),FALSE)", "ต้องเป็นจำนวนเต็มตั้งแต่ 0"
    elif column.kind == "percent" or columns.spec.name == "items":
        yield f"IF(ISNUMBER({number}),OR({number}<0,{number}>100),FALSE)", "ต้องอยู่ระหว่าง 0 ถึง 100"
    elif columns.spec.name == "scores":
        measure = next(one for one in columns.spec.columns if one.name == "measure")
        change = one_of(columns.cell("measure", row), words_for(measure, "change"))
        least = f"IF({change},-100,0)"
        yield f"IF(ISNUMBER({number}),OR({number}<{least},{number}>100),FALSE)", "อยู่นอกช่วง (คะแนน 0 ถึง 100)"


def _local(place: int, rows: Sequence[int]) -> str:
    name = xl_col_to_name(place)
    return f"${name}${rows[0]}:${name}${rows[-1]}"
