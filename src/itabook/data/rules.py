"""The rules of the fiscal years in params/years."""

from functools import cache
from pathlib import Path

from itabook.data.project import Project
from itabook.data.yaml_files import load_model
from itabook.domain.rules import YearRules


def load_rules(project: Project, year: int) -> YearRules:
    """Rules of one fiscal year, read once. DataError for a year without rules."""
    return _load_rules(project.rules / f"{year}.yml", project.root)


@cache
def _load_rules(path: Path, root: Path) -> YearRules:
    return load_model(path, root, YearRules)
