"""Levels by the rules of the year."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.levels import LevelResult, level_of, next_level
from tests.conftest import ROOT


def level(year: int, total: str, **tested: str) -> LevelResult:
    rules = load_rules(Project(ROOT), year)
    return level_of(D(total), {code: D(score) for code, score in tested.items()}, rules.levels, rules.weights)


@pytest.mark.parametrize(
    ("total", "name"),
    [("95.00", "AA"), ("94.99", "A"), ("91.21", "A"), ("84.99", "B"), ("74.99", "C"), ("56.52", "D"),
     ("54.99", "E"), ("49.99", "F"), ("45.69", "F"), ("0", "F")],
)  # fmt: skip
def test_letters_until_2565_go_by_the_total_alone(total: str, name: str) -> None:
    found = level(2564, total).level

    assert found is not None
    assert found.name == name


def test_opdc_2566_only_passes_because_eit_part_1_is_under_85() -> None:
    result = level(2566, "90.47", IIT="89.67", EIT1="84.54", EIT2="92.59", OIT="92.50")

    assert result.level is not None
    assert (result.level.name, result.failed) == ("ผ่าน", ("EIT1",))


def test_94_with_eit_under_85_is_only_a_pass() -> None:
    result = level(2568, "94.64", IIT="99", EIT1="84.99", EIT2="80", OIT="100")

    assert result.level is not None
    assert result.level.name == "ผ่าน"


def test_a_level_that_asks_for_parts_cannot_be_told_without_them() -> None:
    result = level(2566, "90.00", IIT="90", EIT="90", OIT="90")

    assert result == LevelResult(None, missing=("EIT1", "EIT2"))


def test_a_known_score_under_the_limit_settles_the_level_without_the_parts() -> None:
    result = level(2568, "86.38", IIT="99.52", EIT="99.41", OIT="66.75")

    assert result.level is not None
    assert (result.level.name, result.failed) == ("ผ่าน", ("OIT",))


@pytest.mark.parametrize(
    ("total", "name"), [("84.99", "ต้องปรับปรุง"), ("70.00", "ต้องปรับปรุง"), ("69.99", "ต้องปรับปรุงโดยด่วน")]
)
def test_under_the_pass_mark_instruments_do_not_matter(total: str, name: str) -> None:
    found = level(2567, total).level

    assert found is not None
    assert found.name == name


def test_next_level_of_opdc_needs_the_missing_points_of_eit_part_1() -> None:
    rules = load_rules(Project(ROOT), 2566)
    tested = {"IIT": D("89.67"), "EIT1": D("84.54"), "EIT2": D("92.59"), "OIT": D("92.50")}
    better = next_level(rules.levels.levels[2], D("90.47"), tested, rules.levels)

    assert better is not None
    assert better.level.name == "ผ่านดี"
    assert better.gaps == (("EIT1", D("0.46")),)


def test_the_best_level_has_no_next() -> None:
    rules = load_rules(Project(ROOT), 2564)

    assert next_level(rules.levels.levels[0], D(96), {}, rules.levels) is None


scores = st.decimals(min_value=0, max_value=100, places=2)


@given(scores, scores, st.fixed_dictionaries(dict.fromkeys(("IIT", "EIT1", "EIT2", "OIT"), scores)))
def test_a_higher_total_never_gives_a_lower_level(one: D, other: D, tested: dict[str, D]) -> None:
    rules = load_rules(Project(ROOT), 2566)
    names = rules.levels.names
    low, high = sorted((one, other))
    found = [level_of(total, tested, rules.levels, rules.weights).level for total in (low, high)]

    assert found[0] is not None
    assert found[1] is not None
    assert names.index(found[1].name) <= names.index(found[0].name)
