"""The view from inside against the view from outside, on the topics that IIT and EIT both ask."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure

from itabook.domain.figure_data import FigureData
from itabook.domain.rules import Instrument
from itabook.domain.views import View, views
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Text, chart
from itabook.report.drawing import (
    LINE,
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
from itabook.report.legend import draw_names, legend
from itabook.report.listed import of_a_report
from itabook.report.style import INSTRUMENT_INK, WIDTH
from itabook.tokens import INK_2, INK_3
from itabook.words import INSTRUMENT_NAMES, Words, escape, join

MARKERS: dict[Instrument, str] = {"IIT": "o", "EIT": "D"}
AREA = 62
"""Of a mark, in square points."""
HEAD, STEP, FOOT = 0.42, 0.36, 0.22
"""In inches: from the top to the first topic; from topic to topic; from the last topic to the foot of the scale."""
TOP = HEAD - FOOT
"""Where the scale begins, in inches from the top."""
BESIDE, BLANK = 0.1, 0.2
"""In inches: from the middle of a mark to its score; between the scores and the column of gaps."""
NAME, SCORE = 10.0, 9.0
"""Sizes in points: names of the topics; scores and gaps."""
SHOWN = 20
"""So many topics fit in one chart; of more, those with the widest gaps are drawn."""


@of_a_report
def view_sentence(chapter: AgencyYearChapter) -> Text:
    """On how many topics either side scores higher, and where the views are furthest apart."""
    found, words = views(chapter.result), chapter.words
    if not found:
        return Text(_nothing(chapter))
    sides = [
        ("บุคลากรภายใน (IIT) ให้คะแนนสูงกว่าผู้รับบริการภายนอก (EIT)", sum(view.gap > 0 for view in found)),
        ("ผู้รับบริการภายนอกให้คะแนนสูงกว่า", sum(view.gap < 0 for view in found)),
        ("ทั้งสองฝ่ายให้คะแนนเท่ากัน", sum(view.gap == 0 for view in found)),
    ]
    told = join(f"{side} {words.count(number)} เรื่อง" for side, number in sides if number)
    count = f"รายงานระบุคะแนนของเรื่องที่แบบวัด IIT และ EIT ถามตรงกัน {words.count(len(found))} เรื่อง"
    return Text(f"{count} {told}{_furthest(found, words)} ดัง[@fig-{chapter.key}-views]")


def _nothing(chapter: AgencyYearChapter) -> str:
    result = chapter.result
    agency = escape(result.agency.name)
    if any(topic.official for topic in result.rules.topics):
        return f"รายงานของ{agency}ไม่ระบุคะแนนของทั้งสองฝ่ายในเรื่องที่แบบวัด IIT และ EIT ถามตรงกัน จึงเปรียบเทียบมุมมองไม่ได้"
    year = chapter.words.year(result.fiscal_year)
    return f"ยังไม่มีแหล่งยืนยันว่าข้อคำถามใดของ{year} ถามตรงกันทั้งในแบบวัด IIT และ EIT จึงเปรียบเทียบมุมมองไม่ได้"


def _furthest(found: Sequence[View], words: Words) -> str:
    widest = max(abs(view.gap) for view in found)
    if not widest:
        return ""
    named = join(
        f"“{escape(view.name)}” (IIT {words.score(view.internal)} EIT {words.score(view.external)} คะแนน)"
        for view in found
        if abs(view.gap) == widest
    )
    return f" เรื่องที่คะแนนต่างกันมากที่สุด ({words.score(widest)} คะแนน) ได้แก่ {named}"


def view_dumbbell(chapter: AgencyYearChapter) -> Chart | Text:
    """A disc for IIT and a diamond for EIT on each topic, with the points between them."""
    found, words = _drawn(views(chapter.result)), chapter.words
    if not found:
        return Text("")
    low, names = _floor(found), legend([INSTRUMENT_NAMES[code] for code in MARKERS])
    foot = HEAD + STEP * (len(found) - 1) + FOOT
    figure, axes, inch = _canvas(chapter, found, foot + 1.5 * LINE + names.height)
    signs = draw_names(axes, foot + 1.5 * LINE, names)
    marks = [_mark(code, (left + right) / 2, place) for code, (left, right, place) in zip(MARKERS, signs, strict=True)]
    for place, view in _placed(found):
        _write_scores(axes, place, view, words, inch=inch)
        marks += [_mark("IIT", float(view.internal), place), _mark("EIT", float(view.external), place)]
    lines = [[(float(score), place) for score in _scores(view)] for place, view in _placed(found)]
    draw_lines(axes, lines, ink=INK_3, width=2)
    draw_marks(axes, marks, width=0)
    only = f" เฉพาะ {words.count(len(found))} เรื่องที่ต่างกันมากที่สุด" if len(found) < len(views(chapter.result)) else ""
    year = words.year(chapter.result.fiscal_year)
    start = f" แกนคะแนนเริ่มที่ {words.count(low)}" if low else ""
    return chart(
        figure,
        label=f"fig-{chapter.key}-views",
        caption=f"คะแนนของเรื่องที่แบบวัด IIT และ EIT ถามตรงกัน {year}{only}{start}",
        alt=_alt(found, chapter),
        data=_data(found, chapter),
    )


def _drawn(found: Sequence[View]) -> list[View]:
    """The topics of the chart, in the order of the rules where all of them fit."""
    if len(found) <= SHOWN:
        return list(found)
    return sorted(found, key=lambda view: -abs(view.gap))[:SHOWN]


def _floor(found: Sequence[View]) -> int:
    """Where the axis begins: a step of 10 well below the lowest score, or 0 where that is under 50."""
    least = min(min(view.internal, view.external) for view in found)
    low = int(((least - 4) / 10).to_integral_value(rounding=ROUND_FLOOR)) * 10
    return low if low >= 50 else 0


def _placed(found: Sequence[View]) -> list[tuple[float, View]]:
    """The topics with where they stand, in inches from the top."""
    return [(HEAD + STEP * number, view) for number, view in enumerate(found)]


def _canvas(chapter: AgencyYearChapter, found: Sequence[View], height: float) -> tuple[MplFigure, Axes, float]:
    """The scale with the target, the topics to the left, the gaps to the right, and an inch in points of score."""
    words, low, foot = chapter.words, _floor(found), HEAD + STEP * (len(found) - 1) + FOOT
    names, gaps = [words.text(view.name) for view in found], [_gap(view, words) for view in found]
    beside = BESIDE + widest((words.score(score) for view in found for score in _scores(view)), SCORE)
    margin, room = widest(names, NAME) + 0.14, beside + BLANK + widest(gaps, SCORE)
    least = float(min(min(_scores(view)) for view in found) - low) / (100 - low)
    margin += max(beside - least * (WIDTH - margin - room), 0)  # a low score stands to the left of the scale
    figure, axes, inch = scaled_canvas(height, low, 100, margin=margin, room=room)
    step = 5 if low >= 70 else 10 if low >= 50 else 25
    draw_scale(axes, {tick: words.text(tick) for tick in range(low, 101, step)}, TOP, foot)
    if low < chapter.target:
        draw_goal(axes, float(chapter.target), TOP, foot, f"{chapter.target_name} {words.short(chapter.target)}")
    for (place, _), name, gap in zip(_placed(found), names, gaps, strict=True):
        draw_text(axes, low - (margin - widest(names, NAME) - 0.06) * inch, place, name, size=NAME, ha="right")
        draw_text(axes, 100 + room * inch, place, gap, size=SCORE, ha="right", color=INK_2)
    return figure, axes, inch


def _scores(view: View) -> tuple[Decimal, Decimal]:
    return view.internal, view.external


def _mark(code: Instrument, score: float, place: float) -> Mark:
    return score, place, MARKERS[code], AREA, INSTRUMENT_INK[code], INSTRUMENT_INK[code]


def _write_scores(axes: Axes, place: float, view: View, words: Words, *, inch: float) -> None:
    """The lower score to the left of its mark, the higher one to the right, on white."""
    low, high = sorted(_scores(view))
    for score, side in ((low, -1), (high, 1)):
        text, start = words.score(score), float(score) + side * BESIDE * inch
        left, right = sorted((start, start + side * widest([text], SCORE) * inch))
        draw_bars(axes, [(left - 0.02 * inch, right + 0.02 * inch, place - 0.08, place + 0.08, "white")])
        draw_text(axes, start, place, text, size=SCORE, ha="left" if side > 0 else "right")


def _gap(view: View, words: Words) -> str:
    if view.gap == 0:
        return "เท่ากัน"
    return f"{'IIT' if view.gap > 0 else 'EIT'} สูงกว่า {words.score(abs(view.gap))}"


def _data(found: Sequence[View], chapter: AgencyYearChapter) -> FigureData:
    rows = tuple((view.name, view.internal, view.external, view.gap, chapter.target) for view in found)
    return FigureData(("เรื่อง", *(INSTRUMENT_NAMES[code] for code in MARKERS), "IIT ลบ EIT", chapter.target_name), rows)


def _alt(found: Sequence[View], chapter: AgencyYearChapter) -> str:
    words = chapter.words
    listed = " ".join(
        f"{view.name} IIT {words.score(view.internal)} EIT {words.score(view.external)}" for view in found
    )
    return words.text(f"แผนภูมิจุดคู่เทียบคะแนน IIT กับ EIT ของ{chapter.result.agency.name} {len(found)} เรื่อง {listed}")
