"""The fonts of the HTML book: the faces that its pages use, each with the letters that they use and no others."""

import io
import re
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FEATURES = ("ccmp", "kern", "liga", "locl", "mark", "mkmk")
"""What the pages need of a face: forms and places of Thai vowels and tone marks, kerning."""
SHAPED = {"\u0e33": "\u0e4d\u0e32"}
"""Letters that a browser takes apart before it looks for them in a face: sara am, as in "ทำ"."""
_FACE = re.compile(r'"[^"]*/(?P<file>Sarabun-(?P<style>\w+))\.ttf"')
_ITALIC = re.compile(r"<(?:em|i|cite|dfn|var|address)\b|<(?![^>]*gt_footnote_marks)[^>]*italic")
"""What is set in italics; marks of notes are not, whatever great_tables writes (see book.css)."""


def place_web_fonts(book: Path, faces: Path) -> None:
    """Writes the faces that the style sheet of a finished HTML book names into its `fonts`, and names those there.

    The italic face, which few books use, is made only where a page asks for it.

    Args:
        book: folder of the pages, style sheet and scripts; all their letters are taken, so also what a script shows.
        faces: folder of the faces as TTF files.
    """
    pages = [path.read_text(encoding="utf-8") for path in sorted(book.glob("*.html"))]
    style = (book / "book.css").read_text(encoding="utf-8")
    scripts = [path.read_text(encoding="utf-8") for path in sorted(book.glob("*.js")) if path.name != "search-index.js"]
    written = set().union(*pages, style, *scripts)
    letters = "".join(sorted(written.union(*(SHAPED.get(letter, "") for letter in written))))
    (book / "fonts").mkdir()
    for found in _FACE.finditer(style):
        if found["style"] != "Italic" or any(_ITALIC.search(page) for page in pages):
            name = found["file"]
            (book / "fonts" / f"{name}.woff2").write_bytes(_subset((faces / f"{name}.ttf").read_bytes(), letters))
    (book / "book.css").write_text(_FACE.sub(r'"fonts/\g<file>.woff2"', style), encoding="utf-8")


@lru_cache(maxsize=8)  # a server or a test makes the same book again
def _subset(face: bytes, letters: str) -> bytes:
    """A face with these letters as WOFF2; the same bytes for the same letters."""
    options = subset.Options(flavor="woff2", layout_features=list(FEATURES), hinting=False)
    font = TTFont(io.BytesIO(face), recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(text=letters)
    worker.subset(font)
    written = io.BytesIO()
    subset.save_font(font, written, options)
    return written.getvalue()
