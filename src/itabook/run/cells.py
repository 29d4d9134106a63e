"""The cells of a notebook as its file holds them, read without nbformat, which takes up to seconds to import."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = 4
_TRANSIENT = "trusted"
"""Metadata of a cell that Jupyter keeps to itself."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its type ("code", "markdown", "raw"), its source as one text, and its metadata."""

    type: str
    source: str
    metadata: Mapping[str, Any]

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""
        return tuple(self.metadata.get("tags", ()))


def cells_of(notebook: bytes) -> tuple[Cell, ...]:
    r"""The cells of a notebook, an older one converted. Exceptions of many kinds for what is no notebook.

    >>> cells_of(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": ["a = 1\\n", "a"], "metadata": {}}]}')
    (Cell(type='code', source='a = 1\na', metadata={}),)
    """
    found = json.loads(notebook.decode())
    if found["nbformat"] != FORMAT:
        import nbformat  # noqa: PLC0415 - for old notebooks only

        found = nbformat.reads(notebook.decode(), as_version=FORMAT)
    return tuple(_cell(cell) for cell in found["cells"])


def _cell(cell: Mapping[str, Any]) -> Cell:
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    metadata = {name: value for name, value in cell["metadata"].items() if name != _TRANSIENT}
    return Cell(cell["cell_type"], source, metadata)
