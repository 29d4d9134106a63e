"""A bare canvas for charts that a batch draws thousands of times.

Ticks, legends and constrained layout measure every text several times, which costs more than all drawing. A canvas is
laid out by its author: only the texts that decide the layout are measured, and bars are drawn together.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import IdentityTransform

from itabook.line_breaks import project_breaks
from itabook.report.style import WIDTH
from itabook.tokens import FACE, HAIRLINE, INK, INK_2

POINTS = 72
"""Points in an inch."""
LINE = 0.2
"""Height of a line of text in inches."""
SMALL = 8.5
"""Size of the smallest text in points."""
DIGIT = 0.7
"""Height of a digit of the face, in parts of its size."""

LAYER = 2
"""That of lines: bars and lines lie over each other in the order they are drawn."""

Side = Literal["left", "center", "right"]
SIDES: dict[Side, float] = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of a text stands to the left of its place."""
Bar = tuple[float, float, float, float, str]
"""Left, right, top, bottom in the units of the axes, and the ink."""
Line = Sequence[tuple[float, float]]
"""Two places, across and down in the units of the axes."""
Mark = tuple[float, float, str, float, str, str]
"""Place across and down in the units of the axes, shape as matplotlib names it, area in square points, fill, edge."""


def canvas(height: float, *, left: float = 0, right: float = WIDTH) -> tuple[Figure, Axes]:
    """A figure as wide as the text and `height` inches high, all of it one axes without frame and ticks.

    Down the page it counts in inches from the top; across, its edges stand for `left` and `right`.
    """
    figure = Figure(figsize=(WIDTH, height), dpi=POINTS)  # as SVG counts
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(left, right)
    axes.set_ylim(height, 0)
    return figure, axes


def scaled_canvas(
    height: float, first: float, last: float, *, margin: float, room: float
) -> tuple[Figure, Axes, float]:
    """A canvas on which the scale from `first` to `last` has `margin` inches before it and `room` after it.

    The third that it returns is an inch, in units of the scale.
    """
    inch = (last - first) / (WIDTH - margin - room)
    return *canvas(height, left=first - margin * inch, right=last + room * inch), inch


def widest(texts: Iterable[str], size: float, weight: str = "normal") -> float:
    """Width of the widest text in inches, 0 without any, for texts of `size` points in the face of the book."""
    return max((_width(text, size, weight) for text in texts), default=0)


@lru_cache(maxsize=4096)  # names and scores come again from chart to chart
def _width(text: str, size: float, weight: str) -> float:
    face = FontProperties(family=FACE, size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, face, ismath=False)[0] / POINTS


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines of at most `width` inches, broken as pages are; a piece that is wider stands alone."""
    if widest([text], size) <= width:
        return [text]
    lines = [""]
    for part in project_breaks().parts(text):
        if lines[-1] and widest([lines[-1] + part.rstrip()], size) > width:
            lines.append("")
        lines[-1] += part
    return [line.rstrip() for line in lines]


class _OneLine(Text):
    """A text of one line on its baseline, drawn without the layout that matplotlib works out for any text."""

    def draw(self, renderer: RendererBase) -> None:
        x, y = self.get_transform().transform(self.get_position())
        width = _width(self.get_text(), float(self.get_fontsize()), str(self.get_fontweight())) * POINTS
        x -= renderer.points_to_pixels(SIDES[self.get_horizontalalignment()] * width)
        down = renderer.get_canvas_width_height()[1] - y
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        renderer.draw_text(gc, x, down, self.get_text(), self.get_fontproperties(), 0)
        gc.restore()


def draw_text(
    axes: Axes,
    x: float,
    middle: float,
    text: str,
    *,
    size: float,
    ha: Side = "left",
    color: str = INK,
    fontweight: str = "normal",
) -> None:
    """Write a text whose digits stand in the middle of a line; all texts of a line have one baseline."""
    baseline = middle + size * DIGIT / 2 / POINTS
    axes.add_artist(_OneLine(x, baseline, text, ha=ha, va="baseline", size=size, color=color, weight=fontweight))


def draw_bars(axes: Axes, bars: Sequence[Bar], *, edge: str | Sequence[str] = "none", hatch: str = "") -> None:
    """Draw bars, those that come later over those before; "face" is an edge in the ink of the bar.

    A hatch has the ink of the edge, and lies over the bar, so that the fill of the bar is that of an area in SVG too.
    """
    corners = [[(left, top), (right, top), (right, bottom), (left, bottom)] for left, right, top, bottom, _ in bars]
    inks = [ink for *_, ink in bars]
    drawn = partial(PolyCollection, corners, edgecolors=edge, linewidths=0.6, zorder=LAYER)
    axes.add_collection(drawn(facecolors=inks), autolim=False)
    if hatch:
        axes.add_collection(drawn(facecolors="none", hatch=hatch), autolim=False)


def draw_marks(axes: Axes, marks: Sequence[Mark], *, width: float | Sequence[float]) -> None:
    """Draw marks with edges of `width` points, those that come later over those before."""
    drawn = PathCollection(
        [_shape(shape) for _, _, shape, *_ in marks],
        sizes=[area for *_, area, _, _ in marks],
        offsets=[(x, y) for x, y, *_ in marks],
        offset_transform=axes.transData,
        facecolors=[fill for *_, fill, _ in marks],
        edgecolors=[edge for *_, edge in marks],
        linewidths=width,
        zorder=LAYER,
    )
    drawn.set_transform(IdentityTransform())
    axes.add_collection(drawn, autolim=False)


@cache
def _shape(name: str) -> Path:
    style = MarkerStyle(name)
    return style.get_path().transformed(style.get_transform())


def draw_lines(
    axes: Axes,
    lines: Sequence[Line],
    *,
    ink: str | Sequence[str],
    width: float | Sequence[float],
    dashed: bool = False,
) -> None:
    """Draw straight lines of `width` points, each from one place to another."""
    dashes = (0, (2, 2)) if dashed else "solid"
    drawn = LineCollection(lines, colors=ink, linewidths=width, linestyles=dashes)
    axes.add_collection(drawn, autolim=False)


def draw_uprights(
    axes: Axes, places: Iterable[tuple[float, float, float]], *, ink: str | Sequence[str], width: float
) -> None:
    """Draw vertical lines: place, top, bottom."""
    draw_lines(axes, [[(x, top), (x, bottom)] for x, top, bottom in places], ink=ink, width=width)


def draw_scale(axes: Axes, ticks: Mapping[float, str], top: float, foot: float) -> None:
    """Draw a hairline for each value from `top` to `foot`, its name under it."""
    draw_uprights(axes, [(place, top, foot) for place in ticks], ink=HAIRLINE, width=0.5)
    for place, name in ticks.items():
        draw_text(axes, place, foot + LINE / 2, name, size=SMALL, ha="center", color=INK_2)


def draw_goal(axes: Axes, place: float, top: float, foot: float, name: str) -> None:
    """Draw a dashed line from `top` to `foot`, its name over it."""
    draw_lines(axes, [[(place, top), (place, foot)]], ink=INK, width=1, dashed=True)
    draw_text(axes, place, top - LINE / 2, name, size=SMALL, ha="center")
