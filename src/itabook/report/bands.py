"""The place of the total in the bands of the levels."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from itabook.domain.bands import Band, bands
from itabook.domain.figure_data import FigureData, Value
from itabook.domain.results import Figure
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Text, chart
from itabook.report.drawing import SMALL, Bar, canvas, draw_bars, draw_marks, draw_text, draw_uprights, widest
from itabook.report.headline import level_name, tested_scores
from itabook.report.notes import marked, marks_note
from itabook.report.style import WIDTH
from itabook.tokens import INK, INK_2, INK_3, PANEL
from itabook.words import after_thai, join

HEIGHT, FOOT, STEP = 0.38, 0.38, 0.18
"""In inches: of the band; of what stands under it; from one line of text to the next."""
LABEL = 32
"""Room for a label beside its mark, in points of the score."""
BESIDE = 13
"""Room for the name of the best level beside its band, where the band is too narrow for it."""
GREYS = (PANEL, "#E1E7ED")


@dataclass(frozen=True, slots=True)
class Mark:
    """A score to point at, and how it is said."""

    said: str
    value: float
    marker: str
    ink: str
    heavy: bool = False


def level_band(chapter: AgencyYearChapter) -> Chart | Text:
    """The total in the bands of the year's levels, beside last year's total, the national mean and the target."""
    result = chapter.result
    year = chapter.words.year(result.fiscal_year)
    if not result.rules.levels.official:
        return Text(f"เกณฑ์ระดับผลการประเมินของ{year} ยังไม่มีแหล่งยืนยัน จึงไม่แสดงช่วงคะแนนของแต่ละระดับ")
    if result.total is None:
        return Text(f"ไม่ปรากฏคะแนนรวมใน{year} จึงไม่แสดงตำแหน่งในช่วงคะแนนของแต่ละระดับ")
    marks = _marks(chapter, result.total)
    top = 0.15 + STEP * len(marks)
    beside = BESIDE if _best_is_wide(bands(result.rules.levels)) else 2
    figure, axes = canvas(top + HEIGHT + FOOT, left=-0.5, right=100 + beside)
    _draw_bands(axes, chapter, top)
    _draw_bounds(axes, chapter, top)
    for place, mark in enumerate(marks, start=1):
        _draw_mark(axes, mark, top, top - 0.02 - STEP * place)
    return chart(
        figure,
        label=f"fig-{chapter.key}-bands",
        caption=_caption(chapter),
        alt=_alt(chapter, result.total, marks),
        data=_data(chapter, result.total),
    )


def _marks(chapter: AgencyYearChapter, total: Figure) -> list[Mark]:
    """What the band points at, lowest first, so that no line to a higher label runs through a lower one."""
    words, previous, mean = chapter.words, chapter.previous, chapter.national_mean
    marks = [_total(chapter, chapter.result.fiscal_year, total, now=True)]
    if previous and previous.total:
        marks.append(_total(chapter, previous.fiscal_year, previous.total, now=False))
    if mean and mean.value is not None:
        marks.append(Mark(f"ค่าเฉลี่ยประเทศ {words.score(mean.value)}", float(mean.value), "|", INK_2))
    return sorted(marks, key=lambda mark: mark.value)


def _total(chapter: AgencyYearChapter, year: int, figure: Figure, *, now: bool) -> Mark:
    words = chapter.words
    said = f"คะแนนรวม {marked(figure, words)} (ปี {words.text(year)})"
    return Mark(said, float(figure.value), "v", INK if now else "white", heavy=now)


def _best_is_wide(drawn: Sequence[Band]) -> bool:
    """Whether the name of the best level is too wide for its band: more than a letter for two points."""
    best = drawn[-1]
    return max(len(level.name) for level in best.levels) * 2 > best.high - best.low


def _draw_bands(axes: Axes, chapter: AgencyYearChapter, top: float) -> None:
    """A rectangle for each level; those of one band stand on each other, the level of the agency is dark."""
    drawn = bands(chapter.result.rules.levels)
    own, _ = level_name(chapter)
    bars: list[Bar] = []
    for place, band in enumerate(drawn):
        low, high, height = float(band.low), float(band.high), HEIGHT / len(band.levels)
        outside = band is drawn[-1] and _best_is_wide(drawn)
        for row, level in enumerate(band.levels):
            upper, dark = top + row * height, level.name == own
            bars.append((low, high, upper, upper + height, INK_2 if dark else GREYS[place % 2]))
            draw_text(
                axes, 101 if outside else (low + high) / 2, upper + height / 2, level.name, size=9,
                ha="left" if outside else "center", fontweight="semibold" if dark else "normal",
                color="white" if dark and not outside else INK,
            )  # fmt: skip
    draw_bars(axes, bars, edge="white")


def _draw_bounds(axes: Axes, chapter: AgencyYearChapter, top: float) -> None:
    """The scores between the bands, the target by its name, and what else the levels ask for."""
    words, target, foot = chapter.words, chapter.target, top + HEIGHT
    drawn = bands(chapter.result.rules.levels)
    for score in {*(band.low for band in drawn), drawn[-1].high, target}:
        draw_text(
            axes, float(score), foot + 0.11, words.short(score), size=SMALL, color=INK_2,
            ha="left" if score == 0 else "center", fontweight="semibold" if score == target else "normal",
        )  # fmt: skip
    draw_text(axes, 0, foot + 0.27, _condition(chapter), size=SMALL, color=INK_2)
    draw_text(axes, float(target), foot + 0.27, chapter.target_name, size=SMALL, ha="center")
    axes.plot([float(target)] * 2, [foot + 0.04, top - 0.06], color=INK, linewidth=1.2, linestyle=(0, (2, 2)))


def _draw_mark(axes: Axes, mark: Mark, top: float, middle: float) -> None:
    """A mark on the band, a line up from it, and its label beside the line, to the left where there is room."""
    left, (size, weight, ink) = mark.value >= LABEL, (10, "semibold", INK) if mark.heavy else (9, "normal", INK_2)
    draw_uprights(axes, [(mark.value, middle - 0.05, top)], ink=INK_3, width=0.7)
    draw_marks(axes, [(mark.value, top - 0.055, mark.marker, 49, mark.ink, INK)], width=1.1)
    place, (first, last) = mark.value + (-0.8 if left else 0.8), axes.get_xlim()
    wide = widest([mark.said], size, weight) * (last - first) / WIDTH
    start = place - wide if left else place
    draw_bars(axes, [(start, start + wide, middle - 0.08, middle + 0.08, "white")])  # over lines that pass behind
    draw_text(axes, place, middle, mark.said, size=size, ha="right" if left else "left", fontweight=weight, color=ink)


def _condition(chapter: AgencyYearChapter) -> str:
    """What some levels ask for besides the total; empty in years whose levels ask for the total only."""
    rules, words = chapter.result.rules, chapter.words
    asked = {level.name: level.instrument_min for level in rules.levels.levels if level.instrument_min is not None}
    if not asked:
        return ""
    least = after_thai(join(words.short(points) for points in asked.values()))
    return f"{join(asked)}: {tested_scores(chapter)} ต้องถึง{least} ด้วย"


def _data(chapter: AgencyYearChapter, total: Figure) -> FigureData:
    """The scores that the band points at, then the levels with their ends, the lowest first."""
    result, previous, mean = chapter.result, chapter.previous, chapter.national_mean
    rows: list[tuple[Value, ...]] = [(f"คะแนนรวม ปี {result.fiscal_year}", total.value, None, None)]
    if previous and previous.total:
        rows.append((f"คะแนนรวม ปี {previous.fiscal_year}", previous.total.value, None, None))
    if mean and mean.value is not None:
        rows.append(("ค่าเฉลี่ยประเทศ", mean.value, None, None))
    rows.append((chapter.target_name, chapter.target, None, None))
    levels = ((level, band) for band in bands(result.rules.levels) for level in band.levels)
    rows += [(f"ระดับ {level.name}", None, band.low, band.high) for level, band in levels]
    return FigureData(("รายการ", "คะแนน", "ตั้งแต่", "ถึง"), tuple(rows))


def _caption(chapter: AgencyYearChapter) -> str:
    result, words, previous = chapter.result, chapter.words, chapter.previous
    said = f"คะแนนรวมในช่วงคะแนนของแต่ละระดับ {words.year(result.fiscal_year)}"
    if previous and previous.total and previous.rules.levels.names != result.rules.levels.names:
        said += words.text(f" ระดับของปี {previous.fiscal_year} ใช้เกณฑ์ชุดอื่น")
    figures = [(f"คะแนนรวมปี {year.fiscal_year}", year.total) for year in (result, previous) if year]
    return said + marks_note(figures, words)


def _alt(chapter: AgencyYearChapter, total: Figure, marks: Sequence[Mark]) -> str:
    result, words = chapter.result, chapter.words
    own, _ = level_name(chapter)
    drawn = [(join(level.name for level in band.levels), words.short(band.low)) for band in bands(result.rules.levels)]
    levels = " ".join(f"{name} ตั้งแต่ {low}" for name, low in drawn)
    others = " ".join(mark.said for mark in marks if not mark.heavy)
    place = f" อยู่ในระดับ{after_thai(own)}" if own else ""
    return (
        f"แถบช่วงคะแนนของแต่ละระดับ {levels} คะแนนรวม{words.year(result.fiscal_year)} "
        f"เท่ากับ {words.score(total.value)}{place} "
        f"{chapter.target_name} {words.short(chapter.target)} {others} {_condition(chapter)}"
    ).strip()
