"""The charts of a page in one file, so that letters which several of them show are loaded once."""

import re
from dataclasses import dataclass
from pathlib import Path

from itabook import tokens

_IMAGE = re.compile(r'<img\s+src="(media/([^"]+)\.svg)"')
_LETTER = re.compile(r'<path id="[rsb][0-9a-f]+" d="[^"]*"/>')
_CHART = re.compile(
    r'<svg width="[\d.]+pt" height="[\d.]+pt" viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"[^>]*>'
    r'(?P<defs><defs><style type="text/css">[^<]*</style></defs>)(?P<drawn>.*)</svg>\s*',
    re.DOTALL,
)
_INK = re.compile(r"(fill|stroke): (#[0-9a-f]{6})")
WHITE = "#ffffff"
_POINT = 4 / 3
"""Pixels of CSS in a point."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A chart of the house: its name on the page, its size in points, and what is drawn."""

    name: str
    width: str
    height: str
    defs: str
    drawn: str


def gather_charts(page: Path) -> None:
    """Puts the charts of a finished page into one SVG file beside them; each image shows its view of that file.

    Images are given width and height, so that a page does not move while they load. Other drawings than those of
    `itabook.report.svg` stay files of their own: their names might clash.
    """
    html = page.read_text(encoding="utf-8")
    charts = {match[1]: chart for match in _IMAGE.finditer(html) if (chart := _read(page.parent / match[1], match[2]))}
    if not charts:
        return
    sheet = page.parent / "media" / f"{page.stem}.svg"
    sheet.write_text(_sheet(list(charts.values())), encoding="utf-8")
    for name in charts:
        (page.parent / name).unlink()

    def shown(match: re.Match[str]) -> str:
        chart = charts.get(match[1])
        return _view(f"media/{sheet.name}", chart) if chart else match[0]

    page.write_text(_IMAGE.sub(shown, html), encoding="utf-8")


def _read(path: Path, name: str) -> _Drawn | None:
    found = _CHART.fullmatch(path.read_text(encoding="utf-8"))
    return _Drawn(name, **found.groupdict()) if found else None


def _view(sheet: str, chart: _Drawn) -> str:
    width, height = (round(float(size) * _POINT) for size in (chart.width, chart.height))
    return f'<img src="{sheet}#{chart.name}" width="{width}" height="{height}"'


def _sheet(charts: list[_Drawn]) -> str:
    """The charts below each other, with a view of each."""
    letters = dict.fromkeys(letter for chart in charts for letter in _LETTER.findall(chart.drawn))
    parts, top = [], 0.0
    for chart in charts:
        box = f'width="{chart.width}" height="{chart.height}"'
        parts.append(f'<view id="{chart.name}" viewBox="0 {top:g} {chart.width} {chart.height}"/>')
        drawn = _LETTER.sub("", chart.drawn).replace("<defs></defs>", "")
        parts.append(f'<svg y="{top:g}" {box} viewBox="0 0 {chart.width} {chart.height}">{drawn}</svg>')
        top += round(float(chart.height)) + 1
    style, drawn = _for_both_themes("".join(parts))
    defs = charts[0].defs.replace("</style>", f"{style}</style>").replace("</defs>", "".join(letters) + "</defs>")
    return f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1">{defs}{drawn}</svg>'


def _for_both_themes(drawn: str) -> tuple[str, str]:
    """Inks as custom properties, with the rules that set them: a chart turns dark with the page that shows it.

    The chart brings its ground along, so that it can be read even where a browser goes by its own theme.
    """
    names = {ink: f"--{place}" for place, ink in enumerate(sorted({ink for _, ink in _INK.findall(drawn)} | {WHITE}))}
    light = ";".join(f"{name}:{ink}" for ink, name in names.items())
    dark = ";".join(f"{name}:{tokens.dark_ink(ink)}" for ink, name in names.items())
    ground = f"background:var({names[WHITE]})"
    style = f":root{{{light};{ground}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return style, _INK.sub(lambda found: f"{found[1]}: var({names[found[2]]})", drawn)
