"""The analyst's guide is right: its commands run in its order in a copy of the project, and what it shows is there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from PIL import Image

from itabook.data.project import Project
from tests.conftest import ROOT, copy_project
from tests.guide import AGENCY, GUIDE, YEAR, commands, type_scores, write_files

pytestmark = pytest.mark.slow

LIGHT = 120_000
"""Bytes of a picture at most."""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, str]]:
    """The project at the end of the guide, and what each command said; the annual book is cut to be quick."""
    project = copy_project(tmp_path_factory.mktemp("guide") / "project")
    annual = project.books / "annual.yml"
    book = yaml.safe_load(annual.read_text(encoding="utf-8"))
    shorter = book | {"agency-years": ["bgo/2564"], "chapters": book["chapters"][:1]}
    annual.write_text(yaml.safe_dump(shorter, allow_unicode=True), encoding="utf-8")
    said = {}
    for command in commands():
        said[command] = run(project, command)
        if command.startswith("itabook new"):
            write_files(project)
            type_scores(project.raw / AGENCY / str(YEAR) / "ita.xlsx")
    return project, said


def run(project: Project, command: str) -> str:
    program, *given = shlex.split(command)
    assert program == "itabook"
    done = subprocess.run(
        [sys.executable, "-m", "itabook", *given], cwd=project.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def test_every_command_of_the_program_has_its_place_in_the_guide() -> None:
    assert {command.split()[1] for command in commands()} == {
        "new", "check", "build", "import", "batch", "status", "doctor",
    }  # fmt: skip


def test_what_the_guide_types_is_read_and_agrees(day: tuple[Project, dict[str, str]]) -> None:
    said = day[1][f"itabook check {AGENCY}/{YEAR}"]

    assert "ตรวจ 1 ชุดข้อมูล" in said
    assert "ผิด" not in said


def test_the_book_the_annex_the_short_books_and_the_list_are_where_the_guide_says(
    day: tuple[Project, dict[str, str]],
) -> None:
    project, text = day[0], GUIDE.read_text(encoding="utf-8")
    named = set(re.findall(r"`(outputs/[^`<]*)`", text)) - {"outputs/peers/2568.rejected.csv"}

    assert {f"outputs/board/{AGENCY}-{YEAR}.pdf", "outputs/book/itabook.xlsx"} < named
    assert [name for name in sorted(named) if not (project.root / name).exists()] == []
    assert (project.root / "data/raw/peers/2568.csv").read_text(encoding="utf-8").count("\n") == 6
    page = (project.outputs / "book" / f"sec-{AGENCY}-{YEAR}.html").read_text(encoding="utf-8")
    assert "90.58" in page


def test_the_messages_in_its_table_are_those_of_the_program() -> None:
    rows = re.findall(r"^\| ([^|`]+) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    messages = [row for row in rows if row != "ข้อความ" and "0.924" not in row]
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))

    assert len(messages) > 5
    assert [message for message in messages if message not in source] == []


def test_links_and_pictures_are_there_and_pictures_are_light_and_described() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    pictures = [GUIDE.parent / name for name in links if name.endswith(".png")]

    assert [name for name in links if not (GUIDE.parent / name).is_file()] == []
    assert {path.name for path in pictures} == {path.name for path in (GUIDE.parent / "images").iterdir()}
    assert [alt for alt in re.findall(r"!\[([^\]]*)\]", text) if len(alt) < 40] == []
    assert [path.name for path in pictures if path.stat().st_size > LIGHT or not indexed(path)] == []


def indexed(path: Path) -> bool:
    """Whether a picture has a palette."""
    with Image.open(path) as image:
        return image.mode == "P"
