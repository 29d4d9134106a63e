"""Which of the scores that contradict each other is wrong."""

from dataclasses import replace
from decimal import Decimal as D
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.mistakes import MISTAKES
from bench.synthetic import agency_year
from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.consistency import Likelihood
from itabook.domain.facts import Score
from itabook.domain.results import AgencyYear
from tests.conftest import ROOT
from tests.domain.proofreading.conftest import correct

BASE = correct(
    2564, [D("94.25"), D("91.27"), D("84.62")], [D("94.25"), D("91.27"), D("84.62")],
    [D("86.78"), D("80.84"), D("83.47"), D("79.75"), D("80.69"), D("97.50"), D(100)],
)  # fmt: skip


def printed_as(result: AgencyYear, scope: str, code: str, printed: str) -> AgencyYear:
    rows = (
        replace(row, printed=printed, value=D(printed)) if row.key == (scope, code) else row for row in result.scores
    )
    return replace(result, scores=tuple(rows))


def test_nothing_is_corrected_where_everything_agrees() -> None:
    assert BASE.suspicions == {}
    assert [figure.printed for figure in BASE.indicator_figures.values()] == [True] * 10


def test_a_transposed_indicator_is_suspected_but_stays_as_printed_for_any_of_the_five_may_be_wrong() -> None:
    result = printed_as(BASE, "indicator", "4", "79.57")

    (suspicion,) = result.suspicions.values()
    assert (suspicion.key, suspicion.value, suspicion.likelihood) == (
        ("indicator", "4"), D("79.75"), Likelihood.TRANSPOSED,
    )  # fmt: skip
    assert result.corrections == {}
    assert result.indicators[4] == D("79.57")


def test_an_indicator_that_is_printed_right_elsewhere_is_corrected() -> None:
    wrong = Score("score", "indicator", "4", "", "79.57", D("79.57"), "", "ตาราง")
    result = replace(BASE, scores=(wrong, *BASE.scores))

    figure = result.indicator_figures[4]
    assert (figure.value, figure.printed, figure.differing) == (D("79.75"), True, ("79.57",))


def test_a_total_of_another_kind_is_corrected_because_instruments_and_indicators_give_the_same() -> None:
    result = printed_as(BASE, "total", "", "86.92")

    assert result.total is not None
    assert (result.total.value, result.total.printed) == (D("91.21"), False)


def test_of_two_printed_values_the_one_that_agrees_is_shown() -> None:
    wrong = Score("score", "instrument", "EIT", "", "88.00", D("88.00"), "", "บทสรุป")
    result = replace(BASE, scores=(wrong, *BASE.scores))

    assert result.instruments["EIT"].value == D("90.05")
    assert result.instruments["EIT"].differing == ("88.00",)


def test_one_equation_alone_does_not_prove_which_side_is_wrong() -> None:
    alone = replace(BASE, scores=tuple(row for row in BASE.scores if row.scope != "total"))
    result = printed_as(alone, "instrument", "IIT", "85.00")

    assert result.corrections == {}
    assert result.instruments["IIT"].value == D("85.00")


def test_but_a_transposed_instrument_is_told_by_its_indicators() -> None:
    alone = replace(BASE, scores=tuple(row for row in BASE.scores if row.scope != "total"))
    result = printed_as(alone, "instrument", "IIT", "83.21")

    assert result.instruments["IIT"].value == D("82.31")


def test_two_mistakes_are_corrected_one_by_one() -> None:
    result = printed_as(printed_as(BASE, "instrument", "IIT", "83.21"), "indicator", "7", "92.17")

    assert {key: correction.value for key, correction in result.suspicions.items()} == {
        ("instrument", "IIT"): D("82.31"),
        ("indicator", "7"): D("91.27"),
    }


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.sampled_from(("transposed_total", "transposed_instrument", "transposed_part")))
def test_a_correction_is_never_another_value_than_the_right_one(seed: int, name: str) -> None:
    rng = Random(seed)  # noqa: S311 - made-up figures
    injected = MISTAKES[name](rng, agency_year(rng, load_rules(Project(ROOT), 2566)))
    if injected is None:
        return

    for correction in injected.result.corrections.values():
        subject = f"indicator {correction.key[1]}" if correction.key[0] == "indicator" else correction.key[1] or "total"
        assert subject in injected.subjects
        assert abs(correction.value - D(injected.right)) <= D("0.01")
