"""Search in the HTML book, from the disk."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from itabook.publish import publish

from .conftest import make_project, sample_cells, text, write_notebook

NOTES = [
    text("## เรื่องร้องเรียน\n\nหน่วยงานได้รับเรื่องร้องเรียน 12 เรื่อง ตอบกลับแล้ว ๑๑ เรื่อง ผ่านระบบ E-Service"),
    text("## การเปิดเผยข้อมูลและเรื่องร้องเรียน\n\nมีน้ำใจ <b>&</b> สุจริต"),
    text("## ภาคผนวก\n\nบันทึกเรื่องร้องเรียน และ E-Service ของ 2566"),
    *(text(f"## รายการที่ {number}\n\nซ้ำกันหลายแห่ง") for number in range(1, 41)),
]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_project(tmp_path_factory.mktemp("searched"))
    write_notebook(project / "outputs/notebooks/a-2565.ipynb", [*sample_cells("a-2565", "b-2566"), *NOTES])
    done = publish(project, renderer="builtin", formats=["html"])
    assert done.html is not None
    return done.html


@pytest.fixture
def page(front: Path, browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(front.as_uri())
    yield opened
    context.close()


def search(page: Page, query: str) -> list[str]:
    """The titles of what is found, best first, without the name of the chapter."""
    page.fill("#search", "")
    expect(page.locator("#found")).to_be_empty()
    page.fill("#search", query)
    expect(page.locator("#found")).to_have_text(re.compile("แห่ง|ไม่พบ"))
    return [title.rpartition(" · ")[2] for title in page.locator("#results a strong").all_inner_texts()]


def test_any_part_of_a_word_is_found_and_marked_in_its_passage(page: Page) -> None:
    assert search(page, "องเรีย") == ["เรื่องร้องเรียน", "การเปิดเผยข้อมูลและเรื่องร้องเรียน", "ภาคผนวก"]
    passages = page.locator("#results a small")
    assert "ได้รับเรื่องร้องเรียน" in passages.first.inner_text()
    assert set(page.locator("#results mark").all_inner_texts()) == {"องเรีย"}


def test_one_letter_finds_nothing(page: Page) -> None:
    page.fill("#search", "ห")
    expect(page.locator("#results a")).to_have_count(0)
    expect(page.locator("#found")).to_be_empty()


def test_whole_headings_come_before_parts_of_headings_and_those_before_text(page: Page) -> None:
    assert search(page, "เรื่องร้องเรียน")[0] == "เรื่องร้องเรียน"
    assert search(page, "ภาคผนวก") == ["ภาคผนวก"]
    assert search(page, "ข้อมูลและ") == ["การเปิดเผยข้อมูลและเรื่องร้องเรียน"]


@pytest.mark.parametrize("query", ["12 เรื่อง", "๑๒ เรื่อง", "11 เรื่อง", "๑๑ เรื่อง"])
def test_digits_of_either_kind_are_found(page: Page, query: str) -> None:
    assert search(page, query) == ["เรื่องร้องเรียน"]


@pytest.mark.parametrize("query", ["e-service ร้องเรียน", "E-SERVICE  ร้องเรียน", "ร้องเรียน e-Service"])
def test_all_words_must_occur_and_small_and_large_letters_are_one(page: Page, query: str) -> None:
    assert search(page, query) == ["เรื่องร้องเรียน", "ภาคผนวก"]
    assert search(page, f"{query} กลับ") == ["เรื่องร้องเรียน"]


def test_another_order_of_thai_signs_is_the_same_word(page: Page) -> None:
    assert search(page, "น\u0e4d\u0e49\u0e32ใจ") == ["การเปิดเผยข้อมูลและเรื่องร้องเรียน"]


def test_markup_that_is_searched_is_shown_as_text(page: Page) -> None:
    search(page, "<img src=x onerror=alert(1)>")
    expect(page.locator("#found")).to_have_text("ไม่พบข้อความที่ค้นหา")
    assert page.locator("#results img").count() == 0


def test_more_than_are_shown_are_counted(page: Page) -> None:
    assert len(search(page, "ซ้ำกัน")) == 30
    expect(page.locator("#found")).to_have_text("แสดง 30 จาก 40 แห่ง")
    search(page, "ตอบกลับ")
    expect(page.locator("#found")).to_have_text("พบ 1 แห่ง")


def test_the_last_of_many_keystrokes_is_answered(page: Page) -> None:
    page.locator("#search").press_sequentially("ภาคผนวก")
    expect(page.locator("#found")).to_have_text("พบ 1 แห่ง")
    assert page.locator("#results a strong").all_inner_texts()[0].endswith("ภาคผนวก")


def test_the_index_is_loaded_when_the_field_is_first_used(front: Path, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(front.as_uri())
    page.evaluate("document.fonts.ready.then(() => 0)")
    assert "search-index.js" not in asked
    search(page, "ภาคผนวก")
    search(page, "เรื่อง")
    assert asked.count("search-index.js") == 1


def test_a_book_without_its_index_says_so(front: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.route("**/search-index.js", lambda route: route.abort())
    page.goto(front.as_uri())
    page.fill("#search", "เรื่อง")
    expect(page.locator("#found")).to_have_text("เปิดดัชนีค้นหาไม่ได้ โปรดเปิดหน้านี้ใหม่")


def test_arrow_keys_go_through_what_is_found_and_enter_opens_it(page: Page) -> None:
    found = search(page, "ร้องเรียน")
    reached = []
    for _ in range(len(found) + 2):
        page.keyboard.press("ArrowDown")
        reached.append(page.evaluate("[...document.querySelectorAll('#results a')].indexOf(document.activeElement)"))
    assert reached == [0, 1, 2, 2, 2]
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Enter")
    page.wait_for_url("**/sec-a-2565.html#*")
