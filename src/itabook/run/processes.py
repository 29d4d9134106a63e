"""Many tasks at once, each in a process of its own; whatever happens, no process is left behind."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Ended(Generic[T, R]):
    """A task that came to an end.

    Attributes:
        result: what the work returned; None where its process died without a word.
        seconds: how long the last attempt took.
        attempts: how often it was started.
    """

    task: T
    result: R | None
    seconds: float
    attempts: int


@dataclass
class _Active(Generic[T]):
    """A task that is under way."""

    task: T
    process: BaseProcess
    pipe: Connection
    attempt: int
    started: float = field(default_factory=time.perf_counter)


def in_processes(
    tasks: Sequence[T],
    work: Callable[[T], R],
    *,
    jobs: int,
    fork: bool,
    attempts: int = 1,
    stops: Callable[[R | None], bool] = lambda _: False,
) -> Iterator[Ended[T, R]]:
    """Do `work` on tasks, `jobs` at a time, and yield each as it ends.

    A task whose process dies is started again up to `attempts` times. After a result at which `stops` no new task is
    started; those under way are finished. When the caller stops, or Ctrl-C is pressed, those under way are ended in
    order. Processes are forked from this one, or spawned where that is not safe.
    """
    waiting = [(task, 1) for task in reversed(tasks)]
    active: dict[Connection, _Active[T]] = {}
    ended: list[Ended[T, R]] = []

    def fill() -> None:
        while waiting and len(active) < jobs:
            one = _start(*waiting.pop(), work, fork=fork)
            active[one.pipe] = one

    with _all_ended(active):
        fill()
        while active:
            for pipe in wait(list(active)):
                one = active.pop(pipe)  # type: ignore[call-overload]
                result: R | None = _result(one)
                if result is None and one.attempt < attempts:
                    waiting.append((one.task, one.attempt + 1))
                    continue
                if stops(result):
                    waiting.clear()
                ended.append(Ended(one.task, result, time.perf_counter() - one.started, one.attempt))
            fill()  # before the caller looks at what ended, so that no core is idle meanwhile
            while ended:
                yield ended.pop(0)


def _start(task: T, attempt: int, work: Callable[[T], R], *, fork: bool) -> _Active[T]:
    context: ForkContext | SpawnContext = get_context("fork") if fork else get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work_and_tell, args=(theirs, work, task))
    process.start()
    theirs.close()
    return _Active(task, process, ours, attempt)


def _work_and_tell(pipe: Connection, work: Callable[[T], R], task: T) -> None:
    """Work in a child process; SIGTERM ends it in order, its own children and temporary files with it."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its children
    pipe.send(work(task))
    pipe.close()


def _end(*_: object) -> NoReturn:
    raise SystemExit(1)


def _result(one: _Active[T]) -> R | None:
    """What the process told; None where it died without a word."""
    try:
        result: R | None = one.pipe.recv()
    except EOFError:
        result = None
    one.pipe.close()
    one.process.join()
    one.process.close()
    return result


@contextmanager
def _all_ended(active: dict[Connection, _Active[T]]) -> Iterator[None]:
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
