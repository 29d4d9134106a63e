"""Each level of the scores against the level below: instruments, EIT from its parts, the total."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from itabook.domain.proofreading.finding import (
    Finding,
    Reach,
    Rule,
    Subject,
    mean_reach,
    reach_of,
    scores_of,
    weighted,
)
from itabook.domain.proofreading.mistakes import likely_mistake
from itabook.domain.results import AgencyYear, Score
from itabook.domain.rules import INSTRUMENTS, Instrument
from itabook.domain.scores import instrument_scores, mean, rounded, total_score


def instrument_from_indicators(subject: Subject) -> Iterator[Finding]:
    """An instrument is the plain mean of its indicators (ita-rules section 1)."""
    computed = instrument_scores(subject.result.indicators, subject.result.rules)
    for code, value in computed.items():
        reach = _from_indicators(subject.result, code)
        if reach is None:
            continue
        indicators = subject.result.rules.of_instrument(code)
        numbers = f"{indicators[0].number} ถึง {indicators[-1].number}"
        for row in scores_of(subject.result, "instrument", code):
            by = Recomputed(value, reach, f"ค่าเฉลี่ยของตัวชี้วัดที่ {numbers}")
            yield from _compare(subject, "instrument-from-indicators", row, by)


def eit_from_parts(subject: Subject) -> Iterator[Finding]:
    """From FY2566 EIT is the mean of part 1 and part 2 (ita-rules section 1)."""
    parts = [reach_of(subject.result, "part", code) for code in ("EIT1", "EIT2")]
    values = subject.result.parts
    if not subject.result.rules.weights.eit_parts or None in parts or len(values) != 2:
        return
    reach = mean_reach([part for part in parts if part is not None])
    by = Recomputed(mean(values.values()), reach, "ค่าเฉลี่ยของ EIT ส่วนที่ 1 และส่วนที่ 2")
    for row in scores_of(subject.result, "instrument", "EIT"):
        yield from _compare(subject, "eit-from-parts", row, by)


def total_from_instruments(subject: Subject) -> Iterator[Finding]:
    """The total is the weighted sum of the instruments (ita-rules section 1)."""
    result, weights = subject.result, subject.result.rules.weights
    if not weights.official:
        return
    reaches = {code: _from_indicators(result, code) or reach_of(result, "instrument", code) for code in INSTRUMENTS}
    values = _instrument_values(result)
    parts = [(weights.of(code), reach) for code, reach in reaches.items() if reach is not None]
    computed = total_score(values, weights)
    if len(parts) != len(INSTRUMENTS) or computed is None:
        return
    shares = " ".join(f"{code} ร้อยละ {weights.of(code) * 100:.0f}" for code in INSTRUMENTS)
    by = Recomputed(computed, weighted(parts), f"ผลรวมถ่วงน้ำหนัก {shares}")
    for row in scores_of(result, "total"):
        yield from _compare(subject, "total-from-instruments", row, by)


RULES: tuple[Rule, ...] = (instrument_from_indicators, eit_from_parts, total_from_instruments)


def _from_indicators(result: AgencyYear, code: Instrument) -> Reach | None:
    reaches = [reach_of(result, "indicator", str(i.number)) for i in result.rules.of_instrument(code)]
    known = [reach for reach in reaches if reach is not None]
    return mean_reach(known) if len(known) == len(reaches) else None


def _instrument_values(result: AgencyYear) -> dict[Instrument, Decimal]:
    """Unrounded means of the indicators, printed instrument scores where indicators are missing."""
    printed = {code: figure.value for code, figure in result.instruments.items()}
    return {**printed, **instrument_scores(result.indicators, result.rules)}


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a score must be by the level below: the value, its reach, and how it was computed, in Thai."""

    value: Decimal
    reach: Reach
    how: str


def _compare(subject: Subject, rule: str, row: Score, by: Recomputed) -> Iterator[Finding]:
    if Reach.of(row).meets(by.reach):
        return
    expected, how = str(rounded(by.value)), by.how
    printed = str(row.value)
    guess = likely_mistake(printed, expected)
    yield subject.finding(
        rule,
        row,
        severity="error",
        expected=expected,
        message=f"คะแนนที่ระบุ {row.printed} ไม่ตรงกับ{how} ซึ่งเท่ากับ {expected}",
        explanation=" ".join(part for part in (f"{how} คำนวณจากค่าที่ระบุในรายงานได้ {expected}", guess) if part),
    )
