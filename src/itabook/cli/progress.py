"""Progress of long work: a bar with rate and time left on a terminal, plain lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from itabook.language import tr
from itabook.run.outcome import STATUS_NAMES, Outcome


@dataclass
class Lines:
    """One plain line for each run that is done."""

    console: Console
    total: int
    done: int = 0

    def tell(self, outcome: Outcome) -> None:
        """Print a line."""
        self.done += 1
        said = tr(
            "[{done}/{total}] {slug} {status} {seconds:.1f} วินาที",
            done=self.done,
            total=self.total,
            slug=outcome.run.slug,
            status=tr(STATUS_NAMES[outcome.status]),
            seconds=outcome.seconds,
        )
        self.console.print(said, markup=False, highlight=False)


@dataclass
class Bar:
    """A bar that is drawn anew when a run is done: a thread that redraws it would make forking unsafe."""

    progress: Progress
    total: int
    started: float = field(default_factory=time.perf_counter)
    done: int = 0

    def __post_init__(self) -> None:
        self.task = self.progress.add_task(tr("สมุดบันทึก"), total=self.total, rate="")

    def tell(self, outcome: Outcome) -> None:
        """Move the bar; a failed run is named above it."""
        self.done += 1
        rate = self.done / (time.perf_counter() - self.started)
        self.progress.update(
            self.task, advance=1, rate=tr("{rate:.1f} ต่อวินาที", rate=rate), description=outcome.run.slug
        )
        if outcome.failed:
            self.progress.console.print(f"{outcome.run.slug} {tr(STATUS_NAMES[outcome.status])}", markup=False)
        self.progress.refresh()


@contextmanager
def progress(console: Console, total: int) -> Iterator[Lines | Bar]:
    """Progress over so many runs."""
    if not console.is_terminal:
        yield Lines(console, total)
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, auto_refresh=False) as bar:
        yield Bar(bar, total)
