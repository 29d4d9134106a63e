"""What is to be said of a score that the report prints otherwise, twice, or not at all."""

from collections.abc import Iterable

from itabook.domain.results import Figure, value_of
from itabook.words import Words, join

MARK = "*"
"""Stands in a chart after a score that the report prints otherwise; the caption says what it prints."""


def figure_note(figure: Figure | None, words: Words) -> str:
    """The note on a figure; empty where the report prints it once and right."""
    if figure is None:
        return ""
    other = join(words.text(value) for value in figure.differing)
    document = words.document
    if not figure.printed and not other:
        return f"คำนวณจากคะแนนตัวชี้วัด ไม่ปรากฏใน{document}"
    if not figure.printed:
        return f"{document}ระบุ {other} ซึ่งไม่สอดคล้องกับคะแนนอื่นใน{document}"
    return f"{document}ระบุ {other} ไว้อีกแห่งหนึ่ง" if other else ""


def differs(figure: Figure | None) -> bool:
    """Whether the report prints another value than the one that is shown."""
    return figure is not None and bool(figure.differing)


def marked(figure: Figure | None, words: Words) -> str:
    """A score for a chart, with a mark where the report prints another value."""
    return words.score(value_of(figure)) + (MARK if differs(figure) else "")


def marks_note(figures: Iterable[tuple[str, Figure | None]], words: Words) -> str:
    """What the mark in a chart means, to go after its caption, from the names and scores shown; empty without marks."""
    said = [_mark_note(words.text(name), figure, words) for name, figure in figures if figure and figure.differing]
    return f" {MARK} {' '.join(said)}" if said else ""


def _mark_note(name: str, figure: Figure, words: Words) -> str:
    other = join(words.text(value) for value in figure.differing)
    return f"พิมพ์ {other} ไว้อีกแห่งหนึ่ง ({name})" if figure.printed else f"แก้จากค่าที่พิมพ์ {other} ({name})"
