"""Where the lines of a book may end, written for the filter `assets/filters/words.lua`."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from itabook.line_breaks import BEFORE, LONGEST, RUN, UNITS, LineBreaks, letters, read_glossary
from itabook.publish.project import BookProject

FILE = "pieces.txt"


def write_pieces(book: BookProject, folder: Path) -> Path:
    """Writes the runs of Thai letters in a book with their pieces, and what stays with a number; returns the file.

    Names of agencies, which are the parts of a book or the title of a short one, are terms too.
    """
    glossary = read_glossary(book.assets / "glossary.txt")
    names = {chapter.part for chapter in book.chapters} | {book.title}
    breaks = _breaks((*glossary, *sorted(filter(None, (own_name(name, glossary) for name in names)))))
    lines = [f"before\t{'|'.join(BEFORE)}", f"units\t{'|'.join(sorted(UNITS))}"]
    lines += (f"{run}\t{'|'.join(breaks.pieces(run))}" for run in sorted(set(_runs(book))))
    place = folder / FILE
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def own_name(name: str, glossary: tuple[str, ...]) -> str:
    """What is left of the name of an agency after the terms that it begins with; empty where that is no short name.

    >>> own_name("เทศบาลตำบลบ้านแป้น", ("เทศบาล", "ตำบล"))
    'บ้านแป้น'
    """
    begun = [term for term in glossary if name.startswith(term)]
    if begun:
        return own_name(name[len(max(begun, key=len)) :], glossary)
    return name if RUN.fullmatch(name) and 1 < letters(name) <= LONGEST else ""


def _runs(book: BookProject) -> Iterator[str]:
    """Of the chapters as their files hold them, markup and drawings too, and of what the pages say around them."""
    for text in (book.title, book.subtitle, book.author, book.date, *map(str, book.labels.values())):
        yield from RUN.findall(text)
    for chapter in book.chapters:
        yield from RUN.findall(chapter.path.read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _breaks(terms: tuple[str, ...]) -> LineBreaks:
    return LineBreaks(terms)
