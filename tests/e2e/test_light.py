"""The pages of the annual book are light: what they load, and from where."""

import functools
import io
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser

from .test_annual_book import CHAPTERS

MOST = 400_000
"""Bytes of a chapter with everything that it loads."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server(book: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(book / "book"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as opened:
        threading.Thread(target=opened.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{opened.server_port}"
        opened.shutdown()


def loaded(browser: Browser, address: str) -> list[str]:
    """What a page asks for while it is opened and read, in the order it is asked."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => 0)")
    context.close()
    return [url for url in asked if not url.startswith("data:")]


@pytest.mark.parametrize("name", ["index", "sec-colophon", *(f"sec-{slug}" for slug in CHAPTERS)])
def test_a_page_with_all_it_loads_is_light_and_asks_no_other_host(
    book: Path, server: str, browser: Browser, name: str
) -> None:
    asked = loaded(browser, f"{server}/{name}.html")
    assert [url for url in asked if not url.startswith(f"{server}/")] == []
    assert len(asked) == len(set(asked))

    sizes = {url.rpartition("/")[2]: (book / "book" / url.removeprefix(f"{server}/")).stat().st_size for url in asked}
    assert {"book.css", "book.js", "search.js", "Sarabun-Regular.woff2"} <= set(sizes)
    assert "search-index.js" not in sizes
    assert sum(sizes.values()) <= MOST, sizes


def test_from_the_disk_nothing_is_asked_of_a_host(book: Path, browser: Browser) -> None:
    asked = loaded(browser, (book / "book" / "sec-opdc-2566.html").as_uri())

    assert [url for url in asked if not url.startswith((book / "book").as_uri())] == []


def test_fonts_have_the_letters_of_the_pages_and_no_others(book: Path) -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for path in (book / "book").iterdir()
        if path.suffix in (".html", ".css", ".js") and path.name != "search-index.js"
    ]
    used = {ord(letter) for text in texts for letter in text} | {0x0E4D}  # a browser takes sara am apart
    fonts = list((book / "book" / "fonts").iterdir())

    assert {path.name for path in fonts} == {"Sarabun-Regular.woff2", "Sarabun-SemiBold.woff2"}
    for path in fonts:
        font = TTFont(io.BytesIO(path.read_bytes()))
        assert font.flavor == "woff2"
        assert set(font.getBestCmap()) <= used
        assert {ord(letter) for letter in "กำน้ที่ญี่ปุ่น0123456789"} <= set(font.getBestCmap())
        assert {"GDEF", "GPOS", "GSUB"} <= set(font.keys())


def test_charts_of_a_page_are_views_of_one_file_that_are_there(book: Path) -> None:
    for slug in CHAPTERS:
        page = (book / "book" / f"sec-{slug}.html").read_text(encoding="utf-8")
        images = re.findall(r'<img src="(media/[^"#]+\.svg)#([^"]+)" width="605" height="\d+"', page)
        assert len(images) == page.count("<img")
        for file, view in images:
            assert file == f"media/sec-{slug}.svg"
            assert f'<view id="{view}" viewBox="0 ' in (book / "book" / file).read_text(encoding="utf-8")


def test_a_chart_is_drawn_in_its_own_view(book: Path, browser: Browser) -> None:
    """Each image of a page has ink of its own, and none is another one."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((book / "book" / "sec-opdc-2566.html").as_uri())
    seen = [image.screenshot() for image in page.locator("main img").all()]

    assert len(seen) >= 5
    assert len(set(seen)) == len(seen)
    assert min(map(len, seen)) > 5_000  # an empty picture of that size is far smaller
