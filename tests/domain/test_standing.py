"""Ranks, the strongest and the weakest, strengths and weaknesses by a threshold."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from itabook.domain.standing import Ranked, Sides, against, extremes, ranked

SCORES = st.dictionaries(
    st.integers(1, 10), st.sampled_from([D(0), D("12.5"), D("79.75"), D(85), D("99.99"), D(100)]), max_size=10
).map(lambda scores: dict(sorted(scores.items())))


def by_number(*scores: str) -> dict[int, D]:
    return {number: D(score) for number, score in enumerate(scores, start=1)}


def numbers(rows: tuple[Ranked, ...]) -> list[int]:
    return [row.number for row in rows]


def test_equal_scores_share_a_rank() -> None:
    rows = ranked(by_number("90", "100", "90", "80"))

    assert [(row.rank, row.number) for row in rows] == [(1, 2), (2, 1), (2, 3), (4, 4)]


def test_three_strongest_and_three_weakest() -> None:
    found = extremes(by_number("86.78", "80.84", "83.47", "79.75", "80.69", "94.25", "91.27", "84.62", "97.5", "100"))

    assert numbers(found.strongest) == [10, 9, 6]
    assert numbers(found.weakest) == [4, 5, 2]


def test_all_that_tie_for_the_third_place_are_named() -> None:
    found = extremes(by_number("98.81", "100", "100", "100", "98.81", "99.47", "99.76", "99", "53.5", "80"))

    assert numbers(found.strongest) == [2, 3, 4]
    assert numbers(found.weakest) == [9, 10, 1, 5]


def test_fewer_than_six_indicators_are_shared_out_by_halves() -> None:
    five = extremes(by_number("90", "70", "80", "60", "50"))
    one = extremes(by_number("90"))

    assert (numbers(five.strongest), numbers(five.weakest)) == ([1, 3], [5, 4])
    assert (one.strongest, one.weakest) == ((), ())


def test_where_all_are_equal_none_is_strong_or_weak() -> None:
    found = extremes(by_number(*["88"] * 10))

    assert (found.strongest, found.weakest) == ((), ())


def test_a_tie_that_reaches_from_the_strongest_to_the_weakest_is_neither() -> None:
    found = extremes(by_number("95", *["90"] * 8, "80"))

    assert (numbers(found.strongest), numbers(found.weakest)) == ([1], [10])


def test_a_score_at_the_threshold_reaches_it() -> None:
    scores = by_number("84.99", "85", "85.00", "100")

    assert against(scores, D(85)) == Sides(reaching=(2, 3, 4), below=(1,))
    assert against({}, D(85)) == Sides((), ())


@given(SCORES)
def test_rank_is_one_more_than_the_number_of_better_scores(scores: dict[int, D]) -> None:
    for row in ranked(scores):
        assert row.rank == 1 + sum(score > row.score for score in scores.values())


@given(SCORES)
def test_no_indicator_between_them_is_better_than_the_strongest_or_lower_than_the_weakest(scores: dict[int, D]) -> None:
    found = extremes(scores)
    strong, weak = set(numbers(found.strongest)), set(numbers(found.weakest))

    assert not strong & weak
    for number, score in scores.items():
        assert all(score < scores[other] for other in strong if number not in strong)
        assert all(score > scores[other] for other in weak if number not in weak)


@given(SCORES, st.decimals(0, 100, places=2))
def test_every_indicator_either_reaches_the_threshold_or_is_below(scores: dict[int, D], threshold: D) -> None:
    found = against(scores, threshold)

    assert sorted((*found.reaching, *found.below)) == sorted(scores)
