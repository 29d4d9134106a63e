"""Books and plans: what is checked before anything runs."""

import json
from datetime import date
from pathlib import Path

import nbformat
import pytest
import yaml

from itabook.data.project import Project
from itabook.errors import DataError, Fault
from itabook.report.display import METADATA_KEY
from itabook.run.book import load_book
from itabook.run.build import run_book, thai_date
from itabook.run.execute import RunError
from itabook.run.finish import finish
from itabook.run.plan import Run, plan
from tests.conftest import ROOT


def write_book(project: Project, **changes: object) -> None:
    content = yaml.safe_load((project.books / "annual.yml").read_text(encoding="utf-8")) | changes
    (project.books / "try.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def faults_of(project: Project) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        plan(project, load_book(project, "try"))
    return list(caught.value.faults)


def test_the_annual_book_has_each_agency_together(project: Project) -> None:
    runs = plan(project, load_book(project, "annual"))

    assert [run.slug for run in runs] == [
        "bgo-2563", "bgo-2564", "bgo-trend", "banpaen-2563", "opdc-2565", "opdc-2566", "opdc-trend", "rawiang-2568",
        "comparison",
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


def test_a_failing_cell_stops_the_build_and_leaves_the_last_good_notebooks(project: Project) -> None:
    kept = project.outputs / "notebooks" / "kept.ipynb"
    kept.parent.mkdir()
    kept.write_text("last good", encoding="utf-8")
    book = load_book(project, "annual")
    broken = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# x"), nbformat.v4.new_code_cell("1 / 0")])
    nbformat.write(broken, project.notebooks / "broken.ipynb")

    with pytest.raises(RunError) as caught:
        run_book(project, book, [run_of(project, "broken.ipynb")], lambda run: None)

    message = str(caught.value)
    for part in ("หน่วยงาน bgo ปี 2564", "เซลล์ 2", "1 / 0", "ZeroDivisionError: division by zero"):
        assert part in message
    assert kept.read_text(encoding="utf-8") == "last good"
    assert [path.name for path in project.outputs.iterdir()] == ["notebooks"]


def test_chapters_are_written_for_the_publisher(project: Project) -> None:
    book = load_book(project, "annual")
    runs = [run for run in plan(project, book) if run.slug == "comparison"]
    file = run_book(project, book, runs, lambda run: None)

    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert content["book"]["chapters"] == [
        "index.qmd",
        {"part": "เปรียบเทียบ", "chapters": ["outputs/notebooks/comparison.ipynb"]},
    ]
    notebook = nbformat.read(project.outputs / "notebooks" / "comparison.ipynb", 4)
    assert notebook.metadata.papermill.parameters["digits"] == "arabic"


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_stored_without_outputs_and_short(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]

    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    assert all(len("".join(cell["source"]).splitlines()) <= 5 for cell in code)
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in code) == 1


def test_dates_in_thai() -> None:
    assert thai_date(date(2026, 1, 5)) == "5 มกราคม พ.ศ. 2569"
