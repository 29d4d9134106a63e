"""`itabook build board` as a user types it: papermill, Pandoc and Typst as they are."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pypdfium2
import pytest
from typer.testing import CliRunner, Result

from itabook.cli import app
from itabook.cli.annex import PAGES
from itabook.data.project import Project

Build = Callable[..., Result]
SECTIONS = ("เรื่องเดิม", "ผลการประเมิน", "การวิเคราะห์", "ข้อเสนอเพื่อพิจารณา", "เอกสารแนบ")


@pytest.fixture
def here(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    monkeypatch.setenv("COLUMNS", "200")
    return project


@pytest.fixture
def build(here: Project) -> Build:
    def run(*options: str) -> Result:
        return CliRunner().invoke(app, ["build", "board", *options])

    return run


def pages_of(path: Path) -> list[str]:
    return [re.sub(r"\s+", " ", sheet.get_textpage().get_text_range()) for sheet in pypdfium2.PdfDocument(path)]


def test_one_agency_year_becomes_a_pdf_with_head_and_sections(here: Project, build: Build) -> None:
    book = here.outputs / "book" / "index.html"
    book.parent.mkdir()
    book.write_text("annual", encoding="utf-8")
    named = ("--agency", "bgo", "--year", "2564")
    done = build(*named, "--set", "agenda=4.2", "--set", "meeting=3/2569")

    assert done.exit_code == 0, done.output
    place = here.outputs / "board" / "bgo-2564.pdf"
    assert f"outputs/board/{place.name} 5 หน้า" in done.output
    assert "คำเตือน" not in done.output
    pages = pages_of(place)
    for part in ("เอกสารประกอบวาระการประชุม", "วาระที่ ๔.๒", "งที่ ๓/๒๕๖๙", "ผู้เสนอ", "๙๑.๒๑", "หน้า ๑ จาก ๕"):
        assert part in pages[0]
    titles = [mark.get_title() for mark in pypdfium2.PdfDocument(place).get_toc()]
    assert titles[1:] == list(SECTIONS)
    said = " ".join(pages)
    assert "สารบัญ" not in said
    assert not re.search(r"@tbl|@fig|รูปในเล่มรวม|ตารางในเล่มรวม", said)
    assert book.read_text(encoding="utf-8") == "annual"
    assert not (here.outputs / "manifest.json").exists()
    manifest = json.loads((here.outputs / "board" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["book"], list(manifest["runs"])) == ("board", ["bgo-2564-board"])

    planned = build(*named, "--dry-run")
    assert "จะสร้างสมุดบันทึก 1 รายการ และ PDF 1 ฉบับ" in planned.output
    assert "พารามิเตอร์เปลี่ยน" in planned.output
    before = place.stat().st_mtime_ns
    assert build(*named, "--set", "agenda=4.2", "--set", "meeting=3/2569").exit_code == 0
    assert place.stat().st_mtime_ns == before


def test_eight_pages_are_enough_for_the_reports(here: Project) -> None:
    """All at once: a book of the user's own that lists agency-years, in a process of its own."""
    listed = ["opdc/2566", "banpaen/2563", "rawiang/2568", "bgo/2563"]
    path = here.books / "board.yml"
    path.write_text(path.read_text(encoding="utf-8") + f"agency-years: {json.dumps(listed)}\n", encoding="utf-8")
    command = [sys.executable, "-m", "itabook", "build", "board"]
    done = subprocess.run(command, cwd=here.root, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    for name in listed:
        pages = pages_of(here.outputs / "board" / f"{name.replace('/', '-')}.pdf")
        assert len(pages) <= PAGES
        assert all(section in " ".join(pages) for section in SECTIONS)


def test_a_document_that_is_too_long_is_made_with_a_warning(here: Project, build: Build) -> None:
    path = here.notebooks / "board.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("\n\n".join(["ข้อความ"] * 300)))
    nbformat.write(notebook, path)
    done = build("--agency", "bgo", "--year", "2563")

    assert done.exit_code == 0, done.output
    assert "คำเตือน: เอกสารแนบวาระยาวเกิน 8 หน้า" in done.output
    assert (here.outputs / "board" / "bgo-2563.pdf").is_file()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--agency bgo --year 2564"),
        (("--agency", "bgo"), "ต้องระบุทั้งหน่วยงานและปี"),
        (("--agency", "bgo", "--year", "2560"), "เลือกปีที่มี: 2563, 2564"),
        (("--agency", "bgo", "--year", "2564", "--set", "agendum=1"), "agenda, subject, meeting, date, presenter"),
        (("--agency", "bgo", "--year", "2564", "--renderer", "quarto"), "สั่งโดยไม่ใช้ --renderer quarto"),
    ],
)
def test_what_is_missing_or_unknown_is_told_before_anything_runs(
    here: Project, build: Build, options: tuple[str, ...], said: str
) -> None:
    done = build(*options)

    assert done.exit_code == 1
    assert said in done.output
    assert list(here.outputs.iterdir()) == []


def test_help_has_an_example() -> None:
    assert "itabook build board --agency bgo --year 2564" in CliRunner().invoke(app, ["build", "--help"]).output
