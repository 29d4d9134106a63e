"""Scores: from responses to items, indicators, instruments and the total.

Everything is Decimal and unrounded until `rounded`, which rounds once, half up, to the two decimals
that ITA publishes (ita-rules section 1: computed from unrounded means, rounded once).
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext

from itabook.domain.rules import INSTRUMENTS, Instrument, Scale, Weights, YearRules

FULL = Decimal(100)
"""The most that anything can score."""
PLACES = 2
DIGITS = 50
"""Significant digits of unrounded means: far beyond any published decimal."""


def rounded(value: Decimal, places: int = PLACES) -> Decimal:
    """Round once, half up.

    >>> rounded(Decimal("88.565"))
    Decimal('88.57')
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def mean(values: Iterable[Decimal]) -> Decimal:
    """Plain mean, unrounded. ValueError where there are no values."""
    numbers = tuple(values)
    if not numbers:
        raise ValueError("ไม่มีค่าให้หาค่าเฉลี่ย")
    with localcontext() as context:
        context.prec = DIGITS
        return sum(numbers, Decimal(0)) / len(numbers)


def item_from_counts(counts: Mapping[str, int], scale: Scale) -> Decimal:
    """Score of an item from how many gave each answer: mean of the answers' points, unrounded.

    Source: ita-rules section 4 (FY2563 to 2566: 0, 33, 67, 100, integers).
    KeyError for a label that the scale does not have; ValueError where nobody answered or a count is negative.
    """
    points = {label: scale.points(label) for label in counts}
    unknown = [label for label, value in points.items() if value is None]
    if unknown:
        raise KeyError(unknown[0])
    respondents = sum(counts.values())
    if respondents <= 0 or min(counts.values()) < 0:
        raise ValueError("จำนวนผู้ตอบต้องมากกว่าศูนย์และไม่ติดลบ")
    with localcontext() as context:
        context.prec = DIGITS
        total = sum(((points[label] or Decimal(0)) * count for label, count in counts.items()), Decimal(0))
        return total / respondents


def oit_sub_indicator(passed: int, items: int) -> Decimal:
    """Score of an OIT sub-indicator: share of its items that pass, 0 to 100, unrounded."""
    if not 0 <= passed <= items or items == 0:
        raise ValueError(f"จำนวนข้อที่ผ่าน {passed} ไม่อยู่ระหว่าง 0 ถึง {items}")
    with localcontext() as context:
        context.prec = DIGITS
        return Decimal(100) * passed / items


def oit_indicator(sub_indicators: Iterable[tuple[int, int]]) -> Decimal:
    """OIT indicator from (passed, items) of each sub-indicator: mean of their means, not of the items.

    Source: ita-rules sections 1 and 12, FY2563 to 2566.

    >>> rounded(oit_indicator([(2, 9), (1, 8), (1, 7), (0, 4), (2, 5)]))
    Decimal('17.80')
    """
    return mean(oit_sub_indicator(passed, items) for passed, items in sub_indicators)


def eit_from_parts(part1: Decimal, part2: Decimal) -> Decimal:
    """EIT from FY2566: mean of part 1 (asked by consultants) and part 2 (answered online), equal weights."""
    return mean((part1, part2))


def instrument_scores(indicators: Mapping[int, Decimal], rules: YearRules) -> dict[Instrument, Decimal]:
    """Unrounded mean of the indicators of each instrument; instruments with a missing indicator are left out."""
    scores: dict[Instrument, Decimal] = {}
    for instrument in INSTRUMENTS:
        numbers = [indicator.number for indicator in rules.of_instrument(instrument)]
        if all(number in indicators for number in numbers):
            scores[instrument] = mean(indicators[number] for number in numbers)
    return scores


def total_score(instruments: Mapping[Instrument, Decimal], weights: Weights) -> Decimal | None:
    """Weighted total, unrounded; None while an instrument is missing. Source: ita-rules section 1."""
    if any(instrument not in instruments for instrument in INSTRUMENTS):
        return None
    with localcontext() as context:
        context.prec = DIGITS
        return sum((weights.of(name) * instruments[name] for name in INSTRUMENTS), Decimal(0))
