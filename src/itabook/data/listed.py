"""The rows of data/raw/peers as agencies: each has a key of its own, under which notebooks ask for it."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from itabook.data.peer_headers import folded
from itabook.data.peer_words import province_of
from itabook.data.peers import FOLDER, peers_of
from itabook.domain.facts import Agency, Peer
from itabook.domain.listed import as_agency, as_agency_year, list_places
from itabook.domain.results import AgencyYear
from itabook.domain.rules import YearRules
from itabook.errors import DataError, Fault
from itabook.language import tr

PREFIX = "listed-"
_LETTERS = 12
"""Of the digest in a key: with 48 bits fewer than one in a million lists of 8,300 rows has a key twice by chance."""
_KEY = re.compile(f"{PREFIX}[0-9a-f]{{{_LETTERS}}}")


def is_listed(key: str) -> bool:
    """Whether a key stands for a row of a list.

    >>> is_listed("listed-0123456789ab"), is_listed("bgo")
    (True, False)
    """
    return _KEY.fullmatch(key) is not None


def key_of(peer: Peer) -> str:
    """The key of a row: by name, type and province, as they tell agencies apart when a list is imported again."""
    named = "|".join((folded(peer.name), peer.type, province_of(peer.province)))
    return PREFIX + hashlib.sha256(named.encode()).hexdigest()[:_LETTERS]


class Lists:
    """The lists in a table of peers, each read once."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table.filter(pc.field("agency") == FOLDER)
        self._peers: dict[int, tuple[Peer, ...]] = {}
        self._rows: dict[int, dict[str, list[Peer]]] = {}
        self._least: dict[int, dict[str, int]] = {}

    @cached_property
    def all_years(self) -> tuple[int, ...]:
        """Fiscal years of which there is a list, oldest first."""
        return tuple(sorted(self._table["fiscal_year"].unique().to_pylist()))

    def peers(self, year: int) -> tuple[Peer, ...]:
        """The rows of a year, in the order of the list."""
        if year not in self._peers:
            self._peers[year] = peers_of(self._table.filter(pc.field("fiscal_year") == year).to_pylist())
        return self._peers[year]

    def rows(self, year: int) -> Mapping[str, list[Peer]]:
        """The rows of a year by key, in the order of the list; one each, but where a name is typed in two ways."""
        if year not in self._rows:
            found = self._rows[year] = {}
            for peer in self.peers(year):
                found.setdefault(key_of(peer), []).append(peer)
        return self._rows[year]

    def years(self, key: str) -> tuple[int, ...]:
        """Fiscal years whose list has a row of that key, oldest first."""
        return tuple(year for year in self.all_years if key in self.rows(year))

    def agency(self, key: str) -> Agency | None:
        """The agency of a row, as the last list has it; None for a key that no list has."""
        years = self.years(key)
        return as_agency(self.rows(years[-1])[key][0], key) if years else None

    def agency_year(self, key: str, rules: YearRules) -> AgencyYear:
        """All that the list of a year tells of one agency: scores. DataError where it has no row of it, or several."""
        year = rules.fiscal_year
        rows = self.rows(year).get(key, [])
        if not rows:
            remedy = tr("ดูรหัสของปีในแฟ้มดัชนีที่ itabook batch --agencies listed สร้าง")
            raise DataError(
                [Fault(list_file(year), tr("ไม่มีแถวของหน่วยงานที่มีรหัสนี้ในปี {year}", year=year), remedy, value=key)]
            )
        if len(rows) > 1:
            raise DataError([twice(year, rows)])
        return as_agency_year(rows[0], rules, self._places(year, rows[0].type), key=key)

    def digest(self, key: str, year: int) -> str:
        """Digest of all that `agency_year` tells but the rules; "none" for a row that is not there."""
        rows = self.rows(year).get(key, [])
        if not rows:
            return "none"
        return hashlib.sha256(repr((rows, self._places(year, rows[0].type))).encode()).hexdigest()

    def _places(self, year: int, kind: str) -> int:
        """With how many decimals scores are printed at least, by the rows of the same type: a slice holds no others."""
        if year not in self._least:
            kinds: dict[str, list[Peer]] = {}
            for peer in self.peers(year):
                kinds.setdefault(peer.type, []).append(peer)
            self._least[year] = {kind: list_places(peers) for kind, peers in kinds.items()}
        return self._least[year][kind]


def list_file(year: int) -> str:
    """Where the list of a fiscal year stands, for a reader."""
    return f"data/raw/{FOLDER}/{year}.csv"


def twice(year: int, rows: Sequence[Peer]) -> Fault:
    """That a list has an agency in several rows."""
    problem = tr("หน่วยงานเดียวกัน (ชื่อ ประเภท และจังหวัด) มี {rows} แถว", rows=len(rows))
    return Fault(list_file(year), problem, tr("เหลือไว้แถวเดียว"), column="name", value=rows[-1].name)
