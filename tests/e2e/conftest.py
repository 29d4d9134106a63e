"""The annual book, built once for all tests that only read it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import copy_project

DAY = "1795219200"
"""The day that the book says it was made on, so that its pages look the same tomorrow."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept-looks", action="store_true", help="take the pages as they are now for right (test_looks)"
    )


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """outputs/ of a project that was built by the command of a user."""
    project = copy_project(tmp_path_factory.mktemp("annual") / "project")
    command = [sys.executable, "-m", "itabook", "build", "annual", "--renderer", "builtin"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": DAY}
    done = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr.lower()
    return project.outputs
