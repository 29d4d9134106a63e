"""Reading data/raw/peers: other agencies, one row each, checked like all raw data and kept until they change."""

from decimal import Decimal as D
from pathlib import Path

import pandas as pd
import pytest

from itabook.data import raw
from itabook.data.library import Library
from itabook.data.peer_table import read_peers
from itabook.data.processed import write
from itabook.data.project import Project
from itabook.data.raw import read_raw
from itabook.data.store import raw_digest, refresh
from itabook.domain.facts import Peer
from itabook.errors import DataError, Fault
from tests.conftest import add_year

HEADER = "name,type,province,1,2,3,4,5,6,7,8,9,10,total,level,source\n"
SCORES = "measure,scope,code,name,value,level,where\n"


def row(name: str, score: str = "90.00", kind: str = "sao", province: str = "ลำพูน", source: str = "แหล่งสมมติ") -> str:
    return f"{name},{kind},{province},{','.join([score] * 10)},{score},A,{source}\n"


def add_peers(project: Project, year: int | str, *rows: str) -> Path:
    path = project.raw / "peers" / f"{year}.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def faults_of(project: Project) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        read_raw(project)
    return caught.value.faults


def names(peers: tuple[Peer, ...]) -> list[str]:
    return [peer.name for peer in peers]


def test_a_row_is_one_agency_with_its_scores(empty_project: Project) -> None:
    line = "อบต.สมมติ ๑,sao,ลำพูน,๙๐.๕,80,–,70,60,50,40,30,20,10,๖๕.๒๕,B,ข่าวสมมติ\n"
    add_peers(empty_project, 2566, line)

    assert Library(empty_project).peers(2566, "sao") == (
        Peer(
            name="อบต.สมมติ ๑",
            type="sao",
            province="ลำพูน",
            indicators=(D("90.5"), D(80), None, D(70), D(60), D(50), D(40), D(30), D(20), D(10)),
            total=D("65.25"),
            level="B",
            source="ข่าวสมมติ",
        ),
    )


def test_without_files_there_are_no_peers(empty_project: Project) -> None:
    assert Library(empty_project).peers(2566, "sao") == ()


def test_agencies_of_data_raw_are_peers_of_each_other(project: Project) -> None:
    (opdc,) = Library(project).peers(2566, "department")

    assert (opdc.name, opdc.total, opdc.indicators[9]) == ("สำนักงานคณะกรรมการพัฒนาระบบราชการ", D("90.47"), D(100))
    assert opdc.source == "มาตรการส่งเสริมคุณธรรมและความโปร่งใสสำนักงาน ก.พ.ร. ประจำปีงบประมาณ พ.ศ. 2567"


def test_only_the_type_and_the_year_that_are_asked_for(empty_project: Project) -> None:
    add_peers(empty_project, 2566, row("หน่วยงานสมมติ 1"), row("หน่วยงานสมมติ 2", kind="pao"))
    add_peers(empty_project, 2567, row("หน่วยงานสมมติ 3"))
    library = Library(empty_project)

    assert names(library.peers(2566, "sao")) == ["หน่วยงานสมมติ 1"]
    assert names(library.peers(2566, "pao")) == ["หน่วยงานสมมติ 2"]
    assert names(library.peers(2567, "sao")) == ["หน่วยงานสมมติ 3"]


def test_where_the_type_is_listed_the_list_is_the_group(project: Project) -> None:
    add_peers(project, 2566, row("ก", "50", "department"))

    assert names(Library(project).peers(2566, "department")) == ["ก"]


BAD_ROWS = {
    "no name": (row(""), "ต้องมีค่า", "name", ""),
    "no type": (row("ก", kind=""), "ไม่ใช่คำที่กำหนด", "type", ""),
    "another type": (row("ก", kind="club"), "ไม่ใช่คำที่กำหนด", "type", "club"),
    "letters in a score": (row("ก").replace("90.00", "9O.00", 1), "ไม่ใช่ตัวเลข", "1", "9O.00"),
    "score over 100": (row("ก").replace("90.00,A", "100.01,A"), "นอกช่วง 0 ถึง 100", "total", "100.01"),
    "score under 0": (row("ก").replace("90.00", "-1", 1), "นอกช่วง 0 ถึง 100", "1", "-1"),
    "too many decimals": (row("ก").replace("90.00", "90.1234567", 1), "ทศนิยมเกิน 6", "1", "90.1234567"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_bad_rows_are_named_exactly(empty_project: Project, name: str) -> None:
    line, problem, column, value = BAD_ROWS[name]
    add_peers(empty_project, 2566, row("หน่วยงานสมมติ 1"), line)

    fault = faults_of(empty_project)[0]
    assert problem in fault.problem
    assert (fault.file, fault.row, fault.column, fault.value) == ("data/raw/peers/2566.csv", 3, column, value)
    assert fault.remedy


def test_the_remedy_for_a_type_lists_the_known_ones(empty_project: Project) -> None:
    add_peers(empty_project, 2566, row("ก", kind="club"))

    (fault,) = faults_of(empty_project)
    assert "state-enterprise, public-organization" in fault.remedy


def test_all_faults_of_all_files_come_at_once(empty_project: Project) -> None:
    add_peers(empty_project, 2565, row("ก", "x"))
    add_peers(empty_project, 2566, row("ก"), row("ก"))
    add_peers(empty_project, "peers", row("ก"))
    (empty_project.raw / "peers" / "2567.csv").write_text("name,type\nก,sao\n", encoding="utf-8")
    (empty_project.raw / "peers" / "2568.xlsx").write_bytes(b"x")
    add_year(empty_project, "try", "2566", scores=SCORES + "score,total,,x,abc,A,\n")

    faults = faults_of(empty_project)
    files = {fault.file: fault for fault in faults}
    assert [sum(fault.file.endswith(name) for fault in faults) for name in ("2565.csv", "2567.csv")] == [11, 14]
    assert "แถวซ้ำกับแถว 2" in files["data/raw/peers/2566.csv"].problem
    assert files["data/raw/peers/peers.csv"].value == "peers.csv"
    assert "2562 ถึง 2569" in files["data/raw/peers/2568.xlsx"].remedy
    assert "data/raw/try/2566/scores.csv" in files


def test_two_subdistricts_of_one_name_are_told_apart_by_their_province(empty_project: Project) -> None:
    add_peers(empty_project, 2566, row("อบต.บ้านใหม่"), row("อบต.บ้านใหม่", province="นครราชสีมา"))

    assert len(Library(empty_project).peers(2566, "sao")) == 2


def test_what_stands_beside_the_tables_is_passed_over(empty_project: Project) -> None:
    path = add_peers(empty_project, 2566, row("ก"))
    (path.parent / "README.md").write_text("ที่มา", encoding="utf-8")
    (path.parent / "~$2566.xlsx").write_bytes(b"x")
    add_peers(empty_project, 2567)
    refresh(empty_project)
    add_year(empty_project, "try", "2566", scores=SCORES + "score,total,,x,91,A,\n")

    assert names(Library(empty_project).peers(2566, "sao")) == ["ก"]
    assert Library(empty_project).peers(2567, "sao") == ()


def test_a_digest_changes_with_the_peers_of_its_year_and_type_only(project: Project) -> None:
    add_peers(project, 2566, row("ก", kind="department"), row("ข"))
    add_year(project, "try", "2567", scores=SCORES)
    scores = project.raw / "try" / "2567" / "scores.csv"
    keys = [f"peers:{name}" for name in ("2566/department", "2566/sao", "2567/sao", "2565/sao", "2565/department")]

    def changed() -> set[str]:
        now = [Library(project).digest(key) for key in keys]
        found = {key for key, was, new in zip(keys, before, now, strict=True) if was != new}
        before[:] = now
        return found

    before = [Library(project).digest(key) for key in keys]
    assert before[3] == "none"
    add_peers(project, 2566, row("ก", "91", kind="department"), row("ข"))
    assert changed() == {"peers:2566/department"}
    scores.write_text(SCORES + "score,total,,x,91,A,\n", encoding="utf-8")
    assert changed() == {"peers:2567/sao"}
    (project.raw / "try" / "2567" / "measures.csv").write_text(
        "kind,scope,no,text,steps,period,responsible,monitoring,where\nmeasure,,1,ก,,,,,\n", encoding="utf-8"
    )
    assert changed() == set()
    (project.raw / "try" / "agency.yml").write_text("name: ค\nshort: ค\ntype: pao\n", encoding="utf-8")
    assert changed() == {"peers:2567/sao"}
    (project.raw / "peers" / "2566.csv").unlink()
    assert changed() == {"peers:2566/department", "peers:2566/sao"}


def test_only_a_changed_year_of_peers_is_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for year in (2565, 2566):
        add_peers(project, year, row("ก", kind="department"))
    refresh(project)
    read: list[int] = []

    def counted(project: Project, known: set[str]) -> tuple[pd.DataFrame, dict[str, list[Fault]]]:
        frame, faults = read_peers(project, known)
        read.extend(frame["fiscal_year"])
        return frame, faults

    monkeypatch.setattr(raw, "read_peers", counted)
    add_peers(project, 2566, row("ข", kind="department"))
    library = Library(project)

    assert read == [2566]
    assert names(library.peers(2566, "department")) == ["ข"]
    assert names(library.peers(2565, "department")) == ["ก"]


def test_what_is_kept_is_what_reading_everything_gives(project: Project, tmp_path: Path) -> None:
    add_peers(project, 2565, row("ก", kind="department"))
    refresh(project)
    add_peers(project, 2566, row("ข", kind="department"))
    add_year(project, "try", "2568", scores=SCORES + "score,total,,x,91,A,\n")
    for key in ("a-try", "z-try"):
        add_year(project, key, "2564", scores=SCORES + "score,total,,x,91,A,\n")
    refresh(project)
    with (project.raw / "a-try" / "2564" / "scores.csv").open("a", encoding="utf-8") as file:
        file.write("score,total,,x,91,A,ภาคผนวก\n")
    refresh(project)
    write(tmp_path / "anew", read_raw(project), raw_digest(project))

    anew, kept = Library(project, tmp_path / "anew"), Library(project)
    for year, kind in (
        (2565, "department"),
        (2566, "department"),
        (2568, "sao"),
        (2564, "state-enterprise"),
        (2564, "sao"),
    ):
        assert kept.peers(year, kind) == anew.peers(year, kind) != ()
    assert kept.digest("everything") == anew.digest("everything")


def test_staff_figures_are_read(empty_project: Project) -> None:
    rows = 'measure,category,value,where\nheadcount,ข้าราชการ,"๑,๐๔๕",หน้า ๓\nclimate,ความสุขในการทำงาน,85.50%,หน้า 4\n'
    add_year(empty_project, "try", "2564", scores=SCORES + "score,total,,x,91,A,\n", staff=rows)

    staff = Library(empty_project).agency_year("try", 2564).staff
    assert [(one.measure, one.category, one.printed, one.value, one.where) for one in staff] == [
        ("headcount", "ข้าราชการ", "๑,๐๔๕", D(1045), "หน้า ๓"),
        ("climate", "ความสุขในการทำงาน", "85.50%", D("85.5"), "หน้า 4"),
    ]
