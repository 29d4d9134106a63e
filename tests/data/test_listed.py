"""Rows of data/raw/peers as agencies: reached by a key of their own, and never among the agencies of data/raw."""

from decimal import Decimal as D

import pytest

from itabook.cli.findings import of_lists
from itabook.data.library import Library
from itabook.data.listed import key_of
from itabook.data.project import Project
from itabook.errors import DataError
from tests.conftest import add_year
from tests.data.test_peers import SCORES, add_peers, row

PARTLY = "อบต.บางช่อง,sao,ปทุมธานี,95.1,,,,,,,,,70,81.20,ผ่าน,ประกาศสมมติ\n"


def key(library: Library, name: str, year: int = 2568) -> str:
    (found,) = (key for key, rows in library.listed_agencies(year).items() if rows[0].name == name)
    return found


def test_a_row_is_an_agency_year_with_its_scores_and_nothing_else(project: Project) -> None:
    add_peers(project, 2568, PARTLY, row("อบต.อื่น", "90.25"))
    library = Library(project)
    result = library.agency_year(key(library, "อบต.บางช่อง"), 2568)

    assert (result.agency.name, result.agency.type, result.agency.province) == ("อบต.บางช่อง", "sao", "ปทุมธานี")
    assert (result.source.document, result.source.publisher) == ("ประกาศสมมติ", "")
    assert result.indicators == {1: D("95.1"), 10: D(70)}
    assert result.total is not None
    assert (result.total.value, result.printed_level, result.rules.fiscal_year) == (D("81.2"), "ผ่าน", 2568)
    assert result.listed
    assert (result.items, result.responses, result.respondents, result.measures, result.staff) == ((), (), (), (), ())
    assert [score.printed for score in result.scores] == ["81.20", "95.10", "70.00"]  # a list drops zeros at the end


def test_a_level_without_a_total_is_kept(project: Project) -> None:
    add_peers(project, 2568, "อบต.ก,sao,,90,,,,,,,,,,,ผ่าน,\n")
    library = Library(project)
    result = library.agency_year(key(library, "อบต.ก"), 2568)

    assert (result.total, result.printed_level) == (None, "ผ่าน")
    assert of_lists(library) == ()


def test_its_key_is_that_of_name_type_and_province_however_they_are_typed(project: Project) -> None:
    add_peers(project, 2567, row("อบต.หมู่ ๑", province="จ.ลำพูน"), row("อบต.ข"))
    add_peers(project, 2568, row("ข"), row("อบต. หมู่ 1"), row("อบต.หมู่ 1", kind="pao"), row("อบต.หมู่ 1", province=""))
    library = Library(project)

    assert len(library.listed_agencies(2568)) == 4
    assert key_of(library.listed(2567)[0]) == key_of(library.listed(2568)[1])
    assert library.years(key(library, "อบต. หมู่ 1")) == (2567, 2568)
    assert set(key(library, "ข").removeprefix("listed-")) <= set("0123456789abcdef")


def test_the_row_of_the_year_before_is_the_same_agency(project: Project) -> None:
    add_peers(project, 2567, row("อบต.ก", "80"))
    add_peers(project, 2568, row("อบต.ก", "90"), row("อบต.ข"))
    library = Library(project)
    before = library.previous(library.agency_year(key(library, "อบต.ก"), 2568))

    assert before is not None
    assert (before.fiscal_year, before.indicators[1]) == (2567, D(80))
    assert library.previous(library.agency_year(key(library, "อบต.ข"), 2568)) is None
    assert library.agency(key(library, "อบต.ข")).name == "อบต.ข"


def test_listed_agencies_are_not_among_those_of_data_raw(project: Project) -> None:
    before = Library(project).pairs()
    add_peers(project, 2568, PARTLY, row("อบต.ก"))
    library = Library(project)

    assert library.pairs() == before
    assert not [name for name in library.agencies if name.startswith("listed-")]


def test_a_key_that_no_row_has_is_a_fault_of_its_list(project: Project) -> None:
    add_peers(project, 2568, row("อบต.ก"))
    with pytest.raises(DataError) as caught:
        Library(project).agency_year("listed-0123456789ab", 2568)

    (fault,) = caught.value.faults
    assert (fault.file, fault.value) == ("data/raw/peers/2568.csv", "listed-0123456789ab")
    assert Library(project).years("listed-0123456789ab") == ()
    with pytest.raises(KeyError):
        Library(project).agency("listed-0123456789ab")


def test_an_agency_typed_in_two_ways_is_a_fault_where_it_is_asked_for(project: Project) -> None:
    add_peers(project, 2568, row("อบต.ก", "90"), row("อบต. ก", "80"), row("อบต.ข"))
    library = Library(project)
    with pytest.raises(DataError, match="มี 2 แถว"):
        library.agency_year(key(library, "อบต.ก"), 2568)

    assert library.agency_year(key(library, "อบต.ข"), 2568).indicators[1] == D(90)


def test_its_digest_changes_with_its_own_row_only(project: Project) -> None:
    add_peers(project, 2568, row("อบต.ก"), row("อบต.ข"))
    keys = [key(Library(project), name) for name in ("อบต.ก", "อบต.ข")]

    def digests() -> list[str]:
        return [Library(project).digest(f"agency-year:{key}/2568") for key in keys]

    before = digests()
    add_peers(project, 2568, row("อบต.ข"), row("อบต.ค"), row("อบต.ก", "91"))
    add_year(project, "try", "2568", scores=SCORES + "score,total,,x,91,A,\n")
    changed = digests()
    assert [now == was for now, was in zip(changed, before, strict=True)] == [False, True]
    add_peers(project, 2568, row("อบต.ข"))
    assert digests() == ["none", before[1]]
