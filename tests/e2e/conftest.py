"""The annual book, built once for all tests that only read it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import copy_project


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """outputs/ of a project that was built by the command of a user."""
    project = copy_project(tmp_path_factory.mktemp("annual") / "project")
    command = [sys.executable, "-m", "itabook", "build", "annual", "--renderer", "builtin"]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr.lower()
    return project.outputs
