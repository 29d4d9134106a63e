"""docs/guide.md as a reader follows it: its commands, its files, and what it has typed, for its test and its pictures."""

import csv
import re
from pathlib import Path

import openpyxl
import yaml

from itabook.data.project import Project
from itabook.forms.sheets import FIRST_ROW
from tests.conftest import ROOT

GUIDE = ROOT / "docs" / "guide.md"
AGENCY, YEAR = "tuayang", 2568
SCOPES = {"IIT": "แบบวัด", "EIT": "แบบวัด", "OIT": "แบบวัด", "": "คะแนนรวม"}


def blocks(language: str) -> dict[str, str]:
    """Blocks of code of a language, by what stands beside the language (a file, or nothing: all of them as one)."""
    found: dict[str, str] = {}
    said = GUIDE.read_text(encoding="utf-8")
    for name, text in re.findall(rf"^```{language} ?(.*)\n((?:.*\n)*?)```$", said, re.MULTILINE):
        found[name] = found.get(name, "") + text
    return found


def commands() -> list[str]:
    """The commands in their order, without what is said beside them."""
    lines = (line.partition(" #")[0].strip() for line in blocks("sh")[""].splitlines())
    return [line for line in lines if line]


def write_files(project: Project) -> None:
    """The values that the guide types into files: keys are replaced, what is in a list is added to it."""
    for name, text in blocks("yaml").items():
        path = project.root / name
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key, value in yaml.safe_load(text).items():
            values[key] = [*values[key], *value] if isinstance(value, list) else value
        path.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False), encoding="utf-8")
    (project.root / "ita-2568.csv").write_text(blocks("csv")["ita-2568.csv"], encoding="utf-8")


def type_scores(workbook: Path, **instead: str) -> None:
    """The scores of the guide in the sheet of scores, as texts; by cell what is typed there `instead`."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["scores"]
    for code, value, level in list(csv.reader(blocks("csv")["scores"].splitlines()))[1:]:
        scope = SCOPES.get(code, "ตัวชี้วัด")
        row = next(
            row
            for row in range(FIRST_ROW, sheet.max_row)
            if (sheet.cell(row, 2).value, sheet.cell(row, 3).value or "") == (scope, code)
        )
        sheet.cell(row, 5).value, sheet.cell(row, 6).value = value, level or None
    for cell, text in instead.items():
        sheet[cell] = text
    book.save(workbook)
