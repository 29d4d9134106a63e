"""What a publisher needs of an executed notebook: a title with an id, and cell options from what cells returned."""

from nbformat import NotebookNode

from itabook.report.display import METADATA_KEY
from itabook.report.words import escape
from itabook.run.plan import Run


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
    return notebook


def _set_title(notebook: NotebookNode, heading: str) -> None:
    first = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    lines = first.source.splitlines()
    rest = lines[1:] if lines and lines[0].startswith("# ") else ["", *lines]
    first.source = "\n".join([heading, *rest]).rstrip()
