"""Somebody's list of agencies into data/raw/peers: read, proved row by row, merged with what is there, written whole."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from itabook.data.files import RawTable, read_csv
from itabook.data.grids import Grid, read_grid
from itabook.data.peer_headers import Head, find_head, folded
from itabook.data.peer_rows import Listed, Reading, Rejected, read_rows
from itabook.data.peers import FOLDER
from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.data.schemas import PEERS
from itabook.data.tables import read_table
from itabook.data.text import number
from itabook.domain.facts import AgencyType
from itabook.domain.rules import FIRST_YEAR, LAST_YEAR
from itabook.errors import DataError, Fault
from itabook.language import tr

EXAMPLES = 3
"""So many rows are shown of each column."""
_SIGNS = ("+", "-")
_FORMULA = (*_SIGNS, "=", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for.

    Attributes:
        sheet: of a workbook; the first where it is empty.
        columns: what columns hold, by heading or letter, where the guess is not right.
        kind: type of agencies whose row says none.
        source: where the scores were printed, for rows that do not say it.
    """

    path: Path
    year: int
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: AgencyType | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PeerImport:
    """A list that was read and not yet written."""

    year: int
    grid: Grid
    head: Head
    reading: Reading

    def examples(self, column: int) -> tuple[str, ...]:
        """Cells of a column, counted from 0, in the first rows after the head."""
        rows = self.grid.rows[self.head.first :][:EXAMPLES]
        return tuple(cells[column] if column < len(cells) else "" for _, cells in rows)


def read_import(project: Project, request: Request) -> PeerImport:
    """Read a list of one fiscal year. DataError where it cannot be read at all, with what to do."""
    if not FIRST_YEAR <= request.year <= LAST_YEAR:
        remedy = tr("ใช้ปีงบประมาณ พ.ศ. {first} ถึง {last}", first=FIRST_YEAR, last=LAST_YEAR)
        raise DataError([Fault("--year", tr("ไม่มีหลักเกณฑ์ของปีนี้"), remedy, value=str(request.year))])
    rules = load_rules(project, request.year)
    grid = read_grid(request.path, request.sheet)
    head = find_head(grid, rules, request.columns)
    reading = read_rows(grid, head, rules, kind=request.kind, source=request.source)
    return PeerImport(request.year, grid, head, reading)


def peers_file(project: Project, year: int) -> Path:
    """Where the peers of a fiscal year stand."""
    return project.raw / FOLDER / f"{year}.csv"


def rejected_file(project: Project, year: int) -> Path:
    """Where the rows stand that could not be read; not in data/raw, where it would be taken for data."""
    return project.outputs / FOLDER / f"{year}.rejected.csv"


def count_there(project: Project, year: int) -> int:
    """How many rows data/raw/peers has of a year. DataError where the file cannot be read."""
    return len(_there(project, year).rows) if peers_file(project, year).is_file() else 0


def rows_there(project: Project, year: int) -> tuple[dict[str, str], ...]:
    """The rows that data/raw/peers has of a year, as text. DataError with every fault in them."""
    if not peers_file(project, year).is_file():
        return ()
    raw = _there(project, year)
    _, faults = read_table(raw)
    if faults:
        raise DataError(faults)
    return tuple(dict(zip(raw.header, cells, strict=False)) for _, cells in raw.rows)


def _there(project: Project, year: int) -> RawTable:
    path = peers_file(project, year)
    return read_csv(path, path.relative_to(project.root).as_posix(), PEERS.name)


def write_import(project: Project, made: PeerImport, before: Sequence[Mapping[str, str]] = ()) -> int:
    """Write the rows that were read, and those that were not beside each other; returns how many rows the peers have now.

    `before` are rows to keep; where the list has the same agency (name, type, province), its row takes the old one's place.
    Each file is written aside and then put in its place. Without rows that could be read nothing is written but the rest.
    """
    _write_rejected(rejected_file(project, made.year), made)
    rows = merged(before, made.reading.listed)
    if made.reading.listed:
        path = peers_file(project, made.year)
        _write(path, [PEERS.names, *([row.get(name, "") for name in PEERS.names] for row in rows)], "utf-8")
    return len(rows)


def merged(before: Iterable[Mapping[str, str]], listed: Iterable[Listed]) -> tuple[Mapping[str, str], ...]:
    """Rows that were there, each with that of the list for the same agency in its place, and the other rows of the list."""
    rows = {(folded(row["name"]), row["type"], row.get("province", "")): row for row in before}
    return tuple((rows | {one.key: one.cells for one in listed}).values())


def _write_rejected(path: Path, made: PeerImport) -> None:
    """The rows as they were, each with its number and the reasons; no file where there are none."""
    if not made.reading.rejected:
        path.unlink(missing_ok=True)
        return
    headers = [column.header or column.letter for column in made.head.columns]
    lines = [[tr("แถว"), tr("เหตุผล"), *headers], *map(_line, made.reading.rejected)]
    _write(path, [[guarded(cell) for cell in line] for line in lines], "utf-8-sig")


def _line(one: Rejected) -> list[str]:
    return [str(one.row), " · ".join(one.reasons), *one.cells]


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: what begins like one, and is no number, gets a quotation mark before it.

    >>> guarded("=HYPERLINK(1)"), guarded("-1.5"), guarded("อบต.")
    ("'=HYPERLINK(1)", '-1.5', 'อบต.')
    """
    begun = cell.lstrip(" ")
    if not begun.startswith(_FORMULA) or (begun.startswith(_SIGNS) and _is_value(cell)):
        return cell
    return f"'{cell}"


def _is_value(cell: str) -> bool:
    """Whether a cell is a number, or a dash for none."""
    try:
        number(cell)
    except ValueError:
        return False
    return True


def _write(path: Path, lines: Iterable[Sequence[str]], encoding: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.tmp")
    try:
        with aside.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
