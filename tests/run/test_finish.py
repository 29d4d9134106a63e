"""Chapters as the publisher gets them: no heading over nothing."""

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from itabook.run.finish import finish
from itabook.run.plan import Run
from tests.conftest import ROOT

RUN = Run("x", ROOT / "notebooks" / "agency_year.ipynb", "บท", "", {})


def shown(text: str) -> NotebookNode:
    data = {"text/markdown": text, "text/plain": text}
    cell: NotebookNode = new_code_cell("show()", outputs=[new_output("display_data", data)])
    return cell


def headings(*cells: NotebookNode) -> list[str]:
    notebook = nbformat.v4.new_notebook(cells=[new_markdown_cell("# x"), *cells])
    return [cell.source for cell in finish(notebook, RUN).cells if cell.source.startswith("## ")]


def test_a_heading_over_nothing_is_left_out() -> None:
    cells = (new_markdown_cell("## ว่าง"), shown(""), new_markdown_cell("## มี"), shown(""), shown("ข้อความ"))

    assert headings(*cells) == ["## มี"]


def test_a_heading_over_prose_stays() -> None:
    assert headings(new_markdown_cell("## หัวข้อ"), new_markdown_cell("ข้อความของนักวิเคราะห์")) == ["## หัวข้อ"]


def test_the_last_heading_over_nothing_is_left_out() -> None:
    assert headings(new_markdown_cell("## ว่าง")) == []
