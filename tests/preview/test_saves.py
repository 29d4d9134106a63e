"""What counts as a save."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from itabook.data.project import Project
from itabook.errors import ItabookError
from itabook.preview.saves import Saves, watched
from tests.preview.conftest import PATIENCE


def seen(project: Project, write: Callable[[Path], None], last: Path) -> list[str]:
    """What is seen of some writing, up to a file that is written at the end of it."""

    async def see() -> list[str]:
        found: list[str] = []
        async with asyncio.timeout(PATIENCE), watched(project) as saves:
            await asyncio.sleep(0)  # the watchers begin
            write(project.root)
            while last not in [project.root / name for name in found]:
                found += [path.relative_to(project.root).as_posix() for path in await saves.take()]
        return found

    return asyncio.run(see())


def test_files_that_are_written_together_are_one_save(project: Project) -> None:
    names = ["data/raw/bgo/2564/scores.csv", "notebooks/agency_year.ipynb", "params/books/annual.yml"]

    def write(root: Path) -> None:
        for name in names:
            (root / name).write_text("x", encoding="utf-8")

    async def first() -> tuple[Path, ...]:
        async with asyncio.timeout(PATIENCE), watched(project) as saves:
            await asyncio.sleep(0)
            write(project.root)
            return await saves.take()

    assert asyncio.run(first()) == tuple(project.root / name for name in names)


def test_what_is_made_and_what_editors_keep_is_no_save(project: Project) -> None:
    def write(root: Path) -> None:
        kept = ["notebooks/.ipynb_checkpoints/x.ipynb", "notebooks/.~x.ipynb", "data/raw/bgo/~$ita.xlsx", "assets/x~"]
        for name in (
            "outputs/book/x.html",
            "data/processed/x.parquet",
            "notes.txt",
            *kept,
            "index.qmd",
            "assets/z.css",
        ):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("x", encoding="utf-8")

    found = set(seen(project, write, project.root / "assets/z.css"))

    assert found - {"index.qmd", "notebooks/.ipynb_checkpoints"} == {"assets/z.css"}


def test_a_file_that_an_editor_puts_in_the_place_of_another_is_seen_each_time(project: Project) -> None:
    for _ in range(2):

        def replace(root: Path) -> None:
            (root / "index.tmp").write_text("x", encoding="utf-8")
            (root / "index.tmp").replace(root / "index.qmd")

        assert set(seen(project, replace, project.root / "index.qmd")) == {"index.qmd"}


def test_saves_during_a_build_are_one_build_after_it() -> None:
    async def build_while_saving() -> tuple[Path, ...]:
        saves = Saves()
        saves.add([Path("a")])
        await saves.take()
        saves.add([Path("c")])  # a build is under way
        saves.add([Path("b"), Path("c")])
        taken = await saves.take()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(saves.take(), 0)
        return taken

    assert asyncio.run(build_while_saving()) == (Path("b"), Path("c"))


def test_a_system_that_tells_of_no_more_saves_ends_the_preview_with_a_reason(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> AsyncIterator[None]:
        raise OSError(28, "No space left on device")
        yield

    monkeypatch.setattr("itabook.preview.saves.awatch", full)

    async def take() -> None:
        async with watched(project) as saves:
            await saves.take()

    with pytest.raises(ItabookError, match=r"No space left on device.*max_user_watches"):
        asyncio.run(take())
