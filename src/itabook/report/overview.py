"""The agency-years of a book side by side."""

from decimal import Decimal

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from itabook.domain.figure_data import FigureData
from itabook.domain.results import AgencyYear, value_of
from itabook.domain.rules import INSTRUMENTS
from itabook.report.chapter import ComparisonChapter, level_by_rules
from itabook.report.display import Chart, Table, Text, chart, table
from itabook.report.notes import figure_note, marked, marks_note
from itabook.report.style import WIDTH, footnotes, house_table
from itabook.tokens import HEADING, INK, PANEL, SOFT
from itabook.words import Words, escape

HEAT = LinearSegmentedColormap.from_list("itabook", [PANEL, SOFT, HEADING])
"""Light to dark in one hue: order survives black-and-white printing."""
DARK = 70
"""From this score on, white text stands out from the cell; under it, dark text."""


def _column_head(result: AgencyYear, words: Words) -> str:
    """Short name and year over a narrow column: one word a line."""
    return words.text("\n".join((*result.agency.short.split(), str(result.fiscal_year))))


def overview_sentence(chapter: ComparisonChapter) -> Text:
    """Highest and lowest total of the book, and how to read the comparison."""
    words = chapter.words
    totals = [(result, result.total.value) for result in chapter.results if result.total]
    if not totals:
        return Text("ยังไม่มีคะแนนรวมให้เปรียบเทียบ")
    if len(totals) == 1:
        return Text(f"บทนี้มีคะแนนรวมเพียงรายการเดียว จึงยังไม่มีข้อเปรียบเทียบ ดัง[@tbl-{chapter.key}-totals]")
    best, worst = max(totals, key=lambda pair: pair[1]), min(totals, key=lambda pair: pair[1])

    def named(pair: tuple[AgencyYear, Decimal]) -> str:
        result, value = pair
        return f"{escape(result.agency.name)} {words.year(result.fiscal_year)} ({words.score(value)} คะแนน)"

    return Text(
        f"บทนี้วางผลการประเมิน {words.count(len(chapter.results))} รายการไว้ข้างกัน คะแนนรวมสูงสุดคือ{named(best)} "
        f"และต่ำสุดคือ{named(worst)} ผลของหน่วยงานต่างประเภทและต่างปีใช้เกณฑ์ต่างกันบางส่วน "
        f"จึงใช้ดูภาพรวม ไม่ใช้จัดอันดับ ดัง[@fig-{chapter.key}-heat] และ[@tbl-{chapter.key}-totals]"
    )


def overview_heatmap(chapter: ComparisonChapter) -> Chart:
    """Ten indicators by agency-year as a heat table; what is not printed stays blank and is marked."""
    import seaborn as sns  # noqa: PLC0415 - no other chart needs it, and it takes long to load

    words, results = chapter.words, chapter.results
    rules = results[-1].rules
    values = [
        [float(score) if (score := result.indicators.get(i.number)) is not None else np.nan for result in results]
        for i in rules.indicators
    ]
    labels = [[marked(result.indicator_figures.get(i.number), words) for result in results] for i in rules.indicators]
    frame = pd.DataFrame(
        values,
        index=[words.text(f"{i.number} {i.name}") for i in rules.indicators],
        columns=[_column_head(result, words) for result in results],
    )
    figure = Figure(figsize=(WIDTH, 4.3), layout="constrained")
    axes = figure.subplots()
    sns.heatmap(
        frame, ax=axes, cmap=HEAT, vmin=0, vmax=100, cbar=False, linewidths=1.5, linecolor="white",
    )  # fmt: skip
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            ink = "white" if value >= DARK else INK
            place = (column + 0.5, row + 0.5)
            axes.text(*place, labels[row][column], ha="center", va="center", fontsize=9.5, color=ink)
    axes.tick_params(length=0, labelsize=9)
    axes.xaxis.tick_top()
    axes.set_xticklabels(axes.get_xticklabels(), rotation=0)
    axes.set_yticklabels(axes.get_yticklabels(), rotation=0)
    axes.set_ylabel("")
    return chart(
        figure,
        label=f"fig-{chapter.key}-heat",
        caption="คะแนนสิบตัวชี้วัดของหน่วยงานและปีในหนังสือเล่มนี้ สีที่ตัดกับพื้นมากคือคะแนนสูง ขีดคือไม่ปรากฏในรายงาน" + _heat_marks(chapter),
        alt=_heat_alt(chapter),
        data=_heat_data(chapter),
    )


def _heat_data(chapter: ComparisonChapter) -> FigureData:
    results = chapter.results
    rows = tuple(
        (f"{indicator.number} {indicator.name}", *(result.indicators.get(indicator.number) for result in results))
        for indicator in results[-1].rules.indicators
    )
    return FigureData(("ตัวชี้วัด", *(f"{result.agency.short} {result.fiscal_year}" for result in results)), rows)


def _heat_marks(chapter: ComparisonChapter) -> str:
    """What the marks of the heat table mean."""
    named = (
        (f"ตัวชี้วัดที่\u00a0{number} {result.agency.short} {result.fiscal_year}", figure)
        for result in chapter.results
        for number, figure in result.indicator_figures.items()
    )
    return marks_note(named, chapter.words)


def _heat_alt(chapter: ComparisonChapter) -> str:
    words = chapter.words
    cells = [
        (score, result, result.rules.indicator(number).name)
        for result in chapter.results
        for number, score in result.indicators.items()
    ]
    if not cells:
        return "ตารางสีของสิบตัวชี้วัด ไม่ปรากฏคะแนนในรายงาน"
    low = min(cells, key=lambda cell: cell[0])
    full = sum(score == 100 for score, _, _ in cells)
    blank = sum(not result.indicators for result in chapter.results)
    return (
        f"ตารางสีแสดงคะแนนสิบตัวชี้วัด {words.count(len(chapter.results))} รายการ ต่ำสุดคือ{low[2]}ของ{low[1].agency.name} "
        f"{words.year(low[1].fiscal_year)} {words.score(low[0])} คะแนน ได้คะแนนเต็ม {words.count(full)} ช่อง "
        f"ไม่ปรากฏคะแนนรายตัวชี้วัด {words.count(blank)} รายการ"
    )


def overview_table(chapter: ComparisonChapter) -> Table:
    """Instruments, total and level of each agency-year."""
    words = chapter.words
    rows: list[dict[str, str]] = []
    notes: list[tuple[str, int, str]] = []
    for result in chapter.results:
        total, by_rules = result.total, level_by_rules(result)
        instruments = {code: result.instruments.get(code) for code in INSTRUMENTS}
        for column, figure in (*instruments.items(), ("total", total)):
            if note := figure_note(figure, words):
                notes.append((column, len(rows), note))
        if not result.printed_level and by_rules and by_rules.level:
            notes.append(("level", len(rows), "เทียบตามเกณฑ์ของปี ไม่ปรากฏในรายงาน"))
        rows.append(
            {
                "name": result.agency.name,
                "year": words.text(result.fiscal_year),
                **{code: words.score(value_of(figure)) for code, figure in instruments.items()},
                "total": words.score(value_of(total)),
                "level": result.printed_level or (by_rules.level.name if by_rules and by_rules.level else "–"),
            }
        )
    labels = {"name": "หน่วยงาน", "year": "ปี", "total": "คะแนนรวม", "level": "ระดับ"}
    built = house_table(pd.DataFrame(rows), labels, numbers=(*INSTRUMENTS, "total"))
    return table(
        footnotes(built, notes),
        label=f"tbl-{chapter.key}-totals",
        caption="คะแนนรายแบบวัด คะแนนรวม และระดับผลการประเมิน",
    )
