"""The ten indicators: bars, table, highest and lowest."""

from collections.abc import Iterator
from decimal import Decimal

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from itabook.domain.results import AgencyYear, Figure, value_of
from itabook.domain.rules import INSTRUMENTS
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Table, Text, chart, table
from itabook.report.notes import figure_note, marked, marks_note
from itabook.report.style import (
    HAIRLINE,
    INK,
    INK_3,
    INSTRUMENT_INK,
    WIDTH,
    bare,
    bold_rows,
    footnotes,
    house_table,
    points_axis,
)  # fmt: skip
from itabook.words import INSTRUMENT_NAMES, Words, escape, join

GAP = 0.55
"""Blank between two groups of bars, in bar distances."""


def indicator_bars(chapter: AgencyYearChapter) -> Chart | Text:
    """Ten indicators in official order, grouped by instrument, with score, change, last year and target."""
    result, words = chapter.result, chapter.words
    if not result.indicators:
        return Text("")
    figure, axes = plt.subplots(figsize=(WIDTH, 3.5), layout="constrained")
    positions = _positions(result)
    _draw_bars(axes, chapter, positions)
    _draw_target(axes, chapter)
    axes.set_yticks(list(positions.values()))
    axes.set_yticklabels([_row_name(result, words, number) for number in positions], fontsize=10)
    axes.set_ylim(max(positions.values()) + 0.7, -0.75)
    points_axis(axes, [words.text(tick) for tick in range(0, 101, 25)], size=8.5, room=31 if chapter.changes() else 16)
    axes.grid(axis="x", color=HAIRLINE, linewidth=0.5)
    axes.set_axisbelow(True)
    bare(axes)
    figure.legend(handles=_legend(chapter), loc="outside lower left", ncols=4, frameon=False, fontsize=9)
    return chart(
        figure,
        label=f"fig-{chapter.key}-indicators",
        caption=_bars_caption(chapter),
        alt=_bars_alt(chapter),
    )


def _positions(result: AgencyYear) -> dict[int, float]:
    """Where each indicator stands from top to bottom, a gap between instruments."""
    groups = {instrument: gap * GAP for gap, instrument in enumerate(INSTRUMENTS)}
    return {
        indicator.number: indicator.number - 1 + groups[indicator.instrument]
        for indicator in result.rules.indicators
        if indicator.number in result.indicators
    }


def _row_name(result: AgencyYear, words: Words, number: int) -> str:
    return words.text(f"{number} {result.rules.indicator(number).name}")


def _draw_bars(axes: Axes, chapter: AgencyYearChapter, positions: dict[int, float]) -> None:
    result, words, changes = chapter.result, chapter.words, chapter.changes()
    before = chapter.previous.indicators if chapter.previous else {}
    for number, position in positions.items():
        score = result.indicators[number]
        ink = INSTRUMENT_INK[result.rules.indicator(number).instrument]
        axes.barh(position, float(score), height=0.62, color=ink)
        shown = marked(result.indicator_figures[number], words)
        axes.text(102, position, shown, va="center", fontweight="semibold", fontsize=10)
        if number in before:
            axes.plot([float(before[number])] * 2, [position - 0.42, position + 0.42], color=INK, linewidth=1.4)
            axes.text(
                131,
                position,
                words.arrow(changes[number]),
                va="center",
                ha="right",
                fontsize=8.5,
                color=INK_3,
            )


def _draw_target(axes: Axes, chapter: AgencyYearChapter) -> None:
    target = float(chapter.target)
    axes.axvline(target, color=INK, linewidth=1, linestyle=(0, (2, 2)))
    label = f"{chapter.target_name} {chapter.words.short(chapter.target)}"
    axes.annotate(
        label, (target, 1), xycoords=("data", "axes fraction"), xytext=(0, 2), textcoords="offset points",
        ha="center", va="bottom", fontsize=8.5,
    )  # fmt: skip


def _legend(chapter: AgencyYearChapter) -> list[Patch | Line2D]:
    handles: list[Patch | Line2D] = [
        Patch(color=INSTRUMENT_INK[code], label=INSTRUMENT_NAMES[code]) for code in INSTRUMENTS
    ]
    if chapter.changes() and chapter.previous:
        year = chapter.words.text(f"ปี {chapter.previous.fiscal_year}")
        handles.append(Line2D([], [], color=INK, marker="|", markersize=9, linestyle="none", label=year))
    return handles


def _bars_caption(chapter: AgencyYearChapter) -> str:
    year = chapter.words.year(chapter.result.fiscal_year)
    compared = "ปีก่อนหน้าและ" if chapter.changes() else ""
    marks = marks_note(_named_figures(chapter), chapter.words)
    return f"คะแนนรายตัวชี้วัด {year} เทียบกับ{compared}{chapter.target_name}{marks}"


def _named_figures(chapter: AgencyYearChapter) -> Iterator[tuple[str, Figure]]:
    """Each indicator by what a caption calls it."""
    return ((f"ตัวชี้วัดที่\u00a0{number}", figure) for number, figure in chapter.result.indicator_figures.items())


def _bars_alt(chapter: AgencyYearChapter) -> str:
    result, words = chapter.result, chapter.words
    high, low = extremes(result)
    below = [number for number, score in result.indicators.items() if score < chapter.target]
    names = result.rules.indicator
    count = words.count(len(below))
    goal = f"{chapter.target_name} {words.short(chapter.target)} คะแนน"
    return (
        f"แผนภูมิแท่งแนวนอนแสดงคะแนน {words.count(len(result.indicators))} ตัวชี้วัดของ{result.agency.name} "
        f"{words.year(result.fiscal_year)} สูงสุดคือ{names(high[0]).name} {words.score(result.indicators[high[0]])} "
        f"ต่ำสุดคือ{names(low[0]).name} {words.score(result.indicators[low[0]])} "
        f"ต่ำกว่า{goal} {count} ตัวชี้วัด{marks_note(_named_figures(chapter), words)}"
    )


def extremes(result: AgencyYear) -> tuple[list[int], list[int]]:
    """Numbers of the indicators with the highest and with the lowest score; several where they tie."""
    scores = result.indicators
    best, worst = max(scores.values()), min(scores.values())
    return [n for n, s in scores.items() if s == best], [n for n, s in scores.items() if s == worst]


def ranking(chapter: AgencyYearChapter) -> Text:
    """Highest and lowest indicators, and those under the target, in words."""
    result, words = chapter.result, chapter.words
    if not result.indicators:
        return Text("")
    high, low = extremes(result)
    if result.indicators[high[0]] == result.indicators[low[0]]:
        return Text(f"ทุกตัวชี้วัดได้คะแนนเท่ากันที่ {words.score(result.indicators[high[0]])} คะแนน")
    sentence = (
        f"ตัวชี้วัดที่ได้คะแนนสูงสุดคือ{_named(chapter, high)} ({words.score(result.indicators[high[0]])} คะแนน) "
        f"ตัวชี้วัดที่ได้คะแนนต่ำสุดคือ{_named(chapter, low)} ({words.score(result.indicators[low[0]])} คะแนน)"
    )
    return Text(f"{sentence} {_below_sentence(chapter)} ดังแสดงใน[@fig-{chapter.key}-indicators]")


def _named(chapter: AgencyYearChapter, numbers: list[int]) -> str:
    return join(escape(chapter.result.rules.indicator(number).name) for number in numbers)


def _below_sentence(chapter: AgencyYearChapter) -> str:
    words = chapter.words
    below = [number for number, score in chapter.result.indicators.items() if score < chapter.target]
    goal = f"{chapter.target_name} {words.short(chapter.target)} คะแนน"
    if not below:
        return f"ทุกตัวชี้วัดได้คะแนนถึง{goal}"
    if len(below) == len(chapter.result.indicators):
        return f"ทุกตัวชี้วัดได้คะแนนต่ำกว่า{goal}"
    return f"ตัวชี้วัดที่ได้คะแนนต่ำกว่า{goal}มี {words.count(len(below))} ตัวชี้วัด ได้แก่ {_named(chapter, below)}"


def indicator_table(chapter: AgencyYearChapter) -> Table | Text:
    """Indicators in official order with the score of each instrument and the total, against the target."""
    result, words = chapter.result, chapter.words
    if not result.indicators:
        return Text("")
    rows, bold, notes = _table_rows(chapter)
    built = house_table(
        pd.DataFrame(rows),
        {"name": "ตัวชี้วัด", "score": "คะแนน", "gap": f"ส่วนต่างจาก{chapter.target_name}"},
        numbers=("score", "gap"),
    )
    built = footnotes(built, notes).tab_source_note(_weights_note(result, words))
    return table(
        bold_rows(built, bold),
        label=f"tbl-{chapter.key}-indicators",
        caption=f"คะแนนรายตัวชี้วัดและแบบวัด {words.year(result.fiscal_year)}",
    )


def _table_rows(
    chapter: AgencyYearChapter,
) -> tuple[list[dict[str, str]], list[int], list[tuple[str, int, str]]]:
    """Rows of the table, which of them are heavy, and the notes on their scores."""
    result, words = chapter.result, chapter.words
    rows: list[dict[str, str]] = []
    bold: list[int] = []
    notes: list[tuple[str, int, str]] = []

    def add(name: str, score: Decimal | None, *, heavy: bool = False, note: str = "") -> None:
        if heavy:
            bold.append(len(rows))
        if note:
            notes.append(("score", len(rows), note))
        gap = None if score is None else score - chapter.target
        rows.append({"name": name, "score": words.score(score), "gap": words.signed(gap)})

    for instrument in INSTRUMENTS:
        for indicator in result.rules.of_instrument(instrument):
            score = result.indicator_figures.get(indicator.number)
            add(_row_name(result, words, indicator.number), value_of(score), note=figure_note(score, words))
        figure = result.instruments.get(instrument)
        add(f"เฉลี่ย {INSTRUMENT_NAMES[instrument]}", value_of(figure), heavy=True, note=figure_note(figure, words))
    add("คะแนนรวม", value_of(result.total), heavy=True, note=figure_note(result.total, words))
    return rows, bold, notes


def _weights_note(result: AgencyYear, words: Words) -> str:
    weights = result.rules.weights
    if not weights.official:
        return "น้ำหนักของแบบวัดในปีนี้ยังไม่มีแหล่งยืนยัน"
    parts = " ".join(f"{code} ร้อยละ {words.short(weights.of(code) * 100)}" for code in INSTRUMENTS)
    return f"คะแนนรวมถ่วงน้ำหนัก {parts}"
