"""Books and plans: what is checked before anything runs."""

import json
import pickle
import re
from datetime import date
from pathlib import Path

import nbformat
import pytest
import yaml

from itabook.data.library import Library
from itabook.data.project import Project, replace_folder
from itabook.errors import DataError, Fault
from itabook.report.display import METADATA_KEY
from itabook.run.book import load_book
from itabook.run.engines import Engine, fork_is_safe
from itabook.run.execute import RunError, execute
from itabook.run.finish import finish
from itabook.run.plan import Run, plan
from itabook.words import long_date, short_date
from tests.conftest import ROOT

ONE = [{"notebook": "agency_year", "each": "agency-year", "title": "x"}]


def write_book(project: Project, **changes: object) -> None:
    content = yaml.safe_load((project.books / "annual.yml").read_text(encoding="utf-8")) | changes
    (project.books / "try.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def faults_of(project: Project) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        plan(project, load_book(project, "try"), Library(project))
    return list(caught.value.faults)


def test_the_annual_book_has_each_agency_together(project: Project) -> None:
    runs = plan(project, load_book(project, "annual"), Library(project))

    assert [run.slug for run in runs] == [
        "bgo-2563", "bgo-2564", "bgo-trend", "banpaen-2563", "opdc-2565", "opdc-2566", "opdc-trend", "rawiang-2568",
        "comparison", "data_quality",
    ]  # fmt: skip
    assert runs[1].title == "องค์การสวนพฤกษศาสตร์ ปีงบประมาณ พ.ศ. 2564"
    assert runs[1].parameters == {"agency": "bgo", "fiscal_year": 2564, "digits": "arabic"}


def test_a_book_that_is_not_there_names_those_that_are(project: Project) -> None:
    with pytest.raises(DataError, match="annual"):
        load_book(project, "anual")


@pytest.mark.parametrize("name", ["../annual", "a b", "", "Annual.yml"])
def test_names_of_books_are_no_paths(project: Project, name: str) -> None:
    with pytest.raises(DataError, match="ไม่มีหนังสือชื่อนี้"):
        load_book(project, name)


@pytest.mark.parametrize(
    "name", ["../notebooks/agency_year", "/etc/passwd", "a/b", "agency_year.ipynb", "..", "ก", "x\\y"]
)
def test_names_of_notebooks_are_no_paths(project: Project, name: str) -> None:
    write_book(project, chapters=[{**ONE[0], "notebook": name}])

    (fault,) = faults_of(project)
    assert (fault.column, fault.value) == ("chapters.0.notebook", name)
    assert "ไม่มีโฟลเดอร์" in fault.remedy


def test_a_notebook_or_book_that_lies_elsewhere_is_refused(project: Project, tmp_path: Path) -> None:
    write_book(project, chapters=ONE)
    for path in (project.notebooks / "agency_year.ipynb", project.books / "try.yml"):
        outside = path.rename(tmp_path / path.name)
        path.symlink_to(outside)

        (fault,) = faults_of(project)
        assert fault.file.endswith(path.name)
        assert "ลิงก์" in fault.problem
        path.unlink()
        outside.rename(path)


@pytest.mark.parametrize("source", ["{", "agency = (", "agency = 1\x00", "[" * 5_000])
def test_a_notebook_that_cannot_be_read_is_a_fault(project: Project, source: str) -> None:
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})
    text = source if source == "{" else nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))
    (project.notebooks / "agency_year.ipynb").write_text(text, encoding="utf-8")
    write_book(project, chapters=ONE)

    (fault,) = faults_of(project)
    assert fault.file == "notebooks/agency_year.ipynb"
    assert fault.remedy


def test_data_notebooks_and_parameters_are_checked_before_anything_runs(project: Project) -> None:
    chapters = [
        {"notebook": "agency_year", "each": "agency-year", "title": "x", "parameters": {"colour": "red"}},
        {"notebook": "nowhere", "each": "book", "title": "x"},
    ]
    write_book(project, chapters=chapters, **{"agency-years": ["bgo/2564", "bgo/2569", "none/2564"]})

    found = {(fault.column, fault.value) for fault in faults_of(project)}
    assert found == {
        ("agency-years", "bgo/2569"), ("agency-years", "none/2564"), ("parameters", "colour"), ("notebook", "nowhere"),
    }  # fmt: skip


def test_a_parameter_of_another_type_and_one_that_is_missing_are_faults(project: Project) -> None:
    cells = [nbformat.v4.new_code_cell("agency: str\nfiscal_year = 2564\ndigits = 'thai'\nlimit = 5\nnote: str")]
    cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), project.notebooks / "own.ipynb")
    chapter = {"notebook": "own", "each": "agency-year", "title": "x", "parameters": {"limit": "five"}}
    write_book(project, chapters=[chapter], **{"agency-years": ["bgo/2564"]})

    found = {(fault.value, fault.problem) for fault in faults_of(project)}
    assert found == {("five", "พารามิเตอร์ limit ผิดชนิด"), ("note", "ขาดพารามิเตอร์ที่ต้องมี")}


def test_the_same_chapter_twice_is_a_fault(project: Project) -> None:
    write_book(project, chapters=[*ONE, *ONE], **{"agency-years": ["bgo/2564"]})

    (fault,) = faults_of(project)
    assert (fault.column, fault.value) == ("chapters", "bgo-2564")


def test_wrong_keys_of_a_book_are_faults(project: Project) -> None:
    write_book(project, digits="roman", colour="red", **{"agency-years": ["bgo-2564"]})

    assert {fault.column for fault in faults_of(project)} == {"digits", "colour", "agency-years"}


def run_of(project: Project, notebook: str) -> Run:
    return Run(
        "bgo-2564", project.notebooks / notebook, "ชื่อ *บท*", "", {"agency": "bgo", "fiscal_year": 2564}, "bgo", 2564
    )


def test_finish_sets_title_and_cell_options() -> None:
    notebook = nbformat.v4.new_notebook()
    output = nbformat.v4.new_output(
        "display_data", {"image/svg+xml": "<svg/>"}, metadata={METADATA_KEY: {"label": "fig-x"}}
    )
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# ชื่อเดิม\n\nเนื้อความ"),
        nbformat.v4.new_code_cell("x", outputs=[output]),
    ]
    done = finish(notebook, run_of(Project(ROOT), "agency_year.ipynb"))

    assert done.cells[0].source == "# ชื่อ \\*บท\\* {#sec-bgo-2564}\n\nเนื้อความ"
    assert done.cells[1].metadata["label"] == "fig-x"
    assert METADATA_KEY not in json.dumps(done)


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_stored_without_outputs_and_short(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]

    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    run = [cell for cell in code if "parameters" not in cell["metadata"].get("tags", [])]
    assert all(len("".join(cell["source"]).splitlines()) <= 5 for cell in run)
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in code) == 1


def test_dates_in_thai() -> None:
    assert long_date(date(2026, 1, 5)) == "5 มกราคม พ.ศ. 2569"
    assert short_date(date(2024, 2, 29)) == "29 ก.พ. 2567"


@pytest.mark.parametrize("title", ["{agncy} ปี {year}", "{agency", "{}", "{agency.name}", "{year:d}"])
def test_unknown_places_in_a_title_are_faults(project: Project, title: str) -> None:
    write_book(project, chapters=[{"notebook": "agency_year", "each": "agency-year", "title": title}])

    (fault,) = faults_of(project)
    assert (fault.file, fault.column, fault.value) == ("params/books/try.yml", "chapters.0.title", title)
    assert "{agency} {short} {year}" in fault.problem


def test_the_title_of_a_chapter_run_once_has_no_places(project: Project) -> None:
    write_book(project, chapters=[{"notebook": "comparison", "each": "book", "title": "{agency}"}])

    (fault,) = faults_of(project)
    assert "each: book" in fault.problem


def test_an_agency_year_twice_and_the_country_are_faults(project: Project) -> None:
    write_book(project, **{"agency-years": ["bgo/2564", "national/2566", "opdc/2566", "bgo/2564"]}, chapters=ONE)

    found = {(fault.column, fault.value): fault.problem for fault in faults_of(project)}
    assert set(found) == {("agency-years", "bgo/2564"), ("agency-years", "national/2566")}
    assert "ซ้ำ" in found["agency-years", "bgo/2564"]
    assert "ระดับประเทศ" in found["agency-years", "national/2566"]


def test_faults_of_a_book_are_told_in_thai(project: Project) -> None:
    write_book(project, digits="roman", formats="pdf", chapters=[], **{"agency-years": ["bgo-2564"]})

    faults = {fault.column: fault for fault in faults_of(project)}
    assert set(faults) == {"digits", "formats", "chapters", "agency-years"}
    assert faults["agency-years"].problem == "bgo-2564 ไม่อยู่ในรูป หน่วยงาน/ปี เช่น bgo/2564"
    assert faults["digits"].remedy == "ใช้ค่าใดค่าหนึ่ง: 'arabic', 'thai'"
    assert faults["chapters"].problem == "ต้องมีอย่างน้อยหนึ่งรายการ"
    assert not any(re.search("input|should|error", str(fault)) for fault in faults.values())


both_engines = pytest.mark.parametrize(
    "engine",
    ["kernel", pytest.param("fork", marks=pytest.mark.skipif(not fork_is_safe(), reason="forks are not safe here"))],
)


def broken_run(project: Project, *sources: str) -> Run:
    cells = [nbformat.v4.new_markdown_cell("# x"), *(nbformat.v4.new_code_cell(source) for source in sources)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), project.notebooks / "broken.ipynb")
    return run_of(project, "broken.ipynb")


def failure_of(project: Project, run: Run, engine: Engine = "kernel") -> RunError:
    with pytest.raises(RunError) as caught:
        execute(run, project.outputs / "broken.ipynb", project.root, engine)
    assert "หน่วยงาน bgo ปี 2564" in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - it crosses processes
    return caught.value


@both_engines
def test_a_kernel_that_dies_is_told_with_its_cell(project: Project, engine: Engine) -> None:
    error = failure_of(project, broken_run(project, "1", "import os; os._exit(9)", "2"), engine)

    assert (error.cell, error.source) == (3, "import os; os._exit(9)")
    assert "เคอร์เนลหยุดทำงานกลางคัน" in str(error)


@both_engines
def test_a_failing_cell_is_told(project: Project, engine: Engine) -> None:
    error = failure_of(project, broken_run(project, "1", "1 / 0", "2"), engine)

    assert (error.cell, error.source, error.error) == (3, "1 / 0", "ZeroDivisionError: division by zero")


@both_engines
def test_a_cell_that_takes_too_long_is_told(project: Project, monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    monkeypatch.setattr("itabook.run.execute.CELL_SECONDS", 1)
    error = failure_of(project, broken_run(project, "import time; time.sleep(30)"), engine)

    assert error.cell == 2
    assert "นานเกิน 1 วินาที" in str(error)


def test_a_kernel_that_is_not_there_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itabook.run.execute.KERNEL", "no-such-kernel")
    error = failure_of(project, broken_run(project, "1"))

    assert error.cell is None
    assert "ก่อนเซลล์แรก" in str(error)
    assert "no-such-kernel" in str(error)


def test_a_kernel_that_does_not_start_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = project.root / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    content = {"argv": ["/no/such/python"], "display_name": "x", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(spec.parents[1]))
    monkeypatch.setattr("itabook.run.execute.KERNEL", "python3")
    error = failure_of(project, broken_run(project, "1"))

    assert error.cell is None


@both_engines
def test_nothing_of_the_kernel_is_printed(project: Project, capfd: pytest.CaptureFixture[str], engine: Engine) -> None:
    noise = "import os; os.write(2, b'noise of the process itself')"
    execute(broken_run(project, noise), project.outputs / "broken.ipynb", project.root, engine)

    assert capfd.readouterr() == ("", "")


def test_the_old_folder_is_back_when_the_new_one_cannot_be_put_there(tmp_path: Path) -> None:
    place = tmp_path / "notebooks"
    place.mkdir()
    (place / "kept.ipynb").write_text("last good", encoding="utf-8")

    with pytest.raises(FileNotFoundError):
        replace_folder(tmp_path / "nowhere", place)
    assert (place / "kept.ipynb").read_text(encoding="utf-8") == "last good"
    assert list(tmp_path.iterdir()) == [place]
