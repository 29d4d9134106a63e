"""The face that comes with the pages draws all that is written in them."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from itabook.publish import publish

from .conftest import text


def test_words_with_sara_am_are_drawn_in_the_face_of_the_book(
    project: Path, add_cell: Callable[..., None], browser: Browser
) -> None:
    add_cell(text("การใช้อำนาจ คะแนนต่ำสุด ทำน้ำ"))
    html = publish(project, renderer="builtin", formats=["html"]).html
    assert html is not None
    page = browser.new_page()
    page.goto((html.parent / "sec-a-2565.html").as_uri())
    page.evaluate("() => document.fonts.ready.then(() => true)")
    drawn = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        drawn.send(f"{domain}.enable")
    root = drawn.send("DOM.getDocument")["root"]["nodeId"]
    paragraphs = drawn.send("DOM.querySelectorAll", {"nodeId": root, "selector": "main p"})["nodeIds"]
    used = [drawn.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in paragraphs]
    page.close()

    assert {(font["familyName"], font["isCustomFont"]) for fonts in used for font in fonts} == {("Sarabun", True)}
