"""Scores so high that they tell nothing: where the line is, and what is not counted."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from itabook.domain.ceiling import CEILING, TOP_SHARE, Ceiling, FullItem, ceiling
from itabook.domain.facts import ItemResult
from itabook.domain.results import AgencyYear
from tests.domain.test_intervals import answers, indicator, year_of


def item(code: str, printed: str, *, instrument: str = "IIT", title: str = "") -> ItemResult:
    return ItemResult(instrument, 1, code, title, printed, D(printed), "", "", "ตาราง")


def full(result: AgencyYear) -> list[str]:
    return [found.code or found.title for found in ceiling(result).items]


def test_an_indicator_is_at_the_ceiling_from_99_points() -> None:
    found = ceiling(year_of(scores=(indicator(1, "98.99"), indicator(2, "99.00"), indicator(8, "100"))))

    assert found.asked == (1, 2, 8)
    assert found.indicators == (2, 8)


def test_oit_is_never_at_the_ceiling_for_there_100_is_a_duty_fulfilled() -> None:
    shown = year_of(
        scores=(indicator(9, "100"), indicator(10, "100")), items=(item("O1", "100", instrument="OIT"),)
    )  # fmt: skip

    assert ceiling(shown) == Ceiling(asked=(), indicators=(), items=())


def test_an_item_printed_twice_is_named_once_and_only_where_both_prints_agree() -> None:
    title = "ไม่เรียกรับสิ่งของ"
    twice = (item("", "100", title=title), item("", "99.50", title=f" {title} "))
    contradicting = (item("I5", "100"), item("I5", "92.37"))

    assert full(year_of(items=(*twice, *contradicting, item("I6", "100")))) == [title, "I6"]


def test_an_item_without_a_printed_score_is_judged_by_its_answers() -> None:
    top, less = answers("I13", 0, 0, 1, 30), answers("I14", 0, 0, 3, 28)

    assert ceiling(year_of(responses=(*top, *less))).items == (FullItem("I13", ""),)


def test_of_a_reversed_item_the_top_is_the_least_answer() -> None:
    assert full(year_of(responses=(*answers("I16", 31, 0, 0, 0), *answers("I17", 0, 0, 0, 31)))) == ["I16"]


@given(st.tuples(*[st.integers(0, 400)] * 4).filter(sum))
def test_a_score_at_the_ceiling_means_that_nearly_all_gave_the_best_answer(counts: tuple[int, ...]) -> None:
    """On the four steps 0, 33, 67, 100."""
    score = D(sum(n * points for n, points in zip(counts, (0, 33, 67, 100), strict=True))) / sum(counts)

    assert score < CEILING or D(100 * counts[3]) / sum(counts) >= TOP_SHARE
