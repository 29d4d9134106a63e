"""The proofreader: silent on correct figures, exact on wrong ones."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from itabook.domain.facts import Score
from itabook.domain.mistakes import likely_mistake
from itabook.domain.proofreading import Subject, proofread
from itabook.domain.reach import Reach
from itabook.domain.results import AgencyYear
from itabook.domain.scores import rounded
from tests.domain.proofreading.conftest import Findings, correct, correct_years, score


@given(correct_years())
def test_correct_figures_give_no_finding(result: AgencyYear) -> None:
    assert proofread(Subject(result)) == ()


@given(st.data(), st.integers(2562, 2568))
def test_correct_changes_give_no_finding(data: st.DataObject, year: int) -> None:
    previous = data.draw(correct_years(year, year))
    result = data.draw(correct_years(year + 1, year + 1))
    before = {(row.scope, row.code): row.value for row in previous.scores}
    rows = [
        score(row.scope, row.code, row.value - old, measure="change", name=row.name)
        for row in result.scores
        if row.value is not None and (old := before.get((row.scope, row.code))) is not None
    ]

    found = proofread(Subject(replace(result, scores=(*result.scores, *rows)), previous))
    assert {(finding.rule, finding.severity) for finding in found} <= {("change-across-regimes", "note")}
    assert bool(found) == (previous.rules.regime != result.rules.regime)


def altered(result: AgencyYear, scope: str, code: str, value: D) -> AgencyYear:
    rows = tuple(
        replace(row, value=value, printed=f"{value:.2f}") if (row.scope, row.code) == (scope, code) else row
        for row in result.scores
    )
    return replace(result, scores=rows)


WRONG = st.decimals(min_value=0, max_value=100, places=2)


@given(
    correct_years(2562, 2568),
    st.sampled_from([("total", ""), ("instrument", "IIT"), ("instrument", "EIT")]),
    WRONG,
)
def test_a_wrong_total_or_instrument_is_found(result: AgencyYear, place: tuple[str, str], value: D) -> None:
    (right,) = (row.value for row in result.scores if (row.scope, row.code) == place)
    assert right is not None
    assume(abs(right - value) > D("0.02"))

    errors = [finding for finding in proofread(Subject(altered(result, *place, value))) if finding.severity == "error"]
    assert {finding.subject for finding in errors} >= {place[1] or place[0]}


@given(correct_years(2562, 2568), st.integers(1, 10), WRONG)
def test_a_wrong_indicator_is_found(result: AgencyYear, number: int, value: D) -> None:
    right = result.indicators[number]
    assume(abs(right - value) > D("0.10"))
    instrument = result.rules.indicator(number).instrument

    subjects = {finding.subject for finding in proofread(Subject(altered(result, "indicator", str(number), value)))}
    assert instrument in subjects


@given(correct_years(), WRONG)
def test_the_same_score_printed_twice_with_two_values_is_found(result: AgencyYear, value: D) -> None:
    assume(abs(result.indicators[8] - value) > D("0.01"))
    twice = Score("score", "indicator", "8", "", f"{value:.2f}", value, "", "ข้อความ")

    rules = {
        (finding.rule, finding.subject)
        for finding in proofread(Subject(replace(result, scores=(*result.scores, twice))))
    }
    assert ("printed-twice", "indicator 8") in rules


def test_two_totals_that_differ_are_found_and_the_wrong_one_is_told() -> None:
    base = correct(2566, [D(90)] * 3, [D(90)] * 3, [D(90)] * 7)
    other = Score("score", "total", "", "คะแนนรวม", "90.90", D("90.90"), "", "บทสรุป")

    found = {(f.rule, f.where, f.expected) for f in proofread(Subject(replace(base, scores=(*base.scores, other))))}
    assert ("total-from-instruments", "บทสรุป", "90.00") in found
    assert ("printed-twice", "บทสรุป", "90.00") in found


@given(correct_years())
def test_the_same_score_in_fewer_decimals_is_no_finding(result: AgencyYear) -> None:
    value = rounded(result.indicators[3], 1)
    shorter = Score("score", "indicator", "3", "", str(value), value, "", "ข้อความ")

    assert not [
        f for f in proofread(Subject(replace(result, scores=(*result.scores, shorter)))) if f.rule == "printed-twice"
    ]


def test_opdc_2566(findings_of: Findings) -> None:
    found = findings_of("opdc", 2566)

    eit = [(f.rule, f.printed, f.expected) for f in found if f.subject == "EIT" and f.rule != "change-from-two-years"]
    assert eit == [("instrument-from-indicators", "88.75", "88.57")] * 2 + [("eit-from-parts", "88.75", "88.57")] * 2
    assert "อาจสลับตัวเลขที่อยู่ติดกัน (88.57 เป็น 88.75)" in found[0].explanation
    changes = [(f.printed, f.expected) for f in found if f.rule == "change-from-two-years"]
    assert changes == [("3.60", "+3.42"), ("+3.60", "+3.42")]
    items = {(f.printed, f.expected) for f in found if f.rule == "item-printed-twice"}
    assert items == {("87.27 / 97.59", ""), ("92.37 / 98.56", "")}
    assert {f.rule for f in found} == {
        "instrument-from-indicators",
        "eit-from-parts",
        "change-from-two-years",
        "change-across-regimes",
        "indicator-name",
        "item-printed-twice",
    }


def test_rawiang_2568(findings_of: Findings) -> None:
    found = findings_of("rawiang", 2568)

    (twice,) = (f for f in found if f.rule == "printed-twice")
    assert (twice.subject, twice.printed, twice.expected) == ("indicator 8", "99.00 / ๙๙.๗๖", "")
    assert "ตัวชี้วัดที่ 7" in twice.explanation
    assert {f.printed for f in found if f.rule == "level-word"} >= {"พอใช้", "ดีเยี่ยม"}
    assert ("การใช้จ่ายเงิน", "การใช้อำนาจ") in {(f.printed, f.expected) for f in found if f.rule == "indicator-name"}


def test_bgo(findings_of: Findings) -> None:
    heading = ("under-heading", "OIT", "IIT")
    assert [(f.rule, f.printed, f.expected) for f in findings_of("bgo", 2563)] == [heading]
    name = ("agency-name", "องค์กรสวนพฤกษศาสตร์", "องค์การสวนพฤกษศาสตร์")
    assert [(f.rule, f.printed, f.expected) for f in findings_of("bgo", 2564)] == [name, heading]


def test_ban_paen_2563(findings_of: Findings) -> None:
    found = {(f.rule, f.subject): (f.printed, f.expected) for f in findings_of("banpaen", 2563)}

    assert found == {
        ("response-sum", "I7"): ("99.64", "54.84"),
        ("response-shares", "I7"): ("๕๔.๔๘", "54.84"),
        ("response-labels", "I20"): ("มากที่สุด", "๖๗.๗๔ มาก"),
        ("response-sum", "I30.2"): ("93.55", "น้อยที่สุดหรือไม่มีเลย 6.45"),
        ("response-labels", "I30.2"): ("มากที่สุด", ""),
        ("response-labels", "E1.1"): ("มากที่สุด", ""),
        ("item-from-responses", "E1.1"): ("๗๔.๙๘", ""),
        ("response-labels", "E6.1"): ("มากที่สุด", "๓๐.๙๙ มาก"),
        ("response-repeated", "E6.1"): ("๒๓.๙๔ / ๒๕.๙๔", "๒๓.๙๔"),
    }


def with_level(result: AgencyYear, name: str) -> AgencyYear:
    rows = tuple(replace(row, level=name) if row.scope == "total" else row for row in result.scores)
    return replace(result, scores=rows)


@given(correct_years(2562, 2565), st.sampled_from(["AA", "A", "B", "C", "D", "E", "F"]))
def test_a_level_that_the_rule_does_not_give_is_found(result: AgencyYear, name: str) -> None:
    found = [finding for finding in proofread(Subject(with_level(result, name))) if finding.rule == "level-by-rule"]

    assert bool(found) == (result.printed_level != name)


@given(correct_years(2566, 2566))
def test_a_level_without_the_parts_cannot_be_verified_unless_something_fails(result: AgencyYear) -> None:
    rows = tuple(row for row in result.scores if row.scope != "part")
    found = [f for f in proofread(Subject(replace(result, scores=rows))) if f.rule == "level-by-rule"]

    assert all(f.severity == "note" and "ยืนยันระดับ" in f.message for f in found)


def test_a_name_of_another_indicator_is_an_error() -> None:
    row = score("indicator", "3", D(90), name="การป้องกันการทุจริต")
    base = correct(2566, [D(90)] * 3, [D(90)] * 3, [D(90)] * 7)
    (finding,) = (f for f in proofread(Subject(replace(base, scores=(row,)))) if f.rule == "indicator-name")

    assert (finding.severity, finding.expected) == ("error", "การใช้อำนาจ")


@pytest.mark.parametrize(
    ("printed", "expected", "guess"),
    [
        ("88.75", "88.57", "สลับ"),
        ("98.75", "89.75", "สลับ"),
        ("87.58", "88.57", ""),
        ("8.57", "88.57", "ตก"),
        ("88.557", "88.57", "เกิน"),
        ("88.57", "91.21", ""),
    ],
)
def test_likely_mistakes(printed: str, expected: str, guess: str) -> None:
    suggestion = likely_mistake(printed, expected)

    assert guess in suggestion if guess else suggestion == ""


def test_reach_comes_from_the_printed_decimals() -> None:
    assert score("total", "", D("82.2")).reach == Reach(D("82.195"), D("82.205"))
    assert Reach.of("๘๒.๒", D("82.2")) == Reach(D("82.15"), D("82.25"))
