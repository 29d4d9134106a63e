"""How sure a score is: what an interval holds, how wide it is, and where none is given."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal as D
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.answered import Answered, answered
from itabook.domain.facts import Agency, ItemResult, RespondentCount, Response, Score, Source
from itabook.domain.intervals import (
    FEWEST,
    Interval,
    indicator_intervals,
    interval,
    item_intervals,
    questions,
    reason_without,
    student,
)
from itabook.domain.responses import distributions
from itabook.domain.results import AgencyYear
from itabook.domain.rules import YearRules
from itabook.domain.scores import rounded
from tests.conftest import ROOT

LEVEL = {"น้อยที่สุดหรือไม่มีเลย": 0, "น้อย": 33, "มาก": 67, "มากที่สุด": 100}
scores = st.decimals(0, 100, places=2)
people = st.integers(FEWEST, 400)


@cache
def rules(year: int) -> YearRules:
    return load_rules(Project(ROOT), year)


def year_of(year: int = 2564, **facts: object) -> AgencyYear:
    """An agency-year of nothing but the facts that are given."""
    agency = Agency(key="try", name="หน่วยงานทดลอง", short="ทดลอง", type="sao")
    made = AgencyYear(agency, year, rules(year), Source(document="รายงาน", publisher="หน่วยงาน"))
    return replace(made, **facts)  # type: ignore[arg-type]


def indicator(number: int, printed: str) -> Score:
    return Score("score", "indicator", str(number), "", printed, D(printed), "", "ตาราง")


def table(instrument: str, *counts: int, dimension: str = "age") -> tuple[RespondentCount, ...]:
    return tuple(RespondentCount(instrument, dimension, str(n), "female", n, dimension) for n in counts)


def answers(item: str, *counts: int) -> tuple[Response, ...]:
    """Counts of the four answers of the level scale, the lowest first."""
    return tuple(Response(item, label, "", None, n, "ตาราง") for label, n in zip(LEVEL, counts, strict=True) if n)


def ends(found: Interval) -> tuple[D, D]:
    return rounded(found.low), rounded(found.high)


@pytest.mark.parametrize(("freedom", "quantile"), [(9, "2.262"), (30, "2.042"), (70, "1.994"), (111, "1.982")])
def test_students_quantile_is_that_of_the_tables(freedom: int, quantile: str) -> None:
    assert abs(student(freedom) - D(quantile)) < D("0.001")


def test_the_least_that_is_known_gives_the_widest_interval() -> None:
    bound = interval(D(80), 112, None, "score")

    assert bound.bound
    assert ends(bound) == (D("71.55"), D("86.42"))
    assert rounded(bound.margin) == D("8.45")
    assert interval(D(80), 112, D(400), "answers").margin < bound.margin


def test_that_all_who_answered_agree_does_not_say_that_all_others_would() -> None:
    assert ends(interval(D(100), 31, D(0), "answers")) == (D("88.14"), D(100))
    assert ends(interval(D(0), 31, D(0), "answers")) == (D(0), D("11.86"))
    assert interval(D(67), 31, D(0), "answers").margin == interval(D(67), 31, None, "score").margin


def test_of_very_few_no_interval_is_made() -> None:
    with pytest.raises(ValueError, match="9 คน"):
        interval(D(80), FEWEST - 1, None, "score")


@given(scores, people)
def test_an_interval_holds_its_score_and_stays_on_the_scale(score: D, respondents: int) -> None:
    found = interval(score, respondents, None, "score")

    assert 0 <= found.low <= score <= found.high <= 100
    assert found.low < found.high


@given(scores, people)
def test_an_interval_is_the_same_seen_from_the_other_end_of_the_scale(score: D, respondents: int) -> None:
    found, other = interval(score, respondents, None, "score"), interval(100 - score, respondents, None, "score")

    assert abs(found.low - (100 - other.high)) < D("1e-20")


@given(scores, people, st.decimals("0.01", 1, places=2), st.decimals("0.01", 1, places=2))
def test_the_more_answers_vary_the_wider(score: D, respondents: int, one: D, other: D) -> None:
    less, more = sorted((one, other))
    largest = score * (100 - score)
    narrow, wide = (interval(score, respondents, share * largest, "answers") for share in (less, more))

    assert narrow.high - narrow.low <= wide.high - wide.low


@given(scores, people)
def test_the_more_answer_the_narrower(score: D, respondents: int) -> None:
    few, many = (interval(score, n, None, "score") for n in (respondents, respondents + 1))

    assert many.high - many.low < few.high - few.low


# What people may think, as shares of the four answers, the lowest first: as in Ban Paen, mixed, nearly all at the top.
OPINIONS = {
    "I15 of Ban Paen": (0.0, 0.065, 0.645, 0.29),
    "E14 of Ban Paen": (0.0, 0.056, 0.634, 0.31),
    "divided": (0.10, 0.20, 0.40, 0.30),
    "good": (0.01, 0.04, 0.35, 0.60),
    "90 percent at the top": (0.0, 0.03, 0.07, 0.90),
    "95 percent at the top": (0.01, 0.01, 0.03, 0.95),
    "97 percent at the top": (0.01, 0.0, 0.02, 0.97),
    "yes or no": (0.10, 0.0, 0.0, 0.90),
}
SAMPLES = 4000


def samples(opinion: str, respondents: int) -> Counter[tuple[int, ...]]:
    """The counts of four answers in samples of so many people, the same at every run."""
    shares = np.array(OPINIONS[opinion])
    drawn = np.random.default_rng(2564).multinomial(respondents, shares / shares.sum(), size=SAMPLES)
    return Counter(map(tuple, drawn.tolist()))


def moments(counts: tuple[int, ...]) -> tuple[D, D]:
    points, total = list(map(D, LEVEL.values())), sum(counts)
    score = sum((p * n for p, n in zip(points, counts, strict=True)), D(0)) / total
    return score, sum(((p - score) ** 2 * n for p, n in zip(points, counts, strict=True)), D(0)) / total


def truth(opinion: str) -> D:
    shares = [D(str(share)) for share in OPINIONS[opinion]]
    return sum((share * points for share, points in zip(shares, LEVEL.values(), strict=True)), D(0)) / sum(shares)


def held(opinion: str, respondents: int, *, known: bool) -> float:
    """Share of the samples whose interval holds the truth, from the answers or from the score alone."""
    holding = 0
    for counts, times in samples(opinion, respondents).items():
        score, variance = moments(counts)
        found = interval(score, respondents, variance if known else None, "answers")
        holding += times * (found.low <= truth(opinion) <= found.high)
    return holding / SAMPLES


@pytest.mark.parametrize("respondents", [31, 71])
def test_the_intervals_of_many_samples_hold_the_truth_about_as_often_as_they_say(respondents: int) -> None:
    shares = [held(opinion, respondents, known=True) for opinion in OPINIONS]

    assert min(shares) >= 0.90
    assert 0.94 <= sum(shares) / len(shares) <= 0.97


@pytest.mark.parametrize("respondents", [31, 71])
@pytest.mark.parametrize("opinion", OPINIONS)
def test_the_widest_possible_interval_holds_the_truth_at_least_as_often_as_it_says(
    opinion: str, respondents: int
) -> None:
    assert held(opinion, respondents, known=False) >= 0.95


def test_the_plain_interval_of_student_would_be_wrong_too_often_near_100_points() -> None:
    opinion, respondents = "97 percent at the top", 31
    holding = 0
    for counts, times in samples(opinion, respondents).items():
        score, variance = moments(counts)
        half = student(respondents - 1) * (variance / (respondents - 1)).sqrt()
        holding += times * (score - half <= truth(opinion) <= score + half)

    assert holding / SAMPLES < 0.7


def test_respondents_are_counted_by_tables_before_anything_else() -> None:
    told = year_of(respondents=table("IIT", 60, 52), responses=answers("I15", 1, 2, 20, 8))

    assert answered(told, "IIT") == Answered(112, estimated=False)
    assert answered(told, "EIT") is None


def test_respondents_are_counted_by_the_answers_where_there_is_no_table() -> None:
    assert answered(year_of(responses=answers("I15", 0, 2, 20, 9)), "IIT") == Answered(31, estimated=False)


def test_counts_that_contradict_each_other_give_no_number() -> None:
    by_tables = year_of(respondents=(*table("IIT", 60, 52), *table("IIT", 60, 50, dimension="education")))
    by_answers = year_of(responses=(*answers("I15", 0, 2, 20, 9), *answers("I16", 0, 2, 20, 8)))

    for contradicting in (by_tables, by_answers):
        assert answered(contradicting, "IIT") is None
        assert reason_without(contradicting, "IIT") == "contradicting"


def test_an_indicator_with_nothing_known_but_its_respondents_has_the_widest_interval() -> None:
    known = year_of(scores=(indicator(8, "84.62"),), respondents=table("EIT", 70))
    found = indicator_intervals(known)[8]

    assert (found.basis, found.respondents) == ("score", 70)
    assert ends(found) == (D("74.19"), D("91.33"))


def test_an_indicator_without_known_respondents_has_no_interval() -> None:
    unknown = year_of(scores=(indicator(1, "86.78"), indicator(9, "97.50")))

    assert indicator_intervals(unknown) == {}
    assert [reason_without(unknown, code) for code in ("IIT", "EIT", "OIT")] == ["unknown", "unknown", "not-sampled"]


def test_a_mean_of_two_samples_has_no_interval_from_their_sum() -> None:
    parts = year_of(2566, scores=(indicator(6, "89.36"),), respondents=table("EIT", 70))

    assert indicator_intervals(parts) == {}
    assert reason_without(parts, "EIT") == "two-parts"


def test_nine_respondents_are_too_few() -> None:
    few = year_of(scores=(indicator(1, "86.78"),), respondents=table("IIT", 9))

    assert indicator_intervals(few) == {}
    assert reason_without(few, "IIT") == "few"


ASKED = questions(3, rules(2564))
"""What is asked for indicator 3: five items, and the three sub-items of a sixth."""


def all_answers(counts: tuple[int, int, int, int]) -> tuple[Response, ...]:
    """Every question of indicator 3 answered alike; the items from I16 on count the other way round."""
    codes = [code for item in ASKED for code in item]
    return tuple(
        row for code in codes for row in answers(code, *(counts if code in ("I13", "I14", "I15") else counts[::-1]))
    )


def test_what_is_asked_for_an_indicator_are_its_items_or_their_sub_items() -> None:
    assert ASKED == (("I13",), ("I14",), ("I15",), ("I16",), ("I17",), ("I18.1", "I18.2", "I18.3"))
    assert questions(6, rules(2564)) == ()  # the list of EIT rests on recall


def test_the_answers_to_all_items_give_an_indicator_the_interval_of_one_item() -> None:
    """Items that all spread alike: at most, the indicator is as unsure as each of them."""
    counts = (0, 2, 20, 9)
    known = year_of(scores=(indicator(3, "74.39"),), responses=all_answers(counts))
    found, item = indicator_intervals(known)[3], item_intervals(known)["I15"]

    assert found.basis == "items"
    assert found.bound
    assert not item.bound
    assert abs(found.margin - item.margin) < D("0.01")


def test_one_item_less_and_the_indicator_has_the_widest_interval() -> None:
    rows = tuple(row for row in all_answers((0, 2, 20, 9)) if row.item != "I18.2")
    found = indicator_intervals(year_of(scores=(indicator(3, "74.39"),), responses=rows))[3]

    assert found.basis == "score"


def test_answers_printed_as_counts_are_whole_numbers_of_people_though_their_shares_are_not_even() -> None:
    (spread,) = distributions(year_of(responses=answers("I15", 0, 2, 20, 9)))

    assert spread.sound
    assert spread.respondents == 31


def test_an_item_has_the_interval_of_its_answers() -> None:
    found = item_intervals(year_of(responses=answers("I15", 0, 2, 20, 9)))["I15"]

    assert rounded(found.score) == D("74.39")
    assert ends(found) == (D("67.02"), D("80.58"))


def test_answers_that_contradict_their_score_or_themselves_give_no_interval() -> None:
    rows = answers("I15", 0, 2, 20, 9)
    printed = ItemResult("IIT", 3, "I15", "", "80.00", D(80), "", "", "ตาราง")
    doubled = (*rows, Response("I15", "มาก", "", None, 3, "ตาราง"))

    assert item_intervals(year_of(responses=rows, items=(printed,))) == {}
    assert item_intervals(year_of(responses=doubled)) == {}


def test_an_item_whose_scale_is_only_recalled_needs_a_score_that_confirms_it() -> None:
    rows = answers("E5", 0, 2, 20, 9)
    printed = ItemResult("EIT", 6, "E5", "", "74.39", D("74.39"), "", "", "ตาราง")

    assert item_intervals(year_of(responses=rows)) == {}
    assert list(item_intervals(year_of(responses=rows, items=(printed,)))) == ["E5"]
