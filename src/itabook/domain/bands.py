"""The levels of a year as adjoining bands of the total."""

from dataclasses import dataclass
from decimal import Decimal

from itabook.domain.rules import Level, Levels
from itabook.domain.scores import FULL


@dataclass(frozen=True, slots=True)
class Band:
    """Totals from `low` up to `high` (points), and the levels that such a total can have, best first."""

    low: Decimal
    high: Decimal
    levels: tuple[Level, ...]


def bands(levels: Levels) -> tuple[Band, ...]:
    """The bands of a scheme, lowest first, adjoining from its least total to 100.

    Levels that ask for the same total share a band; what else tells them apart is their `instrument_min`.
    """
    lows = sorted({level.total_min for level in levels.levels})
    return tuple(
        Band(low, high, tuple(level for level in levels.levels if level.total_min == low))
        for low, high in zip(lows, [*lows[1:], FULL], strict=True)
    )
