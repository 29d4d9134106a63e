"""Charts for a page that is printed in black and white: the inks of the house in greys that stay apart."""

import re
from dataclasses import replace

from itabook.report.display import Chart, Text
from itabook.tokens import EIT, IIT, OIT, SOFT, WARM

EDGE = "#2d2d2d"
DARK, MIDDLE, LIGHT = "#2d2d2d", "#767676", "#d3d3d3"
"""Areas: each three times as bright as the one before, so that neighbours keep a contrast of 3 to 1."""
AREAS = {
    IIT.lower(): DARK, EIT.lower(): MIDDLE, OIT.lower(): LIGHT,
    SOFT.lower(): LIGHT, WARM.lower(): MIDDLE,
}  # fmt: skip
"""IIT, EIT and OIT; women (the ink of IIT), men and others."""
LINES = {IIT.lower(): DARK, EIT.lower(): "#666666", OIT.lower(): "#8c8c8c"}
"""Lines and letters: the same order, none so light that it is lost on white."""
_STYLE = re.compile(r'<(?P<tag>\w+)(?P<between>[^<>]*?)style="(?P<style>[^"]*)"')
_COLOUR = re.compile(r"(?P<what>fill|stroke): (?P<colour>#[0-9a-f]{6})")


def in_greys(shown: Chart | Text) -> Chart | Text:
    """A chart in greys; text in place of a chart stays what it is.

    A light area is given a dark edge. An ink that is not of the house becomes the grey of the same brightness.
    """
    return replace(shown, svg=_STYLE.sub(_element, shown.svg)) if isinstance(shown, Chart) else shown


def _element(found: re.Match[str]) -> str:
    return f'<{found["tag"]}{found["between"]}style="{_style(found["tag"], found["style"])}"'


def _style(tag: str, style: str) -> str:
    """The style of one element; matplotlib sets letters as groups (g), areas as anything else."""
    colours = {match["what"]: match["colour"] for match in _COLOUR.finditer(style)}
    area = AREAS.get(colours.get("fill", "")) if tag != "g" else None
    if area is None:
        return _COLOUR.sub(lambda match: f"{match['what']}: {_line(match['colour'])}", style)
    edge = EDGE if area == LIGHT else area
    kept = re.sub(r"; stroke(-width)?: [^;]*", "", style.replace(colours["fill"], area))
    return f"{kept}; stroke: {edge}; stroke-width: 0.6"


def _line(colour: str) -> str:
    return LINES.get(colour) or grey_of(colour)


def grey_of(colour: str) -> str:
    """The grey that is as bright as a colour (relative luminance of WCAG 2).

    >>> grey_of("#ffffff"), grey_of("#f46a25")
    ('#ffffff', '#949494')
    """
    level = brightness(colour)
    linear = level * 12.92 if level <= 0.0031308 else 1.055 * level ** (1 / 2.4) - 0.055
    return "#" + f"{round(linear * 255):02x}" * 3


def brightness(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
