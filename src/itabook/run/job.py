"""One run from start to end, in a process of its own: execute, finish, put in place."""

import json
import os
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat

from itabook.data import reads
from itabook.run.digest import static_parts
from itabook.run.engines import Engine
from itabook.run.execute import RunError, execute
from itabook.run.outcome import Failure
from itabook.run.plan import Run

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Job:
    """A run, where its notebook goes, where it goes if it fails, in which project, and what runs its cells."""

    run: Run
    place: Path
    failed: Path
    root: Path
    engine: Engine


@dataclass(frozen=True, slots=True)
class Done:
    """What a finished job tells: what its cells read, or where they failed, and whether it may be tried again."""

    keys: tuple[str, ...] = ()
    seconds: float = 0.0
    failure: Failure | None = None


def work(job: Job) -> Done:
    """Execute a run and put its notebook in place."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix=".job-", dir=job.place.parent) as folder:
        aside, notes = Path(folder) / job.place.name, Path(folder) / "reads"
        os.environ[reads.VARIABLE] = str(notes)
        if job.engine == "fork":
            reads.start(job.root)
        try:
            execute(job.run, aside, job.root, job.engine)
        except RunError as error:
            failure = _failure(error, aside)
            if aside.is_file():
                job.failed.parent.mkdir(exist_ok=True)
                aside.replace(job.failed)
            return Done(seconds=time.perf_counter() - start, failure=failure)
        own = f"file:{job.run.notebook.relative_to(job.root).as_posix()}"  # papermill reads it; its cells count alone
        keys = tuple(key for key in reads.read_notes(notes) if key != own)
        _finish(job.run, aside, keys)
        aside.replace(job.place)
    return Done(keys, time.perf_counter() - start)


def _finish(run: Run, path: Path, keys: tuple[str, ...]) -> None:
    from itabook.run.finish import finish  # noqa: PLC0415 - it knows what draws; a build with nothing to do does not

    notebook = finish(nbformat.reads(path.read_text("utf-8"), 4), run)
    notebook.metadata["itabook"] = {"depends": static_parts(run), "reads": list(keys)}
    path.write_text(nbformat.writes(notebook), "utf-8")


def _failure(error: RunError, path: Path) -> Failure:
    return Failure(error.cell, error.source, error.error, _traceback(path), str(error))


def _traceback(path: Path) -> str:
    """The traceback in the failed notebook, without colours; empty where no cell left one."""
    cells = json.loads(path.read_text("utf-8"))["cells"] if path.is_file() else []
    outputs = [output for cell in cells for output in cell.get("outputs", []) if output["output_type"] == "error"]
    return _COLOURS.sub("", "\n".join(outputs[-1]["traceback"])) if outputs else ""
