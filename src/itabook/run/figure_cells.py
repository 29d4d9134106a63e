"""What follows a chart on a page of the book: its data as a table behind a disclosure, and as a CSV to download.

A markdown cell that shows only in HTML, as Quarto knows it: an output of HTML with a table would be set in the PDF too.
"""

import base64
import html
import re
from collections.abc import Iterator

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from itabook.domain.figure_data import FigureData, Value
from itabook.run.figure_csv import csv_of
from itabook.words import MINUS, Words, one_line

TITLE, DOWNLOAD = "ข้อมูลของรูป", "ดาวน์โหลด CSV"
_IN_HTML = '::: {{.content-visible when-format="html"}}\n```{{=html}}\n{}\n```\n:::'
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST_ID = 64
"""By the format of notebooks."""


def data_cell(data: FigureData, label: str, caption: str, words: Words) -> NotebookNode:
    """The cell to go after that of a chart; the same for the same data.

    Args:
        data: what the chart draws.
        label: that of the chart; names the file.
        caption: plain text, in the digits of the book.
        words: the digits of the book.
    """
    identifier = _NOT_IN_ID.sub("-", f"data-{label}")[:_LONGEST_ID]
    cell: NotebookNode = new_markdown_cell(_IN_HTML.format(disclosure(data, label, caption, words)), id=identifier)
    return cell


def disclosure(data: FigureData, label: str, caption: str, words: Words) -> str:
    """The data of a chart in HTML, on one line, so that nothing in it ends the block that it stands in."""
    name = html.escape(one_line(caption))
    table = f"<table><caption>{name}</caption>{_head(data, words)}<tbody>{''.join(_rows(data, words))}</tbody></table>"
    address = base64.b64encode(csv_of(data).encode()).decode()
    link = (
        f'<a download="{html.escape(label)}.csv" href="data:text/csv;charset=utf-8;base64,{address}" '
        f'aria-label="{DOWNLOAD}: {name}">{DOWNLOAD}</a>'
    )
    box = f'<div class="table-box" tabindex="0" role="region" aria-label="{TITLE}: {name}">{table}</div>'
    return f'<details class="figure-data"><summary>{TITLE}</summary>{box}<p>{link}</p></details>'


def _head(data: FigureData, words: Words) -> str:
    cells = (
        f'<th scope="col"{_side(is_number)}>{_shown(name, words)}</th>'
        for name, is_number in zip(data.columns, data.numbers, strict=True)
    )
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _rows(data: FigureData, words: Words) -> Iterator[str]:
    sides = [_side(is_number) for is_number in data.numbers]
    for row in data.rows:
        first, *others = (_shown(value, words) for value in row)
        cells = (f"<td{side}>{text}</td>" for side, text in zip(sides[1:], others, strict=True))
        yield f'<tr><th scope="row"{sides[0]}>{first}</th>{"".join(cells)}</tr>'


def _side(is_number: bool) -> str:
    return ' class="gt_right"' if is_number else ""


def _shown(value: Value, words: Words) -> str:
    """A value in the digits of the book, nothing of it markup."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return html.escape(one_line(words.text(value)))
    return (words.count(value) if isinstance(value, int) else words.score(value)).replace("-", MINUS)
