"""What the published document must hold, and what of it a chapter shows."""

from dataclasses import replace
from decimal import Decimal as D
from typing import get_args

import pytest

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.checklist import EVIDENCE, HOUSE, Checklist, Contents, Evidence, checklists
from itabook.domain.facts import Agency, ItemResult, Measure, Score, Source
from itabook.domain.proofreading import Subject
from itabook.domain.results import AgencyYear
from itabook.domain.rules import FIRST_YEAR, LAST_YEAR, Content
from tests.conftest import ROOT

AGENCY = Agency(key="try", name="หน่วยงานทดลอง", short="ทดลอง", type="sao")
SOURCE = Source(document="รายงานทดลอง", publisher="หน่วยงานทดลอง")


def year(fiscal_year: int, *measures: Measure, scores: tuple[Score, ...] = ()) -> AgencyYear:
    rules = load_rules(Project(ROOT), fiscal_year)
    return AgencyYear(AGENCY, fiscal_year, rules, SOURCE, scores=scores, measures=measures)


def measure(
    kind: str, *scope: str, steps: str = "", period: str = "", responsible: str = "", monitoring: str = ""
) -> Measure:
    return Measure(kind, scope, "1", "ข้อความ", steps, period, responsible, monitoring, "")


def total(value: str, level: str = "") -> Score:
    return Score("score", "total", "", "", value, D(value), level, "")


def evidence(content: Content, result: AgencyYear, previous: AgencyYear | None = None) -> Evidence:
    return EVIDENCE[content](Contents(result, previous))


def items(lists: tuple[Checklist, ...]) -> list[tuple[str, bool, int]]:
    return [(one.rule.item if one.rule else "", one.confirmed, len(one.lines)) for one in lists]


@pytest.mark.parametrize(
    ("fiscal_year", "expected"),
    [
        (2563, [("O42", True, 8), ("O43", False, 3)]),
        (2565, [("", False, 15), ("O42", False, 12), ("O43", False, 3)]),
        (2566, [("O34", True, 12), ("O35", False, 1)]),
        (2567, [("", False, 15)]),
        (2568, [("O25", True, 7), ("O26", True, 1)]),
        (2569, [("", False, 15)]),
    ],
)
def test_the_list_is_that_of_the_assessment_of_the_year_after(
    fiscal_year: int, expected: list[tuple[str, bool, int]]
) -> None:
    assert items(checklists(Subject(year(fiscal_year)))) == expected


@pytest.mark.parametrize("fiscal_year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_nothing_is_shown_where_there_are_no_data(fiscal_year: int) -> None:
    lines = [line for one in checklists(Subject(year(fiscal_year))) for line in one.lines]

    assert lines
    assert all(line.evidence.missing and not line.evidence.sections for line in lines)


def test_every_content_has_its_evidence_and_the_house_list_each_once() -> None:
    assert set(EVIDENCE) == set(get_args(Content))
    assert len({element.shown_by for element in HOUSE}) == len(HOUSE)


def test_a_column_is_there_in_part_where_some_measures_lack_it() -> None:
    result = year(2566, measure("measure", steps="ทำ", period="ปี 2567"), measure("measure", period="ปี 2567"))

    assert evidence("steps", result) == Evidence(("measures",), 1, 2)
    assert evidence("period", result).complete
    assert evidence("monitoring", result) == Evidence((), 0, 2)


def test_without_measures_the_assigned_recommendations_tell_who_is_responsible() -> None:
    advice = measure("recommendation", responsible="กองคลัง")
    result = year(2564, advice, replace(advice, responsible=""))

    assert evidence("responsible", result) == Evidence(("recommendations",), 1)
    assert evidence("measures", result).missing
    assert evidence("application", result) == Evidence(("recommendations",), 1)


def test_each_issue_needs_an_analysis_and_a_measure() -> None:
    subject = Contents(
        year(2566, measure("weakness", "issue-1", "1"), measure("measure", "issue-1"), measure("measure", "issue-2"))
    )
    (listed, _) = checklists(subject)

    first, second, third = (line.evidence for line in listed.lines[:3])
    assert first == Evidence(("findings", "measures"), 2, 2)
    assert second == Evidence(("measures",), 1, 2)
    assert third.missing


def test_scores_under_an_issue_are_its_analysis() -> None:
    scored = ItemResult("OIT", 9, "O8", "Q&A", "", None, "pass", "", "")
    subject = Contents(replace(year(2566), items=(scored,)))
    lines = checklists(subject)[0].lines

    assert [line.evidence.sections for line in lines[:4]] == [(), (), ("issues",), ()]
    assert EVIDENCE["items"](subject).sections == ("issues",)


def test_only_failed_items_of_oit_are_in_the_section_on_disclosure() -> None:
    failed = ItemResult("OIT", 9, "O2", "", "", None, "fail", "", "")
    asked = ItemResult("IIT", 1, "I1", "", "90", D(90), "", "", "")

    assert evidence("items", replace(year(2568), items=(failed, asked))).sections == ("questions", "disclosure")
    assert evidence("items", replace(year(2568), items=(replace(failed, result="pass"),))).missing


@pytest.mark.parametrize(
    ("fiscal_year", "score", "there"),
    [
        (2564, total("91.21"), True),
        (2564, total("91.21", "A"), True),
        (2566, total("90.47"), False),  # the instruments that the level tests are not known
        (2566, total("90.47", "ผ่าน"), True),
    ],
)
def test_a_level_is_printed_or_follows_from_the_rules(fiscal_year: int, score: Score, there: bool) -> None:
    assert evidence("level", year(fiscal_year, scores=(score,))).complete is there


def test_two_totals_make_a_comparison() -> None:
    now, before = year(2564, scores=(total("91.21"),)), year(2563, scores=(total("45.69"),))

    assert evidence("comparison", now, before) == Evidence(("changes",), 1)
    assert evidence("comparison", now, year(2563)).missing
    assert evidence("comparison", now).missing


def test_a_follow_up_is_there_with_its_period_or_without() -> None:
    result = year(2563, measure("follow-up"))

    assert evidence("follow-up", result) == Evidence(("follow-up",), 1)
    assert evidence("follow-up-period", result) == Evidence((), 0)
