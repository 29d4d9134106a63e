"""Who answered, in words and as a table: age, education and type of contact, by sex, EIT and IIT side by side."""

from collections.abc import Mapping

import pandas as pd

from itabook.domain.facts import DIMENSIONS
from itabook.domain.masking import FEWEST
from itabook.domain.results import AgencyYear
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.listed import of_a_report
from itabook.report.small_groups import Group, Shown, categories_of, cell, mask_note, shown_counts
from itabook.report.style import bold_rows, house_table
from itabook.words import Words, escape, join

SEXES = {"female": "หญิง", "male": "ชาย", "other": "อื่น ๆ"}
INSTRUMENTS = {"EIT": "ผู้รับบริการภายนอก (EIT)", "IIT": "บุคลากรภายใน (IIT)"}


def total_respondents(result: AgencyYear, instrument: str) -> int:
    """Respondents of one instrument: the largest total of its dimensions, 0 where nothing is printed."""
    return max(_printed(result, instrument, dimension) for dimension in DIMENSIONS)


def _printed(result: AgencyYear, instrument: str, dimension: str) -> int:
    own = (row for row in result.respondents if (row.instrument, row.dimension) == (instrument, dimension))
    return sum(row.count for row in own)


@of_a_report
def respondent_sentence(chapter: AgencyYearChapter) -> Text:
    """How many answered each instrument, how many women, men and others."""
    result = chapter.result
    if not result.respondents:
        name, year = escape(result.agency.name), chapter.words.year(result.fiscal_year)
        return Text(f"ไม่ปรากฏข้อมูลผู้ตอบแบบวัดในรายงานของ{name} {year}")
    sentences = []
    for instrument, name in INSTRUMENTS.items():
        if total_respondents(result, instrument):
            sentences.append(f"{escape(name)} {_answered(chapter, instrument)}")
    text = " ".join(sentences)
    return Text(f"{text} รายละเอียดดัง[@fig-{chapter.key}-respondents] และ[@tbl-{chapter.key}-respondents]")


def _answered(chapter: AgencyYearChapter, instrument: str) -> str:
    """How many answered an instrument, and of each sex, by the dimension that counts the most."""
    result, words = chapter.result, chapter.words
    most = max(DIMENSIONS, key=lambda dimension: _printed(result, instrument, dimension))
    found = shown_counts(result, instrument, most, masked=chapter.mask)
    few = f"น้อยกว่า {words.count(FEWEST)} คน"
    if found is None or found.total.total is None:
        return f"มีผู้ตอบ{few} จึงไม่แสดงจำนวน"
    sexes = {sex: n for sex, n in found.total.sexes.items() if n != 0 or sex != "other"}
    parts = join(f"{SEXES[sex]} {words.count(n)} คน" for sex, n in sexes.items() if n is not None)
    masked = [SEXES[sex] for sex, n in sexes.items() if n is None]
    text = f"ตอบ {words.count(found.total.total)} คน" + (f" เป็น{parts}" if parts else "")
    if not masked:
        return text
    rest = f"ส่วน{join(masked)} ไม่แสดงจำนวน" if parts else "ไม่แสดงจำนวนแยกเพศ"
    return f"{text} {rest} เพราะมีกลุ่มที่มีผู้ตอบ{few}"


def respondent_table(chapter: AgencyYearChapter) -> Table | Text:
    """Counts by category and sex, both instruments side by side, with totals of each dimension."""
    result, words = chapter.result, chapter.words
    if not result.respondents:
        return Text("")
    rows: list[dict[str, str]] = []
    bold: list[int] = []
    shown = [instrument for instrument in INSTRUMENTS if total_respondents(result, instrument)]
    masked = False
    for dimension, title in DIMENSIONS.items():
        found = {code: shown_counts(result, code, dimension, masked=chapter.mask) for code in shown}
        masked = masked or any(one is not None and one.masked for one in found.values())
        for number, category in enumerate(categories_of(result, dimension)):
            rows.append({"group": title, "name": words.text(category), **_cells(found, number, words)})
        if categories_of(result, dimension):
            bold.append(len(rows))
            rows.append({"group": title, "name": "รวม", **_cells(found, None, words)})
    built = house_table(
        pd.DataFrame(rows),
        {"name": "กลุ่ม", **{f"{i}-{key}": label for i in shown for key, label in (*SEXES.items(), ("total", "รวม"))}},
        numbers=[column for column in rows[0] if column not in ("group", "name")],
        group="group",
    )
    for instrument in shown:
        columns = [f"{instrument}-{key}" for key in (*SEXES, "total")]
        built = built.tab_spanner(label=INSTRUMENTS[instrument], columns=columns)
    if masked:
        built = built.tab_source_note(mask_note(words))
    return table(
        bold_rows(built, bold),
        label=f"tbl-{chapter.key}-respondents",
        caption=f"จำนวนผู้ตอบแบบวัด (คน) {words.year(result.fiscal_year)}",
    )


def _cells(found: Mapping[str, Shown | None], number: int | None, words: Words) -> dict[str, str]:
    """Cells of one category by instrument, or of the totals where `number` is None; dashes where none is printed."""
    cells: dict[str, str] = {}
    for instrument, shown in found.items():
        group: Group | None = None if shown is None else shown.total if number is None else shown.groups[number]
        for sex in SEXES:
            cells[f"{instrument}-{sex}"] = "–" if group is None else cell(group.sexes[sex], words)
        cells[f"{instrument}-total"] = "–" if group is None else cell(group.total, words)
    return cells
