"""Scores: the five reports are reproduced to the last digit, and the laws of means and rounding hold."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.rules import Answer, Scale, YearRules
from itabook.domain.scores import (
    eit_from_parts,
    instrument_scores,
    item_from_counts,
    mean,
    oit_indicator,
    oit_sub_indicator,
    rounded,
    total_score,
)
from tests.conftest import ROOT


def total_from_indicators(scores: list[D], year: YearRules) -> D:
    total = total_score(instrument_scores(dict(enumerate(scores, start=1)), year), year.weights)
    assert total is not None
    return rounded(total)


LEVEL = Scale(
    name="level",
    answers=tuple(
        Answer(label=label, points=points)
        for label, points in (("น้อยที่สุดหรือไม่มีเลย", D(0)), ("น้อย", D(33)), ("มาก", D(67)), ("มากที่สุด", D(100)))
    ),
)


def rules(year: int) -> YearRules:
    return load_rules(Project(ROOT), year)


@pytest.mark.parametrize(
    ("year", "indicators", "total"),
    [
        (2564, "86.78 80.84 83.47 79.75 80.69 94.25 91.27 84.62 97.50 100.00", "91.21"),
        (2563, "90.02 83.68 84.65 81.67 84.76 81.83 85.71 82.2 17.80 12.50", "56.52"),
        (2565, "94.07 87.77 89.40 89.13 90.94 88.78 81.94 84.73 100 100", "92.62"),
        (2566, "94.98 88.57 87.61 89.58 87.63 89.36 90.63 85.71 85.00 100", "90.47"),
        (2568, "98.81 100 100 100 98.81 99.47 99.76 99.00 53.50 80.00", "86.38"),
    ],
    ids=["BGO 2564", "Ban Paen 2563", "OPDC 2565", "OPDC 2566", "Rawiang 2568"],
)
def test_total_of_the_five_reports(year: int, indicators: str, total: str) -> None:
    scores = [D(score) for score in indicators.split()]

    assert total_from_indicators(scores, rules(year)) == D(total)


def test_total_needs_all_ten_indicators() -> None:
    nine = dict.fromkeys(range(1, 10), D(90))

    assert total_score(instrument_scores(nine, rules(2566)), rules(2566).weights) is None


def test_item_i7_of_ban_paen() -> None:
    counts = {"มาก": 17, "มากที่สุด": 8, "น้อย": 6}

    assert rounded(item_from_counts(counts, LEVEL)) == D("68.94")


def test_item_with_a_label_the_scale_does_not_have() -> None:
    with pytest.raises(KeyError, match="ปานกลาง"):
        item_from_counts({"มาก": 3, "ปานกลาง": 1}, LEVEL)


@pytest.mark.parametrize("counts", [{"มาก": 0}, {"มาก": 3, "น้อย": -1}])
def test_item_without_respondents_has_no_score(counts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="มากกว่าศูนย์"):
        item_from_counts(counts, LEVEL)


def test_oit_indicator_9_of_ban_paen_is_the_mean_of_sub_indicators() -> None:
    assert rounded(oit_indicator([(2, 9), (1, 8), (1, 7), (0, 4), (2, 5)])) == D("17.80")
    assert rounded(oit_indicator([(2, 8), (0, 2)])) == D("12.50")


@pytest.mark.parametrize(("passed", "items"), [(3, 2), (-1, 4), (0, 0)])
def test_oit_sub_indicator_refuses_impossible_counts(passed: int, items: int) -> None:
    with pytest.raises(ValueError, match="ไม่อยู่ระหว่าง"):
        oit_sub_indicator(passed, items)


def test_eit_of_opdc_from_its_two_parts_rounds_half_up() -> None:
    assert eit_from_parts(D("84.54"), D("92.59")) == D("88.565")
    assert rounded(eit_from_parts(D("84.54"), D("92.59"))) == D("88.57")


def test_mean_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="ไม่มีค่า"):
        mean([])


score = st.decimals(min_value=0, max_value=100, places=2)
ten_scores = st.lists(score, min_size=10, max_size=10)
year = st.integers(min_value=2562, max_value=2569)


@given(ten_scores, year)
def test_total_lies_between_lowest_and_highest_indicator(scores: list[D], fiscal_year: int) -> None:
    assert min(scores) <= total_from_indicators(scores, rules(fiscal_year)) <= max(scores)


@given(ten_scores, st.integers(0, 9), score, year)
def test_total_never_falls_when_an_indicator_rises(scores: list[D], place: int, other: D, fiscal_year: int) -> None:
    raised = [*scores]
    raised[place] = max(scores[place], other)

    assert total_from_indicators(raised, rules(fiscal_year)) >= total_from_indicators(scores, rules(fiscal_year))


@given(st.integers(-10_000, 10_000))
def test_a_tie_rounds_away_from_zero(cents: int) -> None:
    tie = D(cents) / 100 + (D("0.005") if cents >= 0 else D("-0.005"))

    assert rounded(tie) == D(cents) / 100 + (D("0.01") if cents >= 0 else D("-0.01"))


@given(st.decimals(min_value=-200, max_value=200, places=6))
def test_rounding_moves_by_half_a_cent_at_most(value: D) -> None:
    assert abs(rounded(value) - value) <= D("0.005")


@given(st.dictionaries(st.sampled_from([a.label for a in LEVEL.answers]), st.integers(0, 500), min_size=1))
def test_item_score_lies_between_0_and_100(counts: dict[str, int]) -> None:
    if sum(counts.values()) > 0:
        assert 0 <= item_from_counts(counts, LEVEL) <= 100


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)).filter(lambda p: p[0] <= p[1]), min_size=1))
def test_oit_indicator_is_100_only_when_every_item_passes(subs: list[tuple[int, int]]) -> None:
    assert (rounded(oit_indicator(subs)) == 100) == all(passed == items for passed, items in subs)
