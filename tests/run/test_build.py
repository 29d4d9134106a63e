"""Batches: only what is stale runs, many at once, and whatever stops a build, the next one goes on from there."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.run import digest
from itabook.run.book import load_book
from itabook.run.build import Options, Step, build, steps
from itabook.run.chapters import place_chapters
from itabook.run.engines import Engine
from itabook.run.outcome import Outcome
from itabook.run.plan import Run, plan
from itabook.run.store import RunStore
from itabook.run.summary import write_report
from tests.conftest import add_year

TOTAL = """from itabook.data.library import open_library
from itabook.data.project import find_project
library = open_library(find_project())
result = library.agency_year(agency, fiscal_year)
library.previous(result)
print(result.total)"""
PARAMETERS = 'agency = "bgo"\nfiscal_year = 2564\ndigits = "arabic"'
CALM = Options(jobs=2, engine="fork")


def write_notebook(project: Project, name: str, *sources: str) -> Path:
    cells = [nbformat.v4.new_markdown_cell("# x"), nbformat.v4.new_code_cell(PARAMETERS)]
    cells[1].metadata["tags"] = ["parameters"]
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    path = project.notebooks / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def run_of(notebook: Path, agency: str = "bgo", year: int = 2564) -> Run:
    parameters = {"agency": agency, "fiscal_year": year, "digits": "arabic"}
    return Run(f"{agency}-{year}-{notebook.stem}", notebook, "บท", "", parameters, agency, year)


def do(project: Project, *runs: Run, options: Options = CALM, force: bool = False) -> tuple[Outcome, ...]:
    """Build as the command does, with everything looked at anew."""
    store = RunStore(project, "try")
    return build(project, steps(runs, store, Library(project), force=force), store, options)


def whys(project: Project, *runs: Run) -> list[str]:
    return [step.why for step in steps(runs, RunStore(project, "try"), Library(project))]


def statuses(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [outcome.status for outcome in outcomes]


@pytest.fixture
def total(project: Project) -> Run:
    """A run that was built: the total of bgo 2564, with the year before."""
    run = run_of(write_notebook(project, "total", TOTAL))
    assert statuses(do(project, run)) == ["ran"]
    return run


def test_nothing_runs_again_where_nothing_changed(project: Project, total: Run) -> None:
    made = RunStore(project, "try").notebook(total)
    before = made.stat().st_mtime_ns

    assert statuses(do(project, total)) == ["skipped"]
    assert made.stat().st_mtime_ns == before
    assert "91.21" in made.read_text(encoding="utf-8")


def test_the_notebook_carries_what_it_depends_on(project: Project, total: Run) -> None:
    metadata = nbformat.read(RunStore(project, "try").notebook(total), 4).metadata

    assert set(metadata.itabook.depends) == {"notebook", "parameters", "chapter", "code", "fonts", "libraries"}
    assert metadata.itabook.reads == [
        "agency-year:bgo/2563", "agency-year:bgo/2564", "file:params/years/2563.yml", "file:params/years/2564.yml",
    ]  # fmt: skip
    assert metadata.papermill.parameters["agency"] == "bgo"


def test_a_kernel_notes_the_same_reads(project: Project, total: Run) -> None:
    forked = nbformat.read(RunStore(project, "try").notebook(total), 4).metadata.itabook.reads
    do(project, total, options=Options(jobs=1, engine="kernel"), force=True)

    assert nbformat.read(RunStore(project, "try").notebook(total), 4).metadata.itabook.reads == forked


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def scores_of(key: str, old: str, new: str) -> Callable[[Project, pytest.MonkeyPatch], None]:
    return lambda project, _: edit(project.raw / key / "scores.csv", old, new)


def of_digest(name: str) -> Callable[[Project, pytest.MonkeyPatch], None]:
    return lambda _, patch: patch.setattr(digest, name, lambda: "another")


DEPENDENCIES: dict[str, Callable[[Project, pytest.MonkeyPatch], None]] = {
    "ข้อมูลเปลี่ยน: bgo/2564": scores_of("bgo/2564", "97.50", "97.49"),
    "ข้อมูลเปลี่ยน: bgo/2563": scores_of("bgo/2563", "๔๕.๖๙", "๔๕.๙๖"),
    "ข้อมูลเปลี่ยน: params/years/2564.yml": lambda project, _: edit(
        project.rules / "2564.yml", "pass_mark: 85", "pass_mark: 86"
    ),
    "ข้อมูลเปลี่ยน: bgo/2563 bgo/2564": lambda project, _: edit(project.raw / "bgo" / "agency.yml", "อ.ส.พ.", "อสพ"),
    "สมุดบันทึกเปลี่ยน": lambda project, _: edit(project.notebooks / "total.ipynb", "print(", "print(1, "),
    "โปรแกรม itabook เปลี่ยน": of_digest("_code"),
    "แบบอักษรเปลี่ยน": of_digest("fonts"),
    "รุ่นของไลบรารีเปลี่ยน": lambda _, patch: patch.setattr(digest, "versions", lambda: {"matplotlib": "0"}),
    "สมุดบันทึกที่สร้างไว้หายไปหรือถูกแก้": lambda project, _: edit(
        project.outputs / "runs" / "try" / "bgo-2564-total.ipynb", "91.21", "99.99"
    ),
    "ยังไม่เคยสร้าง": lambda project, _: (project.outputs / "runs" / "try" / "index.jsonl").unlink(),
}
"""Each reason why a run must run again, and a change that is one."""


@pytest.mark.parametrize("why", DEPENDENCIES)
def test_each_change_of_what_a_run_depends_on_makes_it_run(
    project: Project, total: Run, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    DEPENDENCIES[why](project, monkeypatch)

    assert whys(project, total) == [why]


def test_other_parameters_and_another_title_make_it_run(project: Project, total: Run) -> None:
    other = replace(total, parameters={**total.parameters, "digits": "thai"})

    assert whys(project, other, replace(total, title="ชื่ออื่น")) == ["พารามิเตอร์เปลี่ยน", "ชื่อบทเปลี่ยน"]


def test_changes_of_what_it_does_not_read_leave_it_alone(project: Project, total: Run) -> None:
    edit(project.raw / "opdc" / "2566" / "scores.csv", "94.98", "94.99")
    add_year(project, "try", "2564", scores="measure,scope,code,name,value,level,where\nscore,total,,,91.21,A,ตาราง\n")
    edit(project.raw / "national" / "2566" / "national.csv", "90.19", "90.20")
    edit(project.notebooks / "trend.ipynb", "##", "###")
    stored = nbformat.read(total.notebook, 4)
    stored.cells[2].outputs = [nbformat.v4.new_output("stream", text="stored by Jupyter")]
    nbformat.write(stored, total.notebook)

    assert whys(project, total) == [""]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_row_makes_those_run_that_read_it_and_no_others(
    project: Project, total: Run, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(project.raw.rglob("scores.csv"))))
    lines = path.read_text(encoding="utf-8").splitlines()
    number = data.draw(st.integers(1, len(lines) - 1))
    changed = [f"{line} ที่แก้" if place == number else line for place, line in enumerate(lines)]
    path.write_text("\n".join(changed), encoding="utf-8")
    try:
        why = whys(project, total)
    finally:
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")

    assert bool(why[0]) == (path.parents[1].name == "bgo")


def test_a_file_that_a_notebook_opens_itself_is_noted(project: Project) -> None:
    own = project.root / "data" / "own.txt"
    own.write_text("หนึ่ง", encoding="utf-8")
    run = run_of(write_notebook(project, "own", "print(open('../data/own.txt', encoding='utf-8').read())"))
    do(project, run)
    assert whys(project, run) == [""]

    own.write_text("สอง", encoding="utf-8")
    assert whys(project, run) == ["ข้อมูลเปลี่ยน: data/own.txt"]


def test_a_notebook_that_reads_a_whole_table_or_names_parquet_depends_on_all_data(project: Project) -> None:
    whole = write_notebook(project, "whole", TOTAL, "print(library.table('scores').num_rows)")
    named = write_notebook(project, "named", "x = 'data/processed/scores.parquet'")
    shell = write_notebook(project, "shell", "!echo data")
    do(project, run_of(whole), run_of(named), run_of(shell))
    edit(project.raw / "opdc" / "2566" / "scores.csv", "94.98", "94.99")

    assert all(why.startswith("ข้อมูลเปลี่ยน") for why in whys(project, run_of(whole), run_of(named), run_of(shell)))


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_a_failed_run_is_told_kept_apart_and_done_again(project: Project, engine: Engine) -> None:
    bad = run_of(write_notebook(project, "bad", TOTAL, "1 / 0"))
    (outcome,) = do(project, bad, options=Options(jobs=1, engine=engine))

    assert outcome.status == "failed in a cell"
    assert outcome.failure is not None
    assert (outcome.failure.cell, outcome.failure.source) == (4, "1 / 0")
    assert "ZeroDivisionError" in outcome.failure.traceback
    assert "\x1b" not in outcome.failure.traceback
    store = RunStore(project, "try")
    assert not store.notebook(bad).exists()
    assert store.failed_notebook(bad).is_file()
    report = json.loads(write_report(project, (outcome,)).read_text(encoding="utf-8"))
    assert report["runs"][0]["failure"]["error"] == "ZeroDivisionError: division by zero"
    assert "ZeroDivisionError" in (project.outputs / "report.html").read_text(encoding="utf-8")

    write_notebook(project, "bad", TOTAL)
    assert statuses(do(project, bad)) == ["ran"]
    assert not store.failed_notebook(bad).exists()


def test_the_first_failure_stops_new_runs_unless_they_are_to_go_on(project: Project) -> None:
    bad = run_of(write_notebook(project, "bad", "1 / 0"))
    good = run_of(write_notebook(project, "good", "1"))

    assert statuses(do(project, bad, good, options=replace(CALM, jobs=1))) == ["failed in a cell", "not started"]
    assert statuses(do(project, bad, good, options=replace(CALM, jobs=1, keep_going=True))) == [
        "failed in a cell", "ran",
    ]  # fmt: skip
    assert statuses(do(project, bad, good)) == ["failed in a cell", "skipped"]


def test_a_run_whose_process_dies_is_tried_again_then_reported(project: Project) -> None:
    kill = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nimport time\ntime.sleep(5)"
    (outcome,) = do(project, run_of(write_notebook(project, "killer", kill)))

    assert (outcome.status, outcome.attempts) == ("failed before running", 2)
    assert outcome.failure is not None
    assert "วิธีแก้" in outcome.failure.message


def test_runs_do_not_see_each_other(project: Project) -> None:
    leave = run_of(write_notebook(project, "leave", "import builtins, os\nbuiltins.left = 1\nos.environ['LEFT'] = '1'"))
    look = run_of(
        write_notebook(
            project,
            "look",
            "import builtins, os\nassert not hasattr(builtins, 'left')",
            "assert 'LEFT' not in os.environ",
        )
    )

    assert statuses(do(project, leave, look, options=replace(CALM, jobs=1))) == ["ran", "ran"]


def test_chapters_are_written_for_the_publisher(project: Project) -> None:
    book = load_book(project, "annual")
    library = Library(project)
    runs = tuple(run for run in plan(project, book, library) if run.slug == "comparison")
    store = RunStore(project, "annual")
    build(project, steps(runs, store, library), store, CALM)
    file = place_chapters(project, book, runs, store, "0" * 64)

    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert content["book"]["chapters"] == [
        "index.qmd",
        {"part": "เปรียบเทียบ", "chapters": ["outputs/notebooks/comparison.ipynb"]},
        "outputs/notebooks/colophon.qmd",
    ]
    colophon = (project.outputs / "notebooks" / "colophon.qmd").read_text(encoding="utf-8")
    assert "ข้อมูลชุด 0000000000" in colophon
    assert "ต้นฉบับที่ไม่อยู่ใน Git" in colophon
    notebook = nbformat.read(project.outputs / "notebooks" / "comparison.ipynb", 4)
    assert notebook.metadata.papermill.parameters["digits"] == "arabic"
    assert "format" not in content

    archive = book.model_copy(update={"pdf_a": True})
    content = yaml.safe_load(place_chapters(project, archive, runs, store, "0" * 64).read_text(encoding="utf-8"))
    assert content["format"] == {"typst": {"pdf-standard": ["ua-1", "a-2a"]}}


def test_texts_of_the_book_are_markdown_for_quarto(project: Project) -> None:
    book = load_book(project, "annual").model_copy(
        update={"title": "*ITA* <b>", "organisation": "กรม {{< env HOME >}}"}
    )
    file = place_chapters(project, book, (), RunStore(project, "annual"), "0" * 64)

    told = yaml.safe_load(file.read_text(encoding="utf-8"))["book"]
    assert told["title"] == r"\*ITA\* &lt;b&gt;"
    assert told["author"] == "กรม \\{\\{&lt;\u00a0env HOME\u00a0&gt;\\}\\}"


def test_a_chapter_that_left_the_book_leaves_the_store(project: Project, total: Run) -> None:
    store = RunStore(project, "try")
    store.tidy(())

    assert list(store.folder.glob("*.ipynb")) == []
    assert whys(project, total) == ["ยังไม่เคยสร้าง"]


def test_a_line_cut_short_by_a_power_cut_costs_one_run(project: Project, total: Run) -> None:
    index = RunStore(project, "try").folder / "index.jsonl"
    index.write_text(index.read_text(encoding="utf-8") + '{"slug": "bgo-25', encoding="utf-8")

    assert whys(project, total) == [""]


def command(project: Project, *arguments: str) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "itabook", "build", *arguments]
    return subprocess.Popen(
        line, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def small_book(project: Project, notebook: str, years: list[str]) -> None:
    content = yaml.safe_load((project.books / "annual.yml").read_text(encoding="utf-8"))
    chapters = [{"notebook": notebook, "each": "agency-year", "title": "{agency} {year}"}]
    content |= {"agency-years": years, "chapters": chapters, "formats": ["html"]}
    (project.books / "small.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def test_a_dry_run_says_why_and_writes_nothing(project: Project) -> None:
    write_notebook(project, "total", TOTAL)
    small_book(project, "total", ["bgo/2564"])
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}
    said, _ = command(project, "small", "--dry-run").communicate(timeout=120)

    assert "bgo-2564-total" in said
    assert "ยังไม่เคยสร้าง" in said
    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*")} == before


def test_ctrl_c_leaves_nothing_half_written_and_no_process(project: Project) -> None:
    write_notebook(project, "slow", "import time\ntime.sleep(0.2 if fiscal_year == 2563 else 60)")
    small_book(project, "slow", ["bgo/2563", "bgo/2564"])
    process = command(project, "small", "--jobs", "1")
    done = project.outputs / "runs" / "small" / "bgo-2563-slow.ipynb"
    for _ in range(600):
        if done.exists():
            break
        time.sleep(0.1)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=30)

    assert process.returncode != 0
    assert sorted(path.name for path in done.parent.iterdir()) == ["bgo-2563-slow.ipynb", "index.jsonl"]
    assert not (project.outputs / "book.yml").exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_step_says_nothing_where_nothing_is_due(project: Project, total: Run) -> None:
    (step,) = steps((total,), RunStore(project, "try"), Library(project))

    assert step == Step(total, "")
