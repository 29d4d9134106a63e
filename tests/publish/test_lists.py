"""The lists of figures and tables on the front page."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from itabook.publish import Published, publish

from .conftest import code, make_project, text, write_notebook

ENTRY = re.compile(r'<li><a\s+href="([^"]+)">(.*?)</a></li>')


def front(published: Published) -> str:
    assert published.html is not None
    page = " ".join(published.html.read_text(encoding="utf-8").split("\n"))
    return re.sub("</?t-w>|<wbr>", "", page)  # test_words.py is about them


def lists(page: str) -> dict[str, list[tuple[str, str]]]:
    """The entries under each heading: where they lead, and their words."""
    found = re.findall(r'<h2[^>]*>([^<]*)</h2>\s*<div class="float-list">(.*?)</div>', page)
    return {title: [(target, " ".join(said.split())) for target, said in ENTRY.findall(said)] for title, said in found}


def test_each_figure_and_table_is_listed_by_number_and_caption_and_leads_to_itself(published: Published) -> None:
    assert lists(front(published)) == {
        "สารบัญรูป": [
            ("sec-a-2565.html#fig-a-2565", "รูปที่ 1.1 คะแนนรายตัวชี้วัด"),
            ("sec-b-2566.html#fig-b-2566", "รูปที่ 2.1 คะแนนรายตัวชี้วัด"),
        ],
        "สารบัญตาราง": [
            ("sec-a-2565.html#tbl-a-2565", "ตารางที่ 1.1 คะแนน"),
            ("sec-b-2566.html#tbl-b-2566", "ตารางที่ 2.1 คะแนน"),
        ],
    }
    assert published.html is not None
    assert not (published.html.parent / "lists.json").exists()


def test_lists_have_the_digits_of_the_book_and_captions_as_typed(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    settings = project / "outputs/book.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("arabic", "thai"), encoding="utf-8")
    table = code(
        {"text/html": "<table><tr><td>ก</td></tr></table>"}, label="tbl-x", **{"tbl-cap": "ก \\*ข\\* & \\<ค\\>"}
    )
    write_notebook(project / "outputs/notebooks/a-2565.ipynb", [text("# บท"), table])
    write_notebook(project / "outputs/notebooks/b-2566.ipynb", [text("# บทอื่น")])
    page = front(publish(project, renderer="builtin", formats=["html"]))

    assert lists(page) == {"สารบัญตาราง": [("a-2565.html#tbl-x", "ตารางที่ ๑.๑ ก *ข* &amp; &lt;ค&gt;")]}
    assert "<summary>แสดงทั้ง ๑ ตาราง</summary>" in page


def test_a_figure_is_found_where_it_stands_not_in_the_list(published: Published, browser: Browser) -> None:
    assert published.html is not None
    page = browser.new_page()
    page.goto(published.html.as_uri())
    page.fill("#search", "คะแนนรายตัวชี้วัด")
    expect(page.locator("#found")).to_have_text(re.compile("แห่ง"))
    found = [str(link.get_attribute("href")) for link in page.locator("#results a").all()]
    page.close()

    assert {"sec-a-2565.html", "sec-b-2566.html"} <= {place.partition("#")[0] for place in found}
    assert not [place for place in found if "#list-of" in place]


def test_an_entry_of_the_open_list_leads_to_its_figure(published: Published, browser: Browser) -> None:
    assert published.html is not None
    page = browser.new_page()
    page.goto(published.html.as_uri())
    entry = page.get_by_role("link", name="รูปที่ 2.1")
    assert not entry.is_visible()
    page.locator(".float-list summary").first.press("Enter")
    entry.click()
    page.wait_for_url("**/sec-b-2566.html#fig-b-2566")
    page.close()


@pytest.mark.parametrize("title", ["สารบัญรูป", "สารบัญตาราง"])
def test_the_pdf_has_each_list_once(published: Published, title: str) -> None:
    assert published.pdf is not None
    with pypdfium2.PdfDocument(published.pdf) as document:
        marks = [" ".join(mark.get_title().split()) for mark in document.get_toc()]
    assert marks.count(title) == 1


def test_without_the_place_for_them_there_are_no_lists(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    (project / "index.qmd").write_text("# คำนำ\n\nไม่มีสารบัญ\n", encoding="utf-8")
    assert lists(front(publish(project, renderer="builtin", formats=["html"]))) == {}
