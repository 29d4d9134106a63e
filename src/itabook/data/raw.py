"""The whole of data/raw, read and checked: agencies, sources and tables of facts."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from itabook.data.files import read_folder
from itabook.data.peer_table import read_peers, standings
from itabook.data.peers import FOLDER
from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.data.schemas import PEERS, TABLES
from itabook.data.tables import read_table
from itabook.data.unread import Unread, faults_in
from itabook.data.yaml_files import load_model
from itabook.domain.facts import Agency, Source
from itabook.domain.names import match_indicator
from itabook.domain.rules import FIRST_YEAR, LAST_YEAR, YearRules
from itabook.errors import DataError, Fault
from itabook.language import tr

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
"""What the folder of an agency may be called."""
_YEAR = re.compile(r"[0-9]{4}")
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""Names that Windows keeps for devices: there is no folder of such a name there."""


@dataclass(frozen=True)
class RawData:
    """Everything that could be read.

    Attributes:
        agencies: by folder name.
        sources: by (agency, fiscal year).
        tables: facts by table name; each has the columns agency, fiscal_year and row in front. The table "peers" has
            no row numbers; in it stand the agencies of data/raw/peers, and those of `sources` themselves.
        unread: what could not be read; of that nothing stands in the tables.
    """

    agencies: dict[str, Agency]
    sources: dict[tuple[str, int], Source]
    tables: dict[str, pd.DataFrame]
    unread: tuple[Unread, ...] = ()


def read_raw(project: Project) -> RawData:
    """Read and check all of data/raw. DataError with every fault of every file."""
    data = read_sound(project)
    if data.unread:
        raise DataError(faults_in(data.unread))
    return data


def read_sound(project: Project, known: Collection[str] = ()) -> RawData:
    """Read and check what is not known already of agency-years ("bgo/2564") and peers ("peers/2564").

    What has faults comes as `unread`, whole: also all years, known or not, of an agency that cannot be told. DataError
    only where there is no data/raw.
    """
    agencies: dict[str, Agency] = {}
    sources: dict[tuple[str, int], Source] = {}
    frames: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    unread: list[Unread] = []
    for folder in _folders(project.raw):
        if folder.name == FOLDER:
            continue
        found = _read_agency_folder(folder, project, known)
        unread += found.unread
        if found.agency is not None:
            agencies[folder.name] = found.agency
        for year in found.years:
            if year.source is not None:
                sources[folder.name, year.fiscal_year] = year.source
            for name, frame in year.tables.items():
                frames[name].append(_placed(frame, folder.name, year.fiscal_year))
    peers, faulty = read_peers(project, known)
    unread += [Unread(name, "", blank=False, faults=tuple(faults)) for name, faults in faulty.items()]
    tables = {name: _joined(name, parts) for name, parts in frames.items()}
    own = standings(project, agencies, sources, tables["scores"])
    tables[PEERS.name] = pd.concat([peers, own], ignore_index=True)
    return RawData(agencies, sources, tables, tuple(unread))


@dataclass(frozen=True, slots=True)
class _AgencyFolder:
    """What the folder of an agency holds: the agency, those of its new years that can be read, and what cannot."""

    agency: Agency | None
    years: tuple["_Year", ...]
    unread: tuple[Unread, ...]


def _read_agency_folder(folder: Path, project: Project, known: Collection[str]) -> _AgencyFolder:
    names = {path: f"{folder.name}/{path.name}" for path in _folders(folder)}
    read = {name: _read_year_folder(path, project) for path, name in names.items() if name not in known}
    try:
        agency = read_agency(folder, project)
    except DataError as error:
        return _AgencyFolder(None, (), tuple(_nameless(folder.name, names.values(), read, error.faults)))
    good = tuple(year for year in read.values() if not year.faults)
    faulty = ((name, year) for name, year in read.items() if year.faults)
    return _AgencyFolder(agency, good, tuple(Unread(name, agency.type, year.form, year.faults) for name, year in faulty))


def _nameless(
    key: str, names: Iterable[str], read: Mapping[str, "_Year"], faults: tuple[Fault, ...]
) -> Iterator[Unread]:
    """All years of an agency that cannot be told; the agency itself where it has none."""
    parts = list(names)
    if not parts:
        yield Unread(key, "", blank=False, faults=faults)
    blank = bool(parts) and all(name in read and read[name].form for name in parts)
    for name in parts:
        own = read[name].faults if name in read else ()
        yield Unread(name, "", blank, own if blank else (*own, *faults))


def _folders(base: Path) -> Iterator[Path]:
    if not base.is_dir():
        raise DataError([Fault("data/raw", tr("ไม่มีโฟลเดอร์ข้อมูลดิบ"), tr("สร้างโฟลเดอร์นี้แล้วใส่ข้อมูลของหน่วยงาน ดูตัวอย่างใน README"))])
    return (path for path in sorted(base.iterdir()) if path.is_dir() and not path.name.startswith("."))


def read_agency_year(project: Project, agency: str, year: str) -> tuple[Agency, Source, Mapping[str, pd.DataFrame]]:
    """One agency-year alone, whatever stands beside it. DataError with every fault of it."""
    folder = project.raw / agency
    read = _read_year_folder(folder / year, project)
    if read.source is None or read.faults:
        raise DataError(read.faults)
    return read_agency(folder, project), read.source, read.tables


def read_agency(folder: Path, project: Project) -> Agency:
    """What `agency.yml` in a folder says. DataError where it cannot be read."""
    if not KEY.fullmatch(folder.name) or _DEVICES.fullmatch(folder.name):
        file = folder.relative_to(project.root).as_posix()
        remedy = tr("ใช้อักษรอังกฤษตัวเล็ก ตัวเลข และขีด ไม่เกิน 60 ตัวอักษร เช่น banpaen และไม่ใช้ชื่อที่ Windows สงวนไว้ เช่น con, nul")
        raise DataError([Fault(file, tr("ชื่อโฟลเดอร์ของหน่วยงานใช้ไม่ได้"), remedy, value=folder.name)])
    return load_model(folder / "agency.yml", project.root, Agency, key=folder.name)


@dataclass(frozen=True, slots=True)
class _Year:
    """What one folder of an agency-year holds, as far as it can be read; `form` where nobody has filled it in yet."""

    fiscal_year: int = 0
    source: Source | None = None
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    form: bool = False


def _read_year_folder(folder: Path, project: Project) -> _Year:
    """All of one agency-year; of a form that nobody has filled in, only that it is one."""
    try:
        rules = _rules_of(folder, project)
    except DataError as error:
        return _Year(faults=error.faults)
    tables, faults = _read_year(folder, project, rules)
    if faults == [_untouched(folder, project)]:
        return _Year(faults=tuple(faults), form=True)
    source = None
    try:
        source = load_model(folder / "source.yml", project.root, Source)
    except DataError as error:
        faults += error.faults
    return _Year(rules.fiscal_year, source, tables, tuple(faults))


def _untouched(folder: Path, project: Project) -> Fault:
    """That a form is as it was made: rows stand in it, but none tells anything."""
    problem = tr("ยังไม่ได้กรอกข้อมูลของปีนี้ ทุกตารางยังว่าง")
    remedy = tr("กรอกตาราง scores ก่อน แล้วจึงกรอกตารางอื่นเท่าที่มี หากยังไม่ใช้ให้ย้ายโฟลเดอร์นี้ออกจาก data/raw")
    return Fault(folder.relative_to(project.root).as_posix(), problem, remedy)


def _rules_of(folder: Path, project: Project) -> YearRules:
    file = folder.relative_to(project.root).as_posix()
    if folder.name == "2561":
        problem = tr("ปีงบประมาณ พ.ศ. 2561 ใช้ตัวแบบเดิมที่มีห้าดัชนี เทียบกับสิบตัวชี้วัดไม่ได้")
        raise DataError([Fault(file, problem, tr("ย้ายโฟลเดอร์นี้ออกจาก data/raw"), value="2561")])
    if not _YEAR.fullmatch(folder.name) or not FIRST_YEAR <= int(folder.name) <= LAST_YEAR:
        remedy = tr("ใช้ปีงบประมาณ พ.ศ. {first} ถึง {last}", first=FIRST_YEAR, last=LAST_YEAR)
        raise DataError([Fault(file, tr("ไม่มีหลักเกณฑ์ของปีนี้"), remedy, value=folder.name)])
    return load_rules(project, int(folder.name))


def _read_year(folder: Path, project: Project, rules: YearRules) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    raw_tables, faults = read_folder(folder, project.root)
    found: dict[str, pd.DataFrame] = {}
    for raw in raw_tables:
        facts, table_faults = read_table(raw)
        faults += table_faults
        if facts is None:
            continue
        if raw.name == "scores":
            facts = _with_indicator_codes(facts, rules)
        found[raw.name] = facts
    if not faults and any(raw.rows for raw in raw_tables) and all(facts.empty for facts in found.values()):
        faults.append(_untouched(folder, project))
    if not raw_tables and not faults:
        file = folder.relative_to(project.root).as_posix()
        faults.append(Fault(file, tr("ไม่มีตารางข้อมูลในปีนี้"), tr("ใส่ scores.csv หรือ ita.xlsx")))
    return found, faults


def _with_indicator_codes(facts: pd.DataFrame, rules: YearRules) -> pd.DataFrame:
    """Fill in the number of an indicator from its name where the number is left blank."""
    facts = facts.copy()
    rows: list[int] = facts.index[(facts["scope"] == "indicator") & (facts["code"] == "")].tolist()
    for row in rows:
        number, _ = match_indicator(str(facts.at[row, "name"]), rules)
        facts.at[row, "code"] = "" if number is None else str(number)
    return facts


def _placed(frame: pd.DataFrame, agency: str, year: int) -> pd.DataFrame:
    placed = frame.copy()
    placed.insert(0, "agency", agency)
    placed.insert(1, "fiscal_year", year)
    placed.insert(2, "row", frame.index)
    return placed


def _joined(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    if parts:
        return pd.concat(parts, ignore_index=True)
    numeric = ("score", "percent", "figure", "count")
    columns = ["agency", "fiscal_year", "row"]
    for column in TABLES[name].columns:
        columns += [f"{column.name}_printed", column.name] if column.kind in numeric else [column.name]
    return pd.DataFrame({column: pd.Series(dtype="object") for column in columns})
