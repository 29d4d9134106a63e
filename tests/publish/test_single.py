"""One chapter as a short PDF of its own."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from nbformat.v4 import new_output

from itabook.publish import PublishError
from itabook.publish.builtin import place_fonts
from itabook.publish.parallel import Made, make_all
from itabook.publish.project import read_book
from itabook.publish.single import ShortBook, make_pdf

from .conftest import code, text


@pytest.fixture
def book(project: Path) -> ShortBook:
    place_fonts(project)
    place = project / "outputs/agencies/a-2565.pdf"
    place.parent.mkdir()
    notebook = project / "outputs/notebooks/a-2565.ipynb"
    return ShortBook(
        notebook, place, "หน่วยงาน ก", "ผลการประเมิน ITA ปี 2565", "สำนักงาน", "1 มกราคม พ.ศ. 2569", "1 ม.ค. 2569", "arabic"
    )


def pages_of(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [re.sub(r"\s+", " ", sheet.get_textpage().get_text_range()) for sheet in document]


def test_a_short_book_is_a_cover_and_the_chapter_without_contents_and_numbers(project: Path, book: ShortBook) -> None:
    make_pdf(project, book)
    cover, first = pages_of(book.place)

    for wanted in ("หน่วยงาน ก", "ผลการประเมิน ITA ปี 2565", "สำนักงาน", "1 มกราคม พ.ศ. 2569"):
        assert wanted in cover
    assert "สารบัญ" not in cover + first
    assert "รูปที่ 1: คะแนนรายตัวชี้วัด" in first
    assert "ตารางที่ 1" in first
    assert "หน้า 2 จาก 2" in first
    titles = [mark.get_title() for mark in pypdfium2.PdfDocument(book.place).get_toc()]
    assert titles == ["หน่วยงาน a-2565", "ผลคะแนน"]
    assert [path.name for path in book.place.parent.iterdir()] == ["a-2565.pdf"]


def test_references_to_other_chapters_are_words(project: Path, book: ShortBook, add_cell: Callable[..., None]) -> None:
    add_cell(text("ดู [@tbl-b-2566; @sec-b-2566] หรือ [บทโน้น](#sec-b-2566) และ @sec-a-2565"))
    make_pdf(project, book)
    said = " ".join(pages_of(book.place))

    assert "รูปที่ 1 และ ตารางที่ 1 เทียบกับ บทในเล่มรวม และ รูปในเล่มรวม" in said
    assert "ตารางในเล่มรวม, บทในเล่มรวม หรือ บทโน้น และ หน่วยงาน a-2565" in said


def test_digits_are_those_of_the_book(project: Path, book: ShortBook) -> None:
    make_pdf(project, replace(book, digits="thai"))

    said = " ".join(pages_of(book.place))
    assert "รูปที่ ๑: คะแนนรายตัวชี้วัด" in said
    assert "หน้า ๒ จาก ๒" in said


def test_what_is_given_stands_for_the_file_of_the_book(project: Path) -> None:
    (project / "outputs/book.yml").unlink()
    own = {"book": {"title": "ชื่อ", "chapters": ["outputs/notebooks/a-2565.ipynb"]}, "itabook": {"short": True}}

    found = read_book(project, own)
    assert (found.title, found.short, len(found.chapters), found.lang) == ("ชื่อ", True, 1, "th")


def test_two_at_one_time_stamp_are_the_same_bytes(
    project: Path, book: ShortBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    make_pdf(project, book)
    first = book.place.read_bytes()
    make_pdf(project, book)

    assert book.place.read_bytes() == first


def test_a_book_that_fails_leaves_the_last_one_and_nothing_beside_it(
    project: Path, book: ShortBook, add_cell: Callable[..., None]
) -> None:
    book.place.write_bytes(b"last good")
    cell = code({})
    cell.outputs = [new_output("error", ename="ValueError", evalue="x", traceback=[])]
    add_cell(cell)

    with pytest.raises(PublishError, match=r"a-2565\.ipynb"):
        make_pdf(project, book)
    assert [path.read_bytes() for path in book.place.parent.iterdir()] == [b"last good"]


def die(*_: object) -> None:
    os._exit(9)


def made(project: Path, books: list[ShortBook], *, keep_going: bool) -> list[Made]:
    return list(make_all(project, books, jobs=1, keep_going=keep_going))


@pytest.mark.parametrize(("keep_going", "tried"), [(False, ["x.pdf"]), (True, ["x.pdf", "a-2565.pdf"])])
def test_after_a_failure_others_are_made_only_to_keep_going(
    project: Path, book: ShortBook, keep_going: bool, tried: list[str]
) -> None:
    wrong = replace(book, notebook=project / "outputs/notebooks/none.ipynb", place=book.place.with_name("x.pdf"))
    done = made(project, [wrong, book], keep_going=keep_going)

    assert [one.book.place.name for one in done] == tried
    assert "none.ipynb" in done[0].error
    assert all(not one.error for one in done[1:])


def test_a_process_that_dies_is_told_with_a_remedy(
    project: Path, book: ShortBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("itabook.publish.parallel._make", die)
    (done,) = made(project, [book], keep_going=False)

    assert "--jobs 1" in done.error
