"""The annual book from the raw figures to the pages: `itabook build`, with the built-in renderer."""

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pypdfium2
import pytest

from tests.drawn import drawn, read_by_pdfium, read_by_poppler, wrong

CHAPTERS = {
    "bgo-2563": "45.69", "bgo-2564": "91.21", "bgo-trend": "91.21", "banpaen-2563": "56.52", "opdc-2565": "92.62",
    "opdc-2566": "90.47", "opdc-trend": "90.47", "rawiang-2568": "86.38", "comparison": "86.38",
    "data_quality": "88.57",
}  # fmt: skip
"""Each chapter with a score that must be on its page."""


def page(book: Path, slug: str) -> str:
    (path,) = (path for path in (book / "book").rglob("*.html") if path.stem.endswith(slug))
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pdf(book: Path) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(book / "book" / "itabook.pdf")


@pytest.fixture(scope="module")
def pdf_text(pdf: pypdfium2.PdfDocument) -> str:
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in pdf)


@pytest.mark.parametrize("slug", CHAPTERS)
def test_every_chapter_is_a_page_with_its_score(book: Path, slug: str) -> None:
    html = page(book, slug)

    assert CHAPTERS[slug] in html
    assert 'lang="th"' in html


def test_the_scores_of_the_reports_are_in_the_pdf(pdf_text: str) -> None:
    for total in set(CHAPTERS.values()):
        assert total in pdf_text


@pytest.mark.parametrize(
    ("slug", "scores"),
    [
        ("bgo-2564", ("82.31", "90.05", "98.75", "3.79", ">70<", ">112<")),
        ("banpaen-2563", ("84.96", "83.25", "15.15", "17.80", "12.50")),
        ("opdc-2566", ("88.57", "88.75", "+3.42", "+3.60", "0.46")),
        ("rawiang-2568", ("99.52", "99.41", "66.75", "99.76", "18.25")),
    ],
)
def test_what_follows_from_the_printed_figures_is_on_the_page(book: Path, slug: str, scores: tuple[str, ...]) -> None:
    html = page(book, slug)

    assert [score for score in scores if score not in html] == []


def test_thai_text_is_in_html_and_pdf(book: Path, pdf_text: str) -> None:
    assert "การเปิดเผยข้อมูล" in re.sub(r"<[^>]*>", "", page(book, "opdc-2566"))
    assert "ปีงบประมาณ" in pdf_text
    assert "สารบัญ" in pdf_text


class Images(HTMLParser):
    """Collects the images of a page, and the alternative text of each."""

    def __init__(self) -> None:
        super().__init__()
        self.alts: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.alts.append(dict(attrs).get("alt"))


def test_every_image_has_words_that_stand_for_it(book: Path) -> None:
    alts: list[str | None] = []
    for slug in CHAPTERS:
        found = Images()
        found.feed(page(book, slug))
        alts += found.alts

    assert len(alts) >= 10
    assert all(alt and re.search("[ก-๙]", alt) for alt in alts)


def test_no_page_shows_a_traceback_code_or_an_open_reference(book: Path, pdf_text: str) -> None:
    for text in (*(page(book, slug) for slug in CHAPTERS), pdf_text):
        for sign in ("Traceback", "report.headline", "agency_year(", "@fig-", "@tbl-", "?@", "{#sec", "Glyph"):
            assert sign not in text


def test_labels_are_thai(book: Path, pdf_text: str) -> None:
    html = page(book, "bgo-2564")

    words = re.sub(r"<[^>]*>", "", html)
    assert "รูปที่" in words
    assert "ตารางที่" in words
    for english in ("Figure", "Table ", "Chapter", "Contents"):
        assert english not in words
        assert english not in pdf_text


def test_contents_and_search_lead_to_headings_that_are_there(book: Path) -> None:
    html = page(book, "bgo-2564")
    contents = html[html.index("ในหน้านี้") :]
    targets = re.findall(r'<a href="#([^"]*)"', contents)

    assert len(targets) >= 4
    assert all(f'id="{target}"' in html for target in targets)
    index = (book / "book" / "search-index.js").read_text(encoding="utf-8")
    found = re.findall(r'"url":"sec-bgo-2564\.html#([^"]*)"', index)
    assert set(found) == set(targets)


@pytest.mark.parametrize("read", [read_by_pdfium, read_by_poppler])
def test_the_pdf_is_read_as_it_is_drawn(book: Path, read: Callable[[Path], list[str]]) -> None:
    if read is read_by_poppler and shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine")
    path = book / "book" / "itabook.pdf"
    expected = drawn(path)

    assert sum(map(len, expected)) > 100_000
    assert wrong(expected, read(path)) * 10_000 <= sum(map(len, expected))


def test_no_page_of_the_book_names_another_host(book: Path) -> None:
    for path in (book / "book").rglob("*"):
        if path.suffix in (".html", ".css"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|url\(["']?https?:|@import""", text), path.name


def test_the_pdf_has_bookmarks_for_every_chapter(pdf: pypdfium2.PdfDocument) -> None:
    titles = [mark.get_title() for mark in pdf.get_toc()]

    assert any("สำนักงานคณะกรรมการพัฒนาระบบราชการ" in title for title in titles)
    assert len(titles) >= len(CHAPTERS)


def test_executed_notebooks_are_papermill_runs_that_can_be_opened(book: Path) -> None:
    for slug in CHAPTERS:
        notebook = nbformat.read(book / "notebooks" / f"{slug}.ipynb", 4)
        nbformat.validate(notebook)
        assert notebook.metadata.papermill.exception is None
        assert notebook.cells[0].source.startswith("# ")
