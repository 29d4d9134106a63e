"""The filter that says where lines may end, on both kinds of page."""

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser

from itabook.domain.unit_names import NAMES_KEY
from itabook.publish import Published, publish
from itabook.publish.pieces import own_name

from .conftest import code, make_project, text

SAID = "การประเมินคุณธรรมและความโปร่งใสต่าง ๆ ได้ 85 คะแนน **ใน พ.ศ. 2564** ดูข้อ O42"


def page_of(published: Published) -> str:
    assert published.html is not None
    return " ".join((published.html.parent / "sec-a-2565.html").read_text(encoding="utf-8").split("\n"))


def test_on_screen_pieces_are_kept_whole_and_lines_end_between_them(
    project: Path, add_cell: Callable[..., None]
) -> None:
    add_cell(text(SAID))
    page = page_of(publish(project, renderer="builtin", formats=["html"]))
    kept = "<t-w>การประเมิน</t-w><wbr><t-w>คุณธรรม</t-w><wbr>และ<wbr><t-w>ความโปร่งใส</t-w>"
    assert kept in page
    assert "ต่าง</t-w>\u00a0ๆ ได้ 85\u00a0" in page
    assert "ใน พ.ศ.\u00a02564" in page


def test_what_is_copied_is_what_was_written(published: Published, browser: Browser) -> None:
    assert published.html is not None
    page = browser.new_page()
    page.goto((published.html.parent / "sec-a-2565.html").as_uri())
    said = page.inner_text("main")
    page.close()
    assert "ทั้งหมดนี้คือผลของหน่วยงาน" in said
    assert not re.search("[\u200b-\u200d\u2060\u00ad]", said)


def test_on_paper_no_letter_is_added(project: Path, add_cell: Callable[..., None]) -> None:
    add_cell(text(SAID))
    done = publish(project, renderer="builtin", formats=["pdf"])
    assert done.pdf is not None
    with pypdfium2.PdfDocument(done.pdf) as document:
        said = "".join(page.get_textpage().get_text_range() for page in document)
    assert "การประเมินคุณธรรมและความโปร่งใสต่าง" in said
    assert not re.search("[\u200b-\u200d\u2060\ufffc]", said)


def test_in_a_book_with_thai_digits_prose_has_them_and_codes_do_not(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    settings = project / "outputs/book.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("arabic", "thai"), encoding="utf-8")
    (project / "index.qmd").write_text("# คำนำ\n\nระหว่าง 0 ถึง 100 ตามข้อ O42\n", encoding="utf-8")
    done = publish(project, renderer="builtin", formats=["html"])
    assert done.html is not None
    page = " ".join(re.sub("<[^>]+>", "", done.html.read_text(encoding="utf-8")).split())
    assert "ระหว่าง ๐ ถึง ๑๐๐ ตามข้อ O42" in page


def test_the_own_name_of_an_agency_is_a_term() -> None:
    glossary = ("องค์การ", "บริหารส่วนตำบล", "สำนักงาน", "คณะกรรมการ")
    assert own_name("องค์การบริหารส่วนตำบลระเวียง", glossary) == "ระเวียง"
    assert own_name("สำนักงานคณะกรรมการ", glossary) == ""


def test_names_of_units_in_tables_are_terms_wherever_they_stand(project: Path, add_cell: Callable[..., None]) -> None:
    told = code({"text/html": "<table><tr><td>สำนักงานสิทธิการ</td></tr></table>"}, label="tbl-u", **{"tbl-cap": "ข"})
    add_cell(text("ให้สำนักงานสิทธิการรายงาน"), told)
    assert "<t-w>สำนักงานสิทธิการ</t-w>" not in page_of(publish(project, renderer="builtin", formats=["html"]))

    told.outputs[0].metadata[NAMES_KEY] = ["สำนักงานสิทธิการ"]
    add_cell(text("ให้สำนักงานสิทธิการรายงาน"), told)
    page = page_of(publish(project, renderer="builtin", formats=["html"]))
    assert page.count("<t-w>สำนักงานสิทธิการ</t-w>") == 2


def test_titles_and_parts_around_the_pages_are_kept_whole_too(published: Published) -> None:
    page = page_of(published)
    assert '<li class="part"><span><t-w>ส่วนราชการ</t-w></span>' in page
    assert re.search(r'class="bar-title" href="index.html"><t-w>รายงาน</t-w><wbr>ผล ITA</a>', page)
    assert "<t-w>" not in "".join(re.findall("<title>.*?</title>", page))


def test_in_lists_of_links_words_are_kept_whole_too(project: Path, add_cell: Callable[..., None]) -> None:
    add_cell(text("## คะแนนรายแบบวัด\n\n## **ข้อเสนอแนะ** <อื่น>"))
    page = page_of(publish(project, renderer="builtin", formats=["html"]))
    (contents,) = re.findall('<nav class="contents".*?</nav>', page)

    assert "ราย<wbr><t-w>แบบวัด</t-w></a>" in contents
    assert "ข้อเสนอแนะ</t-w>" in contents
    assert "&lt;อื่น&gt;" in re.sub("</?t-w>|<wbr>", "", contents)


def test_a_name_that_is_wider_than_its_column_is_read_in_order(project: Path, add_cell: Callable[..., None]) -> None:
    name, after = "หัวหน้าสำนักปลัด", "; นักวิเคราะห์"
    cells = "".join(f"<td class='gt_row gt_left'>{cell}</td>" for cell in ("เรื่อง", f"{name}{after}", "วิธี"))
    heads = "".join(f"<th class='gt_col_heading gt_left'>{cell}</th>" for cell in ("เรื่อง", "ผู้รับผิดชอบ", "วิธี"))
    widths = "".join(f"<col style='width:{width}%;'/>" for width in (45, 12, 43))
    html = (
        f"<table class='gt_table'><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead>"
        f"<tbody><tr>{cells}</tr></tbody></table>"
    )
    table = code({"text/html": html}, label="tbl-narrow", **{"tbl-cap": "แคบ"})
    table.outputs[0].metadata[NAMES_KEY] = [name]
    add_cell(table)
    done = publish(project, renderer="builtin", formats=["pdf"])
    assert done.pdf is not None

    with pypdfium2.PdfDocument(done.pdf) as document:
        (found,) = (page.get_textpage() for page in document if "หัวหน้า" in page.get_textpage().get_text_range())
        said = found.get_text_range()
        begins, ends = said.index("หัวหน้า"), said.index(";")
        heights = [found.get_charbox(at)[1] for at in (begins, ends - 1, ends)]
    assert heights[0] > heights[1] + 5, "the name is not wider than the column"
    assert heights[2] < heights[1] + 5, "what comes after the name stands above its last line"
