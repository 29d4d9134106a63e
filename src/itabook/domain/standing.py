"""How the indicators of one year stand to each other and to a threshold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

Scores = Mapping[int, Decimal]
"""Scores of indicators by number, 0 to 100, official order."""
PODIUM = 3
"""How many of the strongest and of the weakest a board looks at."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An indicator with its rank; equal scores share one, and the next rank is as many further: 1 2 2 4."""

    rank: int
    number: int
    score: Decimal


def ranked(scores: Scores) -> tuple[Ranked, ...]:
    """All indicators, best first, those that tie in official order.

    >>> [(row.rank, row.number) for row in ranked({1: Decimal(80), 2: Decimal(90), 3: Decimal(80)})]
    [(1, 2), (2, 1), (2, 3)]
    """
    values = sorted(scores.values(), reverse=True)
    rows = (Ranked(values.index(score) + 1, number, score) for number, score in scores.items())
    return tuple(sorted(rows, key=lambda row: (row.rank, row.number)))


@dataclass(frozen=True, slots=True)
class Extremes:
    """The strongest indicators, best first, and the weakest, lowest first; none stands in both."""

    strongest: tuple[Ranked, ...]
    weakest: tuple[Ranked, ...]


def extremes(scores: Scores, most: int = PODIUM) -> Extremes:
    """The strongest and the weakest: `most` each, or half of the indicators where there are fewer than twice that.

    All that tie with the last one are taken too, but those that would then be both strong and weak are neither.
    """
    rows, count = ranked(scores), min(most, len(scores) // 2)
    strongest, weakest = _first(rows, count), _first(rows[::-1], count)
    both = {row.number for row in strongest} & {row.number for row in weakest}
    lowest_first = sorted(weakest, key=lambda row: (row.score, row.number))
    return Extremes(
        tuple(row for row in strongest if row.number not in both),
        tuple(row for row in lowest_first if row.number not in both),
    )


def _first(rows: Iterable[Ranked], count: int) -> list[Ranked]:
    """The first rows, at least `count`, with all that tie with the last of them."""
    taken: list[Ranked] = []
    for _, tied in groupby(rows, key=lambda row: row.score):
        if len(taken) >= count:
            break
        taken += tied
    return taken


@dataclass(frozen=True, slots=True)
class Sides:
    """Numbers of the indicators that reach a threshold, and of those below it, each in official order."""

    reaching: tuple[int, ...]
    below: tuple[int, ...]


def against(scores: Scores, threshold: Decimal) -> Sides:
    """Strengths and weaknesses by a threshold in points; a score that equals it reaches it.

    >>> against({1: Decimal(90), 2: Decimal("89.99")}, Decimal(90))
    Sides(reaching=(1,), below=(2,))
    """
    reaching = tuple(number for number, score in scores.items() if score >= threshold)
    return Sides(reaching, tuple(number for number in scores if number not in reaching))
