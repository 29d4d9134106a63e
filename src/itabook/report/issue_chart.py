"""The items under each issue as marks along their score: shape and ink by instrument, hollow under the target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from itabook.domain.issues import Issue, IssueItem
from itabook.domain.rules import INSTRUMENTS, Instrument
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Text, chart
from itabook.report.issues import shown_issues
from itabook.report.style import HAIRLINE, INK, INK_2, INSTRUMENT_INK, PANEL, WIDTH, bare
from itabook.words import INSTRUMENT_NAMES, join

SHAPES: dict[Instrument, str] = {"IIT": "o", "EIT": "s", "OIT": "D"}
SIZES = {"o": (44, 130), "s": (38, 115), "D": (30, 120)}
"""Areas of a mark of one item and of one that holds a number, in square points, that look alike."""
GAP = 0.6
"""Blank between two issues, in lanes."""
CUT_FROM = Decimal(50)
"""Where every score but zero is at least this, the axis leaves out what lies between."""
ROOM = 7
"""Points of score that a figure to the left of a mark takes."""
TOUCHING = 0.034
"""Marks that are nearer to the next one than this part of the axis are drawn as one."""
WIDEST = 0.055
"""One mark stands for scores of at most this part of the axis."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of scores: from `first` to 100, with zeros in a column of their own before it where it is cut.

    >>> Scale(Decimal(60), zeros=True).place(Decimal(0)), Scale(Decimal(60), zeros=True).place(Decimal(85))
    (55.6, 85.0)
    """

    first: Decimal
    zeros: bool

    @property
    def span(self) -> float:
        """Length of the axis in points of score."""
        return float(100 - self.first)

    @property
    def cut(self) -> bool:
        """Whether the axis does not begin at zero."""
        return self.first > 0

    @property
    def column(self) -> float:
        """Where zeros stand."""
        return round(float(self.first) - 0.11 * self.span, 6) if self.cut else 0.0

    @property
    def ticks(self) -> list[int]:
        """Scores to be named."""
        steps = list(range(int(self.first), 101, 10 if self.cut else 20))
        return [0, *steps] if self.cut and self.zeros else steps

    def place(self, score: Decimal) -> float:
        """Where a score stands."""
        return float(score) if score >= self.first else self.column


@dataclass(frozen=True, slots=True)
class Band:
    """One issue in the chart: where its first line stands, and the items of each instrument on a line of their own."""

    issue: Issue
    top: float
    lines: tuple[tuple[Instrument, tuple[IssueItem, ...]], ...]

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return self.top + (self.height - 1) / 2

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return max(len(self.lines), 1)


def issue_chart(chapter: AgencyYearChapter) -> Chart | Text:
    """One band for each issue, in it a line for each instrument, on it a mark for each item, and the target."""
    issues, words = shown_issues(chapter), chapter.words
    if not issues:
        return Text("")
    bands = _bands(issues)
    bottom = bands[-1].top + bands[-1].height
    scores = [item.value for issue in issues for item in issue.scored if item.value is not None]
    scale = scale_of(scores, chapter.target)
    figure, axes = plt.subplots(figsize=(WIDTH, 0.2 * bottom + 0.95), layout="constrained")
    _draw_back(axes, bands, scale)
    for band in bands:
        for line, (instrument, items) in enumerate(band.lines):
            _draw_line(axes, band.top + line, instrument, items, scale=scale, chapter=chapter)
    _draw_counts(axes, bands, scale, chapter)
    _draw_target(axes, chapter)
    names = [words.text(f"{issue.number} {issue.short}") for issue in issues]
    axes.set_yticks([band.middle for band in bands], names, fontsize=10)
    axes.set_ylim(bottom - 0.5 + GAP / 2, -0.5 - GAP / 2)
    axes.set_xlim((scale.column if scale.zeros else float(scale.first)) - 0.055 * scale.span, 100 + 0.3 * scale.span)
    axes.set_xticks(
        [scale.place(Decimal(tick)) for tick in scale.ticks], [words.text(tick) for tick in scale.ticks], fontsize=8.5
    )
    bare(axes)
    figure.legend(handles=_legend(), loc="outside lower left", ncols=4, frameon=False, fontsize=9, columnspacing=1)
    return chart(
        figure,
        label=f"fig-{chapter.key}-issues",
        caption=_caption(chapter, scale),
        alt=_alt(chapter, issues),
    )


def scale_of(scores: Sequence[Decimal], target: Decimal) -> Scale:
    """The axis that shows all scores and the target: whole, or cut where all of them but zeros are high."""
    lowest = min([target, *(score for score in scores if score > 0)])
    first = (lowest - ROOM) // 10 * 10 if lowest >= CUT_FROM else Decimal(0)
    return Scale(first, zeros=any(score == 0 for score in scores))


def _bands(issues: Sequence[Issue]) -> list[Band]:
    """The issues from top to bottom."""
    bands: list[Band] = []
    top = 0.0
    for issue in issues:
        held = ((code, tuple(item for item in issue.scored if item.instrument == code)) for code in INSTRUMENTS)
        bands.append(Band(issue, top, tuple((code, items) for code, items in held if items)))
        top += bands[-1].height + GAP
    return bands


def _draw_back(axes: Axes, bands: Sequence[Band], scale: Scale) -> None:
    """A pale stripe behind every second issue, hairlines at the ticks, and the sign where the axis is cut."""
    for band in bands[::2]:
        axes.axhspan(band.top - (1 + GAP) / 2, band.top + band.height - (1 - GAP) / 2, color=PANEL, zorder=0)
    for tick in scale.ticks:
        axes.axvline(scale.place(Decimal(tick)), color=HAIRLINE, linewidth=0.6, zorder=1)
    if scale.cut and scale.zeros:
        middle = (scale.column + float(scale.first)) / 2
        for side in (-0.008, 0.008):
            x = [middle + (side - 0.006) * scale.span, middle + (side + 0.006) * scale.span]
            axes.plot(x, [0, 0.022], color=INK_2, linewidth=0.9, transform=axes.get_xaxis_transform(), clip_on=False)


def clusters(items: Sequence[IssueItem], scale: Scale, target: Decimal) -> Iterator[list[Decimal]]:
    """The scores in ascending order, those together whose marks would touch; never across the target."""
    held: list[Decimal] = []
    for value in sorted(item.value for item in items if item.value is not None):
        if held and not _together(held, value, scale, target):
            yield held
            held = []
        held.append(value)
    if held:
        yield held


def _together(held: Sequence[Decimal], value: Decimal, scale: Scale, target: Decimal) -> bool:
    first, last, place = scale.place(held[0]), scale.place(held[-1]), scale.place(value)
    near = place - last < TOUCHING * scale.span and place - first < WIDEST * scale.span
    return near and (held[0] < target) == (value < target)


def _draw_line(
    axes: Axes,
    height: float,
    instrument: Instrument,
    items: Sequence[IssueItem],
    *,
    scale: Scale,
    chapter: AgencyYearChapter,
) -> None:
    """The marks of one instrument under one issue; the lowest score in figures where it is under the target."""
    words, ink, shape = chapter.words, INSTRUMENT_INK[instrument], SHAPES[instrument]
    for number, held in enumerate(clusters(items, scale, chapter.target)):
        place = sum(scale.place(value) for value in held) / len(held)
        below, many = held[0] < chapter.target, len(held) > 1
        axes.scatter(
            place, height, s=SIZES[shape][many], marker=shape, facecolor="white" if below else ink,
            edgecolor=ink if below else "white", linewidth=1.3 if below else 0.7, zorder=4 if below else 3,
        )  # fmt: skip
        if many:
            axes.annotate(
                words.count(len(held)), (place, height), xytext=(0, 0.9), textcoords="offset points",
                ha="center", va="center_baseline", fontsize=8.5, fontweight="semibold", zorder=5,
                color=ink if below else "white",
            )  # fmt: skip
        if below and number == 0 and held[0] >= scale.first + ROOM:
            axes.annotate(
                words.score(held[0]), (place, height), xytext=(-8 if many else -6, 0),
                textcoords="offset points", ha="right", va="center", fontsize=8.5, color=INK_2,
            )  # fmt: skip


def _draw_counts(axes: Axes, bands: Sequence[Band], scale: Scale, chapter: AgencyYearChapter) -> None:
    """How many items of each issue reach the target, in a column to the right."""
    words, place = chapter.words, 100 + 0.3 * scale.span
    for band in bands:
        scored, below = len(band.issue.scored), len(band.issue.below(chapter.target))
        shown = f"{words.count(scored - below)} จาก {words.count(scored)} ข้อ" if scored else "ไม่ปรากฏคะแนน"
        axes.text(place, band.middle, shown, ha="right", va="center", fontsize=9.5, color=INK)
    axes.annotate(
        "ถึงเส้นประ", (place, 1), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
        ha="right", va="bottom", fontsize=8.5, color=INK_2,
    )  # fmt: skip


def _draw_target(axes: Axes, chapter: AgencyYearChapter) -> None:
    target = float(chapter.target)
    axes.axvline(target, color=INK, linewidth=1, linestyle=(0, (2, 2)), zorder=2)
    label = f"{chapter.target_name} {chapter.words.short(chapter.target)}"
    axes.annotate(
        label, (target, 1), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
        ha="center", va="bottom", fontsize=8.5,
    )  # fmt: skip


def _legend() -> list[Line2D]:
    marks = [
        Line2D([], [], linestyle="none", marker=SHAPES[code], color=INSTRUMENT_INK[code], label=INSTRUMENT_NAMES[code])
        for code in INSTRUMENTS
    ]
    hollow = Line2D(
        [], [], linestyle="none", marker="o", markerfacecolor="white", markeredgecolor=INK, label="กลวง: ต่ำกว่าเส้นประ"
    )
    return [*marks, hollow]


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
