"""Projects to try things on: copies of this one, so that nothing is written into the repository."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from itabook.data.project import Project
from itabook.data.store import refresh

os.environ |= {
    "ITABOOK_LANG": "th",
    "COLUMNS": "200",
}  # whatever the locale of the machine; processes that tests start follow
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")  # timings live in bench/, never in a test

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
COPIED = ("_quarto.yml", "_language.yml", "index.qmd", "assets", "params", "notebooks")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With two workers, what shares a book or the things of a module stays with one of them.

    First of all hooks: the one of xdist reads the marks that are set here.
    """
    for item in items:
        made_once = [name for name in ("book", "published") if name in getattr(item, "fixturenames", ())]
        if {"e2e", "forms", "publish"} & set(item.path.parts):
            item.add_marker(pytest.mark.xdist_group(made_once[0] if made_once else item.path.stem))


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The processed tables of the project, read once for all tests."""
    made = copy_project(tmp_path_factory.mktemp("tables") / "project")
    refresh(made)
    return made.processed


@pytest.fixture
def project(tmp_path: Path, tables: Path) -> Project:
    """A copy of the project with its raw data and the tables of these, and nothing made of them."""
    made = copy_project(tmp_path / "project")
    shutil.copytree(tables, made.processed, dirs_exist_ok=True)
    return made


@pytest.fixture
def empty_project(tmp_path: Path) -> Project:
    """A copy of the project without any raw data."""
    made = copy_project(tmp_path / "project")
    shutil.rmtree(made.raw)
    made.raw.mkdir()
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of the system; the browsers that Playwright downloads are not needed."""
    if CHROMIUM is None:
        pytest.skip(
            "no chromium on PATH: what a reader meets in a browser was not tried (Debian: apt-get install chromium)"
        )
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def copy_project(root: Path) -> Project:
    root.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copy(source, root / name)
    shutil.copytree(ROOT / "data" / "raw", root / "data" / "raw")
    (root / "data" / "processed").mkdir()
    (root / "outputs").mkdir()
    return Project(root)


def add_year(project: Project, key: str, year: str, **tables: str) -> Path:
    """One agency-year made of CSV tables; agency.yml and source.yml are plain."""
    folder = project.raw / key / year
    folder.mkdir(parents=True)
    (folder.parent / "agency.yml").write_text("name: หน่วยงานทดลอง\nshort: ทดลอง\ntype: sao\n", encoding="utf-8")
    (folder / "source.yml").write_text("document: รายงานทดลอง\npublisher: หน่วยงานทดลอง\n", encoding="utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
