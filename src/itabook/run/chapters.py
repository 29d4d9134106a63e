"""What the publisher reads: outputs/notebooks and the list of chapters in outputs/book.yml."""

import importlib.metadata
import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

from itabook import tokens
from itabook.data.project import Project, replace_folder
from itabook.run.book import PDF_A, Book
from itabook.run.digest import versions
from itabook.run.manifest import COMMIT_LETTERS, commit_of
from itabook.run.plan import Run
from itabook.run.store import RunStore
from itabook.words import Words, escape_title, long_date, short_date

NOTEBOOKS = "notebooks"
COLOPHON = "colophon.qmd"
SHOWN = ("python", "papermill", "matplotlib", "great-tables", "pandas")
"""The programs that the colophon names."""


def place_chapters(project: Project, book: Book, runs: Sequence[Run], store: RunStore, data_digest: str) -> Path:
    """Put the executed notebooks of a book in outputs/notebooks and list them in outputs/book.yml; returns that file.

    The folder is made aside and replaced as a whole, the list after it. The last chapter is the colophon.
    """
    aside = Path(tempfile.mkdtemp(prefix=".notebooks-", dir=project.outputs))
    try:
        for run in runs:
            _link(store.notebook(run), aside / f"{run.slug}.ipynb")
        (aside / COLOPHON).write_text(_colophon(project, book, data_digest), encoding="utf-8")
        replace_folder(aside, project.outputs / NOTEBOOKS)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    path = project.outputs / "book.yml"
    aside_file = path.with_suffix(".tmp")
    aside_file.write_text(yaml.safe_dump(_content(project, book, runs), allow_unicode=True, sort_keys=False), "utf-8")
    aside_file.replace(path)
    return path


def _link(source: Path, target: Path) -> None:
    """A second name for the same file where the disk can do that, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _content(project: Project, book: Book, runs: Sequence[Run]) -> dict[str, object]:
    """The settings of one book; its texts as markdown, which Quarto takes them for, so they are escaped."""
    words = Words(book.digits)
    chapters: list[object] = ["index.qmd"]
    part: dict[str, object] = {}
    for run in runs:
        file = f"{project.outputs.name}/{NOTEBOOKS}/{run.slug}.ipynb"
        if not run.part:
            chapters.append(file)
            part = {}
        elif part.get("part") == escape_title(run.part) and isinstance(part["chapters"], list):
            part["chapters"].append(file)
        else:
            part = {"part": escape_title(run.part), "chapters": [file]}
            chapters.append(part)
    chapters.append(f"{project.outputs.name}/{NOTEBOOKS}/{COLOPHON}")
    return {
        "book": {
            "title": escape_title(words.text(book.title)),
            "subtitle": escape_title(words.text(book.subtitle)),
            "author": escape_title(book.organisation),
            "output-file": "itabook",
            "chapters": chapters,
        },
        "itabook": {
            "digits": book.digits,
            "date": words.text(long_date(today())),
            "made": words.text(short_date(today())),
            "tokens": tokens.metadata(),
        },
        **({"format": {"typst": {"pdf-standard": list(PDF_A)}}} if book.pdf_a else {}),
    }


def _colophon(project: Project, book: Book, data_digest: str) -> str:
    """What the book was made from and with, in short; outputs/manifest.json has all of it."""
    words, commit, made = Words(book.digits), commit_of(project.root).short, versions()
    source = f"ต้นฉบับรุ่น {commit}" if commit else "ต้นฉบับที่ไม่อยู่ใน Git"
    changed = " เครื่องหมาย + หมายถึงมีการแก้ไขหลังรุ่นนั้น" if commit.endswith("+") else ""
    named = " ".join(f"{name} {made[name]}" for name in SHOWN if name in made)
    return f"""# ข้อมูลการจัดทำเล่ม {{.unnumbered #sec-colophon}}

จัดทำเมื่อ {words.text(long_date(today()))} จาก{source} และข้อมูลชุด {data_digest[:COMMIT_LETTERS]}{changed}

โปรแกรมที่ใช้: itabook {importlib.metadata.version("itabook")} {named} แบบอักษร Sarabun
"""


def today() -> date:
    """Today, or the day that SOURCE_DATE_EPOCH names, so that a book can be built again as it was."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now().astimezone().date()
