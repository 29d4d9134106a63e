"""A part of the processed data, for a machine without the rest; what is not in it is never taken for absent.

A slice is a folder as data/processed is, and a file that says what it holds. Asked for anything else, the library that
reads it says so, where otherwise a report would go on with fewer years or without a table.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from itabook.data.reads import note, unnoted
from itabook.errors import ItabookError
from itabook.language import tr

FILE = "slice.json"
NOTE = "not in the slice: "
"""Before the key of what was asked for and not there, in the notes of what cells read."""
_SMALL = ("national", "file")
"""Kinds of keys whose data are in every slice."""


class SliceError(ItabookError):
    """Something that was asked of a slice and is not in it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)

    def __str__(self) -> str:
        """What was asked for."""
        return tr("ข้อมูลที่ส่งมาให้เครื่องนี้ไม่มี {lacking} · วิธีแก้: สั่งสมุดบันทึกนี้ในเครื่องของตนเอง โดยไม่ใช้ --scheduler", lacking=self.args[0])


@dataclass(frozen=True, slots=True)
class Slice:
    """What a folder of tables holds.

    Attributes:
        agency_years: agency-years, named as "bgo/2564", of which all rows are there that exist.
        agencies: agencies of which the years are known; None for all.
        peers: years and types of which all agencies are there, named as "2564/sao".
    """

    agency_years: tuple[str, ...]
    agencies: tuple[str, ...] | None = None
    peers: tuple[str, ...] = ()

    def holds(self, key: str) -> bool:
        """Whether what a note names is there as in data/processed."""
        kind, _, name = key.partition(":")
        if kind in {"agency", "years"}:
            return self.agencies is None or name in self.agencies
        if kind == "agency-year":
            return name in self.agency_years
        if kind == "peers":
            return name in self.peers
        return kind in _SMALL or (kind == "agencies" and self.agencies is None)

    def require(self, key: str) -> None:
        """SliceError where it is not; also noted, for a cell may catch the error."""
        if not self.holds(key):
            note(NOTE + key)
            raise SliceError(key)

    def to_json(self) -> str:
        """As the file of a folder holds it."""
        return json.dumps({"agency-years": self.agency_years, "agencies": self.agencies, "peers": self.peers})


def read_slice(folder: Path) -> Slice | None:
    """What a folder of tables holds; None where it holds everything."""
    path = folder / FILE
    if not path.is_file():
        return None
    with unnoted():
        found = json.loads(path.read_text(encoding="utf-8"))
    agencies: Sequence[str] | None = found["agencies"]
    return Slice(tuple(found["agency-years"]), None if agencies is None else tuple(agencies), tuple(found["peers"]))
