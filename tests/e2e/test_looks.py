"""Six pages of the annual book look as they did when someone last looked at them.

After a change that is meant: `python -m pytest tests/e2e/test_looks.py --accept-looks`, look at `tests/e2e/looks/`, commit.
"""

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, ViewportSize

from tests.conftest import ROOT

from .looks import ALLOWED, Picture, difference, differing, keep, small

LOOKS = Path(__file__).parent / "looks"
FOUND = ROOT / "outputs" / "looks"
DPI = 50
CHAPTER = "องค์การสวนพฤกษศาสตร์ ปีงบประมาณ พ.ศ. 2564"
DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=1300)
LIMIT = 60_000
"""Bytes of a kept picture."""


def sheet(book: Path, number: int, dpi: int = DPI) -> Picture:
    """A page of the PDF, in greys."""
    with pypdfium2.PdfDocument(book / "book" / "itabook.pdf") as pdf:
        return small(pdf[number].render(scale=dpi / 72, grayscale=True).to_pil())


def first_sheet(book: Path, title: str) -> int:
    """Number of the page that a chapter begins on, by the bookmarks."""
    with pypdfium2.PdfDocument(book / "book" / "itabook.pdf") as pdf:
        (number,) = {
            mark.get_dest().get_index() for mark in pdf.get_toc() if " ".join(mark.get_title().split()).endswith(title)
        }
    return int(number or 0)


def opened(book: Path, browser: Browser, name: str, screen: ViewportSize, scale: float = 1) -> Page:
    """A page of the HTML book with its fonts and charts in place."""
    page = browser.new_context(viewport=screen, device_scale_factor=scale, color_scheme="light").new_page()
    page.goto((book / "book" / f"{name}.html").as_uri())
    page.evaluate("document.fonts.ready.then(() => 0)")
    return page


def shot(page: Page) -> Picture:
    """What a reader sees first, in greys; a wide page half as large."""
    seen = Image.open(io.BytesIO(page.screenshot()))
    screen = page.viewport_size
    assert screen is not None
    part = 2 if screen == DESKTOP else 1
    return small(seen.convert("L").resize((screen["width"] // part, screen["height"] // part), Image.Resampling.BOX))


def check(name: str, found: Picture, *, accept: bool) -> None:
    """Compare with the kept picture, or keep the new one."""
    path = LOOKS / f"{name}.png"
    if accept:
        keep(found, path)
        return
    assert path.is_file(), f"no picture of {name} is kept; make it with --accept-looks"
    kept = Image.open(path).convert("L")
    if (blocks := differing(kept, found)) > ALLOWED:
        keep(found, FOUND / f"{name}-new.png")
        keep(difference(kept, found), FOUND / f"{name}-difference.png")
        pytest.fail(
            f"{name} looks different in {blocks} places: see {FOUND / name}-new.png and -difference.png. If it is meant: "
            "python -m pytest tests/e2e/test_looks.py --accept-looks"
        )


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept-looks", default=False))


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("pdf-cover", lambda _: 0),
        ("pdf-contents", lambda _: 1),
        ("pdf-chapter", lambda book: first_sheet(book, CHAPTER)),
        ("pdf-table", lambda book: first_sheet(book, CHAPTER) + 1),
    ],
)
def test_a_sheet_looks_as_before(book: Path, name: str, number: Callable[[Path], int], accept: bool) -> None:
    check(name, sheet(book, number(book)), accept=accept)


@pytest.mark.parametrize(
    ("name", "seen"),
    [("html-front", ("index", DESKTOP)), ("html-chapter-phone", ("sec-bgo-2564", PHONE))],
)
def test_a_page_looks_as_before(
    book: Path, browser: Browser, name: str, seen: tuple[str, ViewportSize], accept: bool
) -> None:
    check(name, shot(opened(book, browser, *seen)), accept=accept)


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in LOOKS.glob("*.png")}

    assert len(sizes) == 6
    assert max(sizes.values()) <= LIMIT, sizes


@pytest.mark.parametrize(
    "fault",
    [
        "for (const chart of document.querySelectorAll('.chart-box img')) chart.style.visibility = 'hidden'",
        "document.body.style.fontFamily = 'serif'",
        "document.querySelector('.panels').style.display = 'block'",
        "document.querySelector('link[rel=stylesheet]').remove()",
    ],
    ids=["no chart", "another font", "panels below each other", "no style sheet"],
)
def test_a_broken_page_is_told_apart(book: Path, browser: Browser, fault: str) -> None:
    page = opened(book, browser, "sec-bgo-2564", PHONE)
    right = shot(page)
    page.evaluate(f"() => {{ {fault}; }}")

    assert differing(right, shot(page)) > 2 * ALLOWED


def test_a_sheet_with_a_label_cut_off_is_told_apart(book: Path) -> None:
    right = sheet(book, first_sheet(book, CHAPTER))
    cut = right.copy()
    dark = right.point(lambda grey: 255 if grey < 128 else 0)
    rows = {top: dark.crop((0, top, dark.width, top + 16)) for top in range(0, dark.height, 16)}
    top = max(rows, key=lambda place: rows[place].histogram()[255])
    left, _, _, _ = rows[top].getbbox() or (0, 0, 0, 0)
    ImageDraw.Draw(cut).rectangle((left, top, left + 90, top + 16), fill=255)

    assert differing(right, cut) > ALLOWED


def test_other_smoothing_of_letters_is_no_fault(book: Path, browser: Browser) -> None:
    coarse, fine = (shot(opened(book, browser, "sec-bgo-2564", PHONE, scale)) for scale in (1, 2))
    assert coarse != fine
    assert differing(coarse, fine) <= ALLOWED

    number = first_sheet(book, CHAPTER)
    coarse, fine = sheet(book, number), sheet(book, number, 4 * DPI)
    assert differing(coarse, fine.resize(coarse.size, Image.Resampling.BOX)) <= ALLOWED
