"""Files of raw data as tables of text: a folder of CSV files, or one `ita.xlsx` with a sheet a table."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from itabook.data.schemas import TABLES
from itabook.errors import DataError, Fault

WORKBOOK = "ita.xlsx"
_FILES = (WORKBOOK, *(f"{name}.csv" for name in TABLES))
ENDINGS = (".csv", ".xls", ".xlsx")
LOCKS = ("~$", ".")
"""How names begin of the files that Excel and LibreOffice lay beside an open workbook."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as typed: header and rows of text, each row with the number a user sees."""

    name: str
    file: str
    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def fault(self, problem: str, remedy: str, *, row: int | None = None, column: str = "", value: str = "") -> Fault:
        """A fault in this table."""
        return Fault(self.file, problem, remedy, sheet=self.sheet, row=row, column=column, value=value)


def decode(data: bytes, file: str) -> str:
    """Text of a file: UTF-8, or the Thai code page of old Excel (TIS-620, CP874). DataError for others."""
    if not data.strip():
        raise DataError([Fault(file, "แฟ้มว่าง", "ใส่ข้อมูลพร้อมแถวหัวตาราง หรือลบแฟ้มนี้ออก")])
    for encoding in ("utf-8-sig", "cp874"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and (encoding != "cp874" or _looks_thai(text)):
            return text
    remedy = "บันทึกใหม่เป็น CSV UTF-8 (ในเอกเซลเลือก CSV UTF-8 (Comma delimited))"
    raise DataError([Fault(file, "แฟ้มไม่ใช่ข้อความ UTF-8 และไม่ใช่ TIS-620", remedy)])


def _looks_thai(text: str) -> bool:
    beyond_ascii = [char for char in text if ord(char) > 127]
    thai = sum("\u0e01" <= char <= "\u0e5b" for char in beyond_ascii)
    return thai > 0.95 * len(beyond_ascii)


def _table(name: str, file: str, sheet: str, lines: Sequence[Sequence[str]]) -> RawTable:
    numbered = [(row, tuple(cells)) for row, cells in enumerate(lines, start=1) if any(c.strip() for c in cells)]
    if not numbered:
        raise DataError([Fault(file, "ตารางว่าง", "ใส่แถวหัวตารางและข้อมูล หรือลบแฟ้มหรือแผ่นงานนี้ออก", sheet=sheet)])
    header = tuple(cell.strip() for cell in numbered[0][1])
    while header and not header[-1]:
        header = header[:-1]
    return RawTable(name, file, sheet, header, tuple(numbered[1:]))


def read_csv(path: Path, file: str, name: str) -> RawTable:
    """A table of this name from a CSV file, called `file` in faults. DataError where it cannot be read."""
    text = decode(path.read_bytes(), file)
    header = text.lstrip().partition("\n")[0]
    if ";" in header and "," not in header:
        remedy = "บันทึกใหม่เป็น CSV ที่คั่นด้วยจุลภาค (ในเอกเซลเลือก CSV UTF-8 (Comma delimited))"
        raise DataError([Fault(file, "แฟ้มคั่นช่องด้วยอัฒภาค (;) ไม่ใช่จุลภาค (,)", remedy, row=1, value=header.strip()[:80])])
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        remedy = "ตรวจเครื่องหมายคำพูดที่เปิดแล้วไม่ปิด แล้วบันทึกเป็น CSV ใหม่"
        raise DataError([Fault(file, f"โครงสร้าง CSV เสีย ({error})", remedy)]) from error
    return _table(name, file, "", lines)


def _cell(value: object) -> str:
    """Text of a spreadsheet cell; a number in the 15 digits that a spreadsheet keeps (82.2, not 82.20000000000001)."""
    if isinstance(value, float):
        return format(Decimal(format(value, ".15g")), "f")
    return "" if value is None else str(value)


def _read_workbook(path: Path, file: str) -> Iterator[RawTable]:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [(name, workbook.get_sheet_by_name(name)) for name in workbook.sheet_names if name in TABLES]
        read = [(name, sheet.start, sheet.to_python(skip_empty_area=False)) for name, sheet in sheets]
    except (CalamineError, OSError, ValueError) as error:
        remedy = "เปิดด้วยเอกเซลหรือ LibreOffice แล้วบันทึกเป็น .xlsx ใหม่"
        raise DataError([Fault(file, "เปิดสมุดงานไม่ได้ แฟ้มเสียหรือไม่ใช่ .xlsx", remedy)]) from error
    if not read:
        names = ", ".join(TABLES)
        raise DataError([Fault(file, "ไม่มีแผ่นงานที่รู้จัก", f"ตั้งชื่อแผ่นงานเป็นชื่อใดชื่อหนึ่ง: {names}")])
    for name, _, lines in read:
        yield _table(name, file, name, [[_cell(value) for value in line] for line in lines])


def _name_fault(path: Path, root: Path) -> Fault:
    if path.suffix.lower() == ".csv":
        problem, remedy = "ชื่อแฟ้มไม่ใช่ชื่อตาราง", f"ใช้ชื่อแฟ้มใดชื่อหนึ่ง: {', '.join(_FILES[1:])}"
    else:
        problem, remedy = f"สมุดงานต้องชื่อ {WORKBOOK}", f"เปิดด้วยเอกเซลหรือ LibreOffice แล้วบันทึกเป็น {WORKBOOK}"
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
            book = path.name.lower() == WORKBOOK
            found = list(_read_workbook(path, file)) if book else [read_csv(path, file, path.stem.lower())]
        except DataError as error:
            faults.extend(error.faults)
            return
        tables.extend(found)

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
            remedy = "เก็บตารางนี้ไว้ที่เดียว ลบแผ่นงานหรือแฟ้มที่ซ้ำ"
            faults.append(table.fault(f"ตาราง {table.name} มีอยู่แล้วใน {seen[table.name].file}", remedy))
        seen.setdefault(table.name, table)
    return list(seen.values()), faults
