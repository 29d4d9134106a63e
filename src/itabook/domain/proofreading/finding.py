"""A finding, what a rule looks at, and the reach of a printed figure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from itabook.domain.results import AgencyYear, Score

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something printed that does not agree with something else.

    Attributes:
        rule: name of the rule.
        severity: error where the figures contradict each other, warning where they may, note for the rest.
        subject: what it is about: "total", "EIT", "indicator 8".
        printed: what the report prints.
        expected: what follows from the rest; empty where it cannot be told.
        where: place in the report.
        message: what is wrong, in Thai, one sentence.
        explanation: how it was recomputed and what may have happened, in Thai.
    """

    agency: str
    fiscal_year: int
    rule: str
    severity: Severity
    subject: str
    printed: str
    expected: str
    where: str
    message: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is proofread: one agency-year, with the year before where there are data of it."""

    result: AgencyYear
    previous: AgencyYear | None = None

    def finding(
        self,
        rule: str,
        row: Score,
        *,
        severity: Severity,
        message: str,
        explanation: str,
        printed: str = "",
        expected: str = "",
    ) -> Finding:
        """A finding about one printed row."""
        return Finding(
            agency=self.result.agency.key,
            fiscal_year=self.result.fiscal_year,
            rule=rule,
            severity=severity,
            subject=subject_name(row),
            printed=printed or row.printed,
            expected=expected,
            where=row.where,
            message=message,
            explanation=explanation,
        )


Rule = Callable[[Subject], Iterable[Finding]]


def subject_name(row: Score) -> str:
    """Short name of what a row is about."""
    return f"indicator {row.code}" if row.scope == "indicator" else row.code or row.scope


@dataclass(frozen=True, slots=True)
class Reach:
    """The values that a figure can have had before it was rounded for print: low and high end, both included.

    So a tolerance comes from the decimals that are printed, never from a fixed number.
    """

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, row: Score) -> "Reach":
        """Reach of a printed value: half a unit of its last printed decimal to either side."""
        if row.value is None:
            raise ValueError("แถวนี้ไม่มีค่า")
        decimals = len(row.printed.partition(".")[2].rstrip("% "))
        half = Decimal(1).scaleb(-decimals) / 2
        return cls(row.value - half, row.value + half)

    @classmethod
    def hull(cls, reaches: Sequence["Reach"]) -> "Reach":
        """The least reach that holds several."""
        return cls(min(reach.low for reach in reaches), max(reach.high for reach in reaches))

    def meets(self, other: "Reach") -> bool:
        """Whether one value can lie in both."""
        return self.low <= other.high and other.low <= self.high

    def minus(self, other: "Reach") -> "Reach":
        """Reach of a difference."""
        return Reach(self.low - other.high, self.high - other.low)


def weighted(parts: Sequence[tuple[Decimal, Reach]]) -> Reach:
    """Reach of a weighted sum; the weights are not negative."""
    low = sum((weight * reach.low for weight, reach in parts), Decimal(0))
    high = sum((weight * reach.high for weight, reach in parts), Decimal(0))
    return Reach(low, high)


def mean_reach(parts: Sequence[Reach]) -> Reach:
    """Reach of a plain mean."""
    whole = weighted([(Decimal(1), part) for part in parts])
    return Reach(whole.low / len(parts), whole.high / len(parts))


def scores_of(result: AgencyYear, scope: str, code: str = "", measure: str = "score") -> list[Score]:
    """Rows that print one score, in the order of the report, only those with a value."""
    return [
        row
        for row in result.scores
        if (row.measure, row.scope, row.code) == (measure, scope, code) and row.value is not None
    ]


def reach_of(result: AgencyYear, scope: str, code: str = "") -> Reach | None:
    """Reach of a score: of the most exact row, of all rows where these contradict each other; None without rows."""
    reaches = [Reach.of(row) for row in scores_of(result, scope, code)]
    if not reaches:
        return None
    exact = min(reaches, key=lambda reach: reach.high - reach.low)
    return exact if all(exact.meets(reach) for reach in reaches) else Reach.hull(reaches)
