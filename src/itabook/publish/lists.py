"""The lists of figures and tables of the pages, written for the filter `assets/filters/lists.lua`."""

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from itabook.publish.numbered import KINDS, Place, places
from itabook.publish.project import LISTS, BookProject
from itabook.words import Words

_LISTS = {"fig": ("list-of-figures", "crossref-lof-title"), "tbl": ("list-of-tables", "crossref-lot-title")}
"""The identifiers of the lists, and where `_language.yml` has their titles."""


def write_lists(book: BookProject) -> Path:
    """Writes what the pages list, by kind and chapter, in the digits of the book; returns the file.

    A kind that the book has none of is left out.

    Raises:
        PublishError: a chapter cannot be read.
    """
    found = list(places(book))
    by_kind = ((kind, [place for place in found if place.kind == kind]) for kind in KINDS)
    lists = [_list(book, kind, placed) for kind, placed in by_kind if placed]
    file = book.project / LISTS
    file.write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8")
    return file


def _list(book: BookProject, kind: str, placed: Sequence[Place]) -> dict[str, object]:
    identifier, title = _LISTS[kind]
    words = Words("thai" if book.digits == "thai" else "arabic")
    chapters = [
        {"title": chapter, "entries": [_entry(book, place) for place in of_chapter]}
        for chapter, of_chapter in groupby(placed, key=lambda place: place.chapter)
    ]
    summary = words.text(f"แสดงทั้ง {len(placed)} {KINDS[kind]}")
    return {"id": identifier, "title": book.labels.get(title, title), "summary": summary, "chapters": chapters}


def _entry(book: BookProject, place: Place) -> dict[str, str]:
    name = f"{book.labels.get(f'crossref-{place.kind}-title', KINDS[place.kind])}\u00a0{place.number}"
    return {
        "label": place.label,
        "file": place.file.relative_to(book.project).as_posix(),
        "text": f"{name} {place.caption}".strip(),
    }
