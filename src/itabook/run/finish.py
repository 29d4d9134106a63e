"""What a publisher needs of an executed notebook: a title with an id, cell options, and the data of figures."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from itabook.domain.figure_data import DATA_KEY, FigureData
from itabook.domain.unit_names import NAMES_KEY
from itabook.report.display import METADATA_KEY
from itabook.run.figure_cells import data_cell
from itabook.run.plan import Run
from itabook.words import Words, escape, escape_title


def finish(notebook: NotebookNode, run: Run) -> NotebookNode:
    """Put the title of the chapter in the first heading, and label, caption and alt text among the cell's options.

    The options are top-level cell metadata, which Quarto reads as it reads `#| key: value` comments; it takes
    captions as markdown, so they are escaped, and runs a short code in any other option. The data of a figure follow
    it in a cell of their own, and stay in the metadata of its output, where the workbook of the book finds them.
    Changes and returns the notebook.
    """
    _set_title(notebook, f"# {escape_title(run.title)} {{#sec-{run.slug}}}")
    words = Words(run.parameters.get("digits", "arabic"))
    cells = [one for cell in notebook.cells for one in (cell, *_set_options(cell, words))]
    notebook.cells = _without_empty_sections(cells)
    return notebook


def _set_options(cell: NotebookNode, words: Words) -> Iterator[NotebookNode]:
    """Make what the outputs of a cell carry its options; yields the cells with the data of its figures."""
    for output in cell.get("outputs", []):
        options: dict[str, Any] = output.get("metadata", {}).pop(METADATA_KEY, {})
        data, names = options.pop(DATA_KEY, None), options.pop(NAMES_KEY, None)
        captions = {name: escape(text) for name, text in options.items() if name.endswith("-cap")}
        alts = {name: text.replace("{{<", "{ {<") for name, text in options.items() if name.endswith("-alt")}
        cell.metadata.update({**options, **captions, **alts})
        if names is not None:
            output.metadata[NAMES_KEY] = names
        if data is not None:
            output.metadata[DATA_KEY] = data
            yield data_cell(FigureData.from_plain(data), options["label"], options["fig-cap"], words)


def _without_empty_sections(cells: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Leave out a heading of the second level under which no cell shows anything.

    The first paragraph of the chapter says what the report leaves out; a heading over nothing says it again.
    """
    kept: list[NotebookNode] = []
    for position, cell in enumerate(cells):
        if not _is_heading(cell):
            kept.append(cell)
            continue
        section = takewhile(lambda later: not _is_heading(later), cells[position + 1 :])
        if any(_shows(later) for later in section):
            kept.append(cell)
    return kept


def _is_heading(cell: NotebookNode) -> bool:
    return cell.cell_type == "markdown" and cell.source.startswith("## ") and "\n" not in cell.source.strip()


def _shows(cell: NotebookNode) -> bool:
    if cell.cell_type != "code":
        return bool(cell.source.strip())
    return any(output.get("data", {}).get("text/plain") or output.get("text") for output in cell.outputs)


def _set_title(notebook: NotebookNode, heading: str) -> None:
    first = next((cell for cell in notebook.cells if cell.cell_type == "markdown"), None)
    if first is None:
        notebook.cells.insert(0, new_markdown_cell(heading, id="title"))
        return
    lines = first.source.splitlines()
    rest = lines[1:] if lines and lines[0].startswith("# ") else ["", *lines]
    first.source = "\n".join([heading, *rest]).rstrip()
