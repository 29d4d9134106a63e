"""The number of respondents that a set of printed shares betrays."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil, comb, floor, log

import numpy as np

from itabook.domain.reach import Reach, decimals

LARGEST = 2000
"""Beyond this nearly every share of two decimals is a share of something, so that shares say nothing."""
MISPRINT = 1e-3
"""How many of all shares are misprinted, about."""
FAR_MORE = 100
FEWEST = 3
"""Fewer shares tell nothing."""
CHANCE = 1e-6
"""A number of respondents is only believed where it would fit by chance less often than this."""


def is_share(share: Reach, respondents: int) -> bool:
    """Whether a printed share (reach in percent) is that of a whole number among so many respondents.

    >>> is_share(Reach.of("54.84", Decimal("54.84")), 31), is_share(Reach.of("54.48", Decimal("54.48")), 31)
    (True, False)
    """
    return floor(share.high * respondents / 100) >= ceil(share.low * respondents / 100)


def count_of(share: Reach, respondents: int) -> int:
    """How many respondents a share stands for: the nearest whole number."""
    return round((share.low + share.high) / 2 * respondents / 100)


def estimate_respondents(printed: Iterable[tuple[str, Decimal]]) -> int | None:
    """The number of respondents that the shares of an instrument's items most likely come from.

    `printed` holds each share as printed and its value in percent. Among so many respondents each share is one of so
    many whole numbers; a share that is none of them is a misprint. A number of respondents with misprints is only
    taken where it is `FAR_MORE` times as likely as the likeliest without. None where the shares do not tell: too few,
    in too few decimals, more than a third misprinted, or fitting by chance.
    """
    shares = {Reach.of(text, value): decimals(text) for text, value in printed if 0 < value < 100}
    if len(shares) < FEWEST:
        return None
    fitting = _fitting(list(shares))
    possible = [n for n, fits in fitting.items() if fits * 3 >= len(shares) * 2]
    if not possible:
        return None
    misprint = log(MISPRINT) - log(10) * (max(shares.values()) + 2)
    likelihood = {n: misprint * (len(shares) - fitting[n]) - log(n) * fitting[n] for n in possible}
    best = max(possible, key=likelihood.__getitem__)
    flawless = max((n for n in possible if fitting[n] == len(shares)), key=likelihood.__getitem__, default=best)
    if likelihood[best] < likelihood[flawless] + log(FAR_MORE):
        best = flawless
    return best if _chance(best, list(shares.values()), fitting[best]) < CHANCE else None


def _fitting(shares: Sequence[Reach]) -> dict[int, int]:
    """How many of the shares are whole numbers of each number of respondents up to `LARGEST`; `is_share` for all."""
    scale = 10 ** max(-int(share.low.as_tuple().exponent) for share in shares)
    low = np.array([[int(share.low * scale)] for share in shares], dtype=np.int64)
    high = np.array([[int(share.high * scale)] for share in shares], dtype=np.int64)
    respondents = np.arange(1, LARGEST + 1, dtype=np.int64)
    whole = high * respondents // (100 * scale) >= -(-low * respondents // (100 * scale))
    return dict(zip(respondents.tolist(), whole.sum(axis=0).tolist(), strict=True))


def _chance(respondents: int, places: Sequence[int], fitting: int) -> float:
    """Chance that some number up to this one fits so many shares of these decimals by accident, at most."""
    single = sorted((min(1.0, respondents / 10 ** (place + 2)) for place in places), reverse=True)[:fitting]
    chance = float(respondents * comb(len(places), fitting))
    for one in single:
        chance *= one
    return chance
