"""The least number of respondents: only where a rule on it is confirmed."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.domain.rules import FIRST_YEAR, LAST_YEAR, Minimum
from itabook.domain.sample_rule import enough_up_to, least_of, official_minimum
from tests.domain.test_intervals import rules

TENTH = Minimum(percent=D(10), least=30, most=400)


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_no_year_has_a_confirmed_minimum(year: int) -> None:
    assert official_minimum(rules(year), "IIT") is None
    assert official_minimum(rules(year), "EIT") is None


def test_a_minimum_that_a_document_confirms_is_used() -> None:
    recalled = next(rule for rule in rules(2564).sample if rule.minimum)
    confirmed = recalled.model_copy(update={"source": "sreemahapo", "confidence": "certain"})
    year = rules(2564).model_copy(update={"sample": (confirmed,)})

    assert official_minimum(year, "IIT") == confirmed
    assert confirmed.minimum == TENTH
    assert official_minimum(year, "EIT") is None


@given(st.integers(1, 500), st.integers(1, 9000))
def test_so_many_respondents_are_enough_of_just_so_many_people(respondents: int, people: int) -> None:
    most = enough_up_to(TENTH, respondents)

    assert (least_of(TENTH, people) <= respondents) == (most is None or people <= most)
