"""The HTML book: what Pandoc wrote, and what a reader meets in a browser."""

import html
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from itabook.publish import Published, publish

from .conftest import code, make_project, text


def page_of(published: Published, name: str) -> str:
    assert published.html is not None
    page = (published.html.parent / name).read_text(encoding="utf-8")
    return re.sub("</?t-w>|<wbr>", "", page)  # test_words.py is about them


def test_every_chapter_is_a_page_named_by_its_identifier(published: Published) -> None:
    assert published.html is not None
    names = {path.name for path in published.html.parent.glob("*.html")}
    assert names == {"index.html", "sec-a-2565.html", "sec-b-2566.html"}


def test_html_takes_html_before_markdown(published: Published) -> None:
    page = page_of(published, "sec-a-2565.html")
    assert "แผงบนเว็บ" in page
    assert "#panels" not in page


def test_references_have_thai_labels_and_lead_across_chapters(published: Published) -> None:
    page = page_of(published, "sec-a-2565.html")
    assert re.search(r'<a\s+href="sec-a-2565.html#fig-a-2565"\s+class="xref">รูปที่\u00a01\.1</a>', page)
    assert re.search(r'<a\s+href="sec-b-2566.html#sec-b-2566"\s+class="xref">บทที่\u00a02</a>', page)
    assert re.search(r'<a\s+href="sec-b-2566.html#fig-b-2566"\s+class="xref">รูปที่\u00a02\.1</a>', page)


def test_figures_and_tables_have_captions_and_alternative_text(published: Published) -> None:
    page = page_of(published, "sec-b-2566.html")
    assert re.search(r'<figcaption\s+id="fig-b-2566-caption">รูปที่\u00a02\.1:\s+คะแนนรายตัวชี้วัด</figcaption>', page)
    assert re.search(r'<figcaption\s+id="tbl-b-2566-caption">ตารางที่\u00a02\.1:\s+คะแนน</figcaption>', page)
    assert all('alt="แผนภูมิแท่ง"' in image for image in re.findall(r"<img[^>]*>", page))


def test_tables_have_heads_for_rows_and_groups_and_a_named_box(published: Published) -> None:
    page = page_of(published, "sec-a-2565.html")
    assert '<div class="table-box" tabindex="0" role="region" aria-label="คะแนน">' in page
    assert '<table aria-labelledby="tbl-a-2565-caption" class="gt_table">' in page
    assert '<tbody class="gt_table_body">\n<tr class="gt_group_heading_row">' in page
    assert '<th class="gt_group_heading" scope="rowgroup" colspan="2">IIT</th>' in page
    assert '<th class="gt_left" scope="row">การปฏิบัติหน้าที่</th>' in page
    assert '<td class="gt_right">94.98</td>' in page


def test_a_caption_names_the_box_of_its_table_as_typed(project: Path, add_cell: Callable[..., None]) -> None:
    table = '<div id="x" style="padding:0"><table><tr><td class="gt_row gt_left">ก</td></tr></table></div>'
    add_cell(code({"text/html": table}, label="tbl-other", **{"tbl-cap": 'ร้อยละ 100% ของ ก < ข & "ค"'}))
    done = publish(project, renderer="builtin", formats=["html"])
    label = re.search(r'aria-label="([^"]*100[^"]*)"', page_of(done, "sec-a-2565.html"))
    assert label is not None
    assert html.unescape(label[1]) == "ร้อยละ 100% ของ ก < ข & “ค”"


def test_a_table_without_a_head_is_a_list_for_a_screen_reader(project: Path, add_cell: Callable[..., None]) -> None:
    add_cell(code({"text/markdown": "| | |\n|-:|:---|\n| ๑ | รับทราบ |\n| ๒ | ติดตาม |"}))
    page = page_of(publish(project, renderer="builtin", formats=["html"]), "sec-a-2565.html")
    assert page.count('<table role="list">') == 1
    assert page.count('<tr role="listitem">') == 2


def test_style_and_repeated_identifiers_of_great_tables_are_taken_off(published: Published) -> None:
    page = page_of(published, "sec-a-2565.html")
    assert "<style" not in page
    identifiers = re.findall(r'\bid="([^"]*)"', page)
    assert len(identifiers) == len(set(identifiers))


def test_side_list_names_parts_and_marks_the_open_page(published: Published) -> None:
    page = page_of(published, "sec-a-2565.html")
    assert '<li class="part"><span>ส่วนราชการ</span>' in page
    assert '<a href="sec-a-2565.html" aria-current="page">' in page
    assert page.count("aria-current") == 1


def test_code_is_hidden_as_the_project_says(published: Published) -> None:
    assert "show()" not in page_of(published, "sec-a-2565.html")


def test_markup_in_titles_shows_as_typed(tmp_path: Path) -> None:
    done = publish(make_project(tmp_path, title="<b>A</b> & *B*"), renderer="builtin", formats=["html"])
    page = page_of(done, "index.html")
    assert "&lt;b&gt;A&lt;/b&gt; &amp; *B*" in page
    assert "<b>A" not in page


def test_pages_ask_no_other_host_and_fit_a_phone(published: Published, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    for name in ("index.html", "sec-a-2565.html", "sec-b-2566.html"):
        assert published.html is not None
        page.goto(f"file://{published.html.parent / name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    assert not failed
    assert page.evaluate("document.fonts.check('18px Sarabun')")


def test_side_list_opens_on_a_phone_and_dark_mode_is_remembered(published: Published, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="light")
    page.goto(f"file://{published.html}")
    assert not page.locator("#sidebar").is_visible()
    page.click("#menu")
    assert page.locator("#sidebar").is_visible()
    page.click("#theme")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_what_is_for_another_format_is_left_out(project: Path, add_cell: Callable[..., None]) -> None:
    kinds = {
        "คำหนึ่ง": '.content-visible when-format="html"',
        "คำสอง": '.content-visible when-format="typst"',
        "คำสาม": '.content-hidden when-format="html"',
        "คำสี่": '.content-visible unless-format="typst"',
        "คำห้า": '.content-hidden unless-format="html"',
    }
    add_cell(text("\n\n".join(f"::: {{{kind}}}\n{word}\n:::" for word, kind in kinds.items())))
    page = page_of(publish(project, renderer="builtin", formats=["html"]), "sec-a-2565.html")

    assert [word for word in kinds if word in page] == ["คำหนึ่ง", "คำสี่", "คำห้า"]
