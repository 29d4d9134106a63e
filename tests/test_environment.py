"""environment.yml, pyproject.toml and requirements.lock agree."""

import re
import tomllib
from collections.abc import Iterator

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from itabook.publish.quarto import OLDEST
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LISTED = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
LOCK = [line for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if not line.startswith("#")]


def locked() -> dict[str, Version]:
    pins = (line.split("==") for line in LOCK)
    return {canonicalize_name(name): Version(version) for name, version in pins}


def asked() -> Iterator[Requirement]:
    """What itabook and its tests need."""
    for text in (*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["test"]):
        yield Requirement(text)


def conda(name: str) -> str:
    """What environment.yml asks of one conda package: "=3.11"."""
    (found,) = (one for one in LISTED if isinstance(one, str) and re.split("[<>=]", one)[0] == name)
    return found.removeprefix(name)


def test_what_is_asked_for_is_locked_at_a_version_in_its_range() -> None:
    versions = locked()

    assert [str(one) for one in asked() if versions[canonicalize_name(one.name)] not in one.specifier] == []


def test_the_lock_names_each_package_once_in_order() -> None:
    names = [line.split("==")[0] for line in LOCK]

    assert names == sorted(names, key=str.lower)
    assert len(locked()) == len(names)


def test_conda_installs_the_lock_and_the_project_into_a_python_that_it_is_for() -> None:
    (pip,) = (one["pip"] for one in LISTED if isinstance(one, dict))

    assert pip == ["-r requirements.lock", "-e ."]
    python = Version(conda("python").removeprefix("="))
    assert python in Requirement(f"python{PROJECT['project']['requires-python']}").specifier
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{python.major}{python.minor}"


def test_conda_and_pip_ask_for_the_same_jupyterlab_and_the_same_quarto() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    (lab,), (quarto,) = extras["lab"], extras["quarto"]

    assert Requirement(f"jupyterlab{conda('jupyterlab')}") == Requirement(lab)
    assert Requirement(f"quarto-cli{conda('quarto')}") == Requirement(quarto)
    assert conda("quarto") == f">={'.'.join(map(str, OLDEST))}"
