"""Batches over the rows of a list: which rows, when their runs are stale, what goes along to other machines."""

from pathlib import Path

import pytest

from itabook.data.library import Library
from itabook.data.listed import is_listed
from itabook.data.project import Project
from itabook.data.slices import SliceError
from itabook.errors import DataError, Fault
from itabook.run.listed import ListedBatch, plan_listed
from itabook.run.parcel import Packer, unpack
from itabook.run.store import RunStore
from tests.conftest import add_year
from tests.data.test_listed import key
from tests.data.test_peers import SCORES, add_peers, row
from tests.run.test_build import TOTAL, do, run_of, statuses, whys, write_notebook

YEAR = 2568
ROWS = (
    row("อบต.ก", province="ปทุมธานี"),
    row("ทต.ข", kind="subdistrict-municipality", province="ปทุมธานี"),
    row("อบต.ค", province="ลำพูน"),
    "อบต.ว่าง,sao,ปทุมธานี,,,,,,,,,,,,,\n",
)


def planned(project: Project, province: str = "", kind: str = "", year: int = YEAR) -> ListedBatch:
    return plan_listed(project, Library(project), year, "arabic", province=province, kind=kind)


def faults_of(project: Project, province: str = "", kind: str = "", year: int = YEAR) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        planned(project, province, kind, year)
    return list(caught.value.faults)


def parts(made: ListedBatch) -> list[str]:
    return [run.part for run in made.runs]


def test_a_run_for_each_row_with_scores_in_the_order_of_the_list(project: Project) -> None:
    add_peers(project, YEAR, *ROWS)
    made = planned(project)

    assert parts(made) == ["อบต.ก", "ทต.ข", "อบต.ค"]
    assert made.blank == ("อบต.ว่าง",)
    run = made.runs[0]
    assert is_listed(run.agency)
    assert run.slug == f"{run.agency}-{YEAR}"
    assert run.parameters == {"agency": run.agency, "fiscal_year": YEAR, "digits": "arabic"}
    assert run.title == "อบต.ก ปีงบประมาณ พ.ศ. 2568"
    assert run.who == f"{run.agency} (อบต.ก)"


@pytest.mark.parametrize(
    ("province", "kind", "names"),
    [
        ("ปทุมธานี", "", ["อบต.ก", "ทต.ข"]),
        ("จังหวัดปทุมธานี", "อบต.", ["อบต.ก"]),
        ("", "sao", ["อบต.ก", "อบต.ค"]),
    ],
)
def test_province_and_type_as_people_write_them(project: Project, province: str, kind: str, names: list[str]) -> None:
    add_peers(project, YEAR, *ROWS)

    assert parts(planned(project, province, kind)) == names


def test_what_the_list_does_not_have_is_told_at_once_with_what_it_has(project: Project) -> None:
    add_peers(project, YEAR, *ROWS)
    place, kind = faults_of(project, "ลำปาง", "ชมรม")

    assert (place.file, place.value, place.remedy) == ("--province", "ลำปาง", "เลือกจากที่มี: ปทุมธานี, ลำพูน")
    assert (kind.file, kind.value) == ("--type", "ชมรม")
    assert "subdistrict-municipality (เทศบาลตำบล 1), sao (องค์การบริหารส่วนตำบล 3)" in kind.remedy
    (both,) = faults_of(project, "ลำพูน", "ทต.")
    assert both.remedy == "จังหวัดนี้มี: sao (องค์การบริหารส่วนตำบล 1)"


def test_a_year_without_a_list_names_those_that_have_one(project: Project) -> None:
    assert "เลือกปี" not in faults_of(project)[0].remedy
    add_peers(project, 2567, row("อบต.ก"))
    (fault,) = faults_of(project, "ลำปาง")

    assert (fault.file, fault.value) == ("--year", str(YEAR))
    assert fault.remedy.endswith("itabook import peers <แฟ้ม> --year 2568 หรือเลือกปีที่มีตาราง: 2567")


def test_an_agency_with_data_of_its_own_is_made_from_these(project: Project) -> None:
    add_year(project, "own", str(YEAR), scores=SCORES + "score,total,,x,91,ผ่าน,\n")
    name = "หน่วยงานทดลอง"
    add_peers(project, YEAR, *ROWS, row(name, province="ปทุมธานี"), row(name, kind="pao"))
    made = planned(project, "ปทุมธานี")

    assert [run.agency for run in made.runs if not is_listed(run.agency)] == ["own"] == list(made.own)
    assert parts(made) == ["อบต.ก", "ทต.ข", name]
    assert planned(project, kind="pao").own == ()  # another type is another agency


def test_an_agency_in_two_rows_stops_only_the_batch_that_it_is_in(project: Project) -> None:
    add_peers(project, YEAR, *ROWS, row("อบต. ก", "80", province="ปทุมธานี"))

    (fault,) = faults_of(project, "ปทุมธานี")
    assert (fault.file, fault.value) == ("data/raw/peers/2568.csv", "อบต. ก")
    assert parts(planned(project, "ลำพูน")) == ["อบต.ค"]


def test_only_a_changed_row_makes_its_run_stale_where_no_peers_are_read(project: Project) -> None:
    add_peers(project, YEAR, *ROWS)
    notebook = write_notebook(project, "total", TOTAL)
    runs = [run_of(notebook, key(Library(project), name), YEAR) for name in ("อบต.ก", "อบต.ค")]
    assert statuses(do(project, *runs)) == ["ran", "ran"]
    add_peers(project, YEAR, *ROWS[:2], row("อบต.ค", "91"), row("อบต.ใหม่"))

    assert whys(project, *runs) == ["", f"ข้อมูลเปลี่ยน: {runs[1].agency}/2568"]
    add_peers(project, 2567, row("อบต.ก", province="ปทุมธานี"))
    assert whys(project, runs[0]) == [f"ข้อมูลเปลี่ยน: {runs[0].agency}/2567"]


def test_a_slice_carries_the_row_and_that_of_the_year_before(project: Project, tmp_path: Path) -> None:
    add_peers(project, 2567, row("อบต.ก", "80", province="ปทุมธานี"), row("ทต.ข", kind="subdistrict-municipality"))
    add_peers(project, YEAR, *ROWS)
    whole = Library(project)
    run = run_of(write_notebook(project, "total", TOTAL), key(whole, "อบต.ก"), YEAR)
    sent, _ = unpack(Packer(whole, "fork", "batch").pack(run), tmp_path / "sent")
    part = Library(sent)
    result = part.agency_year(run.agency, YEAR)

    assert result == whole.agency_year(run.agency, YEAR)
    assert part.previous(result) == whole.previous(result) is not None
    assert part.peers(YEAR, "sao") == whole.peers(YEAR, "sao")
    for ask in (
        lambda: part.agency_year(key(whole, "อบต.ค"), YEAR),
        lambda: part.years(run.agency),
        lambda: part.agencies,
    ):
        with pytest.raises(SliceError):
            ask()


def test_tidying_one_kind_of_batch_leaves_the_other_alone(project: Project) -> None:
    add_peers(project, YEAR, *ROWS)
    notebook = write_notebook(project, "total", TOTAL)
    folder, listed = run_of(notebook), run_of(notebook, key(Library(project), "อบต.ก"), YEAR)
    do(project, folder, listed)
    store = RunStore(project, "try")
    store.tidy((), lambda slug: is_listed(slug.partition(f"-{YEAR}")[0]))

    assert (store.notebook(folder).is_file(), store.notebook(listed).is_file()) == (True, False)
    assert whys(project, folder, listed) == ["", "ยังไม่เคยสร้าง"]
