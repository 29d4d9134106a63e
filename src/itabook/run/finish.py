"""What a publisher needs of an executed notebook: a title with an id, and cell options from what cells returned."""

from itertools import takewhile

from nbformat import NotebookNode

from itabook.report.display import METADATA_KEY
from itabook.run.plan import Run
from itabook.words import escape


def finish(notebook: NotebookNode, run: Run) -> NotebookNode:
    """Put the title of the chapter in the first heading, and label, caption and alt text among the cell's options.

    The options are top-level cell metadata, which Quarto reads as it reads `#| key: value` comments; it takes
    captions as markdown, so they are escaped.
    Changes and returns the notebook.
    """
    _set_title(notebook, f"# {escape(run.title)} {{#sec-{run.slug}}}")
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            options: dict[str, str] = output.get("metadata", {}).pop(METADATA_KEY, {})
            captions = {name: escape(text) for name, text in options.items() if name.endswith("-cap")}
            cell.metadata.update({**options, **captions})
    notebook.cells = _without_empty_sections(notebook.cells)
    return notebook


def _without_empty_sections(cells: list[NotebookNode]) -> list[NotebookNode]:
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
    first = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    lines = first.source.splitlines()
    rest = lines[1:] if lines and lines[0].startswith("# ") else ["", *lines]
    first.source = "\n".join([heading, *rest]).rstrip()
