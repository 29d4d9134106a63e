"""data/processed: the checked tables as parquet, written whole or not at all."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from itabook.data.project import Project
from itabook.data.raw import RawData, digest, read_raw
from itabook.data.reads import unnoted
from itabook.data.schemas import TABLES
from itabook.domain.facts import Agency

_DIGEST = "digest.json"
_DECIMAL = pa.decimal128(20, 6)
_ARROW = {"score": _DECIMAL, "percent": _DECIMAL, "figure": _DECIMAL, "count": pa.int64(), "indicator": pa.int64()}


def refresh(project: Project) -> RawData | None:
    """Bring data/processed up to date; None where it was. DataError leaves what was there before."""
    with unnoted():
        return _refresh(project)


def _refresh(project: Project) -> RawData | None:
    wanted = digest(project)
    stored = project.processed / _DIGEST
    if stored.is_file() and json.loads(stored.read_text(encoding="utf-8"))["raw"] == wanted:
        return None
    data = read_raw(project)
    write(project, data, wanted)
    return data


def write(project: Project, data: RawData, raw_digest: str) -> None:
    """Write all tables aside, then put each in its place; the digest last, so that a broken run is repeated."""
    project.processed.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".processed-", dir=project.processed.parent))
    try:
        for name, frame in data.tables.items():
            pq.write_table(_arrow(name, frame), aside / f"{name}.parquet")
        pq.write_table(_models(data.agencies.values()), aside / "agencies.parquet")
        rows = [{"agency": a, "fiscal_year": y, **s.model_dump()} for (a, y), s in data.sources.items()]
        pq.write_table(pa.Table.from_pylist(rows), aside / "sources.parquet")
        digests = {"raw": raw_digest, "agency-years": _agency_year_digests(data)}
        (aside / _DIGEST).write_text(json.dumps(digests), encoding="utf-8")
        names = sorted(path.name for path in aside.iterdir() if path.name != _DIGEST)
        for name in (*names, _DIGEST):
            (aside / name).replace(project.processed / name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def stored_digests(project: Project) -> dict[str, str]:
    """Digest of all that is known of each agency-year ("bgo/2564"), as the processed tables hold it."""
    with unnoted():
        found: dict[str, str] = json.loads((project.processed / _DIGEST).read_text(encoding="utf-8"))["agency-years"]
    return found


def _agency_year_digests(data: RawData) -> dict[str, str]:
    """Of every row of every table, hashed row by row at once and put together by agency-year."""
    found = {(a, y): hashlib.sha256(repr(source).encode()) for (a, y), source in sorted(data.sources.items())}
    for name, frame in sorted(data.tables.items()):
        rows = frame.reset_index(drop=True).drop(columns="row", errors="ignore")
        hashes = pd.util.hash_pandas_object(rows.astype(str), index=False)
        for agency, year, value in zip(rows["agency"], rows["fiscal_year"], hashes, strict=True):
            found[agency, year].update(name.encode() + int(value).to_bytes(8, "little"))
    for (agency, _), digest_so_far in found.items():
        digest_so_far.update(repr(data.agencies[agency]).encode())
    return {f"{agency}/{year}": digest_so_far.hexdigest() for (agency, year), digest_so_far in found.items()}


def _models(models: Iterable[Agency]) -> pa.Table:
    return pa.Table.from_pylist([model.model_dump() for model in models])


def _arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    kinds = {column.name: _ARROW.get(column.kind, pa.string()) for column in TABLES[name].columns}
    first = {"fiscal_year": pa.int64(), "row": pa.int64()}
    fields = [pa.field(column, first.get(column) or kinds.get(column, pa.string())) for column in frame.columns]
    arrays = [pa.array(list(frame[item.name]), type=item.type) for item in fields]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))
