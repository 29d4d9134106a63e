"""The items under each issue as marks along their score: shape and ink by instrument, hollow under the target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure

from itabook.domain.figure_data import FigureData, Value
from itabook.domain.issues import Issue, IssueItem
from itabook.domain.rules import INSTRUMENTS, Instrument
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Text, chart
from itabook.report.drawing import (
    LINE,
    POINTS,
    SMALL,
    Mark,
    draw_bars,
    draw_goal,
    draw_lines,
    draw_marks,
    draw_scale,
    draw_text,
    scaled_canvas,
    widest,
)
from itabook.report.issue_scale import Scale, clusters, scale_of
from itabook.report.issues import shown_issues
from itabook.report.legend import Sign, draw_names, legend
from itabook.report.style import INSTRUMENT_INK
from itabook.tokens import INK, INK_2, PANEL
from itabook.words import INSTRUMENT_NAMES, Words, join

SHAPES: dict[Instrument, str] = {"IIT": "o", "EIT": "s", "OIT": "D"}
SIZES = {"o": (44, 130), "s": (38, 115), "D": (30, 120)}
"""Areas of a mark of one item and of one that holds a number, in square points, that look alike."""
HEAD, LANE, GAP = 0.22, 0.2, 0.12
"""In inches: from the top to the first issue; height of a line of marks; blank of an issue over and under them."""
BEFORE, AFTER, LABEL = 0.17, 0.2, 0.52
"""In inches: blanks before and after the scale; room that a score to the left of its mark takes."""
NAME, COUNT = 10.0, 9.5
"""Sizes in points: names of the issues; how many items reach the target."""
HOLLOW = "กลวง: ต่ำกว่าเส้นประ"


@dataclass(frozen=True, slots=True)
class Band:
    """One issue in the chart: its top in inches, and the items of each instrument on a line of their own."""

    issue: Issue
    top: float
    lines: tuple[tuple[Instrument, tuple[IssueItem, ...]], ...]

    @property
    def foot(self) -> float:
        """Where it ends, in inches from the top."""
        return self.top + LANE * max(len(self.lines), 1) + GAP

    @property
    def middle(self) -> float:
        """Where its name stands, in inches from the top."""
        return (self.top + self.foot) / 2


@dataclass(frozen=True, slots=True)
class Spot:
    """One mark: where it stands, the scores that it stands for, whether they are under the target and the lowest."""

    across: float
    down: float
    instrument: Instrument
    held: tuple[Decimal, ...]
    below: bool
    lowest: bool

    @property
    def many(self) -> bool:
        """Whether it stands for more than one score."""
        return len(self.held) > 1

    @property
    def ink(self) -> str:
        """That of its instrument."""
        return INSTRUMENT_INK[self.instrument]


def issue_chart(chapter: AgencyYearChapter) -> Chart | Text:
    """One band for each issue, in it a line for each instrument, on it a mark for each item, and the target."""
    issues = shown_issues(chapter)
    if not issues:
        return Text("")
    bands = _bands(issues)
    scores = [item.value for issue in issues for item in issue.scored if item.value is not None]
    scale, names = scale_of(scores, chapter.target), legend([*INSTRUMENT_NAMES.values(), HOLLOW])
    figure, axes, inch = _canvas(chapter, bands, scale, below=names.height)
    signs = draw_names(axes, bands[-1].foot + 1.4 * LINE, names)
    spots = [spot for band in bands for spot in _spots(band, scale, chapter.target)]
    hollow_last = [*_samples(signs), *(_mark(spot) for spot in sorted(spots, key=lambda spot: spot.below))]
    draw_marks(axes, hollow_last, width=[0.7 if edge == "white" else 1.3 for *_, edge in hollow_last])
    _write_spots(axes, spots, scale, chapter.words, inch=inch)
    return chart(
        figure,
        label=f"fig-{chapter.key}-issues",
        caption=_caption(chapter, scale),
        alt=_alt(chapter, issues),
        data=_data(chapter, issues),
    )


def _bands(issues: Sequence[Issue]) -> list[Band]:
    """The issues from top to bottom."""
    bands: list[Band] = []
    top = HEAD
    for issue in issues:
        held = ((code, tuple(item for item in issue.scored if item.instrument == code)) for code in INSTRUMENTS)
        bands.append(Band(issue, top, tuple((code, items) for code, items in held if items)))
        top = bands[-1].foot
    return bands


def _canvas(
    chapter: AgencyYearChapter, bands: Sequence[Band], scale: Scale, *, below: float
) -> tuple[MplFigure, Axes, float]:
    """The scale with the target, the issues to the left, their counts to the right, and an inch in points of score."""
    words, foot = chapter.words, bands[-1].foot
    names = [words.text(f"{band.issue.number} {band.issue.short}") for band in bands]
    counts = [_count(band.issue, chapter) for band in bands]
    first = scale.column if scale.zeros else float(scale.first)
    margin, room = widest(names, NAME) + 0.14 + BEFORE, AFTER + widest(counts, COUNT) + 0.05
    figure, axes, inch = scaled_canvas(foot + 1.4 * LINE + below, first, 100, margin=margin, room=room)
    draw_bars(axes, [(*axes.get_xlim(), band.top, band.foot, PANEL) for band in bands[::2]])
    draw_scale(axes, {scale.place(Decimal(tick)): words.text(tick) for tick in scale.ticks}, HEAD, foot)
    draw_goal(axes, float(chapter.target), HEAD, foot, f"{chapter.target_name} {words.short(chapter.target)}")
    right = 100 + (room - 0.05) * inch
    draw_text(axes, right, HEAD - LINE / 2, "ถึงเส้นประ", size=SMALL, ha="right", color=INK_2)
    for band, name, count in zip(bands, names, counts, strict=True):
        draw_text(axes, first - (BEFORE + 0.06) * inch, band.middle, name, size=NAME, ha="right")
        draw_text(axes, right, band.middle, count, size=COUNT, ha="right")
    if scale.cut and scale.zeros:
        _draw_cut(axes, (first + float(scale.first)) / 2, foot, inch)
    return figure, axes, inch


def _count(issue: Issue, chapter: AgencyYearChapter) -> str:
    """How many items of an issue reach the target."""
    scored, below = len(issue.scored), len(issue.below(chapter.target))
    count = chapter.words.count
    return f"{count(scored - below)} จาก {count(scored)} ข้อ" if scored else "ไม่ปรากฏคะแนน"


def _draw_cut(axes: Axes, middle: float, foot: float, inch: float) -> None:
    """The sign that the axis leaves something out: two slanted strokes."""
    places = [middle + side * inch for side in (-0.025, 0.025)]
    strokes = [[(place - 0.02 * inch, foot), (place + 0.02 * inch, foot - 0.06)] for place in places]
    draw_lines(axes, strokes, ink=INK_2, width=0.9)


def _spots(band: Band, scale: Scale, target: Decimal) -> Iterator[Spot]:
    """The marks of one issue from top to bottom and from left to right."""
    for line, (instrument, items) in enumerate(band.lines):
        down = band.top + GAP / 2 + LANE * (line + 0.5)
        for number, held in enumerate(clusters(items, scale, target)):
            across = sum(scale.place(value) for value in held) / len(held)
            yield Spot(across, down, instrument, tuple(held), held[0] < target, number == 0)


def _samples(signs: Sequence[Sign]) -> Iterator[Mark]:
    """The marks of the legend: one of each instrument, and a hollow one."""
    for (left, right, place), code in zip(signs, INSTRUMENTS, strict=False):
        yield (left + right) / 2, place, SHAPES[code], SIZES[SHAPES[code]][False], INSTRUMENT_INK[code], "white"
    left, right, place = signs[-1]
    yield (left + right) / 2, place, "o", SIZES["o"][False], "white", INK


def _mark(spot: Spot) -> Mark:
    shape = SHAPES[spot.instrument]
    fill, edge = ("white", spot.ink) if spot.below else (spot.ink, "white")
    return spot.across, spot.down, shape, SIZES[shape][spot.many], fill, edge


def _write_spots(axes: Axes, spots: Sequence[Spot], scale: Scale, words: Words, *, inch: float) -> None:
    """Of marks that hold several scores how many; the lowest score of a line where it is under the target."""
    start = float(scale.first) - BEFORE * inch
    for spot in spots:
        if spot.many:
            ink = spot.ink if spot.below else "white"
            count = words.count(len(spot.held))
            draw_text(axes, spot.across, spot.down, count, size=SMALL, ha="center", fontweight="semibold", color=ink)
        if spot.below and spot.lowest and spot.across - LABEL * inch >= start:
            beside = spot.across - (9.5 if spot.many else 6) / POINTS * inch
            draw_text(axes, beside, spot.down, words.score(spot.held[0]), size=SMALL, ha="right", color=INK_2)


def _data(chapter: AgencyYearChapter, issues: Sequence[Issue]) -> FigureData:
    """One row an item; an issue of which no score is printed keeps a row without one. The figure has their titles."""
    rows: list[tuple[Value, ...]] = []
    for issue in issues:
        name = str(issue.number)
        rows += [
            (name, item.instrument, item.code or None, item.title, item.value, chapter.target) for item in issue.scored
        ]
        if not issue.scored:
            rows.append((name, None, None, None, None, chapter.target))
    return FigureData(("ประเด็นที่", "แบบวัด", "รหัส", "ข้อ", "คะแนน", chapter.target_name), tuple(rows))


def _caption(chapter: AgencyYearChapter, scale: Scale) -> str:
    words = chapter.words
    cut = ""
    if scale.cut:
        low = words.text("ตัดช่วงระหว่าง 0 กับ") if scale.zeros else "เริ่มที่"
        cut = f" แกนคะแนน{low} {words.short(scale.first)}"
    return (
        f"คะแนนรายข้อจำแนกตามประเด็น {words.year(chapter.result.fiscal_year)} เทียบกับ{chapter.target_name} "
        f"ตัวเลขในเครื่องหมายคือจำนวนข้อที่คะแนนเท่ากันหรือใกล้กัน{cut}"
    )


def _alt(chapter: AgencyYearChapter, issues: Sequence[Issue]) -> str:
    words = chapter.words
    falling = [issue for issue in issues if issue.below(chapter.target)]
    counted = join(
        f"ประเด็นที่ {words.text(issue.number)} ({words.count(len(issue.below(chapter.target)))} "
        f"จาก {words.count(len(issue.scored))} ข้อ)"
        for issue in falling
    )
    goal = f"{chapter.target_name} {words.short(chapter.target)} คะแนน"
    said = f"ข้อที่ต่ำกว่า{goal}อยู่ใน{counted}" if falling else f"ทุกข้อได้คะแนนถึง{goal}"
    scored = {(item.instrument, item.title): item for issue in issues for item in issue.scored}.values()
    lowest = min(item.value for item in scored if item.value is not None)
    names = [item.title for item in scored if item.value == lowest]
    which = names[0] if len(names) == 1 else f"{words.count(len(names))} ข้อ"
    return (
        f"แผนภูมิจุดแสดงคะแนนรายข้อใน {words.count(len(issues))} ประเด็น {said} "
        f"คะแนนต่ำสุดคือ {words.score(lowest)} ได้แก่ {which}"
    )
