"""The data of a figure on its page and as CSV: digits, numbers, nothing that runs."""

import base64
import csv
import io
import re
from decimal import Decimal

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from itabook.domain.figure_data import DATA_KEY, FigureData
from itabook.report.display import METADATA_KEY
from itabook.run.figure_cells import data_cell, disclosure
from itabook.run.figure_csv import BOM, csv_of
from itabook.run.finish import finish
from itabook.run.plan import Run
from itabook.words import Words
from tests.conftest import ROOT

DATA = FigureData(
    ("ตัวชี้วัด", "คะแนน", "เปลี่ยนแปลง", "ผู้ตอบ"),
    (
        ("1 การปฏิบัติหน้าที่", Decimal("94.985"), Decimal("-2.15"), 1095),
        ("2 การใช้งบประมาณ", None, Decimal(0), "×"),
    ),
)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


def test_csv_has_plain_numbers_and_nothing_where_nothing_is_known() -> None:
    text = csv_of(DATA)

    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert rows_of(text) == [
        ["ตัวชี้วัด", "คะแนน", "เปลี่ยนแปลง", "ผู้ตอบ"],
        ["1 การปฏิบัติหน้าที่", "94.99", "-2.15", "1095"],
        ["2 การใช้งบประมาณ", "", "0.00", "×"],
    ]


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "=cmd|' /C calc'!A0"])
def test_a_text_that_would_be_a_formula_gets_an_apostrophe(typed: str) -> None:
    ((head,), (cell,)) = rows_of(csv_of(FigureData((typed,), ((typed,),))))

    assert head == cell
    assert cell.startswith("'")


@given(st.text())
def test_no_text_begins_as_a_formula_and_each_row_is_one_line(typed: str) -> None:
    rows = rows_of(csv_of(FigureData(("ชื่อ", "ค่า"), ((typed, 1), ("ก", 2)))))

    assert len(rows) == 3
    assert rows[1][0][:1] not in tuple("=+-@\t\r\n") or rows[1][0] == ""


def test_the_page_has_the_digits_of_the_book_and_the_csv_has_not() -> None:
    shown = disclosure(DATA, "fig-x", "คะแนน ปี ๒๕๖๖", Words("thai"))

    assert '<th scope="row">๑ การปฏิบัติหน้าที่</th>' in shown
    assert re.findall(r'<td class="gt_right">(.*?)</td>', shown) == ["๙๔.๙๙", "−๒.๑๕", "๑,๐๙๕", "–", "๐.๐๐", "×"]
    address = re.search(r'href="data:text/csv;charset=utf-8;base64,([^"]*)"', shown)
    assert address is not None
    assert base64.b64decode(address[1]).decode() == csv_of(DATA)


def test_nothing_that_is_typed_is_markup() -> None:
    nasty = '<img src=x onerror=alert(1)> & "x" ``` \n``` {{< include /etc/passwd >}}'
    shown = disclosure(FigureData((nasty,), ((nasty,),)), 'fig-"x', nasty, Words())

    assert "\n" not in shown
    assert "<img" not in shown
    assert "{{<" not in shown
    assert 'download="fig-&quot;x.csv"' in shown


def test_finish_puts_the_data_after_their_figure_and_keeps_them_for_the_workbook() -> None:
    options = {"label": "fig-bgo-2564-x", "fig-cap": "คะแนน *", "fig-alt": "แผนภูมิ", DATA_KEY: DATA.to_plain()}
    shown = new_output("display_data", {"image/svg+xml": "<svg/>", "text/plain": "x"}, metadata={METADATA_KEY: options})
    cells = [new_markdown_cell("# x"), new_code_cell("show()", outputs=[shown]), new_markdown_cell("ต่อ")]
    run = Run("x", ROOT / "notebooks" / "agency_year.ipynb", "บท", "", {"digits": "thai"})
    done = finish(new_notebook(cells=cells), run)

    nbformat.validate(done)
    _, figure, data, after = done.cells
    assert after.source == "ต่อ"
    assert DATA_KEY not in figure.metadata
    assert figure.metadata["fig-cap"] == "คะแนน \\*"
    assert figure.outputs[0].metadata == {DATA_KEY: DATA.to_plain()}
    assert data.source.startswith('::: {.content-visible when-format="html"}\n```{=html}\n<details')
    assert "<caption>คะแนน *</caption>" in data.source
    assert "๙๔.๙๙" in data.source


def test_the_same_data_give_the_same_cell() -> None:
    first, second = (data_cell(DATA, "fig-" + "ก" * 80, "x", Words()) for _ in range(2))

    assert first == second
    nbformat.validate(new_notebook(cells=[first]))
