"""What a PDF of Typst shows, read from the names of its glyphs, and what two extractors make of it."""

import io
import re
import subprocess
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pikepdf
import pypdfium2
from fontTools import agl
from fontTools.ttLib import TTFont

CUT = {"yoYingthai.less": "ญ", "thoThanthai.less": "ฐ", "doChadathai.short": "ฎ", "toPatakthai.short": "ฏ"}
"""Glyphs of letters that lose their foot above a vowel, by the names Sarabun gives them."""


def drawn(pdf: Path) -> list[str]:
    """The signs of each page, in the order they are drawn."""
    with pikepdf.open(pdf) as document:
        fonts: dict[tuple[int, int], list[str]] = {}
        return [plain("".join(_signs(page, fonts))) for page in document.pages]


def read_by_pdfium(pdf: Path) -> list[str]:
    """The text of each page as pdfium gives it, so Chrome."""
    return [plain(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)]


def read_by_poppler(pdf: Path) -> list[str]:
    """The text of each page as `pdftotext` gives it, in the order it is drawn."""
    text = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    return [plain(page) for page in text.split("\f")[:-1]]


def plain(text: str) -> str:
    """Text without blanks, and with one order of the signs of น้ำ."""
    signs = re.sub(r"[\s\u200b\u2060\ufeff\ufffe\x00-\x1f]", "", text).replace("\u0e33", "\u0e4d\u0e32")
    return re.sub("\u0e4d([\u0e48-\u0e4b])", "\\1\u0e4d", signs)


def wrong(expected: list[str], found: list[str]) -> int:
    """How many characters are missing, too many or others than expected, page by page."""
    assert len(expected) == len(found)
    return sum(
        max(end - start, found_end - found_start)
        for one, other in zip(expected, found, strict=True)
        if one != other
        for kind, start, end, found_start, found_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if kind != "equal"
    )


def _signs(page: pikepdf.Page, fonts: dict[tuple[int, int], list[str]]) -> Iterator[str]:
    signs: list[str] = []
    for step in pikepdf.parse_content_stream(page, "Tf Tj TJ"):
        if str(step.operator) == "Tf":
            font = page.Resources.Font[str(step.operands[0])]
            if font.objgen not in fonts:
                fonts[font.objgen] = _font(font)
            signs = fonts[font.objgen]
            continue
        shown = step.operands[0]
        for part in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if isinstance(part, pikepdf.String):
                glyphs = bytes(part)
                yield from (signs[int.from_bytes(glyphs[i : i + 2])] for i in range(0, len(glyphs), 2))


def _font(font: pikepdf.Object) -> list[str]:
    data = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    return [CUT.get(name) or agl.toUnicode(name) for name in TTFont(io.BytesIO(data)).getGlyphOrder()]
