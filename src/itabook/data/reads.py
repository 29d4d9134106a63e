"""What a notebook reads while it runs, so that it runs again when that changes, and only then.

The library notes each thing that it hands out by a key; files that a notebook opens itself are noted by their
path. The notes go to the file that ITABOOK_READS names, one a line, from whatever process the cells run in.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "ITABOOK_READS"
EVERYTHING = "everything"
"""Key of all raw data together."""
_UNTRACKED = ("outputs", "src", ".venv", ".git", "data/processed", "build")
"""Folders whose files are made, or noted in another way."""


class _Notes:
    """Where notes go; nothing is noted until `start` is called."""

    root: Path | None = None
    file: int | None = None
    seen: set[str]
    paused = False


_notes = _Notes()
_notes.seen = set()


def start(root: Path) -> None:
    """Note from now on what this process and its children read under `root`."""
    first = _notes.file is None
    target = os.open(os.environ[VARIABLE], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    _notes.root, _notes.file, _notes.seen, _notes.paused = root, target, set(), False
    if first:
        sys.addaudithook(_hook)


def start_in_kernel() -> None:
    """`start` in a kernel, which knows the project from its environment."""
    start(Path(os.environ["ITABOOK_PROJECT"]))


def note(key: str) -> None:
    """Note one key, once."""
    if _notes.file is not None and not _notes.paused and key not in _notes.seen:
        _notes.seen.add(key)
        os.write(_notes.file, f"{key}\n".encode())


@contextmanager
def unnoted() -> Iterator[None]:
    """Files opened in here are not noted: bringing the tables up to date reads all raw data."""
    before, _notes.paused = _notes.paused, True
    try:
        yield
    finally:
        _notes.paused = before


def read_notes(file: Path) -> tuple[str, ...]:
    """The keys in a file of notes, sorted."""
    return tuple(sorted(set(file.read_text(encoding="utf-8").splitlines()))) if file.is_file() else ()


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open" or _notes.root is None or _notes.paused:
        return
    name, mode = arguments[0], arguments[1]
    if not isinstance(name, (str, bytes, os.PathLike)) or (isinstance(mode, str) and set(mode) & set("wax")):
        return
    path = os.path.abspath(os.fsdecode(name))  # noqa: PTH100 - a hook is called often, and must not open anything
    inside = os.path.relpath(path, _notes.root).replace(os.sep, "/")
    if not inside.startswith("..") and not inside.startswith(_UNTRACKED) and "__pycache__" not in inside:
        note(f"file:{inside}")
