"""The rules of the years as data."""

import pytest
from pydantic import ValidationError

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.responses import scale_of
from itabook.domain.rules import FIRST_YEAR, INSTRUMENTS, LAST_YEAR, Answer, Sourced, YearRules
from tests.conftest import ROOT

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_rules_with_sources(year: int) -> None:
    rules = load_rules(Project(ROOT), year)

    assert rules.fiscal_year == year
    assert sum(rules.weights.of(code) for code in INSTRUMENTS) == 1
    assert [len(rules.of_instrument(code)) for code in INSTRUMENTS] == [5, 3, 2]
    assert all(part.source for part in (rules.weights, rules.levels, rules.oit_scoring, *rules.indicators))


@pytest.mark.parametrize("year", YEARS)
def test_what_rests_on_recall_alone_is_not_official(year: int) -> None:
    rules = load_rules(Project(ROOT), year)
    recalled = [rule for rule in (*rules.sample, *rules.targets, *rules.publication) if rule.source == "recall"]

    assert not any(rule.official for rule in recalled)


@pytest.mark.parametrize("year", [2563, 2564, 2565, 2566])
def test_oit_items_add_up_to_the_sub_indicators(year: int) -> None:
    rules = load_rules(Project(ROOT), year)
    assert rules.sub_indicators is not None
    listed = [item.sub_indicator for item in rules.items["OIT"].items]

    assert {code: listed.count(code) for code in rules.sub_indicators.items} == rules.sub_indicators.items
    assert len(listed) == rules.items["OIT"].count == 43


def test_the_regime_changes_in_2566_and_2567() -> None:
    regimes = [load_rules(Project(ROOT), year).regime for year in (2563, 2564, 2565, 2566, 2567)]

    assert regimes[0] == regimes[1] == regimes[2]
    assert regimes[2] != regimes[3] != regimes[4]


def test_unknown_keys_are_refused() -> None:
    content = load_rules(Project(ROOT), 2566).model_dump()

    with pytest.raises(ValidationError, match="extra_forbidden"):
        YearRules.model_validate({**content, "colour": "red"})


def test_weights_must_add_up_to_one() -> None:
    content = load_rules(Project(ROOT), 2566).model_dump()
    content["weights"]["OIT"] = "0.50"

    with pytest.raises(ValidationError, match="รวมกันได้ 1"):
        YearRules.model_validate(content)


@pytest.mark.parametrize(
    ("source", "confidence", "official"),
    [
        ("recall", "certain", False),
        ("recall (10.2 had (about) 7 measures; GitHub 57942978740)", "likely", False),
        ("recall; ipst shows letter levels from FY2562", "likely", True),
        ("recall (titles); seed004 (text)", "likely", True),
        ("seed003", "certain", True),
        ("seed003", "unsure", False),
    ],
)
def test_official_needs_a_source_beside_recall(source: str, confidence: str, official: bool) -> None:
    rule = Sourced.model_validate({"source": source, "confidence": confidence})

    assert rule.official is official


@pytest.mark.parametrize("value", ["abc", "", "nan", "Infinity", [1]])
def test_figures_of_the_rules_are_numbers(value: object) -> None:
    with pytest.raises(ValidationError, match="ต้องเป็นตัวเลข"):
        Answer.model_validate({"label": "มาก", "points": value})


@pytest.mark.parametrize("year", [2563, 2564])
def test_to_have_a_channel_for_complaints_gives_the_points(year: int) -> None:
    """ita-rules section 3.4: E8 and E10 ask for something good, so มี gives 100."""
    rules = load_rules(Project(ROOT), year)

    for code in ("E8", "E10"):
        scale = scale_of(code, rules)
        assert scale is not None
        assert [int(answer.points) for answer in scale.answers] == [100, 0]
