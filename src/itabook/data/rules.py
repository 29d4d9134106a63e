"""The rules of the fiscal years in params/years."""

from functools import cache
from pathlib import Path

from itabook.data.project import Project
from itabook.data.reads import note
from itabook.data.yaml_files import load_model, read_yaml
from itabook.domain.rules import YearRules

SOURCES = "params/sources.yml"


def load_sources(project: Project) -> dict[str, str]:
    """What each source key of the rules and of the national figures stands for, read once. DataError as for any YAML."""
    note(f"file:{SOURCES}")
    return _load_sources(project.root / SOURCES, project.root)


@cache
def _load_sources(path: Path, root: Path) -> dict[str, str]:
    return {key: str(text) for key, text in read_yaml(path, root).items()}


def load_rules(project: Project, year: int) -> YearRules:
    """Rules of one fiscal year, read once. DataError for a year without rules."""
    return _load_rules(project.rules / f"{year}.yml", project.root)


@cache
def _load_rules(path: Path, root: Path) -> YearRules:
    return load_model(path, root, YearRules)
