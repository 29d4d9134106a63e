"""The view from inside against the view from outside, on the topics that IIT and EIT both ask."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from itabook.domain.views import View, views
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Text, chart
from itabook.report.style import HAIRLINE, INK, INK_2, INK_3, INSTRUMENT_INK, WIDTH, bare
from itabook.words import INSTRUMENT_NAMES, Words, escape, join

MARKERS = {"IIT": "o", "EIT": "D"}
ROW = 0.45
LABEL, COLUMN = 0.17, 0.2
"""Room that a score beside its mark takes, and where the gaps stand, in lengths of the axis."""
SHOWN = 20
"""So many topics fit in one chart; of more, those with the widest gaps are drawn."""


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
    return f" เรื่องที่คะแนนต่างกันมากที่สุด คือต่างกัน {words.score(widest)} คะแนน ได้แก่ {named}"


def view_dumbbell(chapter: AgencyYearChapter) -> Chart | Text:
    """A disc for IIT and a diamond for EIT on each topic, with the points between them."""
    found, words = _drawn(views(chapter.result)), chapter.words
    if not found:
        return Text("")
    figure, axes = plt.subplots(figsize=(WIDTH, ROW * len(found) + 1.15), layout="constrained")
    low = _floor(found)
    for place, view in enumerate(found):
        _draw(axes, place, view, words)
        axes.text(100 + COLUMN * (100 - low), place, _gap(view, words), va="center", fontsize=9, color=INK_2)
    target = float(chapter.target)
    if low < target:
        axes.axvline(target, color=INK, linewidth=1, linestyle=(0, (2, 2)), zorder=1)
        name = f"{chapter.target_name} {words.short(chapter.target)}"
        axes.text(target, -0.75, name, fontsize=8.5, ha="center", va="bottom")
    axes.set_yticks(range(len(found)), [words.text(view.name) for view in found], fontsize=10)
    axes.set_ylim(len(found) - 0.4, -0.7)
    step = 5 if low >= 70 else 10 if low >= 50 else 25
    ticks = range(low, 101, step)
    axes.set_xticks(ticks, [words.text(tick) for tick in ticks], fontsize=8.5)
    least = float(min(min(view.internal, view.external) for view in found))
    axes.set_xlim(min(low, least - LABEL * (100 - low)), 100 + (100 - low) * 0.65)
    axes.grid(axis="x", color=HAIRLINE, linewidth=0.5)
    axes.set_axisbelow(True)
    bare(axes)
    figure.legend(handles=_legend(), loc="outside lower left", ncols=2, frameon=False, fontsize=9)
    only = f" เฉพาะ {words.count(len(found))} เรื่องที่ต่างกันมากที่สุด" if len(found) < len(views(chapter.result)) else ""
    year = words.year(chapter.result.fiscal_year)
    start = f" แกนคะแนนเริ่มที่ {words.count(low)}" if low else ""
    return chart(
        figure,
        label=f"fig-{chapter.key}-views",
        caption=f"คะแนนของเรื่องที่แบบวัด IIT และ EIT ถามตรงกัน {year}{only}{start}",
        alt=_alt(found, chapter),
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


def _draw(axes: Axes, place: int, view: View, words: Words) -> None:
    ends = {"IIT": view.internal, "EIT": view.external}
    axes.plot([float(end) for end in ends.values()], [place, place], color=INK_3, linewidth=2, zorder=2)
    lower = "IIT" if view.internal < view.external else "EIT"
    for code, score in ends.items():
        axes.plot(float(score), place, MARKERS[code], color=INSTRUMENT_INK[code], markersize=8, zorder=3)
        beside = (-8, "right") if code == lower else (8, "left")
        axes.annotate(
            words.score(score), (float(score), place), xytext=(beside[0], 0), textcoords="offset points",
            ha=beside[1], va="center", fontsize=9, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip


def _gap(view: View, words: Words) -> str:
    if view.gap == 0:
        return "เท่ากัน"
    return f"{'IIT' if view.gap > 0 else 'EIT'} สูงกว่า {words.score(abs(view.gap))}"


def _legend() -> list[Line2D]:
    return [
        Line2D([], [], color=INSTRUMENT_INK[code], marker=MARKERS[code], markersize=8, linestyle="none", label=name)
        for code, name in INSTRUMENT_NAMES.items()
        if code in MARKERS
    ]


def _alt(found: Sequence[View], chapter: AgencyYearChapter) -> str:
    words = chapter.words
    listed = " ".join(
        f"{view.name} IIT {words.score(view.internal)} EIT {words.score(view.external)}" for view in found
    )
    return words.text(f"แผนภูมิจุดคู่เทียบคะแนน IIT กับ EIT ของ{chapter.result.agency.name} {len(found)} เรื่อง {listed}")
