"""The PDF book: text, bookmarks, tables, and plain text that stays plain."""

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from itabook.publish import Published, PublishError, publish
from itabook.publish.builtin import place_fonts, render_pdf
from itabook.publish.project import read_book
from itabook.words import escape

from .conftest import code, make_project, sample_cells, write_notebook


def text_of(pdf: Path | None) -> str:
    assert pdf is not None
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
    return re.sub(r"\s+", " ", "\n".join(pages))


def typst_of(project: Path) -> str:
    work = project / "work"
    work.mkdir()
    place_fonts(project)
    render_pdf(read_book(project), project, work, print)
    source = (work / "book.typ").read_text(encoding="utf-8")
    return re.sub(r"#box\[(.*?)\];", r"\1", source)  # test_words.py is about them


def test_text_is_thai_with_page_numbers_and_labels(published: Published) -> None:
    text = text_of(published.pdf)
    for wanted in ("รายงานผล ITA", "21 พฤศจิกายน พ.ศ. 2569", "สารบัญ", "การปฏิบัติห", "94.98", "หน้า 4 จาก"):
        assert wanted in text
    assert "รูปที่ 2.1: คะแนนรายตัวชี้วัด" in text
    assert "รูปที่ 1.1 และ ตารางที่ 1.1 เทียบกับ บทที่ 2 และ รูปที่ 2.1" in text


def test_figures_and_tables_are_listed_with_their_pages(published: Published) -> None:
    text = text_of(published.pdf)
    listed = text[text.index("สารบัญรูป") : text.index("จัดทำ")]
    assert re.search(r"รูปที่ 1\.1\s*คะแนนรายตัวชี้วัด\s*\d", listed)
    assert re.search(r"ตารางที่ 2\.1\s*คะแนน\s*\d", listed)


def test_the_foot_says_when_it_was_made(published: Published) -> None:
    assert "จัดทำ 21 พ.ย. 2569" in text_of(published.pdf)


def test_a_book_for_an_archive_says_that_it_is_pdf_a(project: Path) -> None:
    settings = project / "outputs/book.yml"
    archive = settings.read_text(encoding="utf-8") + "format: {typst: {pdf-standard: [ua-1, a-2a]}}\n"
    settings.write_text(archive, encoding="utf-8")
    done = publish(project, renderer="builtin", formats=["pdf"])
    assert done.pdf is not None
    with pikepdf.open(done.pdf) as document, document.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) == ("2", "A", "1")
        assert document.trailer["/ID"]


def test_bookmarks_name_parts_chapters_and_sections(published: Published) -> None:
    document = pypdfium2.PdfDocument(published.pdf)
    titles = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert (0, "ส่วนราชการ") in titles
    assert (0, "1 หน่วยงาน a-2565") in titles
    assert (1, "ผลคะแนน") in titles


def test_typst_takes_markdown_before_html_and_tables_become_native(project: Path) -> None:
    source = typst_of(project)
    assert "#panels((([คะแนนรวม], [90.47], [ลดลง 2.15], ), ))" in source
    assert "แผงบนเว็บ" not in source
    assert "table.header(table.cell(align: left + bottom)[#strong[ตัวชี้วัด]]" in source
    assert "table.header(level: 2, table.cell(colspan: 2, fill: panel)[#strong[IIT]])" in source
    assert "[#strong[รวม]]" in source
    assert "[#table-notes[ที่มา: รายงาน]]" in source


def test_images_carry_their_alternative_text(project: Path) -> None:
    images = re.findall(r"image\((.*?)\)", typst_of(project))
    assert len(images) == 2
    assert all('alt: "แผนภูมิแท่ง"' in image for image in images)


def test_typst_in_captions_and_titles_shows_as_typed(tmp_path: Path) -> None:
    nasty = '#import "x": * \\ $a$ [b] <c> *d*'
    folder = make_project(tmp_path, title=nasty, author=nasty)
    figure = {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'}
    cell = code(figure, label="fig-nasty", **{"fig-cap": escape(nasty), "fig-alt": nasty})
    write_notebook(folder / "outputs/notebooks/a-2565.ipynb", [*sample_cells("a-2565", "b-2566"), cell])
    done = publish(folder, renderer="builtin")
    assert text_of(done.pdf).count(nasty) >= 2
    assert done.pdf is not None
    assert pypdfium2.PdfDocument(done.pdf).get_metadata_value("Title") == nasty
    page = " ".join((done.pdf.parent / "sec-a-2565.html").read_text(encoding="utf-8").split())
    assert '1.2: #import "x": * \\ $a$ [b] &lt;c&gt; *d*</figcaption>' in page


def test_thai_digits_where_the_renderer_makes_the_number(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    settings = folder / "outputs/book.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("digits: arabic", "digits: thai"), encoding="utf-8"
    )
    done = publish(folder, renderer="builtin")
    text = text_of(done.pdf)
    assert "หน้า ๔ จาก" in text
    assert "รูปที่ ๒.๑" in text
    assert done.html is not None
    page = re.sub("<[^>]+>", "", (done.html.parent / "sec-a-2565.html").read_text(encoding="utf-8"))
    assert "บทที่\u00a0๒" in page


def test_two_builds_at_one_time_stamp_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    folder = make_project(tmp_path)
    built = [publish(folder, renderer="builtin", formats=["pdf"]).pdf for _ in range(2)]
    first, second = (path.read_bytes() for path in built if path)
    assert first == second


def test_missing_font_is_an_error(project: Path) -> None:
    template = project / "assets/typst-template.typ"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("$itabook.tokens.face$", "Nowhere"), encoding="utf-8")
    with pytest.raises(PublishError, match="ไม่พบแบบอักษร"):
        publish(project, renderer="builtin", formats=["pdf"])
