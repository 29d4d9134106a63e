"""Execute one run with papermill; a failure says where it happened and in which cell."""

import os
import warnings
from pathlib import Path

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from itabook.errors import ItabookError
from itabook.run.plan import Run

KERNEL = "python3"
CELL_SECONDS = 300


class RunError(ItabookError):
    """A notebook that failed.

    Attributes:
        run: which chapter.
        cell: number of the cell, counted from 1 as a reader counts.
        source: source of that cell.
        error: last line of the traceback.
    """

    def __init__(self, run: Run, cell: int, source: str, error: str) -> None:
        self.run, self.cell, self.source, self.error = run, cell, source, error
        super().__init__(run, cell, source, error)

    def __str__(self) -> str:
        """Agency, year, cell, its source and the last line of the traceback."""
        year = f" ปี {self.run.fiscal_year}" if self.run.fiscal_year else ""
        source = "\n".join(f"    {line}" for line in self.source.strip().splitlines())
        return (
            f"สมุดบันทึก {self.run.notebook.name} หน่วยงาน {self.run.agency or '-'}{year} ล้มเหลวที่เซลล์ {self.cell}\n"
            f"{source}\n{self.error}\nวิธีแก้: เปิดสมุดบันทึกด้วย make lab ใส่พารามิเตอร์ชุดนี้แล้วสั่งทำงานถึงเซลล์นั้น"
        )


def execute(run: Run, output: Path, root: Path) -> Path:
    """Run one notebook through papermill into `output`. RunError where a cell fails."""
    os.environ["ITABOOK_PROJECT"] = str(root)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=DeprecationWarning)
            papermill.execute_notebook(
                str(run.notebook),
                str(output),
                parameters=run.parameters,
                kernel_name=KERNEL,
                language="python",
                cwd=str(run.notebook.parent),
                progress_bar=False,
                log_output=False,
                execution_timeout=CELL_SECONDS,
                record_timing=False,
                extra_arguments=["--log-level=40"],
            )
    except PapermillExecutionError as error:
        last = f"{error.ename}: {error.evalue}"
        raise RunError(run, _cell_number(run, error), error.source, last) from error
    return output


def _cell_number(run: Run, error: PapermillExecutionError) -> int:
    """Number of the failed cell in the notebook as stored, without the cell that papermill puts in."""
    cells = nbformat.read(run.notebook, as_version=4).cells
    found = (number for number, cell in enumerate(cells, start=1) if cell.source == error.source)
    return next(found, int(error.cell_index) + 1)
