"""Levels as adjoining bands of the total."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.bands import bands
from itabook.domain.levels import level_of
from tests.conftest import ROOT


def named(year: int) -> list[tuple[str, str, list[str]]]:
    levels = load_rules(Project(ROOT), year).levels
    return [(str(band.low), str(band.high), [level.name for level in band.levels]) for band in bands(levels)]


def test_seven_bands_until_2565() -> None:
    assert named(2564) == [
        ("0", "50", ["F"]), ("50", "55", ["E"]), ("55", "65", ["D"]), ("65", "75", ["C"]),
        ("75", "85", ["B"]), ("85", "95", ["A"]), ("95", "100", ["AA"]),
    ]  # fmt: skip


def test_two_levels_share_a_band_from_2566() -> None:
    assert named(2566) == [
        ("0", "70", ["ต้องปรับปรุงโดยด่วน"]), ("70", "85", ["ต้องปรับปรุง"]),
        ("85", "95", ["ผ่านดี", "ผ่าน"]), ("95", "100", ["ผ่านดีเยี่ยม"]),
    ]  # fmt: skip


@given(st.decimals(0, 100, places=2), st.integers(2562, 2565))
def test_the_level_of_a_total_is_that_of_its_band(total: D, year: int) -> None:
    rules = load_rules(Project(ROOT), year)
    level = level_of(total, {}, rules.levels, rules.weights).level
    own = [band for band in bands(rules.levels) if band.low <= total and (total < band.high or band.high == 100)]

    assert [band.levels for band in own] == [(level,)]
