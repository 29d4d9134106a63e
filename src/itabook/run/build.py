"""Run a whole book: all chapters or nothing, in parallel, and the list of chapters for the publisher."""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path

import nbformat
import yaml

from itabook.data.project import Project, replace_folder
from itabook.report.words import Words
from itabook.run.book import Book
from itabook.run.execute import execute
from itabook.run.finish import finish
from itabook.run.plan import Run

NOTEBOOKS = "notebooks"
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip


def run_book(project: Project, book: Book, runs: Sequence[Run], progress: Callable[[Run], None]) -> Path:
    """Execute all runs, then replace outputs/notebooks and write outputs/book.yml; returns that file.

    RunError of the first run that fails leaves what was there before. `progress` is called for each run done.
    """
    project.outputs.mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".notebooks-", dir=project.outputs))
    try:
        _execute_all(runs, aside, project.root, progress)
        for run in runs:
            path = aside / f"{run.slug}.ipynb"
            path.write_text(nbformat.writes(finish(nbformat.reads(path.read_text("utf-8"), 4), run)), "utf-8")
        replace_folder(aside, project.outputs / NOTEBOOKS)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return _write_chapters(project, book, runs)


def _execute_all(runs: Sequence[Run], folder: Path, root: Path, progress: Callable[[Run], None]) -> None:
    workers = min(os.cpu_count() or 1, len(runs))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(execute, run, folder / f"{run.slug}.ipynb", root) for run in runs]
        try:
            for run, future in zip(runs, futures, strict=True):
                future.result()
                progress(run)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _write_chapters(project: Project, book: Book, runs: Sequence[Run]) -> Path:
    words = Words(book.digits)
    chapters: list[object] = ["index.qmd"]
    part: dict[str, object] = {}
    for run in runs:
        file = f"{project.outputs.name}/{NOTEBOOKS}/{run.slug}.ipynb"
        if not run.part:
            chapters.append(file)
            part = {}
        elif part.get("part") == run.part and isinstance(part["chapters"], list):
            part["chapters"].append(file)
        else:
            part = {"part": run.part, "chapters": [file]}
            chapters.append(part)
    content = {
        "book": {
            "title": words.text(book.title),
            "subtitle": words.text(book.subtitle),
            "author": book.organisation,
            "output-file": "itabook",
            "chapters": chapters,
        },
        "itabook": {"digits": book.digits, "date": words.text(thai_date(_today()))},
    }
    path = project.outputs / "book.yml"
    aside = path.with_suffix(".tmp")
    aside.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    aside.replace(path)
    return path


def _today() -> date:
    """Today, or the day that SOURCE_DATE_EPOCH names, so that a book can be built again as it was."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now().astimezone().date()


def thai_date(day: date) -> str:
    """A date in full in Thai, with the year of the Buddhist era.

    >>> thai_date(date(2026, 11, 21))
    '21 พฤศจิกายน พ.ศ. 2569'
    """
    return f"{day.day} {MONTHS[day.month - 1]} พ.ศ. {day.year + 543}"
