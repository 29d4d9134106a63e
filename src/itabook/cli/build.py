"""`itabook build`: run what is stale of a book, then publish it."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.table import Table

from itabook.cli.annex import print_annexes, publish_annexes
from itabook.cli.console import err, faults_as_messages, out, plain, tell, tell_failures
from itabook.cli.options import CORES, DryRun, EngineName, EngineOption, Force, Jobs, KeepGoing, engine_of
from itabook.cli.pdfs import KEPT
from itabook.cli.progress import progress
from itabook.cli.unread import warn
from itabook.data.library import Library
from itabook.data.project import Project, find_project
from itabook.data.store import current_tables
from itabook.errors import ItabookError
from itabook.language import tr
from itabook.run.book import Book, load_book
from itabook.run.build import Options, Step, steps
from itabook.run.build import build as run_steps
from itabook.run.chapters import place_chapters
from itabook.run.choose import choose, set_parameters
from itabook.run.manifest import write_manifest
from itabook.run.outcome import Outcome
from itabook.run.plan import Run, plan, require_beside
from itabook.run.store import RunStore
from itabook.run.summary import counts, write_report


class Renderer(StrEnum):
    """Who makes the book."""

    auto = "auto"
    quarto = "quarto"
    builtin = "builtin"


class To(StrEnum):
    """What is made."""

    book = "book"
    html = "html"
    pdf = "pdf"
    notebooks = "notebooks"


def build(  # noqa: PLR0917 - one argument an option
    book: Annotated[str, typer.Argument(metavar=tr("หนังสือ"), help=tr("ชื่อหนังสือใน params/books"))] = "annual",
    renderer: Annotated[Renderer, typer.Option(help=tr("โปรแกรมจัดหน้า"))] = Renderer.auto,
    to: Annotated[
        To,
        typer.Option(help=tr("book คือทุกรูปแบบของหนังสือ notebooks คือสั่งสมุดบันทึกแล้วไม่จัดหน้า (สั่ง quarto render ต่อได้)")),
    ] = To.book,
    jobs: Jobs = CORES,
    engine: EngineOption = EngineName.auto,
    keep_going: KeepGoing = False,
    dry_run: DryRun = False,
    force: Force = False,
    scheduler: Annotated[
        str, typer.Option(metavar="tcp://HOST:PORT", help=tr("ให้คลัสเตอร์ Dask ทำสมุดบันทึก พร้อมกันเท่าจำนวนเธรดของทุกเครื่อง"))
    ] = "",
    agency: Annotated[str, typer.Option(help=tr("ทำเฉพาะหน่วยงานนี้ (ชื่อโฟลเดอร์ใน data/raw) เช่น bgo"))] = "",
    year: Annotated[int | None, typer.Option(help=tr("ทำเฉพาะปีงบประมาณนี้ (พ.ศ.) เช่น 2564"))] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar=tr("ชื่อ=ค่า"), help=tr("ค่าของพารามิเตอร์ในสมุดบันทึก เช่น agenda=4.2 ใส่ได้หลายครั้ง")),
    ] = None,
) -> None:
    """Run what is stale of a book, then publish it, or make the PDFs of an annex."""
    with faults_as_messages():
        project = find_project()
        whole = set_parameters(project, load_book(project, book), given or ())
        if whole.layout == "annex" and renderer is Renderer.quarto:
            raise ItabookError(tr("หนังสือ {book} จัดหน้าด้วย Quarto ไม่ได้ · วิธีแก้: สั่งโดยไม่ใช้ --renderer quarto", book=book))
        if whole.layout == "annex" and to not in {To.book, To.pdf}:
            said = tr("หนังสือ {book} เป็น PDF เท่านั้น · วิธีแก้: สั่งโดยไม่ใช้ --to {to}", book=book, to=to.value)
            raise ItabookError(said)
        store = RunStore(project, book)
        if dry_run:
            with TemporaryDirectory() as scratch:
                library = Library(project, current_tables(project, Path(scratch) / "tables"))
                chosen = choose(whole, library, agency, year)
                runs = _plan(project, chosen, library, keep_going=keep_going)
                planned = steps(runs, store, library, force=force)
                if chosen.layout == "annex":
                    print_annexes(project, chosen, planned, store, force=force)
                else:
                    _print_steps(planned)
            return
        library = Library(project)
        chosen = choose(whole, library, agency, year)
        runs = _plan(project, chosen, library, keep_going=keep_going)
        options = Options(jobs=jobs, engine=engine_of(engine), keep_going=keep_going, scheduler=scheduler)
        outcomes = _run(project, steps(runs, store, library, force=force), store, options)
        if chosen.layout == "annex":
            publish_annexes(project, chosen, outcomes, store, library, options=options, force=force)
        else:
            _publish(project, chosen, outcomes, store, library, renderer, to)
        if chosen == whole:
            store.tidy(runs)


def _plan(project: Project, book: Book, library: Library, *, keep_going: bool) -> tuple[Run, ...]:
    """The runs of a book; DataError where they need what cannot be read, unless the others are to be made."""
    runs = plan(project, book, library)
    if not keep_going:
        require_beside(runs, library)
    warn(library.unread)
    return runs


def _print_steps(planned: tuple[Step, ...]) -> None:
    table = Table(title=tr("สิ่งที่จะทำ"), title_justify="left")
    table.add_column(tr("รายการ"), no_wrap=True)
    table.add_column(tr("สมุดบันทึก"))
    table.add_column(tr("เหตุผล"), overflow="fold")
    for step in planned:
        table.add_row(*map(plain, (step.run.slug, step.run.notebook.name, step.why or tr(KEPT))))
    out.print(table)
    due = sum(bool(step.why) for step in planned)
    out.print(tr("จะสร้าง {due} รายการจาก {planned} รายการ", due=due, planned=len(planned)), highlight=False)


def _run(project: Project, planned: tuple[Step, ...], store: RunStore, options: Options) -> tuple[Outcome, ...]:
    """Run what is due and write the report; the command fails where a run failed."""
    with progress(err, sum(bool(step.why) for step in planned)) as shown:
        outcomes = run_steps(project, planned, store, options, shown.tell)
    report = write_report(project, outcomes)
    err.print(counts(outcomes), highlight=False)
    if tell_failures(outcomes):
        where = report.relative_to(project.root).with_suffix(".html")
        err.print(
            tr("หนังสือเดิมไม่ถูกแก้ไข รายละเอียดอยู่ใน {where} แก้แล้วสั่งอีกครั้ง รายการที่เสร็จแล้วไม่ต้องทำซ้ำ", where=where),
            highlight=False,
        )
        raise typer.Exit(1)
    return outcomes


def _publish(  # noqa: PLR0917 - what a book is made of
    project: Project,
    book: Book,
    outcomes: tuple[Outcome, ...],
    store: RunStore,
    library: Library,
    renderer: Renderer,
    to: To,
) -> None:
    from itabook.publish.publish import Format, prepare, publish

    runs = tuple(outcome.run for outcome in outcomes)
    place_chapters(project, book, runs, store, library.digest("everything"))
    if to is To.notebooks:
        prepare(project.root)
        return
    formats: dict[To, Sequence[Format]] = {To.book: book.formats, To.html: ["html"], To.pdf: ["pdf"]}
    done = publish(project.root, renderer=renderer.value, formats=formats[to], report=tell)
    made_with = {"name": done.renderer, "version": done.version}
    write_manifest(project, book.name, outcomes, library.digest("everything"), made_with)
    for path in (done.html, done.pdf, done.workbook):
        if path is not None:
            out.print(f"{path.relative_to(project.root)}", highlight=False)
    out.print(tr("จัดหน้าด้วย {renderer} {version}", renderer=done.renderer, version=done.version), highlight=False)
