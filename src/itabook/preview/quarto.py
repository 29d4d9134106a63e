"""`quarto preview` on the project; its sources are the executed notebooks."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from itabook.data.project import Project
from itabook.errors import ItabookError
from itabook.language import tr
from itabook.preview.processes import started
from itabook.preview.site import HERE, free_port

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown:
    """Quarto while it shows the book."""

    process: Process

    async def unless_ended(self, work: Coroutine[object, object, T]) -> T:
        """What some work returns. ItabookError where Quarto ends before it; the work is then cancelled."""
        task, ended = asyncio.create_task(work), asyncio.create_task(self.process.wait())
        try:
            await asyncio.wait({task, ended}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
        finally:
            for one in (task, ended):
                one.cancel()
                with suppress(asyncio.CancelledError):
                    await one
        said = tr(
            "quarto preview หยุดทำงาน (สถานะ {status}) · "
            "วิธีแก้: ดูข้อความของ Quarto ด้านบน หรือใช้ตัวจัดหน้าในตัว (--renderer builtin)",
            status=ended.result(),
        )
        raise ItabookError(said)


@asynccontextmanager
async def quarto_preview(quarto: Path, root: Path, port: int, *, browser: bool) -> AsyncIterator[Shown]:
    """`quarto preview` for as long as the context lasts; what it prints goes to the terminal."""
    command = [str(quarto), "preview", "--host", HERE, "--port", str(free_port(port))]
    async with started([*command, *([] if browser else ["--no-browser"])], root) as process:
        yield Shown(process)


class Changed:
    """The executed notebooks that a build makes anew.

    Quarto looks for files that are written; a build puts a whole folder in the place of another, which it does not see.
    """

    def __init__(self, project: Project) -> None:
        self._outputs = project.outputs
        self._before = self._stamps()

    def touch(self) -> None:
        """Have Quarto see them, and the list of chapters where it changed."""
        for path, stamp in self._stamps().items():
            if self._before.get(path) != stamp:
                path.touch()

    def _stamps(self) -> dict[Path, bytes | int]:
        """Notebooks by their time, which is that of their run; the other files by what they hold."""
        listed = [self._outputs / "book.yml", *self._outputs.glob("notebooks/*.qmd")]
        notebooks = {path: path.stat().st_mtime_ns for path in self._outputs.glob("notebooks/*.ipynb")}
        return {**notebooks, **{path: path.read_bytes() for path in listed if path.is_file()}}
