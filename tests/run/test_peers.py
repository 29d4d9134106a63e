"""Runs that read peers: stale when the peers of their year and type change, and sent along to other machines."""

from pathlib import Path

import pytest

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.data.slices import SliceError
from itabook.run.parcel import Packer, unpack
from itabook.run.plan import Run
from tests.data.test_peers import SCORES, add_peers, row
from tests.run.test_build import do, run_of, statuses, whys, write_notebook

PEERS = """from itabook.report.chapter import open_agency_year
chapter = open_agency_year(agency, fiscal_year)
print(len(chapter.peers))"""
KIND = "state-enterprise"


@pytest.fixture
def built(project: Project) -> Run:
    """A run that was built, with one peer."""
    add_peers(project, 2564, row("ก", kind=KIND))
    run = run_of(write_notebook(project, "peers", PEERS))
    assert statuses(do(project, run)) == ["ran"]
    assert whys(project, run) == [""]
    return run


def test_a_run_is_stale_when_its_peers_change(project: Project, built: Run) -> None:
    add_peers(project, 2564, row("ก", "91", kind=KIND))

    assert whys(project, built) == ["ข้อมูลเปลี่ยน: 2564/state-enterprise"]
    do(project, built)
    assert whys(project, built) == [""]


def test_another_agency_of_its_type_makes_a_run_stale_only_where_no_list_is_the_group(
    project: Project, built: Run
) -> None:
    folder = project.raw / "other" / "2564"
    folder.mkdir(parents=True)
    (folder.parent / "agency.yml").write_text(f"name: ข\nshort: ข\ntype: {KIND}\n", encoding="utf-8")
    (folder / "source.yml").write_text("document: ข\npublisher: ข\n", encoding="utf-8")
    (folder / "scores.csv").write_text(SCORES + "score,total,,x,80,B,\n", encoding="utf-8")

    assert whys(project, built) == [""]
    (project.raw / "peers" / "2564.csv").unlink()
    assert whys(project, built) == ["ข้อมูลเปลี่ยน: 2564/state-enterprise"]


def test_peers_of_other_years_and_types_leave_a_run_alone(project: Project, built: Run) -> None:
    add_peers(project, 2564, row("ก", kind=KIND), row("ข", kind="sao"))
    add_peers(project, 2563, row("ก", kind=KIND))

    assert whys(project, built) == [""]


def test_a_slice_holds_the_peers_of_its_run(project: Project, tmp_path: Path) -> None:
    add_peers(project, 2564, row("ก", kind=KIND), row("ข", kind="sao"))
    notebook = write_notebook(project, "peers", PEERS)
    whole = Library(project)
    sent, _ = unpack(Packer(whole, "fork", "batch").pack(run_of(notebook)), tmp_path / "sent")
    part = Library(sent)

    assert part.peers(2564, KIND) == whole.peers(2564, KIND)
    assert [peer.name for peer in part.peers(2564, KIND)] == ["ก"]
    for year, kind in ((2564, "sao"), (2563, KIND)):
        with pytest.raises(SliceError, match=f"peers:{year}/{kind}"):
            part.peers(year, kind)
