"""Somebody's list of agencies into data/raw/peers: columns guessed, rows proved, nothing lost, nothing half-written."""

import csv
from decimal import Decimal as D
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from itabook.data.library import Library
from itabook.data.peer_headers import field_of, find_head
from itabook.data.peer_import import (
    PeerImport,
    Request,
    guarded,
    peers_file,
    read_import,
    rejected_file,
    rows_there,
    write_import,
)
from itabook.data.peer_rows import read_score
from itabook.data.peer_words import type_of
from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.data.text import THAI
from itabook.domain.scores import rounded
from itabook.errors import DataError
from itabook.domain.facts import AGENCY_TYPES
from tests.conftest import ROOT

YEAR = 2564
HEAD = ("ที่", "ชื่อหน่วยงาน", "ประเภท", "จังหวัด", *(f"ตัวชี้วัดที่ {n}" for n in range(1, 11)), "คะแนนรวม", "ระดับ")
RULES = load_rules(Project(ROOT), YEAR)


def line(
    name: str, score: object = "90.00", kind: str = "อบต.", level: str = "A", province: str = "จ.ลำพูน"
) -> list[object]:
    return [1, name, kind, province, *[score] * 10, score, level]


def write_csv(path: Path, *lines: object, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)  # type: ignore[arg-type]
    return path


def read(project: Project, path: Path, **asked: object) -> PeerImport:
    return read_import(project, Request(path, YEAR, **asked))  # type: ignore[arg-type]


def names(made: PeerImport) -> list[str]:
    return [one.cells["name"] for one in made.reading.listed]


def reasons(made: PeerImport) -> dict[int, str]:
    return {one.row: " · ".join(one.reasons) for one in made.reading.rejected}


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp874", ","), ("cp874", "\t")]
)
def test_a_list_in_any_usual_form_gives_the_same_peers(
    empty_project: Project, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    title = ["ผลการประเมิน ITA ของหน่วยงาน ปีงบประมาณ พ.ศ. 2564"]
    lines: tuple[object, ...] = (title, [], HEAD, line("อบต.สมมติ ก", "๙๐.๕๐"), line("อบต.สมมติ ข"))
    path = write_csv(tmp_path / "list.csv", *lines, encoding=encoding, delimiter=delimiter)
    made = read(empty_project, path, source="ประกาศสมมติ")

    assert write_import(empty_project, made) == 2
    peer = Library(empty_project).listed(YEAR)[0]
    assert (peer.name, peer.type, peer.province, peer.level) == ("อบต.สมมติ ก", "sao", "ลำพูน", "A")
    assert (peer.indicators, peer.total, peer.source) == ((D("90.5"),) * 10, D("90.5"), "ประกาศสมมติ")


def test_a_workbook_with_a_title_a_head_of_two_rows_and_merged_cells(empty_project: Project, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ตารางผลการประเมิน"])
    sheet.append(["ที่", "ชื่อ\nหน่วยงาน", "ประเภท", "จังหวัด", "คะแนนตัวชี้วัด", *[None] * 9, "คะแนน  รวม", "ระดับ"])
    sheet.append([None] * 4 + [*range(1, 11), None, None])
    sheet.append(line("อบต.ก", 90.1))
    sheet.append([2, "อบต.ข", "อบต.", None, *[82.2] * 10, 0.1 * 3 + 81.9, "B"])
    for merged in ("A1:P1", "B2:B3", "E2:N2", "O2:O3", "D4:D5"):
        sheet.merge_cells(merged)
    book.create_sheet("อื่น").append(["ว่าง"])
    book.save(tmp_path / "list.xlsx")
    made = read(empty_project, tmp_path / "list.xlsx")

    assert names(made) == ["อบต.ก", "อบต.ข"]
    assert [made.reading.listed[1].cells[name] for name in ("1", "10", "total", "province")] == ["82.2"] * 3 + ["ลำพูน"]
    with pytest.raises(DataError, match="เลือกจากที่มี: Sheet, อื่น"):
        read(empty_project, tmp_path / "list.xlsx", sheet="ไม่มี")


HEADINGS = {
    "การปฏิบัติหน้าที่": "1", "i1": "1", "I 10": "10", "ตัวชี้วัดที่ ๑": "1", "ตัวชี้วัดที่ 3 การใช้อำนาจ": "3", "3. การใช้อำนาจ": "3",
    "การปฎิบัติหน้าที่": "1", "Service Quality": "6", "การเปิดเผย\nข้อมูล": "9", "ชื่อ หน่วยงาน": "name", "AGENCY": "name", "ประเภท\nหน่วยงาน": "type",
    "Province": "province", "คะแนน ITA": "total", "คะแนนรวม ปี 2564": "total", "คะแนนรวม ปี 2563": "-", "ผลการประเมิน (ระดับ)": "level",
    "ตัวชี้วัดที่ 2 การใช้อำนาจ": "", "ลำดับที่": "", "IIT": "", "สังกัด": "",
}  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_what_a_heading_means(heading: str) -> None:
    assert field_of(heading, RULES) == HEADINGS[heading]


def test_every_type_is_known_by_its_name_and_its_key() -> None:
    for kind, name in AGENCY_TYPES.items():
        assert (type_of(name), type_of(kind)) == ((kind, kind) if kind != "country" else (None, None))


def test_the_user_sets_a_guess_right(empty_project: Project, tmp_path: Path) -> None:
    head = ["ชื่อ อปท.", "คะแนนรวม", "คะแนนรวม"]
    path = write_csv(tmp_path / "list.csv", ["อบต. ปี 2564"], head, ["อบต.ก", "1", "90.00"])

    with pytest.raises(DataError, match="ไม่พบแถวหัวตาราง"):
        read(empty_project, path)
    with pytest.raises(DataError, match="มีหลายคอลัมน์ที่อาจเป็น total"):
        read(empty_project, path, columns={"ชื่อ อปท.": "agency"})
    with pytest.raises(DataError, match=r"A ชื่อ อปท\., B คะแนนรวม"):
        read(empty_project, path, columns={"ชื่อ อปท.": "agency", "Z": "total"})
    with pytest.raises(DataError, match="ไม่รู้จักคอลัมน์ปลายทาง"):
        read(empty_project, path, columns={"ชื่อ อปท.": "สี"})
    made = read(empty_project, path, columns={"ชื่อ อปท.": "agency", "C": "total"}, kind="sao")
    assert [(one.cells["name"], one.cells["type"], one.cells["total"]) for one in made.reading.listed] == [
        ("อบต.ก", "sao", "90.00")
    ]


def test_without_a_head_the_user_names_the_columns_by_letter(empty_project: Project, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", ["อบต.ก", "90.00"], ["อบต.ข", "80.00"])

    assert names(read(empty_project, path, columns={"A": "name", "B": "total"}, kind="sao")) == ["อบต.ก", "อบต.ข"]


BAD = {
    "no name": (line(""), "ไม่มีชื่อหน่วยงาน"),
    "a number for a name": (line("(2)"), "ไม่มีตัวอักษร"),
    "a sum": (line("ค่าเฉลี่ย"), "แถวสรุป"),
    "another type": (line("ก", kind="สโมสร"), "ไม่รู้จักประเภทหน่วยงาน “สโมสร”"),
    "letters in a score": (line("ก", "9O.00"), "ตัวชี้วัดที่ 1 “9O.00” ไม่ใช่ตัวเลข"),
    "a score over 100": (line("ก", "100.01"), "คะแนนรวม 100.01 อยู่นอกช่วง 0 ถึง 100"),
    "a score under 0": (line("ก", "-1"), "อยู่นอกช่วง"),
    "no score": (line("ก", "-", level=""), "ไม่มีคะแนน"),
    "a level of another year": (line("ก", level="ผ่านดี"), "ไม่ใช่ระดับของปีนี้ (AA A B C D E F)"),
    "a formula": (line("=HYPERLINK(A1)"), "เครื่องหมายของสูตร"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_row_that_cannot_be_read_stands_with_its_reason_in_a_file_of_its_own(
    empty_project: Project, tmp_path: Path, name: str
) -> None:
    bad, reason = BAD[name]
    made = read(empty_project, write_csv(tmp_path / "list.csv", HEAD, line("อบต.ก"), bad, line("อบต.ข")))
    write_import(empty_project, made)

    assert names(made) == ["อบต.ก", "อบต.ข"]
    assert list(reasons(made)) == [3]
    assert reason in reasons(made)[3]
    with rejected_file(empty_project, YEAR).open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file)
    assert head == ["แถว", "เหตุผล", *HEAD]
    assert (row[0], row[1]) == ("3", reasons(made)[3])
    assert row[2:] == [guarded(str(cell)) for cell in bad]
    assert not row[3].startswith("=")
    assert len(Library(empty_project).listed(YEAR)) == 2


def test_an_agency_twice_goes_in_once_where_both_rows_say_the_same_and_not_at_all_where_not(
    empty_project: Project, tmp_path: Path
) -> None:
    lines = [line("อบต.ก"), line("อบต. ก", "๙๐"), line("อบต.ข"), line("อบต.ข", "91.00"), line("อบต.ข", province="แพร่")]
    made = read(empty_project, write_csv(tmp_path / "list.csv", HEAD, *lines))

    assert [(one.cells["name"], one.cells["province"]) for one in made.reading.listed] == [
        ("อบต.ก", "ลำพูน"),
        ("อบต.ข", "แพร่"),
    ]
    assert reasons(made)[3] == "ซ้ำกับแถว 2"
    assert "จึงไม่ทราบว่าแถวใดถูก" in reasons(made)[4]
    assert "แถว 4" in reasons(made)[5]


def test_percentages_of_a_spreadsheet_are_refused_and_long_fractions_rounded_once(
    empty_project: Project, tmp_path: Path
) -> None:
    with pytest.raises(DataError, match="คูณคะแนนด้วย 100"):
        read(empty_project, write_csv(tmp_path / "share.csv", HEAD, line("ก", "0.9012", level="")))
    made = read(empty_project, write_csv(tmp_path / "long.csv", HEAD, line("ก", "90.1249999999")))

    assert (made.reading.listed[0].cells["total"], made.reading.rounded) == ("90.12", 11)


def test_merging_puts_a_new_row_in_the_place_of_the_old_one(empty_project: Project, tmp_path: Path) -> None:
    write_import(empty_project, read(empty_project, write_csv(tmp_path / "1.csv", HEAD, line("อบต.ก"), line("อบต.ข"))))
    made = read(empty_project, write_csv(tmp_path / "2.csv", HEAD, line("อบต.ข", "95.00", level="AA"), line("อบต.ค")))

    assert write_import(empty_project, made, rows_there(empty_project, YEAR)) == 3
    found = [(peer.name, peer.total) for peer in Library(empty_project).listed(YEAR)]
    assert found == [("อบต.ก", D(90)), ("อบต.ข", D(95)), ("อบต.ค", D(90))]


def test_a_failed_write_leaves_what_was_there(
    empty_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = read(empty_project, write_csv(tmp_path / "1.csv", HEAD, line("อบต.ก")))
    write_import(empty_project, made)
    before = peers_file(empty_project, YEAR).read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_import(empty_project, read(empty_project, write_csv(tmp_path / "2.csv", HEAD, line("อบต.ข"))))
    assert peers_file(empty_project, YEAR).read_bytes() == before
    assert [path.name for path in peers_file(empty_project, YEAR).parent.iterdir()] == [f"{YEAR}.csv"]


def test_what_is_written_is_what_data_raw_takes_for_some_hundred_rows(empty_project: Project, tmp_path: Path) -> None:
    lines = [line(f"อบต.สมมติ {n}", f"{85 + n % 10}.{n % 100:02}", level="") for n in range(300)]
    made = read(empty_project, write_csv(tmp_path / "list.csv", HEAD, *lines))
    write_import(empty_project, made)

    peers = Library(empty_project).listed(YEAR)
    assert [(peer.name, peer.total) for peer in peers] == [(str(cells[1]), D(str(cells[4]))) for cells in lines]
    assert not rejected_file(empty_project, YEAR).exists()


scores = st.decimals(min_value=0, max_value=100, places=2)


@given(scores, st.booleans(), st.sampled_from(["", " ", "\u200b", "\u00a0"]))
def test_a_score_is_read_in_either_digits_with_blanks_about_it(value: D, thai: bool, blank: str) -> None:
    text = f"{value:.2f}".translate(THAI) if thai else f"{value:.2f}"
    assert read_score(f"{blank}{text}{blank}") == (text, value, "")


@given(st.decimals(min_value=0, max_value=100, places=9))
def test_a_long_fraction_is_rounded_once_half_up(value: D) -> None:
    assert read_score(f"{value:.9f}")[1] == rounded(value)


@given(st.text(max_size=12))
def test_any_text_is_a_score_in_range_or_nothing_or_told(text: str) -> None:
    _, value, problem = read_score(text)
    assert value is None or (0 <= value <= 100 and not problem)


@given(st.text(min_size=1, max_size=12))
@example("\t")
@example(" \t-")
def test_no_cell_of_the_rejected_rows_is_a_formula(text: str) -> None:
    cell = guarded(text)
    if cell.lstrip(" ").startswith(("=", "@", "\t", "\r")):
        raise AssertionError(cell)
    assert cell in {text, f"'{text}"}


def test_the_head_stands_where_it_is_found(empty_project: Project, tmp_path: Path) -> None:
    made = read(empty_project, write_csv(tmp_path / "list.csv", ["ชื่อตาราง"], [""], HEAD, line("อบต.ก")))

    assert made.head == find_head(made.grid, RULES, {})
    assert [column.field for column in made.head.columns][:5] == ["", "name", "type", "province", "1"]
    assert made.examples(1) == ("อบต.ก",)
