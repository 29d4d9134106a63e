"""Why the total changed since last year, drawn: from last year's total to this year's, one bar an indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from itabook.domain.contributions import TotalChange
from itabook.domain.reach import decimals
from itabook.domain.results import AgencyYear, Figure
from itabook.domain.rules import INSTRUMENTS
from itabook.report.chapter import AgencyYearChapter
from itabook.report.contributions import rest_name, total_change
from itabook.report.display import Chart, Text, chart
from itabook.report.notes import marked, marks_note
from itabook.report.style import HAIRLINE, INK, INK_2, INK_3, INSTRUMENT_INK, WIDTH, bare
from itabook.words import INSTRUMENT_NAMES, Words

GAP = 0.45
"""Blank between two groups of bars, in bar distances."""
HALF = 0.31
"""Half the height of a bar, in bar distances."""
LEAST = 1.0
"""The axis spans at least so many points, so that changes of a few hundredths are not made to look large."""


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: its name and ink, where it stands from top to bottom, and the totals before and after it."""

    name: str
    ink: str
    place: float
    start: Decimal
    end: Decimal

    @property
    def points(self) -> Decimal:
        """Points that it adds to the total."""
        return self.end - self.start


def contribution_waterfall(chapter: AgencyYearChapter) -> Chart | Text:
    """From last year's total to this year's: what each indicator adds or takes, and what the indicators leave over."""
    found, previous = total_change(chapter), chapter.previous
    if found is None or previous is None:
        return Text("")
    steps = tuple(_steps(chapter, found))
    figure, axes = plt.subplots(figsize=(WIDTH, 0.27 * len(steps) + 1.3), layout="constrained")
    bottom = steps[-1].place + 1 + GAP
    _draw_axis(axes, found, steps, chapter.words)
    _draw_steps(axes, steps, chapter.words)
    _draw_totals(axes, chapter, previous, found, bottom)
    _draw_links(axes, found, steps, bottom)
    _draw_names(axes, chapter, previous, steps, bottom)
    figure.legend(handles=_legend(), loc="outside lower left", ncols=5, frameon=False, fontsize=8.5, columnspacing=1.2)
    marks = marks_note(_totals(chapter, previous), chapter.words)
    return chart(
        figure,
        label=f"fig-{chapter.key}-contributions",
        caption=_caption(chapter, previous) + marks,
        alt=_alt(chapter, previous, found) + marks,
    )


def _steps(chapter: AgencyYearChapter, found: TotalChange) -> Iterator[Step]:
    """The bars from top to bottom, a gap between instruments; they lead from one total to the other exactly."""
    level, names = found.before, chapter.result.rules.indicator
    for part in found.parts:
        place = part.number + GAP * (INSTRUMENTS.index(part.instrument) + 1)
        name = chapter.words.text(f"{part.number} {names(part.number).name}")
        yield Step(name, INSTRUMENT_INK[part.instrument], place, level, level + part.shown)
        level += part.shown
    if found.rest.shown:
        place = len(found.parts) + 1 + GAP * (len(INSTRUMENTS) + 1)
        yield Step(rest_name(found.rest), INK_3, place, level, level + found.rest.shown)


def _draw_axis(axes: Axes, found: TotalChange, steps: Sequence[Step], words: Words) -> None:
    """The part of the scale where something moves, not from zero; no tick above 100."""
    ends = [float(found.before), *(float(step.end) for step in steps)]
    spare = max(LEAST - (max(ends) - min(ends)), 0) / 2 + (max(ends) - min(ends)) * 0.04
    low, high = min(ends) - spare, max(ends) + spare
    axes.set_xlim(low, high)
    ticks = [tick for tick in MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high) if low <= tick <= high]
    shown = [tick for tick in ticks if tick <= 100]
    places = max((decimals(f"{tick:g}") for tick in shown), default=0)
    axes.set_xticks(shown, [words.text(f"{tick:.{places}f}") for tick in shown], fontsize=8.5)
    axes.set_xlabel("คะแนนรวม", fontsize=8.5)
    axes.grid(axis="x", color=HAIRLINE, linewidth=0.5)
    axes.set_axisbelow(True)
    bare(axes)


def _draw_steps(axes: Axes, steps: Sequence[Step], words: Words) -> None:
    """Rises filled, falls hollow and hatched, the points of each in a column to the right."""
    for falls in (False, True):
        chosen = [step for step in steps if (step.points < 0) == falls]
        inks = [step.ink for step in chosen]
        axes.barh(
            [step.place for step in chosen],
            [float(step.points) for step in chosen],
            left=[float(step.start) for step in chosen],
            height=2 * HALF, color="white" if falls else inks, edgecolor=inks, hatch="////" if falls else "",
            linewidth=1,
        )  # fmt: skip
    for step in steps:
        _figure(axes, step.place, _points(step.points, words))


def _points(points: Decimal, words: Words) -> str:
    """A triangle and the signed points."""
    return f"{'▲' if points > 0 else '▼'} {words.signed(points)}" if points else words.signed(points)


def _figure(axes: Axes, place: float, text: str) -> None:
    """A figure in the column to the right."""
    axes.text(
        1.18, place, text, transform=axes.get_yaxis_transform(), va="center", ha="right", fontsize=10,
        fontweight="semibold",
    )  # fmt: skip


def _draw_totals(
    axes: Axes, chapter: AgencyYearChapter, previous: AgencyYear, found: TotalChange, bottom: float
) -> None:
    """Both totals as heavy marks, not as bars: the axis does not start at zero."""
    places = (0.0, bottom)
    for place, total, (_, figure) in zip(places, (found.before, found.now), _totals(chapter, previous), strict=True):
        axes.plot([float(total)] * 2, [place - 0.42, place + 0.42], color=INK, linewidth=3.2, solid_capstyle="butt")
        _figure(axes, place, marked(figure, chapter.words))


def _draw_links(axes: Axes, found: TotalChange, steps: Sequence[Step], bottom: float) -> None:
    """Thin lines from the end of each bar to the start of the next."""
    levels = [float(found.before), *(float(step.end) for step in steps)]
    places = [0.0, *(step.place for step in steps), bottom]
    tops, ends = [place + HALF for place in places[:-1]], [place - HALF for place in places[1:]]
    axes.vlines(levels, tops, ends, color=INK_3, linewidth=0.8)


def _draw_names(
    axes: Axes, chapter: AgencyYearChapter, previous: AgencyYear, steps: Sequence[Step], bottom: float
) -> None:
    first, last = (name for name, _ in _totals(chapter, previous))
    axes.set_yticks([0.0, *(step.place for step in steps), bottom], [first, *(step.name for step in steps), last])
    labels = axes.get_yticklabels()
    for label in labels:
        label.set_fontsize(10)
    for label in (labels[0], labels[-1]):
        label.set_fontweight("semibold")
    axes.set_ylim(bottom + 0.7, -0.7)


def _totals(chapter: AgencyYearChapter, previous: AgencyYear) -> list[tuple[str, Figure | None]]:
    """The two totals by the name that the chart gives them, last year's first."""
    words = chapter.words
    return [(words.text(f"คะแนนรวม ปี {year.fiscal_year}"), year.total) for year in (previous, chapter.result)]


def _legend() -> list[Patch]:
    return [
        *(Patch(color=INSTRUMENT_INK[code], label=INSTRUMENT_NAMES[code]) for code in INSTRUMENTS),
        Patch(facecolor=INK_2, edgecolor=INK_2, label="เพิ่มขึ้น"),
        Patch(facecolor="white", edgecolor=INK_2, hatch="////", label="ลดลง"),
    ]


def _caption(chapter: AgencyYearChapter, previous: AgencyYear) -> str:
    words = chapter.words
    return (
        f"ผลของแต่ละตัวชี้วัดต่อการเปลี่ยนแปลงของคะแนนรวม จาก{words.year(previous.fiscal_year)} "
        f"ถึง{words.year(chapter.result.fiscal_year)} แท่งทึบคือเพิ่มขึ้น แท่งลายเส้นคือลดลง "
        "แกนนอนแสดงเฉพาะช่วงคะแนนที่เปลี่ยนแปลง ไม่ได้เริ่มจากศูนย์"
    )


def _alt(chapter: AgencyYearChapter, previous: AgencyYear, found: TotalChange) -> str:
    words = chapter.words
    parts = " ".join(f"{words.text(part.number)} ({words.signed(part.shown)})" for part in found.parts)
    rest = f" {rest_name(found.rest)} ({words.signed(found.rest.shown)})" if found.rest.shown else ""
    return (
        f"แผนภูมิน้ำตกแสดงว่าคะแนนรวมของ{chapter.result.agency.name} {words.moved(found.change)} "
        f"จาก {words.score(found.before)} ในปี {words.text(previous.fiscal_year)} เป็น {words.score(found.now)} "
        f"ในปี {words.text(chapter.result.fiscal_year)} แยกเป็นผลของตัวชี้วัดที่ {parts}{rest}"
    )
