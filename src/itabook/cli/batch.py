"""`itabook batch`: a short PDF book for each agency of a year; only what is stale is made again."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from itabook.cli.console import err, faults_as_messages, out, tell, tell_failures
from itabook.cli.options import CORES, DryRun, EngineName, EngineOption, Force, Jobs, KeepGoing, engine_of
from itabook.cli.pdfs import BookOf, make_due, print_plan
from itabook.cli.progress import progress
from itabook.cli.unread import warn
from itabook.data.library import Library
from itabook.data.listed import PREFIX
from itabook.data.project import Project, find_project
from itabook.data.store import current_tables
from itabook.data.unread import Unread, faults_in
from itabook.errors import DataError, Fault
from itabook.language import tr
from itabook.run.batch import ALL, batch_name, plan_batch, unread_of
from itabook.run.book import load_book
from itabook.run.build import Options, Step, steps
from itabook.run.build import build as run_steps
from itabook.run.chapters import today
from itabook.run.listed import LISTED, plan_listed
from itabook.run.outcome import Outcome
from itabook.run.plan import Run, require_beside
from itabook.run.store import RunStore
from itabook.run.summary import counts, write_report
from itabook.words import Digits

ANNUAL = "annual"
NAMED = 10
"""So many agencies are named; of more, only how many."""


class To(StrEnum):
    """What is made for each agency."""

    pdf = "pdf"


class DigitsName(StrEnum):
    """Digits of the books."""

    arabic = "arabic"
    thai = "thai"


def batch(  # noqa: PLR0917 - one argument an option
    year: Annotated[int, typer.Option(help=tr("ปีงบประมาณ (พ.ศ.) เช่น 2568"))],
    agencies: Annotated[
        str,
        typer.Option(
            help=tr(
                "all คือทุกหน่วยงานที่มีข้อมูลของปี หรือชื่อโฟลเดอร์คั่นด้วยจุลภาค เช่น bgo,opdc "
                "หรือ listed คือทุกแถวของตารางที่นำเข้าด้วย itabook import peers"
            )
        ),
    ] = ALL,
    province: Annotated[str, typer.Option(help=tr("เฉพาะจังหวัดนี้ ใช้กับ --agencies listed"))] = "",
    kind: Annotated[str, typer.Option("--type", help=tr("เฉพาะประเภทนี้ เช่น sao หรือ อบต. ใช้กับ --agencies listed"))] = "",
    to: Annotated[To, typer.Option(help=tr("รูปแบบของเล่ม"))] = To.pdf,
    jobs: Jobs = CORES,
    engine: EngineOption = EngineName.auto,
    keep_going: KeepGoing = False,
    dry_run: DryRun = False,
    force: Force = False,
    digits: Annotated[DigitsName, typer.Option(help=tr("เลขไทยหรือเลขอารบิก"))] = DigitsName.arabic,
) -> None:
    """Make the short books of a year that are due, one PDF an agency."""
    with faults_as_messages():
        project = find_project()
        store = RunStore(project, batch_name(year))
        asked = _Asked(agencies.strip(), year, digits.value, province.strip(), kind.strip(), keep_going)
        if dry_run:
            with TemporaryDirectory() as scratch:
                library = Library(project, current_tables(project, Path(scratch) / "tables"))
                runs, _ = _plan(project, library, asked)
                planned = steps(runs, store, library, force=force)
                print_plan(project, planned, store, book_of(project, store), force=force)
            return
        library = Library(project)
        runs, lost = _plan(project, library, asked)
        options = Options(jobs=jobs, engine=engine_of(engine), keep_going=keep_going)
        planned = steps(runs, store, library, force=force)
        notebooks, pdfs = _run(project, planned, store, options, force=force)
        if asked.whole and notebooks and not lost:
            store.tidy(runs, lambda slug: slug.startswith(PREFIX) == asked.listed)
        index = _index(project, library, year) if asked.listed else None
        _end(project, notebooks, pdfs, index)
        if lost:
            raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which agencies a batch is asked for."""

    agencies: str
    year: int
    digits: Digits
    province: str
    kind: str
    keep_going: bool

    @property
    def listed(self) -> bool:
        """Whether they are rows of a list."""
        return self.agencies == LISTED

    @property
    def whole(self) -> bool:
        """Whether they are all that there are, of data/raw or of a list."""
        return self.agencies == ALL or (self.listed and not self.province and not self.kind)


def _plan(project: Project, library: Library, asked: _Asked) -> tuple[tuple[Run, ...], tuple[Unread, ...]]:
    """The runs, and what cannot be read of all agencies; DataError for that unless the others are to be made."""
    lost = unread_of(library, asked.year) if asked.agencies == ALL else ()
    if lost and not asked.keep_going:
        raise DataError(faults_in(lost))
    runs = _listed(project, library, asked) if asked.listed else _named(project, library, asked)
    if not asked.keep_going:
        require_beside(runs, library)
    warn(library.unread)
    return runs, lost


def _named(project: Project, library: Library, asked: _Asked) -> tuple[Run, ...]:
    given = {"--province": asked.province, "--type": asked.kind}
    problem, remedy = tr("ใช้ได้กับ --agencies listed เท่านั้น"), tr("เพิ่ม --agencies listed หรือตัดตัวเลือกนี้ออก")
    faults = [Fault(name, problem, remedy, value=value) for name, value in given.items() if value]
    if faults:
        raise DataError(faults)
    return plan_batch(project, library, asked.agencies, asked.year, asked.digits)


def _listed(project: Project, library: Library, asked: _Asked) -> tuple[Run, ...]:
    """The runs of the rows of a list; says which are made in another way, or not at all."""
    made = plan_listed(project, library, asked.year, asked.digits, province=asked.province, kind=asked.kind)
    if made.own:
        said = tr("มีข้อมูลของตนเองใน data/raw จึงใช้ข้อมูลนั้นแทนแถวในตาราง: {listed}", listed=", ".join(made.own))
        err.print(said, highlight=False)
    if made.blank:
        tell(tr("ไม่มีคะแนนในตารางจึงไม่ทำเล่ม {blank:,} แห่ง: {listed}", blank=len(made.blank), listed=_first(made.blank)))
    return made.runs


def _index(project: Project, library: Library, year: int) -> Path:
    from itabook.publish.listed_index import write_listed_index

    return write_listed_index(project, library, year)


def _first(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")


def _run(
    project: Project, planned: Sequence[Step], store: RunStore, options: Options, *, force: bool
) -> tuple[tuple[Outcome, ...], tuple[Outcome, ...]]:
    """Run the notebooks that are due, then make the PDFs of those that are good; returns what became of each."""
    with progress(err, sum(bool(step.why) for step in planned)) as shown:
        notebooks = run_steps(project, planned, store, options, shown.tell)
    err.print(tr("สมุดบันทึก: {counts}", counts=counts(notebooks)), highlight=False)
    good = [outcome.run for outcome in notebooks if outcome.status in ("ran", "skipped")]
    if not good or (len(good) < len(notebooks) and not options.keep_going):
        return notebooks, ()
    return notebooks, make_due(project, good, store, book_of(project, store), options, force=force)


def book_of(project: Project, store: RunStore) -> BookOf:
    """What makes a run of a batch a short book."""
    from itabook.publish.pdfs import short_book

    author, day = _organisation(project), today()
    return lambda run: short_book(project, run, store.notebook(run), author, day)


def _organisation(project: Project) -> str:
    """Who makes the books: as in the annual book; empty without one."""
    return load_book(project, ANNUAL).organisation if (project.books / f"{ANNUAL}.yml").is_file() else ""


def _end(project: Project, notebooks: Sequence[Outcome], pdfs: Sequence[Outcome], index: Path | None = None) -> None:
    """Write the report and say where the PDFs are; the command fails where anything failed."""
    outcomes = (*notebooks, *pdfs)
    report = write_report(project, outcomes)
    failures = tell_failures(outcomes)
    good = [outcome for outcome in pdfs if outcome.status in ("ran", "skipped")]
    if good:
        folder = (project.outputs / "agencies").relative_to(project.root)
        out.print(
            tr(
                "{folder} มี PDF พร้อมใช้ {made} ฉบับ จาก {agencies} หน่วยงาน",
                folder=folder,
                made=len(good),
                agencies=len(notebooks),
            ),
            highlight=False,
        )
    if index is not None:
        place = index.relative_to(project.root)
        out.print(tr("{place} บอกว่า PDF ใดเป็นของหน่วยงานใด", place=place), highlight=False)
    if failures:
        where = report.relative_to(project.root).with_suffix(".html")
        said = tr(
            "ล้มเหลว {failures} รายการ PDF เดิมของหน่วยงานนั้นไม่ถูกแก้ไข รายละเอียดอยู่ใน {where} แก้แล้วสั่งอีกครั้ง "
            "รายการที่เสร็จแล้วไม่ต้องทำซ้ำ",
            failures=failures,
            where=where,
        )
        err.print(said, highlight=False)
        raise typer.Exit(1)
