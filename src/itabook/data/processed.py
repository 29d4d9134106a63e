"""Write the checked tables to data/processed as parquet, whole or not at all."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from itabook.data.peer_table import named
from itabook.data.raw import RawData
from itabook.data.schemas import PEERS, SPECS
from itabook.data.store import DIGESTS, RawDigest
from itabook.data.unread import write_unread
from itabook.domain.facts import Agency, Source
from itabook.language import language_of

_DECIMAL = pa.decimal128(20, 6)
_SOURCES = pa.schema(
    [("agency", pa.string()), ("fiscal_year", pa.int64()), *((name, pa.string()) for name in Source.model_fields)]
)
_ARROW = {
    "score": _DECIMAL, "points": _DECIMAL, "percent": _DECIMAL, "figure": _DECIMAL,
    "count": pa.int64(), "indicator": pa.int64(),
}  # fmt: skip


def write(
    folder: Path, data: RawData, made_from: RawDigest, before: Path | None = None, kept: Collection[str] = ()
) -> None:
    """Write all tables aside, then put each in its place; the digest last, so that a broken run is repeated.

    Rows of the agency-years in `kept` ("bgo/2564", and "peers/2564" for the peers of a year) come from the tables in the folder `before`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".processed-", dir=folder.parent))
    rows = [{"agency": a, "fiscal_year": y, **s.model_dump()} for (a, y), s in data.sources.items()]
    new = {name: _arrow(name, frame) for name, frame in data.tables.items()}
    new["sources"] = pa.Table.from_pylist(rows, schema=_SOURCES)
    try:
        tables = {name: _with_kept(table, name, before, kept) for name, table in new.items()}
        tables[PEERS.name] = named(tables[PEERS.name], data.agencies)
        for name, table in tables.items():
            pq.write_table(table, aside / f"{name}.parquet")
        pq.write_table(_models(data.agencies.values()), aside / "agencies.parquet")
        write_unread(aside, data.unread, language_of(os.environ))
        digests = {
            "raw": made_from.whole,
            "base": made_from.base,
            "folders": made_from.folders,
            "agency-years": _row_digests(data) | _kept_digests(before, kept),
        }
        (aside / DIGESTS).write_text(json.dumps(digests), encoding="utf-8")
        names = sorted(path.name for path in aside.iterdir() if path.name != DIGESTS)
        for name in (*names, DIGESTS):
            (aside / name).replace(folder / name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _with_kept(table: pa.Table, name: str, before: Path | None, kept: Collection[str]) -> pa.Table:
    """The rows that are kept, and the new ones after them."""
    if before is None:
        return table
    old = pq.read_table(before / f"{name}.parquet")
    named = pc.binary_join_element_wise(old["agency"], old["fiscal_year"].cast(pa.string()), "/")
    chosen = old.filter(pc.is_in(named, value_set=pa.array(sorted(kept))))
    return pa.concat_tables([chosen, table.cast(old.schema)]) if table.num_rows else chosen


def _kept_digests(before: Path | None, kept: Collection[str]) -> dict[str, str]:
    stored = {} if before is None else json.loads((before / DIGESTS).read_text(encoding="utf-8"))["agency-years"]
    return {name: stored[name] for name in kept if name in stored}


def _row_digests(data: RawData) -> dict[str, str]:
    """Of every row of every table, hashed row by row at once and put together by agency-year (or peers and year)."""
    found = {(a, y): hashlib.sha256(repr(source).encode()) for (a, y), source in sorted(data.sources.items())}
    for name, frame in sorted(data.tables.items()):
        rows = frame.reset_index(drop=True).drop(columns="row", errors="ignore")
        hashes = pd.util.hash_pandas_object(rows.astype(str), index=False)
        for agency, year, value in zip(rows["agency"], rows["fiscal_year"], hashes, strict=True):
            place = found.setdefault((agency, year), hashlib.sha256())
            place.update(name.encode() + int(value).to_bytes(8, "little"))
    return {f"{agency}/{year}": digest.hexdigest() for (agency, year), digest in found.items()}


def _models(models: Iterable[Agency]) -> pa.Table:
    return pa.Table.from_pylist([model.model_dump() for model in models])


def _arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    kinds = {column.name: _ARROW.get(column.kind, pa.string()) for column in SPECS[name].columns}
    first = {"fiscal_year": pa.int64(), "row": pa.int64()}
    fields = [pa.field(column, first.get(column) or kinds.get(column, pa.string())) for column in frame.columns]
    arrays = [pa.array(list(frame[item.name]), type=item.type) for item in fields]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))
