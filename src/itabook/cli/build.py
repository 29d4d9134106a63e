"""`itabook build`: run what is stale of a book, then publish it."""

from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.table import Table

from itabook.cli.console import err, faults_as_messages, out
from itabook.cli.options import CORES, DryRun, EngineName, EngineOption, Force, Jobs, KeepGoing, engine_of
from itabook.cli.progress import progress
from itabook.data.library import Library
from itabook.data.project import Project, find_project
from itabook.data.store import current_tables
from itabook.run.book import Book, load_book
from itabook.run.build import Options, Step, steps
from itabook.run.build import build as run_steps
from itabook.run.chapters import place_chapters
from itabook.run.manifest import write_manifest
from itabook.run.outcome import Outcome
from itabook.run.plan import plan
from itabook.run.store import RunStore
from itabook.run.summary import counts, write_report


class Renderer(StrEnum):
    """Who makes the book."""

    auto = "auto"
    quarto = "quarto"
    builtin = "builtin"


def build(  # noqa: PLR0917 - one argument an option
    book: Annotated[str, typer.Argument(help="ชื่อหนังสือใน params/books")] = "annual",
    renderer: Annotated[Renderer, typer.Option(help="โปรแกรมจัดหน้า")] = Renderer.auto,
    jobs: Jobs = CORES,
    engine: EngineOption = EngineName.auto,
    keep_going: KeepGoing = False,
    dry_run: DryRun = False,
    force: Force = False,
    scheduler: Annotated[
        str, typer.Option(metavar="tcp://HOST:PORT", help="ให้คลัสเตอร์ Dask ทำสมุดบันทึก พร้อมกันเท่าจำนวนเธรดของทุกเครื่อง")
    ] = "",
) -> None:
    """สร้างหนังสือ: สั่งสมุดบันทึกที่ต้องสร้างใหม่ผ่าน papermill แล้วจัดหน้าเป็น HTML และ PDF ใน outputs/book"""
    with faults_as_messages():
        project = find_project()
        chosen = load_book(project, book)
        store = RunStore(project, book)
        if dry_run:
            with TemporaryDirectory() as scratch:
                library = Library(project, current_tables(project, Path(scratch) / "tables"))
                _print_steps(steps(plan(project, chosen, library), store, library, force=force))
            return
        library = Library(project)
        planned = steps(plan(project, chosen, library), store, library, force=force)
        options = Options(jobs=jobs, engine=engine_of(engine), keep_going=keep_going, scheduler=scheduler)
        outcomes = _run(project, planned, store, options)
        _publish(project, chosen, outcomes, store, library, renderer)


def _print_steps(planned: tuple[Step, ...]) -> None:
    table = Table(title="สิ่งที่จะทำ", title_justify="left")
    table.add_column("รายการ", no_wrap=True)
    table.add_column("สมุดบันทึก")
    table.add_column("เหตุผล", overflow="fold")
    for step in planned:
        table.add_row(step.run.slug, step.run.notebook.name, step.why.replace("[", "\\[") or "ไม่มีอะไรเปลี่ยน ใช้ของเดิม")
    out.print(table)
    due = sum(bool(step.why) for step in planned)
    out.print(f"จะสร้าง {due} รายการจาก {len(planned)} รายการ", highlight=False)


def _run(project: Project, planned: tuple[Step, ...], store: RunStore, options: Options) -> tuple[Outcome, ...]:
    """Run what is due and write the report; the command fails where a run failed."""
    with progress(err, sum(bool(step.why) for step in planned)) as shown:
        outcomes = run_steps(project, planned, store, options, shown.tell)
    report = write_report(project, outcomes)
    err.print(counts(outcomes), highlight=False)
    failures = [outcome.failure.message for outcome in outcomes if outcome.failure is not None]
    for message in failures:
        err.print(message, markup=False, highlight=False)
    if failures:
        where = report.relative_to(project.root).with_suffix(".html")
        err.print(f"หนังสือเดิมไม่ถูกแก้ไข รายละเอียดอยู่ใน {where} แก้แล้วสั่งอีกครั้ง รายการที่เสร็จแล้วไม่ต้องทำซ้ำ", highlight=False)
        raise typer.Exit(1)
    return outcomes


def _publish(  # noqa: PLR0917 - what a book is made of
    project: Project, book: Book, outcomes: tuple[Outcome, ...], store: RunStore, library: Library, renderer: Renderer
) -> None:
    from itabook.publish import publish

    runs = tuple(outcome.run for outcome in outcomes)
    place_chapters(project, book, runs, store, library.digest("everything"))
    store.tidy(runs)
    done = publish(project.root, renderer=renderer.value, formats=book.formats, report=err.print)
    made_with = {"name": done.renderer, "version": done.version}
    write_manifest(project, book.name, outcomes, library.digest("everything"), made_with)
    for path in (done.html, done.pdf):
        if path is not None:
            out.print(f"{path.relative_to(project.root)}", highlight=False)
    out.print(f"จัดหน้าด้วย {done.renderer} {done.version}", highlight=False)
