"""`itabook build` of a book that is attached to agendas: a PDF of its own for each agency-year."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

from itabook.cli.batch import print_plan
from itabook.cli.console import err, out
from itabook.cli.progress import progress
from itabook.data.library import Library
from itabook.data.project import Project
from itabook.run.book import Book
from itabook.run.build import Options, Step
from itabook.run.chapters import thai_date, today
from itabook.run.manifest import write_manifest
from itabook.run.outcome import Outcome
from itabook.run.plan import Run
from itabook.run.store import RunStore
from itabook.run.summary import counts, write_report

if TYPE_CHECKING:
    from itabook.publish.single import ShortBook

PAGES = 8
"""So many pages are attached to an agenda at most."""


def print_annexes(project: Project, book: Book, planned: Sequence[Step], store: RunStore, *, force: bool) -> None:
    """What would be done, one line a PDF."""
    print_plan(project, planned, store, _annex_of(project, book, store), force=force)


def publish_annexes(
    project: Project,
    book: Book,
    outcomes: tuple[Outcome, ...],
    store: RunStore,
    library: Library,
    *,
    options: Options,
    force: bool,
) -> None:
    """Make the PDFs that are due; write report and manifest; the command fails where one failed."""
    from itabook.publish.builtin import pages_of
    from itabook.publish.pandoc import pandoc_version
    from itabook.publish.pdfs import PdfIndex, make_pdfs, pdf_steps

    annex_of, index = _annex_of(project, book, store), PdfIndex(project, store)
    due = pdf_steps([outcome.run for outcome in outcomes], annex_of, index, force=force)
    with progress(err, sum(bool(step.why) for step in due)) as shown:
        pdfs = make_pdfs(project, due, index, jobs=options.jobs, keep_going=options.keep_going, progress=shown.tell)
    err.print(f"PDF: {counts(pdfs)}", highlight=False)
    write_report(project, (*outcomes, *pdfs))
    failures = [outcome.failure.message for outcome in pdfs if outcome.failure is not None]
    for message in failures:
        err.print(message, markup=False, highlight=False)
    if failures:
        raise typer.Exit(1)
    folder = project.outputs / book.name
    made_with = {"name": "builtin", "version": f"pandoc {pandoc_version()}"}
    write_manifest(project, book.name, outcomes, library.digest("everything"), made_with, folder=folder)
    for step in due:
        pages = pages_of(step.book.place)
        out.print(f"{step.book.place.relative_to(project.root)} {pages} หน้า", highlight=False)
        if pages > PAGES:
            remedy = "วิธีแก้: ลดเซลล์ในสมุดบันทึก หรือย้ายตารางยาวไปไว้ในรายงานฉบับเต็ม"
            err.print(f"คำเตือน: เอกสารแนบวาระยาวเกิน {PAGES} หน้า · {remedy}", highlight=False)


def _annex_of(project: Project, book: Book, store: RunStore) -> "Callable[[Run], ShortBook]":
    from itabook.publish.pdfs import annex

    date = thai_date(today())
    return lambda run: annex(project, book, run, store.notebook(run), date)
