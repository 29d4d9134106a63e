"""Where the commands write, and how a fault is told."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from itabook.errors import DataError, Fault, ItabookError, visible
from itabook.language import tr
from itabook.run.outcome import Outcome

out = Console()
err = Console(stderr=True)


@contextmanager
def faults_as_messages() -> Iterator[None]:
    """Print a fault that a user can act on, and end with status 1."""
    try:
        yield
    except DataError as error:
        err.print(fault_table(tr("พบข้อผิดพลาด {faults} แห่ง ข้อมูลเดิมไม่ถูกแก้ไข", faults=len(error.faults)), error.faults))
        raise typer.Exit(1) from error
    except ItabookError as error:
        tell(str(error))
        raise typer.Exit(1) from error


def tell(text: str) -> None:
    """Print what another program says, as it says it."""
    err.print(visible(text), markup=False, highlight=False)


def tell_failures(outcomes: Sequence[Outcome]) -> int:
    """Print why runs and PDFs failed; returns how many did."""
    failures = [outcome.failure.message for outcome in outcomes if outcome.failure is not None]
    for message in failures:
        tell(message)
    return len(failures)


def plain(text: str) -> Text:
    """Text for a table of the terminal: no markup, and nothing that steers the terminal."""
    return Text(visible(text))


def fault_table(title: str, faults: tuple[Fault, ...]) -> Table:
    """Every fault with its place, the value found and the remedy."""
    table = Table(title=title, title_justify="left", show_lines=True, expand=False)
    for name in (tr("ตำแหน่ง"), tr("ปัญหา"), tr("ค่าที่พบ"), tr("วิธีแก้")):
        table.add_column(name, overflow="fold")
    for fault in faults:
        cells = (fault.place, visible(fault.problem), fault.shown, visible(fault.remedy))
        table.add_row(*map(plain, cells))
    return table
