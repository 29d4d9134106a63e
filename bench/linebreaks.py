"""Where the lines of the book end: its own text at eleven widths in Chromium and Typst, with our filter and without.

    make bench-linebreaks        (builds the annual book first)

Counts lines that break a term of assets/glossary.txt in two, and lines that run over the edge. Prints a table, writes
bench/linebreaks.json, and fails where a target is missed.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import pypandoc
import pypdfium2
import typst
from playwright.sync_api import Page, sync_playwright

from itabook.data.project import find_project
from itabook.line_breaks import LONGEST, letters, read_glossary
from itabook.publish.builtin import FONTS, place_fonts
from itabook.publish.pieces import write_pieces
from itabook.publish.project import BookProject, Chapter, read_book
from itabook.words import escape

WIDTHS = (30, 40, 50, 60, 70, 80, 95, 110, 130, 150, 170)
"""Millimetres, from a column of a table to the text of a page."""
LEAST = 60
"""From this width on no line may run over the edge."""
MOST = 0.5
"""Per cent of lines that may break a term."""
POINTS = 72 / 25.4
"""Points in a millimetre."""
SLACK = 0.5
"""Points by which the ink of a letter may stand over its edge."""
END = "¶"
"""Ends a paragraph, so that what stands after it is never taken for the rest of a term."""
TEXTS = """() => [...document.querySelectorAll('main :is(p, li, th, td, figcaption, h1, h2, h3)')]
  .filter((one) => !one.querySelector('p, li, table')).map((one) => one.textContent.replace(/\\s+/g, ' ').trim())"""
LINES = """() => [...document.querySelectorAll('p')].map((paragraph) => {
  const range = document.createRange(), lines = [], edge = paragraph.getBoundingClientRect().right;
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let bottom = -Infinity, over = false;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at); range.setEnd(node, at + 1);
      const place = range.getBoundingClientRect();
      if (!place.height) { if (lines.length) lines[lines.length - 1].text += node.data[at]; continue; }
      if (place.top > bottom - 2) lines.push({text: '', over: false});
      bottom = Math.max(bottom, place.bottom);
      lines[lines.length - 1].text += node.data[at];
      if (node.data[at].trim() && place.right > edge + 1) lines[lines.length - 1].over = true;
    }
  }
  return lines;
})"""


@dataclass(frozen=True)
class Line:
    """A line as it was set, and whether it runs over the edge."""

    text: str
    over: bool


@dataclass(frozen=True)
class Count:
    """What was found with one engine: lines of all widths, that break a term, over the edge from 60 mm on."""

    engine: str
    filtered: bool
    lines: int
    broken: int
    over: int

    @property
    def per_cent(self) -> float:
        """Broken lines of all lines."""
        return 100 * self.broken / self.lines


def main() -> int:
    """Set, count, tell; returns 1 where a target is missed."""
    root = find_project().root
    terms = tuple(term for term in read_glossary(root / "assets" / "glossary.txt") if letters(term) <= LONGEST)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        page = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
        folder = Path(scratch)
        texts = texts_of(page, root)
        book = paragraphs(folder, read_book(root), texts)
        counts = []
        for filtered in (False, True):
            html, source = (pages(book, folder, target, filtered=filtered) for target in ("html", "typst"))
            by_engine: Mapping[str, Mapping[int, list[Line]]] = {
                "Chromium": {width: list(in_chromium(page, root, html, width)) for width in WIDTHS},
                "Typst": {width: list(in_typst(root, source, width, folder)) for width in WIDTHS},
            }
            counts += [counted(engine, filtered, lines, terms) for engine, lines in by_engine.items()]
    print(f"{len(texts)} paragraphs, {sum(map(len, texts)):,} letters; {len(terms)} terms; widths in mm: {WIDTHS}")
    print("| engine | our filter | lines | break a term | over the edge, 60 mm and wider |\n|---|---|---|---|---|")
    for one in counts:
        said = "yes" if one.filtered else "no"
        print(f"| {one.engine} | {said} | {one.lines:,} | {one.broken:,} ({one.per_cent:.2f} %) | {one.over} |")
    results = [{**asdict(one), "per cent": round(one.per_cent, 3)} for one in counts]
    (root / "bench" / "linebreaks.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return int(any(one.filtered and (one.per_cent > MOST or one.over) for one in counts))


def texts_of(page: Page, root: Path) -> tuple[str, ...]:
    """Every paragraph, cell, caption and heading of the annual book, once."""
    found: dict[str, None] = {}
    for file in sorted((root / "outputs" / "book").glob("*.html")):
        page.goto(file.as_uri())
        found.update(dict.fromkeys(page.evaluate(TEXTS)))
    return tuple(text for text in found if text)


def paragraphs(folder: Path, book: BookProject, texts: Sequence[str]) -> BookProject:
    """A book whose one chapter holds the texts, a paragraph each."""
    chapter = folder / "texts.md"
    chapter.write_text("\n\n".join(f"{escape(text)}{END}" for text in texts), encoding="utf-8")
    fields = {name: getattr(book, name) for name in BookProject.__slots__}
    return BookProject(**{**fields, "chapters": (Chapter(chapter), *(Chapter(c.path, c.part) for c in book.chapters))})


def pages(book: BookProject, folder: Path, target: str, *, filtered: bool) -> str:
    """The paragraphs as HTML or Typst, with the filter of the book or without."""
    write_pieces(book, folder)
    command = ["--wrap=none", *(["--lua-filter", str(book.assets / "filters" / "words.lua")] if filtered else [])]
    source = book.chapters[0].path.read_text(encoding="utf-8")
    return str(pypandoc.convert_text(source, target, format="markdown", extra_args=command, cworkdir=str(folder)))


def in_chromium(page: Page, root: Path, html: str, width: int) -> Iterator[Line]:
    """The lines of the paragraphs in a column of a width in mm."""
    style = (
        (root / "assets" / "book.css").read_text(encoding="utf-8").replace("../outputs", (root / "outputs").as_uri())
    )
    sample = root / "outputs" / "linebreaks.html"
    column = f"body {{ margin: 0; font-size: 13pt !important; }} p {{ width: {width}mm; }}"
    sample.write_text(f'<html lang="th"><style>{style}{column}</style><body>{html}</body></html>', encoding="utf-8")
    page.goto(sample.as_uri())
    page.evaluate("document.fonts.ready")
    for paragraph in page.evaluate(LINES):
        for line in paragraph:
            yield Line(line["text"], line["over"])
    sample.unlink()


def in_typst(root: Path, source: str, width: int, folder: Path) -> Iterator[Line]:
    """The lines of the paragraphs in a column of a width in mm, read from the PDF."""
    place_fonts(root)
    head = f"#set page(width: {width + 20}mm, height: 297mm, margin: 10mm)\n"
    rules = '#set text(font: "Sarabun", size: 13pt, lang: "th")\n#set par(leading: 0.95em, justify: false)\n'
    (folder / "texts.typ").write_text(head + rules + source, encoding="utf-8")
    made = folder / "texts.pdf"
    fonts = [str(root / FONTS)]
    typst.compile(str(folder / "texts.typ"), output=str(made), font_paths=fonts, ignore_system_fonts=True)
    edge = (width + 10) * POINTS + SLACK
    with pypdfium2.PdfDocument(made) as document:
        for sheet in document:
            yield from _lines(sheet.get_textpage(), edge)


def _lines(text: pypdfium2.PdfTextPage, edge: float) -> Iterator[Line]:
    """The lines of a page; a blank at the end of one hangs over the edge and is not seen."""
    said, right = "", 0.0
    for place, letter in enumerate(text.get_text_range(errors="replace")):
        if letter in "\r\n":
            if said:
                yield Line(said, right > edge)
            said, right = "", 0.0
            continue
        said += letter
        if letter.strip():
            right = max(right, text.get_charbox(place)[2])
    if said:
        yield Line(said, right > edge)


def counted(engine: str, filtered: bool, lines: Mapping[int, list[Line]], terms: Sequence[str]) -> Count:
    """Counts over all widths."""
    found = [line for width in WIDTHS for line in lines[width]]
    ways = broken_terms(terms)
    broken = sum(breaks_a_term(a.text, b.text, ways) for a, b in pairwise(found))
    return Count(
        engine, filtered, len(found), broken, sum(line.over for w in WIDTHS if w >= LEAST for line in lines[w])
    )


def broken_terms(terms: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Every way to break a term: what ends a line, with all that may begin the next."""
    found: dict[str, tuple[str, ...]] = {}
    for term in terms:
        for at in range(1, len(term)):
            found[term[:at]] = (*found.get(term[:at], ()), term[at:])
    return found


def breaks_a_term(line: str, following: str, broken: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a term begins on a line and ends on the next."""
    ends = (line[-long:] for long in range(1, min(2 * LONGEST, len(line)) + 1))
    return any(following.startswith(broken[end]) for end in ends if end in broken)


if __name__ == "__main__":
    sys.exit(main())
