"""`itabook build` of a book that is attached to agendas: a PDF of its own for each agency-year."""

from collections.abc import Sequence

import typer

from itabook.cli.console import err, out, tell_failures
from itabook.cli.pdfs import BookOf, make_due, print_plan
from itabook.data.library import Library
from itabook.data.project import Project
from itabook.language import tr
from itabook.run.book import Book
from itabook.run.build import Options, Step
from itabook.run.chapters import today
from itabook.run.manifest import write_manifest
from itabook.run.outcome import Outcome
from itabook.run.store import RunStore
from itabook.run.summary import write_report

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

    annex_of, runs = _annex_of(project, book, store), [outcome.run for outcome in outcomes]
    pdfs = make_due(project, runs, store, annex_of, options, force=force)
    write_report(project, (*outcomes, *pdfs))
    if tell_failures(pdfs):
        raise typer.Exit(1)
    folder = project.outputs / book.name
    made_with = {"name": "builtin", "version": f"pandoc {pandoc_version()}"}
    write_manifest(project, book.name, outcomes, library.digest("everything"), made_with, folder=folder)
    for place in (annex_of(run).place for run in runs):
        pages = pages_of(place)
        out.print(tr("{file} {pages} หน้า", file=place.relative_to(project.root), pages=pages), highlight=False)
        if pages > PAGES:
            remedy = tr("วิธีแก้: ลดเซลล์ในสมุดบันทึก หรือย้ายตารางยาวไปไว้ในรายงานฉบับเต็ม")
            err.print(
                tr("คำเตือน: เอกสารแนบวาระยาวเกิน {most} หน้า · {remedy}", most=PAGES, remedy=remedy), highlight=False
            )


def _annex_of(project: Project, book: Book, store: RunStore) -> BookOf:
    from itabook.publish.pdfs import annex

    day = today()
    return lambda run: annex(project, book, run, store.notebook(run), day)
