"""Charts as light SVG: what matplotlib writes, without the digits, blanks and names that no reader sees.

Most of a chart are the outlines of its letters: one path for each letter, one `use` for each place where it stands.
matplotlib gives outlines in 6,400 units to the em with every point written out; the face has 1,000, and leaves out the
points that lie in the middle of two others. Both are given back.
"""

import re
from functools import lru_cache
from itertools import pairwise

UNITS = 2000
"""Units to the em of a letter here: twice those of the face, so that a middle of two points is a whole number."""
DRAWN_UNITS = 6400
"""Units to the em of a letter in what matplotlib writes."""
NEAR = 3
"""How far from the middle of two points a point may be by matplotlib's rounding, in its units."""
STYLES = {"Regular": "r", "SemiBold": "s", "Bold": "b"}
"""Beginnings of the names of letters: the same letter has one name in all charts, should they stand in one document."""

_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LETTER = re.compile(r' d="([^"]*)" transform="scale\(0\.015625\)"')
_PLACE = re.compile(r' transform="translate\((-?[\d.]+) (-?[\d.]+)\)"/>')
_SIZE = re.compile(r"scale\((0\.\d+) -\1\)")
_GROUP = re.compile(r'<g id="[^"]*"')
_LONG = re.compile(r"(\.\d\d)\d+")
_CLIP = re.compile(r'<clipPath id="(\w+)"><rect x="0" y="0" width="([\d.]+)" height="([\d.]+)"/></clipPath>')
_CANVAS = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')

Point = tuple[float, float]


def lighter(svg: str) -> str:
    """The same drawing in about a third of the bytes.

    Args:
        svg: as matplotlib writes it, with letters as paths (`svg.fonttype: path`).

    Returns:
        SVG whose styles are written as before. Coordinates are in points with two decimals.
    """
    svg = _COMMENT.sub("", _METADATA.sub("", svg, count=1))
    svg = _LETTER.sub(lambda found: f' d="{_outline(found[1])}"', svg)
    svg = _PLACE.sub(_place, svg)
    svg = _SIZE.sub(_size, svg)
    for style, short in STYLES.items():
        svg = svg.replace(f"Sarabun-{style}-", short)
    svg = "".join(map(str.strip, svg.split("\n")))
    for step in "MLQC":
        svg = svg.replace(f"{step} ", step)
    svg = _GROUP.sub("<g", svg).replace("<g/>", "")
    svg = svg.replace("xlink:href", "href").replace('xmlns:xlink="http://www.w3.org/1999/xlink" ', "")
    return _without_idle_clips(_LONG.sub(r"\1", svg))


def _place(found: re.Match[str]) -> str:
    """Where a letter stands in its line: matplotlib counts a hundred to the em."""
    across, up = (round(float(number) * UNITS / 100) for number in found.groups())
    return f' x="{across}" y="{up}"/>' if up else f' x="{across}"/>'


def _size(found: re.Match[str]) -> str:
    """The size of a letter, without a point so that none of its digits is cut off."""
    size = f"{round(float(found[1]) * 100 / UNITS * 1e7)}e-7"
    return f"scale({size} -{size})"


def _without_idle_clips(svg: str) -> str:
    """Without clips to the whole canvas, past which nothing is shown anyway."""
    canvas = _CANVAS.search(svg)
    for name, *size in _CLIP.findall(svg):
        if canvas and size == list(canvas.groups()):
            svg = svg.replace(f' clip-path="url(#{name})"', "")
    return svg


@lru_cache(maxsize=4096)  # the letters come again from chart to chart
def _outline(path: str) -> str:
    """An outline with relative steps; a curve that goes on where the last one points is written by its end alone."""
    steps = [(line[0], _points(line[1:])) for line in path.split("\n") if line]
    commands: list[str] = []
    at = first = (0, 0)
    smooth = False
    for (kind, points), (following, ahead) in pairwise([*steps, ("", [])]):
        if kind == "z":
            commands.append("z")
            at = first
            continue
        ends = [_unit(point) for point in points]
        goes_on = kind == following == "Q" and _in_the_middle(points[1], points[0], ahead[0])
        if goes_on:
            after = _unit(ahead[0])
            ends[1] = (ends[0][0] + after[0]) // 2, (ends[0][1] + after[1]) // 2
        shown = ends[1:] if smooth else ends
        commands.append(("t" if smooth else kind.lower()) + _numbers(at, shown))
        at, smooth = ends[-1], goes_on
        if kind == "M":
            first = at
    return re.sub(r"(?<=t)([^a-z]*)t(?=-)", r"\1", "".join(commands))


def _points(numbers: str) -> list[Point]:
    read = [float(number) for number in numbers.split()]
    return list(zip(read[::2], read[1::2], strict=True))


def _unit(point: Point) -> tuple[int, int]:
    """A point of the face in units of this module; all its coordinates are even."""
    x, y = (2 * round(number * UNITS / 2 / DRAWN_UNITS) for number in point)
    return x, y


def _in_the_middle(point: Point, one: Point, other: Point) -> bool:
    return all(abs(2 * p - a - b) <= 2 * NEAR for p, a, b in zip(point, one, other, strict=True))


def _numbers(at: tuple[int, int], points: list[tuple[int, int]]) -> str:
    """Points as steps from where the pen is; a minus sign parts numbers as well as a blank."""
    steps = (str(number) for x, y in points for number in (x - at[0], y - at[1]))
    return " ".join(steps).replace(" -", "-")
