"""The text runs of a page as Typst writes them: `q … cm … BT … ET Q`, with pieces that stand for text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

_SIGN = rb"[^()\\]|\\."
_INNER = rb"\((?:%s|\((?:%s)*\))*\)" % (_SIGN, _SIGN)  # brackets that pair stand in a string as they are
_STRING = rb"(?:\((?:%s|%s)*\)|<[0-9A-Fa-f]*>)" % (_SIGN, _INNER)
_NUMBER = rb"-?[\d.]+"
_RUN = re.compile(
    rb"q\s+1 0 0 -1 (?P<x>%(n)s) (?P<y>%(n)s) cm(?P<state>[^()<>\[\]q]*?)\sBT(?P<body>.*?)\sET\s+Q(?=\s)"
    % {b"n": _NUMBER},
    re.DOTALL,
)
_PIECE = re.compile(
    rb"\s*(?:/Span\s*<<\s*/ActualText\s*<(?P<actual>[0-9A-Fa-f]*)>\s*>>\s*BDC\s*)?"
    rb"(?P<style>\d Tr\s*(?P<font>/\w+) [\d.]+ Tf)\s+1 0 0 -1 (?P<x>%(n)s) (?P<y>%(n)s) Tm\s*"
    rb"(?P<shown>%(s)s\s*Tj|\[(?:%(s)s|[-\d.\s])*\]\s*TJ)(?(actual)\s*EMC)\s*" % {b"n": _NUMBER, b"s": _STRING},
    re.DOTALL,
)
_SHOWN = re.compile(rb"(?P<string>%s)|(?P<shift>%s)" % (_STRING, _NUMBER), re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Piece:
    """Glyphs that are shown at one point, and the text that stands for them (None: what the font says of each)."""

    found: re.Match[bytes]
    actual: str | None

    @property
    def at(self) -> tuple[Decimal, Decimal]:
        """Where in its run, in points."""
        return _point(self.found)

    @cached_property
    def shown(self) -> tuple[bytes | Decimal, ...]:
        """The glyphs, of two bytes each, and the shifts between them."""
        shown: list[bytes | Decimal] = []
        for part in _SHOWN.finditer(self.found["shown"]):
            if part["shift"]:
                shown.append(Decimal(part["shift"].decode()))
            else:
                string = _decoded(part["string"])
                shown += [string[i : i + 2] for i in range(0, len(string), 2)]
        return tuple(shown)

    @property
    def glyphs(self) -> tuple[bytes, ...]:
        """The glyphs alone."""
        return tuple(part for part in self.shown if isinstance(part, bytes))


@dataclass(frozen=True)
class Run:
    """A text run of a page."""

    found: re.Match[bytes]

    @property
    def at(self) -> tuple[Decimal, Decimal]:
        """Where on the page, in points."""
        return _point(self.found)

    @cached_property
    def first(self) -> Piece | None:
        """What it shows first; None where it begins with what Typst does not write in a text run."""
        return self._piece(self.found.start("body"))

    @cached_property
    def pieces(self) -> Sequence[Piece]:
        """What it shows; nothing where any of it is what Typst does not write in a text run."""
        pieces: list[Piece] = []
        piece, end = self.first, self.found.end("body")
        while piece:
            pieces.append(piece)
            if piece.found.end() == end:
                return pieces
            piece = self._piece(piece.found.end())
        return ()

    def _piece(self, place: int) -> Piece | None:
        found = _PIECE.match(self.found.string, place, self.found.end("body"))
        return found and Piece(found, None if found["actual"] is None else _text(found["actual"]))


def runs_of(content: bytes) -> Iterator[Run]:
    """The upright text runs of a page, in the order they are drawn."""
    return map(Run, _RUN.finditer(content))


def _point(found: re.Match[bytes]) -> tuple[Decimal, Decimal]:
    return Decimal(found["x"].decode()), Decimal(found["y"].decode())


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16")  # begins with FEFF


def _decoded(string: bytes) -> bytes:
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode())
    return _ESCAPED.sub(_sign, string[1:-1])


def _sign(escaped: re.Match[bytes]) -> bytes:
    sign = escaped[1]
    return bytes([int(sign, 8)]) if sign.isdigit() else _CONTROLS.get(sign, sign)
