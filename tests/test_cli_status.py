"""`itabook status` as a user types it: it tells, and changes and runs nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from itabook.cli import app
from itabook.data.library import Library
from itabook.data.project import Project
from itabook.data.store import refresh
from itabook.run.batch import batch_name, plan_batch
from itabook.run.book import load_book
from itabook.run.digest import static_parts
from itabook.run.plan import Run, plan
from itabook.run.store import RunStore


@pytest.fixture
def here(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    monkeypatch.setenv("COLUMNS", "200")
    return project


def status(*options: str) -> Result:
    return CliRunner().invoke(app, ["status", *options])


def told(*options: str) -> dict[str, Any]:
    result = status("--json", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def one(agency: str, year: int) -> dict[str, Any]:
    (row,) = told("--agency", agency, "--year", str(year))["agency-years"]
    return dict(row)


def files(project: Project) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}


def chapter(project: Project) -> tuple[RunStore, Run]:
    """The chapter of bgo 2564 in the annual book."""
    runs = plan(project, load_book(project, "annual"), Library(project))
    return RunStore(project, "annual"), next(run for run in runs if run.slug == "bgo-2564")


def make(store: RunStore, run: Run) -> None:
    """As a build leaves it, without running anything."""
    store.folder.mkdir(parents=True, exist_ok=True)
    store.notebook(run).write_text("{}", encoding="utf-8")
    store.add(run, static_parts(run), {})


def test_a_row_for_each_agency_year_and_nothing_is_written(here: Project) -> None:
    before = files(here)
    result = status()

    assert result.exit_code == 0
    for part in ("rawiang/2568", "scores items measures", "คะแนนรวมคำนวณ", "annual: ยังไม่มี", "6 ชุดข้อมูล", "PDF: ยังไม่มี 6"):
        assert part in result.output
    assert files(here) == before


def test_json_has_stable_keys(here: Project) -> None:
    found = told("--agency", "bgo", "--year", "2564")

    assert set(found) == {"agency-years", "unread", "books"}
    assert found["agency-years"] == [
        {
            "agency": "bgo",
            "fiscal_year": 2564,
            "name": "องค์การสวนพฤกษศาสตร์",
            "tables": ["scores", "respondents", "measures"],
            "total": "printed",
            "books": {"annual": {"state": "never", "why": "ยังไม่เคยสร้าง"}},
            "pdf": {"state": "never", "why": "ยังไม่เคยสร้าง"},
            "findings": {"error": 1, "warning": 1, "note": 0},
        }
    ]
    assert found["books"][0].keys() == {"book", "other_chapters", "other_chapters_due", "faults"}


def test_a_chapter_is_fresh_then_stale_then_failed(here: Project) -> None:
    store, run = chapter(here)
    make(store, run)
    assert one("bgo", 2564)["books"] == {"annual": {"state": "fresh", "why": ""}}

    path = here.notebooks / "agency_year.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("fiscal_year", "fiscal_year "), encoding="utf-8")
    assert one("bgo", 2564)["books"] == {"annual": {"state": "stale", "why": "สมุดบันทึกเปลี่ยน"}}

    store.failed_notebook(run).parent.mkdir()
    store.failed_notebook(run).write_text("{}", encoding="utf-8")
    assert one("bgo", 2564)["books"]["annual"] == {"state": "failed", "why": "ล้มเหลวครั้งล่าสุด (สมุดบันทึกเปลี่ยน)"}
    assert "annual: ล้มเหลว" in status("--agency", "bgo").output


def test_a_pdf_whose_notebook_is_stale_is_stale_and_one_that_was_never_made_is_told(here: Project) -> None:
    refresh(here)
    (run,) = plan_batch(here, Library(here), "bgo", 2564, "arabic")
    store = RunStore(here, batch_name(2564))
    make(store, run)
    assert one("bgo", 2564)["pdf"]["state"] == "never"

    place = here.outputs / "agencies" / "bgo-2564.pdf"
    place.parent.mkdir()
    place.write_bytes(b"%PDF")
    store.notebook(run).unlink()
    assert one("bgo", 2564)["pdf"] == {"state": "stale", "why": "สมุดบันทึก: สมุดบันทึกที่สร้างไว้หายไปหรือถูกแก้"}


def test_a_book_that_cannot_be_planned_is_told_beside_the_rest(here: Project) -> None:
    path = here.books / "annual.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("bgo/2563", "bgo/2567"), encoding="utf-8")

    result = status()
    assert result.exit_code == 0
    assert "หนังสือ annual ยังสร้างไม่ได้" in result.output
    assert "ไม่มีข้อมูลของหน่วยงานและปีนี้" in result.output
    assert told()["books"][0]["faults"]


def test_an_unknown_agency_lists_the_known_ones(here: Project) -> None:
    result = status("--agency", "nobody")

    assert result.exit_code == 1
    assert "bgo/2564" in result.output


def test_help_has_an_example() -> None:
    assert "ตัวอย่าง: itabook status" in status("--help").output
