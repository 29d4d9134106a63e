"""The tables of respondents of one instrument against each other."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from itabook.domain.facts import DIMENSIONS, RespondentCount
from itabook.domain.proofreading.finding import Outcome, Remark, Rule, Subject
from itabook.domain.results import AgencyYear
from itabook.domain.sample_size import estimate_respondents

SEXES = {"male": "ชาย", "female": "หญิง", "other": "อื่น ๆ"}


class _Place(NamedTuple):
    """One table: of one instrument, by one dimension, at one place of the report."""

    instrument: str
    dimension: str
    where: str


def respondent_totals(subject: Subject) -> Iterator[Outcome]:
    """The tables of one instrument count the same number of people."""
    for first, table, counts, other in _pairs(subject.result):
        total, expected = sum(other.values()), sum(counts.values())
        if total == expected:
            yield None
        else:
            yield _remark(
                table, str(total), str(expected),
                f"ตาราง{DIMENSIONS[table.dimension]}มีผู้ตอบ {total} คน "
                f"แต่ตาราง{DIMENSIONS[first.dimension]}มี {expected} คน",
            )  # fmt: skip


def respondent_sexes(subject: Subject) -> Iterator[Outcome]:
    """The tables of one instrument that count the same number of people split them the same way by sex."""
    for first, table, counts, other in _pairs(subject.result):
        if sum(counts.values()) != sum(other.values()):
            continue
        if counts == other:
            yield None
        else:
            yield _remark(
                table, _split(other), _split(counts),
                f"จำนวนตามเพศในตาราง{DIMENSIONS[table.dimension]} ({_split(other)}) "
                f"ไม่ตรงกับตาราง{DIMENSIONS[first.dimension]} ({_split(counts)})",
            )  # fmt: skip


def respondent_instrument(subject: Subject) -> Iterator[Outcome]:
    """Tables stand under their own instrument.

    Only visitors are asked how they contact the agency, so a table of contacts is of EIT. Where the shares of the
    items tell how many answered each instrument, a table with the number of the other is misplaced; unless nothing
    tells its own number, and the other instrument has tables of that number already: the two may be equal.
    """
    numbers = {code: _betrayed(subject.result, code) for code in ("IIT", "EIT")}
    tables = _tables(subject.result)
    settled = {code for code in numbers if _has_total(tables, code, numbers[code])}
    for table, counts in tables.items():
        other = "EIT" if table.instrument == "IIT" else "IIT"
        total = sum(counts.values())
        if table.dimension == "contact" and table.instrument == "IIT":
            yield _remark(table, "IIT", "EIT", "ตารางการติดต่อหน่วยงานอยู่ใต้ IIT แต่เป็นคำถามของผู้รับบริการภายนอก (EIT)")
        elif numbers[table.instrument] is None and other in settled:
            if table.dimension == "contact":
                yield None
        elif numbers[other] not in (None, numbers[table.instrument]) and total == numbers[other]:
            yield _remark(
                table, table.instrument, other,
                f"ตารางนี้มีผู้ตอบ {total} คน เท่ากับจำนวนผู้ตอบของ {other} ซึ่งร้อยละของข้อคำถามแสดงไว้ ไม่ใช่ของ {table.instrument}",
            )  # fmt: skip
        elif table.dimension == "contact" or numbers[table.instrument] is not None:
            yield None


RULES = (
    Rule("respondent-totals", "จำนวนผู้ตอบในตารางต่าง ๆ ของแบบวัดเดียวกัน", respondent_totals),
    Rule("respondent-sexes", "จำนวนผู้ตอบตามเพศในตารางต่าง ๆ", respondent_sexes),
    Rule("respondent-instrument", "ตารางผู้ตอบอยู่ใต้แบบวัดของตน", respondent_instrument),
)


def _tables(result: AgencyYear) -> Mapping[_Place, Counter[str]]:
    """How many of each sex each table counts, in the order of the report."""
    tables: dict[_Place, Counter[str]] = {}
    for row in result.respondents:
        tables.setdefault(_place(row), Counter())[row.sex] += row.count
    return {place: Counter({sex: n for sex, n in counts.items() if n}) for place, counts in tables.items()}


def _place(row: RespondentCount) -> _Place:
    return _Place(row.instrument, row.dimension, row.where)


def _pairs(result: AgencyYear) -> Iterator[tuple[_Place, _Place, Counter[str], Counter[str]]]:
    """The first table of each instrument beside each of its others."""
    tables = _tables(result)
    for instrument in dict.fromkeys(place.instrument for place in tables):
        first, *others = [place for place in tables if place.instrument == instrument]
        for table in others:
            yield first, table, tables[first], tables[table]


def _has_total(tables: Mapping[_Place, Counter[str]], instrument: str, number: int | None) -> bool:
    return any(place.instrument == instrument and sum(counts.values()) == number for place, counts in tables.items())


def _betrayed(result: AgencyYear, instrument: str) -> int | None:
    rows = [row for row in result.responses if row.item[:1] == instrument[0] and row.percent is not None]
    return estimate_respondents((row.printed, row.percent) for row in rows if row.percent is not None)


def _split(counts: Counter[str]) -> str:
    return " ".join(f"{SEXES[sex]} {counts[sex]}" for sex in SEXES if counts[sex])


def _remark(table: _Place, printed: str, expected: str, message: str) -> Remark:
    explanation = "เทียบตารางผู้ตอบของแบบวัดเดียวกัน ซึ่งนับคนชุดเดียวกัน"
    return Remark("error", table.instrument, message, explanation, printed, expected, table.where)
