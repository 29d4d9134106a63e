"""The executed notebooks of a book, kept between builds, each with what it depended on."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.run.digest import Dependencies, why_stale
from itabook.run.plan import Run

FOLDER = "runs"
INDEX = "index.jsonl"


@dataclass(frozen=True, slots=True)
class Record:
    """One executed notebook: what it depended on, the digest of its file, and how long it took."""

    slug: str
    parts: dict[str, str]
    reads: dict[str, str]
    sha256: str
    seconds: float


class RunStore:
    """The folder `outputs/runs/<book>`: notebooks, and an index to which each finished run adds a line.

    A line is written only after its notebook is in place, so that whatever stops a build, the next one goes on from
    the runs that were finished.
    """

    def __init__(self, project: Project, book: str) -> None:
        self.folder = project.outputs / FOLDER / book
        self._records = self._read()

    def notebook(self, run: Run) -> Path:
        """Where the executed notebook of a run stands."""
        return self.folder / f"{run.slug}.ipynb"

    def failed_notebook(self, run: Run) -> Path:
        """Where the notebook of a failed run stands: beside the good ones, never among them."""
        return self.folder / "failed" / f"{run.slug}.ipynb"

    def why_stale(self, run: Run, library: Library) -> str:
        """Why a run must run, in Thai; empty where its notebook is there, unchanged, and nothing else changed."""
        record = self._records.get(run.slug)
        if record is None:
            return why_stale(run, None, library)
        path = self.notebook(run)
        if not path.is_file() or _digest(path) != record.sha256:
            return "สมุดบันทึกที่สร้างไว้หายไปหรือถูกแก้"
        return why_stale(run, Dependencies(record.parts, record.reads), library)

    def add(self, run: Run, parts: dict[str, str], reads: dict[str, str], seconds: float) -> None:
        """Note that the notebook of a run is in place."""
        record = Record(run.slug, parts, reads, _digest(self.notebook(run)), round(seconds, 3))
        self._records[run.slug] = record
        self.failed_notebook(run).unlink(missing_ok=True)
        line = json.dumps(asdict(record), ensure_ascii=False) + "\n"
        with (self.folder / INDEX).open("a", encoding="utf-8") as index:
            index.write(line)

    def seconds(self, run: Run) -> float | None:
        """How long a run took the last time; None for a new one."""
        record = self._records.get(run.slug)
        return None if record is None else record.seconds

    def tidy(self, runs: tuple[Run, ...]) -> None:
        """Leave one line for each run of the book, and no notebook of a run that is not in it any more."""
        kept = {run.slug for run in runs}
        lines = [json.dumps(asdict(r), ensure_ascii=False) for slug, r in self._records.items() if slug in kept]
        aside = self.folder / f".{INDEX}-{os.getpid()}"
        aside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        aside.replace(self.folder / INDEX)
        for path in self.folder.glob("*.ipynb"):
            if path.stem not in kept:
                path.unlink()

    def _read(self) -> dict[str, Record]:
        path = self.folder / INDEX
        found: dict[str, Record] = {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            try:
                record = Record(**json.loads(line))
            except (ValueError, TypeError):  # a line cut short by a power cut; its run is done again
                continue
            found[record.slug] = record
        return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
