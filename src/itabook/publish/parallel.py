"""Many short books at once, each in a process of its own, forked from this one where that is safe."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from itabook import line_breaks
from itabook.language import later, tr
from itabook.publish.builtin import typst_has_run
from itabook.publish.errors import PublishError
from itabook.publish.single import ShortBook, make_pdf
from itabook.run.engines import fork_is_safe
from itabook.run.processes import in_processes

_DIED = later(
    "กระบวนการจัดหน้าหยุดทำงานโดยไม่บอกสาเหตุ อาจเพราะหน่วยความจำไม่พอ · วิธีแก้: ลดจำนวนงานพร้อมกัน (--jobs 1) "
    "แล้วสั่งอีกครั้ง งานที่เสร็จแล้วไม่ต้องทำซ้ำ"
)


@dataclass(frozen=True, slots=True)
class Made:
    """A book that was tried: how long it took, and why it failed (empty where it did not)."""

    book: ShortBook
    seconds: float
    error: str = ""


def make_all(project: Path, books: Sequence[ShortBook], *, jobs: int, keep_going: bool) -> Iterator[Made]:
    """Make books, `jobs` at a time, and yield each as it ends; the folders of their places are there.

    After a failure no new one is started unless `keep_going`; those under way are finished. When the caller stops, or
    Ctrl-C is pressed, those under way are ended and leave nothing half-written.
    """
    if books:
        _import_ahead()
        line_breaks.warm()
    fork = fork_is_safe() and not typst_has_run()

    def stops(error: str | None) -> bool:
        return not keep_going and error != ""

    for one in in_processes(books, partial(_make, project), jobs=jobs, fork=fork, stops=stops):
        yield Made(one.task, one.seconds, tr(_DIED) if one.result is None else one.result)


def _import_ahead() -> None:
    """What the forks share: the reader of notebooks, and the schema of nbformat, which is compiled on first use."""
    import nbformat  # noqa: PLC0415
    from nbformat.v4 import new_notebook  # noqa: PLC0415

    import itabook.publish.notebook  # noqa: F401, PLC0415

    nbformat.validate(new_notebook())


def _make(project: Path, book: ShortBook) -> str:
    """Make one book; returns why it failed, nothing where it did not."""
    os.environ["RAYON_NUM_THREADS"] = "1"  # of Typst: the work is shared out by books, not by threads
    try:
        make_pdf(project, book)
    except PublishError as error:
        return str(error)
    except OSError as error:
        return tr("เขียนหรืออ่านแฟ้มไม่ได้: {error} · วิธีแก้: ตรวจเนื้อที่ดิสก์และสิทธิ์ของโฟลเดอร์ outputs แล้วสั่งอีกครั้ง", error=error)
    return ""
