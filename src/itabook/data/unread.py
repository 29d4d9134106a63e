"""The parts of data/raw that cannot be read, kept beside the processed tables: who asks for one is told its faults."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from itabook.data.peers import FOLDER
from itabook.data.reads import EVERYTHING, unnoted
from itabook.errors import DataError, Fault

FILE = "unread.json"


@dataclass(frozen=True, slots=True)
class Unread:
    """An agency-year, a list of peers, or an agency without years, of which nothing stands in the tables.

    Attributes:
        name: "bgo/2564", "peers/2564" or "bgo": where it lies in data/raw.
        type: of the agency; empty where not even that is known, and for peers.
        blank: whether it is a form that nobody has filled in yet.
        faults: all that is wrong with it, in the language of the process that read it.
    """

    name: str
    type: str
    blank: bool
    faults: tuple[Fault, ...]

    @property
    def agency(self) -> str:
        """The folder in data/raw."""
        return self.name.partition("/")[0]

    @property
    def year(self) -> str:
        """The fiscal year as the folder is called; empty for an agency."""
        return self.name.partition("/")[2]

    @property
    def is_agency_year(self) -> bool:
        """Whether it would be a chapter."""
        return self.agency != FOLDER and bool(self.year)

    @property
    def of_country(self) -> bool:
        """Whether it has figures of the whole country."""
        return self.type == "country" or self.agency == "national"


def write_unread(folder: Path, found: Iterable[Unread], language: str) -> None:
    """Write them into a folder of tables, with the language of their faults."""
    rows = [asdict(one) for one in found]
    (folder / FILE).write_text(json.dumps({"language": language, "unread": rows}), encoding="utf-8")


def read_unread(folder: Path) -> dict[str, Unread]:
    """Those of a folder of tables, by name."""
    rows = _content(folder).get("unread", ())
    return {row["name"]: Unread(**{**row, "faults": tuple(Fault(**one) for one in row["faults"])}) for row in rows}


def language_told(folder: Path) -> str:
    """The language in which the faults of a folder of tables are told; empty where there are none."""
    content = _content(folder)
    return str(content["language"]) if content.get("unread") else ""


def _content(folder: Path) -> dict[str, Any]:
    path = folder / FILE
    with unnoted():
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def faults_in(found: Iterable[Unread]) -> tuple[Fault, ...]:
    """All their faults, each once: a fault of an agency is one of all its years."""
    return tuple(dict.fromkeys(fault for one in found for fault in one.faults))


@dataclass(frozen=True, slots=True)
class UnreadParts:
    """All that could not be read of data/raw, by name."""

    by_name: Mapping[str, Unread]

    def lost(self, key: str) -> tuple[Unread, ...]:
        """What is missing in what a note of `itabook.data.reads` names; a form that nobody has filled in is not missed.

        One more key, "list:2564", names the list of peers of a year.
        """
        return tuple(one for one in self.by_name.values() if not one.blank and _is_part(one, *key.split(":", 1)))

    def require(self, key: str) -> None:
        """DataError with all faults of what is missing there."""
        if faults := faults_in(self.lost(key)):
            raise DataError(faults)


def _is_part(one: Unread, kind: str, name: str = "") -> bool:
    match kind:
        case "agency-year":
            return one.name == name
        case "years":
            return one.agency == name
        case "agency":
            return one.agency == name and not one.type
        case "national":
            return one.of_country
        case "list":
            return one.name == f"{FOLDER}/{name}"
        case "peers":
            year, _, group = name.partition("/")
            return one.is_agency_year and not one.of_country and one.year == year and one.type in {group, ""}
    return kind == EVERYTHING
