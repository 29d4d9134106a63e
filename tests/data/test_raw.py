"""Reading data/raw: what is right is kept as printed, what is wrong is named with file, row, column, value and remedy."""

import csv
import shutil
from collections.abc import Callable
from decimal import Decimal as D
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import yaml

from itabook.data import raw, store
from itabook.data.files import cell_text
from itabook.data.library import Library
from itabook.data.processed import write
from itabook.data.project import Project
from itabook.data.raw import read_raw
from itabook.data.store import raw_digest, refresh
from itabook.domain.rules import YearRules
from itabook.errors import DataError, Fault
from tests.conftest import add_year

SCORES = "measure,scope,code,name,value,level,where\n"
TOTAL = "score,total,,คะแนนรวม,91.21,A,หน้า 1\n"


def faults_of(project: Project) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        read_raw(project)
    return caught.value.faults


def test_every_figure_of_the_five_reports_is_read(project: Project) -> None:
    data = read_raw(project)

    assert set(data.agencies) == {"banpaen", "bgo", "national", "opdc", "rawiang"}
    assert {key for key in data.sources if key[0] != "national"} == {
        ("banpaen", 2563), ("bgo", 2563), ("bgo", 2564), ("opdc", 2565), ("opdc", 2566), ("rawiang", 2568),
    }  # fmt: skip
    counts = data.tables["respondents"].groupby("instrument")["count"].sum().to_dict()
    assert counts == {"EIT": 3 * 70, "IIT": 2 * 112}


def test_printed_text_is_kept_beside_the_number(project: Project) -> None:
    scores = read_raw(project).tables["scores"]
    rows = scores[(scores.agency == "banpaen") & (scores.code == "8") & (scores.measure == "score")]

    assert "๘๒.๒" in set(rows["value_printed"])
    assert set(rows["value"]) == {D("82.2")}


def test_names_that_are_not_official_are_kept(project: Project) -> None:
    assert "การใช้จ่ายเงิน" in set(read_raw(project).tables["scores"]["name"])


def test_an_indicator_without_a_number_gets_it_from_its_name(empty_project: Project) -> None:
    add_year(empty_project, "try", "2564", scores=SCORES + "score,indicator,,การปรับปรุงระบบการทำงาน,84.62,,\n")

    assert list(read_raw(empty_project).tables["scores"]["code"]) == ["8"]


def test_two_totals_that_differ_are_a_finding_not_an_error(empty_project: Project) -> None:
    rows = SCORES + TOTAL + "score,total,,คะแนนรวม,91.12,A,หน้า 2\n"
    add_year(empty_project, "try", "2564", scores=rows)

    assert len(read_raw(empty_project).tables["scores"]) == 2


BAD_TABLES: dict[str, tuple[str, str, str, int | None, str, str]] = {
    # name: table, text, part of the problem, row, column, value
    "missing column": ("scores", "measure,scope,code,name,value,level\nscore,total,,x,90,A\n", "ขาดคอลัมน์", 1, "where", ""),
    "unknown column": ("scores", "measure,scope,code,name,value,level,where,สี\n", "ไม่รู้จักคอลัมน์", 1, "สี", "สี"),
    "letters in a score": ("scores", SCORES + "score,total,,x,9O.21,A,\n", "ไม่ใช่ตัวเลข", 2, "value", "9O.21"),
    "score over 100": ("scores", SCORES + "score,total,,x,101,A,\n", "นอกช่วง", 2, "value", "101"),
    "score under 0": ("scores", SCORES + "score,total,,x,-1,A,\n", "นอกช่วง", 2, "value", "-1"),
    "duplicate row": ("scores", SCORES + TOTAL + TOTAL, "แถวซ้ำกับแถว 2", 3, "", ""),
    "code of another scope": ("scores", SCORES + "score,instrument,8,x,90,,\n", "รหัสไม่ตรง", 2, "code", "8"),
    "word that is not in the list": ("scores", SCORES + "rank,total,,x,90,,\n", "ไม่ใช่คำที่กำหนด", 2, "measure", "rank"),
    "too many cells": ("scores", SCORES + "score,total,,x,90,A,หน้า 1,เกิน\n", "ช่องเกิน", 2, "", "เกิน"),
    "open quote": ("scores", SCORES + 'score,total,,"x,90,A,\n', "โครงสร้าง CSV เสีย", None, "", ""),
    "half a person": (
        "respondents", "instrument,dimension,category,sex,count,where\nEIT,อายุ,20 ปี,ชาย,1.5,\n",
        "ไม่ใช่จำนวนเต็ม", 2, "count", "1.5",
    ),
    "share over 100": (
        "responses", "item,answer,percent,count,where\nI7,มาก,154.84,,\n", "นอกช่วง 0 ถึง 100", 2, "percent", "154.84",
    ),
    "empty file": ("scores", "", "แฟ้มว่าง", None, "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_TABLES)
def test_bad_input_is_named_exactly(empty_project: Project, name: str) -> None:
    table, text, problem, row, column, value = BAD_TABLES[name]
    add_year(empty_project, "try", "2564", **{table: text})

    (fault,) = faults_of(empty_project)
    assert fault.file == f"data/raw/try/2564/{table}.csv"
    assert problem in fault.problem
    assert (fault.row, fault.column, fault.value) == (row, column, value)
    assert fault.remedy


def test_all_faults_of_all_files_are_told_at_once(empty_project: Project) -> None:
    add_year(
        empty_project, "try", "2564",
        scores=SCORES + "score,total,,x,abc,A,\nscore,sum,,x,xyz,A,\n",
        responses="item,answer,percent,count,where\nI7,,10,,\n",
    )  # fmt: skip

    found = {(fault.file.rsplit("/", 1)[1], fault.row, fault.column) for fault in faults_of(empty_project)}
    assert found == {
        ("scores.csv", 2, "value"), ("scores.csv", 3, "scope"), ("scores.csv", 3, "value"), ("responses.csv", 2, "answer"),
    }  # fmt: skip


def test_the_year_2561_is_refused_with_its_reason(empty_project: Project) -> None:
    add_year(empty_project, "try", "2561", scores=SCORES + TOTAL)

    (fault,) = faults_of(empty_project)
    assert "ห้าดัชนี" in fault.problem


@pytest.mark.parametrize("year", ["2600", "2021", "ปีนี้"])
def test_unknown_years_are_refused(empty_project: Project, year: str) -> None:
    add_year(empty_project, "try", year, scores=SCORES + TOTAL)

    (fault,) = faults_of(empty_project)
    assert (fault.file, fault.value) == (f"data/raw/try/{year}", year)
    assert "2562 ถึง 2569" in fault.remedy


def test_unknown_agency_type_lists_the_known_ones(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    (folder.parent / "agency.yml").write_text("name: ก\nshort: ก\ntype: club\nphone: 1\n", encoding="utf-8")

    faults = {fault.column: fault for fault in faults_of(empty_project)}
    assert faults["type"].value == "club"
    assert "subdistrict-municipality" in faults["type"].remedy
    assert "ไม่รู้จักคีย์" in faults["phone"].problem


def test_source_and_agency_files_are_needed(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    (folder / "source.yml").unlink()
    (folder.parent / "agency.yml").unlink()

    assert {fault.file for fault in faults_of(empty_project)} == {
        "data/raw/try/agency.yml",
        "data/raw/try/2564/source.yml",
    }


def test_old_excel_code_page_is_recognised(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564")
    (folder / "scores.csv").write_bytes((SCORES + TOTAL).encode("cp874"))

    assert list(read_raw(empty_project).tables["scores"]["name"]) == ["คะแนนรวม"]


def test_a_byte_order_mark_does_no_harm(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564")
    (folder / "scores.csv").write_bytes((SCORES + TOTAL).encode("utf-8-sig"))

    assert len(read_raw(empty_project).tables["scores"]) == 1


@pytest.mark.parametrize(
    "data", [b"\xff\xfem\x00e\x00", "measure,scope\né,ü\n".encode("latin-1"), bytes(range(128, 256))]
)
def test_other_encodings_are_refused_with_a_remedy(empty_project: Project, data: bytes) -> None:
    folder = add_year(empty_project, "try", "2564")
    (folder / "scores.csv").write_bytes(data)

    (fault,) = faults_of(empty_project)
    assert "UTF-8" in fault.problem
    assert "CSV UTF-8" in fault.remedy


def test_a_broken_workbook_is_refused(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564")
    (folder / "ita.xlsx").write_bytes(b"PK\x03\x04 not a workbook")

    (fault,) = faults_of(empty_project)
    assert (fault.file, fault.problem) == ("data/raw/try/2564/ita.xlsx", "เปิดสมุดงานไม่ได้ แฟ้มเสียหรือไม่ใช่ .xlsx")


def as_workbook(folder: Path, convert: Callable[[str], object]) -> None:
    """Put all CSV tables of a folder into one ita.xlsx."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook["Sheet"])
    for path in sorted(folder.glob("*.csv")):
        sheet = workbook.create_sheet(path.stem)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                sheet.append([convert(cell) for cell in row])
        path.unlink()
    workbook.save(folder / "ita.xlsx")


def numeric(cell: str) -> object:
    try:
        return float(cell) if cell.isascii() and cell[:1].isdigit() else cell
    except ValueError:
        return cell


def test_a_workbook_gives_the_same_facts_as_csv_files(project: Project) -> None:
    before = read_raw(project).tables
    for folder in (project.raw / "bgo" / "2564", project.raw / "opdc" / "2566"):
        as_workbook(folder, numeric)
    after = read_raw(project).tables

    for name, frame in before.items():
        plain = [column for column in frame.columns if not column.endswith("_printed")]
        assert after[name][plain].equals(frame[plain]), name


def test_a_fault_in_a_workbook_names_sheet_row_and_column(project: Project) -> None:
    folder = project.raw / "bgo" / "2564"
    as_workbook(folder, lambda cell: "เก้าสิบ" if cell == "97.50" else cell)

    (fault,) = faults_of(project)
    assert (fault.file, fault.sheet, fault.row, fault.column, fault.value) == (
        "data/raw/bgo/2564/ita.xlsx", "scores", 5, "value", "เก้าสิบ",
    )  # fmt: skip


def test_a_table_in_two_places_is_a_fault(project: Project) -> None:
    folder = project.raw / "bgo" / "2564"
    text = (folder / "scores.csv").read_text(encoding="utf-8")
    as_workbook(folder, str)
    (folder / "scores.csv").write_text(text, encoding="utf-8")

    (fault,) = faults_of(project)
    assert "มีอยู่แล้วใน" in fault.problem


def test_what_is_wrong_with_all_of_data_raw_damages_nothing_that_was_there(project: Project) -> None:
    refresh(project)
    before = {path.name: path.read_bytes() for path in project.processed.iterdir()}
    shutil.rmtree(project.raw)

    with pytest.raises(DataError):
        refresh(project)
    assert {path.name: path.read_bytes() for path in project.processed.iterdir()} == before


def test_processed_tables_are_made_again_only_when_something_changed(project: Project) -> None:
    assert refresh(project)
    assert not refresh(project)
    with (project.raw / "bgo" / "2564" / "scores.csv").open("a", encoding="utf-8") as file:
        file.write("score,total,,คะแนนรวม,91.21,A,ภาคผนวก\n")
    assert refresh(project)


def test_what_is_stored_is_what_was_read(project: Project) -> None:
    data = read_raw(project)
    write(project.processed, data, raw_digest(project))
    library = Library(project)

    stored = [row for row in library.table("scores").to_pylist() if row["agency"] == "opdc"]
    read = [row for row in data.tables["scores"].to_dict("records") if row["agency"] == "opdc"]
    assert [(r["code"], r["value"], r["value_printed"]) for r in stored] == [
        (r["code"], r["value"], r["value_printed"]) for r in read
    ]


@pytest.mark.parametrize("name", ["การป้องกันการทุจริต", "ตัวชี้วัดที่ 10 การป้องกันการทุจริต"])
def test_a_name_of_another_indicator_does_not_change_the_number(empty_project: Project, name: str) -> None:
    add_year(empty_project, "try", "2564", scores=SCORES + f"score,indicator,3,{name},84.62,,\n")

    assert list(read_raw(empty_project).tables["scores"]["code"]) == ["3"]


RESPONDENTS = "instrument,dimension,category,sex,count,where\n"
NATIONAL = "measure,code,value,confidence,source,where\n"
UNSTORABLE = {
    "score": ("scores", SCORES + "score,total,,x,86.7812345678,A,\n", "ทศนิยมเกิน 6", "value", "86.7812345678"),
    "thai score": ("scores", SCORES + "score,total,,x,๘๖.๗๘๑๒๓๔๕,A,\n", "ทศนิยมเกิน 6", "value", "๘๖.๗๘๑๒๓๔๕"),
    "percent": ("responses", "item,answer,percent,count,where\nI7,มาก,1.2345678%,,\n", "ทศนิยมเกิน 6", "percent", "1.2345678%"),
    "count": ("respondents", RESPONDENTS + f"EIT,อายุ,20 ปี,ชาย,{10**23},\n", "ใหญ่เกินไป", "count", str(10**23)),
    "figure": ("national", NATIONAL + f"agencies,,{10**27},certain,x,\n", "ใหญ่เกินไป", "value", str(10**27)),
    "small figure": ("national", NATIONAL + "mean,,90.1234567,certain,x,\n", "ทศนิยมเกิน 6", "value", "90.1234567"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSTORABLE)
def test_numbers_that_cannot_be_stored_are_faults(empty_project: Project, name: str) -> None:
    table, text, problem, column, value = UNSTORABLE[name]
    add_year(empty_project, "try", "2564", **{table: text})

    (fault,) = faults_of(empty_project)
    assert problem in fault.problem
    assert (fault.row, fault.column, fault.value) == (2, column, value)


def test_the_largest_numbers_that_are_let_in_can_be_stored(empty_project: Project) -> None:
    add_year(
        empty_project, "try", "2564",
        scores=SCORES + "score,total,,x,86.781234,A,\n",
        respondents=RESPONDENTS + f"EIT,อายุ,20 ปี,ชาย,{10**12 - 1},\n",
        national=NATIONAL + "agencies,,999999999999.999999,certain,x,\n",
    )  # fmt: skip

    assert refresh(empty_project) is not None


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (82.2, "82.2"),
        (24.0, "24"),
        (0.1 + 0.2, "0.3"),
        (92.30000000000001, "92.3"),
        (1e23, "1" + "0" * 23),
        (5e-05, "0.00005"),
    ],
)
def test_spreadsheet_numbers_are_read_as_a_spreadsheet_shows_them(value: float, printed: str) -> None:
    assert cell_text(value) == printed


def test_faults_of_cells_and_of_rows_come_at_once_in_the_order_of_the_table(empty_project: Project) -> None:
    rows = "rank,sum,,x,abc,,\n" + TOTAL + TOTAL + "score,total,8,x,101,A,\nscore,total,,x,90,A,หน้า 1,เกิน\n"
    add_year(empty_project, "try", "2564", scores=SCORES + rows)

    assert [(fault.row, fault.column) for fault in faults_of(empty_project)] == [
        (2, "measure"), (2, "scope"), (2, "value"), (4, ""), (5, "code"), (5, "value"), (6, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Scores.CSV", "SCORES.csv", "scores.Csv"])
def test_names_of_tables_may_be_in_capitals(empty_project: Project, name: str) -> None:
    folder = add_year(empty_project, "try", "2564")
    (folder / name).write_text(SCORES + TOTAL, encoding="utf-8")

    assert len(read_raw(empty_project).tables["scores"]) == 1


def test_the_name_of_the_workbook_may_be_in_capitals(project: Project) -> None:
    folder = project.raw / "bgo" / "2564"
    as_workbook(folder, str)
    (folder / "ita.xlsx").rename(folder / "ITA.XLSX")

    assert ("bgo", 2564) in read_raw(project).sources


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("ita.xls", "ita.xlsx"), ("ผล ita.XLSX", "ita.xlsx"), ("scores.xlsx", "ita.xlsx"), ("score.CSV", "scores.csv")],
)
def test_files_under_another_name_are_faults(empty_project: Project, name: str, remedy: str) -> None:
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    (folder / name).write_bytes(b"x")

    (fault,) = faults_of(empty_project)
    assert (fault.file, fault.value) == (f"data/raw/try/2564/{name}", name)
    assert remedy in fault.remedy


def test_the_lock_file_of_an_open_workbook_is_passed_over(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    (folder / "~$ita.xlsx").write_bytes(b"x")

    assert len(read_raw(empty_project).tables["scores"]) == 1


def test_a_csv_with_semicolons_is_one_fault(empty_project: Project) -> None:
    add_year(empty_project, "try", "2564", scores=(SCORES + TOTAL * 2).replace(",", ";"))

    (fault,) = faults_of(empty_project)
    assert (fault.file, fault.row) == ("data/raw/try/2564/scores.csv", 1)
    assert "อัฒภาค" in fault.problem
    assert "จุลภาค" in fault.remedy


def test_a_key_that_stands_twice_is_a_fault_with_its_line(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    (folder / "source.yml").write_text("document: ก\npublisher: ข\ndocument: ค\npublisher: ง\n", encoding="utf-8")

    faults = faults_of(empty_project)
    assert [(fault.problem, fault.row, fault.column) for fault in faults] == [
        ("คีย์ซ้ำ", 3, "document"), ("คีย์ซ้ำ", 4, "publisher"),
    ]  # fmt: skip


def test_a_date_that_is_none_is_a_fault(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    (folder / "source.yml").write_text("document: ก\npublisher: ข\npublished: 2024-02-30\n", encoding="utf-8")

    (fault,) = faults_of(empty_project)
    assert fault.file == "data/raw/try/2564/source.yml"


def test_missing_rules_are_one_fault_however_many_agencies_need_them(empty_project: Project) -> None:
    for key in ("one", "two", "three"):
        add_year(empty_project, key, "2564", scores=SCORES + TOTAL)
    (empty_project.rules / "2564.yml").unlink()

    (fault,) = faults_of(empty_project)
    assert fault.file == "params/years/2564.yml"
    assert "คัดลอกแฟ้มของปีก่อน" in fault.remedy


def test_a_figure_of_the_rules_that_is_no_number_is_told_in_thai(empty_project: Project) -> None:
    add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    path = empty_project.rules / "2564.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["weights"]["IIT"] = "abc"
    content["indicators"][0]["number"] = "x"
    content["levels"]["confidence"] = "sure"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    faults = {fault.column: fault for fault in faults_of(empty_project)}
    assert set(faults) == {"weights.IIT", "indicators.0.number", "levels.confidence"}
    assert (faults["weights.IIT"].problem, faults["weights.IIT"].value) == ("ต้องเป็นตัวเลข เช่น 0.30", "abc")
    assert faults["indicators.0.number"].problem == "ต้องเป็นจำนวนเต็ม"
    assert "'certain', 'likely', 'unsure'" in faults["levels.confidence"].remedy


@pytest.mark.parametrize("changed", ["data/tables.py", "domain/rules.py", "errors.py"])
def test_the_digest_knows_the_code_that_makes_the_tables(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    code = tmp_path / "itabook"
    shutil.copytree(store._CODE, code)
    monkeypatch.setattr(store, "_CODE", code)
    before = raw_digest(project)
    with (code / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    assert raw_digest(project) != before


def test_an_item_printed_without_a_score_is_kept(project: Project) -> None:
    items = read_raw(project).tables["items"]
    found = items[(items.agency == "opdc") & items["where"].str.contains("ข้อ 5.8 ")]

    assert list(found["value"]) == [None, None]
    assert set(found["title"]) == {"รายงานผลการดำเนินงานประจำปี"}


def test_only_changed_agency_years_are_read_again_and_the_rest_stays_as_it_was(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(project)
    before = Library(project)
    everything = before.digest("everything")
    known = {
        pair: (before.agency_year(*pair), before.digest(f"agency-year:{pair[0]}/{pair[1]}")) for pair in before.pairs()
    }
    read: list[str] = []
    original = raw._read_year

    def counted(folder: Path, project: Project, rules: YearRules) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
        read.append(folder.name)
        return original(folder, project, rules)

    monkeypatch.setattr(raw, "_read_year", counted)
    path = project.raw / "bgo" / "2564" / "scores.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("97.50", "97.49"), encoding="utf-8")
    add_year(project, "try", "2564", scores="measure,scope,code,name,value,level,where\nscore,total,,,91.21,A,ตาราง\n")
    after = Library(project)

    assert sorted(read) == ["2564", "2564"]
    assert after.agency_year("bgo", 2564).indicators[9] == D("97.49")
    for (agency, year), (result, digest) in known.items():
        changed = (agency, year) == ("bgo", 2564)
        assert (after.agency_year(agency, year) != result) is changed
        assert (after.digest(f"agency-year:{agency}/{year}") != digest) is changed
    path.write_text(path.read_text(encoding="utf-8").replace("97.49", "97.50"), encoding="utf-8")
    shutil.rmtree(project.raw / "try")
    assert Library(project).digest("everything") == everything


def test_what_is_kept_is_what_reading_everything_gives(project: Project, tmp_path: Path) -> None:
    refresh(project)
    path = project.raw / "opdc" / "2566" / "source.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("2567", "2568"), encoding="utf-8")
    refresh(project)
    write(tmp_path / "anew", read_raw(project), raw_digest(project))

    anew, kept = Library(project, tmp_path / "anew"), Library(project)
    assert [kept.agency_year(*pair) for pair in kept.pairs()] == [anew.agency_year(*pair) for pair in anew.pairs()]
    assert kept.digest("everything") == anew.digest("everything")
