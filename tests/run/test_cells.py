"""The cells of a notebook, read as nbformat reads them, without it."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from itabook.run.cells import cells_of
from tests.conftest import ROOT


def by_nbformat(content: bytes) -> list[tuple[str, str, dict[str, object]]]:
    cells = nbformat.reads(content.decode(), as_version=4).cells
    return [(cell.cell_type, cell.source, dict(cell.metadata)) for cell in cells]


def read(content: bytes) -> list[tuple[str, str, dict[str, object]]]:
    return [(cell.type, cell.source, dict(cell.metadata)) for cell in cells_of(content)]


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_notebooks_of_the_project(path: Path) -> None:
    content = path.read_bytes()

    assert read(content) == by_nbformat(content)
    assert "parameters" in {tag for cell in cells_of(content) for tag in cell.tags}


def test_an_old_notebook() -> None:
    made = new_notebook(cells=[new_code_cell("a = 1\na", metadata={"trusted": True}), new_markdown_cell("ข้อความ")])
    content = nbformat.writes(nbformat.convert(made, 3), version=3).encode()

    assert [cell.source for cell in cells_of(content)] == ["a = 1\na", "ข้อความ"]
