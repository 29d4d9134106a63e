"""What cannot be read: it stops who asks for it, and nobody else, and is never taken for absent."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itabook.data.library import Library
from itabook.data.parquet import Pair
from itabook.data.project import Project
from itabook.data.store import refresh
from itabook.errors import DataError
from itabook.forms import make_form
from tests.conftest import add_year, copy_project

PAIRS = (
    ("banpaen", 2563),
    ("bgo", 2563),
    ("bgo", 2564),
    ("opdc", 2565),
    ("opdc", 2566),
    ("rawiang", 2568),
)
SCORES = "measure,scope,code,name,value,level,where\n"


def break_(project: Project, name: str) -> None:
    (project.raw / name / "scores.csv").write_text(f"{SCORES}score,total,,คะแนนรวม,สิบ,,\n", encoding="utf-8")


def faults_of(ask: Callable[[], object]) -> list[str]:
    with pytest.raises(DataError) as caught:
        ask()
    return [fault.file for fault in caught.value.faults]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copy_project(tmp_path_factory.mktemp("unread") / "project")


@settings(max_examples=6)
@given(broken=st.sets(st.sampled_from(PAIRS)))
def test_whatever_is_broken_the_rest_is_as_it_was(shared: Project, broken: set[Pair]) -> None:
    whole = Library(shared)
    before = {pair: (whole.agency_year(*pair), whole.digest(f"agency-year:{pair[0]}/{pair[1]}")) for pair in PAIRS}
    files = {pair: shared.raw / pair[0] / str(pair[1]) / "scores.csv" for pair in broken}
    kept = {path: path.read_bytes() for path in files.values()}
    try:
        for pair in broken:
            break_(shared, f"{pair[0]}/{pair[1]}")
        library = Library(shared)
        assert library.pairs() == tuple(pair for pair in PAIRS if pair not in broken)
        for pair, (result, digest) in before.items():
            is_same = library.digest(f"agency-year:{pair[0]}/{pair[1]}") == digest
            assert is_same == (pair not in broken)
            if pair in broken:
                file = f"data/raw/{pair[0]}/{pair[1]}/scores.csv"
                assert faults_of(lambda pair=pair: library.agency_year(*pair)) == [file]  # type: ignore[misc]
            else:
                assert library.agency_year(*pair) == result
    finally:
        for path, content in kept.items():
            path.write_bytes(content)
    mended = Library(shared)
    assert {pair: mended.agency_year(*pair) for pair in PAIRS} == {pair: result for pair, (result, _) in before.items()}


def test_who_is_made_of_something_unread_is_told_its_faults(project: Project) -> None:
    before = {key: Library(project).digest(key) for key in ("years:bgo", "years:opdc", "everything")}
    break_(project, "bgo/2563")
    library = Library(project)
    told = ["data/raw/bgo/2563/scores.csv"]

    assert faults_of(lambda: library.previous(library.agency_year("bgo", 2564))) == told
    assert faults_of(lambda: library.all_years("bgo")) == told
    assert faults_of(lambda: library.pairs(["bgo/2564", "bgo/2563"])) == told
    assert faults_of(lambda: library.table("scores")) == told
    assert len(library.all_years("opdc")) == 2
    assert [key for key, digest in before.items() if library.digest(key) != digest] == ["years:bgo", "everything"]


def test_an_agency_without_a_name_takes_its_years_along(project: Project) -> None:
    refresh(project)
    (project.raw / "bgo" / "agency.yml").write_text("name: ก\n", encoding="utf-8")
    library = Library(project)

    assert "bgo" not in library.agencies
    assert {one.name: one.type for one in library.unread} == {"bgo/2563": "", "bgo/2564": ""}
    assert set(faults_of(lambda: library.agency_year("bgo", 2564))) == {"data/raw/bgo/agency.yml"}
    assert set(faults_of(lambda: library.agency("bgo"))) == {"data/raw/bgo/agency.yml"}


def test_figures_of_the_country_are_never_fewer_in_silence(project: Project) -> None:
    (project.raw / "national" / "2566" / "national.csv").write_text("nonsense", encoding="utf-8")
    library = Library(project)

    assert set(faults_of(lambda: library.national)) == {"data/raw/national/2566/national.csv"}
    assert library.agency_year("bgo", 2564).total


def test_a_group_tells_how_many_of_it_cannot_be_read_and_a_list_must_be_readable(project: Project) -> None:
    add_year(project, "one", "2568", scores=f"{SCORES}score,total,,คะแนนรวม,สิบ,,\n")
    library = Library(project)
    assert [one.name for one in library.unread_peers(2568, "sao")] == ["one/2568"]
    assert library.unread_peers(2568, "department") == ()
    before = library.digest("peers:2568/sao")

    (project.raw / "one" / "2568" / "scores.csv").write_text(f"{SCORES}score,total,,คะแนนรวม,90,,\n", encoding="utf-8")
    mended = Library(project)
    assert mended.unread_peers(2568, "sao") == ()
    assert mended.digest("peers:2568/sao") != before

    (project.raw / "peers").mkdir(exist_ok=True)
    (project.raw / "peers" / "2568.csv").write_text("nonsense", encoding="utf-8")
    assert set(faults_of(lambda: Library(project).peers(2568, "sao"))) == {"data/raw/peers/2568.csv"}
    assert Library(project).peers(2566, "department")


@pytest.mark.parametrize("name", ["bgo", "try"])
def test_a_form_that_nobody_has_filled_in_is_absent_until_it_is_asked_for(project: Project, name: str) -> None:
    before = Library(project)
    known = (before.pairs(), before.digest("years:bgo"), before.digest("everything"))
    make_form(project, name, 2565)
    library = Library(project)

    assert (library.pairs(), library.digest("years:bgo"), library.digest("everything")) == known
    assert [(one.name, one.blank) for one in library.unread] == [(f"{name}/2565", True)]
    assert len(library.all_years("bgo")) == 2
    assert faults_of(lambda: library.agency_year(name, 2565)) == [f"data/raw/{name}/2565"]


@pytest.mark.parametrize("folder", ["bgo/2565", "empty"])
def test_an_empty_folder_is_unread(project: Project, folder: str) -> None:
    refresh(project)
    (project.raw / folder).mkdir()
    library = Library(project)

    assert [one.name for one in library.unread] == [folder]
    assert len(library.pairs()) == len(PAIRS)


def test_faults_are_told_in_the_language_of_who_asks(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    break_(project, "bgo/2563")
    assert "ไม่ใช่ตัวเลข" in str(Library(project).unread[0].faults[0])
    assert not refresh(project)

    monkeypatch.setenv("ITABOOK_LANG", "en")
    assert "Not a number" in str(Library(project).unread[0].faults[0])


def test_nothing_of_what_is_unread_stands_in_the_tables(project: Project) -> None:
    break_(project, "bgo/2563")
    library = Library(project)

    for name in ("scores", "measures", "sources", "peers"):
        assert ("bgo", 2563) not in {(row["agency"], row["fiscal_year"]) for row in library.sound(name).to_pylist()}
