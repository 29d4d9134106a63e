"""data/processed: the checked tables as parquet, written whole or not at all."""

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
from itabook.data.schemas import TABLES
from itabook.domain.facts import Agency

_DIGEST = "digest.json"
_DECIMAL = pa.decimal128(20, 6)
_ARROW = {"score": _DECIMAL, "percent": _DECIMAL, "figure": _DECIMAL, "count": pa.int64(), "indicator": pa.int64()}


def refresh(project: Project) -> RawData | None:
    """Bring data/processed up to date; None where it was. DataError leaves what was there before."""
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
        (aside / _DIGEST).write_text(json.dumps({"raw": raw_digest}), encoding="utf-8")
        names = sorted(path.name for path in aside.iterdir() if path.name != _DIGEST)
        for name in (*names, _DIGEST):
            (aside / name).replace(project.processed / name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _models(models: Iterable[Agency]) -> pa.Table:
    return pa.Table.from_pylist([model.model_dump() for model in models])


def _arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    kinds = {column.name: _ARROW.get(column.kind, pa.string()) for column in TABLES[name].columns}
    first = {"fiscal_year": pa.int64(), "row": pa.int64()}
    fields = [pa.field(column, first.get(column) or kinds.get(column, pa.string())) for column in frame.columns]
    arrays = [pa.array(list(frame[item.name]), type=item.type) for item in fields]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))
