"""What is typed in raw data is shown as typed, in HTML and in PDF: nothing of it runs, loads, or makes an element."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Dialog, Request

from itabook.data.project import Project
from itabook.data.text import THAI
from tests.conftest import copy_project
from tests.drawn import plain, read_by_poppler

TRIES = (
    "=1+1", "+2", "@SUM(A1)", "<script>alert(1)</script>", "<img src=http://evil.invalid/x onerror=alert(2)>",
    '#import "x"', "#evil()", "#[y]", "= head", "{{< include /etc/passwd >}}", "[x](javascript:alert(1))",
    "![](http://evil.invalid/y)", "$x^2$", "\\", "\\alert", "@fig-x", "@sec-nowhere", ":::", "::: {.evil}", "</td></table>",
    "`raw`{=html}", "`raw`{=typst}", "```", "<!--", "-->", "]]>", "&amp;", "&#60;b&#62;", "'\"", "--", "...", "~x~", "^y^", "**b**",
    "_i_", "%s {0} {year}", "| a | b |", "[bold red]", "- a", "1. b", "# c", "/ d: e", "<label>", "//", "/* f */",
)  # fmt: skip
"""Markup of every program that the words go through, and what would be a formula in a spreadsheet."""
EVIL = " ".join(TRIES)
SHORT = "<b>#evil()</b> {{< x >}} $y$ @fig-z"
TEXTS = {
    "scores": ("name", "level", "where"),
    "items": ("title", "remark", "where"),
    "responses": ("where",),
    "respondents": ("category", "where"),
    "measures": ("no", "text", "steps", "period", "responsible", "monitoring", "where"),
}
NAMES = ("name", "level", "category", "no")
"""Columns of names, which are shorter."""
LONG = {"items": 20, "measures": 14}
"""How many rows of a long table are enough: each is some hundred words here."""
YEARS = ("bgo/2563", "bgo/2564", "banpaen/2563", "opdc/2566", "rawiang/2568")
BOOK = {
    "title": f"เล่มทดลอง {EVIL}",
    "organisation": SHORT,
    "agency-years": list(YEARS[1:]),
    "chapters": [
        {"notebook": "agency_year", "each": "agency-year", "title": "{agency} {year}"},
        {"notebook": "comparison", "each": "book", "title": "เทียบ"},
        {"notebook": "data_quality", "each": "book", "title": "คุณภาพ", "part": SHORT},
    ],
}


def spoil(project: Project) -> None:
    """Every text of the agency-years replaced or followed by what should not run."""
    for pair in YEARS:
        folder = project.raw / pair
        for name, columns in TEXTS.items():
            path = folder / f"{name}.csv"
            if path.is_file():
                _spoil_table(path, columns, LONG.get(name))
        source = yaml.safe_load((folder / "source.yml").read_text(encoding="utf-8"))
        _write_yaml(folder / "source.yml", {key: f"{value} {EVIL}" for key, value in source.items()})
        agency = yaml.safe_load((folder.parent / "agency.yml").read_text(encoding="utf-8"))
        spoilt = {"name": f"{folder.parent.name} {SHORT}", "short": SHORT, "ministry": EVIL, "province": EVIL}
        _write_yaml(folder.parent / "agency.yml", agency | spoilt)


def _spoil_table(path: Path, columns: tuple[str, ...], enough: int | None) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    rows = rows[:: len(rows) // enough + 1] if enough else rows
    for number, row in enumerate(rows):
        for column in columns:
            if row[column]:
                row[column] = f"{SHORT} {number}" if column in NAMES else f"{EVIL} \u202e{number}\u202c"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def _write_yaml(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def build(project: Project, *arguments: str) -> None:
    command = [sys.executable, "-m", "itabook", "build", *arguments]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """outputs/ of a project in which every text is spoilt: the book, and a board edition with parameters of the kind."""
    project = copy_project(tmp_path_factory.mktemp("typed") / "project")
    spoil(project)
    _write_yaml(project.books / "evil.yml", BOOK)
    build(project, "evil", "--renderer", "builtin")
    given = [f"--set={name}={SHORT}" for name in ("agenda", "subject", "meeting", "date", "presenter")]
    build(project, "board", "--agency", "opdc", "--year", "2566", *given)
    return project.outputs


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def in_print(text: str) -> str:
    """Text as letters alone, as the PDF has it: Typst sets three points as one sign."""
    return plain(text).replace("...", "…")


def test_nothing_runs_and_nothing_is_loaded(outputs: Path, browser: Browser) -> None:
    said: list[str] = []

    def foreign(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            said.append(request.url)

    def dismissed(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page = browser.new_page()
    page.on("dialog", dismissed)
    page.on("request", foreign)
    for path in (*sorted((outputs / "book").glob("*.html")), outputs / "report.html"):
        page.goto(path.as_uri())
        page.wait_for_load_state()
        scripts = page.eval_on_selector_all(
            "script", "found => found.map(one => one.getAttribute('src') + one.textContent)"
        )
        assert set(scripts) <= {"book.js", "charts.js", "search.js"}, path.name
        targets = page.eval_on_selector_all(
            "a[href], img[src]", "found => found.map(one => one.getAttribute('href') || one.getAttribute('src'))"
        )
        assert not [target for target in targets if re.search("javascript|evil|passwd", target)], path.name
        assert page.locator("math, b, em, i, s, sub, .evil, hr, [onerror]").count() == 0, path.name
    page.close()
    assert said == []


def test_the_words_show_as_typed_on_the_page(outputs: Path, browser: Browser) -> None:
    page = browser.new_page()
    for path in sorted((outputs / "book").glob("sec-*-25*.html")):
        page.goto(path.as_uri())
        text = one_line(page.evaluate("document.body.textContent"))
        assert SHORT in text, path.name
        assert text.count(EVIL) > 5, path.name
        begun = text.count("=1+1")
        assert text.count(EVIL) == begun, path.name
        assert "\u202e" not in text
    page.close()


def test_the_words_show_as_typed_in_the_pdf(outputs: Path) -> None:
    text = "".join(read_by_poppler(outputs / "book" / "itabook.pdf"))

    for tried in (SHORT, *TRIES):
        assert in_print(tried) in text, tried
    assert "root:x:0" not in text


def test_the_words_show_as_typed_in_the_board_edition(outputs: Path) -> None:
    text = "".join(read_by_poppler(outputs / "board" / "opdc-2566.pdf"))

    assert text.count(plain(SHORT)) > 5  # five parameters, and the name of the agency
    for tried in TRIES:
        assert in_print(tried.translate(THAI)) in text, tried


def test_no_machine_path_and_no_warning_is_printed_in_the_book(outputs: Path) -> None:
    for path in (outputs / "book").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "Warning" not in text, path.name
        assert str(outputs) not in text, path.name
