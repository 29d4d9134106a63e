"""One faulty or blank folder beside good ones, as a user meets it: the good ones go on, the faulty one is told."""

import json

import pytest
from typer.testing import CliRunner, Result

from itabook.cli import app
from itabook.data.project import Project
from itabook.forms import make_form

FAULT = "data/raw/rawiang/2568"


@pytest.fixture
def here(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project in which the scores of rawiang/2568 cannot be read."""
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    text = (project.raw / "rawiang" / "2568" / "scores.csv").read_text(encoding="utf-8")
    (project.raw / "rawiang" / "2568" / "scores.csv").write_text(f"{text}score,total,,x,สิบ,,\n", encoding="utf-8")
    return project


def itabook(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_check_of_one_is_of_that_one(here: Project) -> None:
    good, bad = itabook("check", "bgo/2564"), itabook("check", "rawiang/2568")

    assert (good.exit_code, good.stderr) == (0, "")
    assert "ตรวจ 1 ชุดข้อมูล" in good.output
    assert bad.exit_code == 1
    assert f"{FAULT}/scores.csv" in bad.stderr


def test_check_of_all_tells_the_faults_and_checks_the_rest(here: Project) -> None:
    result = itabook("check", "--json")

    assert result.exit_code == 1
    assert {"bgo", "opdc"} <= {finding["agency"] for finding in json.loads(result.stdout)}
    assert "พบข้อผิดพลาด 1 แห่ง อ่านข้อมูลไม่ได้ 1 ชุด" in result.stderr
    assert f"{FAULT}/scores.csv" in result.stderr


def test_what_one_is_checked_against_is_missed_aloud(here: Project) -> None:
    (here.raw / "bgo" / "2563" / "scores.csv").write_text("nonsense", encoding="utf-8")
    result = itabook("check", "bgo/2564")

    assert result.exit_code == 0
    assert "อ่าน data/raw/bgo/2563 ไม่ได้" in result.stderr


def test_status_has_a_row_for_it_beside_the_others(here: Project) -> None:
    make_form(here, "try", 2567)
    result = itabook("status")

    assert result.exit_code == 0
    (row,) = [line for line in result.stdout.splitlines() if "rawiang/2568" in line]
    assert "อ่านไม่ได้ (1 แห่ง)" in row
    (row,) = [line for line in result.stdout.splitlines() if "try/2567" in line]
    assert "ยังไม่ได้กรอก" in row
    assert "annual: ยังไม่มี" in next(line for line in result.stdout.splitlines() if "bgo/2564" in line)
    assert "หนังสือ annual ยังสร้างไม่ได้" in result.stderr
    (faulty, blank) = json.loads(itabook("status", "--json").stdout)["unread"]
    assert (faulty["name"], faulty["state"], len(faulty["faults"])) == ("rawiang/2568", "unread", 1)
    assert (blank["name"], blank["state"]) == ("try/2567", "blank")


def test_a_build_goes_on_without_it_and_says_so_and_fails_where_it_needs_it(here: Project) -> None:
    part = itabook("build", "annual", "--agency", "bgo", "--dry-run")
    whole = itabook("build", "annual", "--dry-run")
    alone = itabook("build", "board", "--agency", "rawiang", "--year", "2568", "--dry-run")

    assert part.exit_code == 0
    assert "bgo-2564" in part.stdout
    assert f"อ่าน {FAULT} ไม่ได้" in part.stderr
    assert "itabook check" in part.stderr
    for needs in (whole, alone):
        assert needs.exit_code == 1
        assert f"{FAULT}/scores.csv" in needs.stderr


def test_a_chapter_whose_year_before_cannot_be_read_fails_before_anything_runs(here: Project) -> None:
    (here.raw / "bgo" / "2563" / "scores.csv").write_text("nonsense", encoding="utf-8")
    year = itabook("build", "annual", "--agency", "bgo", "--year", "2564", "--dry-run")
    batch = itabook("batch", "--agencies", "bgo", "--year", "2564", "--dry-run")
    other = itabook("build", "annual", "--agency", "opdc", "--dry-run")
    going = itabook("build", "annual", "--agency", "bgo", "--year", "2564", "--dry-run", "--keep-going")

    for needs in (year, batch):
        assert needs.exit_code == 1
        assert "data/raw/bgo/2563/scores.csv" in needs.stderr
    for goes in (other, going):
        assert goes.exit_code == 0
        assert "อ่าน data/raw/bgo/2563, data/raw/rawiang/2568 ไม่ได้" in goes.stderr


def test_a_batch_goes_on_without_it_where_it_may(here: Project) -> None:
    other = itabook("batch", "--year", "2564", "--dry-run")
    whole = itabook("batch", "--year", "2568", "--dry-run")
    named = itabook("batch", "--year", "2568", "--agencies", "rawiang", "--dry-run")

    assert other.exit_code == 0
    assert f"อ่าน {FAULT} ไม่ได้" in other.stderr
    for needs in (whole, named):
        assert needs.exit_code == 1
        assert f"{FAULT}/scores.csv" in needs.stderr


def test_a_blank_form_stops_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    make_form(project, "bgo", 2565)

    check, build = itabook("check"), itabook("build", "annual", "--dry-run")
    assert (check.exit_code, check.stderr.strip()) == (0, "ยังไม่ได้กรอก: data/raw/bgo/2565")
    assert (build.exit_code, build.stderr) == (0, "")
    asked = itabook("check", "bgo/2565")
    assert asked.exit_code == 1
    assert "ยังไม่ได้กรอกข้อมูลของปีนี้" in asked.stderr
