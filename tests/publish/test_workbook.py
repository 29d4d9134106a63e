"""The workbook of a book: tables read back from HTML, names of sheets, text that never runs, the same bytes."""

from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from itabook.domain.figure_data import DATA_KEY, FigureData
from itabook.publish.html_tables import read_table
from itabook.publish.project import read_book
from itabook.publish.workbook import write_workbook

from .conftest import SVG, TABLE, code, sample_cells, text, write_notebook

TYPED = ["=1+1", "+66", "-2.5", "@x", "='a'!A1"]


def head_and_body(columns: str, rows: str, foot: str = "") -> str:
    return f"<table><thead>{columns}</thead><tbody>{rows}</tbody><tfoot>{foot}</tfoot></table>"


def test_groups_become_a_column_and_lines_under_the_table_notes() -> None:
    found = read_table(TABLE)

    assert found is not None
    assert found.data.columns == ("หมวด", "ตัวชี้วัด", "คะแนน")
    assert found.data.rows == (("IIT", "การปฏิบัติหน้าที่", Decimal("94.98")), ("IIT", "รวม", Decimal("90.47")))
    assert found.notes == ("ที่มา: รายงาน",)


def test_marks_become_a_column_of_notes_and_heads_of_two_lines_one_name() -> None:
    mark = '<span class="gt_footnote_marks">ก</span>'
    head = '<tr><th rowspan="2">กลุ่ม</th><th colspan="2"><span>EIT</span></th></tr><tr><th>หญิง</th><th>หญิง</th></tr>'
    row = (
        f'<tr><td class="gt_left">x<br>y</td><td class="gt_right">1,095{mark}</td><td class="gt_right">−2.50</td></tr>'
    )
    found = read_table(head_and_body(head, row, f'<tr><td colspan="3">{mark} ประมาณ</td></tr>'))

    assert found is not None
    assert found.data.columns == ("กลุ่ม", "EIT หญิง", "EIT หญิง (2)", "หมายเหตุ")
    assert found.data.rows == (("x y", 1095, Decimal("-2.50"), "EIT หญิง: ประมาณ"),)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("cell", "value"),
    [("–", None), ("", None), ("๙๔.๙๘", Decimal("94.98")), ("+3.60", Decimal("3.60")), ("ถึงแล้ว", "ถึงแล้ว"), ("×", "×")],
)
def test_a_cell_on_the_right_is_a_number_where_it_holds_one(cell: str, value: object) -> None:
    found = read_table(head_and_body("<tr><th>ก</th></tr>", f'<tr><td class="gt_right">{cell}</td></tr>'))

    assert found is not None
    assert found.data.rows == ((value,),)


def test_a_number_that_is_a_name_stays_text() -> None:
    found = read_table(head_and_body("<tr><th>ปี</th></tr>", '<tr><td class="gt_left">2563</td></tr>'))

    assert found is not None
    assert found.data.rows == (("2563",),)


def test_html_without_rows_is_no_table() -> None:
    assert read_table(head_and_body("<tr><th>ปี</th></tr>", "")) is None


def figure(project: Path, *rows: tuple[object, ...]) -> None:
    """Adds a figure with data to the first chapter."""
    cell = code({"image/svg+xml": SVG}, label="fig-data", **{"fig-cap": r"=ชื่อ \*"})
    data = FigureData(("ชื่อ", "=ค่า"), rows)  # type: ignore[arg-type]
    cell.outputs[0].metadata[DATA_KEY] = data.to_plain()
    write_notebook(project / "outputs/notebooks/a-2565.ipynb", [*sample_cells("a-2565", "b-2566"), cell])


def test_sheets_are_named_as_the_pages_number_and_lead_to_each_other(project: Path, tmp_path: Path) -> None:
    figure(project, ("ก", Decimal("1.5")))
    book = openpyxl.load_workbook(write_workbook(read_book(project), tmp_path))

    assert book.sheetnames == ["หน้าปก", "สารบัญ", "หมายเหตุ", "ตาราง 1.1", "รูป 1.2", "ตาราง 2.1"]
    links = [cell.hyperlink.location for sheet in book for row in sheet.rows for cell in row if cell.hyperlink]
    assert len(links) == 8
    assert {link.rpartition("!")[0].strip("'") for link in links} == set(book.sheetnames) - {"หน้าปก"}
    assert book["รูป 1.2"]["A1"].value == "รูป 1.2: =ชื่อ *"
    assert book.properties.title == "รายงานผล ITA"
    assert book.properties.language == "th"


def test_a_text_is_never_a_formula_and_a_number_is_a_number(project: Path, tmp_path: Path) -> None:
    figure(project, *((typed, Decimal("-2.5")) for typed in TYPED), ("\x01ก", 1095), ("ว่าง", None))
    sheet = openpyxl.load_workbook(write_workbook(read_book(project), tmp_path))["รูป 1.2"]
    (ref,) = (table.ref for table in sheet.tables.values())
    head, *body = sheet[ref]

    assert [cell.value for cell in head] == ["ชื่อ", "=ค่า"]
    assert [row[0].value for row in body] == [*TYPED, "ก", "ว่าง"]
    assert {cell.data_type for cell in (*head, *(row[0] for row in body))} == {"s"}
    assert [row[1].value for row in body] == [-2.5] * 5 + [1095, None]
    assert (body[0][1].number_format, body[5][1].number_format) == ("#,##0.00", "#,##0")
    assert not sheet.merged_cells.ranges


def test_the_same_book_has_the_same_bytes(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = write_workbook(read_book(project), tmp_path).read_bytes()

    path = write_workbook(read_book(project), tmp_path)
    assert path.read_bytes() == first
    with ZipFile(path) as archive:
        assert b"2023-11-14T22:13:20Z" in archive.read("docProps/core.xml")
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_chapter_without_a_number_does_not_count(project: Path, tmp_path: Path) -> None:
    cells = [text("# คำนำ {.unnumbered #sec-a-2565}"), *sample_cells("a-2565", "b-2566")[1:]]
    write_notebook(project / "outputs/notebooks/a-2565.ipynb", cells)

    names = openpyxl.load_workbook(write_workbook(read_book(project), tmp_path)).sheetnames
    assert names[3:] == ["ตาราง 0.1", "ตาราง 1.1"]
