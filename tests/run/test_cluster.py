"""Runs on a Dask cluster: two real workers on this machine, which get nothing of the project but what is sent to them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

import itabook.run
from itabook.data.library import Library
from itabook.data.project import Project
from itabook.data.slices import Slice, SliceError
from itabook.errors import DataError, ItabookError
from itabook.run import digest
from itabook.run.book import load_book
from itabook.run.build import Options, build, steps
from itabook.run.outcome import Outcome
from itabook.run.parcel import Packer, unpack
from itabook.run.plan import Run, plan
from itabook.run.store import RunStore
from tests.run.test_build import TOTAL, run_of, statuses, write_notebook

pytest.importorskip("distributed", reason="ไม่ได้ติดตั้ง itabook[cluster]")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers run on Linux")

SECONDS = 20


@dataclass(frozen=True)
class Cluster:
    """A scheduler and its workers, and the folder where the workers may write."""

    address: str
    scratch: Path
    workers: tuple["subprocess.Popen[bytes]", ...]

    def options(self, *, keep_going: bool = False) -> Options:
        return Options(jobs=2, engine="fork", scheduler=self.address, keep_going=keep_going)

    def helpers(self) -> list[int]:
        """Ids of the helpers and of all that they forked, which goes by the same command."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if str(self.scratch).encode() in path.read_bytes() and b"cluster_helper" in path.read_bytes():
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return found

    def busy(self) -> list[int]:
        """Ids of the workers of which a cell is under way: in a child of a child of the helper."""
        workers = {worker.pid for worker in self.workers}
        return [pid for pid in (parent(parent(parent(helper))) for helper in self.helpers()) if pid in workers]

    def written(self) -> list[Path]:
        """Folders of runs in those of the helpers."""
        return [path for path in self.scratch.glob("dask-scratch-space/*/itabook-*/*") if path.is_dir()]


def parent(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("PPid:")))


@contextmanager
def started(folder: Path) -> Iterator[Cluster]:
    """A cluster of two workers with one thread each; all processes that are started here end here."""
    folder.mkdir(exist_ok=True)
    file, scratch = folder / "scheduler.json", folder / "scratch"
    common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
    processes = [_process(folder, "dask_scheduler", *common, "--port", "0")]
    try:
        until(file.is_file)
        own = ["--no-nanny", "--nthreads", "1", "--local-directory", str(scratch)]
        processes += [_process(folder, "dask_worker", *common, *own) for _ in range(2)]
        until(lambda: len(list(scratch.glob("dask-scratch-space/worker-*.dirlock"))) == 2)
        yield Cluster(json.loads(file.read_text())["address"], scratch, tuple(processes[1:]))
    finally:
        for process in processes[1:]:
            process.terminate()
        for process in reversed(processes):  # a worker whose scheduler ends first may hang
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _process(folder: Path, module: str, *arguments: str) -> "subprocess.Popen[bytes]":
    with (folder / "log").open("ab") as log:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
        return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    digest._code.cache_clear()  # the workers look at the source now, not when pytest was started
    with started(tmp_path_factory.mktemp("cluster")) as found:
        yield found
    until(lambda: found.helpers() == [])
    assert list(found.scratch.glob("dask-scratch-space/*/itabook-*")) == []


def do(
    project: Project,
    runs: Sequence[Run],
    options: Options,
    name: str = "try",
    progress: Callable[[Outcome], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    store = RunStore(project, name)
    return build(project, steps(runs, store, Library(project)), store, options, progress)


def cells(path: Path) -> list[dict[str, Any]]:
    """Cells as they are, but for what papermill notes of times."""
    found = [json.loads(json.dumps(cell)) for cell in nbformat.read(path, 4).cells]
    for cell in found:
        cell["metadata"].pop("papermill", None)
        if "injected-parameters" in cell["metadata"].get("tags", []):
            del cell["id"]
    return found


def records(project: Project, name: str) -> dict[str, tuple[Any, Any]]:
    lines = (project.outputs / "runs" / name / "index.jsonl").read_text(encoding="utf-8").splitlines()
    return {one["slug"]: (one["parts"], one["reads"]) for one in map(json.loads, lines)}


def test_a_book_is_the_same_as_made_here(project: Project, cluster: Cluster) -> None:
    whole = plan(project, load_book(project, "annual"), Library(project))
    runs = [run for run in whole if run.slug in {"bgo-2564", "bgo-trend", "comparison", "data_quality"}]
    there = do(project, runs, cluster.options(), "there")
    here = do(project, runs, Options(jobs=2, engine="fork"), "here")

    assert statuses(there) == statuses(here) == ["ran"] * len(runs)
    assert [outcome.attempts for outcome in there] == [1] * len(runs)
    assert records(project, "there") == records(project, "here")
    for run in runs:
        theirs, ours = (RunStore(project, name).notebook(run) for name in ("there", "here"))
        assert cells(theirs) == cells(ours)
        mine, yours = (nbformat.read(path, 4).metadata for path in (ours, theirs))
        assert mine.itabook == yours.itabook
        assert mine.papermill.input_path == yours.papermill.input_path
    assert statuses(do(project, runs, cluster.options(), "there")) == ["skipped"] * len(runs)
    assert cluster.written() == []


def test_a_cell_that_fails_is_reported_as_here(project: Project, cluster: Cluster) -> None:
    bad = run_of(write_notebook(project, "bad", "value = 1", "def half(x):\n    return x / 0\nhalf(value)"))
    (there,) = do(project, [bad], cluster.options(), "there")
    (here,) = do(project, [bad], Options(jobs=1, engine="fork"), "here")

    assert there.failure is not None
    assert here.failure is not None
    assert there.failure.error == "ZeroDivisionError: division by zero"
    assert (there.failure.cell, there.failure.source, there.failure.message) == (
        here.failure.cell, here.failure.source, here.failure.message,
    )  # fmt: skip
    assert "in half(x)" in there.failure.traceback
    assert cells(RunStore(project, "there").failed_notebook(bad))[-1]["outputs"][0]["ename"] == "ZeroDivisionError"
    assert not RunStore(project, "there").notebook(bad).exists()


def test_after_a_failure_no_run_is_started(project: Project, cluster: Cluster) -> None:
    bad = run_of(write_notebook(project, "bad", "1 / 0"))
    slow = [run_of(write_notebook(project, f"slow{number}", "import time\ntime.sleep(1)")) for number in range(3)]

    outcomes = do(project, [bad, *slow], cluster.options())
    assert statuses(outcomes) == ["failed in a cell", "ran", "not started", "not started"]
    again = do(project, [bad, *slow], cluster.options(keep_going=True))
    assert statuses(again) == ["failed in a cell", "skipped", "ran", "ran"]


def test_what_the_parameters_do_not_tell_is_sent_when_it_is_asked_for(project: Project, cluster: Cluster) -> None:
    asks = TOTAL.replace("agency, fiscal_year", '"opdc", 2566')
    catches = f"try:\n    {asks.replace(chr(10), chr(10) + '    ')}\nexcept Exception:\n    print('nothing')"
    runs = [run_of(write_notebook(project, "asks", asks)), run_of(write_notebook(project, "catches", catches))]
    own = run_of(write_notebook(project, "own", asks))
    reads = run_of(write_notebook(project, "reads", "import helper\nhelper.rows()"))
    (project.notebooks / "helper.py").write_text(
        "import pandas as pd\ndef rows():\n    return len(pd.read_parquet('../data/processed/scores.parquet'))\n"
    )
    there = do(project, [*runs, replace(own, parameters={"digits": "arabic"}), reads], cluster.options(), "there")
    do(project, [*runs, own, reads], Options(jobs=2, engine="fork"), "here")

    assert statuses(there) == ["ran"] * 4
    for run in (*runs, own, reads):
        theirs, ours = (RunStore(project, name).notebook(run) for name in ("there", "here"))
        assert cells(theirs)[-1]["outputs"] == cells(ours)[-1]["outputs"]


def test_a_slice_does_not_take_what_it_lacks_for_absent(project: Project, tmp_path: Path) -> None:
    notebook = write_notebook(project, "total", TOTAL)
    packer = Packer(Library(project), "fork", "batch")
    sent, _ = unpack(packer.pack(run_of(notebook)), tmp_path / "sent")
    whole, part = Library(project), Library(sent)  # up to date, though there are no raw data

    assert part.agency_year("bgo", 2564) == whole.agency_year("bgo", 2564)
    assert part.previous(part.agency_year("bgo", 2564)) == whole.agency_year("bgo", 2563)
    assert part.years("bgo") == whole.years("bgo")
    assert part.national == whole.national
    asked: list[Callable[[], object]] = [
        lambda: part.agency_year("opdc", 2566), lambda: part.years("opdc"), lambda: part.agency("opdc"),
        lambda: part.agencies, part.pairs, lambda: part.table("scores"),
        lambda: part.previous(part.agency_year("bgo", 2563)),
    ]  # fmt: skip
    for ask in asked:
        with pytest.raises(SliceError, match="--scheduler"):
            ask()
    assert Slice(("bgo/2564",)).holds("agencies")


def test_what_cannot_be_read_here_is_not_taken_for_absent_there(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.raw / "bgo" / "2563" / "scores.csv").write_text("nonsense", encoding="utf-8")
    notebook = write_notebook(project, "total", TOTAL)
    sent, _ = unpack(Packer(Library(project), "fork", "batch").pack(run_of(notebook)), tmp_path / "sent")

    for language in ("th", "en"):
        monkeypatch.setenv("ITABOOK_LANG", language)
        part = Library(sent)
        with pytest.raises(DataError, match=r"data/raw/bgo/2563/scores\.csv"):
            part.previous(part.agency_year("bgo", 2564))


def test_other_versions_are_refused_before_anything_runs(
    project: Project, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = digest.versions()
    run = run_of(write_notebook(project, "total", TOTAL))
    monkeypatch.setattr(digest, "versions", lambda: {**real, "matplotlib": "0.1"})

    with pytest.raises(ItabookError) as refused:
        do(project, [run], cluster.options())
    told = str(refused.value).splitlines()
    assert len(told) == 2
    assert all("tcp://127.0.0.1:" in line for line in told)
    assert f"matplotlib รุ่น {real['matplotlib']} แต่เครื่องนี้ใช้รุ่น 0.1 · วิธีแก้: สั่ง pip install matplotlib==0.1" in told[0]
    assert list(RunStore(project, "try").folder.iterdir()) == []


def test_without_a_scheduler_it_says_what_to_do(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(write_notebook(project, "total", TOTAL))
    monkeypatch.setattr("itabook.run.cluster.CONNECT_SECONDS", 1)
    begun = time.monotonic()

    with pytest.raises(ItabookError, match=r"tcp://127\.0\.0\.1:1 ไม่ได้.*dask scheduler"):
        do(project, [run], Options(jobs=1, engine="fork", scheduler="tcp://127.0.0.1:1"))
    assert time.monotonic() - begun < SECONDS


def test_without_dask_it_says_what_to_install(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(write_notebook(project, "total", TOTAL))
    monkeypatch.setitem(sys.modules, "dask", None)
    monkeypatch.delitem(sys.modules, "itabook.run.cluster", raising=False)
    monkeypatch.delattr(itabook.run, "cluster", raising=False)

    with pytest.raises(ItabookError, match=r'pip install "itabook\[cluster\]"'):
        do(project, [run], Options(jobs=1, engine="fork", scheduler="tcp://127.0.0.1:1"))


def test_what_is_under_way_ends_with_the_build(project: Project, cluster: Cluster) -> None:
    quick = run_of(write_notebook(project, "quick", "1"))
    slow = [run_of(write_notebook(project, f"slow{number}", "import time\ntime.sleep(60)")) for number in range(2)]

    def interrupt(_: Outcome) -> None:
        until(lambda: len(cluster.helpers()) > 3)  # two helpers, and a run that is under way
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        do(project, [quick, *slow], cluster.options(), progress=interrupt)
    until(lambda: len(cluster.helpers()) == 2)
    until(lambda: cluster.written() == [])


def test_a_worker_that_is_killed_costs_no_run_and_leaves_nothing(project: Project, cluster: Cluster) -> None:
    quick = run_of(write_notebook(project, "quick", "1"))
    slow = [run_of(write_notebook(project, f"slow{number}", "import time\ntime.sleep(2)")) for number in range(3)]

    def kill(outcome: Outcome) -> None:
        if outcome.run == quick:
            until(lambda: cluster.busy() != [])
            os.kill(cluster.busy()[0], signal.SIGKILL)

    outcomes = do(project, [quick, *slow], cluster.options(), progress=kill)
    assert [(outcome.status, outcome.attempts) for outcome in outcomes] == [
        ("ran", 1), ("ran", 2), ("ran", 1), ("ran", 1),
    ]  # fmt: skip
    until(lambda: len(cluster.helpers()) == 1)
    until(lambda: cluster.written() == [])
