"""The disclosure items (OIT) that lost points, and the causes that the report gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from itabook.domain.facts import ItemResult, Measure
from itabook.domain.official import official_item
from itabook.domain.proofreading.places import issue, row_number
from itabook.domain.proofreading.repeats import same_items, usual_row
from itabook.domain.results import AgencyYear
from itabook.domain.rules import Item, YearRules
from itabook.domain.scores import FULL


@dataclass(frozen=True, slots=True)
class LostItem:
    """An item that lost points.

    Attributes:
        title: wording of the report.
        indicator: number of its indicator; None where neither report nor rules tell it.
        official: the item in the rules of the year; None where they do not tell, or not officially.
        score: as printed, 0 to 100; None where the report prints none.
        remark: what the auditor says of it; empty for nothing.
    """

    title: str
    printed_code: str
    indicator: int | None
    official: Item | None
    score: Decimal | None
    remark: str

    @property
    def code(self) -> str:
        """As the report prints it, else as the rules have it; empty where neither tells."""
        return self.printed_code or ("" if self.official is None else self.official.code)

    @property
    def sub_indicator(self) -> str:
        """For example "9.4"; empty where the rules do not tell it officially."""
        return "" if self.official is None else self.official.sub_indicator


def lost_items(result: AgencyYear) -> tuple[LostItem, ...]:
    """Items that failed or have less than full points, by indicator, sub-indicator and code, else as in the report."""
    mentioned = {id(row) for row in mentions(result)}
    rows = (row for row in _oit(result) if id(row) not in mentioned)
    lost = [_lost_item(same, result.rules) for same in same_items(rows) if _lost(same)]
    return tuple(sorted(lost, key=_official_order))


def mentions(result: AgencyYear) -> tuple[ItemResult, ...]:
    """Lost items that the running text of an issue names in other words than the issue's own list.

    They are taken for items of the list, which has as many lost ones or more, and not counted again.
    """
    groups = [same for same in same_items(_oit(result)) if _lost(same)]
    listed = [same for same in groups if any(row_number(row.where) for row in same)]
    issues = dict.fromkeys(issue(same[0].where) for same in listed)
    found: list[ItemResult] = []
    for name in filter(None, issues):
        told = [same for same in groups if same not in listed and issue(same[0].where) == name]
        told = [same for same in told if official_item(result.rules, "OIT", same[0].code, same[0].title) is None]
        if len(told) <= sum(any(issue(row.where) == name for row in same) for same in listed):
            found += [row for same in told for row in same]
    return tuple(found)


def causes(result: AgencyYear) -> tuple[Measure, ...]:
    """Why points were lost, as the report says of OIT or of one of its indicators, in its order."""
    numbers = {str(indicator.number) for indicator in result.rules.of_instrument("OIT")}
    return tuple(row for row in result.measures if row.kind == "cause" and {*row.scope} & {"OIT", *numbers})


def _oit(result: AgencyYear) -> Iterable[ItemResult]:
    return (row for row in result.items if row.instrument == "OIT")


def _lost(rows: Sequence[ItemResult]) -> bool:
    score = _score(rows)
    return any(row.result == "fail" for row in rows) or (score is not None and score < FULL)


def _score(rows: Sequence[ItemResult]) -> Decimal | None:
    scored = [row for row in rows if row.value is not None]
    return usual_row(scored).value if scored else None


def _lost_item(rows: Sequence[ItemResult], rules: YearRules) -> LostItem:
    title = next((row.title for row in rows if row_number(row.where)), rows[0].title)
    official = official_item(rules, "OIT", rows[0].code, title)
    known = None if official is None else official.indicator
    indicator = next((row.indicator for row in rows if row.indicator is not None), known)
    remark = " ".join(dict.fromkeys(row.remark for row in rows if row.remark))
    return LostItem(title, rows[0].code, indicator, official, _score(rows), remark)


def _official_order(item: LostItem) -> tuple[bool, int, str, int]:
    number = item.code[1:]
    return item.indicator is None, item.indicator or 0, item.sub_indicator, int(number) if number.isdecimal() else 0
