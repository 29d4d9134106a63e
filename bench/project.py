"""A scratch project with made-up agencies, each file of which says that it is made up."""

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import yaml

from bench.synthetic import agency_year
from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.facts import Agency
from itabook.domain.results import AgencyYear

MARK = "ข้อมูลสังเคราะห์"
COPIED = ("_quarto.yml", "_language.yml", "index.qmd", "assets", "params", "notebooks")
SEED = 8300


def make_project(source: Project, root: Path, agencies: int, year: int) -> Project:
    """A project like `source`, with so many made-up agencies in one fiscal year instead of its data.

    They stand in the list of peers of that year too, as the national office has it.
    """
    for name in COPIED:
        path = source.root / name
        if path.is_dir():
            shutil.copytree(path, root / name)
        else:
            root.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, root / name)
    project = Project(root)
    shutil.copytree(source.raw / "national", project.raw / "national")
    rng = Random(SEED)  # noqa: S311 - made-up figures
    made: list[AgencyYear] = []
    for number in range(1, agencies + 1):
        key = f"synthetic-{number:04}"
        agency = Agency(key=key, name=f"หน่วยงานสมมติที่ {number} ({MARK})", short=f"สมมติ {number}", type="sao")
        made.append(agency_year(rng, load_rules(source, year), agency))
        _write(project.raw / key, made[-1])
    _write_peers(project.raw / "peers" / f"{year}.csv", made)
    return project


def _write_peers(path: Path, agency_years: Sequence[AgencyYear]) -> None:
    path.parent.mkdir()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("name", "type", "province", *range(1, 11), "total", "level", "source"))
        for one in agency_years:
            scores = [one.indicators.get(number, "") for number in range(1, 11)]
            total = one.total.value if one.total else ""
            writer.writerow((one.agency.name, one.agency.type, "", *scores, total, one.printed_level, MARK))


def _write(folder: Path, result: AgencyYear) -> None:
    year = folder / str(result.fiscal_year)
    year.mkdir(parents=True)
    _yaml(folder / "agency.yml", result.agency.model_dump(exclude={"key"}))
    _yaml(year / "source.yml", {**result.source.model_dump(), "note": MARK})
    _csv(
        year / "scores.csv", ("measure", "scope", "code", "name", "value", "level"),
        ((r.measure, r.scope, r.code, r.name, r.printed, r.level, r.where) for r in result.scores),
    )  # fmt: skip
    _csv(
        year / "items.csv", ("instrument", "indicator", "item", "title", "value", "result", "remark"),
        ((r.instrument, r.indicator, r.code, r.title, r.printed, r.result, r.remark, r.where) for r in result.items),
    )  # fmt: skip
    _csv(
        year / "responses.csv", ("item", "answer", "percent", "count"),
        ((r.item, r.answer, r.printed, r.count, r.where) for r in result.responses),
    )  # fmt: skip
    _csv(
        year / "respondents.csv", ("instrument", "dimension", "category", "sex", "count"),
        ((r.instrument, r.dimension, r.category, r.sex, r.count, r.where) for r in result.respondents),
    )  # fmt: skip
    _csv(
        year / "measures.csv",
        ("kind", "scope", "no", "text", "steps", "period", "responsible", "monitoring"),
        (
            (r.kind, ";".join(r.scope), r.number, r.text, r.steps, r.period, r.responsible, r.monitoring, r.where)
            for r in result.measures
        ),
    )


def _csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table whose every place says that it is made up."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*columns, "where"))
        writer.writerows(
            (*("" if cell is None else cell for cell in cells), f"{place} ({MARK})") for *cells, place in rows
        )


def _yaml(path: Path, content: object) -> None:
    path.write_text(f"# {MARK}\n{yaml.safe_dump(content, allow_unicode=True)}", encoding="utf-8")
