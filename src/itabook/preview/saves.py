"""What is saved in the sources of a book."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from itabook.data.project import Project
from itabook.errors import ItabookError
from itabook.language import tr

FOLDERS = ("data/raw", "params", "notebooks", "assets")
FILES = ("index.qmd", "_quarto.yml", "_language.yml")
QUIET = 150
"""Milliseconds without another save that end one: what an editor or a copy writes together is one save."""


class Sources(DefaultFilter):
    """All files but those that editors keep beside what they edit."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, ".ipynb_checkpoints")
    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"^\.~", r"^~\$", r"^4913$")


class RootFiles(Sources):
    """The sources that lie in the root of the project."""

    def __call__(self, change: Change, path: str) -> bool:
        """Whether a file is one of them."""
        return Path(path).name in FILES and super().__call__(change, path)


class Saves:
    """Files that were saved since the last build began."""

    def __init__(self) -> None:
        self._files: set[Path] = set()
        self._any = asyncio.Event()
        self._fault = ""

    def stop(self, fault: str) -> None:
        """Note that no save is seen any more, and why."""
        self._fault = fault
        self._any.set()

    def add(self, files: Iterable[Path]) -> None:
        """Note that files were saved."""
        self._files.update(files)
        self._any.set()

    async def take(self) -> tuple[Path, ...]:
        """All files that were saved since this was asked last, in order; waits until there is one.

        ItabookError where the system tells of no more saves.
        """
        await self._any.wait()
        if self._fault:
            said = tr(
                "ระบบไม่บอกการบันทึกแฟ้มอีก ({why}) · วิธีแก้: สั่งใหม่อีกครั้ง หรือสั่ง itabook build เมื่อแก้เสร็จ "
                "(บน Linux อาจต้องเพิ่ม fs.inotify.max_user_watches)",
                why=self._fault,
            )
            raise ItabookError(said)
        files = tuple(sorted(self._files))
        self._files.clear()
        self._any.clear()
        return files


@asynccontextmanager
async def watched(project: Project) -> AsyncIterator[Saves]:
    """The saves in a project for as long as the context lasts."""
    saves = Saves()
    folders = [project.root / name for name in FOLDERS if (project.root / name).is_dir()]
    tasks = [
        asyncio.create_task(_watch(saves, folders, Sources(), recursive=True)),
        asyncio.create_task(_watch(saves, [project.root], RootFiles(), recursive=False)),
    ]
    try:
        yield saves
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _watch(saves: Saves, places: list[Path], chosen: Callable[[Change, str], bool], *, recursive: bool) -> None:
    try:
        async for changes in awatch(*places, watch_filter=chosen, step=QUIET, recursive=recursive):
            saves.add(Path(name) for _, name in changes)
    except (OSError, RuntimeError) as error:  # too many watches, a folder that is gone
        saves.stop(str(error))
