"""Links in the raw data: refused, for what they lead to may lie outside the project and change without being seen."""

import os
from collections.abc import Iterator
from pathlib import Path

from itabook.data.project import Project
from itabook.errors import DataError, Fault
from itabook.language import tr


def refuse_links(project: Project) -> None:
    """DataError with every link in data/raw, and where data/raw itself lies outside of the project."""
    root = project.root.resolve()
    places = [] if is_inside(project.raw, root) else [project.raw]
    places += sorted(_links(project.raw))
    remedy = tr("ลบลิงก์ แล้วคัดลอกแฟ้มหรือโฟลเดอร์จริงมาวางแทน")
    faults = [
        Fault(path.relative_to(project.root).as_posix(), tr("เป็นลิงก์ไปที่อื่น"), remedy, value=path.name) for path in places
    ]
    if faults:
        raise DataError(faults)


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path, all links in it followed, lies in a folder."""
    return path.resolve().is_relative_to(root.resolve())


def _links(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                yield Path(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                yield from _links(Path(entry.path))
