"""Why the total changed: what each indicator adds to or takes from it, and what the indicators do not explain.

The total is the weighted sum of the instruments and an instrument the plain mean of its indicators (ita-rules
section 1), so an indicator contributes weight of its instrument / number of its indicators × its own change. From
FY2566 an indicator of EIT is the score of both parts together, so the same holds; only where EIT as printed is not
the mean of its indicators is there a rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal

from itabook.domain.consistency import LAST_DIGIT, TOTAL
from itabook.domain.reach import Reach, weighted
from itabook.domain.results import AgencyYear
from itabook.domain.rules import INSTRUMENTS, Instrument, YearRules
from itabook.domain.scores import DIGITS, rounded


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one indicator contributes to the change of the total.

    Attributes:
        number: official number of the indicator, 1 to 10.
        instrument: the instrument it belongs to.
        weight: its weight in the total, between 0 and 1.
        change: change of its own score, in points.
        exact: weight × change, unrounded, in points of the total.
        shown: `exact` in two decimals, so that all parts add up.
    """

    number: int
    instrument: Instrument
    weight: Decimal
    change: Decimal
    exact: Decimal
    shown: Decimal


@dataclass(frozen=True, slots=True)
class Rest:
    """The part of the change that the indicators leave over.

    Attributes:
        exact: points of the total, unrounded.
        shown: `exact` in two decimals, so that all parts add up.
        rounding: whether the rounding of the printed scores can explain it; if not, a total and the indicators of
            its year contradict each other.
    """

    exact: Decimal
    shown: Decimal
    rounding: bool


@dataclass(frozen=True, slots=True)
class TotalChange:
    """The change of the total from `before` to `now` (two decimals) in parts whose `shown` add up to it exactly."""

    before: Decimal
    now: Decimal
    parts: tuple[Contribution, ...]
    rest: Rest

    @property
    def change(self) -> Decimal:
        """Points that the total rose; negative where it fell."""
        return self.now - self.before

    def of(self, instrument: Instrument) -> Decimal:
        """What the indicators of one instrument contribute together, as shown."""
        return sum((part.shown for part in self.parts if part.instrument == instrument), Decimal(0))


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a change cannot be explained by indicator.

    Attributes:
        kind: what is missing or does not compare.
        fiscal_year: the year it is about; of weights that differ, the later one.
        indicators: the indicators without a score, all ten where the report prints none.
    """

    kind: Literal["total", "indicators", "weights-unsure", "weights-differ"]
    fiscal_year: int
    indicators: tuple[int, ...] = ()


def explain(before: AgencyYear, now: AgencyYear) -> TotalChange | Obstacle:
    """The change of the total by indicator, or what stands in the way of telling it."""
    if before.total is None or now.total is None:
        return Obstacle("total", before.fiscal_year if before.total is None else now.fiscal_year)
    if obstacle := _obstacle(before, now):
        return obstacle
    first, last = rounded(before.total.value), rounded(now.total.value)
    weights = indicator_weights(now.rules)
    changes = {number: now.indicators[number] - before.indicators[number] for number in weights}
    with localcontext() as context:
        context.prec = DIGITS
        exact = {number: weight * changes[number] for number, weight in weights.items()}
        left = last - first - sum(exact.values(), Decimal(0))
    *shown, rest = apportioned((*exact.values(), left))
    parts = tuple(
        Contribution(n, now.rules.indicator(n).instrument, weight, changes[n], exact[n], points)
        for (n, weight), points in zip(weights.items(), shown, strict=True)
    )
    return TotalChange(first, last, parts, Rest(left, rest, _rounding_explains(before, now)))


def _obstacle(before: AgencyYear, now: AgencyYear) -> Obstacle | None:
    """What keeps two years with a total from being compared by indicator; that of the earlier year first."""
    for year in (before, now):
        missing = tuple(i.number for i in year.rules.indicators if i.number not in year.indicators)
        if missing:
            return Obstacle("indicators", year.fiscal_year, missing)
        if not year.rules.weights.official:
            return Obstacle("weights-unsure", year.fiscal_year)
    if indicator_weights(before.rules) != indicator_weights(now.rules):
        return Obstacle("weights-differ", now.fiscal_year)
    return None


def indicator_weights(rules: YearRules) -> dict[int, Decimal]:
    """Weight of each indicator in the total, official order; they add up to 1."""
    with localcontext() as context:
        context.prec = DIGITS
        return {
            indicator.number: rules.weights.of(code) / len(rules.of_instrument(code))
            for code in INSTRUMENTS
            for indicator in rules.of_instrument(code)
        }


def apportioned(parts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The parts in two decimals, adding up to their rounded sum (largest remainder, in units of 0.01).

    Each part is rounded as usual. Where the rounded parts miss the sum, the ones that rounding moved most the other
    way are moved by 0.01, earlier ones first where they tie. So each stays within 0.01 of its unrounded value, a part
    that has no more than two decimals is never touched, and the parts of the reverse change are the same with the
    other sign.

    >>> [str(part) for part in apportioned([Decimal("0.333"), Decimal("0.333"), Decimal("0.334")])]
    ['0.33', '0.33', '0.34']
    """
    shown = [rounded(part) for part in parts]
    with localcontext() as context:
        context.prec = DIGITS
        missing = rounded(sum(parts, Decimal(0))) - sum(shown, Decimal(0))
        step = LAST_DIGIT.copy_sign(missing)
        moved = [(near - part) * step for near, part in zip(shown, parts, strict=True)]
    for place in sorted(range(len(shown)), key=moved.__getitem__)[: int(missing / step)]:
        shown[place] += step
    return tuple(shown)


def _rounding_explains(before: AgencyYear, now: AgencyYear) -> bool:
    """Whether unrounded scores, as far as their printed decimals allow, can satisfy the change."""
    by_indicators = weighted(
        (weight, now.reaches[key].minus(before.reaches[key]))
        for number, weight in indicator_weights(now.rules).items()
        for key in [("indicator", str(number))]
    )
    return by_indicators.meets(_total_reach(now).minus(_total_reach(before)))


def _total_reach(result: AgencyYear) -> Reach:
    """Reach of the total as printed; of its two decimals where it is computed."""
    computed = result.total.value if result.total else Decimal(0)
    return result.reaches.get(TOTAL, Reach.of("0.00", computed))
