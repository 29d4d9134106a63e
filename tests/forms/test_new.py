"""`itabook new`: what a form holds before anybody fills it in, and what it does not touch."""

import csv
from pathlib import Path

import openpyxl
import pytest
import yaml
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from itabook.cli import app
from itabook.data.project import Project
from itabook.data.raw import read_raw
from itabook.data.rules import load_rules
from itabook.data.schemas import TABLES, menu
from itabook.errors import DataError, ItabookError
from itabook.forms import make_form
from itabook.forms.form import FORMS, form_of
from tests.conftest import add_year

SCORES = "measure,scope,code,name,value,level,where\n"


def rows_of(sheet: Worksheet) -> list[list[str]]:
    """The rows that stand in a sheet, cells of the table's columns only."""
    width = len(TABLES[sheet.title].names)
    cells = ([str(cell or "") for cell in row[:width]] for row in sheet.iter_rows(min_row=4, values_only=True))
    return [row for row in cells if any(row)]


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def faults_of(project: Project) -> list[tuple[str, str]]:
    with pytest.raises(DataError) as caught:
        read_raw(project)
    return [(fault.file, fault.problem) for fault in caught.value.faults]


def test_the_workbook_has_instructions_a_sheet_a_table_and_checks(empty_project: Project) -> None:
    made = make_form(empty_project, "try", 2566)
    book = openpyxl.load_workbook(made.tables[0])

    assert book.sheetnames == ["#คำแนะนำ", *FORMS, "#ตรวจสอบ"]
    for name in FORMS:
        names = [cell.value for cell in book[name][3]]
        assert tuple(names[: len(TABLES[name].names)]) == TABLES[name].names
        assert all(str(cell).startswith("#") for cell in names[len(TABLES[name].names) :])
        assert all(cell.comment for cell in book[name][2][: len(TABLES[name].names)])
        assert (book[name].freeze_panes, book[name].page_setup.orientation) == ("A4", "landscape")


def test_the_scores_of_the_year_are_listed_in_thai_words(empty_project: Project) -> None:
    book = openpyxl.load_workbook(make_form(empty_project, "try", 2566).tables[0])
    rows = rows_of(book["scores"])

    assert rows[0][:3] == ["คะแนน", "คะแนนรวม", ""]
    assert rows[1][:4] == ["คะแนน", "ตัวชี้วัด", "1", "การปฏิบัติหน้าที่"]
    assert [row[2] for row in rows[1:]] == [*map(str, range(1, 11)), "IIT", "EIT", "OIT", "EIT1", "EIT2"]
    assert {cell for row in rows for cell in row[4:]} == {""}


@pytest.mark.parametrize(("year", "parts"), [(2564, False), (2565, False), (2566, True), (2568, True)])
def test_parts_of_eit_are_listed_in_the_years_that_have_them(project: Project, year: int, parts: bool) -> None:
    codes = [row[2] for row in form_of("try", load_rules(project, year)).rows["scores"]]
    assert ("EIT1" in codes) is parts


@pytest.mark.parametrize(("year", "listed"), [(2562, 0), (2563, 43), (2566, 43), (2568, 25)])
def test_oit_items_are_listed_as_far_as_their_wording_is_official(project: Project, year: int, listed: int) -> None:
    form = form_of("try", load_rules(project, year))
    assert len(form.rows["items"]) == listed
    assert not {row[2] for row in form.rows["items"]} & set(form.unsure)


def test_what_no_source_confirms_is_left_out_and_said(empty_project: Project) -> None:
    book = openpyxl.load_workbook(make_form(empty_project, "try", 2568).tables[0])
    said = "\n".join(str(row[1]) for row in book["#คำแนะนำ"].iter_rows(values_only=True))

    assert "ยังไม่มีแหล่งยืนยันและไม่ได้เติมไว้: O7, O27, O28" in said
    assert "รายงานผลการดำเนินงานประจำปี" not in {row[3] for row in rows_of(book["items"])}


@pytest.mark.parametrize(
    ("year", "as_csv"), [*((year, True) for year in range(2562, 2570)), (2562, False), (2566, False)]
)
def test_an_untouched_form_is_one_message(empty_project: Project, year: int, as_csv: bool) -> None:
    make_form(empty_project, "try", year, as_csv=as_csv)

    assert faults_of(empty_project) == [(f"data/raw/try/{year}", "ยังไม่ได้กรอกข้อมูลของปีนี้ ทุกตารางยังว่าง")]


def test_a_form_with_one_score_asks_for_the_rest_of_what_is_needed(empty_project: Project) -> None:
    made = make_form(empty_project, "try", 2564, as_csv=True)
    scores = made.folder / "scores.csv"
    scores.write_text(SCORES + "คะแนน,คะแนนรวม,,คะแนนรวม,91.21,,\n", encoding="utf-8")

    assert sorted(faults_of(empty_project)) == [
        *[("data/raw/try/2564/source.yml", "ยังไม่ได้กรอก")] * 2, *[("data/raw/try/agency.yml", "ยังไม่ได้กรอก")] * 3,
    ]  # fmt: skip


def test_rows_that_nobody_filled_in_are_no_facts(empty_project: Project) -> None:
    made = make_form(empty_project, "try", 2564, as_csv=True)
    (made.folder.parent / "agency.yml").write_text("name: ก\nshort: ก\ntype: sao\n", encoding="utf-8")
    (made.folder / "source.yml").write_text("document: ก\npublisher: ก\n", encoding="utf-8")
    text = (made.folder / "scores.csv").read_text(encoding="utf-8-sig")
    (made.folder / "scores.csv").write_text(
        text.replace("คุณภาพการดำเนินงาน,,", "คุณภาพการดำเนินงาน,94.20,"), encoding="utf-8"
    )

    tables = read_raw(empty_project).tables
    assert [(row.code, row.value_printed) for row in tables["scores"].itertuples()] == [("6", "94.20")]
    assert tables["items"].empty


def test_a_group_without_a_count_is_a_fault_once_another_has_one(empty_project: Project) -> None:
    text = "instrument,dimension,category,sex,count,where\nIIT,อายุ,20 ปี,ชาย,4,\nIIT,อายุ,20 ปี,หญิง,,\n"
    add_year(empty_project, "try", "2564", scores=SCORES + "score,total,,x,90,,\n", respondents=text)

    with pytest.raises(DataError) as caught:
        read_raw(empty_project)
    assert [(fault.row, fault.column, fault.problem) for fault in caught.value.faults] == [(3, "count", "ช่องนี้ต้องมีค่า")]


def test_another_year_gives_its_questions_and_groups_but_no_figure(project: Project) -> None:
    make_form(project, "bgo", 2565, like="bgo/2564", as_csv=True)
    folder = project.raw / "bgo" / "2565"
    with (folder / "respondents.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == 84
    assert (rows[0]["instrument"], rows[0]["dimension"], rows[0]["category"], rows[0]["sex"]) == (
        "EIT",
        "อายุ",
        "ต่ำกว่า 20 ปี",
        "ชาย",
    )
    assert {row["count"] + row["where"] for row in rows} == {""}
    assert yaml.safe_load((folder / "source.yml").read_text(encoding="utf-8"))["publisher"] == "องค์การสวนพฤกษศาสตร์"


def test_questions_are_taken_only_where_the_questionnaire_is_as_long(project: Project) -> None:
    def questions(year: int) -> int:
        make_form(project, "banpaen", year, like="banpaen/2563", as_csv=True)
        text = (project.raw / "banpaen" / str(year) / "items.csv").read_text(encoding="utf-8-sig")
        return sum(line.startswith(("IIT,", "EIT,")) for line in text.splitlines())

    assert (questions(2564), questions(2568)) == (10, 0)


def test_another_agency_gives_its_type_but_not_its_name(project: Project) -> None:
    made = make_form(project, "try", 2564, like="bgo/2564")
    assert made.agency is not None

    taken = yaml.safe_load(made.agency.read_text(encoding="utf-8"))
    assert (taken["type"], taken["province"], taken["name"], taken["short"]) == (
        "state-enterprise",
        "เชียงใหม่",
        None,
        None,
    )
    assert yaml.safe_load((made.folder / "source.yml").read_text(encoding="utf-8"))["publisher"] is None


def test_what_is_taken_over_never_becomes_a_formula(project: Project) -> None:
    path = project.raw / "bgo" / "2564" / "respondents.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("20 - 30 ปี", '"=HYPERLINK(""x"")"'), encoding="utf-8")
    made = make_form(project, "try", 2564, like="bgo/2564")

    sheet = openpyxl.load_workbook(made.tables[0])["respondents"]
    cells = [cell for row in sheet.iter_rows(min_row=4, max_col=4) for cell in row if "HYPERLINK" in str(cell.value)]
    assert {(cell.value, cell.data_type) for cell in cells} == {('HYPERLINK("x")', "s")}


def test_nothing_is_overwritten(project: Project) -> None:
    before = tree(project.raw)
    with pytest.raises(ItabookError, match="ไม่เขียนทับ"):
        make_form(project, "bgo", 2564)
    make_form(project, "bgo", 2565)

    after = tree(project.raw)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"bgo/2565/ita.xlsx", "bgo/2565/source.yml"}
    assert [path.name for path in project.raw.parent.iterdir() if path.name.startswith(".new-")] == []


@pytest.mark.parametrize(
    ("agency", "year", "like", "said"),
    [
        ("../x", 2564, "", "อักษรอังกฤษตัวเล็ก"),
        ("Bgo", 2564, "", "อักษรอังกฤษตัวเล็ก"),
        ("หน่วยงาน", 2564, "", "อักษรอังกฤษตัวเล็ก"),
        ("x" * 300, 2564, "", "ไม่เกิน 60 ตัว"),
        ("peers", 2564, "", "ชื่ออื่น"),
        ("national", 2568, "", "ชื่ออื่น"),
        ("try", 2561, "", "2562 ถึง 2569"),
        ("try", 2023, "", "2562 ถึง 2569"),
        ("try", 2565, "bgo/2570", "bgo/2564"),
        ("try", 2565, "../../etc", "bgo/2564"),
    ],
)
def test_what_cannot_be_is_told_with_a_remedy_and_nothing_is_made(
    project: Project, agency: str, year: int, like: str, said: str
) -> None:
    before = tree(project.root)
    with pytest.raises(ItabookError, match=said) as caught:
        make_form(project, agency, year, like=like)
    assert "วิธีแก้" in str(caught.value)
    assert tree(project.root) == before


@pytest.mark.parametrize(("options", "file"), [([], "ita.xlsx"), (["--csv"], "scores.csv")])
def test_the_command_says_what_to_do_next(
    project: Project, monkeypatch: pytest.MonkeyPatch, options: list[str], file: str
) -> None:
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    monkeypatch.setenv("COLUMNS", "200")
    result = CliRunner().invoke(app, ["new", "try", "2568", *options])

    assert result.exit_code == 0
    for part in (f"data/raw/try/2568/{file}", "ก่อน แล้วกรอก", "agency.yml", "itabook check try/2568"):
        assert part in result.output
    again = CliRunner().invoke(app, ["new", "try", "2568", *options])
    assert (again.exit_code, "ไม่เขียนทับ" in again.output) == (1, True)


@pytest.mark.parametrize("name", FORMS)
def test_every_word_of_a_menu_may_be_typed_and_all_together_fit_a_menu(name: str) -> None:
    for column in TABLES[name].columns:
        if column.kind == "choice":
            assert {column.words[word] for word in menu(column)} == set(column.words.values()) - {""}
            assert len(",".join(menu(column))) <= 255
