"""Many short books at once, each in a process of its own, forked from this one where that is safe."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NoReturn

import nbformat
from nbformat.v4 import new_notebook

from itabook.publish.builtin import typst_has_run
from itabook.publish.errors import PublishError
from itabook.publish.single import ShortBook, make_pdf
from itabook.run.engine import fork_is_safe

_DIED = (
    "กระบวนการจัดหน้าหยุดทำงานโดยไม่บอกสาเหตุ อาจเพราะหน่วยความจำไม่พอ · "
    "วิธีแก้: ลดจำนวนงานพร้อมกัน (--jobs 1) แล้วสั่งอีกครั้ง งานที่เสร็จแล้วไม่ต้องทำซ้ำ"
)


@dataclass(frozen=True, slots=True)
class Made:
    """A book that was tried: how long it took, and why it failed (empty where it did not)."""

    book: ShortBook
    seconds: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class _Active:
    """A book that is under way."""

    book: ShortBook
    process: BaseProcess
    pipe: Connection
    started: float


def make_all(project: Path, books: Sequence[ShortBook], *, jobs: int, keep_going: bool) -> Iterator[Made]:
    """Make books, `jobs` at a time, and yield each as it ends; the folders of their places are there.

    After a failure no new one is started unless `keep_going`; those under way are finished. When the caller stops, or
    Ctrl-C is pressed, those under way are ended and leave nothing half-written.
    """
    if books:
        nbformat.validate(new_notebook())  # its schema is compiled once, before the forks
    waiting = list(reversed(books))
    active: dict[Connection, _Active] = {}
    with _all_ended(active):
        while waiting or active:
            while waiting and len(active) < jobs:
                one = _start(project, waiting.pop())
                active[one.pipe] = one
            for pipe in wait(list(active)):
                one = active.pop(pipe)  # type: ignore[call-overload]
                made = Made(one.book, time.perf_counter() - one.started, _result(one))
                if made.error and not keep_going:
                    waiting.clear()
                yield made


def _start(project: Path, book: ShortBook) -> _Active:
    context: ForkContext | SpawnContext = (
        get_context("fork") if fork_is_safe() and not typst_has_run() else get_context("spawn")
    )
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_make_and_tell, args=(theirs, project, book))
    process.start()
    theirs.close()
    return _Active(book, process, ours, time.perf_counter())


def _make_and_tell(pipe: Connection, project: Path, book: ShortBook) -> None:
    """Make one book in a child process and tell why it failed; SIGTERM ends it in order."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its children
    os.environ["RAYON_NUM_THREADS"] = "1"  # of Typst: the work is shared out by books, not by threads
    try:
        make_pdf(project, book)
    except PublishError as error:
        pipe.send(str(error))
    except OSError as error:
        pipe.send(f"เขียนหรืออ่านแฟ้มไม่ได้: {error} · วิธีแก้: ตรวจเนื้อที่ดิสก์และสิทธิ์ของโฟลเดอร์ outputs แล้วสั่งอีกครั้ง")
    else:
        pipe.send("")
    pipe.close()


def _end(*_: object) -> NoReturn:
    raise SystemExit(1)


def _result(one: _Active) -> str:
    """What the process told."""
    try:
        error = str(one.pipe.recv())
    except EOFError:
        error = _DIED
    one.pipe.close()
    one.process.join()
    one.process.close()
    return error


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
