"""Where the scores of items stand on their axis, and which of them one mark stands for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from itabook.domain.issues import IssueItem

CUT_FROM = Decimal(50)
"""Where every score but zero is at least this, the axis leaves out what lies between."""
ROOM = 7
"""The lowest score stands at least so many points after the beginning of a cut axis."""
TOUCHING = 0.034
"""Marks that are nearer to the next one than this part of the axis are drawn as one."""
WIDEST = 0.055
"""One mark stands for scores of at most this part of the axis."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of scores: from `first` to 100, with zeros in a column of their own before it where it is cut.

    >>> Scale(Decimal(60), zeros=True).place(Decimal(0)), Scale(Decimal(60), zeros=True).place(Decimal(85))
    (55.6, 85.0)
    """

    first: Decimal
    zeros: bool

    @property
    def span(self) -> float:
        """Length of the axis in points of score."""
        return float(100 - self.first)

    @property
    def cut(self) -> bool:
        """Whether the axis does not begin at zero."""
        return self.first > 0

    @property
    def column(self) -> float:
        """Where zeros stand."""
        return round(float(self.first) - 0.11 * self.span, 6) if self.cut else 0.0

    @property
    def ticks(self) -> list[int]:
        """Scores to be named."""
        steps = list(range(int(self.first), 101, 10 if self.cut else 20))
        return [0, *steps] if self.cut and self.zeros else steps

    def place(self, score: Decimal) -> float:
        """Where a score stands."""
        return float(score) if score >= self.first else self.column


def scale_of(scores: Sequence[Decimal], target: Decimal) -> Scale:
    """The axis that shows all scores and the target: whole, or cut where all of them but zeros are high."""
    lowest = min([target, *(score for score in scores if score > 0)])
    first = (lowest - ROOM) // 10 * 10 if lowest >= CUT_FROM else Decimal(0)
    return Scale(first, zeros=any(score == 0 for score in scores))


def clusters(items: Sequence[IssueItem], scale: Scale, target: Decimal) -> Iterator[list[Decimal]]:
    """The scores in ascending order, those together whose marks would touch; never across the target."""
    held: list[Decimal] = []
    for value in sorted(item.value for item in items if item.value is not None):
        if held and not _together(held, value, scale, target):
            yield held
            held = []
        held.append(value)
    if held:
        yield held


def _together(held: Sequence[Decimal], value: Decimal, scale: Scale, target: Decimal) -> bool:
    first, last, place = scale.place(held[0]), scale.place(held[-1]), scale.place(value)
    near = place - last < TOUCHING * scale.span and place - first < WIDEST * scale.span
    return near and (held[0] < target) == (value < target)
