"""What a run takes along to another machine, and what it brings back."""

import io
import json
import os
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from itabook.data.library import Library
from itabook.data.listed import is_listed
from itabook.data.project import Project
from itabook.data.schemas import PEERS, TABLES
from itabook.data.slices import FILE, Slice
from itabook.data.store import DIGESTS, raw_digest
from itabook.data.unread import FILE as UNREAD
from itabook.language import Language, language_of
from itabook.run import digest
from itabook.run.engines import Engine
from itabook.run.job import Done
from itabook.run.plan import Run

_PAIR = re.compile(r"[^/]+/\d+")
_SETTINGS = ("_quarto.yml", "params/sources.yml")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A run, its notebook, and the project as far as it needs it.

    Attributes:
        batch: the build that it belongs to.
        tree: files of the project, as a zip.
        versions: what it must be run with, as `made_with` tells.
        language: in which its failure is told.
    """

    batch: str
    run: Run
    notebook: bytes
    tree: bytes
    engine: Engine
    versions: dict[str, str]
    language: Language


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of a parcel.

    Attributes:
        done: what the finished job told; None where its process died without a word.
        notebook: the executed notebook, of a failed run as far as it came; None where there is none.
        lacking: whether its cells asked for data that had not been sent.
        versions: what the worker has, where that is not what the parcel asks for; then nothing was run.
    """

    done: Done | None = None
    notebook: bytes | None = None
    lacking: bool = False
    versions: dict[str, str] | None = None


def made_with() -> dict[str, str]:
    """Versions of all that has a part in what a run makes: Python, libraries, fonts, itabook itself."""
    return {**digest.versions(), "itabook": digest._code()[:12], "fonts": digest.fonts()[:12]}


class Packer:
    """Packs the runs of one build; what many runs share is read once."""

    def __init__(self, library: Library, engine: Engine, batch: str) -> None:
        self._library, self._engine, self.batch = library, engine, batch
        self._project = library.project

    def pack(self, run: Run, *, whole: bool = False) -> Parcel:
        """A run with its slice of the data; with all data where that is asked for or where nothing tells the slice."""
        notebook = run.notebook.read_bytes()
        # What reads the tables by itself takes what it finds, and would not notice that it is a part.
        by_itself = b"parquet" in notebook or self._beside
        part = None if whole or by_itself else self._slice_of(run)
        tree = self._whole if part is None else self._part(part)
        return Parcel(self.batch, run, notebook, tree, self._engine, made_with(), language_of(os.environ))

    def _slice_of(self, run: Run) -> Slice | None:
        """What a run needs by its parameters; None where they do not tell."""
        agency, year = run.parameters.get("agency"), run.parameters.get("fiscal_year")
        named = run.parameters.get("agency_years")
        if isinstance(named, list) and all(_PAIR.fullmatch(str(name)) for name in named):
            return Slice(_with_the_years_before(_pair(name) for name in named))
        if isinstance(agency, str) and is_listed(agency):
            return self._slice_of_row(agency, year) if isinstance(year, int) else None
        if isinstance(agency, str):
            years = (year,) if isinstance(year, int) else self._library.years(agency)
            pairs = _with_the_years_before((agency, one) for one in years)
            return Slice(pairs, (agency,), self._peer_groups(agency, year) if isinstance(year, int) else ())
        return None

    def _slice_of_row(self, key: str, year: int) -> Slice:
        """What a row of a list needs: the peers among which it stands itself, in its year and the year before."""
        kinds = {peer.type for peer in self._library.listed_agencies(year).get(key, ())}
        groups = tuple(f"{one}/{kind}" for kind in kinds for one in (year, year - 1))
        return Slice(_with_the_years_before([(key, year)]), (), groups)

    def _peer_groups(self, agency: str, year: int) -> tuple[str, ...]:
        """The peers of an agency in one year, as a slice names them."""
        known = self._library.agencies.get(agency)
        return () if known is None else (f"{year}/{known.type}",)

    def _peers(self, named: str) -> pa.Table:
        year, _, kind = named.partition("/")
        chosen = (pc.field("fiscal_year") == int(year)) & (pc.field("type") == kind)
        return self._library.sound(PEERS.name).filter(chosen)

    def _part(self, part: Slice) -> bytes:
        """The tree of a slice: its rows, the rules of its years."""
        pairs = [_pair(name) for name in part.agency_years]
        rules = [self._project.rules / f"{year}.yml" for year in sorted({year for _, year in pairs})]
        tables = {name: self._library.rows(name, pairs) for name in TABLES if name != "national"}
        tables["national"] = self._library.sound("national")
        tables[PEERS.name] = pa.concat_tables(
            [self._library.sound(PEERS.name).slice(0, 0), *(self._peers(name) for name in part.peers)]
        )
        kept = None if part.agencies is None else pa.array(part.agencies, pa.string())
        for name, key in (("agencies", "key"), ("sources", "agency")):
            table = self._library.sound(name)
            tables[name] = table if kept is None else table.filter(pc.field(key).isin(kept))
        files = {self._name(path): path.read_bytes() for path in rules if path.is_file()}
        files |= {f"data/processed/{name}.parquet": _parquet(table) for name, table in tables.items()}
        files[f"data/processed/{FILE}"] = part.to_json().encode()
        return _zip({**self._settings, **files})

    @cached_property
    def _whole(self) -> bytes:
        """The tree with all data, all parameters, and what stands beside the notebooks."""
        paths = [path for path in (self._project.root / "params").rglob("*") if path.is_file()]
        paths += sorted(self._library.folder.glob("*.parquet"))
        return _zip({**self._settings, **self._beside, **{self._name(path): path.read_bytes() for path in paths}})

    @cached_property
    def _settings(self) -> dict[str, bytes]:
        found = (self._project.root / name for name in _SETTINGS)
        files = {self._name(path): path.read_bytes() for path in found if path.is_file()}
        unread = self._library.folder / UNREAD
        return {**files, **({f"data/processed/{UNREAD}": unread.read_bytes()} if unread.is_file() else {})}

    @cached_property
    def _beside(self) -> dict[str, bytes]:
        """Files in the folder of the notebooks that are none: modules and data of the analyst."""
        found = (path for path in self._project.notebooks.rglob("*") if path.is_file() and path.suffix != ".ipynb")
        kept = (path for path in found if not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts))
        return {self._name(path): path.read_bytes() for path in kept}

    def _name(self, path: Path) -> str:
        return path.relative_to(self._project.root).as_posix()


def unpack(parcel: Parcel, folder: Path) -> tuple[Project, Run]:
    """The project of a parcel in an empty folder, with processed data that need no raw data, and its run there."""
    project = Project(folder.resolve())
    with zipfile.ZipFile(io.BytesIO(parcel.tree)) as tree:
        tree.extractall(project.root)
    project.outputs.mkdir()
    project.notebooks.mkdir(exist_ok=True)
    notebook = project.notebooks / parcel.run.notebook.name
    notebook.write_bytes(parcel.notebook)
    now = raw_digest(project)
    made_from = {"raw": now.whole, "base": now.base, "folders": now.folders, "agency-years": {}}
    (project.processed / DIGESTS).write_text(json.dumps(made_from), encoding="utf-8")
    return project, replace(parcel.run, notebook=notebook)


def _pair(name: str) -> tuple[str, int]:
    agency, _, year = name.partition("/")
    return agency, int(year)


def _with_the_years_before(pairs: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{agency}/{one}" for agency, year in pairs for one in (year, year - 1)))


def _parquet(table: pa.Table) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
