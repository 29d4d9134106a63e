"""The processed data as the rest of the project reads them: agencies, agency-years, figures of the country."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from itabook.data.listed import Lists, is_listed
from itabook.data.parquet import Pair, ParquetTables
from itabook.data.peer_groups import PeerGroups
from itabook.data.project import Project
from itabook.data.reads import EVERYTHING, note
from itabook.data.rows import (
    item_of,
    measure_of,
    national_of,
    respondent_count_of,
    response_of,
    score_of,
    staff_of,
)  # fmt: skip
from itabook.data.rules import load_rules, load_sources
from itabook.data.schemas import PEERS, TABLES
from itabook.data.slices import Slice, read_slice
from itabook.data.store import refresh, stored_digests
from itabook.data.unread import Unread, UnreadParts, faults_in, read_unread
from itabook.domain.facts import Agency, NationalFigure, Peer, Source
from itabook.domain.proofreading import Subject
from itabook.domain.results import AgencyYear
from itabook.errors import DataError, Fault
from itabook.language import tr

_preloaded: dict[Path, "Library"] = {}


def open_library(project: Project) -> "Library":
    """The library of a project: the one that this process has preloaded, else one brought up to date now."""
    return _preloaded.get(project.root) or Library(project)


def preload(project: Project, folder: Path | None = None, *, lists: bool = False) -> "Library":
    """Load the tables and rules of a project once, for this process and those forked from it; later changes are not seen.

    They are those in `folder`, as they are, where one is given. `lists` is for runs of rows in data/raw/peers.
    """
    library = _preloaded[project.root] = Library(project, folder)
    for name in ("agencies", "sources", *TABLES, PEERS.name):
        library._tables.table(name)
    library._unread  # noqa: B018 - loads it
    with suppress(DataError):  # told by the run that needs it
        load_sources(project)
        for year in {year for years in library._years.values() for year in years}:
            load_rules(project, year)
    for year, kind in library._groups.all:
        library._groups.of(year, kind)
    for year in library._lists.all_years if lists else ():
        library._lists.rows(year)
    return library


class Library:
    """The processed data of one project, read table by table as they are asked for.

    What of data/raw could not be read is never taken for absent: who asks for it, or for something that is made of it,
    gets a DataError with its faults. A form that nobody has filled in yet is absent.
    """

    def __init__(self, project: Project, folder: Path | None = None) -> None:
        """The tables in data/processed, brought up to date; or those in another folder, as they are."""
        if folder is None:
            refresh(project)
        self.project = project
        self.folder = folder or project.processed
        self._tables = ParquetTables(self.folder)

    @cached_property
    def _slice(self) -> Slice | None:
        return read_slice(self.folder)

    def _note(self, key: str) -> None:
        """Note what is handed out. SliceError where the folder holds a slice without it."""
        note(key)
        if self._slice is not None:
            self._slice.require(key)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """What of data/raw could not be read, and forms that nobody has filled in yet."""
        return tuple(self._unread.by_name.values())

    def lost(self, keys: Sequence[str]) -> tuple[Unread, ...]:
        """What could not be read of all that some keys name, each once, see `UnreadParts.lost`."""
        return tuple(dict.fromkeys(one for key in keys for one in self._unread.lost(key)))

    @cached_property
    def _unread(self) -> UnreadParts:
        return UnreadParts(read_unread(self.folder))

    def table(self, name: str) -> pa.Table:
        """A processed table, as data/processed holds it: the rows of all agencies. DataError where some are unread."""
        self._note(EVERYTHING)
        self._unread.require(EVERYTHING)
        return self._tables.table(name)

    def sound(self, name: str) -> pa.Table:
        """A processed table without what is unread, for one who tells that."""
        self._note(EVERYTHING)
        return self._tables.table(name)

    def rows(self, name: str, pairs: Sequence[Pair]) -> pa.Table:
        """The rows of some agency-years of a processed table."""
        return pa.concat_tables([self.sound(name).slice(0, 0), *self._tables.slices(name, *pairs)])

    @cached_property
    def _groups(self) -> PeerGroups:
        return PeerGroups(self._tables.table(PEERS.name))

    @cached_property
    def _lists(self) -> Lists:
        return Lists(self._tables.table(PEERS.name))

    def agency(self, key: str) -> Agency:
        """One agency by its key, which may be that of a row in data/raw/peers. KeyError for an unknown one."""
        self._note(f"agency:{key}")
        self._unread.require(f"agency:{key}")
        found = self._agency_of(key)
        if found is None:
            raise KeyError(key)
        return found

    def _agency_of(self, key: str) -> Agency | None:
        return self._lists.agency(key) if is_listed(key) else self._agencies.get(key)

    @property
    def agencies(self) -> dict[str, Agency]:
        """All agencies of data/raw by key; those that are only in data/raw/peers are not among them."""
        self._note("agencies")
        return self._agencies

    @cached_property
    def _agencies(self) -> dict[str, Agency]:
        return {row["key"]: Agency.model_validate(row) for row in self._tables.table("agencies").to_pylist()}

    @cached_property
    def _years(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for agency, year in sorted(self._tables.places("sources")):
            found.setdefault(agency, []).append(year)
        return {agency: tuple(years) for agency, years in found.items()}

    def years(self, agency: str) -> tuple[int, ...]:
        """Fiscal years of an agency that can be read, oldest first."""
        self._note(f"years:{agency}")
        return self._years_of(agency)

    def _years_of(self, agency: str) -> tuple[int, ...]:
        return self._lists.years(agency) if is_listed(agency) else self._years.get(agency, ())

    def all_years(self, agency: str) -> tuple[AgencyYear, ...]:
        """Every year of an agency, oldest first. DataError with the faults of those that cannot be read."""
        self._note(f"years:{agency}")
        self._unread.require(f"years:{agency}")
        return tuple(self.agency_year(agency, year) for year in self.years(agency))

    def pairs(self, names: Sequence[str] = ()) -> tuple[tuple[str, int], ...]:
        """Agency-years named as "bgo/2564"; where no names are given all that can be read, without the country.

        DataError for every name that has no data, and with the faults of those that cannot be read.
        """
        agencies = [key for key, agency in self.agencies.items() if agency.type != "country"]
        known = {f"{key}/{year}": (key, year) for key in agencies for year in self.years(key)}
        listed = ", ".join(known)
        unknown = [name for name in names if name not in known]
        if unknown:
            problem, remedy = tr("ไม่มีข้อมูลของหน่วยงานและปีนี้"), tr("เลือกจากที่มี: {listed}", listed=listed)
            unread = self._unread.by_name
            none = [Fault(f"data/raw/{name}", problem, remedy, value=name) for name in unknown if name not in unread]
            raise DataError([*faults_in(unread[name] for name in unknown if name in unread), *none])
        return tuple(known[name] for name in names) if names else tuple(known.values())

    def agency_year(self, agency: str, year: int) -> AgencyYear:
        """All that is known of one agency in one fiscal year. DataError where there are no data."""
        self._note(f"agency-year:{agency}/{year}")
        note(f"file:{(self.project.rules / f'{year}.yml').relative_to(self.project.root).as_posix()}")
        if is_listed(agency):
            return self._lists.agency_year(agency, load_rules(self.project, year))
        if year not in self._years.get(agency, ()):
            self.pairs((f"{agency}/{year}",))
        source = self._tables.rows("sources", (agency, year))[0]
        return AgencyYear(
            agency=self._agencies[agency],
            fiscal_year=year,
            rules=load_rules(self.project, year),
            source=Source.model_validate({k: v for k, v in source.items() if k not in ("agency", "fiscal_year")}),
            scores=tuple(score_of(row) for row in self._tables.rows("scores", (agency, year))),
            items=tuple(item_of(row) for row in self._tables.rows("items", (agency, year))),
            responses=tuple(response_of(row) for row in self._tables.rows("responses", (agency, year))),
            respondents=tuple(respondent_count_of(row) for row in self._tables.rows("respondents", (agency, year))),
            measures=tuple(measure_of(row) for row in self._tables.rows("measures", (agency, year))),
            staff=tuple(staff_of(row) for row in self._tables.rows("staff", (agency, year))),
        )

    def previous(self, result: AgencyYear) -> AgencyYear | None:
        """The year before of the same agency; None where there are no data of it. DataError where it is unread."""
        agency, before = result.agency.key, result.fiscal_year - 1
        self._note(f"agency-year:{agency}/{before}")
        self._unread.require(f"list:{before}" if is_listed(agency) else f"agency-year:{agency}/{before}")
        return self.agency_year(agency, before) if before in self._years_of(agency) else None

    def subject(self, agency: str, year: int) -> Subject:
        """An agency-year with all that it is proofread against. DataError where there are no data."""
        result = self.agency_year(agency, year)
        return Subject(result, self.previous(result), self.national)

    @property
    def national(self) -> tuple[NationalFigure, ...]:
        """Figures of the whole country, all years, also those that may not be shown. DataError where some are unread."""
        self._note("national")
        self._unread.require("national")
        return self._national

    def peers(self, year: int, kind: str) -> tuple[Peer, ...]:
        """The agencies of one type with scores of one fiscal year: those that data/raw/peers lists, else those of data/raw.

        DataError where the list of the year is unread; agencies of data/raw that are, `unread_peers` tells.
        """
        self._note(f"peers:{year}/{kind}")
        self._unread.require(f"list:{year}")
        return self._groups.of(year, kind)

    def unread_peers(self, year: int, kind: str) -> tuple[Unread, ...]:
        """The agency-years that cannot be read and would be among `peers`, or may be, where their type is not known."""
        self._note(f"peers:{year}/{kind}")
        return () if self._groups.is_listed(year, kind) else self._unread.lost(f"peers:{year}/{kind}")

    def listed(self, year: int) -> tuple[Peer, ...]:
        """The agencies of all types that data/raw/peers lists for one fiscal year, in its order; none of an unread list."""
        self._note(EVERYTHING)
        return self._lists.peers(year)

    def listed_agencies(self, year: int) -> Mapping[str, Sequence[Peer]]:
        """The rows that data/raw/peers lists for one fiscal year, by the key under which each is an agency here.

        A key has several rows where a list names an agency twice, typed in two ways. DataError where the list is unread.
        """
        self._note(EVERYTHING)
        self._unread.require(f"list:{year}")
        return self._lists.rows(year)

    @property
    def listed_years(self) -> tuple[int, ...]:
        """The fiscal years of which data/raw/peers has a list that can be read, oldest first."""
        self._note(EVERYTHING)
        return self._lists.all_years

    def digest(self, key: str) -> str:
        """Digest of what a note names; "none" for what is not there. KeyError for a key of another kind."""
        lost = [one.name for one in self._unread.lost(key)]
        return f"{self._digest(key)}{' unread: ' if lost else ''}{' '.join(lost)}"

    def _digest(self, key: str) -> str:
        kind, _, name = key.partition(":")
        match kind:
            case "agency-year":
                key, _, year = name.partition("/")
                if is_listed(key):
                    return self._lists.digest(key, int(year))
                agency = self._agencies.get(key)
                return _sha256(f"{self._digests[name]}{agency!r}") if name in self._digests else "none"
            case "years":
                return str(self._years_of(name))
            case "peers":
                return self._groups.digest(name)
            case "agency":
                return _sha256(repr(self._agency_of(name)))
            case "agencies":
                return self._agencies_digest
            case "national":
                return self._national_digest
            case "file":
                path = self.project.root / name
                return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "none"
            case "everything":
                return _sha256(repr((sorted(self._digests.items()), self._agencies, self._national)))
        raise KeyError(key)

    @cached_property
    def _agencies_digest(self) -> str:
        return _sha256(repr(self._agencies))

    @cached_property
    def _national_digest(self) -> str:
        return _sha256(repr(self._national))

    @cached_property
    def _digests(self) -> dict[str, str]:
        return stored_digests(self.folder)

    @cached_property
    def _national(self) -> tuple[NationalFigure, ...]:
        return tuple(national_of(row) for row in self._tables.table("national").to_pylist())


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
