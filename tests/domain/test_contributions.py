"""Why the total changed: the parts add up to the change to the last digit."""

import doctest
import itertools
from dataclasses import replace
from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain import contributions
from itabook.domain.contributions import Obstacle, TotalChange, apportioned, explain, indicator_weights
from itabook.domain.facts import Score
from itabook.domain.results import AgencyYear
from itabook.domain.rules import INSTRUMENTS
from itabook.domain.scores import instrument_scores, rounded, total_score
from tests.conftest import ROOT
from tests.domain.proofreading.conftest import AGENCY, SOURCE, correct_years

CENT = D("0.01")
OPDC_2565 = ["94.07", "87.77", "89.40", "89.13", "90.94", "88.78", "81.94", "84.73", "100", "100"]
OPDC_2566 = ["94.98", "88.57", "87.61", "89.58", "87.63", "89.36", "90.63", "85.71", "85.00", "100"]


def row(scope: str, code: str, printed: str) -> Score:
    return Score("score", scope, code, "", printed, D(printed), "", "ตาราง")


def year(fiscal_year: int, total: str, indicators: list[str]) -> AgencyYear:
    """An agency-year that prints a total (none where empty) and the indicators (not those that are empty)."""
    rows = [row("indicator", str(n), printed) for n, printed in enumerate(indicators, start=1) if printed]
    rows += [row("total", "", total)] if total else []
    return AgencyYear(AGENCY, fiscal_year, load_rules(Project(ROOT), fiscal_year), SOURCE, scores=tuple(rows))


def told(before: AgencyYear, now: AgencyYear) -> TotalChange:
    found = explain(before, now)
    assert isinstance(found, TotalChange)
    return found


def test_opdc_fell_because_of_open_data() -> None:
    found = told(year(2565, "92.62", OPDC_2565), year(2566, "90.47", OPDC_2566))

    assert found.change == D("-2.15")
    assert [str(part.shown) for part in found.parts] == [
        "0.05", "0.05", "-0.11", "0.03", "-0.20", "0.06", "0.87", "0.10", "-3.00", "0.00",
    ]  # fmt: skip
    assert {code: str(found.of(code)) for code in INSTRUMENTS} == {"IIT": "-0.18", "EIT": "1.03", "OIT": "-3.00"}
    assert (found.rest.exact, found.rest.shown, found.rest.rounding) == (D("0.0014"), D("0.00"), True)


def test_one_indicator_weighs_its_share_of_its_instrument() -> None:
    weights = indicator_weights(load_rules(Project(ROOT), 2566))

    assert [str(weight.normalize()) for weight in weights.values()] == [*["0.06"] * 5, *["0.1"] * 3, *["0.2"] * 2]


def test_what_rounding_leaves_is_a_part_of_its_own() -> None:
    found = told(year(2565, "80.00", ["80.00"] * 10), year(2566, "80.01", ["80.07", *["80.00"] * 9]))

    assert found.parts[0].exact == D("0.0042")
    assert found.parts[0].shown == 0
    assert (found.rest.exact, found.rest.shown, found.rest.rounding) == (D("0.0058"), CENT, True)


def test_what_rounding_cannot_explain_is_said_to_be_unexplained() -> None:
    found = told(year(2565, "80.00", ["80.00"] * 10), year(2566, "81.53", ["80.00"] * 9 + ["82.50"]))

    assert found.parts[9].shown == D("0.50")
    assert (found.rest.shown, found.rest.rounding) == (D("1.03"), False)


def test_how_much_rounding_can_explain_comes_from_the_printed_decimals() -> None:
    now = year(2566, "80.50", ["80.00"] * 10)

    assert not told(year(2565, "80.00", ["80.00"] * 10), now).rest.rounding
    assert told(year(2565, "80", ["80"] * 10), now).rest.rounding


def test_a_total_that_is_not_printed_is_computed_and_leaves_only_rounding() -> None:
    found = told(year(2565, "92.62", OPDC_2565), year(2566, "", OPDC_2566))

    assert (found.now, found.rest.rounding) == (D("90.47"), True)


def test_without_indicators_nothing_is_told() -> None:
    ten = tuple(range(1, 11))
    before, now = year(2563, "45.69", []), year(2564, "91.21", ["91.21"] * 10)

    assert explain(before, now) == Obstacle("indicators", 2563, ten)
    assert explain(now, replace(before, fiscal_year=2565)) == Obstacle("indicators", 2565, ten)


def test_a_single_missing_indicator_is_named() -> None:
    holed = ["80.00"] * 10
    holed[6] = ""

    assert explain(year(2565, "80.00", ["80.00"] * 10), year(2566, "80.00", holed)) == Obstacle(
        "indicators", 2566, (7,)
    )


def test_without_a_total_nothing_is_told() -> None:
    assert explain(year(2565, "80.00", ["80.00"] * 10), year(2566, "", ["80.00"])) == Obstacle("total", 2566)


def with_weights(result: AgencyYear, **changed: object) -> AgencyYear:
    weights = result.rules.weights.model_copy(update=changed)
    return replace(result, rules=result.rules.model_copy(update={"weights": weights}))


def test_weights_that_are_not_official_are_not_used() -> None:
    before, now = year(2565, "80.00", ["80.00"] * 10), year(2566, "81.00", ["81.00"] * 10)

    assert explain(before, with_weights(now, confidence="unsure")) == Obstacle("weights-unsure", 2566)
    assert explain(with_weights(before, source="recall"), now) == Obstacle("weights-unsure", 2565)


def test_years_with_different_weights_are_not_compared() -> None:
    before, now = year(2565, "80.00", ["80.00"] * 10), year(2566, "81.00", ["81.00"] * 10)

    assert explain(before, with_weights(now, IIT=D("0.4"), OIT=D("0.3"))) == Obstacle("weights-differ", 2566)


def test_of_parts_that_tie_the_first_is_moved() -> None:
    assert apportioned([D("0.004")] * 3) == (CENT, D(0), D(0))
    assert apportioned([D("-0.004")] * 3) == (-CENT, D(0), D(0))
    assert apportioned([D("0.005")] * 4) == (D(0), D(0), CENT, CENT)


def test_the_examples_in_the_docstrings() -> None:
    assert doctest.testmod(contributions).failed == 0


parts = st.lists(st.decimals(min_value=-50, max_value=50, places=4), min_size=1, max_size=12)


@given(parts)
def test_shown_parts_add_up_and_each_stays_within_a_hundredth(exact: list[D]) -> None:
    shown = apportioned(exact)

    assert sum(shown) == rounded(sum(exact, D(0)))
    assert all(abs(near - part) < CENT for near, part in zip(shown, exact, strict=True))
    assert all(part == rounded(part) for part in shown)


@given(parts)
def test_a_part_without_further_decimals_is_shown_as_it_is(exact: list[D]) -> None:
    whole = [(near, part) for near, part in zip(apportioned(exact), exact, strict=True) if part == rounded(part)]

    assert all(near == part for near, part in whole)


@given(parts)
def test_a_larger_part_is_never_shown_smaller(exact: list[D]) -> None:
    pairs = sorted(zip(exact, apportioned(exact), strict=True))

    assert all(small[1] <= large[1] for small, large in itertools.pairwise(pairs) if small[0] < large[0])


@given(parts)
def test_the_reverse_change_has_the_same_parts_with_the_other_sign(exact: list[D]) -> None:
    assert apportioned([-part for part in exact]) == tuple(-part for part in apportioned(exact))


scores = st.lists(st.decimals(min_value=0, max_value=100, places=2).map(str), min_size=10, max_size=10)
totals = st.decimals(min_value=0, max_value=100, places=2).map(str)


@given(scores, scores, totals, totals)
def test_parts_and_rest_add_up_to_the_printed_change(first: list[str], second: list[str], was: str, now: str) -> None:
    before, after = year(2565, was, first), year(2566, now, second)
    assert before.total
    assert after.total
    found = told(before, after)

    assert found.change == after.total.value - before.total.value
    assert sum(part.shown for part in found.parts) + found.rest.shown == found.change
    assert sum(found.of(code) for code in INSTRUMENTS) + found.rest.shown == found.change
    assert sum(part.exact for part in found.parts) + found.rest.exact == found.change
    assert found.rest.rounding or found.rest.shown != 0


@given(correct_years(2565, 2565), correct_years(2566, 2566))
def test_correct_reports_leave_only_rounding(before: AgencyYear, now: AgencyYear) -> None:
    found = told(before, now)

    assert found.rest.rounding
    assert abs(found.rest.exact) <= D("0.02")


@given(scores)
def test_a_year_against_itself_changes_by_nothing(printed: list[str]) -> None:
    rules = load_rules(Project(ROOT), 2566)
    unrounded = dict(enumerate(map(D, printed), start=1))
    total = total_score(instrument_scores(unrounded, rules), rules.weights)
    assert total is not None
    same = year(2566, str(rounded(total)), printed)

    found = told(same, same)
    assert {part.shown for part in found.parts} | {found.rest.shown} == {D(0)}
