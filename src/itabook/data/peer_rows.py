"""The rows of somebody's list as rows of the peers; what cannot be read is kept with its reasons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from itabook.data.grids import Grid
from itabook.data.peer_headers import Head, folded
from itabook.data.peer_words import TYPES, levels_by_word, province_of, type_of
from itabook.data.peers import NUMBERS
from itabook.data.schemas import MOST_DECIMALS
from itabook.data.text import MEMORY, clean, is_missing, number
from itabook.domain.facts import AgencyType, Peer
from itabook.domain.reach import decimals
from itabook.domain.rules import YearRules
from itabook.domain.scores import FULL, rounded
from itabook.errors import DataError
from itabook.language import tr

Scores = dict[str, tuple[str, Decimal]]
"""By column: a score as the table is to print it, and its value."""
_WORDS = ("name", "type", "province", "source")
_FORMULA = ("=", "+", "-", "@")
_SUMS = tuple(
    map(folded, ("รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "เฉลี่ย", "ค่าเฉลี่ย", "คะแนนเฉลี่ย", "ภาพรวม", "average", "mean", "total"))
)
_PERCENT = Decimal(1)


@dataclass(frozen=True, slots=True)
class Listed:
    """A row that was read: its number in the file, and the cells of the table of peers by column."""

    row: int
    cells: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two rows the same agency: name without blanks, type, province."""
        return folded(self.cells["name"]), self.cells["type"], self.cells["province"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not: its number in the file, the cells as they are, why not (Thai, at least one sentence)."""

    row: int
    cells: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows of a list.

    Attributes:
        rounded: how many scores had more decimals than the tables hold, and were rounded to two, half up.
    """

    listed: tuple[Listed, ...]
    rejected: tuple[Rejected, ...]
    rounded: int


@dataclass(slots=True)
class _Row:
    """A row while it is read."""

    cells: dict[str, str]
    reasons: list[str] = field(default_factory=list)
    rounded: int = 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """What holds for all rows: the rules of the year, its levels by word, what rows have that say nothing themselves."""

    rules: YearRules
    levels: Mapping[str, str]
    given: Mapping[str, str]


def read_rows(grid: Grid, head: Head, rules: YearRules, *, kind: AgencyType | None = None, source: str = "") -> Reading:
    """Every row after the head; `kind` and `source` are for rows that say none themselves.

    Of rows that repeat an agency the first is taken where all say the same, none where they contradict each other.
    DataError where all scores are at most 1, as of percentages that a spreadsheet shows as 88.45%.
    """
    listed: list[Listed] = []
    rejected: list[Rejected] = []
    in_all = 0
    asked = _Asked(rules, levels_by_word(rules), {"type": kind or "", "source": source})
    for at, cells in grid.rows[head.first :]:
        texts = {name: cells[place] if place < len(cells) else "" for name, place in head.fields.items()}
        row = _read(texts, asked)
        if row.reasons:
            rejected.append(Rejected(at, cells, tuple(row.reasons)))
        else:
            listed.append(Listed(at, row.cells))
            in_all += row.rounded
    _refuse_fractions(grid, listed)
    repeated = dict(_repeated(listed))
    cells_of = dict(grid.rows)
    rejected += [Rejected(at, cells_of[at], (reason,)) for at, reason in repeated.items()]
    kept = tuple(one for one in listed if one.row not in repeated)
    return Reading(kept, tuple(sorted(rejected, key=lambda one: one.row)), in_all)


def _read(texts: Mapping[str, str], asked: _Asked) -> _Row:
    row = _Row({})
    words = {name: _words(texts.get(name, "")) or asked.given.get(name, "") for name in _WORDS}
    row.reasons += _name_faults(words["name"])
    row.reasons += [tr("“{text}” ขึ้นต้นด้วยเครื่องหมายของสูตร", text=text) for text in words.values() if text.startswith(_FORMULA)]
    kind = type_of(words["type"])
    if kind is None:
        said = tr("ไม่รู้จักประเภทหน่วยงาน “{words}”", words=words['type']) if words["type"] else tr("ไม่ระบุประเภทหน่วยงาน")
        row.reasons.append(tr("{said} (ใช้ชื่อประเภทหรือ {listed})", said=said, listed=', '.join(dict.fromkeys(TYPES.values()))))
    scores = dict(_scores(texts, row))
    level = _level(texts, asked, row)
    words |= {"type": kind or "", "province": province_of(words["province"])}
    row.cells = {**words, **{name: printed for name, (printed, _) in scores.items()}, "level": level}
    if not scores and not row.reasons:
        row.reasons.append(tr("ไม่มีคะแนนแม้แต่ช่องเดียว"))
    return row


@lru_cache(maxsize=MEMORY)
def _words(text: str) -> str:
    """A cell of words on one line; empty where it says that there is nothing."""
    return "" if is_missing(text) else " ".join(clean(text).split())


def _name_faults(name: str) -> Iterator[str]:
    if not name:
        yield tr("ไม่มีชื่อหน่วยงาน")
    elif not any(sign.isalpha() for sign in name):
        yield tr("ชื่อหน่วยงาน “{name}” ไม่มีตัวอักษร", name=name)
    elif folded(name) in _SUMS:
        yield tr("“{name}” เป็นแถวสรุป ไม่ใช่หน่วยงาน", name=name)


def _scores(texts: Mapping[str, str], row: _Row) -> Iterator[tuple[str, tuple[str, Decimal]]]:
    """The scores of a row, by column; what is wrong with them, and how many were rounded, goes to the row."""
    for name in (*NUMBERS, "total"):
        text = texts.get(name, "")
        printed, value, problem = read_score(text)
        if problem:
            column = tr("คะแนนรวม") if name == "total" else tr("ตัวชี้วัดที่ {field}", field=name)
            row.reasons.append(f"{column} {problem}")
        elif value is not None:
            row.rounded += printed != clean(text)
            yield name, (printed, value)


@lru_cache(maxsize=MEMORY)
def read_score(text: str) -> tuple[str, Decimal | None, str]:
    """A score as the tables print it, its value, and what is wrong with it; None for a cell without one.

    A score with more decimals than the tables hold is rounded once, half up, to two.

    >>> read_score(" ๘๒.๒๐ "), read_score("82.19666666666667"), read_score("–")
    (('๘๒.๒๐', Decimal('82.20'), ''), ('82.20', Decimal('82.20'), ''), ('', None, ''))
    >>> read_score("101")[2]
    '101 อยู่นอกช่วง 0 ถึง 100'
    """
    plain = clean(text)
    try:
        value = number(plain)
    except ValueError:
        return "", None, tr("“{plain}” ไม่ใช่ตัวเลข", plain=plain)
    if value is None:
        return "", None, ""
    if not 0 <= value <= FULL:
        return "", None, tr("{plain} อยู่นอกช่วง 0 ถึง 100", plain=plain)
    if decimals(plain) > MOST_DECIMALS:
        return str(rounded(value)), rounded(value), ""
    return plain, value, ""


def _level(texts: Mapping[str, str], asked: _Asked, row: _Row) -> str:
    text = _words(texts.get("level", ""))
    level = asked.levels.get(folded(text), "") if text else ""
    if text and not level and asked.rules.levels.official:
        row.reasons.append(tr("“{text}” ไม่ใช่ระดับของปีนี้ ({listed})", text=text, listed=' '.join(asked.rules.levels.names)))
    elif text.startswith(_FORMULA):
        row.reasons.append(tr("“{text}” ขึ้นต้นด้วยเครื่องหมายของสูตร", text=text))
    return level or text


def _peer(cells: Mapping[str, str], scores: Scores) -> Peer:
    values = {name: value for name, (_, value) in scores.items()}
    return Peer(
        name=cells["name"],
        type=cells["type"],
        province=cells["province"],
        indicators=tuple(values.get(name) for name in NUMBERS),
        total=values.get("total"),
        level=cells["level"],
        source=cells["source"],
    )


def _refuse_fractions(grid: Grid, listed: Sequence[Listed]) -> None:
    values = [number(one.cells[name]) for one in listed for name in (*NUMBERS, "total") if one.cells.get(name)]
    if any(values) and all(value is None or value <= _PERCENT for value in values):
        remedy = tr("ในเอกเซลคูณคะแนนด้วย 100 แล้วเลือกรูปแบบเซลล์เป็นตัวเลข (ไม่ใช่ร้อยละ) แล้วบันทึกใหม่")
        largest = max(value for value in values if value is not None)
        raise DataError([grid.fault(tr("คะแนนทุกช่องไม่เกิน 1 น่าจะเป็นร้อยละของเอกเซล"), remedy, value=str(largest))])


def _repeated(listed: Iterable[Listed]) -> Iterator[tuple[int, str]]:
    """Rows of an agency that has several, each with the reason why it is not taken."""
    groups: dict[tuple[str, str, str], list[Listed]] = {}
    for one in listed:
        groups.setdefault(one.key, []).append(one)
    for first, *others in groups.values():
        if all(_facts(other) == _facts(first) for other in others):
            yield from ((other.row, tr("ซ้ำกับแถว {row}", row=first.row)) for other in others)
            continue
        rows = [one.row for one in (first, *others)]
        for row in rows:
            same = " ".join(str(other) for other in rows if other != row)
            yield row, tr("หน่วยงานเดียวกันมีหลายแถวที่คะแนนต่างกัน (แถว {same}) จึงไม่ทราบว่าแถวใดถูก", same=same)


def _facts(one: Listed) -> dict[str, object]:
    numbers = {name: number(one.cells.get(name, "")) for name in (*NUMBERS, "total")}
    return {**numbers, "level": one.cells["level"]}
