"""Time the annual book, stage by stage, beside what one would do without itabook: papermill in a loop.

    python bench/build_book.py [rounds]

Prints the median of each stage in seconds and the ratio of itabook's notebooks to the loop.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import papermill

from itabook.data.project import find_project
from itabook.data.raw import digest, read_raw
from itabook.data.store import write
from itabook.publish import publish
from itabook.run.book import load_book
from itabook.run.build import run_book
from itabook.run.plan import plan


def loop() -> None:
    """Each notebook after the other through papermill's own function."""
    project = find_project()
    with tempfile.TemporaryDirectory() as folder:
        for run in plan(project, load_book(project, "annual")):
            papermill.execute_notebook(
                str(run.notebook), str(Path(folder) / f"{run.slug}.ipynb"), run.parameters,
                cwd=str(project.notebooks), progress_bar=False,
            )  # fmt: skip


def check() -> None:
    """Read, check and store all raw data."""
    project = find_project()
    write(project, read_raw(project), digest(project))


def notebooks() -> None:
    """All notebooks of the annual book as `itabook build` runs them."""
    project = find_project()
    book = load_book(project, "annual")
    run_book(project, book, plan(project, book), lambda run: None)


def pages() -> None:
    """HTML and PDF with the built-in renderer."""
    publish(find_project().root, renderer="builtin", report=lambda text: None)


def seconds(stage: Callable[[], None]) -> float:
    start = time.perf_counter()
    stage()
    return time.perf_counter() - start


def main(rounds: int) -> None:
    stages: dict[str, Callable[[], None]] = {
        "check": check,
        "notebooks": notebooks,
        "pages": pages,
        "papermill loop": loop,
    }
    times: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(rounds):
        for name, stage in stages.items():
            times[name].append(seconds(stage))
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, median in medians.items():
        print(f"{name:16}{median:8.2f} s")
    print(f"notebooks / papermill loop: {medians['notebooks'] / medians['papermill loop']:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
