"""The pages of the annual book for readers who see little, or use no mouse: WCAG 2.1 AA as axe-core judges it, keyboard, tables."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from .test_annual_book import CHAPTERS

PAGES = ("index", "sec-colophon", *(f"sec-{slug}" for slug in CHAPTERS))
DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
LONGEST = "sec-opdc-2566"

PLAIN = """() => {
  // Spans that keep a word whole look like nothing, and the shadow at the edge of a table's box hides from axe what
  // stands behind all its words: without them it has a sixth of the elements to judge, and judges those in tables too.
  for (const span of document.querySelectorAll("t-w")) span.replaceWith(...span.childNodes);
  document.body.normalize();
  for (const box of document.querySelectorAll(".table-box")) box.style.background = "none";
}"""
ONE_ROW_OF_A_KIND = """() => {
  // Of rows that differ in words only, one is enough to judge their colours, and to judge them at another width.
  for (const table of document.querySelectorAll(".table-box table")) {
    const kinds = new Set();
    for (const row of table.querySelectorAll("tbody > tr")) {
      const kind = [...row.cells].map((cell) => [cell.tagName, cell.className, cell.style.cssText,
        cell.textContent.trim() !== "", cell.innerHTML.replace(/>[^<]*</g, "><").replace(/^[^<]*|[^>]*$/g, "")]).join();
      if (kinds.has(kind)) row.remove();
      kinds.add(kind);
    }
  }
}"""
AXE = """async (about) => {
  const found = await axe.run(document, {
    resultTypes: ["violations"], preload: false,
    runOnly: about === "colours" ? ["color-contrast"] : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    rules: about === "structure" ? { "color-contrast": { enabled: false } } : {},
  });
  return found.violations.flatMap(({ id, help, helpUrl, nodes }) => nodes.map((node) =>
    `${id} (${help}) at ${node.target.join(" ")}: ${node.html.slice(0, 160)}\n${node.failureSummary}\nSee ${helpUrl}`));
}"""
DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility()).map((element, place) => (element.dataset.place = place))"""
REACHED = """() => {
  const at = document.activeElement, bar = document.querySelector(".bar");
  if (at === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(at), { top, bottom, left } = at.getBoundingClientRect();
  const under = bar.contains(at) || at.matches(".skip") ? 0 : bar.getBoundingClientRect().bottom;
  return {
    place: Number(at.dataset.place), what: at.outerHTML.slice(0, 120),
    ringed: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    seen: bottom > under && top < innerHeight && left >= 0,
  };
}"""
TABLES = """() => [...document.querySelectorAll("main table:not([role]):not(.figure-data table)")].map((table) => ({
  name: document.getElementById(table.getAttribute("aria-labelledby"))?.textContent ?? "",
  unscoped: [...table.querySelectorAll("th:not([scope])")].map((cell) => cell.outerHTML),
  columns: table.querySelectorAll("thead th[scope=col]").length,
  headless: [...table.querySelectorAll("tbody tr")]
    .filter((row) => row.textContent.trim() && !row.querySelector("th[scope=row], th[scope=rowgroup]"))
    .map((row) => row.textContent),
  groups: [...table.tBodies].map((body) => body.querySelectorAll("th[scope=rowgroup]").length),
}))"""

DATA = """() => [...document.querySelectorAll(".figure-data table")].map((table) => ({
  name: table.caption.textContent,
  unscoped: table.querySelectorAll("th:not([scope])").length,
  headless: [...table.tBodies[0].rows].filter((row) => !row.querySelector("th[scope=row]")).length,
}))"""
CLOSED = "for (const data of document.querySelectorAll('.figure-data:not([open]) > :not(summary)')) data.remove()"
"""The data of figures are judged open, in a test of their own; closed they only take axe's time."""
OPEN = "for (const data of document.querySelectorAll('.figure-data')) data.open = true"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP)
    yield context.new_page()
    context.close()


def open_page(page: Page, book: Path, name: str) -> None:
    page.goto((book / "book" / f"{name}.html").as_uri())


def add_axe(page: Page) -> None:
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    page.evaluate(PLAIN)


def test_every_page_of_the_book_is_judged(book: Path) -> None:
    assert {path.stem for path in (book / "book").glob("*.html")} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule_in_light_or_dark_on_desktop_or_phone(book: Path, page: Page, name: str) -> None:
    open_page(page, book, name)
    add_axe(page)
    faults: list[str] = []

    def judge(about: str, theme: str, screen: ViewportSize) -> None:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.set_viewport_size(screen)
        page.evaluate(DRAWN)
        found = page.evaluate(AXE, about)
        faults.extend(f"{name}.html, {theme}, {screen['width']} px wide: {fault}" for fault in found)

    page.evaluate(CLOSED)
    judge("structure", "light", DESKTOP)
    page.evaluate(ONE_ROW_OF_A_KIND)
    judge("structure", "light", PHONE)
    for theme in ("light", "dark"):  # another theme is other colours, nothing else
        for screen in (DESKTOP, PHONE):
            judge("colours", theme, screen)

    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_search_finds_and_the_open_side_list_break_no_rule(book: Path, page: Page, theme: str) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, book, "index")
    if theme == "dark":
        page.click("#theme")
    page.click("#menu")
    page.fill("#search", "การเปิดเผย")
    page.wait_for_selector("#results mark")
    assert page.locator("#results mark").count() > 3
    add_axe(page)

    assert page.evaluate(AXE, "all") == []


def test_dark_by_the_button_is_dark_by_the_system(book: Path, page: Page) -> None:
    inks = "() => Object.fromEntries(['--paper', '--ink', '--secondary', '--faint', '--hairline', '--panel', '--blue', '--chart', '--mark'].map((name) => [name, getComputedStyle(document.documentElement).getPropertyValue(name)]))"
    open_page(page, book, "index")
    light = page.evaluate(inks)
    page.click("#theme")
    by_button = page.evaluate(inks)
    page.evaluate("delete document.documentElement.dataset.theme")
    page.emulate_media(color_scheme="dark")

    assert page.evaluate(inks) == by_button != light


@pytest.mark.parametrize(
    ("name", "screen"),
    [
        pytest.param("index", DESKTOP, id="index-desktop"),
        pytest.param(LONGEST, DESKTOP, id="longest-desktop"),
        pytest.param(LONGEST, PHONE, id="longest-phone"),
    ],
)
def test_tab_reaches_everything_in_reading_order_and_shows_where_it_is(
    book: Path, page: Page, name: str, screen: ViewportSize
) -> None:
    page.set_viewport_size(screen)
    open_page(page, book, name)
    page.evaluate(DRAWN)
    reachable = page.evaluate(REACHABLE)
    reached: list[dict[str, Any]] = []
    for _ in range(len(reachable) + 1):
        page.keyboard.press("Tab")
        if (at := page.evaluate(REACHED)) is None:
            break
        reached.append(at)

    assert [at["place"] for at in reached] == reachable
    assert len(reachable) > (15 if screen == DESKTOP else 5)
    assert [at["what"] for at in reached if not at["ringed"]] == [], "no ring around what has the focus"
    assert [at["what"] for at in reached if not at["seen"]] == [], "what has the focus is out of sight"


def test_first_stop_leads_past_the_side_list(book: Path, page: Page) -> None:
    open_page(page, book, LONGEST)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("kind", [".chart-box", ".table-box"])
def test_the_keyboard_moves_what_is_wider_than_a_phone(book: Path, page: Page, kind: str) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, book, LONGEST)
    box = page.locator(f"figure {kind}[tabindex='0']").first
    assert box.get_attribute("role") == "region"
    box.focus()
    page.keyboard.press("ArrowRight")

    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    assert page.evaluate("document.activeElement.className") == kind.removeprefix(".")


def test_boxes_that_show_all_are_no_stops(book: Path, page: Page) -> None:
    open_page(page, book, LONGEST)
    page.wait_for_function("() => !document.querySelector('.chart-box[tabindex]')")
    stops = """[...document.querySelectorAll('.table-box[tabindex]')].filter((box) => box.checkVisibility())
      .every((box) => box.scrollWidth > box.clientWidth)"""
    assert page.evaluate(stops)
    page.set_viewport_size(PHONE)
    page.wait_for_function("() => document.querySelector('.chart-box[tabindex]')")


def test_escape_takes_away_what_search_found_then_the_side_list(book: Path, page: Page) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, book, "index")
    page.focus("#menu")
    page.keyboard.press("Enter")
    page.fill("#search", "คะแนน")
    page.wait_for_selector("#results a")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator("#results a").count() == 0
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")

    assert not page.locator("#sidebar").is_visible()
    assert page.evaluate("document.activeElement.id") == "menu"


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("index", "sec-colophon")])
def test_tables_are_named_by_their_captions_and_every_head_says_of_what(book: Path, page: Page, name: str) -> None:
    open_page(page, book, name)
    tables = page.evaluate(TABLES)

    assert tables or name.endswith("trend")
    for table in tables:
        assert table["name"].startswith("ตารางที่"), table
        assert table["columns"] >= 2, table
        assert table["unscoped"] == table["headless"] == []
        assert max(table["groups"]) <= 1


def test_the_data_of_figures_break_no_rule_once_they_are_open(book: Path, page: Page) -> None:
    open_page(page, book, LONGEST)
    page.evaluate(OPEN)
    add_axe(page)
    faults: list[str] = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for screen in (PHONE, DESKTOP):
            page.set_viewport_size(screen)
            page.evaluate(DRAWN)
            assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
            faults += page.evaluate(AXE, "colours" if theme == "dark" else "all")
            page.evaluate(ONE_ROW_OF_A_KIND)

    assert faults == []


def test_tables_of_data_are_named_and_scroll_in_their_box_where_they_are_wider(book: Path, page: Page) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, book, LONGEST)
    page.locator(".figure-data summary").nth(1).press("Enter")
    box = page.locator(".figure-data[open] .table-box")

    page.wait_for_function("() => document.querySelector('.figure-data[open] .table-box').tabIndex === 0")
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth")
    page.set_viewport_size(DESKTOP)
    page.wait_for_function("() => !document.querySelector('.figure-data[open] .table-box').hasAttribute('tabindex')")
    for table in page.evaluate(DATA):
        assert table["name"]
        assert table["unscoped"] == table["headless"] == 0


def test_the_csv_of_a_figure_is_downloaded_by_its_name(book: Path, page: Page) -> None:
    open_page(page, book, LONGEST)
    page.locator(".figure-data summary").nth(1).click()
    with page.expect_download() as found:
        page.locator(".figure-data[open] a").click()

    assert found.value.suggested_filename == "fig-opdc-2566-indicators.csv"
    assert Path(found.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
