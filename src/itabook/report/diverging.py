"""Diverging stacked bars: answers in the order of their scale, the negative ones left of zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from itabook.domain.answers import Answers, AnswerShare
from itabook.report.style import HEADING, INK
from itabook.words import Words

NEGATIVE = (("#B9772F", "xxxx"), ("#D9A766", "////"), ("#F0DDBE", ".."))
POSITIVE = ((HEADING, ""), ("#8DB1CF", ""), ("#D3E1EC", ""))
"""Fill and hatch from the outermost answer inwards: what is negative is hatched, what is outermost is dark."""
NARROW = 0.07
"""A bar of a smaller share of the axis does not hold its figure."""
BAR = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """One answer in its bar: from where to where in percent, what is negative left of zero, and its look."""

    share: AnswerShare
    left: float
    right: float
    ink: str
    hatch: str
    outermost: bool


def pieces_of(given: Answers) -> list[Piece]:
    """The answers from zero outwards: first the negative ones, then the positive ones."""
    sides = [share for share in reversed(given.shares) if share.negative], [s for s in given.shares if not s.negative]
    found = []
    for shares, inks, sign in zip(sides, (NEGATIVE, POSITIVE), (-1, 1), strict=True):
        at = 0.0
        last = max((share.points for share in shares if share.percent), key=lambda points: sign * points, default=None)
        for place, share in enumerate(shares, start=1):
            ink, hatch = inks[len(shares) - place]
            end = at + sign * float(share.percent)
            found.append(Piece(share, min(at, end), max(at, end), ink, hatch, outermost=share.points == last))
            at = end
    return found


def draw(axes: Axes, rows: Sequence[Sequence[Piece]]) -> None:
    """All pieces of one look at once."""
    looks: dict[tuple[str, str], list[tuple[int, Piece]]] = {}
    for place, pieces in enumerate(rows):
        for piece in pieces:
            looks.setdefault((piece.ink, piece.hatch), []).append((place, piece))
    for (ink, hatch), placed in looks.items():
        axes.barh(
            [place for place, _ in placed],
            [piece.right - piece.left for _, piece in placed],
            left=[piece.left for _, piece in placed],
            height=BAR, color=ink, hatch=hatch, edgecolor="white", linewidth=0.6,
        )  # fmt: skip


def span(rows: Sequence[Sequence[Piece]]) -> tuple[float, float]:
    """The lowest and the highest end of all bars, in percent."""
    ends = [piece for pieces in rows for piece in pieces]
    return min(piece.left for piece in ends), max(piece.right for piece in ends)


def write(axes: Axes, place: int, pieces: Sequence[Piece], words: Words) -> None:
    """The share of each answer in its bar; beside the bar's end, or over it, where it is too narrow.

    The limits of the axis must be set before.
    """
    low, high = axes.get_xlim()
    put = partial(axes.text, fontsize=8.5, va="center")
    for piece in pieces:
        share, middle = words.score(piece.share.percent), (piece.left + piece.right) / 2
        if not piece.share.percent:
            continue
        if piece.right - piece.left >= NARROW * (high - low):
            ink = "white" if piece.ink == HEADING else INK
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8} if piece.hatch else None
            put(middle, place, share, ha="center", bbox=box, color=ink)
        elif piece.outermost:
            negative = piece.share.negative
            put(piece.left - 0.8 if negative else piece.right + 0.8, place, share, ha="right" if negative else "left")
        else:
            inward = "right" if piece.share.negative else "left"
            put(-0.8 if piece.share.negative else piece.left + 0.8, place - BAR / 2 - 0.19, share, ha=inward)


def patch(look: Piece, label: str) -> Patch:
    """The look of an answer for the legend."""
    return Patch(facecolor=look.ink, hatch=look.hatch, edgecolor="white", linewidth=0, label=label)


def by_columns(lines: Sequence[Sequence[Patch]]) -> list[Patch]:
    """Lines of a legend as matplotlib takes them, column by column; shorter lines are filled with nothing."""
    return [one or Patch(alpha=0, label=" ") for column in zip_longest(*lines) for one in column]
