"""The charts of a page in one file; drawings of another hand stay as they are."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from itabook.publish.chart_sheet import gather_charts
from itabook.tokens import IIT, dark_ink

HEAD = '<defs><style type="text/css">*{stroke-linejoin: round}</style></defs>'
LETTER = '<path id="r1f1" d="m0 0h9z"/>'


def chart(height: float, drawn: str) -> str:
    size = f'width="453.6pt" height="{height}pt" viewBox="0 0 453.6 {height}"'
    return f'<svg {size} xmlns="http://www.w3.org/2000/svg" version="1.1">{HEAD}{drawn}</svg>'


def page_with(folder: Path, **drawings: str) -> Path:
    (folder / "media").mkdir()
    for name, svg in drawings.items():
        (folder / "media" / f"{name}.svg").write_text(svg, encoding="utf-8")
    page = folder / "sec-a.html"
    page.write_text("".join(f'<img\nsrc="media/{name}.svg" alt="ก" />' for name in drawings), encoding="utf-8")
    return page


def test_a_letter_of_two_charts_is_written_once(tmp_path: Path) -> None:
    page = page_with(
        tmp_path,
        one=chart(100, f'<g><defs>{LETTER}</defs><use href="#r1f1"/></g>'),
        two=chart(50.4, f'<g><defs>{LETTER}</defs><use href="#r1f1"/><path d="M0 0L1 1"/></g>'),
    )
    gather_charts(page)

    sheet = (tmp_path / "media" / "sec-a.svg").read_text(encoding="utf-8")
    assert (sheet.count(LETTER), sheet.count("<use")) == (1, 2)
    assert '<view id="two" viewBox="0 101 453.6 50.4"/>' in sheet
    assert page.read_text(encoding="utf-8") == (
        '<img src="media/sec-a.svg#one" width="605" height="133" alt="ก" />'
        '<img src="media/sec-a.svg#two" width="605" height="67" alt="ก" />'
    )
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["sec-a.svg"]


def test_a_chart_is_dark_on_a_dark_page_and_light_on_a_light_one(tmp_path: Path, browser: Browser) -> None:
    page = page_with(tmp_path, one=chart(100, '<path d="M0 0h453v50h-453z" style="fill: #12436d"/>'))
    gather_charts(page)
    shown = browser.new_context(color_scheme="light").new_page()
    shown.goto(page.as_uri())
    seen = {}
    for theme in ("light", "dark"):
        shown.evaluate(f"document.documentElement.style.colorScheme = '{theme}'")
        picture = Image.open(io.BytesIO(shown.locator("img").screenshot())).convert("RGB")
        seen[theme] = [f"#{picture.crop((300, y, 301, y + 1)).tobytes().hex().upper()}" for y in (30, 100)]
    shown.context.close()

    assert seen == {"light": [IIT, "#FFFFFF"], "dark": [dark_ink(IIT), dark_ink("#ffffff")]}


def test_a_drawing_of_another_hand_stays_a_file_of_its_own(tmp_path: Path) -> None:
    page = page_with(tmp_path, own='<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    before = page.read_text(encoding="utf-8")
    gather_charts(page)

    assert page.read_text(encoding="utf-8") == before
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["own.svg"]
