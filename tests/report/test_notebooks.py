"""What the notebooks show is what the package offers."""

import json
import re

import itabook.report
from itabook.report.checklist import HEADINGS
from tests.conftest import ROOT

APART = {"AgencyYearChapter", "ComparisonChapter", "DataQualityChapter", "TrendChapter", "warm"}
"""Names that no cell calls: what the functions take, and what prepares a process."""


def sources(kind: str) -> list[str]:
    books = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    return ["".join(cell["source"]) for book in books for cell in book["cells"] if cell["cell_type"] == kind]


def test_every_function_that_is_offered_is_called_in_a_notebook_and_the_other_way_round() -> None:
    called = set(re.findall(r"report\.(\w+)\(", "\n".join(sources("code"))))

    assert called == set(itabook.report.__all__) - APART


def test_the_checklist_names_headings_of_the_chapter() -> None:
    headings = {source.removeprefix("## ") for source in sources("markdown") if source.startswith("## ")}

    assert set(HEADINGS.values()) <= headings
