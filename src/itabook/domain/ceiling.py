"""Survey scores so high that they tell nothing any more: nearly all gave the answer that counts 100."""

from dataclasses import dataclass
from decimal import Decimal

from itabook.domain.facts import ItemResult
from itabook.domain.proofreading.places import same_words
from itabook.domain.responses import Distribution, distributions
from itabook.domain.results import AgencyYear
from itabook.domain.rules import Scale

CEILING = Decimal(99)
"""From this score on. The answer next to the best costs 33 points (20, as presumed, on the six steps from FY2567), so a
score of 99 needs at least 97 (95) of 100 answers at the top: what is left to tell one agency or year from another is
fewer than 5 people of 100."""
TOP_SHARE = Decimal(95)
"""The share of answers at 100 points, in percent, that the same makes of an item whose answers are known."""


@dataclass(frozen=True, slots=True)
class FullItem:
    """An item at the ceiling: its code, empty where none is printed, and its title."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What stands at the ceiling.

    Attributes:
        asked: numbers of all survey indicators with a score.
        indicators: those at the ceiling, official order.
        items: items at the ceiling, in the order of the report.
    """

    asked: tuple[int, ...]
    indicators: tuple[int, ...]
    items: tuple[FullItem, ...]


def ceiling(result: AgencyYear) -> Ceiling:
    """Survey indicators and items at the ceiling. OIT is left out: 100 there is a duty fulfilled, not an opinion."""
    scores = result.indicators
    asked = tuple(n for n in scores if result.rules.indicator(n).instrument != "OIT")
    return Ceiling(asked, tuple(n for n in asked if scores[n] >= CEILING), _items(result))


def _items(result: AgencyYear) -> tuple[FullItem, ...]:
    """Items whose every printed score is at the ceiling, and those whose answers are, without a printed score."""
    rows: dict[str, list[ItemResult]] = {}
    for row in result.items:
        if row.instrument != "OIT" and row.value is not None:
            rows.setdefault(row.code or f"{row.instrument} {same_words(row.title)}", []).append(row)
    full = [found[0] for found in rows.values() if all(row.value is not None and row.value >= CEILING for row in found)]
    unscored = [spread.item for spread in distributions(result) if spread.item not in rows and at_top(spread)]
    return (*(FullItem(row.code, row.title) for row in full), *(FullItem(code, "") for code in unscored))


def at_top(spread: Distribution) -> bool:
    """Whether nearly all answers to an item are the one that counts 100; not where they contradict each other."""
    if spread.scale is None or not spread.sound:
        return False
    return any(share.label == _best(spread.scale) and share.reach.high >= TOP_SHARE for share in spread.shares)


def _best(scale: Scale) -> str:
    return max(scale.answers, key=lambda answer: answer.points).label
