"""Printed changes against the scores of the two years."""

from collections.abc import Iterator

from itabook.domain.facts import Score
from itabook.domain.mistakes import likely_mistake
from itabook.domain.proofreading.finding import Outcome, Remark, Rule, Subject, subject_name
from itabook.domain.reach import Reach
from itabook.domain.results import AgencyYear, Figure
from itabook.domain.rules import INSTRUMENTS


def change_from_two_years(subject: Subject) -> Iterator[Outcome]:
    """A printed change is the difference of the two years' scores."""
    result, previous = subject.result, subject.previous
    if previous is None:
        return
    for row in result.scores:
        if row.measure != "change" or row.value is None:
            continue
        now, before = _figure(result, row), _figure(previous, row)
        if now is None or before is None:
            continue
        if row.reach.meets(_reach(result, row, now).minus(_reach(previous, row, before))):
            yield None
            continue
        expected = now.value - before.value
        slip = likely_mistake(row.figure.lstrip("-"), f"{abs(expected):.2f}")
        yield Remark(
            severity="error",
            subject=subject_name(row),
            printed=row.printed,
            expected=f"{expected:+.2f}",
            where=row.where,
            message=f"ผลต่างที่ระบุ {row.printed} ไม่ตรงกับผลต่างของคะแนนสองปี ซึ่งเท่ากับ {expected:+.2f}",
            explanation=f"{now.value} ลบ {before.value} เท่ากับ {expected:+.2f} {slip}".strip(),
        )


RULES = (Rule("change-from-two-years", "ผลต่างที่พิมพ์เทียบกับคะแนนของสองปี", change_from_two_years),)


def _figure(result: AgencyYear, row: Score) -> Figure | None:
    """The score that stands in the rest of the report."""
    match row.scope:
        case "total":
            return result.total
        case "instrument":
            return next((result.instruments.get(code) for code in INSTRUMENTS if code == row.code), None)
        case "indicator":
            return result.indicator_figures.get(int(row.code)) if row.code else None
        case _:
            return None


def _reach(result: AgencyYear, row: Score, figure: Figure) -> Reach:
    """Reach of the score: of the rows that print it, else of its two decimals."""
    rows = [other for other in result.printed_scores.get(row.key, []) if other.value == figure.value]
    return Reach.hull([other.reach for other in rows]) if rows else Reach.of("0.00", figure.value)
