"""The look of the book in one place."""

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook import tokens
from itabook.report.greys import brightness

from .conftest import ROOT

USERS = (
    *(ROOT / "assets").glob("*.css"),
    *(ROOT / "assets").glob("*.typ"),
    *(path for path in (ROOT / "src" / "itabook" / "report").glob("*.py") if path.name != "greys.py"),
)


def contrast(one: str, other: str) -> float:
    """By WCAG 2."""
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def properties(theme: str) -> dict[str, str]:
    (block,) = re.findall(rf"^{re.escape(theme)} \{{(.*)\}}$", tokens.style_sheet(), re.MULTILINE)
    return dict(re.findall(r"--([\w-]+): (#\w{6});", block))


@pytest.mark.parametrize("name", ["INK", "INK_2", "INK_3", "HAIRLINE", "HEADING", "EIT", "OIT", "SOFT", "WARM"])
def test_an_ink_is_written_down_once(name: str) -> None:
    ink = getattr(tokens, name).lower()
    said = [path.name for path in USERS if ink in path.read_text(encoding="utf-8").lower()]
    assert said == (["book.css"] if name == "INK" else [])  # on the light ground of a cell, in both themes


@pytest.mark.parametrize("theme", [":root", ':root[data-theme="dark"]'])
def test_letters_stand_out_from_paper_and_panels(theme: str) -> None:
    inks = properties(theme)
    for letters in ("ink", "secondary", "faint", "heading"):
        for ground in ("paper", "panel"):
            assert contrast(inks[letters], inks[ground]) >= 4.5, (letters, ground)


def test_neighbours_in_charts_keep_a_contrast_of_three_to_one() -> None:
    for one, other in ((tokens.IIT, tokens.SOFT), (tokens.SOFT, tokens.WARM), (tokens.IIT, tokens.EIT)):
        assert contrast(one, other) >= 3
    for bar in (tokens.IIT, tokens.EIT, tokens.OIT):
        assert contrast(bar, "#FFFFFF") >= 3


def test_charts_on_a_dark_screen_keep_the_contrasts_of_light_ones() -> None:
    paper = properties(':root[data-theme="dark"]')["paper"]
    assert tokens.dark_ink("#ffffff") == paper
    iit, eit, oit, soft, warm = map(tokens.dark_ink, (tokens.IIT, tokens.EIT, tokens.OIT, tokens.SOFT, tokens.WARM))
    for one, other in ((iit, soft), (soft, warm), (iit, eit), (iit, paper), (eit, paper), (oit, paper)):
        assert contrast(one, other) >= 3
    for letters in (tokens.INK, tokens.INK_2, tokens.INK_3):
        for ground in ("#ffffff", tokens.PANEL):
            assert contrast(tokens.dark_ink(letters), tokens.dark_ink(ground)) >= 4.5


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_any_ink_has_one_for_dark_screens_that_is_dark_where_it_was_light(ink: str) -> None:
    dark = tokens.dark_ink(ink)
    assert re.fullmatch("#[0-9A-F]{6}", dark)
    channels = [int(ink[at : at + 2], 16) for at in (1, 3, 5)]
    turned = [int(dark[at : at + 2], 16) for at in (1, 3, 5)]
    light, other = (max(parts) + min(parts) for parts in (channels, turned))
    assert (light > 300) <= (other < 270)
    assert (light < 200) <= (other > 270)


def test_the_example_of_a_dark_ink() -> None:
    assert doctest.testmod(tokens).failed == 0


def test_the_template_finds_every_token_that_it_asks_for() -> None:
    source = (ROOT / "assets" / "typst-template.typ").read_text(encoding="utf-8")
    assert set(re.findall(r"\$itabook\.tokens\.([\w-]+)\$", source)) == set(tokens.metadata())


def test_the_style_sheet_has_every_property_that_it_uses() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", (ROOT / "assets" / "book.css").read_text(encoding="utf-8")))
    made = set(re.findall(r"--([\w-]+):", tokens.style_sheet()))
    assert {name for name in used if not name.startswith("bs-")} <= made
