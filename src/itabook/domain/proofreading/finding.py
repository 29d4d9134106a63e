"""A finding, what a rule looks at, and what a rule is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from itabook.domain.facts import NationalFigure, Score
from itabook.domain.responses import Distribution, distributions
from itabook.domain.results import AgencyYear

Severity = Literal["error", "warning", "note"]
SEVERITIES: dict[Severity, str] = {"error": "ผิด", "warning": "ควรตรวจ", "note": "ข้อสังเกต"}
"""The severities as a reader sees them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something printed that does not agree with something else.

    Attributes:
        rule: name of the rule.
        severity: error where the figures contradict each other, warning where they may, note for the rest.
        subject: what it is about: "total", "EIT", "indicator 8", "I20".
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


@dataclass(frozen=True)
class Subject:
    """What is proofread: one agency-year, the year before where there are data of it, the figures of the country."""

    result: AgencyYear
    previous: AgencyYear | None = None
    national: tuple[NationalFigure, ...] = ()

    @cached_property
    def distributions(self) -> tuple[Distribution, ...]:
        """The answers to each item, put together."""
        return distributions(self.result)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says of one thing; `Finding` says the same with its agency, year and rule."""

    severity: Severity
    subject: str
    message: str
    explanation: str
    printed: str = ""
    expected: str = ""
    where: str = ""


Outcome = Remark | None
"""What comes of one comparison: a remark, or None where the two sides agree."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the proofreader.

    Attributes:
        name: under which it is registered and reported.
        title: what it compares, in Thai, for the reader of the book.
        compare: makes every comparison that the data allow, in the order of the report.
    """

    name: str
    title: str
    compare: Callable[[Subject], Iterable[Outcome]]


@dataclass(frozen=True, slots=True)
class Checked:
    """One rule applied to one agency-year: how many comparisons it made, and those that failed."""

    rule: Rule
    comparisons: int = 0
    findings: tuple[Finding, ...] = field(default=())

    @property
    def agreeing(self) -> int:
        """Comparisons whose two sides agree."""
        return self.comparisons - len(self.findings)


def subject_name(row: Score) -> str:
    """Short name of what a row is about."""
    return f"indicator {row.code}" if row.scope == "indicator" else row.code or row.scope
