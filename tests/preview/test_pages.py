"""A book in a browser that is built again when a source of it is saved."""

import http.client
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from itabook.data.project import Project
from tests.preview.conftest import PATIENCE, Running

pytestmark = pytest.mark.slow

Shown = tuple[Project, Running, str]
MILLISECONDS = PATIENCE * 1000
BANNER = "#itabook-preview"


@pytest.fixture(scope="module")
def chapter(shown: Shown) -> Path:
    """The page of the only chapter."""
    (page,) = (shown[0].outputs / "book").glob("*bgo-2564*.html")
    return page


@pytest.fixture
def page(browser: Browser, shown: Shown, chapter: Path) -> Page:
    """The chapter, as it is served."""
    opened = browser.new_page()
    opened.goto(f"{shown[2]}{chapter.name}")
    return opened


def ask(address: str, path: str, host: str = "") -> tuple[int, bytes]:
    """Status and content of a path, asked for as it is written."""
    place = urlsplit(address)
    with closing(http.client.HTTPConnection(str(place.hostname), place.port, timeout=PATIENCE)) as link:
        link.request("GET", path, headers={"Host": host or place.netloc})
        answer = link.getresponse()
        return answer.status, answer.read()


def score(project: Project, old: str, new: str) -> None:
    """Types another total score, as an analyst does."""
    table = project.raw / "bgo" / "2564" / "scores.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_page_shows_the_figure_that_was_just_saved(shown: Shown, page: Page) -> None:
    project, preview, _ = shown
    expect(page.locator("main")).to_contain_text("91.21")

    score(project, "๙๑.๒๑", "๙๑.๒๗")
    score(project, "91.21", "91.27")

    expect(page.locator("main")).to_contain_text("91.27", timeout=MILLISECONDS)
    expect(page.locator(BANNER)).to_have_count(0)
    assert preview.line("^บันทึก (.*)") == "data/raw/bgo/2564/scores.csv"
    assert preview.line("สร้างเสร็จ")


def test_what_is_wrong_is_told_on_the_page_that_stays_as_it_was(shown: Shown, page: Page) -> None:
    project, preview, _ = shown
    before = page.locator("main").inner_text()

    score(project, "หน่วยงาน,๙๑", "หน่วยงาน,<i>x</i>๙๑")

    expect(page.locator(f"{BANNER} pre")).to_contain_text("<i>x</i>", timeout=MILLISECONDS)
    expect(page.locator(f"{BANNER} strong")).to_have_text("สร้างหนังสือไม่สำเร็จ หน้านี้เป็นของเดิม")
    assert page.locator(f"{BANNER} i").count() == 0
    assert page.locator("main").inner_text() == before
    assert preview.line("สร้างไม่สำเร็จ")

    score(project, "<i>x</i>", "")

    expect(page.locator(BANNER)).to_have_count(0, timeout=MILLISECONDS)
    assert preview.line("สร้างเสร็จ")


def test_the_files_of_the_book_know_nothing_of_the_preview(shown: Shown, chapter: Path) -> None:
    assert b"reload.js" in ask(shown[2], f"/{chapter.name}")[1]
    assert "reload.js" not in chapter.read_text(encoding="utf-8")
    assert not list(chapter.parent.glob("*.pdf"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/book.css", 200), ("/nothing.html", 404), ("/nothing.css", 404), ("/%00", 404),
        ("/../report.json", 403), ("/%2e%2e/report.json", 403), ("//etc/passwd", 403), ("/media/../../book.yml", 403),
    ],
)  # fmt: skip
def test_only_the_book_is_served(shown: Shown, path: str, status: int) -> None:
    assert ask(shown[2], path)[0] == status


def test_a_link_that_leads_out_of_the_book_is_not_followed(shown: Shown) -> None:
    project, _, address = shown
    (project.outputs / "book" / "out.html").symlink_to(project.outputs / "report.html")

    assert ask(address, "/out.html")[0] == 403


@pytest.mark.parametrize("path", ["/", "/-/state", "/-/reload.js"])
def test_a_page_elsewhere_whose_name_leads_here_is_refused(shown: Shown, path: str) -> None:
    assert ask(shown[2], path, host="evil.example")[0] == 403
    assert ask(shown[2], "/", host="localhost")[0] == 200
