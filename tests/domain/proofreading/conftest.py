"""Agency-years that are right by construction, and the five reports."""

from collections.abc import Callable
from decimal import Decimal as D

import pytest
from hypothesis import strategies as st

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.facts import Agency, Score, Source
from itabook.domain.levels import level_of
from itabook.domain.proofreading import Finding, proofread
from itabook.domain.results import AgencyYear
from itabook.domain.rules import FIRST_YEAR, INSTRUMENTS, LAST_YEAR
from itabook.domain.scores import eit_from_parts, mean, oit_indicator, rounded, total_score
from tests.conftest import ROOT, copy_project

AGENCY = Agency(key="try", name="หน่วยงานทดลอง", short="ทดลอง", type="sao")
SOURCE = Source(document="รายงานทดลอง", publisher="หน่วยงานทดลอง")
exact = st.decimals(min_value=0, max_value=100, places=6)


def score(
    scope: str, code: str, value: D, *, level: str = "", measure: str = "score", where: str = "ตาราง", name: str = ""
) -> Score:
    shown = rounded(value)
    return Score(measure, scope, code, name, f"{shown:.2f}", shown, level, where)


def correct(year: int, part1: list[D], part2: list[D], oit: list[D]) -> AgencyYear:
    """A report in which each score is computed from unrounded ones and rounded once, as published."""
    rules = load_rules(Project(ROOT), year)
    parts = {"EIT1": mean(part1), "EIT2": mean(part2)}
    eit = [eit_from_parts(one, other) for one, other in zip(part1, part2, strict=True)]
    if not rules.weights.eit_parts:
        parts = {}
    indicators = [*oit[:5], *eit, *oit[5:]]
    instruments = {"IIT": mean(indicators[:5]), "EIT": mean(indicators[5:8]), "OIT": mean(indicators[8:])}
    total = total_score({code: instruments[code] for code in INSTRUMENTS}, rules.weights)
    assert total is not None
    tested = {code: rounded(value) for code, value in {**instruments, **parts}.items()}
    told = level_of(rounded(total), tested, rules.levels, rules.weights).level
    rows = [score("total", "", total, level=told.name if told else "")]
    rows += [score("instrument", code, value) for code, value in instruments.items()]
    rows += [score("part", code, value) for code, value in parts.items()]
    rows += [
        score("indicator", str(i.number), value, name=i.name)
        for i, value in zip(rules.indicators, indicators, strict=True)
    ]
    return AgencyYear(AGENCY, year, rules, SOURCE, scores=tuple(rows))


@st.composite
def correct_years(draw: st.DrawFn, first: int = FIRST_YEAR, last: int = LAST_YEAR) -> AgencyYear:
    """Correct agency-years under the rules of the years from `first` to `last`."""
    year = draw(st.integers(first, last))
    three = st.lists(exact, min_size=3, max_size=3)
    survey = draw(st.lists(exact, min_size=5, max_size=5))
    return correct(year, draw(three), draw(three), [*survey, draw(oit_scores(year, 9)), draw(oit_scores(year, 10))])


@st.composite
def oit_scores(draw: st.DrawFn, year: int, number: int) -> D:
    """A score of an OIT indicator: of whole items where the sub-indicators of the year are known."""
    groups = load_rules(Project(ROOT), year).sub_indicators
    sizes = [size for name, size in groups.items.items() if name.startswith(f"{number}.")] if groups else []
    known = [size for size in sizes if size is not None]
    if not sizes or len(known) < len(sizes):
        return draw(exact)
    return oit_indicator((draw(st.integers(0, size)), size) for size in known)


Findings = Callable[[str, int], tuple[Finding, ...]]


@pytest.fixture(scope="session")
def findings_of(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """Findings of one of the five reports."""
    library = Library(copy_project(tmp_path_factory.mktemp("proof") / "project"))

    def found(agency: str, year: int) -> tuple[Finding, ...]:
        return proofread(library.subject(agency, year))

    return found
