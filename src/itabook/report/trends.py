"""One agency over the years: lines with the level bands behind them, and the ten indicators as small multiples."""

from collections.abc import Sequence
from decimal import Decimal

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from itabook.domain.results import AgencyYear
from itabook.domain.rules import INSTRUMENTS
from itabook.report.chapter import TrendChapter, level_by_rules
from itabook.report.display import Chart, Text, chart
from itabook.report.style import HAIRLINE, INK, INK_2, INK_3, INSTRUMENT_INK, PANEL, WIDTH, bare
from itabook.report.words import Words, escape

Point = tuple[int, Decimal]
TOTAL = "คะแนนรวม"


def trend_sentence(chapter: TrendChapter) -> Text:
    """First and last total in words, the change within one regime, and where the rules changed."""
    words = chapter.words
    totals = _totals(chapter.years)
    if not totals:
        return Text(f"ไม่ปรากฏคะแนนรวมของ{escape(chapter.agency.name)}")
    (first, was), (last, now) = totals[0], totals[-1]
    if first == last:
        return Text(f"มีคะแนนรวมเพียงปีเดียวคือ{words.year(first)} ({words.score(was)} คะแนน) จึงยังบอกแนวโน้มไม่ได้")
    moved = words.moved(now - was)
    sentences = [
        f"คะแนนรวมของ{escape(chapter.agency.name)} {moved} จาก {words.score(was)} คะแนนใน{words.year(first)} "
        f"เป็น {words.score(now)} คะแนนใน{words.year(last)}"
    ]
    for before, after in zip(chapter.regimes, chapter.regimes[1:], strict=False):
        sentences.append(
            f"เกณฑ์การประเมินเปลี่ยนระหว่างปี {words.text(before[-1].fiscal_year)} กับปี {words.text(after[0].fiscal_year)} "
            "แผนภูมิจึงไม่ลากเส้นเชื่อมสองช่วงนี้"
        )
    gaps = [year.fiscal_year for year in chapter.years if not year.indicators]
    if gaps:
        listed = ", ".join(words.text(year) for year in gaps)
        sentences.append(f"รายงานของปี {listed} ระบุเฉพาะคะแนนรวม")
    return Text(" ".join(sentences))


def _totals(years: Sequence[AgencyYear]) -> list[Point]:
    return [(year.fiscal_year, year.total.value) for year in years if year.total]


def _instrument(years: Sequence[AgencyYear], code: str) -> list[Point]:
    found = [(y.fiscal_year, figure.value) for y in years for c, figure in y.instruments.items() if c == code]
    return sorted(found)


def trend_lines(chapter: TrendChapter) -> Chart | Text:
    """Total heavy, instruments thin and named at the end, level bands of each regime behind, values at the ends."""
    words = chapter.words
    totals = _totals(chapter.years)
    if len(totals) < 2:
        return Text("")
    figure, axes = plt.subplots(figsize=(WIDTH, 3.7), layout="constrained")
    years = [year for year, _ in totals]
    axes.set_xlim(years[0] - 0.75, years[-1] + 0.75)
    low = _lowest(chapter)
    axes.set_ylim(low, 102)
    _draw_bands(axes, chapter, low)
    _draw_lines(axes, chapter)
    axes.set_xticks(years, [words.text(year) for year in years], fontsize=10)
    axes.set_yticks(_ticks(low), [words.text(tick) for tick in _ticks(low)], fontsize=8.5, color=INK_3)
    bare(axes)
    return chart(
        figure,
        label=f"fig-{chapter.key}-total",
        caption=words.text(
            f"คะแนนรวมและคะแนนรายแบบวัดของ{chapter.agency.name} ปีงบประมาณ พ.ศ. {years[0]}–{years[-1]} กับระดับผลการประเมิน"
        ),
        alt=_lines_alt(chapter, totals),
    )


def _lowest(chapter: TrendChapter) -> int:
    """Lower end of the axis: ten points under the lowest value, on a ten."""
    values = [value for _, value in _totals(chapter.years)]
    values += [value for code in INSTRUMENTS for _, value in _instrument(chapter.years, code)]
    return max(0, int((min(values) - 10) // 10) * 10)


def _ticks(low: int) -> list[int]:
    step = 10 if low >= 40 else 20
    return list(range(low, 101, step))


def _regime_limits(chapter: TrendChapter) -> list[tuple[float, float, AgencyYear]]:
    """Left and right end of each regime on the axis, with its last year."""
    first, last = chapter.years[0].fiscal_year - 0.75, chapter.years[-1].fiscal_year + 0.75
    borders = [run[0].fiscal_year - 0.5 for run in chapter.regimes[1:]]
    lefts, rights = [first, *borders], [*borders, last]
    return [(lo, hi, run[-1]) for lo, hi, run in zip(lefts, rights, chapter.regimes, strict=True)]


def _bands(year: AgencyYear) -> list[tuple[str, Decimal, Decimal]]:
    """Name, lower and upper end of each stripe; levels with the same least total share one (ผ่านดี หรือผ่าน).

    None where the levels of the year are not official.
    """
    if not year.rules.levels.official:
        return []
    names: dict[Decimal, list[str]] = {}
    for level in year.rules.levels.levels:
        names.setdefault(level.total_min, []).append(level.name)
    bottoms = list(names)
    tops = [Decimal(100), *bottoms]
    return [(" หรือ".join(names[low]), low, top) for low, top in zip(bottoms, tops, strict=False)]


def _draw_bands(axes: Axes, chapter: TrendChapter, low: int) -> None:
    for left, right, year in _regime_limits(chapter):
        for stripe, (name, bottom, upper) in enumerate(_bands(year)):
            if upper <= low:
                continue
            base = max(float(bottom), low)
            axes.fill_between([left, right], base, float(upper), color=PANEL if stripe % 2 == 0 else "white", lw=0)
            if float(upper) - base >= 2.5:
                place = (right - 0.02, (base + float(upper)) / 2)
                axes.text(*place, name, ha="right", va="center", fontsize=8, color=INK_3)
        if left > chapter.years[0].fiscal_year:
            axes.axvline(left, color=INK_3, linewidth=0.7)
            axes.text(left + 0.02, low, "เกณฑ์เปลี่ยน", fontsize=8, color=INK_2, va="bottom")


def _draw_lines(axes: Axes, chapter: TrendChapter) -> None:
    for code in INSTRUMENTS:
        _draw_series(axes, chapter, [_instrument(run, code) for run in chapter.regimes], INSTRUMENT_INK[code], 1.3)
    _draw_series(axes, chapter, [_totals(run) for run in chapter.regimes], INK, 2.8)
    for side in ("left", "right"):
        _label_ends(axes, _ends(chapter, first=side == "left"), chapter.words, side=side)


def _ends(chapter: TrendChapter, *, first: bool) -> list[tuple[str, str, Point]]:
    """Name, colour and point of each line at its first or last year, only lines that reach that end."""
    series = {code: _instrument(chapter.years, code) for code in INSTRUMENTS}
    named: list[tuple[str, str, list[Point]]] = [
        *((name, INSTRUMENT_INK[name], points) for name, points in series.items()),
        (TOTAL, INK, _totals(chapter.years)),
    ]
    ends = [(name, color, points[0] if first else points[-1]) for name, color, points in named if points]
    year = chapter.years[0 if first else -1].fiscal_year
    return [end for end in ends if end[2][0] == year]


def _draw_series(axes: Axes, chapter: TrendChapter, runs: Sequence[Sequence[Point]], color: str, width: float) -> None:
    for run in runs:
        if run:
            xs, ys = zip(*run, strict=True)
            axes.plot(xs, [float(y) for y in ys], color=color, linewidth=width, marker="o", markersize=3 + width)


def _label_ends(axes: Axes, ends: Sequence[tuple[str, str, Point]], words: Words, *, side: str) -> None:
    """Names and values beside the ends of the lines, moved apart where they would touch."""
    low, high = axes.get_ylim()
    least = (high - low) * 0.055
    placed = low - least
    for name, color, (year, value) in sorted(ends, key=lambda end: end[2][1]):
        placed = max(float(value), placed + least)
        axes.annotate(
            f"{name} {words.score(value)}",
            (year, placed),
            xytext=(8 if side == "right" else -8, 0),
            textcoords="offset points",
            color=color,
            fontsize=9,
            va="center",
            ha="left" if side == "right" else "right",
            fontweight="semibold" if name == TOTAL else "regular",
        )


def _lines_alt(chapter: TrendChapter, totals: Sequence[Point]) -> str:
    words = chapter.words
    listed = " ".join(f"ปี {words.text(year)} {words.score(value)} คะแนน" for year, value in totals)
    levels = []
    for year in chapter.years:
        by_rules = level_by_rules(year)
        name = year.printed_level or (by_rules.level.name if by_rules and by_rules.level else "")
        if name:
            levels.append(f"ปี {words.text(year.fiscal_year)} ระดับ {name}")
    return f"แผนภูมิเส้นแสดงคะแนนรวมของ{chapter.agency.name} {listed} {' '.join(levels)}"


def indicator_multiples(chapter: TrendChapter) -> Chart | Text:
    """Ten small charts on one scale, only where at least two years print indicators."""
    words = chapter.words
    years = [year for year in chapter.years if year.indicators]
    if len(years) < 2:
        known = " ".join(words.year(year.fiscal_year) for year in years) or "ปีใด"
        return Text(f"มีคะแนนรายตัวชี้วัดเฉพาะ{known} จึงยังไม่มีแนวโน้มรายตัวชี้วัดให้แสดง")
    figure, grid = plt.subplots(5, 2, figsize=(WIDTH, 6.2), layout="constrained", sharex=True, sharey=True)
    panels = list(grid.flat)
    for axes, indicator in zip(panels, years[-1].rules.indicators, strict=False):
        runs = [
            [(y.fiscal_year, y.indicators[indicator.number]) for y in run if indicator.number in y.indicators]
            for run in chapter.regimes
        ]
        _draw_series(axes, chapter, runs, INSTRUMENT_INK[indicator.instrument], 1.8)
        _label_points(axes, [point for run in runs for point in run], words)
        axes.set_title(words.text(f"{indicator.number} {indicator.name}"), loc="left", fontsize=8.5, color=INK)
        axes.axhline(float(years[-1].rules.levels.pass_mark), color=INK_3, linewidth=0.7, linestyle=(0, (2, 2)))
        for left, _, _ in _regime_limits(chapter)[1:]:
            axes.axvline(left, color=HAIRLINE, linewidth=0.8)
        bare(axes)
    numbers = [year.fiscal_year for year in years]
    panels[0].set_xlim(numbers[0] - 0.5, numbers[-1] + 0.5)
    panels[0].set_ylim(_lowest(chapter), 112)
    panels[0].set_yticks([])
    for axes in panels[8:]:
        axes.set_xticks(numbers, [words.text(number) for number in numbers], fontsize=8.5)
        axes.tick_params(labelbottom=True)
    target = words.short(years[-1].rules.levels.pass_mark)
    return chart(
        figure,
        label=f"fig-{chapter.key}-indicators",
        caption=f"คะแนนสิบตัวชี้วัดของ{chapter.agency.name} รายปี เส้นประคือ {target} คะแนน",
        alt=_multiples_alt(chapter, years),
    )


def _label_points(axes: Axes, points: Sequence[Point], words: Words) -> None:
    for year, value in (points[0], points[-1]) if len(points) > 1 else points:
        axes.annotate(
            words.score(value),
            (year, float(value)),
            xytext=(0, 5),
            textcoords="offset points",
            ha="center",
            fontsize=8,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )


def _multiples_alt(chapter: TrendChapter, years: Sequence[AgencyYear]) -> str:
    words, first, last = chapter.words, years[0], years[-1]
    changes = {n: last.indicators[n] - first.indicators[n] for n in last.indicators if n in first.indicators}
    up, down = max(changes, key=lambda n: changes[n]), min(changes, key=lambda n: changes[n])
    name = last.rules.indicator
    return (
        f"แผนภูมิเส้นขนาดเล็กสิบภาพ ปี {words.text(first.fiscal_year)} ถึง {words.text(last.fiscal_year)} "
        f"{name(up).name} {words.moved(changes[up])} {name(down).name} {words.moved(changes[down])}"
    )
