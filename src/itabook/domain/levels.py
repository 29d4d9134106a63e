"""The level of a result by the rules of its year."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from itabook.domain.rules import Level, Levels, Weights


@dataclass(frozen=True, slots=True)
class LevelResult:
    """The level that the rules give.

    Attributes:
        level: the level, or None where it cannot be told.
        failed: tested instruments below the least score of the level above, by code.
        missing: tested instruments whose score is not known, so that the level cannot be verified.
    """

    level: Level | None
    failed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def tested_codes(weights: Weights) -> tuple[str, ...]:
    """Codes of the scores that a level tests: EIT in its two parts where the year has them (FY2566 on)."""
    return ("IIT", "EIT1", "EIT2", "OIT") if weights.eit_parts else ("IIT", "EIT", "OIT")


def level_of(total: Decimal, tested: Mapping[str, Decimal], levels: Levels, weights: Weights) -> LevelResult:
    """Level of a total and, from FY2566, of the tested instruments (ita-rules section 5).

    `total` and `tested` (by code) are scores from 0 to 100 as published, rounded to two decimals.
    A level that asks for instruments is only given where all of them are known.
    """
    codes = tested_codes(weights)
    failed: tuple[str, ...] = ()
    for level in levels.levels:
        if total < level.total_min:
            continue
        if level.instrument_min is None:
            return LevelResult(level, failed=failed)
        least = level.instrument_min
        below = tuple(code for code in codes if code in tested and tested[code] < least)
        missing = tuple(code for code in codes if code not in tested)
        if below:
            failed = failed or below
            continue
        if missing:
            return LevelResult(None, missing=missing)
        return LevelResult(level, failed=failed)
    return LevelResult(None)


@dataclass(frozen=True, slots=True)
class NextLevel:
    """What is short of the next better level: (code, points) pairs, code "total" for the total."""

    level: Level
    gaps: tuple[tuple[str, Decimal], ...]


def next_level(current: Level, total: Decimal, tested: Mapping[str, Decimal], levels: Levels) -> NextLevel | None:
    """The next better level and the points that are missing for it; None at the best level."""
    position = levels.levels.index(current)
    if position == 0:
        return None
    better = levels.levels[position - 1]
    gaps = []
    if total < better.total_min:
        gaps.append(("total", better.total_min - total))
    if better.instrument_min is not None:
        least = better.instrument_min
        gaps += [(code, least - score) for code, score in tested.items() if score < least]
    return NextLevel(better, tuple(gaps))
