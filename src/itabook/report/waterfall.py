"""Why the total changed since last year, drawn: from last year's total to this year's, one bar an indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure
from matplotlib.ticker import MaxNLocator

from itabook.domain.contributions import TotalChange
from itabook.domain.figure_data import FigureData, Value
from itabook.domain.reach import decimals
from itabook.domain.results import AgencyYear, Figure
from itabook.domain.rules import INSTRUMENTS
from itabook.report.chapter import AgencyYearChapter
from itabook.report.contributions import rest_name, total_change
from itabook.report.display import Chart, Text, chart
from itabook.report.drawing import (
    LINE,
    SMALL,
    Bar,
    draw_bars,
    draw_scale,
    draw_text,
    draw_uprights,
    scaled_canvas,
    widest,
)
from itabook.report.legend import Sign, bar_sign, draw_names, legend
from itabook.report.notes import marked, marks_note
from itabook.report.style import INSTRUMENT_INK
from itabook.tokens import INK, INK_2, INK_3
from itabook.words import INSTRUMENT_NAMES, Words

HEAD, STEP, GAP = 0.17, 0.235, 0.11
"""In inches: from the top to last year's total; from bar to bar; the blank between two groups of bars."""
HALF, TOTAL, FOOT = 0.073, 0.095, 0.17
"""In inches: half the height of a bar and of a total; from this year's total to the foot of the scale."""
SIZE = 10.0
"""Of names and figures in points."""
LEAST = 1.0
"""The axis spans at least so many points, so that changes of a few hundredths are not made to look large."""


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: its name and ink, where its middle stands in inches from the top, the totals before and after it."""

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
    bottom = steps[-1].place + STEP + GAP
    names = legend(list(INSTRUMENT_NAMES.values()), ["เพิ่มขึ้น", "ลดลง"])
    figure, axes = _canvas(chapter, previous, steps, below=names.height)
    _draw_links(axes, found, steps, bottom)
    _draw_bars(axes, steps, draw_names(axes, bottom + FOOT + 2.4 * LINE, names))
    totals = [(float(found.before), HEAD - TOTAL, HEAD + TOTAL), (float(found.now), bottom - TOTAL, bottom + TOTAL)]
    draw_uprights(axes, totals, ink=INK, width=3.2)
    marks = marks_note(_totals(chapter, previous), chapter.words)
    return chart(
        figure,
        label=f"fig-{chapter.key}-contributions",
        caption=_caption(chapter, previous) + marks,
        alt=_alt(chapter, previous, found) + marks,
        data=_data(chapter, previous, found),
    )


def _steps(chapter: AgencyYearChapter, found: TotalChange) -> Iterator[Step]:
    """The bars from top to bottom, a gap between instruments; they lead from one total to the other exactly."""
    level, names = found.before, chapter.result.rules.indicator
    for part in found.parts:
        place = HEAD + part.number * STEP + GAP * (INSTRUMENTS.index(part.instrument) + 1)
        name = chapter.words.text(f"{part.number} {names(part.number).name}")
        yield Step(name, INSTRUMENT_INK[part.instrument], place, level, level + part.shown)
        level += part.shown
    if found.rest.shown:
        place = HEAD + (len(found.parts) + 1) * STEP + GAP * (len(INSTRUMENTS) + 1)
        yield Step(rest_name(found.rest), INK_3, place, level, level + found.rest.shown)


def _canvas(
    chapter: AgencyYearChapter, previous: AgencyYear, steps: Sequence[Step], *, below: float
) -> tuple[MplFigure, Axes]:
    """The scale with its ticks, the names to the left, the points of each bar and both totals to the right."""
    words, (low, high) = chapter.words, _ends(steps)
    (first, before), (last, now) = _totals(chapter, previous)
    bottom = steps[-1].place + STEP + GAP
    heavy = [(HEAD, first, marked(before, words)), (bottom, last, marked(now, words))]
    light = [(step.place, step.name, _points(step.points, words)) for step in steps]
    margin = max(widest((name for _, name, _ in light), SIZE), widest([first, last], SIZE, "semibold")) + 0.14
    room = widest((figure for *_, figure in (*heavy, *light)), SIZE, "semibold") + 0.14
    figure, axes, inch = scaled_canvas(bottom + FOOT + 2.4 * LINE + below, low, high, margin=margin, room=room)
    draw_scale(axes, _ticks(low, high, words), HEAD - FOOT, bottom + FOOT)
    draw_text(axes, (low + high) / 2, bottom + FOOT + 1.3 * LINE, "คะแนนรวม", size=SMALL, ha="center", color=INK_2)
    for weight, lines in (("semibold", heavy), ("normal", light)):
        for place, name, shown in lines:
            draw_text(axes, low - 0.08 * inch, place, name, size=SIZE, ha="right", fontweight=weight)
            draw_text(axes, high + room * inch, place, shown, size=SIZE, ha="right", fontweight="semibold")
    return figure, axes


def _ends(steps: Sequence[Step]) -> tuple[float, float]:
    """The part of the scale where something moves, not from zero."""
    levels = [float(steps[0].start), *(float(step.end) for step in steps)]
    spare = max(LEAST - (max(levels) - min(levels)), 0) / 2 + (max(levels) - min(levels)) * 0.04
    return min(levels) - spare, max(levels) + spare


def _ticks(low: float, high: float, words: Words) -> dict[float, str]:
    """Round totals between both ends, none above 100."""
    found = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    shown = [float(tick) for tick in found if low <= tick <= min(high, 100)]
    places = max((decimals(f"{tick:g}") for tick in shown), default=0)
    return {tick: words.text(f"{tick:.{places}f}") for tick in shown}


def _points(points: Decimal, words: Words) -> str:
    """A triangle and the signed points."""
    return f"{'▲' if points > 0 else '▼'} {words.signed(points)}" if points else words.signed(points)


def _draw_bars(axes: Axes, steps: Sequence[Step], signs: Sequence[Sign]) -> None:
    """Rises filled, falls hollow and hatched; the signs of the legend look the same."""
    *codes, rise, fall = signs
    full = [bar_sign(sign, INSTRUMENT_INK[code]) for code, sign in zip(INSTRUMENTS, codes, strict=True)]
    full += [bar_sign(rise, INK_2)] + [_bar(step, step.ink) for step in steps if step.points >= 0]
    draw_bars(axes, full, edge="face")
    falls = [step for step in steps if step.points < 0]
    hollow = [bar_sign(fall, "white")] + [_bar(step, "white") for step in falls]
    draw_bars(axes, hollow, edge=[INK_2, *(step.ink for step in falls)], hatch="////")


def _bar(step: Step, ink: str) -> Bar:
    left, right = sorted((float(step.start), float(step.end)))
    return left, right, step.place - HALF, step.place + HALF, ink


def _draw_links(axes: Axes, found: TotalChange, steps: Sequence[Step], bottom: float) -> None:
    """Thin lines from the end of each bar to the start of the next."""
    levels = [float(found.before), *(float(step.end) for step in steps)]
    places = [HEAD, *(step.place for step in steps), bottom]
    links = [(level, top + HALF, foot - HALF) for level, (top, foot) in zip(levels, pairwise(places), strict=True)]
    draw_uprights(axes, links, ink=INK_3, width=0.8)


def _totals(chapter: AgencyYearChapter, previous: AgencyYear) -> list[tuple[str, Figure | None]]:
    """The two totals by the name that the chart gives them, last year's first."""
    words = chapter.words
    return [(words.text(f"คะแนนรวม ปี {year.fiscal_year}"), year.total) for year in (previous, chapter.result)]


def _data(chapter: AgencyYearChapter, previous: AgencyYear, found: TotalChange) -> FigureData:
    """What each bar adds, and the total after it."""
    level, names = found.before, chapter.result.rules.indicator
    rows: list[tuple[Value, ...]] = [(f"คะแนนรวม ปี {previous.fiscal_year}", None, None, level)]
    for part in found.parts:
        level += part.shown
        rows.append((f"{part.number} {names(part.number).name}", part.instrument, part.shown, level))
    if found.rest.shown:
        rows.append((rest_name(found.rest), None, found.rest.shown, level + found.rest.shown))
    rows.append((f"คะแนนรวม ปี {chapter.result.fiscal_year}", None, None, found.now))
    return FigureData(("รายการ", "แบบวัด", "ผลต่อคะแนนรวม", "คะแนนรวมสะสม"), tuple(rows))


def _caption(chapter: AgencyYearChapter, previous: AgencyYear) -> str:
    words = chapter.words
    return (
        f"ผลของแต่ละตัวชี้วัดต่อการเปลี่ยนแปลงของคะแนนรวม จาก{words.year(previous.fiscal_year)} "
        f"ถึง{words.year(chapter.result.fiscal_year)} "
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
