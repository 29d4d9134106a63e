"""The text that search, copying and a screen reader take from a PDF of Typst: every Thai cluster once.

Sarabun moves some marks off the line of their letter. Typst draws such a mark in a text run of its own, after the run
that holds the rest of its cluster, and both runs stand for the whole cluster: ทั้งหมด is read ทั้ทั้งหมด. Here the mark
goes into the span of its cluster, drawn at the same point; the marked content that held it stays, empty, so that the
structure tree still leads to it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pikepdf

from itabook.publish.text_runs import Piece, Run, runs_of

Letters = Mapping[bytes, str]
"""What a font says that each glyph (two bytes) stands for."""

_MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*\n")
_CLUSTER = re.compile("[ก-ฮ][\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]+")
_PACKED = pikepdf.ObjectStreamMode.generate
_HAIR = Decimal("0.0002")
"""Points. pdfium reads by place, and a rounded sum must not put a mark behind the letter that begins where it is."""
_NO_TEXT = b"/Span<</ActualText<FEFF0000>>>BDC "
"""Of a sign that nobody reads: an empty text would make pdfium read what the font says."""
_BETWEEN = re.compile(rb"\s*(?:EMC\s*/\w+\s*<<[^<>]*/MCID \d+[^<>]*>>\s*BDC\s*)?")


def mend(pdf: Path) -> None:
    """Mend the text of a PDF that Typst made, aside, then in its place; one with nothing to mend is not touched.

    Pages look as they did and the structure tree stays as it is. The same PDF gives the same bytes.
    """
    aside = pdf.with_name(f".{pdf.name}-mended")
    fonts: dict[tuple[int, int], Letters] = {}
    with pikepdf.open(pdf) as document:
        changed = [_mend_page(page, fonts) for page in document.pages]
        if any(changed):
            document.save(aside, deterministic_id=True, fix_metadata_version=False, object_stream_mode=_PACKED)
    if any(changed):
        aside.replace(pdf)


def mended(content: bytes, fonts: Mapping[bytes, Letters]) -> bytes:
    """The content of a page with every cluster in one span; `fonts` by their names on the page, as in `/f0`."""
    edits: list[_Edit] = []
    cluster: _Cluster | None = None
    end = 0
    for run in runs_of(content):
        follows = cluster is not None and _BETWEEN.fullmatch(content, end, run.found.start())
        end = run.found.end()
        if cluster and follows and cluster.takes(run, fonts):
            edits.append(cluster.take(run))
            if len(run.pieces) == 1:
                continue
        if cluster and cluster.taken:
            edits.append(cluster.closed(fonts))
        cluster = _Cluster(run)
    if cluster and cluster.taken:
        edits.append(cluster.closed(fonts))
    return b"".join(_applied(content, edits))


@dataclass(frozen=True, slots=True)
class _Edit:
    """Bytes that stand in for a stretch of the content."""

    start: int
    end: int
    new: bytes


@dataclass(slots=True)
class _Cluster:
    """What a run ends with, and the pieces of later runs that it takes in."""

    run: Run
    taken: list[bytes] = field(default_factory=list)

    def takes(self, run: Run, fonts: Mapping[bytes, Letters]) -> bool:
        """Whether the first piece of a run that follows is a further part of the cluster.

        It stands for the same text in the same style and begins with another glyph; the same word once more, as in
        ที่ที่, begins with the same glyph.
        """
        piece = run.first
        if piece is None or (piece.actual is None and len(piece.glyphs) > 1):
            return False
        letters = fonts.get(piece.found["font"], {})
        text = _text(piece, letters)
        if not _CLUSTER.fullmatch(text) or not (run.pieces and self.run.pieces):
            return False
        last = self.run.pieces[-1]
        if run.found["state"] != self.run.found["state"] or piece.found["style"] != last.found["style"]:
            return False
        first = last.glyphs[-1 if last.actual is None else 0]
        return text == _text(last, letters) and piece.glyphs[0] != first

    def take(self, run: Run) -> _Edit:
        """Take the first piece of a run in; returns the edit that removes it there.

        One that stands beyond the end of the cluster stays, without text: pdfium would read it after the next letter.
        """
        piece = run.pieces[0]
        back = piece.shown[0] if isinstance(piece.shown[0], Decimal) else Decimal(0)
        if back < 0:
            drawn = piece.found.string[piece.found.start("style") : piece.found.end("shown")]
            return _Edit(*piece.found.span(), _NO_TEXT + drawn + b"\nEMC ")
        (x, y), (own_x, own_y), (right, down) = run.at, self.run.at, piece.at
        right += x - own_x - (0 if back else _HAIR)
        down += own_y - y  # a page counts upwards, a run downwards
        place = f" 1 0 0 -1 {right:f} {down:f} Tm".encode()
        self.taken.append(piece.found["style"] + place + piece.found["shown"])
        return _Edit(*(run if len(run.pieces) == 1 else piece).found.span(), b" ")

    def closed(self, fonts: Mapping[bytes, Letters]) -> _Edit:
        """The edit that puts what was taken in behind the last glyphs of the run."""
        last = self.run.pieces[-1]
        taken = b" ".join(self.taken)
        start, end = last.found.span("shown")
        if last.actual is not None:
            return _Edit(end, end, b" " + taken)
        text = _text(last, fonts[last.found["font"]])
        span = f"/Span<</ActualText<FEFF{text.encode('utf-16-be').hex().upper()}>>>BDC".encode()
        before, glyph = _last_apart(last)
        return _Edit(start, end, before + span + b"<" + glyph.hex().encode() + b">Tj " + taken + b"\nEMC")


def _last_apart(piece: Piece) -> tuple[bytes, bytes]:
    """What shows a piece but for its last glyph, and that glyph."""
    last = max(i for i, part in enumerate(piece.shown) if isinstance(part, bytes))
    parts = (f"<{part.hex()}>" if isinstance(part, bytes) else f" {part}" for part in piece.shown[:last])
    return (f"[{''.join(parts)}]TJ".encode() if last else b""), bytes(piece.glyphs[-1])


def _text(piece: Piece, letters: Letters) -> str:
    """What stands for a whole piece or, where its glyphs stand for themselves, for the last of them."""
    return letters.get(piece.glyphs[-1], "") if piece.actual is None else piece.actual


def _applied(content: bytes, edits: list[_Edit]) -> Iterator[bytes]:
    place = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        yield content[place : edit.start]
        yield edit.new
        place = edit.end
    yield content[place:]


def _mend_page(page: pikepdf.Page, fonts: dict[tuple[int, int], Letters]) -> bool:
    page.contents_coalesce()
    content = page.Contents.read_bytes()
    named = {}
    for name, font in page.resources.get("/Font", {}).items():
        if font.objgen not in fonts:
            fonts[font.objgen] = _letters(font)
        named[name.encode()] = fonts[font.objgen]
    new = mended(content, named)
    if new != content:
        page.Contents.write(new)
    return new != content


def _letters(font: pikepdf.Object) -> Letters:
    if "/ToUnicode" not in font:
        return {}
    mapped = _MAPPED.findall(font.ToUnicode.read_bytes())
    return {bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in mapped}
