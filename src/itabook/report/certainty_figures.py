"""The intervals of the survey scores as thin bars and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from itabook.domain.answered import SURVEYS, Survey, answered
from itabook.domain.intervals import CONFIDENCE, Interval, indicator_intervals, item_intervals
from itabook.domain.results import Figure
from itabook.report.certainty import ESTIMATED
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Table, Text, chart, table
from itabook.report.notes import figure_note, marked, marks_note
from itabook.report.style import HAIRLINE, INK, INK_2, INSTRUMENT_INK, WIDTH, bare, footnotes, house_table
from itabook.words import INSTRUMENT_NAMES, Words, after_thai, join

ITEMS = "รายข้อ"
GAP = 0.6
"""Blank between two groups, in row distances."""
STEPS = {0: 25, 25: 25, 50: 10, 75: 5}
"""Distance of the ticks by where the axis begins, in points."""
ROOM = 0.68
"""Room for the figures to the right, as a share of the axis."""
COLUMNS = {"name": "48%", "people": "16%", "score": "12%", "low": "12%", "high": "12%"}
NOTE = "ช่วงไม่ได้ปรับตามจำนวนบุคลากรหรือผู้รับบริการทั้งหมด ซึ่งไม่ปรากฏในข้อมูล และไม่รวมความคลาดเคลื่อนจากเหตุอื่น เช่น ผู้ตอบเป็นผู้สมัครใจ"


@dataclass(frozen=True, slots=True)
class Row:
    """A score with an interval: its group, its survey, its short name, its title, the figure of an indicator."""

    group: str
    survey: Survey
    name: str
    interval: Interval
    title: str = ""
    figure: Figure | None = None


def certainty_rows(chapter: AgencyYearChapter) -> list[Row]:
    """The indicators of each survey in official order, then the items, as far as they have intervals."""
    result, words = chapter.result, chapter.words
    intervals = indicator_intervals(result)
    rows = []
    for code in SURVEYS:
        for indicator in result.rules.of_instrument(code):
            if indicator.number in intervals:
                name = words.text(f"{indicator.number} {indicator.name}")
                figure = result.indicator_figures[indicator.number]
                rows.append(Row(INSTRUMENT_NAMES[code], code, name, intervals[indicator.number], figure=figure))
    titles = {row.code: words.text(row.title) for row in reversed(result.items)}
    for item, one in item_intervals(result).items():
        survey: Survey = "IIT" if item[:1] == "I" else "EIT"
        rows.append(Row(ITEMS, survey, f"ข้อ\u00a0{words.text(item)}", one, title=titles.get(item, "")))
    return rows


def certainty_bars(chapter: AgencyYearChapter) -> Chart | Text:
    """A dot for each score with an interval and a thin bar for the interval; items below the indicators."""
    words, rows = chapter.words, certainty_rows(chapter)
    if not rows:
        return Text("")
    places = _places(rows)
    start = min(75, 25 * floor(min(chapter.target, *(row.interval.low for row in rows)) / 25))
    figure, axes = plt.subplots(figsize=(WIDTH, 0.27 * places[-1] + 1.35), layout="constrained")
    _draw(axes, rows, places)
    _write(axes, chapter, rows, places)
    axes.set_xlim(start, 100 + ROOM * (100 - start))
    axes.set_ylim(places[-1] + 0.7, -0.75)
    ticks = range(start, 101, STEPS[start])
    axes.set_xticks(ticks, [words.text(tick) for tick in ticks], fontsize=8.5)
    axes.set_yticks(places, [row.name for row in rows], fontsize=10)
    axes.grid(axis="x", color=HAIRLINE, linewidth=0.5)
    axes.set_axisbelow(True)
    bare(axes)
    figure.legend(handles=_legend(rows), loc="outside lower left", ncols=2, frameon=False, fontsize=9)
    return chart(
        figure,
        label=f"fig-{chapter.key}-certainty",
        caption=f"{_caption(chapter)}{_marks(rows, words)}",
        alt=_alt(chapter, rows),
    )


def _places(rows: Sequence[Row]) -> list[float]:
    """Where each row stands from the top, a gap between groups."""
    groups = [group for group, _ in groupby(row.group for row in rows)]
    return [place + GAP * groups.index(row.group) for place, row in enumerate(rows)]


def _draw(axes: Axes, rows: Sequence[Row], places: Sequence[float]) -> None:
    """Bars with ends and dots: thin and hollow for the widest possible interval, heavy and full for an estimate."""
    inks = [INSTRUMENT_INK[row.survey] for row in rows]
    lows, highs = [float(row.interval.low) for row in rows], [float(row.interval.high) for row in rows]
    bounds = [row.interval.bound for row in rows]
    axes.hlines(places, lows, highs, colors=inks, linewidths=[1.1 if bound else 3 for bound in bounds])
    axes.scatter([*lows, *highs], [*places, *places], s=45, marker="|", c=[*inks, *inks], linewidths=1.1)
    faces = ["white" if bound else ink for bound, ink in zip(bounds, inks, strict=True)]
    scores = [float(row.interval.score) for row in rows]
    axes.scatter(scores, places, s=34, c=faces, edgecolors=inks, linewidths=1.4, zorder=3)


def _write(axes: Axes, chapter: AgencyYearChapter, rows: Sequence[Row], places: Sequence[float]) -> None:
    """The target with its name, and the figures to the right."""
    words, target = chapter.words, chapter.target
    axes.axvline(float(target), color=INK, linewidth=1, linestyle=(0, (2, 2)))
    axes.annotate(
        f"{chapter.target_name} {words.short(target)}", (float(target), 1), xycoords=("data", "axes fraction"),
        xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=8.5,
    )  # fmt: skip
    across = axes.get_yaxis_transform()
    for row, place in zip(rows, places, strict=True):
        one = row.interval
        ends = f"{words.score(one.low)} – {words.score(one.high)}"
        score = marked(row.figure, words) if row.figure else words.score(one.score)
        axes.text(0.768, place, score, transform=across, ha="right", va="center", fontweight="semibold", fontsize=10)
        axes.text(1, place, ends, transform=across, ha="right", va="center", fontsize=9, color=INK_2)


def _legend(rows: Sequence[Row]) -> list[Line2D]:
    """The inks of the surveys that are shown, and the two kinds of interval."""
    shown = {row.survey for row in rows}
    handles = [
        Line2D([], [], color=INSTRUMENT_INK[code], linewidth=3, label=INSTRUMENT_NAMES[code])
        for code in SURVEYS
        if code in shown
    ]
    if any(row.interval.bound for row in rows):
        handles.append(_line("ช่วงกว้างที่สุดที่เป็นไปได้", width=1.1, face="white"))
    if any(not row.interval.bound for row in rows):
        handles.append(_line("ช่วงที่ประมาณจากคำตอบ", width=3, face=INK))
    return handles


def _line(label: str, *, width: float, face: str) -> Line2D:
    return Line2D([], [], color=INK, linewidth=width, marker="o", markersize=6, markerfacecolor=face, label=label)


def _caption(chapter: AgencyYearChapter) -> str:
    words = chapter.words
    sure = f"ระดับความเชื่อมั่นร้อยละ {words.short(CONFIDENCE)}"
    return f"คะแนนและช่วงความคลาดเคลื่อนที่{sure} {words.year(chapter.result.fiscal_year)}"


def _marks(rows: Sequence[Row], words: Words) -> str:
    """What the report prints otherwise."""
    return marks_note(((row.name, row.figure) for row in rows), words)


def _alt(chapter: AgencyYearChapter, rows: Sequence[Row]) -> str:
    """How many scores there are, and the widest interval of each group."""
    words, said = chapter.words, []
    for group, found in groupby(rows, key=lambda row: row.group):
        widest = max(found, key=lambda row: row.interval.high - row.interval.low)
        one = widest.interval
        ends = f"{words.score(one.low)} ถึง {words.score(one.high)}"
        said.append(f"{group} ช่วงกว้างที่สุดคือ{after_thai(widest.name)} คะแนน {words.score(one.score)} อยู่ระหว่าง {ends}")
    count = words.count(len(rows))
    return f"แผนภูมิจุดพร้อมเส้นแสดงช่วงความคลาดเคลื่อนของคะแนน {count} รายการ {' '.join(said)}"


def certainty_table(chapter: AgencyYearChapter) -> Table | Text:
    """Each score with an interval: how many answered, the score, the two ends."""
    words, rows = chapter.words, certainty_rows(chapter)
    if not rows:
        return Text("")
    cells = [
        {
            "group": row.group,
            "name": f"{row.name} {row.title}".strip(),
            "people": words.count(row.interval.respondents),
            "score": words.score(row.interval.score),
            "low": words.score(row.interval.low),
            "high": words.score(row.interval.high),
        }
        for row in rows
    ]
    labels = {"name": "ตัวชี้วัดหรือข้อคำถาม", "people": "ผู้ตอบ (คน)", "score": "คะแนน", "low": "ต่ำสุด", "high": "สูงสุด"}
    built = house_table(pd.DataFrame(cells), labels, numbers=("people", "score", "low", "high"), group="group")
    built = footnotes(built.cols_width(COLUMNS), _notes(chapter, rows))
    return table(
        built.tab_source_note(f"{_kinds(rows)} {NOTE}"),
        label=f"tbl-{chapter.key}-certainty",
        caption=_caption(chapter),
    )


def _notes(chapter: AgencyYearChapter, rows: Sequence[Row]) -> list[tuple[str, int, str]]:
    """A note on each number of respondents that is not counted, and on each score that is printed otherwise."""
    numbers = {code: answered(chapter.result, code) for code in SURVEYS}
    estimated = {code for code, found in numbers.items() if found and found.estimated}
    notes = [("people", place, ESTIMATED) for place, row in enumerate(rows) if row.survey in estimated]
    said = [("score", place, figure_note(row.figure, chapter.words)) for place, row in enumerate(rows)]
    return notes + [note for note in said if note[2]]


def _kinds(rows: Sequence[Row]) -> str:
    """What the ends are: the widest possible, or an estimate."""
    bound = {"ช่วงของตัวชี้วัดเป็นช่วงกว้างที่สุดที่เป็นไปได้": any(row.interval.bound for row in rows)}
    exact = {"ช่วงของรายข้อประมาณจากการกระจายของคำตอบ": any(not row.interval.bound for row in rows)}
    return join(said for said, true in (bound | exact).items() if true)
