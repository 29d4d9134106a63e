"""Fuzzes the readers of raw data: mutations of the real files, as CSV, workbooks, YAML and whole folders.

    python -m bench.fuzz [seconds] [first seed]

Whatever is read must end in tables or in a DataError with remedies; any other exception is a fault of the readers. Its
seed is printed, `python -m bench.fuzz 0 SEED` does that case again, and the status is 1.
"""

import csv
import io
import shutil
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import openpyxl

from itabook.data.links import refuse_links
from itabook.data.processed import write
from itabook.data.project import Project
from itabook.data.raw import read_raw
from itabook.data.store import RawDigest
from itabook.errors import DataError

ROOT = Path(__file__).parents[1]
SECONDS = 60.0
PAIRS = ("banpaen/2563", "bgo/2563", "bgo/2564", "opdc/2565", "opdc/2566", "rawiang/2568")
NASTY = (
    "", " ", "-", "=1+1", "@SUM(A1)", "<script>alert(1)</script>", "{{< include /etc/passwd >}}", "#import", "9" * 400,
    "1e9999", "NaN", "-0", "Infinity", "٣", "½", "²", "๙๙.๙๙๙๙๙๙๙๙", "99,99", "1,234,567", "0x10", "%", "100.000001",
    "\x00", "\x1b[2J", "\u202eabc", "\ud7ff", "\ufffe", "\U0001f600", "ก" * 100_000, '"', "'", "\n", "\r", "\x85",
    "a,b", ";", "I99.99", "O0", "2564-02-30", "total", "change", "IIT;EIT;OIT", "&a [*a, *a]", "!!python/object:os",
    "[" * 200, "{a: " * 50, "? - x", "2026-13-45", "0o17", "1_000", "~", "null", "<<: *x", "%YAML 9.9", "---", "...",
    "!!int x", "!!bool y", "!!timestamp z", "!!binary ก", "=cmd|' /C calc'!A0",
)  # fmt: skip
"""Texts that break readers: numbers that are none, markup, control characters, what YAML takes for more than text."""

Files = dict[str, bytes]
"""The files of one agency, by their paths in its folder."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A case in which something else than a DataError was raised."""

    seed: int
    kind: str
    trace: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the cases."""

    kinds: Counter[str]
    read: int
    refused: int
    broken: tuple[Broken, ...]
    seconds: float

    @property
    def cases(self) -> int:
        """How many there were."""
        return sum(self.kinds.values())


def seeds_of(root: Path) -> list[tuple[str, Files]]:
    """The agency-years of the reports at hand, each with its tables as CSV files and once more as a workbook."""
    found = []
    for pair in PAIRS:
        folder = root / "data" / "raw" / pair
        year = folder.name
        common = {
            "agency.yml": (folder.parent / "agency.yml").read_bytes(),
            f"{year}/source.yml": (folder / "source.yml").read_bytes(),
        }
        tables = {f"{year}/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.csv"))}
        found.append((pair, {**common, **tables}))
        found.append((pair, {**common, f"{year}/ita.xlsx": _workbook(tables)}))
    return found


def _workbook(tables: Files) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, data in tables.items():
        sheet = book.create_sheet(Path(name).stem)
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(target) as archive:  # without its time, so that a seed makes one case
        parts = [(name, archive.read(name)) for name in archive.namelist() if name != "docProps/core.xml"]
    return _packed(parts)


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a part that is there twice is meant
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _flipped(rng: Random, data: bytes) -> bytes:
    """Some bytes changed, some cut out, some doubled."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        at = rng.randrange(len(changed) + 1)
        match rng.randrange(4):
            case 0 if at < len(changed):
                changed[at] = rng.randrange(256)
            case 1:
                del changed[at : at + rng.randrange(1, 50)]
            case 2:
                changed[at:at] = changed[at : at + rng.randrange(1, 50)]
            case _:
                changed[at:at] = rng.randbytes(rng.randrange(1, 8))
    return bytes(changed)


def _nasty_cells(rng: Random, data: bytes) -> bytes:
    """Cells of a CSV file replaced, rows doubled or cut, columns swapped."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    for _ in range(rng.choice((1, 4, 15))):
        row = rng.choice(rows)
        if row:
            row[rng.randrange(len(row))] = rng.choice(NASTY)
    if rng.random() < 0.2:
        rows.insert(rng.randrange(len(rows) + 1), list(rng.choice(rows)))
    if rng.random() < 0.1:
        del rows[rng.randrange(len(rows)) :]
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue().encode("utf-8", "surrogatepass")


def _nasty_lines(rng: Random, data: bytes) -> bytes:
    """Values of a YAML file replaced, lines doubled, indented or cut."""
    lines = data.decode("utf-8").splitlines()
    for _ in range(rng.choice((1, 2, 5))):
        at = rng.randrange(len(lines))
        key = lines[at].partition(":")[0]
        lines[at] = rng.choice(
            (f"{key}: {rng.choice(NASTY)}", f'{key}: "\\x{rng.randrange(256):02x}"', f"  {lines[at]}", key)
        )
        if rng.random() < 0.2:
            lines.insert(at, lines[rng.randrange(len(lines))])
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _other_parts(rng: Random, data: bytes) -> bytes:
    """Parts of a workbook changed, exchanged, left out, doubled, or put in from elsewhere."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(part.filename, archive.read(part)) for part in archive.infolist()]
    for _ in range(rng.choice((1, 2))):
        one, other = rng.randrange(len(parts)), rng.randrange(len(parts))
        name, content = parts[one]
        match rng.randrange(6):
            case 0:
                parts[one] = (name, _flipped(rng, content))
            case 1:
                parts[one], parts[other] = (name, parts[other][1]), (parts[other][0], content)
            case 2 if len(parts) > 1:
                del parts[one]
            case 3:
                parts.append((rng.choice((name, "../x", "xl/vbaProject.bin", "xl/externalLinks/a.xml")), content))
            case 4:
                place = rng.choice((b'r="XFD1048576"', b'r="A0"', b'r="ZZZZZ99999999"', b'r=""', b't="e"', b't="s"'))
                parts[one] = (name, content.replace(b'r="A2"', place))
            case _:
                text = rng.choice(NASTY).encode("utf-8", "surrogatepass")
                parts[one] = (name, content.replace(b"score", text, 3).replace(b"<v>", b"<v>" + text[:9], 2))
    return _packed(parts)


def _mutated(rng: Random, files: Files) -> tuple[str, Files]:
    """A kind of mutation, and the files after it."""
    name = rng.choice(sorted(files))
    data = files[name]
    ways: dict[str, tuple[tuple[str, Callable[[Random, bytes], bytes]], ...]] = {
        ".csv": (("csv bytes", _flipped), ("csv cells", _nasty_cells), ("csv cells", _nasty_cells)),
        ".yml": (("yaml bytes", _flipped), ("yaml values", _nasty_lines)),
        ".xlsx": (("xlsx bytes", _flipped), ("xlsx parts", _other_parts), ("xlsx parts", _other_parts)),
    }
    if rng.random() < 0.15:
        return "folder", _moved(rng, files)
    kind, way = rng.choice(ways[Path(name).suffix])
    alone = rng.random() < 0.8  # most cases are of one table: they are read fast
    kept = {other: text for other, text in files.items() if not alone or other.endswith(".yml")}
    return kind, {**kept, name: way(rng, data)}


def _moved(rng: Random, files: Files) -> Files:
    """Files of a folder exchanged, left out, or under another name."""
    names = sorted(files)
    one, other = rng.choice(names), rng.choice(names)
    changed = dict(files)
    match rng.randrange(4):
        case 0:
            changed[one], changed[other] = files[other], files[one]
        case 1:
            del changed[one]
        case 2:
            changed[str(Path(one).with_name(rng.choice(("ita.xlsx", "scores.csv", "X.CSV", "a.xlsm", "ก.csv"))))] = (
                files[one]
            )
        case _:
            changed[one] = b""
    return changed


def _try(root: Path, pair: str, files: Files) -> bool:
    """Read a project of these files alone, and store what was read; False where they are refused with a remedy."""
    project = Project(root)
    shutil.rmtree(project.raw, ignore_errors=True)
    for name, data in files.items():
        path = project.raw / pair.partition("/")[0] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    try:
        refuse_links(project)
        write(root / "stored", read_raw(project), RawDigest("", "", {}))
    except DataError as error:
        if not error.faults or not all(fault.remedy and fault.problem and str(fault) for fault in error.faults):
            raise AssertionError("a fault without problem or remedy") from error
        return False
    return True


def fuzz(root: Path, *, cases: int | None = None, seconds: float = SECONDS, first: int = 0) -> Tally:
    """So many cases, or cases for so many seconds; a case is made by its seed alone."""
    seeds, start = seeds_of(root), time.perf_counter()
    kinds: Counter[str] = Counter()
    read, broken = 0, []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        shutil.copytree(root / "params", scratch / "params")
        seed = first
        while seed - first < cases if cases is not None else time.perf_counter() - start < seconds or seed == first:
            rng = Random(seed)  # noqa: S311 - made-up mistakes
            pair, files = rng.choice(seeds)
            kind, files = _mutated(rng, files)
            kinds[kind] += 1
            try:
                read += _try(scratch, pair, files)
            except BaseException as error:  # a panic of the workbook reader is no Exception
                if isinstance(error, KeyboardInterrupt):
                    raise
                broken.append(Broken(seed, kind, traceback.format_exc()))
            seed += 1
    refused = sum(kinds.values()) - read - len(broken)
    return Tally(kinds, read, refused, tuple(broken), time.perf_counter() - start)


def main() -> None:
    """Fuzz, and say what was found."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    tally = fuzz(ROOT, seconds=seconds, first=first)
    for one in tally.broken:
        print(f"seed {one.seed} ({one.kind})\n{one.trace}")
    kinds = ", ".join(f"{kind} {times}" for kind, times in sorted(tally.kinds.items()))
    rate = tally.cases / tally.seconds
    print(f"{tally.cases} cases in {tally.seconds:.0f} s ({rate:.0f} a second), seeds from {first}: {kinds}")
    print(f"read {tally.read}, refused with remedies {tally.refused}, broken {len(tally.broken)}")
    sys.exit(1 if tally.broken else 0)


if __name__ == "__main__":
    main()
