"""Execute one run with papermill; a failure says where it happened and in which cell."""

import logging
import os
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from itabook.data import reads
from itabook.errors import ItabookError
from itabook.language import tr
from itabook.run.engines import Engine
from itabook.run.plan import Run

KERNEL = "python3"
PROJECT = "ITABOOK_PROJECT"
CELL_SECONDS = 300


class QuietKernelManager(AsyncKernelManager):
    """Starts kernels whose process writes nothing to the terminal.

    What cells print is captured by the kernel and goes into the notebook; what is left is the kernel's own noise, for
    instance the traceback of a socket closed a moment too early on its way out.
    """

    async def start_kernel(self, **kw: Any) -> None:  # type: ignore[override]  # noqa: ANN401 - as it is there, at run time
        """Start the kernel, its standard error closed off."""
        await super().start_kernel(**{"stderr": subprocess.DEVNULL, **kw})


class RunError(ItabookError):
    """A notebook that failed.

    Attributes:
        run: which chapter.
        cell: number of the cell, counted from 1 as a reader counts, None where no cell had begun.
        source: source of that cell.
        error: last line of the traceback, or what stopped the kernel.
    """

    def __init__(self, run: Run, cell: int | None, source: str, error: str) -> None:
        self.run, self.cell, self.source, self.error = run, cell, source, error
        super().__init__(run, cell, source, error)

    def __str__(self) -> str:
        """Agency, year, cell, its source and the last line of the traceback."""
        year = f" {tr('ปี {year}', year=self.run.fiscal_year)}" if self.run.fiscal_year else ""
        place = tr(
            "สมุดบันทึก {notebook} หน่วยงาน {agency}{year}",
            notebook=self.run.notebook.name,
            agency=self.run.who or "-",
            year=year,
        )
        if self.cell is None:
            return tr(
                "{place} ล้มเหลวก่อนเซลล์แรก\n{error}\nวิธีแก้: สั่ง make doctor แล้วติดตั้งสิ่งที่ขาด จากนั้นสั่งอีกครั้ง",
                place=place,
                error=self.error,
            )
        source = "\n".join(f"    {line}" for line in self.source.strip().splitlines())
        return tr(
            "{place} ล้มเหลวที่เซลล์ {cell}\n{source}\n{error}\nวิธีแก้: เปิดสมุดบันทึกด้วย make lab "
            "ใส่พารามิเตอร์ชุดนี้แล้วสั่งทำงานถึงเซลล์นั้น",
            place=place,
            cell=self.cell,
            source=source,
            error=self.error,
        )


def execute(run: Run, output: Path, root: Path, engine: Engine = "kernel") -> Path:
    """Run one notebook through papermill into `output`.

    RunError where a cell fails or takes too long, and where the kernel or the child dies or does not start.
    """
    try:
        with _project_named(root), warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=DeprecationWarning)
            papermill.execute_notebook(
                str(run.notebook),
                str(output),
                parameters=run.parameters,
                **_engine_options(engine, output),
                kernel_name=KERNEL,
                language="python",
                cwd=str(run.notebook.parent),
                progress_bar=False,
                log_output=False,
                execution_timeout=CELL_SECONDS,
                kernel_manager_class=QuietKernelManager,
                record_timing=False,
                extra_arguments=[f"--log-level={logging.CRITICAL}", *_noting()],
            )
    except PapermillExecutionError as error:
        last = f"{error.ename}: {error.evalue}"
        raise RunError(run, _cell_number(run, error.source, int(error.cell_index)), error.source, last) from error
    except (RuntimeError, OSError, NoSuchKernel) as error:  # of nbclient and of the start of a kernel
        index, source = _last_begun(output)
        cell = None if index is None else _cell_number(run, source, index)
        raise RunError(run, cell, source, _kernel_problem(error, cell)) from error
    return output


@contextmanager
def _project_named(root: Path) -> Iterator[None]:
    """The project in the environment, for the notebook to find it."""
    before = os.environ.get(PROJECT)
    os.environ[PROJECT] = str(root)
    try:
        yield
    finally:
        os.environ.pop(PROJECT)
        if before is not None:
            os.environ[PROJECT] = before


def _noting() -> tuple[str, ...]:
    """What makes a kernel note what it reads, where notes are wanted."""
    line = "__import__('itabook.data.reads', fromlist=['x']).start_in_kernel()"
    return (f"--IPKernelApp.exec_lines={line}",) if reads.VARIABLE in os.environ else ()


def _engine_options(engine: Engine, output: Path) -> dict[str, Any]:
    """What papermill is told of the engine: without a kernel to lose, it need not save after each cell."""
    if engine == "kernel":
        return {}
    return {"engine_name": "fork", "request_save_on_cell_execute": False, "failed_output_path": str(output)}


def _cell_number(run: Run, source: str, index: int) -> int:
    """Number of the failed cell in the notebook as stored, without the cell that papermill puts in."""
    cells = nbformat.read(run.notebook, as_version=4).cells
    found = (number for number, cell in enumerate(cells, start=1) if cell.source == source)
    return next(found, index + 1)


def _last_begun(output: Path) -> tuple[int | None, str]:
    """Index and source of the last cell that papermill began, (None, "") where it began none."""
    cells = nbformat.read(output, as_version=4).cells if output.is_file() else []
    begun = [(i, cell.source) for i, cell in enumerate(cells) if cell.metadata.get("papermill", {}).get("start_time")]
    return begun[-1] if begun else (None, "")


def _kernel_problem(error: Exception, cell: int | None) -> str:
    if isinstance(error, CellTimeoutError):
        return tr("เซลล์ทำงานนานเกิน {seconds} วินาที", seconds=CELL_SECONDS)
    if isinstance(error, DeadKernelError) and cell is not None:
        return tr("เคอร์เนลหยุดทำงานกลางคัน อาจเพราะหน่วยความจำไม่พอ")
    return tr("เคอร์เนล {kernel} ทำงานไม่ได้ ({kind}: {error})", kernel=KERNEL, kind=type(error).__name__, error=error)
