"""Quarto, where it is installed: found, checked for its version, run."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from itabook.language import tr
from itabook.publish.errors import PublishError, missing_target
from itabook.publish.project import BookProject
from itabook.publish.text_layer import mend

OLDEST = (1, 9)
_WARNING = re.compile(r"Unable to resolve crossref @([\w.-]+)")


@dataclass(frozen=True, slots=True)
class Quarto:
    """A Quarto program and its version, as it names itself."""

    path: Path
    version: str

    @property
    def is_new_enough(self) -> bool:
        """Whether it makes Typst books (1.9 and later)."""
        found = tuple(int(part) for part in re.findall(r"\d+", self.version)[:2])
        return found >= OLDEST or self.version.startswith("99.")


def find_quarto() -> Quarto | None:
    """Finds Quarto by QUARTO_PATH, then on PATH; None where there is none.

    Raises:
        PublishError: QUARTO_PATH is set and leads to no program.
    """
    named = os.environ.get("QUARTO_PATH")
    found = shutil.which(named or "quarto")
    if found is None and named:
        remedy = tr("แก้ให้เป็นตำแหน่งของโปรแกรม quarto หรือยกเลิกตัวแปรนี้")
        raise PublishError(tr("QUARTO_PATH={named} ไม่ใช่โปรแกรมที่เรียกใช้ได้ · วิธีแก้: {remedy}", named=named, remedy=remedy))
    if found is None:
        return None
    asked = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return Quarto(Path(found), asked.stdout.strip()) if asked.returncode == 0 else None


def render_with_quarto(quarto: Quarto, book: BookProject, folder: Path, formats: Sequence[str]) -> None:
    """Runs Quarto on the project of a book into a folder inside it.

    Args:
        quarto: the program.
        book: the book, for the names of its chapters.
        folder: existing folder inside the project that takes the book.
        formats: "html", "pdf" or both.

    Raises:
        PublishError: Quarto fails, or a reference in the book leads nowhere.
    """
    told = ""
    for target in [{"html": "html", "pdf": "typst"}[name] for name in formats]:
        command = [str(quarto.path), "render", "--to", target, "--no-clean"]
        command += ["--output-dir", str(folder.relative_to(book.project))]
        done = subprocess.run(command, cwd=book.project, capture_output=True, text=True, check=False)  # noqa: S603
        told += done.stderr
        if done.returncode != 0:
            raise PublishError(tr("Quarto ทำงานไม่สำเร็จ:\n{stderr}", stderr=done.stderr.strip()[-2000:]))
    sources = {chapter.path.name: chapter.path.read_text(encoding="utf-8") for chapter in book.chapters}
    faults = [
        f"{', '.join(name for name, text in sources.items() if f'@{reference}' in text)}: {missing_target(reference)}"
        for reference in sorted(set(_WARNING.findall(told)))
    ]
    if faults:
        raise PublishError("\n".join(faults))
    if "pdf" in formats:
        mend(folder / f"{book.output_file}.pdf")
