"""What the program says to whoever runs it: one catalogue, Thai and English, chosen by option, variable or locale."""

import doctest
import os
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from itabook import language
from itabook.cli import app
from itabook.data.library import Library
from itabook.data.project import Project
from itabook.data.raw import read_raw
from itabook.data.rules import load_rules
from itabook.errors import DataError, Fault
from itabook.language import Language, language_of, speak, tr, without_option
from itabook.run.parcel import Packer
from tests import catalogue
from tests.conftest import add_year
from tests.run.test_build import run_of, write_notebook

HEAD = "measure,scope,code,name,value,level,where\n"
THAI_WORDS = ("#คำแนะนำ", "อบต.", "มกราคม", "ปทุมธานี")
"""What stands in the English because it is typed or printed so."""
LOCALES = st.sampled_from(
    ["", "C", "POSIX", "C.UTF-8", "th_TH.UTF-8", "th", "TH_TH@x", "en_US.UTF-8", "en", "fr_FR", "thx"]
)
ENGLISH = {"en_US.UTF-8", "en", "fr_FR", "thx"}


def form(text: str) -> tuple[object, ...]:
    """What both languages must have alike: places with format and conversion, lines, what programs part a text at."""
    places = {parts[1:] for parts in string.Formatter().parse(text) if parts[1] is not None}
    return places, text.count("\n"), " · " in text, "“" in text, "|" in text


# The catalogue


def test_every_message_has_its_english_and_no_english_is_left_over() -> None:
    known = catalogue.catalogue()

    assert set(known) == set(catalogue.said())
    assert [message for message, english in known.items() if not english] == []


def test_the_catalogue_is_as_make_messages_writes_it() -> None:
    assert language.CATALOGUE.read_text(encoding="utf-8") == catalogue.page()


def test_both_languages_tell_the_same_values_in_the_same_form() -> None:
    pairs = catalogue.catalogue().items()

    assert [english for thai, english in pairs if form(english) != form(thai)] == []
    typed = "|".join(map(re.escape, THAI_WORDS))
    assert [english for _, english in pairs if re.search("[ก-๛]", re.sub(typed, "", english))] == []


def test_no_thai_is_said_past_the_catalogue() -> None:
    assert list(catalogue.unsaid()) == []
    sources = {path.relative_to(catalogue.SOURCE).as_posix() for path in catalogue.files()}
    assert set(catalogue.THAI_BY_RIGHT) <= sources


# The choice


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("ITABOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"), LOCALES)))
def test_the_first_that_says_something_decides(environment: dict[str, str]) -> None:
    said = [environment.get(name) for name in ("ITABOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    first = next((one for one in said if one), "")

    assert language_of(environment) == ("en" if first in ENGLISH else "th")


@given(st.lists(st.sampled_from(["check", "--json", "bgo/2564", "x=--lang"])), st.integers(0, 4), st.booleans())
def test_the_option_may_stand_anywhere(arguments: list[str], place: int, joined: bool) -> None:
    option = ["--lang=en"] if joined else ["--lang", "en"]

    assert without_option([*arguments[:place], *option, *arguments[place:]]) == (("en",), arguments)
    assert without_option([*arguments, "--", *option]) == ((), [*arguments, "--", *option])


def test_what_is_chosen_goes_to_all_that_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITABOOK_LANG", "th")

    assert speak(["check", "--lang", "en"]) == ["check"]
    assert os.environ["ITABOOK_LANG"] == "en"
    with pytest.raises(ValueError, match=r"th หรือ en \(พบ 'fr'\) · --lang takes th or en"):
        speak(["--lang", "fr"])


def test_runs_that_are_sent_to_a_cluster_take_the_language_along(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITABOOK_LANG", "en")
    run = run_of(write_notebook(project, "one", "1"))

    assert Packer(Library(project), "fork", "batch").pack(run).language == "en"


# What is said


@given(st.text())
def test_a_value_is_never_a_template(value: str) -> None:
    assert tr("คอลัมน์ {column}", column=value) == f"คอลัมน์ {value}"


def test_braces_in_a_file_are_told_as_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITABOOK_LANG", "en")
    fault = Fault("{0}.csv", "x {y}", "{remedy} {}", column="{place.__class__}", value="{value!r}")

    assert str(fault) == "{0}.csv column {place.__class__}: x {y} (found '{value!r}') · What to do: {remedy} {}"


TOLD: dict[Language, str] = {
    "th": "data/raw/try/2564/scores.csv แถว 2 คอลัมน์ value: ไม่ใช่ตัวเลข (พบ 'สิบ{x}') · "
    "วิธีแก้: พิมพ์ตัวเลขอย่างเดียว เช่น 82.20 หรือเว้นว่างหากไม่มีค่า",
    "en": "data/raw/try/2564/scores.csv row 2 column value: Not a number (found 'สิบ{x}') · "
    "What to do: Type the number alone, such as 82.20, or leave the cell empty where there is no value",
}


@pytest.mark.parametrize(("lang", "told"), TOLD.items())
def test_a_faulty_table_in_both_languages(
    empty_project: Project, monkeypatch: pytest.MonkeyPatch, lang: str, told: str
) -> None:
    monkeypatch.setenv("ITABOOK_LANG", lang)
    add_year(empty_project, "try", "2564", scores=f"{HEAD}score,total,,คะแนนรวม,สิบ{{x}},,หน้า 1\n")

    with pytest.raises(DataError) as caught:
        read_raw(empty_project)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("lang", "problem", "remedy"),
    [
        ("th", "น้ำหนักของสามแบบวัดต้องรวมกันได้ 1", "ตรวจน้ำหนักทั้งสามกับคู่มือการประเมินของปี"),
        (
            "en",
            "The weights of the three instruments must add up to 1",
            "Compare all three with the manual of the year",
        ),
    ],
)
def test_what_a_validator_of_the_domain_finds(
    empty_project: Project, monkeypatch: pytest.MonkeyPatch, lang: str, problem: str, remedy: str
) -> None:
    monkeypatch.setenv("ITABOOK_LANG", lang)
    path = empty_project.rules / "2564.yml"
    path.write_text(path.read_text("utf-8").replace("IIT: '0.30'", "IIT: '0.90'"), encoding="utf-8")

    with pytest.raises(DataError) as caught:
        load_rules(empty_project, 2564)
    assert [(fault.problem, fault.remedy) for fault in caught.value.faults] == [(problem, remedy)]


# The command


def itabook(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {key: value for key, value in os.environ.items() if not key.startswith(("ITABOOK_", "LC_", "LANG"))}
    command = [sys.executable, "-m", "itabook", *arguments]
    env = {**given, "COLUMNS": "160", "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def test_help_is_in_the_language_asked_for() -> None:
    told = itabook("import", "peers", "--help", "--lang", "en", LANG="th_TH.UTF-8").stdout

    assert "Bring a table of many agencies into data/raw/peers" in told
    assert "Example: itabook import peers" in told
    assert not re.search("[ก-๛]", told.replace("อบต.", ""))


def test_the_option_stands_before_the_command_too(empty_project: Project) -> None:
    add_year(empty_project, "try", "2564", scores=f"{HEAD}score,total,,คะแนนรวม,x,,\n")
    done = itabook("--lang", "en", "check", cwd=empty_project.root, LANG="th_TH.UTF-8")

    assert done.returncode == 1
    for told in ("Faults found: 1", "Place", "row 2", "column value", "Not a number", "Type the number alone"):
        assert told in done.stderr
    assert not re.search("[ก-๛]", done.stderr)


def test_the_locale_decides_where_nothing_is_asked_for(tmp_path: Path) -> None:
    assert "วิธีแก้" in itabook("check", cwd=tmp_path, LANG="en_GB.UTF-8", LC_ALL="th_TH.UTF-8").stderr


def test_a_language_that_is_not_there() -> None:
    done = itabook("check", "--lang", "fr")

    assert done.returncode == 2
    assert done.stderr.startswith("--lang ใช้ได้เฉพาะ th หรือ en (พบ 'fr') · --lang takes th or en")


def test_the_app_itself_takes_the_option(monkeypatch: pytest.MonkeyPatch, project: Project) -> None:
    monkeypatch.setenv("ITABOOK_LANG", "th")
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))

    told = CliRunner().invoke(app, ["--lang", "en", "check", "bgo/2564"]).output
    assert re.search(r"Agency-years checked: 1\. Findings: \d+", told)


def test_thai_starts_without_the_reader_of_catalogues() -> None:
    code = "import sys, itabook.cli; print('babel' in sys.modules)"
    environment = {**os.environ, "ITABOOK_LANG": "th"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_the_examples_in_docstrings() -> None:
    assert doctest.testmod(language).failed == 0
