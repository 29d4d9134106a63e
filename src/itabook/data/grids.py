"""A table that somebody else drew up, as rows of text: a CSV file in any of the usual forms, or a sheet of a workbook."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from itabook.data.files import cell_text, decode
from itabook.errors import DataError, Fault
from itabook.language import tr

TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xls")
_DELIMITERS = ("\t", ";", ",")
_LOOKED_AT = 40
"""So many lines tell what stands between the cells."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of text, each with the number that the user's program shows; blank rows are left out."""

    file: str
    sheet: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def fault(self, problem: str, remedy: str, *, row: int | None = None, column: str = "", value: str = "") -> Fault:
        """A fault in this table."""
        return Fault(self.file, problem, remedy, sheet=self.sheet, row=row, column=column, value=value)


def read_grid(path: Path, sheet: str = "") -> Grid:
    """All rows of a file; of a workbook those of one sheet, the first where none is named.

    CSV may be UTF-8 with or without a mark, or TIS-620 (Windows-874), with commas, semicolons or tabs between the cells.
    Merged cells all hold what the first of them does. DataError where the file cannot be read.
    """
    file = path.name
    if not path.is_file():
        raise DataError([Fault(file, tr("ไม่มีแฟ้มนี้"), tr("ตรวจชื่อและที่อยู่ของแฟ้ม"), value=str(path))])
    if path.suffix.lower() in TEXTS:
        if sheet:
            raise DataError([Fault(file, tr("แฟ้ม CSV ไม่มีแผ่นงาน"), tr("สั่งโดยไม่ใช้ --sheet"), value=sheet)])
        return _grid(file, "", _csv_rows(decode(path.read_bytes(), file), file))
    if path.suffix.lower() in WORKBOOKS:
        name, rows = _sheet_rows(path, file, sheet)
        return _grid(file, name, rows)
    remedy = tr("บันทึกเป็นแฟ้มชนิดใดชนิดหนึ่ง: {listed}", listed=', '.join((*TEXTS, *WORKBOOKS)))
    raise DataError([Fault(file, tr("ไม่รู้จักแฟ้มชนิดนี้"), remedy, value=path.suffix)])


def _grid(file: str, sheet: str, rows: Sequence[Sequence[str]]) -> Grid:
    numbered = [(row, tuple(cells)) for row, cells in enumerate(rows, start=1) if any(cell.strip() for cell in cells)]
    if not numbered:
        raise DataError([Fault(file, tr("ตารางว่าง"), tr("เลือกแผ่นงานอื่นด้วย --sheet หรือใส่ข้อมูลในแฟ้ม"), sheet=sheet)])
    return Grid(file, sheet, tuple(numbered))


def _csv_rows(text: str, file: str) -> list[list[str]]:
    first = "\n".join(text.splitlines()[:_LOOKED_AT])
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        remedy = tr("ตรวจเครื่องหมายคำพูดที่เปิดแล้วไม่ปิด แล้วบันทึกเป็น CSV ใหม่")
        raise DataError([Fault(file, tr("โครงสร้าง CSV เสีย ({error})", error=error), remedy)]) from error


def _sheet_rows(path: Path, file: str, sheet: str) -> tuple[str, list[list[str]]]:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        if sheet and sheet not in names:
            remedy = tr("เลือกจากที่มี: {listed}", listed=', '.join(names))
            raise DataError([Fault(file, tr("ไม่มีแผ่นงานชื่อนี้"), remedy, column="--sheet", value=sheet)])
        found = workbook.get_sheet_by_name(sheet or names[0])
        rows = [[cell_text(value) for value in row] for row in found.to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError, IndexError) as error:
        remedy = tr("เปิดด้วยเอกเซลหรือ LibreOffice แล้วบันทึกเป็น .xlsx ใหม่ โดยไม่ตั้งรหัสผ่าน")
        raise DataError([Fault(file, tr("เปิดสมุดงานไม่ได้ แฟ้มเสียหรือไม่ใช่ .xlsx"), remedy)]) from error
    _fill_merged(rows, found)
    return found.name, rows


def _fill_merged(rows: list[list[str]], sheet: CalamineSheet) -> None:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = rows[top][left]
