"""The workbook of a form, and the same form as CSV files."""

import csv
from pathlib import Path

from xlsxwriter import Workbook

from itabook.data.files import WORKBOOK
from itabook.data.schemas import TABLES
from itabook.forms.checks import add_checks
from itabook.forms.form import FORMS, Form
from itabook.forms.instructions import add_instructions
from itabook.forms.sheets import add_table
from itabook.forms.styles import styles


def write_workbook(folder: Path, form: Form) -> Path:
    """Make `ita.xlsx` in a folder: instructions, a sheet a table, and the checks. Nothing typed runs as a formula."""
    path = folder / WORKBOOK
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        style = styles(book)
        add_instructions(book, form, style)
        for name in FORMS:
            add_table(book, form, name, style)
        add_checks(book, form, style)
    return path


def write_csv_files(folder: Path, form: Form) -> tuple[Path, ...]:
    """Make a CSV file a table, in UTF-8 that Excel recognises: names of the columns, and the rows that are known."""
    return tuple(_write_csv(folder / f"{name}.csv", name, form) for name in FORMS)


def _write_csv(path: Path, name: str, form: Form) -> Path:
    names = TABLES[name].names
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows((*row, *("" for _ in names[len(row) :])) for row in form.rows.get(name, ()))
    return path
