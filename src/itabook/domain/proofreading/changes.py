"""Printed changes against the scores of the two years."""

from collections.abc import Iterator
from decimal import Decimal

from itabook.domain.proofreading.finding import Finding, Reach, Rule, Subject, reach_of
from itabook.domain.results import AgencyYear, Figure, Score


def change_from_two_years(subject: Subject) -> Iterator[Finding]:
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
        reach = _reach(result, row, now).minus(_reach(previous, row, before))
        if Reach.of(row).meets(reach):
            continue
        expected = now.value - before.value
        yield subject.finding(
            "change-from-two-years",
            row,
            severity="error",
            expected=f"{expected:+.2f}",
            message=f"ผลต่างที่ระบุ {row.printed} ไม่ตรงกับผลต่างของคะแนนสองปี ซึ่งเท่ากับ {expected:+.2f}",
            explanation=f"{now.value} ลบ {before.value} เท่ากับ {expected:+.2f}",
        )


RULES: tuple[Rule, ...] = (change_from_two_years,)


def _figure(result: AgencyYear, row: Score) -> Figure | None:
    """The score that stands in the rest of the report: for an instrument the one that its indicators give."""
    match row.scope:
        case "total":
            return result.total
        case "instrument":
            return next((figure for code, figure in result.instruments.items() if code == row.code), None)
        case "indicator":
            return result.indicator_figures.get(int(row.code)) if row.code else None
        case _:
            return None


def _reach(result: AgencyYear, row: Score, figure: Figure) -> Reach:
    """Reach of the score: as printed where the printed one is used, else of its two decimals."""
    printed = reach_of(result, row.scope, row.code)
    half = Decimal("0.005")
    own = Reach(figure.value - half, figure.value + half)
    return printed if figure.printed and printed is not None else own
