"""Workbooks before they are parsed: a zip archive of honest size, without anything that runs or leads elsewhere.

What is parsed is a copy of the parts that were looked at, so that a reader that takes the archive another way finds
nothing else in it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from itabook.data.limits import MEGABYTE, read_bytes
from itabook.data.parts import PartError, Parts
from itabook.errors import DataError, Fault
from itabook.language import later, tr

MOST_PARTS = 1_000
"""Files in a workbook: one with the seven tables has about twenty."""
MOST_UNPACKED = 100 * MEGABYTE
"""Of all parts together; the sheets of a workbook of 5 MB unpack to 50 MB."""
MOST_RATIO = 250
"""How many times larger than packed a part may be; sheets of numbers come to 20, sheets of blanks to 100."""
LARGE = MEGABYTE
"""Parts up to this size may be packed as tightly as they like: they do no harm."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Excel 97 to 2003 begin, and later ones with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_AGAIN = later("เปิดด้วยเอกเซลหรือ LibreOffice แล้วบันทึกเป็น .xlsx ใหม่")
_REFUSED = (
    (
        r"xl/(externallinks|connections|querytables)\b",
        later("สมุดงานดึงข้อมูลจากแฟ้มหรือแหล่งอื่น"),
        later("ในเอกเซลเลือก ข้อมูล > แก้ไขลิงก์ > ตัดการเชื่อมโยง เพื่อให้เหลือแต่ค่า แล้วบันทึกใหม่"),
    ),
    (
        r"(.*/)?(vbaproject|vbadata|macrosheets|dialogsheets)\b",
        later("สมุดงานมีแมโคร"),
        later("บันทึกเป็น สมุดงาน Excel (.xlsx) ซึ่งไม่มีแมโคร"),
    ),
    (
        r"xl/(embeddings|activex|webextensions)\b",
        later("สมุดงานมีวัตถุหรือโปรแกรมฝังอยู่"),
        later("ลบวัตถุที่ฝังไว้ทุกแผ่นงาน แล้วบันทึกใหม่"),
    ),
)
"""Parts that are refused, by the beginning of their name, with what is said of them."""
_OUTSIDE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|\x00")
_KEPT = (".xml", ".rels")
"""Parts that hold text; pictures and the like are left out of the copy."""


def checked_workbook(path: Path, file: str) -> io.BytesIO:
    """A copy of the parts of a workbook that hold text, called `file` in faults. DataError for one that is refused."""
    data = read_bytes(path, file)
    try:
        return _copy(data)
    except PartError as refused:
        problem, remedy, value = refused.args
        raise DataError([Fault(file, problem, remedy, value=value)]) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, IndexError) as error:
        raise DataError([Fault(file, tr("เปิดสมุดงานไม่ได้ แฟ้มเสียหรือไม่ใช่ .xlsx"), tr(_AGAIN))]) from error


def _copy(data: bytes) -> io.BytesIO:
    if data.startswith(_OLE):
        raise PartError(*_old_or_locked(data), "")
    copied, looked = io.BytesIO(), Parts()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(copied, "w", zipfile.ZIP_STORED) as copy:
        parts = archive.infolist()
        _check_names(parts)
        _check_sizes(parts)
        for part, content in _contents(archive, parts):
            if part.filename.lower().endswith(_KEPT):
                looked.look(content)
                copy.writestr(zipfile.ZipInfo(part.filename), content)
    looked.finish()
    copied.seek(0)
    return copied


def _locked() -> tuple[str, str]:
    return tr("สมุดงานตั้งรหัสผ่านไว้"), tr("เปิดด้วยรหัสผ่าน เอารหัสผ่านออก แล้วบันทึกเป็น .xlsx ใหม่")


def _old_or_locked(data: bytes) -> tuple[str, str]:
    if _ENCRYPTED in data:
        return _locked()
    return tr("สมุดงานเป็นรูปแบบเก่าของเอกเซล (.xls) แม้ชื่อจะลงท้ายด้วย .xlsx"), tr(_AGAIN)


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for part in parts:
        name = part.filename.lower()
        if _OUTSIDE.search(part.orig_filename) or name in seen:
            raise PartError(tr("แฟ้มข้างในสมุดงานมีชื่อผิดปกติหรือซ้ำกัน"), tr(_AGAIN), part.orig_filename)
        seen.add(name)
        for pattern, problem, remedy in _REFUSED:
            if re.match(pattern, name):
                raise PartError(tr(problem), tr(remedy), part.filename)
        if part.flag_bits & 1:
            raise PartError(*_locked(), part.filename)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise PartError(tr("สมุดงานมีแฟ้มข้างในเกิน {most:,} แฟ้ม", most=MOST_PARTS), tr(_AGAIN), tr("{files:,} แฟ้ม", files=len(parts)))
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        _too_large(sum(part.file_size for part in parts))
    for part in parts:
        if part.file_size > LARGE and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            problem = tr("แฟ้มข้างในสมุดงานคลายแล้วใหญ่ขึ้นเกิน {most} เท่า ซึ่งผิดปกติ", most=MOST_RATIO)
            raise PartError(problem, tr("ลบแถวและคอลัมน์ว่างที่จัดรูปแบบไว้ แล้วบันทึกใหม่"), part.filename)


def _too_large(size: int) -> None:
    problem = tr("สมุดงานคลายแล้วใหญ่เกิน {most} MB", most=MOST_UNPACKED // MEGABYTE)
    raise PartError(problem, tr("ลบรูปภาพ แถวและคอลัมน์ว่างที่จัดรูปแบบไว้ แล้วบันทึกใหม่"), f"{size / MEGABYTE:.0f} MB")


def _contents(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Each part with its bytes; never more of them are unpacked than the archive says itself."""
    for part in parts:
        if not part.is_dir():
            with archive.open(part) as opened:
                yield part, opened.read(MOST_UNPACKED)
