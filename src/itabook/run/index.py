"""An index that survives whatever stops a build: a line is added for each thing that is finished."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from itabook.language import later

NEVER = later("ยังไม่เคยสร้าง")
"""Why something must be made that has no line."""


@dataclass(frozen=True, slots=True)
class Record:
    """Something that was made.

    Attributes:
        slug: its name in the batch.
        parts: digests of what it depended on, known before it was made.
        reads: digests of what it read while it was made.
        sha256: of its file.
    """

    slug: str
    parts: dict[str, str]
    sha256: str
    reads: dict[str, str]


def read_index(path: Path) -> dict[str, Record]:
    """The last line of each thing, by its slug; a line cut short by a power cut counts for nothing."""
    found: dict[str, Record] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            record = Record(**json.loads(line))
        except (ValueError, TypeError):
            continue
        found[record.slug] = record
    return found


def add_to_index(path: Path, record: Record) -> None:
    """Add a line."""
    with path.open("a", encoding="utf-8") as index:
        index.write(_line(record))


def write_index(path: Path, records: Iterable[Record]) -> None:
    """Leave these lines and no others: aside first, then in place."""
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    aside.write_text("".join(map(_line, records)), encoding="utf-8")
    aside.replace(path)


def _line(record: Record) -> str:
    return json.dumps(asdict(record), ensure_ascii=False) + "\n"
