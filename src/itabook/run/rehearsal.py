"""A rehearsal in the process that runs are forked from: they find ready what a first run has to load."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from itabook import report
from itabook.run.digest import static_parts
from itabook.run.execute import execute
from itabook.run.finish import finish
from itabook.run.plan import Run


@cache
def rehearse() -> None:
    """Draw a first chart, and run a notebook with one cell from start to end.

    What papermill, nbformat, IPython and the engine import, look up and compile on first use is in memory then; each
    run would else do that again, for about as long as it takes to draw its charts. Once a process is enough.
    """
    report.warm()
    with TemporaryDirectory(prefix="itabook-") as folder:
        run = Run("rehearsal", Path(folder) / "rehearsal.ipynb", "", "", {})
        nbformat.write(new_notebook(cells=[new_markdown_cell("#"), new_code_cell("1")]), run.notebook)
        made = execute(run, Path(folder) / "made.ipynb", Path(folder), "fork")
        nbformat.writes(finish(nbformat.reads(made.read_text("utf-8"), 4), run))
        static_parts(run)
