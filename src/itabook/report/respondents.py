"""Who answered, in words and as a table: age, education and type of contact, by sex, EIT and IIT side by side."""

from collections.abc import Sequence

import pandas as pd

from itabook.domain.facts import RespondentCount
from itabook.domain.results import AgencyYear
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.style import bold_rows, house_table
from itabook.words import Words, escape, join

DIMENSIONS = {"age": "อายุ", "education": "ระดับการศึกษา", "contact": "การติดต่อหน่วยงาน"}
SEXES = {"female": "หญิง", "male": "ชาย", "other": "อื่น ๆ"}
INSTRUMENTS = {"EIT": "ผู้รับบริการภายนอก (EIT)", "IIT": "บุคลากรภายใน (IIT)"}


def total_respondents(result: AgencyYear, instrument: str) -> int:
    """Respondents of one instrument: the largest total of its dimensions, 0 where nothing is printed."""
    return max(
        (sum(row.count for row in rows_of(result, instrument, dimension)) for dimension in DIMENSIONS),
        default=0,
    )


def rows_of(result: AgencyYear, instrument: str, dimension: str) -> list[RespondentCount]:
    """The printed rows of one table of respondents, in printed order."""
    return [row for row in result.respondents if (row.instrument, row.dimension) == (instrument, dimension)]


def categories_of(result: AgencyYear, dimension: str) -> list[str]:
    """Categories of a dimension in printed order, those of both instruments."""
    rows = [row for instrument in INSTRUMENTS for row in rows_of(result, instrument, dimension)]
    return list(dict.fromkeys(row.category for row in rows))


def count_of(rows: Sequence[RespondentCount], category: str, sex: str) -> int:
    """Respondents of one sex in one category, 0 where none is printed."""
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
        rows = next(rows for d in DIMENSIONS if (rows := rows_of(result, instrument, d)))
        sexes = {sex: sum(row.count for row in rows if row.sex == sex) for sex in SEXES}
        parts = join(f"{SEXES[sex]} {words.count(n)} คน" for sex, n in sexes.items() if n or sex != "other")
        sentences.append(f"{escape(name)} ตอบ {words.count(total)} คน เป็น{parts}")
    text = " ".join(sentences)
    return Text(f"{text} รายละเอียดดัง[@fig-{chapter.key}-respondents] และ[@tbl-{chapter.key}-respondents]")


def respondent_table(chapter: AgencyYearChapter) -> Table | Text:
    """Counts by category and sex, both instruments side by side, with totals of each dimension."""
    result, words = chapter.result, chapter.words
    if not result.respondents:
        return Text("")
    rows: list[dict[str, str]] = []
    bold: list[int] = []
    shown = [instrument for instrument in INSTRUMENTS if total_respondents(result, instrument)]
    for dimension, title in DIMENSIONS.items():
        categories = categories_of(result, dimension)
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
        rows = rows_of(result, instrument, dimension)
        counts = {sex: sum(count_of(rows, category, sex) for category in categories) for sex in SEXES}
        for sex, count in counts.items():
            cells[f"{instrument}-{sex}"] = words.count(count) if rows else "–"
        cells[f"{instrument}-total"] = words.count(sum(counts.values())) if rows else "–"
    return cells
