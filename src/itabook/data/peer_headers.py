"""Which column of somebody's list of agencies holds what: guessed from its head, set right by the user."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache, partial

from itabook.data.grids import Grid
from itabook.data.schemas import PEERS
from itabook.data.text import MEMORY, arabic, clean
from itabook.domain.rules import YearRules
from itabook.errors import DataError, Fault
from itabook.language import tr

NAMES: dict[str, tuple[str, ...]] = {
    "name": (
        "ชื่อหน่วยงาน", "หน่วยงาน", "ชื่อ", "รายชื่อหน่วยงาน", "ชื่อหน่วยงานภาครัฐ", "หน่วยงานภาครัฐ", "ชื่อหน่วยงานของรัฐ",
        "name", "agency", "agency name", "organization", "organisation",
    ),
    "type": ("ประเภท", "ประเภทหน่วยงาน", "ประเภทของหน่วยงาน", "กลุ่มหน่วยงาน", "type", "agency type"),
    "province": ("จังหวัด", "ชื่อจังหวัด", "province"),
    "total": (
        "คะแนนรวม", "คะแนน", "คะแนน ITA", "คะแนนรวม ITA", "ผลคะแนน", "ผลคะแนน ITA", "คะแนนภาพรวม", "คะแนนเฉลี่ย", "คะแนนการประเมิน",
        "คะแนนผลการประเมิน", "คะแนนประเมิน", "รวม", "total", "total score", "score", "ita score", "overall",
    ),
    "level": (
        "ระดับ", "ระดับผลการประเมิน", "ระดับคะแนน", "ระดับผลคะแนน", "ระดับ ITA", "ผลการประเมิน", "ผลการประเมินระดับ", "เกรด", "level", "grade",
        "rating",
    ),
    "source": ("แหล่งที่มา", "ที่มา", "แหล่งข้อมูล", "อ้างอิง", "source", "reference"),
}  # fmt: skip
"""What the columns are called, but for those of the indicators, whose names stand in the rules of the year."""
IGNORED = "-"
"""What a user writes for a column that is to be left out."""
_DEEPEST = 20
"""The head stands within so many rows."""
_TALLEST = 3
"""So many rows make a head at most."""
_FEWEST = 2
"""So many headings must be known to tell a head from a row of data where the user names the agencies' column by its letter."""
_LIKE = 0.88
"""From this likeness (0 to 1) on, a heading is taken for a misprint of an indicator's name."""
_NUMBERED = re.compile(r"(?:คะแนน)?(?:i|kpi|indicator|ind|ตัวชี้วัดที่|ตัวชี้วัด|ตชว|ตชวที่)?0?(10|[1-9])(?:คะแนน|ร้อยละ|score)?")
_NUMBER_AND_NAME = re.compile(r"(?:คะแนน)?(?:i|kpi|indicator|ตัวชี้วัดที่|ตัวชี้วัด|ตชวที่|ตชว)?0?(10|[1-9])?(\D.*)")
_YEAR = re.compile(r"(?:ปีงบประมาณ|ปี)?(?:พศ|fy)?(25[56]\d)")
_SIGNS = re.compile(r"[\s.,:;_/()\[\]{}*%\"'“”–—-]+")
_LETTERS = re.compile(r"[A-Z]{1,2}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list.

    Attributes:
        letter: as spreadsheets name it.
        header: its heading, on one line.
        field: the column of the peers that it holds; empty where it is left out.
    """

    letter: str
    header: str
    field: str


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a list in order, and at which of its rows (counted from 0) the data begin."""

    columns: tuple[Column, ...]
    first: int

    @property
    def fields(self) -> dict[str, int]:
        """Position of each column that is taken, by field."""
        return {column.field: place for place, column in enumerate(self.columns) if column.field}


@lru_cache(maxsize=MEMORY)
def folded(text: str) -> str:
    """Text in the form in which it is compared: Arabic digits, small letters, no blanks and signs.

    >>> folded("ตัวชี้วัดที่ ๑\\n(I1)")
    'ตัวชี้วัดที่1i1'
    """
    return _SIGNS.sub("", arabic(clean(text)).lower())


_FIELDS = {folded(name): field for field, names in NAMES.items() for name in names}


def field_of(header: str, rules: YearRules) -> str:
    """The column of the peers that a heading means; empty where it means none, "-" where it tells of another fiscal year.

    >>> from itabook.data.project import find_project
    >>> from itabook.data.rules import load_rules
    >>> rules = load_rules(find_project(), 2568)
    >>> [field_of(name, rules) for name in ("หน่วยงาน", "i1", "ตัวชี้วัดที่ ๑๐", "การใช้อำนาจ", "คะแนน ปี 2567", "ลำดับที่")]
    ['name', '1', '10', '3', '-', '']
    """
    plain = folded(header)
    years = {int(year) for year in _YEAR.findall(plain)}
    if years - {rules.fiscal_year}:
        return IGNORED
    plain = _YEAR.sub("", plain) if years else plain
    if plain in _FIELDS:
        return _FIELDS[plain]
    numbered = _NUMBERED.fullmatch(plain)
    return numbered[1] if numbered else _indicator(plain, rules)


def _indicator(plain: str, rules: YearRules) -> str:
    """Number of the indicator that a heading names; empty where it names none, or another than its number."""
    parts = _NUMBER_AND_NAME.fullmatch(plain)
    if parts is None:
        return ""
    matcher = SequenceMatcher(b=parts[2])
    found, likeness = "", _LIKE
    for indicator in rules.indicators:
        for name in (indicator.name, indicator.name_en, *indicator.variants):
            matcher.set_seq1(folded(name))
            if matcher.quick_ratio() > likeness and matcher.ratio() > likeness:
                found, likeness = str(indicator.number), matcher.ratio()
    return found if parts[1] in (None, found) else ""


def find_head(grid: Grid, rules: YearRules, given: Mapping[str, str]) -> Head:
    """The head of a list: the rows, of the first twenty, whose headings say most.

    `given` are columns that the user names, by heading or letter, with what each holds; where all are named by letter,
    there may be no head. DataError where none is found, where two columns hold the same or one that must be there is not,
    and for what is given wrongly.
    """
    wanted = _wanted(given, grid, rules)
    guess = cache(partial(field_of, rules=rules))
    found = [head for place, tall in _places(grid) if (head := _head(grid, place, tall, guess, wanted))]
    told = max(found, key=lambda head: len(head.fields), default=None)
    if told is None:
        if "name" not in {wanted[name] for name in wanted if _LETTERS.fullmatch(name)}:
            raise DataError([_no_head(grid)])
        width = max(len(cells) for _, cells in grid.rows)
        told = Head(tuple(Column(letter_of(number), "", "") for number in range(width)), 0)
    columns = _with_given(told.columns, wanted, grid)
    faults = list(_faults(columns, grid))
    if faults:
        raise DataError(faults)
    return Head(columns, told.first)


def _places(grid: Grid) -> Iterator[tuple[int, int]]:
    """Where a head may stand, and how many rows it may take; the lowest first."""
    for tall in range(1, _TALLEST + 1):
        for place in range(min(_DEEPEST, len(grid.rows) - tall + 1)):
            yield place, tall


def _head(grid: Grid, place: int, tall: int, guess: Callable[[str], str], wanted: Mapping[str, str]) -> Head | None:
    """The head that these rows are; None where they are none, for no row of it names an agency."""
    lines = [cells for _, cells in grid.rows[place : place + tall]]
    named = {folded(name): field for name, field in wanted.items()}
    columns = []
    for number in range(max(map(len, lines))):
        texts = list(
            dict.fromkeys(clean(line[number]) for line in lines if number < len(line) and line[number].strip())
        )
        header = " ".join(" ".join(texts).split())
        field = named[folded(header)] if folded(header) in named else _first_field(texts, guess)
        columns.append(Column(letter_of(number), header, field))
    by_letter = next((name for name, field in wanted.items() if field == "name" and _LETTERS.fullmatch(name)), "")
    at = next((n for n, column in enumerate(columns) if column.field == "name" or column.letter == by_letter), None)
    if at is None or (by_letter and len({column.field for column in columns if column.field}) < _FEWEST):
        return None
    cells = {line[at] for line in lines if at < len(line) and line[at].strip()}
    alone = len(cells) < 2 if by_letter else all(folded(one) in named or guess(one) == "name" for one in cells)
    return Head(tuple(columns), place + tall) if alone else None


def _first_field(texts: Sequence[str], guess: Callable[[str], str]) -> str:
    """What the lowest heading says, else all together, else one above it; none where one tells of another year."""
    if any(guess(text) == IGNORED for text in texts):
        return ""
    tried = (*texts[-1:], " ".join(texts), *reversed(texts[:-1]))
    return next((field for text in tried if (field := guess(text))), "")


def letter_of(number: int) -> str:
    """Name of a column, counted from 0, as spreadsheets have it.

    >>> letter_of(0), letter_of(27)
    ('A', 'AB')
    """
    return chr(ord("A") + number) if number < 26 else letter_of(number // 26 - 1) + letter_of(number % 26)


def _wanted(given: Mapping[str, str], grid: Grid, rules: YearRules) -> dict[str, str]:
    """What the user names, in the names of our own columns. DataError for a column that the peers do not have."""
    found = {name: "" if text == IGNORED else field_of(text, rules).strip(IGNORED) for name, text in given.items()}
    wrong = [name for name, field in found.items() if not field and given[name] != IGNORED]
    if wrong:
        remedy = tr("ใช้ชื่อใดชื่อหนึ่ง: {listed} หรือ {sign} เมื่อไม่นำเข้า", listed=', '.join(PEERS.names), sign=IGNORED)
        raise DataError([grid.fault(tr("ไม่รู้จักคอลัมน์ปลายทาง"), remedy, column="--map", value=given[name]) for name in wrong])
    return found


def _with_given(columns: Sequence[Column], wanted: Mapping[str, str], grid: Grid) -> tuple[Column, ...]:
    """The columns with what the user says of them; what he gives to one column is no more guessed of another."""
    chosen: dict[int, str] = {}
    faults = []
    for name, field in wanted.items():
        places = [n for n, column in enumerate(columns) if folded(column.header) == folded(name)]
        places = places or [n for n, column in enumerate(columns) if name == column.letter and _LETTERS.fullmatch(name)]
        if len(places) != 1:
            problem = tr("มีคอลัมน์ชื่อนี้มากกว่าหนึ่งคอลัมน์") if places else tr("ไม่มีคอลัมน์นี้ในแฟ้ม")
            listed = ", ".join(f"{c.letter} {c.header}" for c in columns if c.header)
            faults.append(
                grid.fault(problem, tr("ใช้อักษรของคอลัมน์ เช่น B=name คอลัมน์ที่มี: {listed}", listed=listed), column="--map", value=name)
            )
        else:
            chosen[places[0]] = field
    if faults:
        raise DataError(faults)
    taken = set(chosen.values())
    return tuple(
        Column(c.letter, c.header, chosen[n] if n in chosen else "" if c.field in taken else c.field)
        for n, c in enumerate(columns)
    )


def _faults(columns: Sequence[Column], grid: Grid) -> Iterator[Fault]:
    times = Counter(column.field for column in columns if column.field)
    for field, number in times.items():
        if number > 1:
            same = ", ".join(f"{c.letter} ({c.header})" for c in columns if c.field == field)
            letter = next(c.letter for c in columns if c.field == field)
            remedy = tr('บอกว่าใช้คอลัมน์ใด เช่น --map "{letter}={field}"', letter=letter, field=field)
            yield grid.fault(tr("มีหลายคอลัมน์ที่อาจเป็น {field}", field=field), remedy, column=field, value=same)
    listed = ", ".join(f"{c.letter} {c.header}" for c in columns if c.header)
    if "name" not in times:
        remedy = tr('บอกว่าคอลัมน์ใดคือชื่อหน่วยงาน เช่น --map "B=name"')
        yield grid.fault(tr("ไม่พบคอลัมน์ชื่อหน่วยงาน"), remedy, column="name", value=listed)
    if not set(times) & {"total", *map(str, range(1, 11))}:
        remedy = tr('บอกว่าคอลัมน์ใดคือคะแนน เช่น --map "E=total" หรือ --map "F=1" สำหรับตัวชี้วัดที่ 1')
        yield grid.fault(tr("ไม่พบคอลัมน์คะแนน"), remedy, column="total", value=listed)


def _no_head(grid: Grid) -> Fault:
    row, cells = grid.rows[0]
    remedy = tr('บอกว่าคอลัมน์ใดคืออะไร เช่น --map "B=name" --map "E=total" หรือเพิ่มแถวหัวตาราง')
    value = " | ".join(cell for cell in cells if cell.strip())[:80]
    return grid.fault(tr("ไม่พบแถวหัวตารางใน {most} แถวแรก", most=_DEEPEST), remedy, row=row, value=value)
