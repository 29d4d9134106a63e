"""The built-in renderer: Pandoc makes the pages and the Typst source, Typst makes the PDF."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import fontpkg
import pikepdf
import typst

from itabook import tokens
from itabook.language import tr
from itabook.publish import pieces
from itabook.publish.chart_sheet import gather_charts
from itabook.publish.errors import PublishError
from itabook.publish.pandoc import run_pandoc
from itabook.publish.project import LISTS, BookProject
from itabook.publish.text_layer import mend
from itabook.publish.web_fonts import place_web_fonts

FONTS = Path("outputs/fonts")
TOKENS = "tokens.css"
PDF_STANDARD = "ua-1"
"""Accessible PDF. Not in `_quarto.yml`: Quarto warns where the validator verapdf is not installed."""
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_runs: list[Path] = []
_STYLES = ("Regular", "Italic", "SemiBold", "Bold")


def typst_has_run() -> bool:
    """Whether this process has run Typst: a fork lacks its threads and would wait for them forever."""
    return bool(_runs)


def place_fonts(project: Path) -> Path:
    """Copies the Sarabun files of a book into the project, where Quarto, Typst and browsers find them."""
    folder = project / FONTS
    folder.mkdir(parents=True, exist_ok=True)
    source = Path(fontpkg.path("Sarabun")).parent
    for style in _STYLES:
        name = f"Sarabun-{style}.ttf"
        if not (folder / name).exists():
            shutil.copyfile(source / name, folder / name)
    return folder


def place_tokens(folder: Path) -> None:
    """Writes the inks and sizes of the book as a style sheet."""
    (folder / TOKENS).write_text(tokens.style_sheet(), encoding="utf-8")


def render_html(book: BookProject, folder: Path, *, pdf: bool) -> Path:
    """Makes the pages of a prepared book in an existing folder and returns the first one."""
    template = book.assets / "html-template.html"
    writer = book.assets / "html-book.lua"
    shutil.copy(book.project / LISTS, folder)
    links = {"xlsx": f"{book.output_file}.xlsx", **({"pdf": f"{book.output_file}.pdf"} if pdf else {})}
    run_pandoc(book, "html", folder, {"to": str(writer), "template": str(template), "output-file": "-"}, **links)
    for name in ("defaults.yaml", pieces.FILE, LISTS.name):
        (folder / name).unlink()
    for page in folder.glob("*.html"):
        gather_charts(page)
    place_tokens(folder)
    for name in ("book.css", "book.js", "charts.js", "search.js"):
        shutil.copyfile(book.assets / name, folder / name)
    place_web_fonts(folder, book.project / FONTS)
    return folder / "index.html"


def render_pdf(book: BookProject, folder: Path, work: Path, report: Callable[[str], None]) -> Path:
    """Makes the PDF in a folder, with its Typst source and images in an existing working folder.

    Warnings of Typst are reported, but for a font that is not there: such a page is never published.

    Raises:
        PublishError: Typst cannot compile the book, or misses a font.
    """
    options = book.formats.get("typst", {})
    template = book.assets / "typst-book.typ"
    variables = {"papersize": options.get("papersize", "a4"), "margin": options.get("margin", {})}
    run_pandoc(
        book,
        "typst",
        work,
        {"to": "typst", "template": str(template), "output-file": "book.typ", "variables": variables},
        **{name: "true" for name, holds in (("short", book.short), ("annex", book.annex)) if holds},
    )
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    output = folder / f"{book.output_file}.pdf"
    _runs.append(output)
    try:
        _, warnings = typst.compile_with_warnings(
            str(work / "book.typ"),
            output=str(output),
            root=str(work),
            font_paths=[str(book.project / FONTS)],
            ignore_system_fonts=True,
            pdf_standards=options.get("pdf-standard", PDF_STANDARD),
            timestamp=int(epoch) if epoch else None,
        )
    except typst.TypstError as error:
        raise PublishError(_said(str(error.diagnostic))) from error
    for warning in warnings:
        if "font" in warning.message:
            raise PublishError(
                tr("ไม่พบแบบอักษร · วิธีแก้: ติดตั้ง fontpkg-sarabun ใหม่\n{diagnostic}", diagnostic=warning.diagnostic)
            )
        report(tr("Typst เตือน: {message}", message=warning.message))
    mend(output)
    return output


def pages_of(pdf: Path) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(pdf) as document:
        return len(document.pages)


def _said(diagnostic: str) -> str:
    """What is said of an error of Typst: a sign without a glyph by name, then Typst's own words."""
    signs = sorted(set(_NO_GLYPH.findall(diagnostic)))
    if not signs:
        return tr("Typst ทำงานไม่สำเร็จ: {diagnostic}", diagnostic=diagnostic)
    shown = " ".join(f"“{sign}” ({' '.join(f'U+{ord(letter):04X}' for letter in sign)})" for sign in signs)
    return tr(
        "แบบอักษรไม่มีรูปของอักขระ {shown} · วิธีแก้: แก้ข้อความที่ใช้อักขระนี้\n{diagnostic}", shown=shown, diagnostic=diagnostic
    )
