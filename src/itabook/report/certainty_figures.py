"""The intervals of the survey scores as thin bars and as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure

from itabook.domain.answered import answered
from itabook.domain.figure_data import FigureData
from itabook.domain.intervals import CONFIDENCE, Interval, indicator_intervals, item_intervals
from itabook.domain.results import Figure
from itabook.domain.rules import SURVEYS, Survey
from itabook.report.certainty import ESTIMATED
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Table, Text, chart, table
from itabook.report.drawing import (
    LINE,
    draw_bars,
    draw_goal,
    draw_lines,
    draw_marks,
    draw_scale,
    draw_text,
    draw_uprights,
    scaled_canvas,
    widest,
)
from itabook.report.legend import bar_sign, draw_names, legend
from itabook.report.notes import figure_note, marked, marks_note
from itabook.report.style import INSTRUMENT_INK, footnotes, house_table
from itabook.tokens import INK, INK_2
from itabook.words import INSTRUMENT_NAMES, Words, after_thai, join

ITEMS = "รายข้อ"
GAP = 0.6
"""Blank between two groups, in row distances."""
STEPS = {0: 25, 25: 25, 50: 10, 75: 5}
"""Distance of the ticks by where the axis begins, in points."""
HEAD, STEP, FOOT = 0.36, 0.26, 0.16
"""In inches: from the top to the first row; from row to row; from the last row to the foot of the scale."""
TOP = HEAD - FOOT
"""Where the scale begins, in inches from the top."""
SCORE_ROOM, BLANK = 0.68, 0.2
"""In inches: from the scale to the right edge of the scores; the blank after them."""
NAME, ENDS = 10.0, 9.0
"""Sizes in points: names and scores; the ends of the intervals."""
KINDS = {True: "ช่วงกว้างที่สุดที่เป็นไปได้", False: "ช่วงที่ประมาณจากคำตอบ"}
"""What an interval is called by whether it is the widest possible."""
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


@dataclass(frozen=True, slots=True)
class Whisker:
    """An interval as it is drawn: where it stands from the top, and its ends and its score along the scale."""

    place: float
    low: float
    score: float
    high: float
    ink: str
    bound: bool


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
    surveys = [code for code in SURVEYS if any(row.survey == code for row in rows)]
    kinds = [bound for bound in KINDS if any(row.interval.bound == bound for row in rows)]
    names = legend([INSTRUMENT_NAMES[code] for code in surveys], [KINDS[bound] for bound in kinds])
    figure, axes, foot = _canvas(chapter, rows, names.height)
    signs = draw_names(axes, foot + 1.5 * LINE, names)
    draw_bars(axes, [bar_sign(sign, INSTRUMENT_INK[code]) for sign, code in zip(signs, surveys, strict=False)])
    ends = zip(signs[len(surveys) :], kinds, strict=True)
    samples = [Whisker(place, left, (left + right) / 2, right, INK, bound) for (left, right, place), bound in ends]
    _draw_whiskers(axes, [*_whiskers(rows), *samples])
    return chart(
        figure,
        label=f"fig-{chapter.key}-certainty",
        caption=f"{_caption(chapter)}{_marks(rows, words)}",
        alt=_alt(chapter, rows),
        data=_data(chapter, rows),
    )


def _canvas(chapter: AgencyYearChapter, rows: Sequence[Row], below: float) -> tuple[MplFigure, Axes, float]:
    """The scale with the target, names to the left, figures to the right, and the foot of it all in inches."""
    words, places = chapter.words, _places(rows)
    start = min(75, 25 * floor(min(chapter.target, *(row.interval.low for row in rows)) / 25))
    ends = [f"{words.score(row.interval.low)} – {words.score(row.interval.high)}" for row in rows]
    margin, room = widest((row.name for row in rows), NAME) + 0.14, SCORE_ROOM + BLANK + widest(ends, ENDS)
    foot = places[-1] + FOOT
    figure, axes, inch = scaled_canvas(foot + 1.5 * LINE + below, start, 100, margin=margin, room=room)
    draw_scale(axes, {tick: words.text(tick) for tick in range(start, 101, STEPS[start])}, TOP, foot)
    draw_goal(axes, float(chapter.target), TOP, foot, f"{chapter.target_name} {words.short(chapter.target)}")
    for row, place, both in zip(rows, places, ends, strict=True):
        score = marked(row.figure, words) if row.figure else words.score(row.interval.score)
        draw_text(axes, start - 0.08 * inch, place, row.name, size=NAME, ha="right")
        draw_text(axes, 100 + SCORE_ROOM * inch, place, score, size=NAME, ha="right", fontweight="semibold")
        draw_text(axes, 100 + room * inch, place, both, size=ENDS, ha="right", color=INK_2)
    return figure, axes, foot


def _places(rows: Sequence[Row]) -> list[float]:
    """Where each row stands in inches from the top, a gap between groups."""
    groups = [group for group, _ in groupby(row.group for row in rows)]
    return [HEAD + STEP * (place + GAP * groups.index(row.group)) for place, row in enumerate(rows)]


def _whiskers(rows: Sequence[Row]) -> Iterator[Whisker]:
    for row, place in zip(rows, _places(rows), strict=True):
        one = row.interval
        ink = INSTRUMENT_INK[row.survey]
        yield Whisker(place, float(one.low), float(one.score), float(one.high), ink, one.bound)


def _draw_whiskers(axes: Axes, drawn: Sequence[Whisker]) -> None:
    """Bars with ends and dots: thin and hollow for the widest possible interval, heavy and full for an estimate."""
    inks = [one.ink for one in drawn]
    widths = [1.1 if one.bound else 3 for one in drawn]
    draw_lines(axes, [[(one.low, one.place), (one.high, one.place)] for one in drawn], ink=inks, width=widths)
    ends = [(end, one.place - 0.045, one.place + 0.045) for one in drawn for end in (one.low, one.high)]
    draw_uprights(axes, ends, ink=[ink for ink in inks for _ in range(2)], width=1.1)
    dots = [(one.score, one.place, "o", 34, "white" if one.bound else one.ink, one.ink) for one in drawn]
    draw_marks(axes, dots, width=1.4)


def _data(chapter: AgencyYearChapter, rows: Sequence[Row]) -> FigureData:
    columns = ("รายการ", "กลุ่ม", "คะแนน", "ต่ำสุด", "สูงสุด", "ชนิดของช่วง", chapter.target_name)
    return FigureData(
        columns,
        tuple(
            (
                f"{row.name} {row.title}".strip(),
                row.group,
                one.score,
                one.low,
                one.high,
                KINDS[one.bound],
                chapter.target,
            )
            for row, one in ((row, row.interval) for row in rows)
        ),
    )


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
