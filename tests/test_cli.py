"""The commands as a user types them."""

import json
import re

import pytest
from typer.testing import CliRunner

from itabook.cli import app
from itabook.data.project import Project
from tests.conftest import add_year

runner = CliRunner()


@pytest.fixture
def here(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    monkeypatch.setenv("COLUMNS", "200")
    return project


def test_check_reads_everything_and_lists_what_does_not_agree(here: Project) -> None:
    result = runner.invoke(app, ["check"])

    assert result.exit_code == 0
    assert re.search(r"ตรวจ 6 ชุดข้อมูล พบข้อค้นพบ \d+ ข้อ \(ผิด \d+ ควรตรวจ \d+ ข้อสังเกต \d+\)", result.output)
    for part in ("opdc/2566", "88.75", "88.57", "การใช้จ่ายเงิน", "ตัวชี้วัดที่ 8", "ข้อ I20"):
        assert part in result.output
    assert "indicator" not in result.output
    assert (here.processed / "scores.parquet").is_file()


def test_check_of_one_agency_year_as_json(here: Project) -> None:
    result = runner.invoke(app, ["check", "opdc/2566", "--json"])

    assert result.exit_code == 0
    findings = json.loads(result.output)
    assert {(f["agency"], f["fiscal_year"]) for f in findings} == {("opdc", 2566)}
    assert set(findings[0]) == {
        "agency", "fiscal_year", "rule", "severity", "subject", "printed", "expected", "where", "message", "explanation",
    }  # fmt: skip
    assert (findings[0]["subject"], findings[0]["printed"], findings[0]["expected"]) == ("EIT", "88.75", "88.57")


@pytest.mark.parametrize(("name", "status"), [("opdc/2566", 1), ("try/2564", 0)])
def test_strict_ends_with_status_1_where_something_is_wrong(here: Project, name: str, status: int) -> None:
    add_year(here, "try", "2564", scores="measure,scope,code,name,value,level,where\nscore,total,,,91.21,A,ตาราง\n")
    assert runner.invoke(app, ["check", name, "--strict"]).exit_code == status


def test_check_of_an_unknown_agency_year_lists_the_known_ones(here: Project) -> None:
    result = runner.invoke(app, ["check", "bgo/2566"])

    assert result.exit_code == 1
    assert "bgo/2564" in result.output


def test_check_ends_with_status_1_and_a_remedy_on_bad_data(here: Project) -> None:
    path = here.raw / "bgo" / "2564" / "scores.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("97.50", "[bold]97..5"), encoding="utf-8")

    result = runner.invoke(app, ["check"])
    assert result.exit_code == 1
    for part in ("data/raw/bgo/2564/scores.csv", "แถว 5", "value", "[bold]97..5", "พิมพ์ตัวเลข"):
        assert part in result.output
    assert "Traceback" not in result.output


def test_what_is_typed_in_data_is_no_markup_and_steers_no_terminal(here: Project) -> None:
    evil = "[bold red]x[/] \x1b[2J\x1b]0;title\x07"
    path = here.raw / "bgo" / "2564" / "scores.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("97.50", evil), encoding="utf-8")

    result = runner.invoke(app, ["check"])
    assert result.exit_code == 1
    assert "[bold red]x[/] <U+001B>[2J<U+001B>]0;title<U+0007>" in result.output
    assert not set("\x1b\x07") & set(result.output)


def test_findings_show_words_in_brackets_as_typed(here: Project) -> None:
    path = here.raw / "rawiang" / "2568" / "scores.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("การใช้จ่ายเงิน", "[/]ก[red]"), encoding="utf-8")

    result = runner.invoke(app, ["check", "rawiang/2568"])
    assert result.exit_code == 0
    assert "[/]ก[red]" in result.output


def test_build_of_an_unknown_book_ends_with_status_1(here: Project) -> None:
    result = runner.invoke(app, ["build", "nothing"])

    assert result.exit_code == 1
    assert "annual" in result.output


def test_doctor_says_what_is_there(here: Project) -> None:
    result = runner.invoke(app, ["doctor"])

    assert result.exit_code == 0
    for part in ("papermill", "Sarabun-Regular.ttf", "Quarto"):
        assert part in result.output


@pytest.mark.parametrize("command", ["new", "check", "build", "doctor"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = runner.invoke(app, [command, "--help"])

    assert f"ตัวอย่าง: itabook {command}" in result.output


def test_outside_a_project_the_message_says_where_to_go(tmp_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITABOOK_PROJECT", str(tmp_path))

    result = runner.invoke(app, ["check"])
    assert result.exit_code == 1
    assert "_quarto.yml" in result.output
