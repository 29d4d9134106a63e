"""What became of last year's measures: the rows that report on them, matched by text and number."""

from collections.abc import Sequence
from dataclasses import dataclass

from itabook.domain.facts import Measure


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A measure of last year and the row of this year that reports on it.

    `measure` is None for a report on no measure that is known, `report` for a measure without a report.
    """

    measure: Measure | None
    report: Measure | None

    @property
    def reworded(self) -> bool:
        """Whether the report calls the measure otherwise, so that only the numbers agree."""
        return bool(self.measure and self.report and _plain(self.measure.text) != _plain(self.report.text))


def of_kind(measures: Sequence[Measure], kind: str) -> tuple[Measure, ...]:
    """The rows of one kind, in the order of the report."""
    return tuple(row for row in measures if row.kind == kind)


def follow_ups(measures: Sequence[Measure], reports: Sequence[Measure]) -> tuple[FollowUp, ...]:
    """Each measure with its reports, in the order of last year's measures; then the reports on no known measure.

    A measure can have several reports; each report stands once.
    """
    found = [(report, _measure_of(report, measures)) for report in reports]
    rows: list[FollowUp] = []
    for measure in measures:
        own = [FollowUp(measure, report) for report, about in found if about is measure]
        rows += own or [FollowUp(measure, None)]
    return (*rows, *(FollowUp(None, report) for report, about in found if about is None))


def _measure_of(report: Measure, measures: Sequence[Measure]) -> Measure | None:
    """The one measure of the same text and number, else of the same text, else of the same number."""
    same_text = [row for row in measures if _plain(row.text) == _plain(report.text)]
    same_number = [row for row in measures if row.number and _plain(row.number) == _plain(report.number)]
    both = [row for row in same_text if row in same_number]
    return next((alike[0] for alike in (both, same_text, same_number) if len(alike) == 1), None)


def _plain(text: str) -> str:
    """Text without blanks; a number by its value, whichever digits it is typed in."""
    joined = "".join(text.split())
    return str(int(joined)) if joined.isdecimal() else joined
