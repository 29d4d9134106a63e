"""Many runs at once, each in a process of its own, forked from this one where that is safe."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from itabook.run.engine import fork_is_safe
from itabook.run.execute import Engine
from itabook.run.job import Done, Job, work_and_tell
from itabook.run.outcome import Failure
from itabook.run.plan import Run

ATTEMPTS = 2
"""How often a run is started whose process dies before it can tell why."""


class Places(Protocol):
    """Where notebooks go."""

    def notebook(self, run: Run) -> Path:
        """Of a good run."""

    def failed_notebook(self, run: Run) -> Path:
        """Of a failed run."""


@dataclass
class _Active:
    """A run that is under way."""

    run: Run
    process: BaseProcess
    pipe: Connection
    attempts: int
    started: float = field(default_factory=time.perf_counter)


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that came to an end, how often it was started, and what it told."""

    run: Run
    done: Done
    attempts: int


def execute_all(
    runs: Sequence[Run],
    places: Places,
    root: Path,
    *,
    engine: Engine,
    jobs: int,
    keep_going: bool,
    started: Callable[[Run], None] = lambda _: None,
) -> Iterator[Ended]:
    """Execute runs, `jobs` at a time, and yield each as it ends.

    After a failure no new run is started unless `keep_going`; those under way are finished. When the caller stops, or
    Ctrl-C is pressed, those under way are ended and leave nothing half-written.
    """
    waiting = [(run, 1) for run in reversed(runs)]
    active: dict[Connection, _Active] = {}
    stop = False
    with _all_ended(active):
        while active or (waiting and not stop):
            while waiting and not stop and len(active) < jobs:
                run, attempt = waiting.pop()
                started(run)
                one = _start(run, attempt, places, root, engine)
                active[one.pipe] = one
            for pipe in wait(list(active)):
                one = active.pop(pipe)  # type: ignore[call-overload]
                done = _result(one)
                if done is None and one.attempts < ATTEMPTS:
                    waiting.append((one.run, one.attempts + 1))
                    continue
                ended = Ended(one.run, done or _died(one), one.attempts)
                stop = stop or (ended.done.failure is not None and not keep_going)
                yield ended


def _start(run: Run, attempt: int, places: Places, root: Path, engine: Engine) -> _Active:
    context: ForkContext | SpawnContext = get_context("fork") if fork_is_safe() else get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    job = Job(run, places.notebook(run), places.failed_notebook(run), root, engine)
    process = context.Process(target=work_and_tell, args=(theirs, job))
    process.start()
    theirs.close()
    return _Active(run, process, ours, attempt)


def _result(one: _Active) -> Done | None:
    """What the process told; None where it died without a word."""
    try:
        done: Done | None = one.pipe.recv()
    except EOFError:
        done = None
    one.pipe.close()
    one.process.join()
    one.process.close()
    return done


def _died(one: _Active) -> Done:
    said = "กระบวนการของสมุดบันทึกหยุดทำงานโดยไม่บอกสาเหตุ อาจเพราะหน่วยความจำไม่พอ"
    remedy = "วิธีแก้: ลดจำนวนงานพร้อมกัน (--jobs 1) แล้วสั่งอีกครั้ง งานที่เสร็จแล้วไม่ต้องทำซ้ำ"
    failure = Failure(None, "", said, "", f"สมุดบันทึก {one.run.notebook.name} ({one.run.slug}) {said}\n{remedy}")
    return Done(seconds=time.perf_counter() - one.started, failure=failure)


@contextmanager
def _all_ended(active: dict[Connection, _Active]) -> Iterator[None]:
    """Whatever happens, no process is left behind."""
    try:
        yield
    finally:
        for one in active.values():
            one.process.terminate()
        for one in active.values():
            one.process.join(timeout=5)
            if one.process.is_alive():
                one.process.kill()
                one.process.join()
            one.process.close()
            one.pipe.close()
