"""The groups that agencies are compared in: those of one type with scores of one fiscal year."""

import hashlib
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from itabook.data.peers import FOLDER, peers_of
from itabook.domain.facts import Peer


class PeerGroups:
    """The groups in a table of peers, each read once."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._read: dict[tuple[int, str], tuple[Peer, ...]] = {}

    @cached_property
    def all(self) -> tuple[tuple[int, str], ...]:
        """Years and types of which there are peers."""
        columns = (self._table[name].to_pylist() for name in ("fiscal_year", "type"))
        return tuple(dict.fromkeys(zip(*columns, strict=True)))

    def of(self, year: int, kind: str) -> tuple[Peer, ...]:
        """The agencies of one type and year: those that data/raw/peers lists, else those of data/raw."""
        if (year, kind) not in self._read:
            self._read[year, kind] = peers_of(self._rows(year, kind).to_pylist())
        return self._read[year, kind]

    def is_listed(self, year: int, kind: str) -> bool:
        """Whether data/raw/peers lists any agency of one type and year."""
        return bool(self._rows(year, kind).filter(pc.field("agency") == FOLDER).num_rows)

    def digest(self, name: str) -> str:
        """Digest of a group, named as "2564/sao"; "none" for one that is not there."""
        return self._digests.get(name, "none")

    @cached_property
    def _digests(self) -> dict[str, str]:
        groups = {f"{year}/{kind}": repr(self.of(year, kind)) for year, kind in self.all}
        return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in groups.items()}

    def _rows(self, year: int, kind: str) -> pa.Table:
        return self._table.filter((pc.field("fiscal_year") == year) & (pc.field("type") == kind))
