"""The text layer of a PDF: what is read is what is written, and nothing else of the PDF changes."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst

from itabook.publish.builtin import place_fonts
from itabook.publish.text_layer import mend
from tests.drawn import drawn, plain, read_by_pdfium, read_by_poppler

WORDS = (
    "ทั้งหมด ที่ น้ำ ผู้ เพื่อ ขั้นตอน ก้ำกึ่ง ปฏิบัติ ญี่ปุ่น หนึ่ง ซึ่ง สิ่งนี้ เริ่ม ขึ้น พื้นที่ที่ดี ทั่วถึง สิทธิ์ ศักดิ์ กู้ ปู่ ฟื้นฟู ป้ำ ฝั่ง ใหญ่ "
    "ฐิติ ญาติ กตัญญู วัฏจักร ฤทธิ์ เป็น ก็ เท่าใด ต่ำ ดำเนินการ"
)
EXTRACTORS = [
    pytest.param(read_by_pdfium, id="pdfium"),
    pytest.param(
        read_by_poppler,
        id="poppler",
        marks=pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine"),
    ),
]
PAGE = """#set document(title: "ทั้งหมด")
#set text(font: "Sarabun", lang: "th", size: 13pt)
#let words = "{words}"
#words

#words.replace(" ", "")

#text(fill: rgb("#12436D"), weight: 600, words)

ทั้ง#text(weight: 600)[ทั้ง]#text(fill: blue)[ทั้ง]ทั้ง#text(size: 9pt)[ทั้ง]

#table(columns: 2, table.header([เพื่อ], [หนึ่ง]), ..words.split(" "))
"""
NOTHING = """#set document(title: "a")
#set text(font: "Sarabun", lang: "th")
รายงานผลของหน่วยงาน 100.00"""

Typeset = Callable[[str], Path]


@pytest.fixture(scope="module")
def typeset(tmp_path_factory: pytest.TempPathFactory) -> Typeset:
    folder = tmp_path_factory.mktemp("typeset")
    fonts = place_fonts(folder)

    def made(source: str) -> Path:
        (folder / "page.typ").write_text(source, encoding="utf-8")
        pdf = folder / "page.pdf"
        typst.compile(
            str(folder / "page.typ"),
            output=str(pdf),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            timestamp=1_700_000_000,
        )
        return pdf

    return made


@pytest.fixture(scope="module")
def raw(typeset: Typeset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As Typst makes it."""
    return shutil.copyfile(typeset(PAGE.format(words=WORDS)), tmp_path_factory.mktemp("raw") / "page.pdf")


@pytest.fixture(scope="module")
def whole(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mended."""
    pdf = shutil.copyfile(raw, tmp_path_factory.mktemp("mended") / "page.pdf")
    mend(pdf)
    return pdf


@pytest.mark.parametrize("read", EXTRACTORS)
def test_every_word_is_read_as_written(raw: Path, whole: Path, read: Callable[[Path], list[str]]) -> None:
    written = [WORDS, WORDS, WORDS, "ทั้ง" * 5, "เพื่อหนึ่ง", WORDS]

    assert read(whole) == [plain("".join(written))]
    assert "ทั้ทั้ง" in read(raw)[0]


def test_what_is_drawn_is_what_was_drawn(raw: Path, whole: Path) -> None:
    before, after = (pypdfium2.PdfDocument(pdf)[0].render(scale=100 / 72).to_numpy() for pdf in (raw, whole))

    assert (before == after).all()
    assert sorted(drawn(whole)[0]) == sorted(drawn(raw)[0])


def test_the_structure_tree_leads_to_the_same_marked_content(raw: Path, whole: Path) -> None:
    with pikepdf.open(raw) as before, pikepdf.open(whole) as after:
        marks = [re.findall(rb"/MCID (\d+)", document.pages[0].Contents.read_bytes()) for document in (before, after)]
        assert marks[0] == marks[1]
        assert len(marks[0]) > 50
        assert tree(before.Root.StructTreeRoot.K) == tree(after.Root.StructTreeRoot.K)
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()


def test_mending_twice_changes_nothing(whole: Path) -> None:
    once = whole.read_bytes()

    mend(whole)

    assert whole.read_bytes() == once


def test_the_same_pdf_gives_the_same_bytes(raw: Path, whole: Path, tmp_path: Path) -> None:
    again = shutil.copyfile(raw, tmp_path / "another name.pdf")

    mend(again)

    assert again.read_bytes() == whole.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["another name.pdf"]


def test_a_pdf_with_nothing_to_mend_stays(typeset: Typeset) -> None:
    pdf = typeset(NOTHING)
    before = pdf.read_bytes()

    mend(pdf)

    assert pdf.read_bytes() == before


def tree(element: pikepdf.Object) -> object:
    """An element of the structure tree: its type and its children; a number is marked content."""
    if isinstance(element, pikepdf.Array):
        return [tree(child) for child in element]
    if isinstance(element, pikepdf.Dictionary):
        return str(element.get("/S", element.get("/Type"))), tree(element.K if "/K" in element else element.MCID)
    return int(element)
