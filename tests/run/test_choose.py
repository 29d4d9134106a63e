"""What a command line says of a book."""

import nbformat
import pytest

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.errors import DataError, Fault
from itabook.run.book import load_book
from itabook.run.choose import choose, set_parameters
from itabook.run.plan import plan
from tests.conftest import copy_project


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Of a project that no test changes."""
    return Library(copy_project(tmp_path_factory.mktemp("choose") / "project"))


def chosen(library: Library, book: str, agency: str = "", year: int | None = None) -> list[str]:
    project = library.project
    return [run.slug for run in plan(project, choose(load_book(project, book), library, agency, year), library)]


def faults_of(project: Project, *given: str) -> dict[str, Fault]:
    with pytest.raises(DataError) as caught:
        set_parameters(project, load_book(project, "board"), given)
    return {fault.value: fault for fault in caught.value.faults}


def test_a_book_that_lists_no_agency_year_takes_the_one_that_is_named(library: Library) -> None:
    assert chosen(library, "board", "opdc", 2566) == ["opdc-2566-board"]


def test_without_a_name_there_is_nothing_to_do(library: Library) -> None:
    with pytest.raises(DataError, match="--agency bgo --year 2564"):
        chosen(library, "board")


@pytest.mark.parametrize(
    ("agency", "year", "remedy"),
    [
        ("bgo", None, "ใส่ทั้งสองค่า"), ("", 2564, "ใส่ทั้งสองค่า"), ("nix", 2564, "banpaen, bgo, opdc, rawiang"),
        ("opdc", 2564, "data/raw/opdc/2564 หรือเลือกปีที่มี: 2565, 2566"),
    ],
)  # fmt: skip
def test_an_agency_year_without_data_is_a_fault(library: Library, agency: str, year: int | None, remedy: str) -> None:
    with pytest.raises(DataError, match=remedy):
        chosen(library, "board", agency, year)


def test_an_agency_year_with_data_is_to_be_listed_in_the_book_first(library: Library) -> None:
    book = load_book(library.project, "annual")
    listed = book.model_copy(update={"agency_years": ("bgo/2564",)})

    with pytest.raises(DataError, match=r"เพิ่ม opdc/2566 ใน agency-years ของ params/books/annual\.yml หรือเลือกจากที่มี"):
        choose(listed, library, "opdc", 2566)


def test_the_country_is_no_agency(library: Library) -> None:
    with pytest.raises(DataError, match="ระดับประเทศ"):
        chosen(library, "board", "national", 2564)


@pytest.mark.parametrize(
    ("agency", "year", "slugs"),
    [
        ("bgo", 2564, ["bgo-2564", "bgo-trend", "comparison", "data_quality"]),
        ("bgo", None, ["bgo-2563", "bgo-2564", "bgo-trend", "comparison", "data_quality"]),
        ("rawiang", None, ["rawiang-2568", "comparison", "data_quality"]),
        ("", 2563, ["bgo-2563", "bgo-trend", "banpaen-2563", "comparison", "data_quality"]),
    ],
)
def test_any_book_can_be_made_of_some_of_its_agency_years(
    library: Library, agency: str, year: int | None, slugs: list[str]
) -> None:
    assert chosen(library, "annual", agency, year) == slugs


def test_what_the_book_does_not_list_is_a_fault_that_names_what_it_lists(library: Library) -> None:
    with pytest.raises(DataError, match="bgo/2563, bgo/2564, banpaen/2563"):
        chosen(library, "annual", "banpaen", 2564)


def test_given_values_stand_for_those_of_the_book_and_text_stays_text(project: Project) -> None:
    book = set_parameters(project, load_book(project, "board"), ["agenda=4.10", "date = 15 มกราคม = วันแรก"])

    assert book.chapters[0].parameters == {
        "agenda": "4.10", "subject": "", "meeting": "", "date": "15 มกราคม = วันแรก", "presenter": "",
    }  # fmt: skip


def test_values_are_read_by_the_type_that_the_notebook_declares(project: Project) -> None:
    path = project.notebooks / "board.ipynb"
    notebook = nbformat.read(path, 4)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    cell.source += "\nrows = 10\nshort = False"
    nbformat.write(notebook, path)
    library, book = Library(project), load_book(project, "board")

    read = set_parameters(project, book, ["rows=5", "short=true"]).chapters[0].parameters
    assert (read["rows"], read["short"]) == (5, True)
    wrong = set_parameters(project, book, ["rows=[five"])
    with pytest.raises(DataError, match="rows"):
        plan(project, choose(wrong, library, "bgo", 2564), library)


def test_only_chapters_that_declare_a_parameter_are_given_it(project: Project) -> None:
    path = project.notebooks / "trend.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace('agency = \\"', 'heading = \\"\\"\\n",\n    "agency = \\"', 1)
    )
    book = set_parameters(project, load_book(project, "annual"), ["heading=ก"])

    assert [spec.parameters for spec in book.chapters] == [{}, {"heading": "ก"}, {}, {}]


def test_every_wrong_value_is_told_at_once(project: Project) -> None:
    faults = faults_of(project, "agenda", "agendum=1", "digits=arabic", "fiscal_year=2564")

    assert set(faults) == {"agenda", "agendum", "digits", "fiscal_year"}
    assert "ชื่อ=ค่า" in faults["agenda"].problem
    assert "agenda, subject, meeting, date, presenter" in faults["agendum"].remedy
    assert faults["fiscal_year"].remedy == "ใช้ --year"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("formats: [pdf]", "formats: [html, pdf]", "ต้องมีบทเดียว"),
        ("each: agency-year", "each: agency", "ต้องมีบทเดียว"),
    ],
)
def test_an_annex_is_one_pdf_an_agency_year(project: Project, old: str, new: str, problem: str) -> None:
    path = project.books / "board.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(DataError, match=problem):
        load_book(project, "board")


def test_an_annex_does_not_take_the_folder_of_something_else(project: Project) -> None:
    (project.books / "board.yml").rename(project.books / "agencies.yml")

    with pytest.raises(DataError, match="agencies"):
        load_book(project, "agencies")
