"""Who answered, as a chart: stacked bars by sex, EIT and IIT side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from itabook.domain.facts import DIMENSIONS
from itabook.domain.figure_data import FigureData, Value
from itabook.domain.results import AgencyYear
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Text, chart
from itabook.report.drawing import LINE, Bar, canvas, draw_bars, draw_text, draw_uprights, widest, wrapped
from itabook.report.legend import Key, draw_legend
from itabook.report.respondents import INSTRUMENTS, SEXES
from itabook.report.small_groups import MASKED, Group, Shown, categories_of, mask_note, shown_counts
from itabook.report.style import SEX_INK, WIDTH
from itabook.tokens import HAIRLINE, INK_2, INK_3
from itabook.words import Words

TEXT, TITLE = 9.0, 9.5
"""Sizes in points."""
HEAD, BLANK, GAP = 0.26, 0.1, 0.35
"""In inches: the title of a panel, the blank under it, the gap between the two columns."""
HALF, NEXT = 0.066, 0.16
"""In inches: half the thickness of a bar; from line to line of one name."""
WIDEST_NAME = 2.3
"""Widest name of a group, in inches; longer ones are set in several lines."""
INKS = {**SEX_INK, "all": INK_3}
"""A group of which only the total may be shown has the ink of no sex."""
Table = Mapping[tuple[str, str], Shown | None]
"""What may be shown of each instrument and dimension."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A group: its name in lines, and where its middle stands, in inches from the top."""

    name: tuple[str, ...]
    middle: float


@dataclass(frozen=True, slots=True)
class _Panel:
    """The groups of one dimension, between the top of its title and its foot, in inches from the top."""

    dimension: str
    top: float
    rows: tuple[_Row, ...]
    foot: float


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the panels of one instrument stand, in inches from the left, and how long one respondent is."""

    instrument: str
    left: float
    scale: float


def respondent_bars(chapter: AgencyYearChapter) -> Chart | Text:
    """Stacked bars of counts, one scale for both instruments, empty groups kept, small ones masked as in the table."""
    result, words = chapter.result, chapter.words
    if not result.respondents:
        return Text("")
    found = {(i, d): shown_counts(result, i, d, masked=chapter.mask) for i in INSTRUMENTS for d in DIMENSIONS}
    panels = _panels(result, words)
    height = panels[-1].foot + 1.5 * LINE
    figure, axes = canvas(height)
    columns = _columns(found, words, panels)
    for panel in panels:
        _draw_names(axes, columns[0].left, panel)
        for column in columns:
            _draw_panel(axes, panel, column, found[column.instrument, panel.dimension], words)
    draw_legend(axes, height - LINE / 2, _legend(found))
    masked = any(one.masked for one in found.values() if one is not None)
    return chart(
        figure,
        label=f"fig-{chapter.key}-respondents",
        caption=f"จำนวนผู้ตอบแบบวัดจำแนกตามอายุ ระดับการศึกษา และการติดต่อหน่วยงาน {words.year(result.fiscal_year)}"
        + (f" {mask_note(words)}" if masked else ""),
        alt=_alt(found, words),
        data=_data(found, {dimension: categories_of(result, dimension) for dimension in DIMENSIONS}),
    )


def _panels(result: AgencyYear, words: Words) -> list[_Panel]:
    """The dimensions that have rows, one under the other."""
    panels: list[_Panel] = []
    for dimension in DIMENSIONS:
        top = panels[-1].foot + BLANK if panels else 0.0
        place, rows = top + HEAD, []
        for category in categories_of(result, dimension):
            name = tuple(wrapped(words.text(category), TEXT, WIDEST_NAME))
            deep = LINE + NEXT * (len(name) - 1)
            rows.append(_Row(name, place + deep / 2))
            place += deep
        if rows:
            panels.append(_Panel(dimension, top, tuple(rows), place))
    return panels


def _columns(found: Table, words: Words, panels: list[_Panel]) -> list[_Column]:
    """Both columns, the names of the groups to the left of the first, room for the largest count after each bar."""
    largest = max(1, *(group.total or 0 for shown in found.values() if shown for group in shown.groups))
    left = widest((line for panel in panels for row in panel.rows for line in row.name), TEXT) + 0.12
    width = (WIDTH - left - GAP) / 2
    scale = (width - widest([words.count(largest)], TEXT) - 0.1) / largest
    return [_Column(name, left + place * (width + GAP), scale) for place, name in enumerate(INSTRUMENTS)]


def _draw_names(axes: Axes, right: float, panel: _Panel) -> None:
    for row in panel.rows:
        first = row.middle - NEXT * (len(row.name) - 1) / 2
        for number, line in enumerate(row.name):
            draw_text(axes, right - 0.08, first + NEXT * number, line, size=TEXT, ha="right")


def _draw_panel(axes: Axes, panel: _Panel, column: _Column, shown: Shown | None, words: Words) -> None:
    total = shown.total.total if shown else None
    people = f" {words.count(total)} คน" if total else ""
    title = f"{column.instrument} {DIMENSIONS[panel.dimension]}{people}"
    draw_text(axes, column.left, panel.top + HEAD / 2, title, size=TITLE, color=INK_2)
    if shown is None:
        middle = panel.top + HEAD + LINE / 2
        draw_text(axes, column.left, middle, "ไม่ปรากฏในรายงาน", size=TEXT, color=INK_3)
        return
    draw_uprights(axes, [(column.left, panel.top + HEAD, panel.foot)], ink=HAIRLINE, width=1)
    bars: list[Bar] = []
    for row, group in zip(panel.rows, shown.groups, strict=True):
        end = column.left
        for part, count in group.bar:
            start, end = end, end + count * column.scale
            bars.append((start, end, row.middle - HALF, row.middle + HALF, INKS[part]))
        draw_text(axes, end + 0.05, row.middle, _count(group, words), size=TEXT)
    draw_bars(axes, bars, edge="white")


def _count(group: Group, words: Words) -> str:
    return MASKED if group.total is None else words.count(group.total)


def _legend(found: Table) -> list[Key]:
    keys: list[Key] = [("bar", SEX_INK[sex], name) for sex, name in SEXES.items()]
    parts = {part for shown in found.values() if shown for group in shown.groups for part, _ in group.bar}
    return [*keys, ("bar", INKS["all"], "ไม่แสดงแยกเพศ")] if "all" in parts else keys


def _data(found: Table, groups: Mapping[str, Sequence[str]]) -> FigureData:
    """One row a bar; what is masked in the chart bears the mark here, what the report does not print is nothing."""
    rows: list[tuple[Value, ...]] = []
    for (instrument, dimension), shown in found.items():
        about = INSTRUMENTS[instrument], DIMENSIONS[dimension]
        if shown is None:
            rows += [(*about, name, *[None] * len(SEXES), None) for name in groups[dimension]]
            continue
        for group in shown.groups:
            parts = dict(group.bar)
            counts = (parts.get(sex, MASKED) for sex in SEXES)
            rows.append((*about, group.name, *counts, MASKED if group.total is None else group.total))
    return FigureData(("ผู้ตอบ", "จำแนกตาม", "กลุ่ม", *SEXES.values(), "รวม (คน)"), tuple(rows))


def _alt(found: Table, words: Words) -> str:
    parts = []
    for instrument, name in INSTRUMENTS.items():
        shown = {title: one for dimension, title in DIMENSIONS.items() if (one := found[instrument, dimension])}
        totals = [one.total.total for one in shown.values() if one.total.total]
        if totals:
            peaks = (_peak(title, one, words) for title, one in shown.items())
            parts.append(f"{name} {words.count(max(totals))} คน {' '.join(peak for peak in peaks if peak)}")
    return words.text("แผนภูมิแท่งซ้อนแยกเพศของผู้ตอบแบบวัด " + " ส่วน".join(parts))


def _peak(title: str, shown: Shown, words: Words) -> str:
    """The largest group of a dimension; empty where none is shown."""
    counts = {group.name: group.total for group in shown.groups if group.total}
    if not counts:
        return ""
    top = max(counts, key=lambda name: counts[name])
    return f"{title}ที่มากที่สุดคือ{top} {words.count(counts[top])} คน"
