"""A bare canvas for charts that a batch draws thousands of times.

Ticks, legends and constrained layout measure every text several times, which costs more than all drawing. A canvas is
laid out by its author: only the texts that decide the layout are measured, and bars are drawn together.
"""

from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from itabook.report.style import FACE, WIDTH

POINTS = 72
"""Points in an inch."""
LINE = 0.2
"""Height of a line of text in inches."""
DIGIT = 0.7
"""Height of a digit of the face, in parts of its size."""

LAYER = 2
"""That of lines: bars and lines lie over each other in the order they are drawn."""

Bar = tuple[float, float, float, float, str]
"""Left, right, top, bottom in the units of the axes, and the ink."""
Key = tuple[str, str, str]
"""One entry of a legend: "bar" or "tick", its ink, its name."""


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


def widest(texts: Iterable[str], size: float) -> float:
    """Width of the widest text in inches, 0 without any, for texts of `size` points in the face of the book."""
    face = FontProperties(family=FACE, size=size)
    measured = (text_to_path.get_text_width_height_descent(text, face, ismath=False)[0] for text in texts)
    return max(measured, default=0) / POINTS


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines of at most `width` inches, broken between words; a word that is wider stands alone.

    Words are found by PyThaiNLP, whose dictionary takes a moment to load, only where a text is too wide.
    """
    if widest([text], size) <= width:
        return [text]
    from pythainlp.tokenize import word_tokenize  # noqa: PLC0415

    lines = [""]
    for word in word_tokenize(text, engine="newmm"):
        if lines[-1] and widest([lines[-1] + word.rstrip()], size) > width:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return [line.rstrip() for line in lines]


def draw_text(axes: Axes, x: float, middle: float, text: str, *, size: float, **look: str) -> None:
    """Write a text whose digits stand in the middle of a line; all texts of a line have one baseline."""
    axes.text(x, middle + size * DIGIT / 2 / POINTS, text, va="baseline", fontsize=size, **look)  # type: ignore[arg-type]


def draw_bars(axes: Axes, bars: Sequence[Bar], *, edge: str = "none") -> None:
    """Draw bars, those that come later over those before."""
    axes.add_collection(_rectangles(bars, edge), autolim=False)


def draw_uprights(axes: Axes, places: Iterable[tuple[float, float, float]], *, ink: str, width: float) -> None:
    """Draw vertical lines: place, top, bottom."""
    segments = [[(x, top), (x, bottom)] for x, top, bottom in places]
    axes.add_collection(LineCollection(segments, colors=ink, linewidths=width), autolim=False)


def draw_legend(axes: Axes, middle: float, keys: Sequence[Key], *, size: float = 9) -> None:
    """Draw a legend in one line, `middle` inches from the top, from the left edge on."""
    (left_edge, right_edge), swatch = axes.get_xlim(), 0.25
    inch = (right_edge - left_edge) / WIDTH
    left = left_edge + 0.05 * inch
    bars: list[Bar] = []
    for kind, ink, name in keys:
        if kind == "bar":
            bars.append((left, left + swatch * inch, middle - 0.055, middle + 0.055, ink))
        else:
            draw_uprights(axes, [(left + swatch / 2 * inch, middle - 0.075, middle + 0.075)], ink=ink, width=1.4)
        draw_text(axes, left + (swatch + 0.07) * inch, middle, name, size=size)
        left += (swatch + 0.07 + widest([name], size) + 0.22) * inch
    draw_bars(axes, bars)


def _rectangles(bars: Sequence[Bar], edge: str) -> PolyCollection:
    corners = [[(left, top), (right, top), (right, bottom), (left, bottom)] for left, right, top, bottom, _ in bars]
    return PolyCollection(corners, facecolors=[ink for *_, ink in bars], edgecolors=edge, linewidths=0.6, zorder=LAYER)
