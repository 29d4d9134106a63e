"""Which agency-years a batch is made of."""

import pytest

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.errors import DataError, Fault
from itabook.run.batch import batch_name, plan_batch
from tests.conftest import add_year

SCORES = "measure,scope,code,name,value,level,where\nscore,total,,,91.21,A,ตาราง\n"


def faults_of(project: Project, named: str, year: int = 2564) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        plan_batch(project, Library(project), named, year, "arabic")
    return list(caught.value.faults)


def test_all_is_every_agency_with_data_of_the_year_but_the_country(project: Project) -> None:
    add_year(project, "alpha", "2564", scores=SCORES)
    runs = plan_batch(project, Library(project), "all", 2564, "arabic")

    assert [run.slug for run in runs] == ["alpha-2564", "bgo-2564"]
    assert runs[1].title == "องค์การสวนพฤกษศาสตร์ ปีงบประมาณ พ.ศ. 2564"
    assert runs[1].parameters == {"agency": "bgo", "fiscal_year": 2564, "digits": "arabic"}
    assert batch_name(2564) == "agencies-2564"


def test_agencies_can_be_named_in_any_order(project: Project) -> None:
    add_year(project, "alpha", "2564", scores=SCORES)
    runs = plan_batch(project, Library(project), "bgo, alpha", 2564, "thai")

    assert [run.agency for run in runs] == ["bgo", "alpha"]
    assert runs[0].title.endswith("พ.ศ. ๒๕๖๔")


def test_every_wrong_agency_is_told_at_once_with_those_that_are_there(project: Project) -> None:
    faults = {fault.value: fault for fault in faults_of(project, "nix,opdc,national,bgo,bgo")}

    assert set(faults) == {"nix", "opdc", "national", "bgo"}
    assert "bgo" in faults["nix"].remedy
    assert "data/raw/opdc/2564" in faults["opdc"].remedy
    assert "ระดับประเทศ" in faults["national"].problem
    assert "ซ้ำ" in faults["bgo"].problem


def test_a_year_without_agencies_names_the_years_that_are_there(project: Project) -> None:
    (fault,) = faults_of(project, "all", 2599)

    assert (fault.file, fault.value) == ("--year", "2599")
    assert "2564" in fault.remedy


def test_a_year_that_only_the_country_has_is_not_offered(project: Project) -> None:
    (fault,) = faults_of(project, "all", 2567)

    assert fault.remedy == "เลือกปีที่มีข้อมูล: 2563 2564 2565 2566 2568"


def test_no_agency_at_all_is_a_fault(project: Project) -> None:
    (fault,) = faults_of(project, " , ")

    assert fault.problem == "ไม่ได้ระบุหน่วยงาน"


def test_a_notebook_that_does_not_take_the_parameters_is_a_fault(project: Project) -> None:
    path = project.notebooks / "agency_year.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("fiscal_year = 2564", "year = 2564"), encoding="utf-8")

    assert [fault.value for fault in faults_of(project, "bgo")] == ["fiscal_year"]


def test_a_notebook_that_is_not_there_is_a_fault(project: Project) -> None:
    (project.notebooks / "agency_year.ipynb").unlink()

    assert [fault.file for fault in faults_of(project, "bgo")] == ["notebooks/agency_year.ipynb"]
