"""Items under the seven issues: which, with what score, and which of them are under the target."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.facts import Agency, ItemResult, Source
from itabook.domain.issues import Issue, issue_rule, issues_of, unassigned
from itabook.domain.proofreading.repeats import same_items, usual_row
from itabook.domain.results import AgencyYear
from itabook.domain.rules import FIRST_YEAR, INSTRUMENTS, LAST_YEAR, Publication, YearRules
from tests.conftest import ROOT

AGENCY = Agency(key="try", name="หน่วยงานทดลอง", short="ทดลอง", type="sao")
SOURCE = Source(document="รายงานทดลอง", publisher="หน่วยงานทดลอง")
RULES = load_rules(Project(ROOT), 2566)


def item(
    title: str, value: str = "", *, instrument: str = "IIT", code: str = "", result: str = "", where: str = "ตาราง"
) -> ItemResult:
    return ItemResult(instrument, None, code, title, value, D(value) if value else None, result, "", where)


def year(*items: ItemResult, rules: YearRules = RULES) -> AgencyYear:
    return AgencyYear(AGENCY, rules.fiscal_year, rules, SOURCE, items=items)


def titles(issue: Issue) -> list[tuple[str, str, D | None]]:
    return [(item.instrument, item.title, item.value) for item in issue.items]


def test_an_item_may_stand_under_several_issues() -> None:
    issues = issues_of(year(item("มุ่งผลสัมฤทธิ์ของงาน", "93.40")))

    assert [issue.number for issue in issues if issue.items] == [1, 2]
    assert titles(issues[0]) == titles(issues[1]) == [("IIT", "มุ่งผลสัมฤทธิ์ของงาน", D("93.40"))]


def test_an_item_is_found_by_its_code_whatever_its_wording() -> None:
    issues = issues_of(year(item("สถิติของงานบริการ", instrument="OIT", code="O16", result="pass")))

    assert titles(issues[0]) == [("OIT", "ข้อมูลเชิงสถิติการให้บริการ", D(100))]


def test_an_item_with_another_code_is_another_item() -> None:
    result = year(item("ข้อมูลเชิงสถิติการให้บริการ", instrument="OIT", code="O17", result="pass"))

    assert [item.code for item in issues_of(result)[0].items] == ["O17"]


@pytest.mark.parametrize("printed", ["e – Service", "E-Service", "E Service"])
def test_wordings_that_differ_in_blanks_and_signs_are_one_item(printed: str) -> None:
    issues = issues_of(year(item(printed, "100", instrument="OIT")))

    assert titles(issues[1]) == [("OIT", "E-Service", D(100))]


def test_the_same_wording_of_another_instrument_is_another_item() -> None:
    title = "ปฏิบัติงานตามขั้นตอนและระยะเวลา"
    issues = issues_of(year(item(title, "83.80"), item(title, "87.18", instrument="EIT")))

    assert titles(issues[0]) == [("IIT", title, D("83.80")), ("EIT", title, D("87.18"))]


def test_pass_and_fail_count_as_100_and_0_and_are_not_printed_figures() -> None:
    passed = item("Q&A", instrument="OIT", result="pass")
    failed = item("Social Network", instrument="OIT", result="fail")
    issue = issues_of(year(passed, failed))[2]

    assert [(one.value, one.figure and one.figure.printed) for one in issue.items] == [(D(100), False), (D(0), False)]


def test_a_missing_score_stays_missing() -> None:
    issue = issues_of(year(item("รายงานผลการดำเนินงานประจำปี", instrument="OIT")))[4]

    assert titles(issue) == [("OIT", "รายงานผลการดำเนินงานประจำปี", None)]
    assert issue.scored == issue.below(D(85)) == ()


def test_of_two_values_the_one_of_most_places_stands_and_the_other_is_kept() -> None:
    title = "หน่วยงานมีช่องทางรับฟังคำติชมหรือความคิดเห็น"
    rows = [item(title, value, instrument="EIT", where=str(n)) for n, value in enumerate(("98.56", "92.37", "92.37"))]
    (shown,) = issues_of(year(*rows))[2].items

    assert shown.figure is not None
    assert (shown.figure.value, shown.figure.differing) == (D("92.37"), ("98.56",))


def test_of_two_values_in_as_many_places_the_first_stands() -> None:
    assert usual_row([item("ก", "97.59"), item("ก", "87.27")]).printed == "97.59"


def test_an_item_without_any_value_has_no_usual_one() -> None:
    with pytest.raises(ValueError, match="empty"):
        usual_row([item("ก")])


def test_an_item_at_the_target_reaches_it() -> None:
    rows = [item("ใช้งบประมาณไปเพื่อตนเองหรือพวกพ้อง", "85.00"), item("เบิกจ่ายเงินเป็นเท็จ", "84.99")]
    issue = issues_of(year(*rows))[4]

    assert [one.title for one in issue.below(D(85))] == ["เบิกจ่ายเงินเป็นเท็จ"]


def test_items_under_no_issue_are_counted() -> None:
    rows = (
        item("ข้อที่ไม่มีในเอกสาร", "70"),
        item("ข้อที่ไม่มีในเอกสาร", "70", where="อื่น"),
        item("Q&A", "100", instrument="OIT"),
    )

    assert unassigned(year(*rows)) == 1
    assert unassigned(year()) == 0


@pytest.mark.parametrize("fiscal_year", [year for year in range(FIRST_YEAR, LAST_YEAR + 1) if year != 2566])
def test_other_years_have_no_confirmed_assignment(fiscal_year: int) -> None:
    rules = load_rules(Project(ROOT), fiscal_year)

    assert issue_rule(rules) is None
    assert issues_of(year(item("Q&A", "100", instrument="OIT"), rules=rules)) == ()


def test_an_assignment_without_a_source_is_not_used() -> None:
    rule = issue_rule(RULES)
    assert rule is not None
    assert rule.assignment is not None
    unsure = rule.assignment.model_copy(update={"confidence": "unsure"})
    rules = RULES.model_copy(update={"publication": (rule.model_copy(update={"assignment": unsure}),)})

    assert issues_of(year(item("Q&A", "100", instrument="OIT"), rules=rules)) == ()


def test_the_assignment_has_the_items_of_the_document() -> None:
    rule = issue_rule(RULES)
    assert rule is not None
    assert rule.assignment is not None

    counts = [[len(issue.of(code)) for code in INSTRUMENTS] for issue in rule.assignment.issues]
    assert counts == [[4, 4, 2], [3, 5, 2], [0, 5, 3], [6, 0, 0], [6, 0, 4], [6, 0, 4], [6, 2, 0]]


def test_each_code_of_the_assignment_is_one_of_the_year() -> None:
    rule = issue_rule(RULES)
    assert rule is not None
    assert rule.assignment is not None
    listed = {item.code for item in RULES.items["OIT"].items}

    assert {one.code for issue in rule.assignment.issues for one in issue.OIT} <= listed


def test_every_issue_needs_its_items() -> None:
    content = {
        "item": "O1", "source": "seed004", "confidence": "likely", "issues": ["ก", "ข"],
        "assignment": {"source": "seed004", "confidence": "likely", "issues": [{"short": "ก"}]},
    }  # fmt: skip

    with pytest.raises(ValidationError, match="เท่ากับจำนวนประเด็น"):
        Publication.model_validate(content)


@given(st.permutations(range(6)), st.lists(st.integers(0, 10000), min_size=6, max_size=6))
def test_the_order_of_the_report_does_not_matter(order: list[int], cents: list[int]) -> None:
    rule = issue_rule(RULES)
    assert rule is not None
    assert rule.assignment is not None
    named = rule.assignment.issues[3].IIT
    rows = [item(one.title, str(D(cent) / 100)) for one, cent in zip(named, cents, strict=True)]
    shuffled = year(*(rows[place] for place in order))

    assert issues_of(shuffled) == issues_of(year(*rows))
    assert [one.value for one in issues_of(shuffled)[3].items] == [D(cent) / 100 for cent in cents]


def test_rows_of_one_item_are_put_together_by_the_number_of_the_report() -> None:
    where = "ประเด็นที่ 3 {} ข้อ 3.5"
    first, second = item("ช่องทางแจ้งเหตุ", "97.59", where=where.format("ข้อความ")), item("ช่องทางร้องเรียน", "87.27")
    numbered = replace(second, where=where.format("ตาราง"))

    assert same_items([first, numbered]) == [[first, numbered]]
    assert same_items([first, second]) == [[first], [second]]
