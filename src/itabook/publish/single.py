"""One executed notebook as a short PDF book of its own, set by the built-in renderer."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from itabook.publish.builtin import render_pdf
from itabook.publish.project import read_book
from itabook.words import escape_title


@dataclass(frozen=True, slots=True)
class ShortBook:
    """A book of one chapter.

    Attributes:
        notebook: executed, inside the project.
        place: where the PDF goes; what stands there is replaced only by a good one.
        title: plain text, as subtitle and author (organisation) are.
        date: Thai text, in full.
        made: the same date, short.
        digits: "thai" or "arabic".
        annex: whether it is attached to an agenda: in greys, without a cover.
        standards: those of PDF that it keeps, as Typst names them; those of any book where none is named.
    """

    notebook: Path
    place: Path
    title: str
    subtitle: str
    author: str
    date: str
    made: str
    digits: str
    annex: bool = False
    standards: tuple[str, ...] = ()


def make_pdf(project: Path, book: ShortBook, report: Callable[[str], None] = lambda _: None) -> None:
    """Makes the PDF of a short book aside and puts it in its place; the fonts are in the project already.

    Raises:
        PublishError: the book cannot be made; the message says why and what to do.
    """
    with tempfile.TemporaryDirectory(prefix=".pdf-", dir=book.place.parent) as folder:
        work = Path(folder)
        made = render_pdf(read_book(project, _own(project, book)), work, work, report)
        made.replace(book.place)


def _own(project: Path, book: ShortBook) -> dict[str, dict[str, object]]:
    """What stands in `outputs/book.yml` for a whole book."""
    return {
        "book": {
            "title": escape_title(book.title),
            "subtitle": escape_title(book.subtitle),
            "author": escape_title(book.author),
            "output-file": book.place.stem,
            "chapters": [os.path.relpath(book.notebook, project)],
        },
        "itabook": {
            "digits": book.digits,
            "date": book.date,
            "made": book.made,
            "short": True,
            "annex": book.annex,
        },
        "format": {"typst": {"pdf-standard": list(book.standards)} if book.standards else {}},
    }
