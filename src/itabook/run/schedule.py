"""The runs of a batch on this machine, many at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from itabook.language import tr
from itabook.run.engines import Engine, fork_is_safe
from itabook.run.job import Done, Job, work
from itabook.run.outcome import Failure
from itabook.run.plan import Run
from itabook.run.processes import in_processes

ATTEMPTS = 2
"""How often a run is started whose process dies before it can tell why."""


class Places(Protocol):
    """Where notebooks go."""

    def notebook(self, run: Run) -> Path:
        """Of a good run."""

    def failed_notebook(self, run: Run) -> Path:
        """Of a failed run."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that came to an end, how often it was started, and what it told."""

    run: Run
    done: Done
    attempts: int


def execute_all(
    runs: Sequence[Run], places: Places, root: Path, *, engine: Engine, jobs: int, keep_going: bool
) -> Iterator[Ended]:
    """Execute runs, `jobs` at a time, and yield each as it ends.

    After a failure no new run is started unless `keep_going`; those under way are finished. When the caller stops, or
    Ctrl-C is pressed, those under way are ended and leave nothing half-written.
    """
    tasks = [Job(run, places.notebook(run), places.failed_notebook(run), root, engine) for run in runs]

    def stops(done: Done | None) -> bool:
        return not keep_going and (done is None or done.failure is not None)

    for one in in_processes(tasks, work, jobs=jobs, fork=fork_is_safe(), attempts=ATTEMPTS, stops=stops):
        yield Ended(one.task.run, one.result or _died(one.task.run, one.seconds), one.attempts)


def _died(run: Run, seconds: float) -> Done:
    said = tr("กระบวนการของสมุดบันทึกหยุดทำงานโดยไม่บอกสาเหตุ อาจเพราะหน่วยความจำไม่พอ")
    remedy = tr("วิธีแก้: ลดจำนวนงานพร้อมกัน (--jobs 1) แล้วสั่งอีกครั้ง งานที่เสร็จแล้วไม่ต้องทำซ้ำ")
    return Done(seconds=seconds, failure=Failure.without_a_cell(run, said, remedy))
