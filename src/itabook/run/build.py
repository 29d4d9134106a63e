"""Run what is stale of a book, many at once, and say what became of each run."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itabook.data.library import Library, preload
from itabook.data.listed import is_listed
from itabook.data.project import Project
from itabook.errors import ItabookError
from itabook.language import tr
from itabook.run.digest import reads_of, static_parts
from itabook.run.engines import Engine
from itabook.run.outcome import Outcome, Status
from itabook.run.plan import Run
from itabook.run.store import RunStore

if TYPE_CHECKING:
    from itabook.run.schedule import Ended


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch is run.

    Attributes:
        jobs: how many runs at once.
        keep_going: whether runs are started after one has failed.
        engine: "fork" or "kernel".
        scheduler: address of the Dask scheduler whose workers do the runs, as many at once as they have threads;
            empty where this machine does them.
    """

    jobs: int
    engine: Engine
    keep_going: bool = False
    scheduler: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A run and why it must run; empty where it need not."""

    run: Run
    why: str


def steps(runs: Sequence[Run], store: RunStore, library: Library, *, force: bool = False) -> tuple[Step, ...]:
    """What a build would do, without doing it."""
    return tuple(Step(run, store.why_stale(run, library) or (tr("สั่งให้สร้างใหม่") if force else "")) for run in runs)


def build(
    project: Project,
    plan: Sequence[Step],
    store: RunStore,
    options: Options,
    progress: Callable[[Outcome], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    """Do the steps that are due; returns what became of every run, in the order of the plan.

    Each good notebook is put in its place as soon as it is done, so that building again goes on from there.
    `progress` is told each run that was done or failed.
    """
    due = {step.run.slug: step for step in plan if step.why}
    ended: dict[str, Outcome] = {}
    if due:
        store.folder.mkdir(parents=True, exist_ok=True)
        library = preload(project, lists=any(is_listed(step.run.agency) for step in due.values()))
        for one in _execute([step.run for step in due.values()], store, library, options):
            outcome = ended[one.run.slug] = _outcome(one, due[one.run.slug].why)
            if not outcome.failed:
                store.add(one.run, static_parts(one.run), reads_of(one.run, one.done.keys, library))
            progress(outcome)
    return tuple(ended.get(step.run.slug) or _not_run(step) for step in plan)


def _execute(runs: Sequence[Run], store: RunStore, library: Library, options: Options) -> "Iterator[Ended]":
    """Runs as they end, done by this machine or by a cluster."""
    if options.scheduler:
        return _on_cluster(runs, store, library, options)
    if options.engine == "fork":
        from itabook.run.rehearsal import rehearse  # noqa: PLC0415 - it imports what draws

        rehearse()
    from itabook.run.schedule import execute_all  # noqa: PLC0415 - it imports papermill

    root, jobs = library.project.root, options.jobs
    return execute_all(runs, store, root, engine=options.engine, jobs=jobs, keep_going=options.keep_going)


def _on_cluster(runs: Sequence[Run], store: RunStore, library: Library, options: Options) -> "Iterator[Ended]":
    try:
        from itabook.run import cluster  # noqa: PLC0415 - Dask is an extra, and slow to import
    except ModuleNotFoundError as error:
        remedy = tr('วิธีแก้: สั่ง pip install "itabook[cluster]" หรือสั่งโดยไม่ใช้ --scheduler')
        raise ItabookError(
            tr("ใช้ --scheduler ไม่ได้เพราะยังไม่ได้ติดตั้ง {name} · {remedy}", name=error.name, remedy=remedy)
        ) from error
    address, going = options.scheduler, options.keep_going
    return cluster.execute_all(runs, store, library, address, engine=options.engine, keep_going=going)


def _outcome(one: "Ended", why: str) -> Outcome:
    failure = one.done.failure
    status: Status = "ran"
    if failure is not None:
        status = "failed before running" if failure.cell is None else "failed in a cell"
    return Outcome(one.run, status, why, round(one.done.seconds, 3), one.attempts, failure)


def _not_run(step: Step) -> Outcome:
    return Outcome(step.run, "not started" if step.why else "skipped", step.why)
