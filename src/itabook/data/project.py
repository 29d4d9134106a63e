"""Where a project keeps its files."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from itabook.errors import ItabookError
from itabook.language import tr


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder: the one that holds `_quarto.yml`."""

    root: Path

    @property
    def raw(self) -> Path:
        """Figures as printed."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """Checked tidy tables."""
        return self.root / "data" / "processed"

    @property
    def rules(self) -> Path:
        """Rules of the fiscal years."""
        return self.root / "params" / "years"

    @property
    def books(self) -> Path:
        """Books: which chapters, which title."""
        return self.root / "params" / "books"

    @property
    def notebooks(self) -> Path:
        """Parameterised notebooks."""
        return self.root / "notebooks"

    @property
    def outputs(self) -> Path:
        """Everything that is made."""
        return self.root / "outputs"


def find_project(start: Path | None = None) -> Project:
    """The project around a folder (default: `ITABOOK_PROJECT`, else the working directory).

    A notebook run from `notebooks/` finds the same project as a command run in the root.
    """
    begin = (start or Path(os.environ.get("ITABOOK_PROJECT") or Path.cwd())).resolve()
    for folder in (begin, *begin.parents):
        if (folder / "_quarto.yml").is_file():
            return Project(folder)
    raise ItabookError(tr("ไม่พบ _quarto.yml ใน {begin} หรือโฟลเดอร์ที่อยู่เหนือขึ้นไป · วิธีแก้: เปิดโฟลเดอร์ของ itabook ก่อนสั่งงาน", begin=begin))


def replace_folder(new: Path, place: Path) -> None:
    """Put a finished folder in its place; the old one is away only for two renames, and back if one fails."""
    old = place.with_name(f".{place.name}-old-{os.getpid()}")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)
