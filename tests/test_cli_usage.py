"""The command line's own words, in help and in faults of what was typed: Thai, or English where that is asked for."""

import json
import os
import re
import subprocess
import sys
from functools import cache

import pytest
from rich.cells import cell_len
from rich.console import Console

from itabook.cli.wrapping import ByWords
from tests.conftest import ROOT

COMMANDS = ("", "new", "check", "build", "preview", "batch", "status", "import", "doctor", "import peers")
ENGLISH = ("Usage", "OPTIONS", "ARGS", "Options", "Arguments", "Commands", "required", "default:", "Show this", "Error")
"""What Typer says by itself in help."""


WRONG = [
    ("batch", "ต้องใส่ตัวเลือก '--year'", "Missing option '--year'"),
    ("status --yeer 3", "ไม่มีตัวเลือก --yeer · วิธีแก้: ใช้ --year", "No such option: --yeer · What to do: use --year"),
    ("build --zzz", "ไม่มีตัวเลือก --zzz", "No such option: --zzz"),
    (
        "batch --year x",
        "ค่าของ '--year' ใช้ไม่ได้: ต้องเป็นจำนวนเต็ม",
        "Invalid value for '--year': Must be a whole number",
    ),
    ("batch --year", "ต้องใส่ค่าหลัง '--year'", "'--year' must be followed by a value"),
    ("batch --year 2564 --jobs 0", "ต้องไม่น้อยกว่า 1", "must be at least 1"),
    ("preview --port 70000", "ต้องไม่เกิน 65535", "must be at most 65535"),
    ("build --to x", "'x' ไม่ใช่คำใดคำหนึ่งใน 'book'", "'x' is none of 'book'"),
    ("build --force=1", "ตัวเลือก '--force' ไม่รับค่า", "Option '--force' takes no value"),
    ("stat", "ไม่มีคำสั่ง 'stat' · วิธีแก้: ใช้ 'status'", "No such command 'stat' · What to do: use 'status'"),
    ("zzz", "ไม่มีคำสั่ง 'zzz'", "No such command 'zzz'"),
    ("import zzz", "ไม่มีคำสั่ง 'zzz'", "No such command 'zzz'"),
    ("new", "ต้องใส่ 'หน่วยงาน'", "Missing 'AGENCY'"),
    ("status extra", "มีค่าที่ไม่ต้องใส่: extra", "Not expected here: extra"),
]
"""What is typed wrong, and a part of what is said of it in Thai and in English."""
TYPED = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from itabook.__main__ import main
told = {}
for typed in json.load(sys.stdin):
    sys.argv[1:], said, status = typed.split(), io.StringIO(), 0
    with redirect_stdout(said), redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            status = end.code
    told[typed] = status, said.getvalue()
print(json.dumps(told))
"""


@cache
def told(lang: str, columns: int) -> dict[str, tuple[int, str]]:
    """All that is typed below in one child process: help is put into words when the command line is imported."""
    environment = {**os.environ, "ITABOOK_LANG": lang, "COLUMNS": str(columns), "ITABOOK_PROJECT": str(ROOT)}
    typed = [f"{command} --help".strip() for command in COMMANDS] + [wrong for wrong, _, _ in WRONG]
    done = subprocess.run(
        [sys.executable, "-c", TYPED],
        input=json.dumps(typed),
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    found: dict[str, tuple[int, str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_no_english_of_typer_is_left_in_thai_help(command: str) -> None:
    status, said = told("th", 80)[f"{command} --help".strip()]

    assert status == 0
    assert [word for word in ENGLISH if word in said] == []
    assert "วิธีใช้: " in said
    assert "แสดงวิธีใช้นี้" in said
    assert max(map(cell_len, said.splitlines())) <= 80


THAI_WORDS = ("อบต.", "ปทุมธานี")
"""Examples of what is typed."""


def test_english_help_has_no_thai_of_the_program() -> None:
    status, said = told("en", 80)["batch --help"]

    assert status == 0
    assert all(
        word in said for word in ("Usage: ", "[OPTIONS]", "Options", "[required]", "Show this message and exit.")
    )
    assert re.findall("[ก-๛]+", re.sub("|".join(THAI_WORDS), "", said)) == []


@pytest.mark.parametrize(("typed", "thai", "english"), WRONG)
def test_a_fault_of_what_was_typed_in_both_languages(typed: str, thai: str, english: str) -> None:
    for lang, part in (("th", thai), ("en", english)):
        status, said = told(lang, 200)[typed]
        assert status == 2
        assert part in said
    assert "ดูวิธีใช้ด้วย" in told("th", 80)[typed][1]


def test_a_long_thai_text_ends_its_lines_between_words() -> None:
    text = "บอกว่าแต่ละหน่วยงานและปีมีข้อมูลใดอะไรต้องสร้างใหม่เพราะเหตุใดตามเงื่อนไขของหนังสือ itabook status"
    lines = [line.plain for line in ByWords()(text).wrap(Console(width=24), 24)]

    assert max(map(cell_len, lines)) <= 24
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for word in ("หน่วยงาน", "เงื่อนไข", "หนังสือ", "สร้าง"):
        assert any(word in line for line in lines)


# What starts at once


@pytest.mark.parametrize("typed", ["--help", "doctor", "status", "check bgo/2564", "build --dry-run", "import --help"])
def test_what_runs_no_notebooks_starts_without_what_runs_them(typed: str) -> None:
    """With jupyterlab installed nbformat alone takes seconds to import."""
    script = (
        "import sys; sys.argv[1:] = sys.argv[1].split()\n"
        "from itabook.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print('loaded:', sorted({'nbformat', 'papermill', 'nbclient', 'jsonschema'} & set(sys.modules)))"
    )
    environment = {**os.environ, "ITABOOK_PROJECT": str(ROOT)}
    command = [sys.executable, "-c", script, typed]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)

    assert done.stdout.splitlines()[-1] == "loaded: []"
