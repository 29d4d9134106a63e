"""Short PDF books on the command line: which would be made and why, and making them, for batches and annexes."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from itabook.cli.console import err, out, plain
from itabook.cli.progress import progress
from itabook.data.listed import is_listed
from itabook.data.project import Project
from itabook.language import later, tr
from itabook.run.build import Options, Step
from itabook.run.outcome import Outcome
from itabook.run.plan import Run
from itabook.run.store import RunStore
from itabook.run.summary import counts

if TYPE_CHECKING:
    from itabook.publish.single import ShortBook

BookOf = Callable[[Run], "ShortBook"]
"""The book to make of a run."""
KEPT = later("ไม่มีอะไรเปลี่ยน ใช้ของเดิม")


def print_plan(
    project: Project,
    planned: Sequence[Step],
    store: RunStore,
    book_of: BookOf,
    *,
    force: bool,
) -> None:
    """One line an agency; a PDF whose notebook is to be made again is made again too."""
    from itabook.publish.pdfs import PdfIndex, pdf_steps

    kept = [step.run for step in planned if not step.why]
    pdfs = pdf_steps(kept, book_of, PdfIndex(project, store), force=force)
    whys = {step.run.slug: step.why for step in pdfs}
    table = Table(title=tr("สิ่งที่จะทำ"), title_justify="left")
    table.add_column(tr("รายการ"), no_wrap=True)
    table.add_column(tr("สมุดบันทึก"), overflow="fold")
    table.add_column("PDF", overflow="fold")
    for step in planned:
        pdf = whys.get(step.run.slug, tr("สมุดบันทึกจะสร้างใหม่"))
        table.add_row(*map(plain, (_called(step.run), step.why or tr(KEPT), pdf or tr(KEPT))))
    out.print(table)
    due, made = sum(bool(step.why) for step in planned), len(planned) - sum(not why for why in whys.values())
    out.print(
        tr(
            "จะสร้างสมุดบันทึก {due} รายการ และ PDF {made} ฉบับ จาก {planned} หน่วยงาน",
            due=due,
            made=made,
            planned=len(planned),
        ),
        highlight=False,
    )


def _called(run: Run) -> str:
    """A run by its name, and the agency where that tells nothing."""
    return f"{run.slug} {run.part}" if is_listed(run.agency) else run.slug


def make_due(
    project: Project, runs: Sequence[Run], store: RunStore, book_of: BookOf, options: Options, *, force: bool
) -> tuple[Outcome, ...]:
    """Make the PDFs of runs that are due; returns what became of each, in the order of the runs."""
    from itabook.publish.pdfs import PdfIndex, make_pdfs, pdf_steps

    index = PdfIndex(project, store)
    due = pdf_steps(runs, book_of, index, force=force)
    with progress(err, sum(bool(step.why) for step in due)) as shown:
        pdfs = make_pdfs(project, due, index, jobs=options.jobs, keep_going=options.keep_going, progress=shown.tell)
    err.print(f"PDF: {counts(pdfs)}", highlight=False)
    return pdfs
