"""A whole day with the workbook: made, filled in, saved by a spreadsheet program, checked, read, and made a chapter."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from itabook.cli import app
from itabook.data.library import Library
from itabook.data.project import Project
from itabook.data.raw import read_raw
from itabook.forms import make_form
from itabook.run.build import Options, build, steps
from itabook.run.plan import Run
from itabook.run.store import RunStore
from tests.conftest import copy_project
from tests.forms.filled import fill, recalculated

FILLED = {"bgo": 2564, "opdc": 2566}
WRONG: dict[str, dict[str, tuple[object, str]]] = {
    "scores": {
        "E4": ("9O.21", "✗ ค่า ไม่ใช่ตัวเลข"),
        "E5": ("๑๐๑", "✗ ค่า อยู่นอกช่วง (คะแนน 0 ถึง 100)"),
        "E6": (" ๙๙.๕๐ ", "✓ ใช้ได้"),
        "E7": (82.2, "✓ ใช้ได้"),
        "G8": ("หน้า 1", "✓ ใช้ได้"),
        "E21": ("90", "✗ ยังไม่ได้กรอกช่อง ชนิดของค่า"),
    },
    "items": {"F4": ("ได้", "✗ ผล ไม่ใช่คำในรายการให้เลือก"), "E5": ("-1", "✗ คะแนน ต้องอยู่ระหว่าง 0 ถึง 100")},
    "staff": {"C4": ("120", "✗ ยังไม่ได้กรอกช่อง ชนิดของค่า")},
}
"""By sheet and cell: what was typed into a form of 2566, and what the check of the row says."""


@dataclass(frozen=True)
class Day:
    """A project in which `new-bgo/2564` and `new-opdc/2566` were filled in from the reports of bgo and opdc."""

    project: Project
    wrong: Path

    def results(self, agency: str) -> dict[str, str]:
        """What the sheet of checks says of each thing."""
        book = load_workbook(self.project.raw / f"new-{agency}" / str(FILLED[agency]) / "ita.xlsx", data_only=True)
        rows = book["#ตรวจสอบ"].iter_rows(min_row=5, values_only=True)
        return {str(row[0]): str(row[3]) for row in rows if row[0] and row[3]}


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    folder = tmp_path_factory.mktemp("day")
    project = copy_project(folder / "project")
    books = []
    for agency, year in FILLED.items():
        made = make_form(project, f"new-{agency}", year)
        agency_file, source = made.folder.parent / "agency.yml", made.folder / "source.yml"
        agency_file.write_text((project.raw / agency / "agency.yml").read_text(encoding="utf-8"), encoding="utf-8")
        source.write_text(
            (project.raw / agency / str(year) / "source.yml").read_text(encoding="utf-8"), encoding="utf-8"
        )
        fill(made.tables[0], project.raw / agency / str(year))
        books.append(made.tables[0].rename(folder / f"{agency}.xlsx"))
    books.append(spoiled(project, folder / "wrong.xlsx"))
    recalculated(*books, into=folder / "saved")
    for agency, year in FILLED.items():
        (folder / "saved" / f"{agency}.xlsx").rename(project.raw / f"new-{agency}" / str(year) / "ita.xlsx")
    return Day(project, folder / "saved" / "wrong.xlsx")


def spoiled(project: Project, place: Path) -> Path:
    """A form with something wrong in each row."""
    made = make_form(project, "wrong", 2566)
    book = load_workbook(made.tables[0])
    for sheet, cells in WRONG.items():
        for address, (text, _) in cells.items():
            book[sheet][address] = text
    book.save(made.tables[0])
    made.tables[0].rename(place)
    shutil.rmtree(made.folder.parent)
    return place


def facts(frame: pd.DataFrame, agency: str, year: int) -> list[tuple[object, ...]]:
    rows = frame[(frame["agency"] == agency) & (frame["fiscal_year"] == year)].drop(columns=["agency", "row"])
    return sorted(rows.itertuples(index=False, name=None), key=repr)


@pytest.mark.parametrize("agency", FILLED)
def test_what_was_typed_is_read_as_from_csv_files_to_the_last_zero(day: Day, agency: str) -> None:
    tables = read_raw(day.project).tables
    for name in ("scores", "items", "responses", "respondents", "measures", "staff"):
        typed = facts(tables[name], f"new-{agency}", FILLED[agency])
        assert typed == facts(tables[name], agency, FILLED[agency]), name
    assert facts(tables["scores"], f"new-{agency}", FILLED[agency])


def test_check_is_as_clean_as_that_of_the_csv_files(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITABOOK_PROJECT", str(day.project.root))
    said = [CliRunner().invoke(app, ["check", name, "--json"]) for name in ("new-bgo/2564", "bgo/2564")]

    assert [result.exit_code for result in said] == [0, 0]
    assert json.loads(said[0].output.replace("new-bgo", "bgo")) == json.loads(said[1].output)


def test_the_chapter_is_made(day: Day) -> None:
    notebook = day.project.notebooks / "agency_year.ipynb"
    parameters = {"agency": "new-bgo", "fiscal_year": 2564, "digits": "arabic"}
    run = Run("new-bgo-2564", notebook, "บท", "", parameters, "new-bgo", 2564)
    store = RunStore(day.project, "try")
    (outcome,) = build(
        day.project, steps([run], store, Library(day.project), force=False), store, Options(jobs=1, engine="fork")
    )

    assert outcome.status == "ran", outcome.failure
    assert "91.21" in store.notebook(run).read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", WRONG)
def test_the_check_of_a_row_says_what_is_wrong_while_it_is_typed(day: Day, sheet: str) -> None:
    book = load_workbook(day.wrong, data_only=True)
    place = next(cell.column for cell in book[sheet][3] if cell.value == "#ตรวจสอบ")

    said = {address: book[sheet].cell(book[sheet][address].row, place).value for address in WRONG[sheet]}
    assert said == {address: result for address, (_, result) in WRONG[sheet].items()}


def test_the_sheet_of_checks_agrees_where_the_report_does(day: Day) -> None:
    said = day.results("bgo")

    assert said["7. ประสิทธิภาพการสื่อสาร"] == "✓ กรอกแล้ว"
    assert said["IIT จำแนกตามระดับการศึกษา"] == said["EIT จำแนกตามการติดต่อหน่วยงาน"] == "✓ ตรงกัน"
    assert said["คะแนนรวมตามน้ำหนัก IIT ร้อยละ 30 EIT ร้อยละ 30 OIT ร้อยละ 40"] == "✓ ตรงกัน"
    assert said["แบบวัด IIT = ค่าเฉลี่ยของตัวชี้วัดที่ 1 ถึง 5"] == "ยังกรอกไม่ครบ"
    assert said["respondents – ผู้ตอบแบบวัด (จำนวนแถวที่กรอก)"] == "✓ ใช้ได้"


def test_the_sheet_of_checks_finds_the_instrument_that_is_printed_wrong(day: Day) -> None:
    said = day.results("opdc")

    assert said["แบบวัด EIT = ค่าเฉลี่ยของส่วนที่ 1 และส่วนที่ 2"] == "✗ ต่างกัน 0.18 ตรวจกับรายงาน"
    assert said["แบบวัด OIT = ค่าเฉลี่ยของตัวชี้วัดที่ 9 ถึง 10"] == "✓ ตรงกัน"


def test_saved_by_a_spreadsheet_program_the_sheets_keep_menus_comments_and_the_form_of_text(day: Day) -> None:
    sheet = load_workbook(day.project.raw / "new-opdc" / "2566" / "ita.xlsx")["scores"]

    assert any("คะแนนรวม" in (rule.formula1 or "") for rule in sheet.data_validations.dataValidation)
    assert "ตัวอย่าง: 94.98" in sheet["E2"].comment.text
    assert (sheet["E5"].number_format, sheet["E5"].data_type) == ("@", "s")
