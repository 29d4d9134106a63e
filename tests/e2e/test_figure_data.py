"""The data behind the figures of the annual book: on the pages, as CSV, in the workbook, and not in the PDF."""

import base64
import csv
import html
import io
import re
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pypdfium2
import pytest

from .test_annual_book import CHAPTERS, page

LINK = re.compile(r'<a download="(fig-[^"]*)\.csv" href="data:text/csv;charset=utf-8;base64,([^"]*)"')


def tables(book: Path, slug: str) -> dict[str, list[list[str]]]:
    """The CSV of each figure of a page by its label."""
    found = {}
    for label, coded in LINK.findall(page(book, slug)):
        content = base64.b64decode(unquote(coded))
        assert content.startswith(b"\xef\xbb\xbf")
        found[label] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return found


@pytest.mark.parametrize("slug", CHAPTERS)
def test_every_figure_has_its_data_behind_a_disclosure(book: Path, slug: str) -> None:
    text = page(book, slug)
    figures = re.findall(r'<div[^>]*id="(fig-[^"]*)"[^>]*class="float float-fig"', text)

    assert figures
    assert list(tables(book, slug)) == figures
    assert text.count("<summary>") == len(figures)
    assert text.count("<caption>") == len(figures)


@pytest.mark.parametrize(
    ("slug", "label", "row"),
    [
        ("bgo-2564", "indicators", ["1 การปฏิบัติหน้าที่", "IIT", "86.78", "85.00"]),
        ("bgo-2564", "respondents", ["ผู้รับบริการภายนอก (EIT)", "อายุ", "31 - 40 ปี", "20", "7", "0", "27"]),
        ("opdc-2566", "indicators", ["3 การใช้อำนาจ", "IIT", "87.61", "85.00", "89.40", "-1.79"]),
        ("banpaen-2563", "bands", ["คะแนนรวม ปี 2563", "56.52", "", ""]),
        ("opdc-trend", "total", ["2565", "90.26", "85.15", "100.00", "92.62", "A"]),
        ("comparison", "heat", ["10 การป้องกันการทุจริต", "", "100.00", "12.50", "100.00", "100.00", "80.00"]),
    ],
)
def test_the_data_are_the_printed_figures(book: Path, slug: str, label: str, row: list[str]) -> None:
    (found,) = (rows for name, rows in tables(book, slug).items() if name.endswith(label))

    assert row in found
    assert {len(line) for line in found} == {len(row)}
    shown = re.sub("</?(t-w|span)>", "", page(book, slug))
    assert f'<th scope="row">{row[0]}</th>' in shown


def test_the_pdf_has_none_of_it(book: Path) -> None:
    text = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(book / "book/itabook.pdf"))

    assert "ข้อมูลของรูป" not in text
    assert "CSV" not in text
    assert "XLSX" not in text


def test_search_finds_figures_by_their_words_not_by_their_data(book: Path) -> None:
    assert "ดาวน์โหลด CSV" not in (book / "book" / "search-index.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def workbook(book: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(book / "book" / "itabook.xlsx")


def test_the_workbook_has_a_sheet_for_all_that_the_pages_number(book: Path, workbook: openpyxl.Workbook) -> None:
    names = {}
    for path in (book / "book").glob("*.html"):
        text = re.sub("</?t-w>", "", path.read_text(encoding="utf-8"))
        captions = re.findall(r"<figcaption[^>]*>\s*(รูป|ตาราง)ที่\u00a0([\d.]+):\s+(.*?)</figcaption>", text, re.DOTALL)
        for kind, number, caption in captions:
            words = html.unescape(re.sub(r"<[^>]*>", "", caption))
            names[f"{kind} {number}"] = re.sub(r"[\s]+", " ", words)

    sheets = workbook.sheetnames[3:]
    assert set(sheets) == set(names)
    for name in sheets:
        title = re.sub(r"\s+", " ", workbook[name]["A1"].value)
        assert title == f"{name}: {names[name]}"


def test_each_sheet_is_one_table_with_a_row_of_heads_and_no_gaps(workbook: openpyxl.Workbook) -> None:
    for sheet in workbook.worksheets[1:]:
        (table,) = sheet.tables.values()
        head, *body = sheet[table.ref]
        names = [cell.value for cell in head]
        assert all(isinstance(name, str) and name for name in names), sheet.title
        assert len(set(names)) == len(names), sheet.title
        assert body, sheet.title
        assert all(any(cell.value is not None for cell in row) for row in body), sheet.title
        assert all(sheet.cell(row, 1).value for row in range(1, head[0].row)), sheet.title
        assert table.ref.endswith(sheet.dimensions.rpartition(":")[2]), sheet.title
        assert not sheet.merged_cells.ranges, sheet.title
        assert not [cell for row in sheet.rows for cell in row if cell.data_type == "f"], sheet.title


def test_numbers_of_the_workbook_are_numbers(workbook: openpyxl.Workbook) -> None:
    (sheet,) = (sheet for sheet in workbook if str(sheet["A1"].value).startswith("ตาราง 2.2: คะแนนรายตัวชี้วัด"))
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}

    assert rows["1 การปฏิบัติหน้าที่"] == (86.78, 1.78, None)
    assert rows["คะแนนรวม"][0] == 91.21
    assert rows["เฉลี่ย IIT บุคลากรภายใน"] == (82.31, -2.69, "คะแนน: คำนวณจากคะแนนตัวชี้วัด ไม่ปรากฏในรายงาน")


def test_links_of_the_workbook_lead_to_sheets_and_pages_lead_to_the_workbook(
    book: Path, workbook: openpyxl.Workbook
) -> None:
    links = [cell.hyperlink.location for sheet in workbook for row in sheet.rows for cell in row if cell.hyperlink]

    assert {link.removesuffix("!A1").strip("'") for link in links} == set(workbook.sheetnames[1:])
    for path in (book / "book").glob("*.html"):
        assert 'href="itabook.xlsx"' in path.read_text(encoding="utf-8"), path.name
