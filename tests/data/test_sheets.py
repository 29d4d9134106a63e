"""Sheets of a workbook: titles above the header, columns and sheets of notes, names that are nearly right."""

from pathlib import Path

import openpyxl
import pytest

from itabook.data.project import Project
from itabook.data.raw import read_raw
from itabook.errors import DataError, Fault
from tests.conftest import add_year

HEADER = ["measure", "scope", "code", "name", "value", "level", "where"]
TOTAL = ["score", "total", None, "คะแนนรวม", "91.20", "A", "หน้า 1"]


def save(project: Project, sheets: dict[str, list[list[object]]]) -> Path:
    folder = add_year(project, "try", "2564")
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "ita.xlsx")
    return folder


def fault_of(project: Project) -> Fault:
    with pytest.raises(DataError) as caught:
        read_raw(project)
    (fault,) = caught.value.faults
    return fault


def test_titles_may_stand_above_the_names_of_the_columns(empty_project: Project) -> None:
    rows: list[list[object]] = [
        ["คะแนน"],
        [],
        ["ชนิด", "ขอบเขต", "รหัส", "ชื่อ", "ค่า", "ระดับ", "ที่"],
        list(HEADER),
        list(TOTAL),
    ]
    save(empty_project, {"scores": rows})

    scores = read_raw(empty_project).tables["scores"]
    assert [(row.row, row.value_printed, row.level) for row in scores.itertuples()] == [(5, "91.20", "A")]


@pytest.mark.parametrize("place", [0, 3, 7])
def test_columns_of_notes_are_no_data(empty_project: Project, place: int) -> None:
    rows = [[*row[:place], note, *row[place:]] for row, note in ((HEADER, "#ตรวจ"), (TOTAL, "✗ ผิด"), ([None] * 7, 0))]
    save(empty_project, {"scores": rows})

    assert list(read_raw(empty_project).tables["scores"]["value_printed"]) == ["91.20"]


def test_a_column_that_is_missing_is_told_in_the_row_of_the_header(empty_project: Project) -> None:
    save(empty_project, {"scores": [["คะแนน"], list(HEADER[:-1]), list(TOTAL[:-1])]})

    fault = fault_of(empty_project)
    assert (fault.problem, fault.sheet, fault.row, fault.column) == ("ขาดคอลัมน์", "scores", 2, "where")


def test_cells_beyond_the_columns_are_still_told(empty_project: Project) -> None:
    save(empty_project, {"scores": [[*HEADER, "#ตรวจ"], [*TOTAL, "✓", "เกิน"]]})

    assert (fault_of(empty_project).problem, fault_of(empty_project).value) == ("มีช่องเกินหัวตาราง", "เกิน")


@pytest.mark.parametrize("name", ["Scores", "SCORES", " scores "])
def test_names_of_sheets_may_have_capitals_and_blanks(empty_project: Project, name: str) -> None:
    save(empty_project, {name: [list(HEADER), list(TOTAL)]})

    assert len(read_raw(empty_project).tables["scores"]) == 1


@pytest.mark.parametrize(("name", "rows"), [("#จดไว้", [["อะไรก็ได้"]]), ("Sheet1", [])])
def test_sheets_of_notes_and_blank_ones_are_passed_over(
    empty_project: Project, name: str, rows: list[list[object]]
) -> None:
    save(empty_project, {"scores": [list(HEADER), list(TOTAL)], name: rows})

    assert len(read_raw(empty_project).tables["scores"]) == 1


def test_a_sheet_under_another_name_is_a_fault_for_nothing_may_be_lost(empty_project: Project) -> None:
    save(empty_project, {"scores": [list(HEADER), list(TOTAL)], "score": [list(HEADER), list(TOTAL)]})

    fault = fault_of(empty_project)
    assert (fault.problem, fault.sheet) == ("ชื่อแผ่นงานไม่ใช่ชื่อตาราง", "score")
    assert "ขึ้นต้นชื่อด้วย #" in fault.remedy


def test_faults_of_sheets_and_of_cells_are_told_at_once(empty_project: Project) -> None:
    wrong: list[object] = [*TOTAL[:4], "เก้าสิบ", *TOTAL[5:]]
    save(empty_project, {"scores": [list(HEADER), wrong], "score": [["x"]], "items": []})

    with pytest.raises(DataError) as caught:
        read_raw(empty_project)
    assert {fault.sheet for fault in caught.value.faults} == {"scores", "score", "items"}
