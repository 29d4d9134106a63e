"""Diverging stacked bars: answers in the order of their scale, the negative ones left of zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from itabook.domain.answers import Answers, AnswerShare
from itabook.report.drawing import SMALL, Bar, draw_bars, draw_text, widest
from itabook.tokens import HEADING, INK, SOFT
from itabook.words import Words

NEGATIVE = (("#B9772F", "xxxx"), ("#D9A766", "////"), ("#F0DDBE", ".."))
POSITIVE = ((HEADING, ""), (SOFT, ""), ("#D3E1EC", ""))
"""Fill and hatch from the outermost answer inwards: what is negative is hatched, what is outermost is dark."""
HALF = 0.11
"""Half the thickness of a bar, in inches."""
BESIDE, OVER, AROUND = 0.05, 0.19, 0.03
"""In inches: from the end of a bar to a figure beside it; from its middle to one over it; white around one."""

Look = tuple[str, str]
"""Fill and hatch."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One answer in its bar: from where to where in percent, what is negative left of zero, and its look."""

    share: AnswerShare
    left: float
    right: float
    look: Look
    outermost: bool


def pieces_of(given: Answers) -> list[Piece]:
    """The answers from zero outwards: first the negative ones, then the positive ones."""
    sides = [share for share in reversed(given.shares) if share.negative], [s for s in given.shares if not s.negative]
    found = []
    for shares, inks, sign in zip(sides, (NEGATIVE, POSITIVE), (-1, 1), strict=True):
        at = 0.0
        last = max((share.points for share in shares if share.percent), key=lambda points: sign * points, default=None)
        for place, share in enumerate(shares, start=1):
            look, end = inks[len(shares) - place], at + sign * float(share.percent)
            found.append(Piece(share, min(at, end), max(at, end), look, outermost=share.points == last))
            at = end
    return found


def span(rows: Sequence[Sequence[Piece]]) -> tuple[float, float]:
    """The lowest and the highest end of all bars, in percent; the right side is never the shorter one."""
    ends = [piece for pieces in rows for piece in pieces]
    low = min(piece.left for piece in ends)
    return low, max(-low, *(piece.right for piece in ends))


def room(rows: Sequence[Sequence[Piece]], words: Words, inch: float) -> tuple[float, float]:
    """How far figures reach out to the left and right of all bars, in inches, where an inch is so many percent."""
    (low, high), left, right = span(rows), 0.0, 0.0
    for piece in (piece for pieces in rows for piece in pieces if piece.outermost and not _inside(piece, words, inch)):
        needed = BESIDE + _width(piece, words)
        if piece.share.negative:
            left = max(left, needed - (piece.left - low) / inch)
        else:
            right = max(right, needed - (high - piece.right) / inch)
    return left, right


def draw(axes: Axes, drawn: Sequence[tuple[Bar, str]]) -> None:
    """Draw bars with their hatches, all bars of one hatch at once."""
    for chosen in dict.fromkeys(hatch for _, hatch in drawn):
        draw_bars(axes, [bar for bar, hatch in drawn if hatch == chosen], edge="white", hatch=chosen)


def bars_of(pieces: Sequence[Piece], middle: float) -> list[tuple[Bar, str]]:
    """The answers that were given as bars with their hatches, `middle` inches from the top."""
    given = [piece for piece in pieces if piece.share.percent]
    return [((one.left, one.right, middle - HALF, middle + HALF, one.look[0]), one.look[1]) for one in given]


def write(axes: Axes, middle: float, pieces: Sequence[Piece], words: Words, *, inch: float) -> list[Bar]:
    """The share of each answer in its bar; beside the bar's end, or over it, where it is too narrow.

    Returns the white that figures on a hatch stand on.
    """
    blanks: list[Bar] = []
    for piece in pieces:
        share, (ink, hatch), negative = words.score(piece.share.percent), piece.look, piece.share.negative
        if not piece.share.percent:
            continue
        if _inside(piece, words, inch):
            place = (piece.left + piece.right) / 2
            draw_text(axes, place, middle, share, size=SMALL, ha="center", color="white" if ink == HEADING else INK)
            half = (_width(piece, words) / 2 + AROUND) * inch
            blanks += [(place - half, place + half, middle - 0.075, middle + 0.075, "white")] if hatch else []
        elif piece.outermost:
            end = piece.left - BESIDE * inch if negative else piece.right + BESIDE * inch
            draw_text(axes, end, middle, share, size=SMALL, ha="right" if negative else "left")
        else:
            start = piece.right - BESIDE * inch if negative else piece.left + BESIDE * inch
            draw_text(axes, start, middle - OVER, share, size=SMALL, ha="right" if negative else "left")
    return blanks


def _inside(piece: Piece, words: Words, inch: float) -> bool:
    """Whether a bar holds its figure."""
    return (piece.right - piece.left) / inch >= _width(piece, words) + 4 * AROUND


def _width(piece: Piece, words: Words) -> float:
    return widest([words.score(piece.share.percent)], SMALL)
