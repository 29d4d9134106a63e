"""A small book in a copy of the project, and a preview of it as a user starts it."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from itabook.data.project import Project
from tests.conftest import copy_project

PATIENCE = 180
"""Seconds after which a test gives up; nothing is timed."""
SMALL = """\
title: เล่มทดลอง
organisation: ผู้จัดทำ
formats: [html]
agency-years: [bgo/2564]
chapters:
  - {notebook: short, each: agency-year, title: "{agency} {year}"}
"""


class Running:
    """A preview under way, and what it prints."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self.program = program
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.program.stdout is not None
        for line in self.program.stdout:
            self._lines.put(line.rstrip())
        self._lines.put("(end)")

    def line(self, pattern: str) -> str:
        """The next line with a pattern in it: its first group, or all that matched."""
        while True:
            self.said.append(self._lines.get(timeout=PATIENCE))
            if found := re.search(pattern, self.said[-1]):
                return found[found.lastindex or 0]
            assert self.said[-1] != "(end)", "\n".join(self.said)


def small_project(root: Path) -> Project:
    """A project with one short chapter."""
    project = copy_project(root)
    (project.books / "small.yml").write_text(SMALL, encoding="utf-8")
    parameters = new_code_cell('agency = ""\nfiscal_year = 0\ndigits = "arabic"')
    parameters.metadata["tags"] = ["parameters"]
    show = new_code_cell(
        "from itabook import report\n\nreport.headline(report.agency_year(agency, fiscal_year, digits=digits))"
    )
    nbformat.write(new_notebook(cells=[parameters, show]), project.notebooks / "short.ipynb")
    return project


@contextmanager
def started(project: Project, *options: str, **environment: str) -> Iterator[Running]:
    """`itabook preview small` until the context ends."""
    command = [sys.executable, "-m", "itabook", "preview", "small", "--no-browser", "--port", "0", *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=project.root, env={**os.environ, **environment}, **pipes) as program:  # type: ignore[call-overload]
        try:
            yield Running(program)
        finally:
            program.send_signal(signal.SIGINT)
            program.wait(PATIENCE)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Running, str]]:
    """A project, its preview, and the address of that."""
    project = small_project(tmp_path_factory.mktemp("preview") / "project")
    with started(project, "--renderer", "builtin") as preview:
        yield project, preview, preview.line(r"http://127\.0\.0\.1:\d+/")
