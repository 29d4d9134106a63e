"""Batches beside what a user would do instead: papermill's own function in a loop, one renderer call an agency.

    make bench        (or: python -m bench.batches [rounds])

Everything happens in a scratch folder with made-up agencies. Prints a table and writes bench/results.json.
"""

import contextlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
import papermill
import psutil

from bench.project import make_project
from itabook import report
from itabook.data.library import Library, preload
from itabook.data.project import Project, find_project
from itabook.publish.builtin import place_fonts
from itabook.publish.single import ShortBook, make_pdf
from itabook.run.build import Options, build, steps
from itabook.run.execute import QuietKernelManager
from itabook.run.finish import finish
from itabook.run.plan import Run
from itabook.run.store import RunStore

YEAR = 2566
NOTEBOOKS, MANY, PDFS = 24, 500, 200
LOOPED_PDFS = 8
"""The loop that makes a PDF for each agency is timed over so many, and counted up."""
ALL_AGENCIES = 8300


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was done, how long, against what, and what was asked for."""

    work: str
    seconds: float
    against: float | None
    wanted: str

    @property
    def ratio(self) -> float | None:
        """How many times faster."""
        return None if self.against is None else self.against / self.seconds


def runs_of(project: Project, number: int) -> tuple[Run, ...]:
    """One agency-year notebook for each of the first agencies."""
    notebook = project.notebooks / "agency_year.ipynb"
    keys = sorted(path.name for path in project.raw.glob("synthetic-*"))[:number]
    return tuple(
        Run(f"{key}-{YEAR}", notebook, key, "", {"agency": key, "fiscal_year": YEAR, "digits": "arabic"}, key, YEAR)
        for key in keys
    )


def loop(project: Project, runs: Sequence[Run], folder: Path) -> None:
    """papermill's own function, one notebook after the other."""
    os.environ["ITABOOK_PROJECT"] = str(project.root)
    for run in runs:
        papermill.execute_notebook(
            str(run.notebook), str(folder / f"{run.slug}.ipynb"), run.parameters, cwd=str(project.notebooks),
            progress_bar=False, kernel_name="python3", kernel_manager_class=QuietKernelManager,
        )  # fmt: skip


def batch(project: Project, runs: Sequence[Run], jobs: int) -> int:
    """The same through itabook, as the command does it; returns how many ran."""
    store = RunStore(project, "bench")
    outcomes = build(project, steps(runs, store, Library(project)), store, Options(jobs=jobs, engine="fork"))
    if any(outcome.failed for outcome in outcomes):
        raise SystemExit(next(outcome.failure.message for outcome in outcomes if outcome.failure))
    return sum(outcome.status == "ran" for outcome in outcomes)


def in_new_process(project: Project, jobs: int, number: int) -> float:
    """Seconds of one batch in a Python of its own, its start not counted; so nothing is warm from before."""
    line = [sys.executable, "-m", "bench.batches", "--batch", str(project.root), str(jobs), str(number)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[0])


def python_start() -> float:
    """Seconds that Python needs to start and import what a build needs."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import itabook.cli"], check=True)
    return time.perf_counter() - start


def loop_to_pdf(project: Project, runs: Sequence[Run], folder: Path) -> None:
    """papermill in a loop, and one call of the renderer for each agency."""
    place_fonts(project.root)
    for run in runs:
        loop(project, [run], folder)
        path = folder / f"{run.slug}.ipynb"
        nbformat.write(finish(nbformat.read(path, 4), run), path)
        book = ShortBook(path, folder / f"{run.slug}.pdf", run.title, str(YEAR), run.agency, "", "", "arabic")
        make_pdf(project.root, book)


def measure(rounds: int, root: Path) -> tuple[list[Figure], float]:
    """All figures, the loop beside the batch in the same process tree, and the peak of memory in MB."""
    source = find_project()
    small = make_project(source, root / "small", NOTEBOOKS, YEAR)
    figures, peak = stale_runs(small, rounds)
    figures += unchanged_runs(make_project(source, root / "many", MANY, YEAR), rounds)
    figures.append(pdfs(make_project(source, root / "pdfs", PDFS, YEAR)))
    return figures, peak


def stale_runs(project: Project, rounds: int) -> tuple[list[Figure], float]:
    """24 notebooks that must all run, two at a time and one at a time, beside the loop."""
    runs = runs_of(project, NOTEBOOKS)
    scratch = project.root / "loop"
    scratch.mkdir()
    Library(project)  # the loop and the batch both find the tables made
    times: dict[int, list[float]] = {0: [], 1: [], 2: []}
    for _ in range(rounds):
        start = time.perf_counter()
        loop(project, runs, scratch)
        times[0].append(time.perf_counter() - start)
        for jobs in (2, 1):
            shutil.rmtree(project.outputs, ignore_errors=True)
            times[jobs].append(in_new_process(project, jobs, NOTEBOOKS))
    shutil.rmtree(project.outputs)
    peak = peak_memory(project)
    medians = {jobs: statistics.median(seconds) for jobs, seconds in times.items()}
    figures = [Figure(f"floor: the cells of {NOTEBOOKS} notebooks alone", floor(project), medians[0], "–")]
    figures += [
        Figure(f"{NOTEBOOKS} notebooks, {jobs} jobs, all stale", medians[jobs], medians[0], wanted)
        for jobs, wanted in ((2, "12×"), (1, "6×"))
    ]
    return figures, peak


def unchanged_runs(project: Project, rounds: int) -> list[Figure]:
    """500 runs of which none or one must run."""
    runs = runs_of(project, MANY)
    batch(project, runs, 2)
    nothing = statistics.median(in_new_process(project, 2, MANY) for _ in range(rounds))
    scores = project.raw / "synthetic-0007" / str(YEAR) / "scores.csv"
    scores.write_text(scores.read_text("utf-8").replace("ตารางคะแนน", "ตารางที่แก้", 1), "utf-8")
    start = time.perf_counter()
    ran = batch(project, runs, 2)
    one = time.perf_counter() - start
    return [
        Figure("start of Python and imports", statistics.median(python_start() for _ in range(rounds)), None, "–"),
        Figure(f"nothing changed, {MANY} runs", nothing, None, "< 1 s"),
        Figure(f"one agency changed among {MANY}: {ran} run", one, None, "1 run"),
    ]


def pdfs(project: Project) -> Figure:
    """A PDF for each of 200 agencies, beside the loop, counted up from the first few."""
    folder = project.outputs / "loop"
    folder.mkdir(parents=True)
    start = time.perf_counter()
    loop_to_pdf(project, runs_of(project, LOOPED_PDFS), folder)
    looped = (time.perf_counter() - start) * PDFS / LOOPED_PDFS
    line = [
        sys.executable,
        "-m",
        "itabook",
        "batch",
        "--agencies",
        "all",
        "--year",
        str(YEAR),
        "--to",
        "pdf",
        "--jobs",
        "2",
    ]
    start = time.perf_counter()
    subprocess.run(line, cwd=project.root, check=True, capture_output=True)
    return Figure(f"{PDFS} agencies to PDF, 2 jobs", time.perf_counter() - start, looped, "8×")


def floor(project: Project) -> float:
    """Seconds that the cells of the notebooks take by themselves: in one process that has everything loaded."""
    os.environ["ITABOOK_PROJECT"] = str(project.root)
    report.warm()
    preload(project)
    cells = nbformat.read(project.notebooks / "agency_year.ipynb", 4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    start = time.perf_counter()
    for run in runs_of(project, NOTEBOOKS):
        names: dict[str, object] = {}
        for cell in code:
            exec(cell.source, names)  # noqa: S102 - the project's own notebook
            if "parameters" in cell.metadata.get("tags", []):
                names |= run.parameters
    return time.perf_counter() - start


def peak_memory(project: Project) -> float:
    """Most memory (MB, shared pages counted once) that a batch with two jobs and all its processes hold."""
    line = [sys.executable, "-m", "bench.batches", "--batch", str(project.root), "2", str(NOTEBOOKS)]
    process = psutil.Popen(line, stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        held = 0
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                held += one.memory_full_info().pss
        peak = max(peak, held)
        time.sleep(0.05)
    return peak / 1e6


def main(rounds: int = 3) -> None:
    """Print the table and write bench/results.json."""
    with tempfile.TemporaryDirectory(prefix="itabook-bench-") as folder:
        figures, peak = measure(rounds, Path(folder))
    print(f"{'work':44} {'seconds':>8} {'against':>8} {'ratio':>6}  wanted")
    for figure in figures:
        against = "" if figure.against is None else f"{figure.against:8.1f}"
        ratio = "" if figure.ratio is None else f"{figure.ratio:5.1f}×"
        print(f"{figure.work:44} {figure.seconds:8.2f} {against:>8} {ratio:>6}  {figure.wanted}")
    rate = PDFS / figures[-1].seconds
    print(f"\nPDFs a minute: {60 * rate:.0f}; {ALL_AGENCIES} agencies: {ALL_AGENCIES / rate / 3600:.1f} h")
    print(f"peak memory, 2 jobs, MB: {peak:.0f} (wanted: under 1200)")
    content = {
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "rounds": rounds,
        "figures": [{**asdict(figure), "ratio": figure.ratio} for figure in figures],
        "peak_memory_mb": round(peak),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    Path(__file__).with_name("results.json").write_text(f"{text}\n", "utf-8")


def one_batch(root: str, jobs: str, number: str) -> None:
    """In a process of its own: print the seconds of one batch."""
    project = Project(Path(root))
    start = time.perf_counter()
    batch(project, runs_of(project, int(number)), int(jobs))
    print(time.perf_counter() - start)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--batch"]:
        one_batch(*sys.argv[2:5])
    else:
        main(*(int(argument) for argument in sys.argv[1:2]))
