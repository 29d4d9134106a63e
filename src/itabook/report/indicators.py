"""The ten indicators: bars, table, highest and lowest."""

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes

from itabook.domain.figure_data import FigureData, Value
from itabook.domain.results import AgencyYear, Figure, value_of
from itabook.domain.rules import INSTRUMENTS
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Table, Text, chart, table
from itabook.report.drawing import (
    LINE,
    SMALL,
    draw_bars,
    draw_goal,
    draw_scale,
    draw_text,
    draw_uprights,
    scaled_canvas,
    widest,
)
from itabook.report.legend import Key, draw_legend
from itabook.report.notes import figure_note, marked, marks_note
from itabook.report.peers import SPREAD, band_caption, band_keys, draw_peer_bands, peer_bands
from itabook.report.style import INSTRUMENT_INK, bold_rows, footnotes, house_table
from itabook.tokens import INK, INK_3
from itabook.words import INSTRUMENT_NAMES, Words, escape, join

GAP = 0.55
"""Blank between two groups of bars, in bar distances."""
STEP, HEAD, FOOT = 0.252, 0.34, 0.62
"""In inches: from bar to bar; from the top to the first bar; from the last bar to the foot."""
TOP = HEAD - STEP * 0.6
"""Where the scale begins, in inches from the top."""
HALF, TICK, BAND = 0.31, 0.42, 0.45
"""Half the thickness of a bar, half the height of last year's tick and of a band of peers, in bar distances."""
NAME, SCORE = 10.0, 10.0
"""Sizes in points: names of the indicators; scores."""
SCORE_ROOM, CHANGE_ROOM = 0.62, 0.5
"""Widths in inches of the columns of scores and of changes."""
TICKS = range(0, 101, 25)
BAND_PARTS = {part: name for part, name in SPREAD.items() if part != "median"}
"""What the bands of peers show of their scores."""


def indicator_bars(chapter: AgencyYearChapter) -> Chart | Text:
    """Ten indicators in official order, grouped by instrument, with score, change, last year and target."""
    result, words = chapter.result, chapter.words
    if not result.indicators:
        return Text("")
    places = _places(result)
    names = {number: _row_name(result, words, number) for number in places}
    foot = max(places.values()) + STEP * 0.6
    room = SCORE_ROOM + (CHANGE_ROOM if chapter.changes() else 0)
    margin = widest(names.values(), NAME) + 0.14
    bands = peer_bands(chapter)
    under = foot + FOOT - STEP * 0.6 - LINE
    height = under + LINE * (2 if bands else 1)
    figure, axes, inch = scaled_canvas(height, 0, 100, margin=margin, room=room)
    draw_scale(axes, {tick: words.text(tick) for tick in TICKS}, TOP, foot)
    draw_peer_bands(axes, bands, places, BAND * STEP)
    _draw_bars(axes, chapter, places)
    draw_goal(axes, float(chapter.target), TOP, foot, f"{chapter.target_name} {words.short(chapter.target)}")
    for number, place in places.items():
        draw_text(axes, -0.08 * inch, place, names[number], size=NAME, ha="right")
        draw_text(axes, 100 + 0.08 * inch, place, _score(chapter, number), size=SCORE, fontweight="semibold")
    for number, change in chapter.changes().items():
        draw_text(axes, 100 + room * inch, places[number], words.arrow(change), size=SMALL, ha="right", color=INK_3)
    draw_legend(axes, under + LINE / 2, _legend(chapter))
    draw_legend(axes, height - LINE / 2, band_keys(bands))
    return chart(
        figure,
        label=f"fig-{chapter.key}-indicators",
        caption=_bars_caption(chapter) + band_caption(chapter),
        alt=_bars_alt(chapter),
        data=_bars_data(chapter),
    )


def _places(result: AgencyYear) -> dict[int, float]:
    """Where the middle of each bar stands, in inches from the top, a gap between instruments."""
    groups = {instrument: gap * GAP for gap, instrument in enumerate(INSTRUMENTS)}
    lines = {
        indicator.number: indicator.number - 1 + groups[indicator.instrument]
        for indicator in result.rules.indicators
        if indicator.number in result.indicators
    }
    return {number: HEAD + STEP * (line - min(lines.values())) for number, line in lines.items()}


def _row_name(result: AgencyYear, words: Words, number: int) -> str:
    return words.text(f"{number} {result.rules.indicator(number).name}")


def _score(chapter: AgencyYearChapter, number: int) -> str:
    return marked(chapter.result.indicator_figures[number], chapter.words)


def _draw_bars(axes: Axes, chapter: AgencyYearChapter, places: dict[int, float]) -> None:
    result = chapter.result
    ink = {number: INSTRUMENT_INK[result.rules.indicator(number).instrument] for number in places}
    half, tick = HALF * STEP, TICK * STEP
    scores = {number: float(result.indicators[number]) for number in places}
    draw_bars(axes, [(0, scores[n], place - half, place + half, ink[n]) for n, place in places.items()])
    before = chapter.previous.indicators if chapter.previous else {}
    ticks = [(float(before[n]), place - tick, place + tick) for n, place in places.items() if n in before]
    draw_uprights(axes, ticks, ink=INK, width=1.4)


def _legend(chapter: AgencyYearChapter) -> list[Key]:
    keys: list[Key] = [("bar", INSTRUMENT_INK[code], INSTRUMENT_NAMES[code]) for code in INSTRUMENTS]
    if chapter.changes() and chapter.previous:
        keys.append(("tick", INK, chapter.words.text(f"ปี {chapter.previous.fiscal_year}")))
    return keys


def _bars_data(chapter: AgencyYearChapter) -> FigureData:
    """Score of each indicator beside last year's, the target, and what the peers score, as far as they are drawn."""
    result, previous, bands = chapter.result, chapter.previous, peer_bands(chapter)
    changes = chapter.changes()
    columns = ["ตัวชี้วัด", "แบบวัด", "คะแนน", chapter.target_name]
    if changes and previous:
        columns += [f"คะแนนปี {previous.fiscal_year}", "เปลี่ยนแปลง"]
    columns += [f"{name}ของกลุ่ม" for name in BAND_PARTS.values()] if bands else []
    rows = []
    for number, score in result.indicators.items():
        indicator = result.rules.indicator(number)
        row: list[Value] = [f"{number} {indicator.name}", indicator.instrument, score, chapter.target]
        if changes and previous:
            row += [previous.indicators.get(number), changes.get(number)]
        if bands:
            row += [getattr(bands.get(number), part, None) for part in BAND_PARTS]
        rows.append(tuple(row))
    return FigureData(tuple(columns), tuple(rows))


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
    """Highest and lowest indicators in words; that there are none where the report prints none."""
    result, words = chapter.result, chapter.words
    if not result.indicators:
        document = words.document_of(escape(result.agency.name))
        return Text(f"ไม่ปรากฏคะแนนรายตัวชี้วัดใน{document} {words.year(result.fiscal_year)}")
    high, low = extremes(result)
    if result.indicators[high[0]] == result.indicators[low[0]]:
        return Text(f"ทุกตัวชี้วัดได้คะแนนเท่ากันที่ {words.score(result.indicators[high[0]])} คะแนน")
    sentence = (
        f"ตัวชี้วัดที่ได้คะแนนสูงสุดคือ{_named(chapter, high)} ({words.score(result.indicators[high[0]])} คะแนน) "
        f"ตัวชี้วัดที่ได้คะแนนต่ำสุดคือ{_named(chapter, low)} ({words.score(result.indicators[low[0]])} คะแนน)"
    )
    return Text(f"{sentence} ดังแสดงใน[@fig-{chapter.key}-indicators]")


def _named(chapter: AgencyYearChapter, numbers: list[int]) -> str:
    return join(escape(chapter.result.rules.indicator(number).name) for number in numbers)


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
