"""A form filled in as a person does: only the cells to fill in, from a CSV version of the same agency-year."""

import csv
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from itabook.data.schemas import TABLES
from itabook.forms.sheets import FIRST_ROW

SOFFICE = shutil.which("soffice")
KEYS = {"scores": ("measure", "scope", "code"), "items": ("instrument", "item"), "respondents": (), "measures": ()}


def fill(workbook: Path, tables: Path) -> None:
    """Type the figures of all CSV files of a folder into the sheets of a form."""
    book = openpyxl.load_workbook(workbook)
    for path in sorted(tables.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                _type(book[path.stem], path.stem, row)
    book.save(workbook)


def _type(sheet: Worksheet, name: str, row: dict[str, str]) -> None:
    """Into the first row that is of the same and not filled in yet, else into the first blank one."""
    names, spec = TABLES[name].names, {column.name: column for column in TABLES[name].columns}

    def stored(column: str, text: object) -> str:
        plain = str(text or "")
        return spec[column].words.get(plain, plain) if spec[column].kind == "choice" else plain

    number = FIRST_ROW
    while True:
        cells = {column: sheet.cell(number, place) for place, column in enumerate(names, start=1)}
        blank = all(cell.value is None for cell in cells.values())
        open_row = all(cells[column].value is None for column in TABLES[name].told)
        keys = KEYS[name]
        same = keys and all(stored(key, cells[key].value) == stored(key, row[key]) for key in keys)
        if blank or (same and open_row):
            for column, cell in cells.items():
                if stored(column, cell.value) != row[column]:
                    cell.value = row[column] or None
            return
        number += 1


def recalculated(*workbooks: Path, into: Path) -> None:
    """Open and save workbooks with LibreOffice, in place: every formula is computed. Files must differ in name."""
    if SOFFICE is None:
        pytest.skip(
            "no soffice on PATH: the workbook was not recalculated (Debian: apt-get install libreoffice-calc-nogui)"
        )
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(into), *map(str, workbooks)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
