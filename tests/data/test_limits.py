"""What raw data may hold: text that can be printed, of a length that can be shown, in files of the project."""

from pathlib import Path

import pytest

from itabook.data import limits
from itabook.data.links import refuse_links
from itabook.data.project import Project
from itabook.data.raw import read_raw
from itabook.data.store import refresh
from itabook.data.text import clean
from itabook.errors import DataError, Fault, visible
from tests.conftest import add_year

SCORES = "measure,scope,code,name,value,level,where\n"
TOTAL = "score,total,,คะแนนรวม,91.21,A,หน้า 1\n"
SOURCE = "document: รายงานทดลอง\npublisher: หน่วยงานทดลอง\n"


def faults_of(project: Project) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        read_raw(project)
    return caught.value.faults


@pytest.mark.parametrize("letter", ["\x01", "\x08", "\x1b", "\x7f", "\x9b", "\ufffe"])
def test_a_cell_with_a_control_character_is_a_fault_that_names_it(empty_project: Project, letter: str) -> None:
    add_year(empty_project, "try", "2564", scores=SCORES + TOTAL.replace("คะแนน", f"คะ{letter}แนน"))

    (fault,) = faults_of(empty_project)
    assert (fault.row, fault.column) == (2, "name")
    assert f"U+{ord(letter):04X}" in fault.problem
    assert letter not in str(fault)


@pytest.mark.parametrize(("column", "most"), [("name", limits.LONGEST_NAME), ("where", limits.LONGEST_TEXT)])
def test_a_cell_may_be_as_long_as_can_be_shown(empty_project: Project, column: str, most: int) -> None:
    typed = {"name": "คะแนนรวม", "where": "หน้า 1"}[column]
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL.replace(typed, "ก" * most))
    assert len(read_raw(empty_project).tables["scores"]) == 1

    (folder / "scores.csv").write_text(SCORES + TOTAL.replace(typed, "ก" * 100_000), encoding="utf-8")
    (fault,) = faults_of(empty_project)
    assert (fault.row, fault.column) == (2, column)
    assert f"ยาว 100,000 ตัวอักษร เกิน {most:,}" in fault.problem
    assert len(str(fault)) < 500


def test_a_number_with_a_control_character_is_one_fault(empty_project: Project) -> None:
    add_year(empty_project, "try", "2564", scores=SCORES + TOTAL.replace("91.21", "91\x08.21"))

    (fault,) = faults_of(empty_project)
    assert "U+0008" in fault.problem


def test_a_table_of_too_many_rows_is_one_fault(empty_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 2)
    add_year(empty_project, "try", "2564", scores=SCORES + TOTAL * 3)

    (fault,) = faults_of(empty_project)
    assert (fault.problem, fault.value) == ("ตารางมีเกิน 2 แถว", "3 แถว")


def test_what_turns_the_direction_of_text_is_taken_out_of_cells() -> None:
    assert clean("คะแนน\u202e12.19\u202c \u2067รวม\u2069\u2028ปี") == "คะแนน12.19 รวม\nปี"


BAD_YAML: dict[str, tuple[str, str, str]] = {
    # name: text, part of the problem, column
    "billion laughs": (
        "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}, *{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)),
        "อ้างถึงค่าอื่น", "",
    ),
    "a list in itself": (SOURCE + "note: &a [*a, *a]\n", "อ้างถึงตัวเอง", ""),
    "deep brackets": (SOURCE + "note: " + "[" * 100_000, "ซ้อนกันลึก", ""),
    "deep indents": ("".join(f"{' ' * depth}a:\n" for depth in range(200)), "ซ้อนกันลึก", ""),
    "an object of Python": (SOURCE + "note: !!python/object/apply:os.system [ls]\n", "ใช้ ! ของ YAML", ""),
    "a tag that is none": (SOURCE + "note: !!int x\n", "ใช้ ! ของ YAML", ""),
    "a number of 9,999 digits": (SOURCE + f"note: {'9' * 9_999}\n", "ตัวเลขที่ใช้ไม่ได้", ""),
    "a control character": (SOURCE + 'note: "\\e[2J"\n', "U+001B", "note"),
    "a turned direction": (SOURCE + 'note: "\\u202E123"\n', "U+202E", "note"),
    "a NUL": (SOURCE + 'note: "\\0"\n', "U+0000", "note"),
    "a text of 100,000 letters": (SOURCE + f"note: {'ก' * 100_000}\n", "ยาว 100,000 ตัวอักษร", "note"),
    "a list for a key": (SOURCE + "? [a, b]\n: c\n", "โครงสร้าง YAML", ""),
    "a number for a key": (SOURCE + "2567: c\n", "คีย์ต้องเป็นข้อความ", "2567"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_YAML)
def test_yaml_that_would_harm_is_a_fault(empty_project: Project, name: str) -> None:
    text, problem, column = BAD_YAML[name]
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    (folder / "source.yml").write_text(text, encoding="utf-8")

    (fault,) = faults_of(empty_project)
    assert fault.file == "data/raw/try/2564/source.yml"
    assert problem in fault.problem
    assert fault.column == column
    assert fault.remedy


def test_a_yaml_file_of_megabytes_is_not_read(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    (folder / "source.yml").write_text(SOURCE + "#" * limits.MOST_YAML_BYTES, encoding="utf-8")

    (fault,) = faults_of(empty_project)
    assert "ใหญ่เกิน 1 MB" in fault.problem


def test_a_long_short_name_is_a_fault_with_its_limit(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    (folder.parent / "agency.yml").write_text(f"name: ก\nshort: {'ก' * 61}\ntype: sao\n", encoding="utf-8")

    (fault,) = faults_of(empty_project)
    assert (fault.column, fault.remedy) == ("short", "ย่อข้อความให้ไม่เกิน 60 ตัวอักษร")


def test_a_missing_source_does_not_hide_the_faults_of_its_year(empty_project: Project) -> None:
    folder = add_year(empty_project, "try", "2564", scores=SCORES + TOTAL.replace("91.21", "9l.21"))
    (folder / "source.yml").unlink()

    assert {fault.file.rsplit("/", 1)[1] for fault in faults_of(empty_project)} == {"source.yml", "scores.csv"}


@pytest.mark.parametrize("key", ["con", "nul", "com1", "BGO", "a b", "a" * 61, "ก", "-x", "x.y", "$(id)"])
def test_names_of_agencies_that_are_not_safe_are_refused(empty_project: Project, key: str) -> None:
    add_year(empty_project, key, "2564", scores=SCORES + TOTAL)

    (fault,) = faults_of(empty_project)
    assert (fault.problem, fault.value) == ("ชื่อโฟลเดอร์ของหน่วยงานใช้ไม่ได้", key)


@pytest.mark.parametrize("year", ["๒๕๖๔", "02564", "2564 ", "+2564"])
def test_a_year_is_written_in_one_way_only(empty_project: Project, year: str) -> None:
    add_year(empty_project, "try", year, scores=SCORES + TOTAL)

    (fault,) = faults_of(empty_project)
    assert fault.value == year


@pytest.mark.parametrize("place", ["try/2564/scores.csv", "try/2564/source.yml", "try/2564", "try", "peers"])
def test_links_in_the_raw_data_are_refused(empty_project: Project, tmp_path: Path, place: str) -> None:
    add_year(empty_project, "try", "2564", scores=SCORES + TOTAL)
    link, outside = empty_project.raw / place, tmp_path / "outside"
    if link.exists():
        link.rename(outside)
    else:
        outside.mkdir()
    link.symlink_to(outside)

    with pytest.raises(DataError) as caught:
        refresh(empty_project)
    (fault,) = caught.value.faults
    assert fault.file == f"data/raw/{place}"
    assert "คัดลอก" in fault.remedy


def test_raw_data_that_lie_elsewhere_are_refused(empty_project: Project, tmp_path: Path) -> None:
    empty_project.raw.rename(tmp_path / "outside")
    empty_project.raw.symlink_to(tmp_path / "outside")

    with pytest.raises(DataError, match="data/raw"):
        refuse_links(empty_project)


def test_what_a_message_shows_steers_no_terminal() -> None:
    assert visible("ก\x1b]0;x\x07\r\u202e\nข") == "ก<U+001B>]0;x<U+0007><U+000D><U+202E>\nข"
