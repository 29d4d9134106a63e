"""What a file of raw data may hold at most, and which characters of it cannot be printed.

The limits are far above any honest file: a workbook of ITA results is under 5 MB, the list of all 8,300 agencies of the
country under 2 MB. What is above them is a mistake or an attack, and would hold up the machine before anyone sees it.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from itabook.errors import DataError, Fault, code_points
from itabook.language import tr

if TYPE_CHECKING:
    from itabook.data.files import RawTable

MEGABYTE = 2**20
MOST_BYTES = 20 * MEGABYTE
"""Of a CSV file or workbook: ten times the list of all agencies."""
MOST_YAML_BYTES = MEGABYTE
"""Of a YAML file: the rules of a year are under 40 kB."""
MOST_ROWS = 50_000
"""Of a table: six times all agencies; a report has some hundred rows."""
LONGEST_TEXT = 5_000
"""Letters of a cell of running text: two pages of print, and ten times the longest in the reports at hand."""
LONGEST_NAME = 300
"""Letters of a cell that is a name, a label or a number: such stand in charts and in narrow columns."""
RUNNING = ("text", "steps", "period", "responsible", "monitoring", "title", "remark", "where", "source")
"""Columns of running text."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TURNING = re.compile("[\u061c\u202a-\u202e\u2066-\u2069\x85\u2028\u2029]")
"""Characters that turn the direction of text, and ends of lines that few programs show."""


def read_bytes(path: Path, file: str, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file, called `file` in faults. DataError for what is no file, too large, or cannot be read."""
    try:
        with path.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            data = b"" if size > most else opened.read(most + 1)
    except OSError as error:
        remedy = tr("ตรวจสิทธิ์การอ่านแฟ้ม ปิดโปรแกรมอื่นที่เปิดแฟ้มนี้ค้างไว้ แล้วสั่งอีกครั้ง")
        raise DataError([Fault(file, tr("อ่านแฟ้มไม่ได้ ({kind})", kind=type(error).__name__), remedy)]) from error
    if max(size, len(data)) > most:
        problem = tr("แฟ้มใหญ่เกิน {most} MB", most=most // MEGABYTE)
        remedy = tr("ตรวจว่าเป็นแฟ้มที่ถูกต้อง ลบแถวว่าง รูปภาพ และส่วนที่ไม่ใช่ข้อมูลออก แล้วบันทึกใหม่")
        raise DataError([Fault(file, problem, remedy, value=f"{max(size, len(data)) / MEGABYTE:.1f} MB")])
    return data


def row_faults(raw: "RawTable") -> Iterator[Fault]:
    """A fault where a table has more rows than any honest one."""
    if len(raw.rows) > MOST_ROWS:
        remedy = tr("ตรวจว่าเป็นแฟ้มที่ถูกต้อง ลบแถวที่ไม่ใช่ข้อมูลออก")
        yield raw.fault(tr("ตารางมีเกิน {most:,} แถว", most=MOST_ROWS), remedy, value=tr("{rows:,} แถว", rows=len(raw.rows)))


def text_faults(raw: "RawTable") -> Iterator[Fault]:
    """Cells that hold characters which cannot be printed, or more letters than can be shown."""
    for row, cells in raw.rows:
        for column, cell in zip(raw.header, cells, strict=False):
            most = LONGEST_TEXT if column in RUNNING else LONGEST_NAME
            said = text_fault(cell, most)
            if said:
                yield raw.fault(*said, row=row, column=column, value=cell)


def text_fault(text: str, most: int = LONGEST_TEXT) -> tuple[str, str] | None:
    """Problem and remedy of one text; None where it can be printed and shown."""
    found = sorted(set(_UNPRINTABLE.findall(text)))
    if found:
        shown = code_points(found)
        return tr("มีอักขระควบคุมที่พิมพ์ไม่ได้ ({shown})", shown=shown), tr("ลบข้อความในช่องนี้แล้วพิมพ์ใหม่ ไม่ใช้วิธีคัดลอกมาวาง")
    if len(text) > most:
        problem = tr("ข้อความยาว {letters:,} ตัวอักษร เกิน {most:,} ตัวอักษร", letters=len(text), most=most)
        return problem, tr("ย่อข้อความ หรือแบ่งเป็นหลายแถว ฉบับเต็มอ้างถึงในคอลัมน์ where")
    return None


def plain_fault(text: str) -> tuple[str, str] | None:
    """`text_fault` of a text that nobody cleans after: nor may it turn the direction of what follows it."""
    found = sorted(set(_TURNING.findall(text)))
    if found:
        problem = tr("มีอักขระที่มองไม่เห็นซึ่งเปลี่ยนทิศทางหรือขึ้นบรรทัดใหม่ ({shown})", shown=code_points(found))
        return problem, tr("ลบค่าของคีย์นี้แล้วพิมพ์ใหม่ ไม่ใช้วิธีคัดลอกมาวาง")
    return text_fault(text)
