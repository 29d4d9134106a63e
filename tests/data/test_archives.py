"""Workbooks that are refused before they are parsed, each with its reason and what to do."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from itabook.data import archives, limits, parts
from itabook.data.archives import checked_workbook
from itabook.data.project import Project
from itabook.data.raw import read_raw
from itabook.errors import DataError, Fault
from tests.conftest import add_year

SCORES = ("measure", "scope", "code", "name", "value", "level", "where")
TOTAL = ("score", "total", "", "คะแนนรวม", "91.21", "A", "หน้า 1")
STRINGS, SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"


def workbook() -> bytes:
    """A workbook of one total."""
    book = openpyxl.Workbook()
    book.active.title = "scores"
    book.active.append(SCORES)
    book.active.append(TOTAL)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """A workbook with parts changed or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        found = {part.filename: old.read(part) for part in old.infolist()}
        for name, content in {**found, **changed}.items():
            new.writestr(name, content)
    return target.getvalue()


def part(name: str, content: bytes = b"x") -> Callable[[], bytes]:
    return lambda: repacked(workbook(), {name: content})


def sheet(old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        content = archive.read(SHEET)
    assert old in content
    return repacked(workbook(), {SHEET: content.replace(old, new)})


def with_a_lie() -> bytes:
    """A part that says it is small and unpacks to more, with the checksum of the small one."""
    data, honest = bytearray(part("xl/lie.xml", b"<a>" + b" " * 10_000 + b"</a>")()), b"<a></a>"
    for signature, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        at = data.rindex(signature, 0, data.rindex(b"xl/lie.xml") if signature[2] == 1 else data.index(b"xl/lie.xml"))
        data[at + place : at + place + 4] = zlib.crc32(honest).to_bytes(4, "little")
        data[at + place + 8 : at + place + 12] = len(honest).to_bytes(4, "little")
    return bytes(data)


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    # name: workbook, part of the problem, part of the remedy
    "external links": (part("xl/externalLinks/externalLink1.xml"), "แหล่งอื่น", "ตัดการเชื่อมโยง"),
    "connections": (part("xl/connections.xml"), "แหล่งอื่น", "ตัดการเชื่อมโยง"),
    "macros": (part("xl/vbaProject.bin"), "แมโคร", ".xlsx"),
    "macro sheets": (part("xl/macrosheets/sheet1.xml"), "แมโคร", ".xlsx"),
    "embedded objects": (part("xl/embeddings/oleObject1.bin"), "ฝัง", "ลบวัตถุ"),
    "a path to elsewhere": (part("../../evil.xml"), "ชื่อผิดปกติ", "บันทึกเป็น .xlsx"),
    "an absolute path": (part("/etc/evil.xml"), "ชื่อผิดปกติ", "บันทึกเป็น .xlsx"),
    "a path with backslashes": (part("xl\\..\\..\\evil.xml"), "ชื่อผิดปกติ", "บันทึกเป็น .xlsx"),
    "the same part in capitals": (part("XL/Workbook.xml", b"<a/>"), "ซ้ำ", "บันทึกเป็น .xlsx"),
    "a zip bomb": (part("xl/bomb.xml", b" " * 30_000_000), "ใหญ่ขึ้นเกิน", "ลบแถวและคอลัมน์ว่าง"),
    "entities": (
        part(STRINGS, b'<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>'),
        "DOCTYPE", "บันทึกเป็น .xlsx",
    ),
    "an entity that reads a file": (
        part(STRINGS, b'<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>'),
        "DOCTYPE", "บันทึกเป็น .xlsx",
    ),
    "broken XML": (part(STRINGS, b"<sst><si>"), "XML", "บันทึกเป็น .xlsx"),
    "a cell far out": (lambda: sheet(b'r="G2"', b'r="XFD1048576"'), "ไกลจากตาราง", "Ctrl+End"),
    "a lie about the size": (with_a_lie, "XML|เสีย", "บันทึกเป็น .xlsx"),
    "a password": (lambda: archives._OLE + b"\0" * 600 + archives._ENCRYPTED, "รหัสผ่าน", "เอารหัสผ่านออก"),
    "the old format": (lambda: archives._OLE + b"\0" * 600, ".xls", "บันทึกเป็น .xlsx"),
    "no zip": (lambda: b"measure,scope", "เปิดสมุดงานไม่ได้", "บันทึกเป็น .xlsx"),
    "an end cut off": (lambda: workbook()[:-30], "เปิดสมุดงานไม่ได้", "บันทึกเป็น .xlsx"),
}  # fmt: skip


def fault_of(project: Project, data: bytes) -> Fault:
    folder = add_year(project, "try", "2564")
    (folder / "ita.xlsx").write_bytes(data)
    with pytest.raises(DataError) as caught:
        read_raw(project)
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize("name", BAD)
def test_bad_workbooks_are_refused_with_reason_and_remedy(empty_project: Project, name: str) -> None:
    make, problem, remedy = BAD[name]

    fault = fault_of(empty_project, make())
    assert fault.file == "data/raw/try/2564/ita.xlsx"
    assert any(word in fault.problem for word in problem.split("|")), fault.problem
    assert remedy in fault.remedy


def test_an_honest_workbook_is_read_from_the_copy(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564")
    (folder / "ita.xlsx").write_bytes(repacked(workbook(), {"xl/media/logo.png": b"\x89PNG"}))

    assert list(read_raw(empty_project).tables["scores"]["name"]) == ["คะแนนรวม"]


def test_pictures_are_not_in_the_copy_that_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "ita.xlsx"
    path.write_bytes(repacked(workbook(), {"xl/media/logo.png": b"\x89PNG"}))

    names = zipfile.ZipFile(checked_workbook(path, "ita.xlsx")).namelist()
    assert SHEET in names
    assert "xl/media/logo.png" not in names


def test_too_many_parts_are_refused(empty_project: Project) -> None:
    many = {f"xl/custom/{number}.xml": b"<a/>" for number in range(archives.MOST_PARTS)}

    assert "เกิน 1,000 แฟ้ม" in fault_of(empty_project, repacked(workbook(), many)).problem


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    empty_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1_000)

    assert "คลายแล้วใหญ่เกิน" in fault_of(empty_project, workbook()).problem


def test_one_long_text_in_many_cells_is_refused(empty_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_LETTERS", 500_000)
    rows = b"".join(b'<row><c t="s"><v>0</v></c></row>' for _ in range(60))
    text = f"<sst><si><t>{'ก' * 10_000}</t></si></sst>".encode()
    changed = {STRINGS: text, SHEET: b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"}

    fault = fault_of(empty_project, repacked(workbook(), changed))
    assert "ยาวรวมเกิน 500,000 ตัวอักษร" in fault.problem


@pytest.mark.parametrize("name", ["ita.xlsx", "scores.csv"])
def test_a_file_that_is_too_large_is_not_read(
    empty_project: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = add_year(empty_project, "try", "2564")
    with (folder / name).open("wb") as file:
        file.truncate(limits.MOST_BYTES + 1)

    with pytest.raises(DataError) as caught:
        read_raw(empty_project)
    (fault,) = caught.value.faults
    assert (fault.problem, fault.value) == ("แฟ้มใหญ่เกิน 20 MB", "20.0 MB")
    assert "บันทึกใหม่" in fault.remedy


@pytest.mark.parametrize("name", ["ita.xlsm", "ita.xlsb", "ita.ods"])
def test_other_kinds_of_workbooks_are_not_passed_over(empty_project: Project, name: str) -> None:
    folder = add_year(empty_project, "try", "2564", scores=",".join(SCORES) + "\n" + ",".join(TOTAL) + "\n")
    (folder / name).write_bytes(b"x")

    with pytest.raises(DataError, match=r"บันทึกเป็น ita\.xlsx"):
        read_raw(empty_project)
