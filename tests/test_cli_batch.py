"""`itabook batch` as a user types it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pypdfium2
import pytest
from typer.testing import CliRunner, Result

from itabook.cli import app
from itabook.data.project import Project
from tests.conftest import add_year

Batch = Callable[..., Result]
SCORES = """measure,scope,code,name,value,level,where
score,total,,คะแนนรวม,{total},A,หน้า 2
score,indicator,1,การปฏิบัติหน้าที่,94.98,,ตารางที่ 1
"""


@pytest.fixture
def here(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The real agency-year of 2564 and two made-up ones."""
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    monkeypatch.setenv("COLUMNS", "200")
    for key, total in (("alpha", "91.21"), ("beta", "83.02")):
        add_year(project, key, "2564", scores=SCORES.format(total=total))
    (project.raw / "beta" / "agency.yml").write_text(
        "name: ข\nshort: ข\ntype: pao\n", encoding="utf-8"
    )  # no peer of alpha
    return project


@pytest.fixture
def batch(here: Project) -> Batch:
    def run(*options: str) -> Result:
        return CliRunner().invoke(app, ["batch", "--year", "2564", "--jobs", "2", *options])

    return run


def times(project: Project) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (project.outputs / "agencies").iterdir()}


def statuses(project: Project) -> dict[str, str]:
    runs = json.loads((project.outputs / "report.json").read_text(encoding="utf-8"))["runs"]
    return {run["slug"]: run["status"] for run in runs}


def break_for(project: Project, agency: str) -> None:
    """The notebook fails for one agency."""
    path = project.notebooks / "agency_year.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell(f'assert agency != "{agency}", "ไม่ใช่หน่วยงานนี้"'))
    nbformat.write(notebook, path)


def text_of(path: Path) -> list[str]:
    return [re.sub(r"\s+", " ", sheet.get_textpage().get_text_range()) for sheet in pypdfium2.PdfDocument(path)]


def test_a_pdf_for_each_agency_then_only_what_changed(here: Project, batch: Batch) -> None:
    done = batch("--agencies", "all", "--to", "pdf")
    assert done.exit_code == 0, done.output
    first = times(here)
    assert set(first) == {"alpha-2564.pdf", "beta-2564.pdf", "bgo-2564.pdf"}
    pages = text_of(here.outputs / "agencies" / "bgo-2564.pdf")
    assert "องค์การสวนพฤกษศาสตร์" in pages[0]
    assert "91.21" in pages[1]
    assert f"หน้า 2 จาก {len(pages)}" in pages[1]
    assert not any("สารบัญ" in page for page in pages)

    again = batch()
    assert again.exit_code == 0, again.output
    assert times(here) == first
    assert set(statuses(here).values()) == {"skipped"}

    path = here.raw / "beta" / "2564" / "scores.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("83.02", "84.03"), encoding="utf-8")
    planned = batch("--dry-run")
    assert "จะสร้างสมุดบันทึก 1 รายการ และ PDF 1 ฉบับ จาก 3 หน่วยงาน" in planned.output
    assert batch().exit_code == 0
    assert {name for name, time in times(here).items() if time != first[name]} == {"beta-2564.pdf"}
    assert any("84.03" in page for page in text_of(here.outputs / "agencies" / "beta-2564.pdf"))

    template = here.root / "assets" / "typst-template.typ"
    template.write_text(template.read_text(encoding="utf-8") + "\n// x\n", encoding="utf-8")
    (here.outputs / "agencies" / "alpha-2564.pdf").write_bytes(b"x")
    planned = batch("--dry-run", "--agencies", "bgo,alpha")
    assert "จะสร้างสมุดบันทึก 0 รายการ และ PDF 2 ฉบับ จาก 2 หน่วยงาน" in planned.output
    assert "แม่แบบหรือคำในอภิธานเปลี่ยน" in planned.output
    assert "หายไปหรือถูกแก้" in planned.output


def test_dry_run_writes_nothing(here: Project, batch: Batch) -> None:
    before = {path: path.stat().st_mtime_ns for path in here.root.rglob("*")}
    done = batch("--dry-run")

    assert done.exit_code == 0, done.output
    assert "ยังไม่เคยสร้าง" in done.output
    assert {path: path.stat().st_mtime_ns for path in here.root.rglob("*")} == before


def test_an_unknown_agency_lists_the_known_ones(here: Project, batch: Batch) -> None:
    done = batch("--agencies", "nix,bgo")

    assert done.exit_code == 1
    for part in ("nix", "alpha, beta, bgo"):
        assert part in done.output
    assert not (here.outputs / "agencies").exists()


def test_a_notebook_that_fails_for_one_agency_leaves_the_others(here: Project, batch: Batch) -> None:
    break_for(here, "alpha")
    done = batch("--keep-going")

    assert done.exit_code == 1
    assert set(times(here)) == {"beta-2564.pdf", "bgo-2564.pdf"}
    assert statuses(here)["alpha-2564"] == "failed in a cell"
    for part in ("หน่วยงาน alpha ปี 2564", "ไม่ใช่หน่วยงานนี้", "วิธีแก้"):
        assert part in done.output


def test_a_pdf_that_fails_is_told_and_the_last_one_stays(here: Project, batch: Batch) -> None:
    assert batch("--agencies", "alpha,beta").exit_code == 0
    before = times(here)
    path = here.raw / "alpha" / "agency.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("หน่วยงานทดลอง", "หน่วยงาน漢"), encoding="utf-8")
    done = batch("--keep-going", "--force", "--agencies", "alpha,beta")

    assert done.exit_code == 1, done.output
    assert statuses(here)["alpha-2564.pdf"] == "failed to publish"
    assert times(here)["alpha-2564.pdf"] == before["alpha-2564.pdf"]
    assert times(here)["beta-2564.pdf"] != before["beta-2564.pdf"]
    for part in ("PDF ของหน่วยงาน alpha ปี 2564", "U+6F22", "วิธีแก้", "PDF เดิมไม่ถูกแก้ไข"):
        assert part in done.output


def test_one_time_stamp_one_pdf(here: Project, batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    assert batch("--agencies", "bgo").exit_code == 0
    first = (here.outputs / "agencies" / "bgo-2564.pdf").read_bytes()
    assert batch("--agencies", "bgo", "--force").exit_code == 0

    assert (here.outputs / "agencies" / "bgo-2564.pdf").read_bytes() == first


def test_help_is_in_thai_with_an_example() -> None:
    done = CliRunner().invoke(app, ["batch", "--help"])

    assert "สร้างเล่มย่อของแต่ละหน่วยงาน" in done.output
    assert "ตัวอย่าง: itabook batch" in done.output
