"""From executed notebooks to the finished book: rendered aside, put in place as a whole."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from itabook.data.project import replace_folder
from itabook.language import tr
from itabook.publish.builtin import place_fonts, place_tokens, render_html, render_pdf
from itabook.publish.errors import PublishError
from itabook.publish.pandoc import pandoc_version
from itabook.publish.pieces import write_pieces
from itabook.publish.project import OUTPUT, BookProject, read_book
from itabook.publish.quarto import Quarto, find_quarto, render_with_quarto

Renderer = Literal["auto", "quarto", "builtin"]
Format = Literal["html", "pdf"]


@dataclass(frozen=True, slots=True)
class Published:
    """A finished book: first page, PDF, workbook of its tables (None where not asked for), and what made them."""

    html: Path | None
    pdf: Path | None
    workbook: Path | None
    renderer: str
    version: str


def publish(
    project: Path,
    *,
    renderer: Renderer = "auto",
    formats: Sequence[Format] = ("html", "pdf"),
    report: Callable[[str], None] = lambda _: None,
) -> Published:
    """Publishes the book of a project into `outputs/book/`; the last good book stays when anything fails.

    Args:
        project: folder that holds `_quarto.yml`, with executed notebooks and `outputs/book.yml` in place.
        renderer: Quarto, the built-in renderer, or Quarto where there is one that is new enough (auto).
        formats: what to make; the finished folder holds these and nothing else. The workbook goes with the pages.
        report: is told each step, one line in Thai.

    Raises:
        PublishError: the book cannot be made; the message says why and what to do.
    """
    quarto = choose_renderer(renderer, report)
    book = prepare(project)
    with _aside(book.project) as folder:
        if quarto:
            report(tr("จัดหน้าด้วย Quarto {version}", version=quarto.version))
            render_with_quarto(quarto, book, folder, formats)
        else:
            _render_builtin(book, folder, formats, report)
        if "html" in formats:
            from itabook.publish.workbook import write_workbook  # noqa: PLC0415 - a batch of PDFs needs no openpyxl

            report(tr("จัดทำตารางข้อมูล (XLSX)"))
            write_workbook(book, folder)
        done = book.project / OUTPUT
        replace_folder(folder, done)
    return Published(
        html=done / "index.html" if "html" in formats else None,
        pdf=done / f"{book.output_file}.pdf" if "pdf" in formats else None,
        workbook=done / f"{book.output_file}.xlsx" if "html" in formats else None,
        renderer="quarto" if quarto else "builtin",
        version=quarto.version if quarto else f"pandoc {pandoc_version()}",
    )


def prepare(project: Path) -> BookProject:
    """Makes what `quarto render` and `quarto preview` need of a project beside its notebooks; returns its book.

    Raises:
        PublishError: a file of the book is missing or cannot be read.
    """
    from itabook.publish.lists import write_lists  # noqa: PLC0415 - nbformat is slow to import

    book = read_book(project)
    place_fonts(book.project)
    place_tokens(book.project / OUTPUT.parent)
    write_pieces(book, book.project / OUTPUT.parent)
    write_lists(book)
    return book


def choose_renderer(renderer: Renderer, report: Callable[[str], None]) -> Quarto | None:
    """The Quarto to use; None for the built-in renderer. PublishError where Quarto is asked for and not to be had."""
    if renderer == "builtin":
        return None
    quarto = find_quarto()
    if quarto is None and renderer == "quarto":
        raise PublishError(tr("ไม่พบ Quarto · วิธีแก้: ติดตั้ง Quarto 1.9 ขึ้นไป หรือใช้ตัวจัดหน้าในตัว (builtin)"))
    if quarto and not quarto.is_new_enough:
        found = tr("Quarto {version} เก่าเกินไป ต้องใช้รุ่น 1.9 ขึ้นไป", version=quarto.version)
        if renderer == "auto":
            report(tr("{found} จึงใช้ตัวจัดหน้าในตัว (builtin) แทน", found=found))
            return None
        raise PublishError(tr("{found} · วิธีแก้: ปรับรุ่น Quarto หรือใช้ตัวจัดหน้าในตัว (builtin)", found=found))
    return quarto


def _render_builtin(book: BookProject, folder: Path, formats: Sequence[Format], report: Callable[[str], None]) -> None:
    """Pages and PDF at the same time: the work of each is done by programs outside of Python."""
    with ThreadPoolExecutor(max_workers=1) as other:
        if "pdf" in formats:
            report(tr("จัดหน้า PDF (Pandoc และ Typst)"))
            pdf = other.submit(_render_pdf, book, folder, report)
        if "html" in formats:
            report(tr("จัดหน้าเว็บ (Pandoc)"))
            render_html(book, folder, pdf="pdf" in formats)
        if "pdf" in formats:
            pdf.result()


def _render_pdf(book: BookProject, folder: Path, report: Callable[[str], None]) -> None:
    work = folder / "typst"
    work.mkdir()
    render_pdf(book, folder, work, report)
    shutil.rmtree(work)


@contextmanager
def _aside(project: Path) -> Iterator[Path]:
    """A folder beside the finished book, gone afterwards whatever happens."""
    folder = project / OUTPUT.parent / f".book-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
