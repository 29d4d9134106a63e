"""How long a national list takes from the file to data/raw/peers, the start of Python aside.

    make bench-peers        (or: python -m bench.peers)

The agencies are made up with a fixed seed in a scratch folder.
"""

import csv
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import openpyxl

from bench.project import MARK, SEED
from bench.synthetic import agency_year
from itabook.data.peer_import import Request, read_import, write_import
from itabook.data.project import Project, find_project
from itabook.data.rules import load_rules

AGENCIES = 8300
YEAR = 2568
ROUNDS = 3
KINDS = ("อบต.", "เทศบาลตำบล", "กรมหรือเทียบเท่า", "รัฐวิสาหกิจ")


def lines(project: Project) -> list[list[object]]:
    """A list with a title and a head of two rows, as the national office publishes it."""
    rng, rules = Random(SEED), load_rules(project, YEAR)  # noqa: S311 - made-up figures
    models = [agency_year(rng, rules) for _ in range(100)]
    found: list[list[object]] = [
        [f"ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {YEAR} ({MARK})"],
        ["ที่", "ชื่อหน่วยงาน", "ประเภท", "จังหวัด", "คะแนนตัวชี้วัด", *[""] * 9, "คะแนนรวม", "ระดับ"],
        ["", "", "", "", *range(1, 11), "", ""],
    ]
    for number in range(AGENCIES):
        model = models[number % len(models)]
        scores = [float(model.indicators[indicator]) for indicator in range(1, 11)]
        total = "" if model.total is None else float(model.total.value)
        name = f"หน่วยงานสมมติที่ {number + 1} ({MARK})"
        found.append([number + 1, name, KINDS[number % 4], "จังหวัดลำพูน", *scores, total, model.printed_level])
    return found


def write_csv(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def write_xlsx(path: Path, rows: Sequence[Sequence[object]]) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("ผล")
    for row in rows:
        sheet.append(row)
    book.save(path)


def main() -> None:
    """Print the medians."""
    here = find_project()
    with tempfile.TemporaryDirectory() as scratch:
        project = Project(Path(scratch))
        (project.root / "params").symlink_to(here.root / "params")
        rows = lines(here)
        load_rules(project, YEAR)
        for name, write in (("list.csv", write_csv), ("list.xlsx", write_xlsx)):
            path = project.root / name
            write(path, rows)
            elapsed, busy = sorted(_seconds(project, path) for _ in range(ROUNDS))[ROUNDS // 2]
            print(f"{AGENCIES} rows of {name}: {elapsed:.1f} s, {busy:.1f} s of one core")


def _seconds(project: Project, path: Path) -> tuple[float, float]:
    start, busy = time.perf_counter(), time.process_time()
    rows = write_import(project, read_import(project, Request(path, YEAR)))
    if rows != AGENCIES:
        raise RuntimeError(f"{rows} rows were read")
    return time.perf_counter() - start, time.process_time() - busy


if __name__ == "__main__":
    main()
