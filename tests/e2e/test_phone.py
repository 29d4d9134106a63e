"""What a reader sees first on a phone: words that are whole, and charts that open where they matter."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from .test_annual_book import CHAPTERS

PHONE = ViewportSize(width=390, height=844)
BANDS = "[id^='fig-'][id$='-bands']"
OPENED = f"""() => {{
  const box = document.querySelector("{BANDS} .chart-box"), image = box.querySelector("img");
  const data = document.querySelector("{BANDS} ~ .figure-data, .figure-data");
  const score = parseFloat(data.querySelector("tbody td").textContent);
  return {{ mark: image.offsetWidth * score / 115 - box.scrollLeft, wide: box.clientWidth, moved: box.scrollLeft }};
}}"""
CUT = """() => [...document.querySelectorAll("main t-w, .sidebar t-w, .bar t-w")]
  .filter((word) => word.checkVisibility() && word.getClientRects().length > 1).map((word) => word.textContent)"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def open_page(page: Page, book: Path, name: str) -> None:
    page.goto((book / "book" / f"{name}.html").as_uri(), wait_until="load")
    page.evaluate("document.fonts.ready.then(() => 0)")


@pytest.mark.parametrize("slug", ["bgo-2563", "bgo-2564", "opdc-2566", "rawiang-2568"])
def test_the_picture_of_the_levels_opens_where_the_own_score_stands(book: Path, page: Page, slug: str) -> None:
    open_page(page, book, f"sec-{slug}")
    seen = page.evaluate(OPENED)

    assert 0 < seen["mark"] < seen["wide"]
    assert (seen["moved"] > 100) is (slug != "bgo-2563")  # 45.69 is in sight from the beginning


@pytest.mark.parametrize("name", ["index", *(f"sec-{slug}" for slug in CHAPTERS)])
def test_no_word_is_cut_by_a_line_end_or_by_the_bar(book: Path, page: Page, name: str) -> None:
    open_page(page, book, name)
    page.click("#menu")
    assert page.evaluate(CUT) == []
    bar = "(title) => [title.scrollWidth - title.clientWidth, title.scrollHeight - title.clientHeight]"
    assert page.locator(".bar-title").evaluate(bar) == [0, 0]
    assert page.locator(".bar").evaluate("(bar) => bar.getBoundingClientRect().height") < 60
