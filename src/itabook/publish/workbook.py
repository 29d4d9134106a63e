"""All tables of a book and the data of its figures as an accessible XLSX: cover, contents, notes, one table a sheet."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from itabook.domain.figure_data import FigureData
from itabook.domain.masking import FEWEST
from itabook.publish.numbered import Numbered, numbered
from itabook.publish.project import BookProject
from itabook.publish.sheets import Sheet, add_sheet
from itabook.words import Words

COVER, CONTENTS, NOTES = "หน้าปก", "สารบัญ", "หมายเหตุ"
_ONE_TABLE = "แผ่นงานนี้มีหนึ่งตาราง"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of all files in the archive, so that the same book has the same bytes."""


def write_workbook(book: BookProject, folder: Path) -> Path:
    """Makes `<output-file>.xlsx` in an existing folder.

    Raises:
        PublishError: a chapter cannot be read.
    """
    found = _apart(list(numbered(book)))
    made = Workbook()
    made.remove(made.active)
    for sheet in (_cover(book, found), _contents(found), _notes(book), *(_sheet(one) for one in found)):
        add_sheet(made, sheet, Words("thai" if book.digits == "thai" else "arabic"))
    now = _now()
    about = made.properties
    about.title, about.creator, about.language, about.description = book.title, book.author, book.lang, book.subtitle
    about.created = about.modified = now
    path = folder / f"{book.output_file}.xlsx"
    path.write_bytes(_bytes(made))
    return path


def _now() -> datetime:
    """Now, or the time that SOURCE_DATE_EPOCH names, without a zone, as openpyxl takes it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).replace(tzinfo=None, microsecond=0)


def _bytes(made: Workbook) -> bytes:
    """The file, written without openpyxl's own times: of the moment, in its properties and of each part."""
    raw, packed = io.BytesIO(), io.BytesIO()
    ExcelWriter(made, ZipFile(raw, "w")).save()
    with ZipFile(raw) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(ZipInfo(name, _FIRST_DAY), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()


def _apart(found: list[Numbered]) -> list[tuple[str, Numbered]]:
    """What has a table by the name of its sheet; chapters without a number may number twice."""
    named: dict[str, Numbered] = {}
    for one in (one for one in found if one.table is not None):
        name, times = one.name, 1
        while name in named:
            times += 1
            name = f"{one.name} ({times})"
        named[name] = one
    return list(named.items())


def _cover(book: BookProject, found: list[tuple[str, Numbered]]) -> Sheet:
    words = Words("thai" if book.digits == "thai" else "arabic")
    lines = [line for line in (book.subtitle, book.author, book.date) if line]
    lines.append(
        f"แฟ้มนี้มีตารางและข้อมูลของรูปในรายงาน {words.count(len(found))} รายการ แผ่นงานละหนึ่งตาราง ใช้เลขที่เดียวกับในรายงาน"
    )
    return Sheet(COVER, book.title, tuple(lines), links=((f"ไปที่{CONTENTS}", CONTENTS), (f"ไปที่{NOTES}", NOTES)))


def _contents(found: list[tuple[str, Numbered]]) -> Sheet:
    rows = tuple((name, one.caption, one.chapter) for name, one in found)
    lines = (f"{_ONE_TABLE} เลือกชื่อในคอลัมน์แรกเพื่อไปที่แผ่นงานนั้น",)
    return Sheet(CONTENTS, CONTENTS, lines, FigureData(("แผ่นงาน", "ชื่อ", "บท"), rows), key="contents", first_links=True)


def _notes(book: BookProject) -> Sheet:
    words = Words("thai" if book.digits == "thai" else "arabic")
    rows = (
        ("เซลล์ว่าง", "ไม่ปรากฏในรายงานของหน่วยงาน หรือไม่ใช้กับแถวนั้น ในรายงานฉบับนี้แสดงเป็นขีด (–)"),
        (
            "เครื่องหมาย ×",
            f"ไม่แสดงจำนวน เพื่อไม่ให้ระบุตัวผู้ตอบได้ ได้แก่ กลุ่มที่มีผู้ตอบน้อยกว่า {words.count(FEWEST)}\u00a0คน "
            "และจำนวนอื่นเท่าที่ใช้คำนวณย้อนหากลุ่มดังกล่าวได้",
        ),
        ("ตัวเลข", "คะแนนและร้อยละปัดครั้งเดียวเป็นทศนิยมสองตำแหน่ง ครึ่งหนึ่งปัดขึ้น ค่าติดลบคือลดลงหรือต่ำกว่า"),
        ("คอลัมน์หมวด", "หัวข้อของกลุ่มแถวในตาราง"),
        ("คอลัมน์หมายเหตุ", "เชิงอรรถ ก ข ค ของตาราง บอกชื่อคอลัมน์ที่เชิงอรรถนั้นอธิบาย"),
        ("ที่มาของข้อมูล", "ระบุไว้ในหัวข้อ “ที่มาของข้อมูล” ท้ายแต่ละบทของรายงาน"),
    )
    return Sheet(NOTES, NOTES, (_ONE_TABLE,), FigureData(("เรื่อง", "ความหมาย"), rows), key="notes")


def _sheet(one: tuple[str, Numbered]) -> Sheet:
    name, shown = one
    assert shown.table is not None  # noqa: S101 - for mypy; those without were left out
    lines = (f"{_ONE_TABLE} จากบท {shown.chapter}", *shown.table.notes)
    return Sheet(name, f"{name}: {shown.caption}", lines, shown.table.data, links=((f"กลับไปที่{CONTENTS}", CONTENTS),))
