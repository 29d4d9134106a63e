"""The people who work in the agency: how many, and how they find working there, as far as the report says."""

from collections.abc import Iterator

import pandas as pd

from itabook.domain.facts import StaffFigure
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.listed import of_a_report
from itabook.report.style import house_table
from itabook.words import Words, escape, join

MEASURES = {"headcount": "จำนวนบุคลากร (คน)", "climate": "สภาพแวดล้อมการทำงาน"}
MOST = 4
"""So many categories are named in the sentence; more stand in the table only."""


@of_a_report
def staff_sentence(chapter: AgencyYearChapter) -> Text:
    """How many work in the agency by category, and whether the report tells how they find it, or that it does not."""
    year = chapter.words.year(chapter.result.fiscal_year)
    if not chapter.result.staff:
        return Text(f"ไม่ปรากฏจำนวนบุคลากรและสภาพแวดล้อมการทำงานในรายงานของ{year}")
    told = [*_headcount_sentence(chapter), *_climate_sentence(chapter)]
    return Text(f"{' '.join(told)} ดังแสดงใน[@tbl-{chapter.key}-staff]")


def _headcount_sentence(chapter: AgencyYearChapter) -> Iterator[str]:
    rows, words = _rows(chapter, "headcount"), chapter.words
    if not rows:
        yield "ไม่ปรากฏจำนวนบุคลากรในรายงาน"
    elif len(rows) > MOST:
        yield f"รายงานระบุจำนวนบุคลากรไว้ {words.count(len(rows))} รายการ"
    else:
        named = join(f"{escape(_name(row, words))} {_value(row, words)}\u00a0คน" for row in rows)
        yield f"จำนวนบุคลากรตามรายงาน ได้แก่ {named}"


def _climate_sentence(chapter: AgencyYearChapter) -> Iterator[str]:
    rows, words = _rows(chapter, "climate"), chapter.words
    if not rows:
        yield "ไม่ปรากฏสภาพแวดล้อมการทำงานในรายงาน"
    else:
        yield f"รายงานระบุสภาพแวดล้อมการทำงานไว้ {words.count(len(rows))} รายการ"


def staff_table(chapter: AgencyYearChapter) -> Table | Text:
    """Headcount and work climate by category, as the report prints them; empty where it prints neither."""
    words = chapter.words
    rows = [
        {"group": title, "name": _name(row, words), "value": _value(row, words)}
        for measure, title in MEASURES.items()
        for row in _rows(chapter, measure)
    ]
    if not rows:
        return Text("")
    labels = {"name": "รายการ", "value": "ตัวเลขตามรายงาน"}
    built = house_table(pd.DataFrame(rows), labels, numbers=("value",), group="group")
    return table(
        built,
        label=f"tbl-{chapter.key}-staff",
        caption=f"จำนวนบุคลากรและสภาพแวดล้อมการทำงาน {words.year(chapter.result.fiscal_year)}",
    )


def _rows(chapter: AgencyYearChapter, measure: str) -> list[StaffFigure]:
    """Figures in printed order; one that is printed again with the same value stands once."""
    found: dict[tuple[str, str], StaffFigure] = {}
    for row in chapter.result.staff:
        if row.measure == measure:
            found.setdefault((row.category, str(row.value)), row)
    return list(found.values())


def _name(row: StaffFigure, words: Words) -> str:
    return words.text(row.category) or "ทั้งหมด"


def _value(row: StaffFigure, words: Words) -> str:
    """A number of people with commas; what a figure of the climate counts is not known, so that it stays as printed."""
    if row.measure == "headcount" and row.value == row.value.to_integral_value():
        return words.count(int(row.value))
    return words.text(row.printed)
