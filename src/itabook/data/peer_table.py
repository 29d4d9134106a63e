"""The table of peers, made from data/raw/peers and from the agencies of data/raw themselves, one row each."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from itabook.data.files import ENDINGS, LOCKS, read_csv
from itabook.data.peers import FOLDER, NUMBERS
from itabook.data.project import Project
from itabook.data.rows import Row
from itabook.data.rules import load_rules
from itabook.data.schemas import PEERS
from itabook.data.tables import read_table
from itabook.domain.facts import Agency, Score, Source
from itabook.domain.results import AgencyYear, value_of
from itabook.domain.rules import FIRST_YEAR, LAST_YEAR
from itabook.errors import DataError, Fault
from itabook.language import tr

_COLUMNS = ("agency", "fiscal_year", *PEERS.names)
_NAMED = ("name", "type", "province")


def read_peers(project: Project, known: Collection[str]) -> tuple[pd.DataFrame, dict[str, list[Fault]]]:
    """The rows of the files of data/raw/peers that are without faults, and the faults of the others by "peers/2566".

    Files that are known already are left out.
    """
    frames: list[pd.DataFrame] = []
    faulty: dict[str, list[Fault]] = {}
    for path in _files(project.raw / FOLDER):
        file = path.relative_to(project.root).as_posix()
        years = [year for year in range(FIRST_YEAR, LAST_YEAR + 1) if path.name.lower() == f"{year}.csv"]
        name = f"{FOLDER}/{years[0] if years else path.name}"
        if not years:
            remedy = tr("ใช้ปีงบประมาณ พ.ศ. {first} ถึง {last} เป็นชื่อแฟ้ม CSV เช่น {last}.csv", first=FIRST_YEAR, last=LAST_YEAR)
            faulty[name] = [Fault(file, tr("ชื่อแฟ้มของตารางหน่วยงานอื่นใช้ไม่ได้"), remedy, value=path.name)]
        elif name not in known:
            frame, found = _read(path, file)
            if found or frame is None:
                faulty[name] = [*faulty.get(name, []), *found]
            else:
                frames.append(frame.assign(agency=FOLDER, fiscal_year=years[0]))
    return _joined(frames), faulty


def _files(folder: Path) -> list[Path]:
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in found if path.suffix.lower() in ENDINGS and not path.name.startswith(LOCKS)]


def _read(path: Path, file: str) -> tuple[pd.DataFrame | None, list[Fault]]:
    try:
        return read_table(read_csv(path, file, PEERS.name))
    except DataError as error:
        return None, list(error.faults)


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    empty = pd.DataFrame({column: pd.Series(dtype="object") for column in _COLUMNS})
    filled = [frame[list(_COLUMNS)] for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else empty


def standings(
    project: Project,
    agencies: Mapping[str, Agency],
    sources: Mapping[tuple[str, int], Source],
    scores: pd.DataFrame,
) -> pd.DataFrame:
    """The agency-years of data/raw as peers of others, with the scores that their own chapters show.

    Name, type and province are left blank: they belong to the agency, which may change without the year (`named`).
    """
    rows = []
    for key, group in scores.groupby(["agency", "fiscal_year"], sort=False):
        agency, year = str(key[0]), int(str(key[1]))
        facts = tuple(_score(row) for row in group.to_dict("records"))
        result = AgencyYear(agencies[agency], year, load_rules(project, year), sources[agency, year], facts)
        rows.append({"agency": agency, "fiscal_year": year, **_standing(result)})
    return pd.DataFrame(rows, columns=list(_COLUMNS), dtype="object")


def _standing(result: AgencyYear) -> Row:
    indicators = {str(number): score for number, score in result.indicators.items()}
    return {
        **dict.fromkeys(_NAMED, ""),
        **dict.fromkeys(NUMBERS),
        **indicators,
        "total": value_of(result.total),
        "level": result.printed_level,
        "source": result.source.document,
    }


def _score(row: Mapping[Any, Any]) -> Score:
    texts = {name: str(row[name]) for name in ("measure", "scope", "code", "name", "level", "where")}
    return Score(**texts, printed=str(row["value_printed"]), value=row["value"])


def named(table: pa.Table, agencies: Mapping[str, Agency]) -> pa.Table:
    """The table of all peers with name, type and province of those that are agencies of data/raw."""
    keys = table["agency"].to_pylist()
    for column in _NAMED:
        typed = table[column].to_pylist()
        full = [getattr(agencies[k], column) if k in agencies else text for k, text in zip(keys, typed, strict=True)]
        table = table.set_column(table.column_names.index(column), column, pa.array(full, pa.string()))
    return table
