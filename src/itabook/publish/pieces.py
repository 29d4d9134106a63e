"""Where the lines of a book may end, written for the filter `assets/filters/words.lua`."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from itabook.domain.unit_names import NAMES_KEY
from itabook.line_breaks import BEFORE, LONGEST, RUN, UNITS, LineBreaks, letters, read_glossary, words
from itabook.publish.project import BookProject

FILE = "pieces.txt"
NARROW = 6
"""Letters that the narrowest cell holds."""
_NAMES = re.compile(rf'"{NAMES_KEY}": \[([^]]*)\]')


def write_pieces(book: BookProject, folder: Path) -> Path:
    """Writes the runs of Thai letters in a book with their pieces, and what stays with a number; returns the file.

    Names of agencies, which are the parts of a book or the title of a short one, and names of units in its tables are
    terms too.
    """
    glossary = read_glossary(book.assets / "glossary.txt")
    names = {chapter.part for chapter in book.chapters} | {book.title}
    texts = [chapter.path.read_text(encoding="utf-8") for chapter in book.chapters]
    own = {own_name(name, glossary) for name in names} - {""} | {name for text in texts for name in _unit_names(text)}
    breaks = _breaks((*glossary, *sorted(own)))
    lines = [f"before\t{'|'.join(BEFORE)}", f"units\t{'|'.join(sorted(UNITS))}"]
    lines += (f"{run}\t{'|'.join(map(_in_words, breaks.pieces(run)))}" for run in sorted(set(_runs(book, texts))))
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


def _unit_names(notebook: str) -> Iterator[str]:
    """What the tables of a notebook name, from its file as it is: the names are of Thai letters only."""
    for found in _NAMES.findall(notebook):
        yield from RUN.findall(found)


def _runs(book: BookProject, texts: Iterable[str]) -> Iterator[str]:
    """Of the chapters as their files hold them, markup and drawings too, and of what the pages say around them."""
    for text in (book.title, book.subtitle, book.author, book.date, *map(str, book.labels.values())):
        yield from RUN.findall(text)
    for text in (*(chapter.part for chapter in book.chapters), *texts):
        yield from RUN.findall(text)


@lru_cache(maxsize=2**12)
def _in_words(piece: str) -> str:
    """A piece with a stroke between its words, at which a cell breaks it that is too narrow for the whole.

    >>> _in_words("เทคโนโลยีสารสนเทศ"), _in_words("คะแนน")
    ('เทคโนโลยี/สารสนเทศ', 'คะแนน')
    """
    return "/".join(words(piece)) if letters(piece) > NARROW else piece


@lru_cache(maxsize=8)
def _breaks(terms: tuple[str, ...]) -> LineBreaks:
    return LineBreaks(terms)
