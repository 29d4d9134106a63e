"""data/processed: whether it is up to date, and what it was made from.

What reads and checks raw data is imported only where they changed, so that all else starts at once.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from itabook.data.links import refuse_links
from itabook.data.peers import FOLDER
from itabook.data.project import Project
from itabook.data.reads import unnoted
from itabook.data.unread import language_told, read_unread
from itabook.language import language_of

DIGESTS = "digest.json"
FOLDER_DEPTH = 2
"""Files of an agency-year stand in <agency>/<year>/."""
_CODE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class RawDigest:
    """Digests of all that the processed tables are made from.

    Attributes:
        whole: of everything.
        base: of the rules, and of the code that reads.
        folders: of the files of each agency-year, by name ("bgo/2564"), and of each year of peers ("peers/2564").
    """

    whole: str
    base: str
    folders: dict[str, str]


def refresh(project: Project) -> bool:
    """Bring data/processed up to date; whether it was not.

    What cannot be read stands beside the tables as unread. DataError, of all of data/raw, leaves what was there before.
    """
    with unnoted():
        now = raw_digest(project)
        if _is_current(project, now):
            return False
        _make(project, project.processed, now)
        return True


def current_tables(project: Project, scratch: Path) -> Path:
    """A folder with the tables of the raw data as they are now: data/processed, or else `scratch`, made there."""
    now = raw_digest(project)
    if _is_current(project, now):
        return project.processed
    _make(project, scratch, now)
    return scratch


def _is_current(project: Project, now: RawDigest) -> bool:
    """Whether the tables are those of the raw data, and their faults are told in the language of this process.

    Where the tables were brought along without raw data, there is no other telling.
    """
    told = language_told(project.processed)
    return _stored(project) == now and (told in ("", language_of(os.environ)) or not project.raw.is_dir())


def _stored(project: Project) -> RawDigest | None:
    """What data/processed was made from; None where nothing is there, or only a part."""
    path = project.processed / DIGESTS
    stored = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return RawDigest(stored["raw"], stored["base"], stored["folders"]) if "folders" in stored else None


def _make(project: Project, folder: Path, now: RawDigest) -> None:
    """Read what changed, and keep the rest of data/processed as it was read before."""
    from itabook.data.processed import write  # noqa: PLC0415
    from itabook.data.raw import read_sound  # noqa: PLC0415

    before = _stored(project)
    kept: set[str] = set()
    if before is not None and before.base == now.base:
        kept = {name for name, digest in now.folders.items() if before.folders.get(name) == digest}
        kept -= set(read_unread(project.processed))
    data = read_sound(project, known=kept)
    kept -= {one.name for one in data.unread}
    write(folder, data, now, project.processed if kept else None, kept)


def raw_digest(project: Project) -> RawDigest:
    """Digests of raw data, rules, and the code that reads them, as they are now. DataError for links in the raw data."""
    refuse_links(project)
    base, rest = hashlib.sha256(), hashlib.sha256()
    folders: dict[str, hashlib._Hash] = {}
    for path in _files(project.rules, _CODE / "data", _CODE / "domain", _CODE / "errors.py"):
        base.update(path.as_posix().removeprefix(_CODE.as_posix()).encode() + _sha256(path))
    for path in _files(project.raw):
        parts = path.relative_to(project.raw).parts
        name = _name(parts)
        own = folders.setdefault(name, hashlib.sha256()) if name else rest
        own.update("/".join(parts).encode() + _sha256(path))
    places = sorted(path.relative_to(project.raw).as_posix() for path in _empty(project.raw))
    rest.update(json.dumps(places).encode())
    named = {name: digest.hexdigest() for name, digest in folders.items()}
    rest.update(json.dumps([base.hexdigest(), named]).encode())
    return RawDigest(rest.hexdigest(), base.hexdigest(), named)


def _name(parts: Sequence[str]) -> str:
    """What a file of data/raw is part of, by its path there; empty where it is part of all."""
    if len(parts) == FOLDER_DEPTH and parts[0] == FOLDER:
        return f"{FOLDER}/{Path(parts[1]).stem}"
    return "/".join(parts[:FOLDER_DEPTH]) if len(parts) > FOLDER_DEPTH else ""


def _files(*places: Path) -> Iterator[Path]:
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def _empty(folder: Path) -> Iterator[Path]:
    """Folders without anything in them: a year without tables, too, is told."""
    return (path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir()))


def _sha256(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def stored_digests(folder: Path) -> dict[str, str]:
    """Digest of all that is known of each agency-year ("bgo/2564"), as the processed tables hold it."""
    with unnoted():
        found: dict[str, str] = json.loads((folder / DIGESTS).read_text(encoding="utf-8"))["agency-years"]
    return found
