"""Chapters as the publisher gets them: no heading over nothing, and no text that is run as markup."""

from dataclasses import replace

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from itabook.domain.unit_names import NAMES_KEY
from itabook.report.display import METADATA_KEY
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


def test_names_of_units_stay_with_the_output_and_are_no_option_of_the_cell() -> None:
    cell = shown("ตาราง")
    cell.outputs[0].metadata[METADATA_KEY] = {"label": "tbl-x", NAMES_KEY: ["กองคลัง"]}
    _, table = finish(nbformat.v4.new_notebook(cells=[new_markdown_cell("# x"), cell]), RUN).cells

    assert table.outputs[0].metadata == {NAMES_KEY: ["กองคลัง"]}
    assert table.metadata == {"label": "tbl-x"}


def test_a_title_is_text_and_no_option_holds_a_short_code() -> None:
    cell = shown("ข้อความ")
    cell.outputs[0].metadata[METADATA_KEY] = {"fig-alt": "รูป {{< env HOME >}}", "fig-cap": "รูป {{< env HOME >}}"}
    notebook = nbformat.v4.new_notebook(cells=[new_markdown_cell("# x"), cell])
    title, chart = finish(notebook, replace(RUN, title="*กรม* <b> {{< env HOME >}}")).cells

    assert title.source == "# \\*กรม\\* &lt;b&gt; \\{\\{&lt;\u00a0env HOME\u00a0&gt;\\}\\} {#sec-x}"
    assert chart.metadata["fig-alt"] == "รูป { {< env HOME >}}"
    assert "{{<" not in chart.metadata["fig-cap"]
