"""Legends on a bare canvas: names in lines, before each of them room for a sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from itabook.report.drawing import LINE, Bar, draw_bars, draw_text, draw_uprights, widest
from itabook.report.style import WIDTH

SIZE = 9.0
"""Of the names, in points."""
SIGN, BLANK, BETWEEN = 0.25, 0.07, 0.22
"""In inches: width of a sign, blank after it, blank after a name."""

Key = tuple[str, str, str]
"""One entry of a simple legend: "bar" or "tick", its ink, its name."""
Sign = tuple[float, float, float]
"""Room for the sign of an entry: left, right, middle in the units of the axes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name, its line, and where its sign begins, in inches from the left."""

    name: str
    line: int
    left: float


@dataclass(frozen=True, slots=True)
class Legend:
    """The entries of a legend from left to right and from top to bottom."""

    entries: tuple[Entry, ...]

    @property
    def height(self) -> float:
        """Of all lines, in inches."""
        return LINE * (self.entries[-1].line + 1)


def legend(*groups: Sequence[str]) -> Legend:
    """The names in lines: each group begins a line, and goes on in the next one where the line is full."""
    found: list[Entry] = []
    line = -1
    for names in groups:
        left = WIDTH
        for name in names:
            width = SIGN + BLANK + widest([name], SIZE)
            if left + width > WIDTH:
                left, line = 0.05, line + 1
            found.append(Entry(name, line, left))
            left += width + BETWEEN
    return Legend(tuple(found))


def draw_names(axes: Axes, top: float, shown: Legend) -> list[Sign]:
    """Write the names, `top` inches from the top of the figure on, and return the room for the sign of each."""
    (left_edge, right_edge), signs = axes.get_xlim(), []
    inch = (right_edge - left_edge) / WIDTH
    for entry in shown.entries:
        left, middle = left_edge + entry.left * inch, top + LINE * (entry.line + 0.5)
        draw_text(axes, left + (SIGN + BLANK) * inch, middle, entry.name, size=SIZE)
        signs.append((left, left + SIGN * inch, middle))
    return signs


def bar_sign(sign: Sign, ink: str) -> Bar:
    """A small bar for an entry."""
    left, right, middle = sign
    return left, right, middle - 0.055, middle + 0.055, ink


def draw_legend(axes: Axes, middle: float, keys: Sequence[Key]) -> None:
    """Draw a legend of bars and ticks whose first line is `middle` inches from the top."""
    signs = draw_names(axes, middle - LINE / 2, legend([name for *_, name in keys]))
    bars: list[Bar] = []
    for sign, (kind, ink, _) in zip(signs, keys, strict=True):
        left, right, place = sign
        if kind == "bar":
            bars.append(bar_sign(sign, ink))
        else:
            draw_uprights(axes, [((left + right) / 2, place - 0.075, place + 0.075)], ink=ink, width=1.4)
    draw_bars(axes, bars)
