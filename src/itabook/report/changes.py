"""Comparison with the year before."""

from decimal import Decimal

import pandas as pd

from itabook.domain.results import AgencyYear, value_of
from itabook.domain.rules import INSTRUMENTS
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.style import bold_rows, house_table
from itabook.report.words import INSTRUMENT_NAMES, escape, join


def change_sentence(chapter: AgencyYearChapter) -> Text:
    """What rose most and what fell most since last year, or why that cannot be said."""
    words, previous = chapter.words, chapter.previous
    if previous is None:
        year = words.year(chapter.result.fiscal_year - 1)
        return Text(f"ยังไม่มีข้อมูลของ{year} ในระบบ จึงเปรียบเทียบกับปีก่อนหน้าไม่ได้")
    sentences = [_total_sentence(chapter, previous)]
    changes = chapter.changes()
    if changes:
        sentences.append(_extremes_sentence(chapter, changes))
    else:
        year = words.year(previous.fiscal_year)
        sentences.append(f"รายงานของ{year} ไม่ได้ตีพิมพ์คะแนนรายตัวชี้วัด จึงเปรียบเทียบรายตัวชี้วัดไม่ได้")
    if previous.rules.regime != chapter.result.rules.regime:
        sentences.append("ทั้งนี้ เกณฑ์การประเมินของสองปีต่างกันบางส่วน จึงควรอ่านผลต่างด้วยความระมัดระวัง")
    return Text(" ".join(sentence for sentence in sentences if sentence))


def _total_sentence(chapter: AgencyYearChapter, previous: AgencyYear) -> str:
    words, now, before = chapter.words, chapter.result.total, previous.total
    if now is None or before is None:
        return ""
    year = words.year(previous.fiscal_year)
    if now.value == before.value:
        return f"คะแนนรวมเท่ากับ{year} ที่ {words.score(before.value)} คะแนน"
    moved = words.moved(now.value - before.value)
    return f"คะแนนรวม{moved} จาก {words.score(before.value)} คะแนนใน{year}"


def _extremes_sentence(chapter: AgencyYearChapter, changes: dict[int, Decimal]) -> str:
    words, names = chapter.words, chapter.result.rules.indicator
    most, least = max(changes.values()), min(changes.values())

    def named(value: Decimal) -> str:
        return join(escape(names(number).name) for number, change in changes.items() if change == value)

    parts = []
    if most > 0:
        parts.append(f"ตัวชี้วัดที่เพิ่มขึ้นมากที่สุดคือ{named(most)} ({words.moved(most)})")
    if least < 0:
        parts.append(f"ตัวชี้วัดที่ลดลงมากที่สุดคือ{named(least)} ({words.moved(least)})")
    return " ".join(parts) if parts else "คะแนนทุกตัวชี้วัดไม่เปลี่ยนแปลง"


def change_table(chapter: AgencyYearChapter) -> Table | Text:
    """Both years and the signed change, by indicator, instrument and total."""
    previous, result, words = chapter.previous, chapter.result, chapter.words
    if previous is None or not chapter.changes():
        return Text("")
    rows: list[dict[str, str]] = []
    bold: list[int] = []

    def add(name: str, before: Decimal | None, now: Decimal | None, *, heavy: bool = False) -> None:
        if heavy:
            bold.append(len(rows))
        change = None if before is None or now is None else now - before
        rows.append(
            {
                "name": name,
                "before": words.score(before),
                "now": words.score(now),
                "change": words.signed(change),
            }
        )

    for code in INSTRUMENTS:
        for indicator in result.rules.of_instrument(code):
            number = indicator.number
            name = words.text(f"{number} {indicator.name}")
            add(name, previous.indicators.get(number), result.indicators.get(number))
        was, now = previous.instruments.get(code), result.instruments.get(code)
        add(f"เฉลี่ย {INSTRUMENT_NAMES[code]}", value_of(was), value_of(now), heavy=True)
    add("คะแนนรวม", value_of(previous.total), value_of(result.total), heavy=True)
    years = {"before": words.text(f"ปี {previous.fiscal_year}"), "now": words.text(f"ปี {result.fiscal_year}")}
    built = house_table(
        pd.DataFrame(rows),
        {"name": "ตัวชี้วัด", **years, "change": "เปลี่ยนแปลง"},
        numbers=("before", "now", "change"),
    )
    return table(
        bold_rows(built, bold),
        label=f"tbl-{chapter.key}-changes",
        caption=f"คะแนนเปรียบเทียบสองปี {words.text(previous.fiscal_year)} และ {words.text(result.fiscal_year)}",
    )
