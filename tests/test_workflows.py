"""What runs on other machines: each command is there, and what is uploaded is what a build makes."""

import json
import re
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from typer.main import get_command

from itabook.cli import app
from itabook.publish.project import OUTPUT
from itabook.publish.quarto import OLDEST
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - `on` stays text
    return found


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = read(path)["jobs"]
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return list(chain.from_iterable(job["steps"] for job in jobs(path).values()))


def book_step(name: str) -> dict[str, Any]:
    """The one step of the book's workflow that uses an action of that name, or is named so."""
    of_book = steps(ROOT / ".github" / "workflows" / "book.yml")
    (found,) = (step for step in of_book if step.get("uses", "").startswith(f"{name}@") or step.get("name") == name)
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_job_may_more_than_it_needs_and_none_runs_for_ever(path: Path) -> None:
    assert read(path)["permissions"] == {"contents": "read"}
    assert "concurrency" in read(path)
    granted = {name: job["permissions"] for name, job in jobs(path).items() if "permissions" in job}
    assert granted == ({"publish": {"pages": "write", "id-token": "write"}} if path.stem == "book" else {})
    assert all(int(job["timeout-minutes"]) <= 60 for job in jobs(path).values())
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"]) for step in steps(path) if "uses" in step)


def test_the_book_is_made_on_each_push_and_on_a_schedule_and_published_from_main_only() -> None:
    path = ROOT / ".github" / "workflows" / "book.yml"

    assert {"push", "schedule"} <= set(read(path)["on"])
    assert read(path)["on"]["push"] == ""
    assert (
        jobs(path)["publish"]["if"]
        == book_step("actions/upload-pages-artifact")["if"]
        == "github.ref == 'refs/heads/main'"
    )
    assert jobs(path)["publish"]["needs"] == "book"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_command_of_a_step_is_there(path: Path) -> None:
    lines = "\n".join(step.get("run", "") for step in steps(path))
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert set(re.findall(r"\bmake ([\w-]+)", lines)) <= set(targets)
    assert all((ROOT / name).is_file() for name in re.findall(r"\.ci/[\w-]+", lines))
    commands = getattr(get_command(app), "commands")  # noqa: B009 - of a group, which click's type does not tell
    for name, rest in re.findall(r"bin/itabook (\w+)(.*)$", lines, re.MULTILINE):
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[\w-]+", rest)) <= known


def test_findings_are_a_report_and_no_gate() -> None:
    assert "itabook check --strict" in book_step("Findings (a report, not a gate)")["run"]
    assert "|| status=$?" in book_step("Findings (a report, not a gate)")["run"]
    assert "exit" not in book_step("Findings (a report, not a gate)")["run"]


def test_the_short_books_are_those_of_every_year_of_the_annual_book() -> None:
    script = book_step("A short PDF book for each agency, of every year of the annual book")["run"]
    years = re.search(r"\$\((sed .*?)\)\s*;", script)
    assert years
    told = subprocess.run(["bash", "-c", years[1]], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()

    book = yaml.safe_load((ROOT / "params" / "books" / "annual.yml").read_text(encoding="utf-8"))
    assert told == sorted({name.partition("/")[2] for name in book["agency-years"]})


def test_what_is_kept_and_uploaded_is_what_is_made() -> None:
    assert book_step("actions/upload-pages-artifact")["with"]["path"] == OUTPUT.as_posix()
    (pdfs,) = (step["with"] for step in steps(WORKFLOWS[0]) if step.get("with", {}).get("name") == "pdf")
    assert pdfs["path"].split() == [f"{OUTPUT}/itabook.pdf", "outputs/agencies/*.pdf", "outputs/manifest.json"]
    assert pdfs["if-no-files-found"] == "error"
    cached = book_step("actions/cache")["with"]
    assert cached["path"].split() == ["outputs/runs", "outputs/agencies"]
    keyed = re.findall(r"'([^']+)'", cached["key"])
    assert all(list(ROOT.glob(pattern)) for pattern in keyed)
    assert {"data/raw/**", "notebooks/**", "params/**", "src/**", "requirements.lock"} <= set(keyed)


def test_one_quarto_is_used_everywhere_and_it_is_new_enough() -> None:
    version = book_step("quarto-dev/quarto-actions/setup")["with"]["version"]
    dockerfile = (ROOT / ".devcontainer" / "Dockerfile").read_text(encoding="utf-8")

    assert re.findall(r"^ARG QUARTO=(.*)$", dockerfile, re.MULTILINE) == [version]
    assert tuple(map(int, version.split(".")))[:2] >= OLDEST


def test_the_devcontainer_is_built_from_files_that_are_there() -> None:
    folder = ROOT / ".devcontainer"
    content = json.loads((folder / "devcontainer.json").read_text(encoding="utf-8"))
    dockerfile = (folder / content["build"]["dockerfile"]).read_text(encoding="utf-8")

    assert content["postCreateCommand"] == "make doctor"
    assert f"useradd --create-home --shell /bin/bash {content['remoteUser']}" in dockerfile
    assert {"chromium", "poppler-utils", "/tmp/quarto.deb"} <= set(dockerfile.split())  # noqa: S108 - in the image


def hooks() -> dict[str, dict[str, Any]]:
    content = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    return {hook["id"]: hook for repo in content["repos"] for hook in repo["hooks"]}


def test_hooks_use_the_versions_of_the_lock() -> None:
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").split()
    pins = {pin for hook in hooks().values() for pin in hook["additional_dependencies"]}

    assert all("==" in pin for pin in pins)
    assert {pin for pin in pins if not pin.startswith("pre-commit-hooks==")} <= set(locked)
    assert set(hooks()) == {"ruff-check", "ruff-format", "nbstripout", "check-added-large-files", "detect-private-key"}


def test_the_hook_leaves_of_an_executed_notebook_what_is_stored(tmp_path: Path) -> None:
    stored = ROOT / "notebooks" / "agency_year.ipynb"
    notebook = nbformat.read(stored, 4)
    notebook.metadata["papermill"] = {"duration": 1.5}
    notebook.metadata["language_info"] |= {"version": "3.11.7", "codemirror_mode": {"name": "ipython"}}
    for number, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.execution_count = number + 1
        cell.outputs = [nbformat.v4.new_output("stream", text="shown")]
    nbformat.write(notebook, tmp_path / "run.ipynb")
    hook = hooks()["nbstripout"]
    command = [shutil.which("nbstripout", path=str(Path(sys.executable).parent)) or "", *hook["entry"].split()[1:]]
    subprocess.run([*command, *hook["args"], tmp_path / "run.ipynb"], check=True, capture_output=True)

    assert nbformat.read(tmp_path / "run.ipynb", 4) == nbformat.read(stored, 4)
