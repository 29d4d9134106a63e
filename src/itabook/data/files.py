"""Files of raw data as tables of text: a folder of CSV files, or one `ita.xlsx` with a sheet a table."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from itabook.data.archives import checked_workbook
from itabook.data.limits import read_bytes
from itabook.data.schemas import TABLES
from itabook.errors import DataError, Fault
from itabook.language import tr

WORKBOOK = "ita.xlsx"
_FILES = (WORKBOOK, *(f"{name}.csv" for name in TABLES))
ENDINGS = (".csv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
LOCKS = ("~$", ".")
"""How names begin of the files that Excel and LibreOffice lay beside an open workbook."""
NOTE = "#"
"""How names begin of the sheets and columns of a workbook that are for people, not data."""
_ABOVE = 10
"""A workbook may have titles above the names of the columns, at most so many rows."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as typed: header and rows of text, each row (and the header) with the number a user sees."""

    name: str
    file: str
    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header_row: int = 1

    def fault(self, problem: str, remedy: str, *, row: int | None = None, column: str = "", value: str = "") -> Fault:
        """A fault in this table."""
        return Fault(self.file, problem, remedy, sheet=self.sheet, row=row, column=column, value=value)


def decode(data: bytes, file: str) -> str:
    """Text of a file: UTF-8, or the Thai code page of old Excel (TIS-620, CP874). DataError for others."""
    if not data.strip():
        raise DataError([Fault(file, tr("แฟ้มว่าง"), tr("ใส่ข้อมูลพร้อมแถวหัวตาราง หรือลบแฟ้มนี้ออก"))])
    for encoding in ("utf-8-sig", "cp874"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and (encoding != "cp874" or _looks_thai(text)):
            return text
    remedy = tr("บันทึกใหม่เป็น CSV UTF-8 (ในเอกเซลเลือก CSV UTF-8 (Comma delimited))")
    raise DataError([Fault(file, tr("แฟ้มไม่ใช่ข้อความ UTF-8 และไม่ใช่ TIS-620"), remedy)])


def _looks_thai(text: str) -> bool:
    beyond_ascii = [char for char in text if ord(char) > 127]
    thai = sum("\u0e01" <= char <= "\u0e5b" for char in beyond_ascii)
    return thai > 0.95 * len(beyond_ascii)


def _table(name: str, file: str, sheet: str, lines: Sequence[Sequence[str]]) -> RawTable:
    numbered = [(row, tuple(cells)) for row, cells in enumerate(lines, start=1) if any(c.strip() for c in cells)]
    if not numbered:
        raise DataError([Fault(file, tr("ตารางว่าง"), tr("ใส่แถวหัวตารางและข้อมูล หรือลบแฟ้มหรือแผ่นงานนี้ออก"), sheet=sheet)])
    header = tuple(cell.strip() for cell in numbered[0][1])
    while header and not header[-1]:
        header = header[:-1]
    return RawTable(name, file, sheet, header, tuple(numbered[1:]), numbered[0][0])


def _lines_of_data(name: str, lines: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The lines of a sheet without titles above the names of the columns and without columns of notes, in their rows."""
    header = next((row for row, cells in enumerate(lines[:_ABOVE]) if _names_columns(name, cells)), None)
    if header is None:
        return list(lines)
    notes = {place for place, cell in enumerate(lines[header]) if cell.strip().startswith(NOTE)}
    below = ([cell for place, cell in enumerate(cells) if place not in notes] for cells in lines[header:])
    return [*([] for _ in range(header)), *below]


def _names_columns(name: str, cells: Sequence[str]) -> bool:
    """Whether a row is the one that names the columns: more than one cell of it is a name of the table's columns."""
    return sum(cell.strip() in TABLES[name].names for cell in cells) > 1


def read_csv(path: Path, file: str, name: str) -> RawTable:
    """A table of this name from a CSV file, called `file` in faults. DataError where it cannot be read."""
    text = decode(read_bytes(path, file), file)
    header = text.lstrip().partition("\n")[0]
    if ";" in header and "," not in header:
        remedy = tr("บันทึกใหม่เป็น CSV ที่คั่นด้วยจุลภาค (ในเอกเซลเลือก CSV UTF-8 (Comma delimited))")
        raise DataError([Fault(file, tr("แฟ้มคั่นช่องด้วยอัฒภาค (;) ไม่ใช่จุลภาค (,)"), remedy, row=1, value=header.strip()[:80])])
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        remedy = tr("ตรวจเครื่องหมายคำพูดที่เปิดแล้วไม่ปิด แล้วบันทึกเป็น CSV ใหม่")
        raise DataError([Fault(file, tr("โครงสร้าง CSV เสีย ({error})", error=error), remedy)]) from error
    return _table(name, file, "", lines)


def cell_text(value: object) -> str:
    """Text of a spreadsheet cell; a number in the 15 digits that a spreadsheet keeps (82.2, not 82.20000000000001)."""
    if isinstance(value, float):
        return format(Decimal(format(value, ".15g")), "f")
    return "" if value is None else str(value)


def _read_workbook(path: Path, file: str) -> tuple[list[RawTable], list[Fault]]:
    """The tables of a workbook, and the faults of sheets that are none; sheets of notes and blank ones are passed over."""
    checked = checked_workbook(path, file)
    try:
        workbook = CalamineWorkbook.from_filelike(checked)
        sheets = [name for name in workbook.sheet_names if not name.startswith(NOTE)]
        read = [(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in sheets]
    except (CalamineError, OSError, ValueError) as error:
        remedy = tr("เปิดด้วยเอกเซลหรือ LibreOffice แล้วบันทึกเป็น .xlsx ใหม่")
        raise DataError([Fault(file, tr("เปิดสมุดงานไม่ได้ แฟ้มเสียหรือไม่ใช่ .xlsx"), remedy)]) from error
    tables: list[RawTable] = []
    faults: list[Fault] = []
    remedy = tr("ตั้งชื่อแผ่นงานเป็นชื่อใดชื่อหนึ่ง: {listed}", listed=', '.join(TABLES))
    for name, rows in read:
        lines = [[cell_text(value) for value in row] for row in rows]
        table = name.strip().lower()
        if table in TABLES:
            try:
                tables.append(_table(table, file, name, _lines_of_data(table, lines)))
            except DataError as error:
                faults += error.faults
        elif any(cell.strip() for line in lines for cell in line):
            ways = tr("{remedy} หากเป็นแผ่นงานบันทึกช่วยจำ ให้ขึ้นต้นชื่อด้วย {note}", remedy=remedy, note=NOTE)
            faults.append(Fault(file, tr("ชื่อแผ่นงานไม่ใช่ชื่อตาราง"), ways, sheet=name, value=name))
    if not tables and not faults:
        faults.append(Fault(file, tr("ไม่มีแผ่นงานที่รู้จัก"), remedy))
    return tables, faults


def _name_fault(path: Path, root: Path) -> Fault:
    if path.suffix.lower() == ".csv":
        problem, remedy = tr("ชื่อแฟ้มไม่ใช่ชื่อตาราง"), tr("ใช้ชื่อแฟ้มใดชื่อหนึ่ง: {listed}", listed=', '.join(_FILES[1:]))
    else:
        problem, remedy = tr("สมุดงานต้องชื่อ {workbook}", workbook=WORKBOOK), tr("เปิดด้วยเอกเซลหรือ LibreOffice แล้วบันทึกเป็น {workbook}", workbook=WORKBOOK)
    return Fault(path.relative_to(root).as_posix(), problem, remedy, value=path.name)


def read_folder(folder: Path, root: Path) -> tuple[list[RawTable], list[Fault]]:
    """All tables of one agency-year, and the faults of those that cannot be read.

    Files are named relative to `root` in faults. A table that stands both in the workbook and in a CSV
    file is a fault: nobody could tell which one counts.
    """
    tables: list[RawTable] = []
    faults: list[Fault] = []

    def keep(path: Path) -> None:
        file = path.relative_to(root).as_posix()
        try:
            if path.name.lower() == WORKBOOK:
                found, wrong = _read_workbook(path, file)
            else:
                found, wrong = [read_csv(path, file, path.stem.lower())], []
        except DataError as error:
            faults.extend(error.faults)
            return
        tables.extend(found)
        faults.extend(wrong)

    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in ENDINGS or path.name.startswith(LOCKS):
            continue
        if path.name.lower() in _FILES:
            keep(path)
        else:
            faults.append(_name_fault(path, root))
    seen: dict[str, RawTable] = {}
    for table in tables:
        if table.name in seen:
            remedy = tr("เก็บตารางนี้ไว้ที่เดียว ลบแผ่นงานหรือแฟ้มที่ซ้ำ")
            faults.append(table.fault(tr("ตาราง {table} มีอยู่แล้วใน {file}", table=table.name, file=seen[table.name].file), remedy))
        seen.setdefault(table.name, table)
    return list(seen.values()), faults
