"""The reach of a printed figure: the values that it can have had before it was rounded for print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Reach:
    """Low and high end, both included.

    So a tolerance comes from the decimals that are printed, never from a fixed number.
    """

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, printed: str, value: Decimal) -> "Reach":
        """Reach of a printed value: half a unit of its last printed decimal to either side.

        >>> Reach.of("82.2", Decimal("82.2"))
        Reach(low=Decimal('82.15'), high=Decimal('82.25'))
        """
        half = Decimal(1).scaleb(-decimals(printed)) / 2
        return cls(value - half, value + half)

    @classmethod
    def exact(cls, value: Decimal) -> "Reach":
        """Reach of a value that is not rounded."""
        return cls(value, value)

    @classmethod
    def hull(cls, reaches: Sequence["Reach"]) -> "Reach":
        """The least reach that holds several."""
        return cls(min(reach.low for reach in reaches), max(reach.high for reach in reaches))

    def meets(self, other: "Reach") -> bool:
        """Whether one value can lie in both."""
        return self.low <= other.high and other.low <= self.high

    def minus(self, other: "Reach") -> "Reach":
        """Reach of a difference."""
        return Reach(self.low - other.high, self.high - other.low)

    def times(self, factor: Decimal) -> "Reach":
        """Reach of a multiple; the factor is not negative."""
        return Reach(self.low * factor, self.high * factor)


def decimals(printed: str) -> int:
    """How many decimals a printed figure has.

    >>> decimals("๘๒.๒"), decimals("54.48 %"), decimals("100")
    (1, 2, 0)
    """
    return len(printed.partition(".")[2].rstrip("% "))


def weighted(parts: Iterable[tuple[Decimal, Reach]]) -> Reach:
    """Reach of a weighted sum; the weights are not negative."""
    low = high = Decimal(0)
    for weight, reach in parts:
        low += weight * reach.low
        high += weight * reach.high
    return Reach(low, high)


def mean_reach(parts: Sequence[Reach]) -> Reach:
    """Reach of a plain mean."""
    whole = weighted((Decimal(1), part) for part in parts)
    return Reach(whole.low / len(parts), whole.high / len(parts))
