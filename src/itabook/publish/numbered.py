"""The figures and tables of a book in reading order, by the numbers that the pages give them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from itabook.domain.figure_data import DATA_KEY, FigureData
from itabook.language import tr
from itabook.publish.html_tables import PlainTable, read_table
from itabook.publish.notebook import HEADING, cell_options, read_cells, read_markdown
from itabook.publish.project import BookProject
from itabook.words import Words, unescape

KINDS = {"fig": "รูป", "tbl": "ตาราง"}
"""What the labels of cells begin with, and the words for it."""
_SHOWN = ("text/html", "text/markdown", "image/svg+xml", "image/png", "text/plain")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure or a table stands.

    Attributes:
        label: its identifier, such as "fig-bgo-2564-bands".
        number: "2.1", in the digits of the book.
        caption: plain text, as chapter (its title) is.
        file: the chapter.
    """

    label: str
    number: str
    caption: str
    chapter: str
    file: Path

    @property
    def kind(self) -> str:
        """A key of `KINDS`."""
        return self.label.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A figure or a table.

    Attributes:
        name: "รูป 2.1", in the digits of the book.
        caption: plain text, as chapter (its title) is.
        table: its values and notes; None for a figure that does not tell its data.
    """

    name: str
    caption: str
    chapter: str
    table: PlainTable | None


def numbered(book: BookProject) -> Iterator[Numbered]:
    """All figures and tables that the pages number, with what they hold.

    Raises:
        PublishError: a chapter cannot be read.
    """
    for place, cell in _found(book):
        yield Numbered(f"{KINDS[place.kind]} {place.number}", place.caption, place.chapter, _table(cell))


def places(book: BookProject) -> Iterator[Place]:
    """Where all figures and tables stand that the pages number.

    Raises:
        PublishError: a chapter cannot be read.
    """
    return (place for place, _ in _found(book))


def _found(book: BookProject) -> Iterator[tuple[Place, NotebookNode]]:
    """Each figure and table and its cell; the numbers are those that `crossref.lua` and Quarto give."""
    words, number = Words("thai" if book.digits == "thai" else "arabic"), 0
    for chapter in book.chapters:
        cells = read_cells(chapter.path) if chapter.path.suffix == ".ipynb" else []
        texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
        heading = HEADING.search("\n\n".join(texts) if cells else read_markdown(chapter.path))
        if heading is None:
            continue
        number += ".unnumbered" not in (heading["attributes"] or "")
        counts: Counter[str] = Counter()
        for at, cell in enumerate(cells, start=1):
            label, caption = _label(cell, book, chapter.path, at)
            if not label:
                continue
            kind = label.partition("-")[0]
            counts[kind] += 1
            shown = words.text(f"{number}.{counts[kind]}")
            yield Place(label, shown, caption, unescape(heading["title"]), chapter.path), cell


def _label(cell: NotebookNode, book: BookProject, path: Path, place: int) -> tuple[str, str]:
    """Label and caption of what a cell shows; empty where the pages do not number it."""
    if cell.cell_type != "code":
        return "", ""
    options, _ = cell_options(cell, book.execute, tr("{file} เซลล์ที่ {cell}", file=path.name, cell=place))
    label = str(options.get("label", ""))
    kind = label.partition("-")[0]
    shown = any(out.get("text") or any(out.get("data", {}).get(form) for form in _SHOWN) for out in cell.outputs)
    if kind not in KINDS or not shown or options["include"] is False or options["output"] is False:
        return "", ""
    return label, unescape(str(options.get(f"{kind}-cap", "")))


def _table(cell: NotebookNode) -> PlainTable | None:
    for output in cell.outputs:
        data = output.get("metadata", {}).get(DATA_KEY)
        if data is not None:
            return PlainTable(FigureData.from_plain(data), ())
        html = output.get("data", {}).get("text/html", "")
        if "<table" in html:
            return read_table(html)
    return None
