"""Every rule: silent on made-up reports that are right, and it finds the mistake that it is there for."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.mistakes import MISTAKES
from bench.proofreader import correct_subject
from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.facts import ItemResult, Measure, NationalFigure, RespondentCount, Response, Score
from itabook.domain.proofreading import RULES, Finding, Subject, check, lists, proofread
from itabook.domain.results import AgencyYear
from itabook.domain.rules import FIRST_YEAR, LAST_YEAR, YearRules
from tests.conftest import ROOT
from tests.domain.proofreading.conftest import correct

YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
BASE = correct(2564, [D(90)] * 3, [D(90)] * 3, [*[D(90)] * 5, D("97.50"), D(100)])


def rules(year: int) -> YearRules:
    return load_rules(Project(ROOT), year)


def by_rule(result: AgencyYear, name: str, previous: AgencyYear | None = None) -> list[Finding]:
    return [finding for finding in proofread(Subject(result, previous)) if finding.rule == name]


@settings(max_examples=60)
@given(st.integers(0, 10**9), YEARS)
@example(102329, 2563)  # as many answered EIT as IIT, and nothing tells how many answered EIT
def test_a_correct_report_gives_no_finding(seed: int, year: int) -> None:
    assert proofread(correct_subject(Random(seed), year, rules)) == ()  # noqa: S311 - made-up figures


@pytest.mark.parametrize("name", MISTAKES)
@settings(max_examples=12)
@given(st.integers(0, 10**9), YEARS)
def test_a_mistake_that_shows_is_found(name: str, seed: int, year: int) -> None:
    rng = Random(seed)  # noqa: S311 - made-up figures
    subject = correct_subject(rng, year, rules)
    injected = MISTAKES[name](rng, subject.result)
    if injected is None or not injected.shows:
        return

    found = proofread(replace(subject, result=injected.result))
    assert {finding.subject for finding in found} & injected.subjects


def test_rules_are_registered_by_name_and_count_what_they_compare() -> None:
    checked = {one.rule.name: one for one in check(Subject(BASE))}

    assert list(checked) == list(RULES)
    assert (checked["instrument-from-indicators"].comparisons, checked["instrument-from-indicators"].agreeing) == (3, 3)
    assert checked["item-from-responses"].comparisons == 0


def items_of(result: AgencyYear, values: list[str], where: Callable[[int], str]) -> AgencyYear:
    rows = [
        ItemResult("IIT", 1, "", f"เรื่องที่ {n}", value, D(value), "", "", where(n)) for n, value in enumerate(values, 1)
    ]
    return replace(result, items=tuple(rows))


def test_an_indicator_is_compared_only_with_all_of_its_items() -> None:
    def place(n: int) -> str:
        return f"ประเด็นที่ 1 ตาราง ข้อ 1.{n}"

    assert by_rule(items_of(BASE, ["90", "90", "90", "90", "90", "90"], place), "indicator-from-items") == []
    assert by_rule(items_of(BASE, ["90", "90", "90", "90", "80"], place), "indicator-from-items") == []
    (finding,) = by_rule(items_of(BASE, ["90", "90", "90", "90", "90", "84"], place), "indicator-from-items")
    assert (finding.subject, finding.printed, finding.expected) == ("indicator 1", "90.00", "89.00")


def test_an_oit_score_that_no_number_of_passed_items_gives_names_the_nearest() -> None:
    rows = tuple(replace(row, printed="97.75", value=D("97.75")) if row.code == "9" else row for row in BASE.scores)
    (finding,) = by_rule(replace(BASE, scores=rows), "oit-from-items")

    assert "97.50" in finding.message
    assert "97.78" in finding.message


def test_items_that_are_known_to_fail_bound_the_oit_score() -> None:
    failed = ItemResult("OIT", 10, "O42", "", "", None, "fail", "", "ตาราง")
    (finding,) = by_rule(replace(BASE, items=(failed,)), "oit-from-items")

    assert (finding.subject, finding.printed) == ("indicator 10", "100.00")


def test_an_item_of_the_same_words_with_another_score_is_found_and_the_places_are_counted() -> None:
    rows = [
        ItemResult("IIT", 1, "", title, value, D(value), "", "", where)
        for title, value, where in (
            ("รับทราบงบประมาณ", "81.60", "ข้อความ"),
            ("รับทราบ งบประมาณ", "86.10", "ประเด็นที่ 5 ตาราง ข้อ 5.1"),
            ("การรู้งบประมาณ", "86.10", "ประเด็นที่ 5 ภาคผนวก ข้อ 5.1"),
        )
    ]
    (finding,) = by_rule(replace(BASE, items=tuple(rows)), "item-printed-twice")

    assert finding.printed == "86.10 / 81.60"
    assert "อีก 2 แห่งพิมพ์ 86.10" in finding.explanation


def spread(*shares: tuple[str, str], score: str = "", item: str = "I7") -> AgencyYear:
    rows = tuple(Response(item, label, value, D(value), None, f"ค่าที่ {n}") for n, (label, value) in enumerate(shares, 1))
    scores = (ItemResult("IIT", 2, item, "", score, D(score), "", "", "ข้อความ"),) if score else ()
    return replace(BASE, responses=rows, items=scores)


def test_swapped_labels_are_told_by_the_score() -> None:
    result = spread(("มาก", "25.81"), ("มากที่สุด", "67.74"), ("น้อย", "6.45"), score="73.32")
    (finding,) = by_rule(result, "item-from-responses")

    assert "ป้ายของ 25.81 เป็น “มากที่สุด” และ 67.74 เป็น “มาก”" in finding.explanation


def test_a_label_of_another_scale_is_found() -> None:
    (finding,) = by_rule(spread(("มี", "60.00"), ("น้อย", "40.00")), "response-labels")

    assert (finding.severity, finding.printed) == ("warning", "มี")


def test_a_share_that_is_mentioned_again_otherwise_is_found() -> None:
    result = spread(("มาก", "54.84"), ("มากที่สุด", "25.81"), ("น้อย", "19.35"), ("น้อย", "19.53"))
    (finding,) = by_rule(result, "response-repeated")

    assert (finding.printed, finding.expected) == ("19.35 / 19.53", "19.35")
    assert by_rule(result, "response-sum") == []


def people(instrument: str, dimension: str, men: int, women: int) -> tuple[RespondentCount, ...]:
    where = f"{instrument} ตาราง{dimension}"
    return (
        RespondentCount(instrument, dimension, "รวม", "male", men, where),
        RespondentCount(instrument, dimension, "รวม", "female", women, where),
    )


def test_tables_of_one_instrument_must_count_the_same_people() -> None:
    rows = (*people("IIT", "age", 44, 67), *people("IIT", "education", 44, 68))
    (finding,) = by_rule(replace(BASE, respondents=rows), "respondent-totals")

    assert (finding.printed, finding.expected) == ("112", "111")


def test_and_split_them_by_sex_the_same_way() -> None:
    rows = (*people("IIT", "age", 44, 67), *people("IIT", "education", 43, 68))
    (finding,) = by_rule(replace(BASE, respondents=rows), "respondent-sexes")

    assert (finding.printed, finding.expected) == ("ชาย 43 หญิง 68", "ชาย 44 หญิง 67")


def test_only_visitors_are_asked_how_they_contact_the_agency() -> None:
    (finding,) = by_rule(replace(BASE, respondents=people("IIT", "contact", 20, 11)), "respondent-instrument")

    assert (finding.printed, finding.expected) == ("IIT", "EIT")


def test_a_table_with_the_number_of_the_other_instrument_is_misplaced() -> None:
    inside = spread(("มาก", "54.84"), ("มากที่สุด", "25.81"), ("น้อย", "19.35"))
    outside = [
        Response("E1", label, v, D(v), None, "")
        for label, v in (("มาก", "39.44"), ("น้อย", "35.21"), ("มากที่สุด", "25.35"))
    ]
    result = replace(inside, responses=(*inside.responses, *outside), respondents=people("EIT", "age", 20, 11))
    (finding,) = by_rule(result, "respondent-instrument")

    assert (finding.printed, finding.expected) == ("EIT", "IIT")


def test_an_item_code_that_the_year_does_not_have() -> None:
    row = ItemResult("OIT", 9, "O44", "", "", None, "fail", "", "ตาราง")
    (finding,) = by_rule(replace(BASE, items=(row,)), "item-code")

    assert "มี 43 ข้อ" in finding.explanation


def test_an_item_under_the_wrong_indicator_or_instrument() -> None:
    rows = (
        ItemResult("OIT", 9, "O34", "", "", None, "fail", "", "ตาราง"),
        ItemResult("EIT", 6, "I7", "", "", None, "", "", "ตาราง"),
    )
    found = by_rule(replace(BASE, items=rows), "item-indicator")

    assert [(f.subject, f.printed, f.expected) for f in found] == [("O34", "9", "10"), ("I7", "EIT", "IIT")]


def measure(scope: tuple[str, ...], where: str = "ตารางมาตรการ", kind: str = "measure") -> Measure:
    return Measure(kind, scope, "1", "พัฒนาเว็บไซต์", "", "", "", "", where)


def test_what_is_said_of_an_indicator_under_another_heading_is_told_once() -> None:
    rows = (measure(("1",), "หัวข้อ OIT"), measure(("2",), "หัวข้อ OIT"), measure(("9",), "หัวข้อ OIT"))
    (finding,) = by_rule(replace(BASE, measures=rows), "under-heading")

    assert (finding.printed, finding.expected) == ("OIT", "IIT")


def test_a_weak_indicator_needs_a_measure_its_own_or_its_instruments() -> None:
    weak = correct(2564, [D(90)] * 3, [D(90)] * 3, [*[D(80)] * 5, D("97.50"), D(100)])

    found = by_rule(replace(weak, measures=(measure(("1",)),)), "weak-without-measure")
    assert [finding.subject for finding in found] == [f"indicator {number}" for number in (2, 3, 4, 5)]
    assert by_rule(replace(weak, measures=(measure(("IIT",)),)), "weak-without-measure") == []
    assert by_rule(weak, "weak-without-measure") == []


def test_where_the_report_plans_by_issue_a_weak_item_needs_a_measure_of_its_issue() -> None:
    weak = items_of(BASE, ["80.00"], lambda n: f"ประเด็นที่ 4 ตาราง ข้อ 4.{n}")

    (finding,) = by_rule(replace(weak, measures=(measure(("issue-3",)),)), "weak-without-measure")
    assert finding.subject == "issue-4"
    assert by_rule(replace(weak, measures=(measure(("issue-4",)),)), "weak-without-measure") == []


def test_a_measure_for_what_passes_is_only_a_note() -> None:
    weak = correct(2564, [D(90)] * 3, [D(90)] * 3, [D(80), *[D(90)] * 4, D("97.50"), D(100)])
    (finding,) = by_rule(replace(weak, measures=(measure(("1",)), measure(("7",)))), "measure-for-passing")

    assert (finding.severity, finding.subject) == ("note", "indicator 7")


def change(value: str) -> Score:
    return Score("change", "total", "", "", value, D(value), "", "ตาราง")


def test_a_change_from_the_five_indices_of_fy2561_is_no_change() -> None:
    first = correct(2562, [D(90)] * 3, [D(90)] * 3, [D(90)] * 7)
    (finding,) = by_rule(replace(first, scores=(*first.scores, change("3.71"))), "change-across-regimes")

    assert "ห้าดัชนี" in finding.explanation


def test_a_change_across_two_regimes_is_a_note() -> None:
    previous = correct(2565, [D(90)] * 3, [D(90)] * 3, [D(90)] * 7)
    result = correct(2566, [D(90)] * 3, [D(90)] * 3, [D(90)] * 7)
    found = by_rule(replace(result, scores=(*result.scores, change("0.00"))), "change-across-regimes", previous)

    assert [finding.severity for finding in found] == ["note"]


def test_the_mean_of_ten_indicators_is_no_total() -> None:
    unequal = correct(2564, [D(90)] * 3, [D(90)] * 3, [*[D(90)] * 5, D("50"), D("50")])
    rows = tuple(replace(r, printed="82.00", value=D("82.00")) if r.scope == "total" else r for r in unequal.scores)
    (finding,) = by_rule(replace(unequal, scores=rows), "total-from-instruments")

    assert finding.expected == "74.00"
    assert "ค่าเฉลี่ยของสิบตัวชี้วัด" in finding.explanation


def test_the_national_mean_of_a_report_is_compared_with_that_of_the_country() -> None:
    printed = Score("score", "national", "", "ระดับประเทศ", "90.91", D("90.91"), "", "บทนำ")
    country = NationalFigure(2564, "mean", "", "90.19", D("90.19"), "certain", "seed004")
    found = proofread(Subject(replace(BASE, scores=(*BASE.scores, printed)), None, (country,)))

    assert [(f.rule, f.printed, f.expected) for f in found if f.rule == "national-mean"] == [
        ("national-mean", "90.91", "90.19")
    ]


def test_the_maintainers_page_lists_every_rule_and_no_other() -> None:
    page = (ROOT / "docs" / "proofreader.md").read_text(encoding="utf-8")

    assert [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")] == [*RULES, *lists.NAMES]
