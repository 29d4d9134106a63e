"""How many answered, as the printed shares betray."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from itabook.domain.reach import Reach
from itabook.domain.sample_size import estimate_respondents, is_share
from itabook.domain.scores import rounded


def shares(counts: list[int], respondents: int, places: int = 2) -> list[tuple[str, D]]:
    values = [rounded(D(100 * count) / respondents, places) for count in counts]
    return [(str(value), value) for value in values]


def test_the_shares_of_ban_paen_come_from_31_people_though_one_is_misprinted() -> None:
    printed = ["54.48", "25.81", "19.35", "64.52", "29.03", "6.45", "67.74", "45.16", "41.94"]

    assert estimate_respondents((text, D(text)) for text in printed) == 31


def test_few_shares_or_few_decimals_tell_nothing() -> None:
    assert estimate_respondents(shares([10, 21], 31)) is None
    assert estimate_respondents(shares([5, 8, 18], 31, places=0)) is None


@given(st.integers(20, 400), st.data())
def test_no_share_of_a_right_report_is_called_impossible(respondents: int, data: st.DataObject) -> None:
    counts = data.draw(st.lists(st.integers(0, respondents), min_size=8, max_size=40))
    printed = shares(counts, respondents)
    estimate = estimate_respondents(printed)

    assert estimate is None or all(is_share(Reach.of(text, value), estimate) for text, value in printed)
