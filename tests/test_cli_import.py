"""`itabook import peers` and what `itabook check` says of the list, as a user types them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from itabook.cli import app
from itabook.data.project import Project
from tests.data.test_peer_import import HEAD, line, write_csv

YEAR = "2564"
BGO = "องค์การสวนพฤกษศาสตร์"


@pytest.fixture
def here(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    monkeypatch.setenv("COLUMNS", "200")
    return project


def do(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def peers_csv(project: Project) -> Path:
    return project.raw / "peers" / f"{YEAR}.csv"


def test_a_preview_then_the_list_and_the_rows_that_were_not_read(here: Project, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", HEAD, line("อบต.[bold]ก"), line("อบต.ข", "abc"))

    done = do("import", "peers", path, "--year", YEAR, "--yes")
    assert done.exit_code == 0, done.output
    for part in ("นำเข้าเป็น", "ตัวชี้วัดที่ 10", "อบต.[bold]ก", "ไม่พบคอลัมน์: แหล่งที่มา", "อ่านได้ 1 แถว อ่านไม่ได้ 1 แถว", "แถว 3: ตัวชี้วัดที่ 1 “abc”",
                 "data/raw/peers/2564.csv มี 1 แถว", "outputs/peers/2564.rejected.csv"):  # fmt: skip
        assert part in done.output
    assert peers_csv(here).is_file()


def test_a_dry_run_and_a_script_without_yes_write_nothing(here: Project, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", HEAD, line("อบต.ก"), line("อบต.ข", "abc"))

    assert do("import", "peers", path, "--year", YEAR, "--dry-run").exit_code == 0
    asked = do("import", "peers", path, "--year", YEAR)
    assert (asked.exit_code, "--yes" in asked.output) == (1, True)
    assert not peers_csv(here).exists()
    assert not (here.outputs / "peers").exists()


def test_a_list_that_is_there_is_replaced_or_merged_only_when_asked(here: Project, tmp_path: Path) -> None:
    first = write_csv(tmp_path / "1.csv", HEAD, line("อบต.ก"), line("อบต.ข"))
    second = write_csv(tmp_path / "2.csv", HEAD, line("อบต.ค"))
    assert do("import", "peers", first, "--year", YEAR, "--yes").exit_code == 0

    refused = do("import", "peers", second, "--year", YEAR, "--yes")
    assert refused.exit_code == 1
    for part in ("มีตารางของปีนี้อยู่แล้ว 2 แถว", "--replace", "--merge"):
        assert part in refused.output
    assert "มี 3 แถว" in do("import", "peers", second, "--year", YEAR, "--yes", "--merge").output
    assert "มี 1 แถว" in do("import", "peers", second, "--year", YEAR, "--yes", "--replace").output


WRONG = {
    "no file": (("x.csv", "--year", YEAR), "ไม่มีแฟ้มนี้"),
    "no such year": (("list.csv", "--year", "2555"), "ไม่มีหลักเกณฑ์ของปีนี้"),
    "half a mapping": (("list.csv", "--year", YEAR, "--map", "B"), "ต้องอยู่ในรูป"),
    "no such type": (("list.csv", "--year", YEAR, "--type", "club"), "ไม่รู้จักประเภทหน่วยงาน"),
    "a sheet of a CSV file": (("list.csv", "--year", YEAR, "--sheet", "1"), "แฟ้ม CSV ไม่มีแผ่นงาน"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_asked_wrongly_is_told_with_a_remedy(here: Project, tmp_path: Path, name: str) -> None:
    write_csv(tmp_path / "list.csv", HEAD, line("อบต.ก"))
    (file, *options), problem = WRONG[name]

    done = do("import", "peers", tmp_path / file, *options, "--yes")
    assert (done.exit_code, problem in done.output, "Traceback" in done.output) == (1, True, False)
    assert not peers_csv(here).exists()


def test_a_list_without_a_readable_row_leaves_the_old_one(here: Project, tmp_path: Path) -> None:
    do("import", "peers", write_csv(tmp_path / "1.csv", HEAD, line("อบต.ก")), "--year", YEAR, "--yes")
    before = peers_csv(here).read_bytes()

    bad = write_csv(tmp_path / "2.csv", HEAD, line("อบต.ก", "abc"))
    done = do("import", "peers", bad, "--year", YEAR, "--yes", "--replace")
    assert (done.exit_code, "ไม่มีแถวใดที่นำเข้าได้" in done.output) == (1, True)
    assert peers_csv(here).read_bytes() == before


def test_check_counts_what_does_not_agree_in_a_list_and_names_the_first_ten(here: Project, tmp_path: Path) -> None:
    lines = [[*line(f"อบต.สมมติ {n}")[:-2], "91.00", "A"] for n in range(12)]
    own = [*line(BGO, kind="รัฐวิสาหกิจ", province="-")[:-2], "90.00", "A"]
    path = write_csv(tmp_path / "list.csv", HEAD, *lines, own, line("อบต.อื่น", "90.25"))
    assert do("import", "peers", path, "--year", YEAR, "--yes").exit_code == 0

    output = do("check").output
    for part in ("data/raw/peers/2564.csv: ผิด 12", "อบต.สมมติ 9 (ลำพูน)", "และอีก 2 ข้อ", "ไม่ตรงกับ 90.00 ใน"):
        assert part in " ".join(output.split())
    assert "อบต.สมมติ 10 (" not in output
    found = json.loads(do("check", "--json").output)
    assert sum(one["rule"] == "list-total" for one in found) == 12
    assert {(one["agency"], one["fiscal_year"]) for one in found if one["rule"] == "list-own-report"} == {("bgo", 2564)}
    assert "list-total" not in do("check", "bgo/2564", "--json").output
    assert do("check", "--strict").exit_code == 1


def test_help_has_an_example() -> None:
    assert "ตัวอย่าง: itabook import peers" in do("import", "peers", "--help").output
