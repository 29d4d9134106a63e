"""What a run depends on, as digests; where one of them is another than last time, the run is stale."""

import hashlib
import importlib.metadata
import json
import platform
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import fontpkg

from itabook.data.library import Library
from itabook.data.reads import EVERYTHING
from itabook.language import later, tr
from itabook.run.cells import cells_of
from itabook.run.index import Record
from itabook.run.plan import Run

LIBRARIES = (
    "papermill", "nbformat", "ipython", "matplotlib", "matplotlib-inline", "seaborn", "great-tables",
    "pandas", "pythainlp", "numpy", "pyarrow", "pydantic", "pillow", "fonttools",
)  # fmt: skip
"""The libraries that draw, and those that run and store what they draw."""
NAMES = {
    "notebook": later("สมุดบันทึกเปลี่ยน"), "parameters": later("พารามิเตอร์เปลี่ยน"), "chapter": later("ชื่อบทเปลี่ยน"),
    "code": later("โปรแกรม itabook เปลี่ยน"), "fonts": later("แบบอักษรเปลี่ยน"), "libraries": later("รุ่นของไลบรารีเปลี่ยน"),
}  # fmt: skip
_UNSEEN = re.compile(
    r"parquet|pyarrow|duckdb|polars|subprocess|os\.system|popen|^\s*[!%]", re.IGNORECASE | re.MULTILINE
)
_CODE = Path(__file__).parents[1]


def static_parts(run: Run) -> dict[str, str]:
    """Digests of what is known of a run before it runs."""
    return {
        "notebook": _cells(run.notebook.read_bytes()),
        "parameters": _sha256(json.dumps(run.parameters, sort_keys=True, ensure_ascii=False)),
        "chapter": _sha256(json.dumps([run.slug, run.title, run.part], ensure_ascii=False)),
        "code": _code(),
        "fonts": fonts(),
        "libraries": _sha256(json.dumps(versions())),
    }


def reads_of(run: Run, keys: tuple[str, ...], library: Library) -> dict[str, str]:
    """Digests of what the cells of a run read.

    A notebook that may read without a note, through a library that opens files itself or another program, depends on
    all data.
    """
    cells = cells_of(run.notebook.read_bytes())
    unnoted = (EVERYTHING,) if any(_UNSEEN.search(cell.source) for cell in cells if cell.type == "code") else ()
    return {key: library.digest(key) for key in sorted({*keys, *unnoted})}


def why_stale(run: Run, last: Record, library: Library) -> str:
    """Why a run must run again; empty where nothing that it depended on the last time changed."""
    now = static_parts(run)
    for name, digest in now.items():
        if last.parts.get(name) != digest:
            return tr(NAMES[name])
    changed = [key for key, digest in last.reads.items() if library.digest(key) != digest]
    return (
        tr("ข้อมูลเปลี่ยน: {listed}", listed=" ".join(key.partition(":")[2] or key for key in changed)) if changed else ""
    )


@cache
def versions() -> dict[str, str]:
    """Versions of Python and of the libraries that draw; a library that is not there is left out."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


@cache
def _code() -> str:
    """Of the source of itabook, as far as it can change what a notebook shows; how pages are set is no part of that."""
    return _files(path for path in sorted(_CODE.rglob("*.py")) if path.parent.name not in ("cli", "publish"))


@cache
def fonts() -> str:
    """Digest of the font files."""
    return _files(sorted(Path(fontpkg.path("Sarabun")).parent.glob("*.ttf")))


@lru_cache
def _cells(notebook: bytes) -> str:
    """Of the cells and their metadata; not of outputs, for stored outputs do not change what runs."""
    cells = cells_of(notebook)
    return _sha256(json.dumps([[c.type, c.source, c.metadata] for c in cells], sort_keys=True, ensure_ascii=False))


def _files(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
