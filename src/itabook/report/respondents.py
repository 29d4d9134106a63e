"""Who answered: age, education and type of contact, by sex, EIT and IIT side by side."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from itabook.domain.facts import RespondentCount
from itabook.domain.results import AgencyYear
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Table, Text, chart, table
from itabook.report.style import HAIRLINE, INK_2, INK_3, SEX_INK, WIDTH, bare, bold_rows, house_table
from itabook.words import Words, escape, join

DIMENSIONS = {"age": "อายุ", "education": "ระดับการศึกษา", "contact": "การติดต่อหน่วยงาน"}
SEXES = {"female": "หญิง", "male": "ชาย", "other": "อื่น ๆ"}
INSTRUMENTS = {"EIT": "ผู้รับบริการภายนอก (EIT)", "IIT": "บุคลากรภายใน (IIT)"}


def total_respondents(result: AgencyYear, instrument: str) -> int:
    """Respondents of one instrument: the largest total of its dimensions, 0 where nothing is printed."""
    return max(
        (sum(row.count for row in _rows(result, instrument, dimension)) for dimension in DIMENSIONS),
        default=0,
    )


def _rows(result: AgencyYear, instrument: str, dimension: str) -> list[RespondentCount]:
    return [row for row in result.respondents if (row.instrument, row.dimension) == (instrument, dimension)]


def _categories(result: AgencyYear, dimension: str) -> list[str]:
    """Categories of a dimension in printed order, those of both instruments."""
    rows = [row for instrument in INSTRUMENTS for row in _rows(result, instrument, dimension)]
    return list(dict.fromkeys(row.category for row in rows))


def _count(rows: Sequence[RespondentCount], category: str, sex: str) -> int:
    return sum(row.count for row in rows if (row.category, row.sex) == (category, sex))


def respondent_sentence(chapter: AgencyYearChapter) -> Text:
    """How many answered each instrument, how many women, men and others."""
    result, words = chapter.result, chapter.words
    if not result.respondents:
        return Text("")
    sentences = []
    for instrument, name in INSTRUMENTS.items():
        total = total_respondents(result, instrument)
        if not total:
            continue
        rows = next(rows for d in DIMENSIONS if (rows := _rows(result, instrument, d)))
        sexes = {sex: sum(row.count for row in rows if row.sex == sex) for sex in SEXES}
        parts = join(f"{SEXES[sex]} {words.count(n)} คน" for sex, n in sexes.items() if n or sex != "other")
        sentences.append(f"{escape(name)} ตอบ {words.count(total)} คน เป็น{parts}")
    text = " ".join(sentences)
    return Text(f"{text} รายละเอียดดัง[@fig-{chapter.key}-respondents] และ[@tbl-{chapter.key}-respondents]")


def respondent_bars(chapter: AgencyYearChapter) -> Chart | Text:
    """Stacked bars of counts, one scale for both instruments, empty groups kept."""
    result, words = chapter.result, chapter.words
    if not result.respondents:
        return Text("")
    dimensions = {name: found for name in DIMENSIONS if (found := _categories(result, name))}
    heights = [len(found) + 1.2 for found in dimensions.values()]
    figure, grid = plt.subplots(
        len(dimensions), 2, figsize=(WIDTH, 0.2 * sum(heights) + 0.7), layout="constrained", sharex=True,
        gridspec_kw={"height_ratios": heights}, squeeze=False,
    )  # fmt: skip
    for line, (dimension, categories) in zip(grid, dimensions.items(), strict=True):
        for axes, instrument in zip(line, INSTRUMENTS, strict=True):
            _draw(axes, _rows(result, instrument, dimension), categories, words)
            axes.set_title(_panel_title(result, words, instrument, dimension), loc="left", fontsize=9.5, color=INK_2)
        line[1].set_yticklabels([])
    largest = _largest(result)
    grid[0][0].set_xlim(0, largest * 1.18)
    handles = [Patch(color=SEX_INK[sex], label=name) for sex, name in SEXES.items()]
    figure.legend(handles=handles, loc="outside lower left", ncols=3, frameon=False, fontsize=9)
    return chart(
        figure,
        label=f"fig-{chapter.key}-respondents",
        caption=f"จำนวนผู้ตอบแบบวัดจำแนกตามอายุ ระดับการศึกษา และการติดต่อหน่วยงาน {words.year(result.fiscal_year)}",
        alt=_alt(chapter),
    )


def _panel_title(result: AgencyYear, words: Words, instrument: str, dimension: str) -> str:
    total = sum(row.count for row in _rows(result, instrument, dimension))
    people = f" {words.count(total)} คน" if total else ""
    return f"{instrument} {DIMENSIONS[dimension]}{people}"


def _largest(result: AgencyYear) -> int:
    totals = [
        sum(row.count for row in rows if row.category == category)
        for instrument in INSTRUMENTS
        for dimension in DIMENSIONS
        if (rows := _rows(result, instrument, dimension))
        for category in _categories(result, dimension)
    ]
    return max(totals, default=1)


def _draw(axes: Axes, rows: Sequence[RespondentCount], categories: Sequence[str], words: Words) -> None:
    axes.set_yticks(range(len(categories)), [words.text(name) for name in categories], fontsize=9)
    axes.set_ylim(len(categories) - 0.4, -0.6)
    axes.xaxis.set_visible(False)
    bare(axes)
    if not rows:
        axes.set_yticks([])
        axes.text(0, 0.5, "ไม่ปรากฏในรายงาน", transform=axes.transAxes, fontsize=9, color=INK_3, va="center")
        return
    axes.axvline(0, color=HAIRLINE, linewidth=1)
    for position, category in enumerate(categories):
        left = 0
        for sex in SEXES:
            count = _count(rows, category, sex)
            axes.barh(position, count, left=left, height=0.66, color=SEX_INK[sex], edgecolor="white", linewidth=0.6)
            left += count
        axes.annotate(
            words.count(left),
            (left, position),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
        )


def _alt(chapter: AgencyYearChapter) -> str:
    result, words = chapter.result, chapter.words
    parts = []
    for instrument, name in INSTRUMENTS.items():
        total = total_respondents(result, instrument)
        if not total:
            continue
        peaks = []
        for dimension, title in DIMENSIONS.items():
            rows = _rows(result, instrument, dimension)
            if rows:
                counts = {c: sum(_count(rows, c, sex) for sex in SEXES) for c in _categories(result, dimension)}
                top = max(counts, key=lambda category: counts[category])
                peaks.append(f"{title}ที่มากที่สุดคือ{top} {words.count(counts[top])} คน")
        parts.append(f"{name} {words.count(total)} คน {' '.join(peaks)}")
    return words.text("แผนภูมิแท่งซ้อนแยกเพศของผู้ตอบแบบวัด " + " ส่วน".join(parts))


def respondent_table(chapter: AgencyYearChapter) -> Table | Text:
    """Counts by category and sex, both instruments side by side, with totals of each dimension."""
    result, words = chapter.result, chapter.words
    if not result.respondents:
        return Text("")
    rows: list[dict[str, str]] = []
    bold: list[int] = []
    shown = [instrument for instrument in INSTRUMENTS if total_respondents(result, instrument)]
    for dimension, title in DIMENSIONS.items():
        categories = _categories(result, dimension)
        if not categories:
            continue
        for category in categories:
            rows.append({"group": title, "name": words.text(category), **_cells(result, words, dimension, [category])})
        bold.append(len(rows))
        rows.append({"group": title, "name": "รวม", **_cells(result, words, dimension, categories)})
    built = house_table(
        pd.DataFrame(rows),
        {"name": "กลุ่ม", **{f"{i}-{key}": label for i in shown for key, label in (*SEXES.items(), ("total", "รวม"))}},
        numbers=[column for column in rows[0] if column not in ("group", "name")],
        group="group",
    )
    for instrument in shown:
        columns = [f"{instrument}-{key}" for key in (*SEXES, "total")]
        built = built.tab_spanner(label=INSTRUMENTS[instrument], columns=columns)
    return table(
        bold_rows(built, bold),
        label=f"tbl-{chapter.key}-respondents",
        caption=f"จำนวนผู้ตอบแบบวัด (คน) {words.year(result.fiscal_year)}",
    )


def _cells(result: AgencyYear, words: Words, dimension: str, categories: Sequence[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for instrument in INSTRUMENTS:
        if not total_respondents(result, instrument):
            continue
        rows = _rows(result, instrument, dimension)
        counts = {sex: sum(_count(rows, category, sex) for category in categories) for sex in SEXES}
        for sex, count in counts.items():
            cells[f"{instrument}-{sex}"] = words.count(count) if rows else "–"
        cells[f"{instrument}-total"] = words.count(sum(counts.values())) if rows else "–"
    return cells
