"""The processed tables of a folder, read one by one as they are asked for."""

from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from itabook.data.rows import Row

Pair = tuple[str, int]
"""An agency and a fiscal year."""


class ParquetTables:
    """The tables of a folder, each read once, with the places of the agency-years in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[str, pa.Table] = {}
        self._places: dict[str, dict[Pair, list[slice]]] = {}

    def table(self, name: str) -> pa.Table:
        """A whole table."""
        if name not in self._tables:
            self._tables[name] = pq.read_table(self._folder / f"{name}.parquet")
        return self._tables[name]

    def places(self, name: str) -> dict[Pair, list[slice]]:
        """Where the rows of each agency-year stand in a table; as it is written they stand together."""
        if name not in self._places:
            places: dict[Pair, list[slice]] = {}
            columns = (self.table(name).column(key).to_pylist() for key in ("agency", "fiscal_year"))
            for pair, run in groupby(enumerate(zip(*columns, strict=True)), key=lambda numbered: numbered[1]):
                first, *rest = (place for place, _ in run)
                places.setdefault(pair, []).append(slice(first, first + 1 + len(rest)))
            self._places[name] = places
        return self._places[name]

    def slices(self, name: str, *pairs: Pair) -> list[pa.Table]:
        """The rows of some agency-years of a table, in pieces."""
        table, places = self.table(name), self.places(name)
        found = (place for pair in pairs for place in places.get(pair, []))
        return [table.slice(place.start, place.stop - place.start) for place in found]

    def rows(self, name: str, pair: Pair) -> list[Row]:
        """The rows of one agency-year of a table."""
        return [row for part in self.slices(name, pair) for row in part.to_pylist()]
