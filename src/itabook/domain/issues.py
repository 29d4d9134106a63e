"""The results of the items under the issues that the published document speaks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from itabook.domain.facts import ItemResult
from itabook.domain.proofreading.places import same_words
from itabook.domain.proofreading.repeats import same_items, usual_row
from itabook.domain.results import AgencyYear, Figure, value_of
from itabook.domain.rules import INSTRUMENTS, AssignedItem, Instrument, IssueItems, Publication, YearRules

POINTS = {"pass": Decimal(100), "fail": Decimal(0)}
"""Score of an OIT item by its result (ita-rules section 1: a sub-indicator is the share of its items that pass)."""


@dataclass(frozen=True, slots=True)
class IssueItem:
    """One item under an issue.

    Attributes:
        title: as the document that assigns it words it.
        figure: its score, 0 to 100; not `printed` where the report only tells that it passed or failed; None where
            the report names the item without either.
    """

    instrument: Instrument
    code: str
    title: str
    figure: Figure | None

    @property
    def value(self) -> Decimal | None:
        """The score, None where it is not known."""
        return value_of(self.figure)


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue with the items under it that the report names, by instrument, in the order of the document."""

    number: int
    title: str
    short: str
    items: tuple[IssueItem, ...]

    @property
    def scored(self) -> tuple[IssueItem, ...]:
        """The items whose score is known."""
        return tuple(item for item in self.items if item.value is not None)

    def below(self, target: Decimal) -> tuple[IssueItem, ...]:
        """The items under a target, in the order of the document."""
        return tuple(item for item in self.scored if item.value is not None and item.value < target)


def issue_rule(rules: YearRules) -> Publication | None:
    """The rule that names the issues and assigns items to them; None where the year has none with a source."""
    assigned = (rule for rule in rules.publication if rule.assignment is not None and rule.assignment.official)
    return next(assigned, None)


def issues_of(result: AgencyYear) -> tuple[Issue, ...]:
    """The issues in official order; empty where the year has no confirmed assignment."""
    rule = issue_rule(result.rules)
    if rule is None or rule.assignment is None:
        return ()
    groups = same_items(result.items)
    numbered = enumerate(zip(rule.issues, rule.assignment.issues, strict=True), start=1)
    return tuple(Issue(number, title, items.short, _items(items, groups)) for number, (title, items) in numbered)


def unassigned(result: AgencyYear) -> int:
    """How many items with a score or a result the report names that stand under no issue."""
    rule = issue_rule(result.rules)
    issues = rule.assignment.issues if rule is not None and rule.assignment is not None else ()
    assigned = [(code, item) for issue in issues for code in INSTRUMENTS for item in issue.of(code)]
    known = [rows for rows in same_items(result.items) if _figure(rows) is not None]
    return sum(not any(_is(rows, code, item) for code, item in assigned) for rows in known)


def _items(issue: IssueItems, groups: Sequence[Sequence[ItemResult]]) -> tuple[IssueItem, ...]:
    found = (
        (instrument, item, [row for rows in groups if _is(rows, instrument, item) for row in rows])
        for instrument in INSTRUMENTS
        for item in issue.of(instrument)
    )
    return tuple(
        IssueItem(instrument, item.code, item.title, _figure(rows)) for instrument, item, rows in found if rows
    )


def _is(rows: Iterable[ItemResult], instrument: Instrument, item: AssignedItem) -> bool:
    """Whether the rows of an item are those of an assigned one: by code where both have one, else by wording."""
    return any(
        row.code == item.code if row.code and item.code else same_words(row.title) in _wordings(item)
        for row in rows
        if row.instrument == instrument
    )


@lru_cache(maxsize=1024)
def _wordings(item: AssignedItem) -> frozenset[str]:
    return frozenset(same_words(text) for text in (item.title, *item.variants))


def _figure(rows: Sequence[ItemResult]) -> Figure | None:
    """The value of most places with the others that are printed; else by pass or fail; None without either."""
    if any(row.value is not None for row in rows):
        usual = usual_row(rows)
        others = (row.printed for row in rows if row.value not in (None, usual.value))
        return Figure(usual.value or Decimal(0), printed=True, differing=tuple(dict.fromkeys(others)))
    results = [POINTS[row.result] for row in rows if row.result in POINTS]
    return Figure(results[0], printed=False) if results else None
