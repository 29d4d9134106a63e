"""The executed notebooks of a book, kept between builds, each with what it depended on."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.language import tr
from itabook.run.digest import why_stale
from itabook.run.index import NEVER, Record, add_to_index, read_index, write_index
from itabook.run.plan import Run

FOLDER = "runs"
INDEX = "index.jsonl"


class RunStore:
    """The folder `outputs/runs/<book>`: notebooks, and an index to which each finished run adds a line.

    A line is written only after its notebook is in place, so that whatever stops a build, the next one goes on from
    the runs that were finished.
    """

    def __init__(self, project: Project, book: str) -> None:
        self.folder = project.outputs / FOLDER / book
        self._records = read_index(self.folder / INDEX)

    def notebook(self, run: Run) -> Path:
        """Where the executed notebook of a run stands."""
        return self.folder / f"{run.slug}.ipynb"

    def failed_notebook(self, run: Run) -> Path:
        """Where the notebook of a failed run stands: beside the good ones, never among them."""
        return self.folder / "failed" / f"{run.slug}.ipynb"

    def why_stale(self, run: Run, library: Library) -> str:
        """Why a run must run; empty where its notebook is there, unchanged, and nothing else changed."""
        record = self._records.get(run.slug)
        if record is None:
            return tr(NEVER)
        path = self.notebook(run)
        if not path.is_file() or _digest(path) != record.sha256:
            return tr("สมุดบันทึกที่สร้างไว้หายไปหรือถูกแก้")
        return why_stale(run, record, library)

    def add(self, run: Run, parts: dict[str, str], reads: dict[str, str]) -> None:
        """Note that the notebook of a run is in place."""
        record = self._records[run.slug] = Record(run.slug, parts, _digest(self.notebook(run)), reads)
        self.failed_notebook(run).unlink(missing_ok=True)
        add_to_index(self.folder / INDEX, record)

    def tidy(self, runs: tuple[Run, ...], of: Callable[[str], bool] = lambda _: True) -> None:
        """Leave one line for each run of the book, and no notebook of a run that is not in it any more.

        What has a slug that is not `of` the book stays as it is.
        """
        kept = {run.slug for run in runs}
        write_index(
            self.folder / INDEX, (record for slug, record in self._records.items() if slug in kept or not of(slug))
        )
        for path in self.folder.glob("*.ipynb"):
            if path.stem not in kept and of(path.stem):
                path.unlink()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
