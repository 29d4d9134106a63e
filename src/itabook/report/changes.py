"""Comparison with the year before."""

from decimal import Decimal

import pandas as pd

from itabook.domain.consistency import PARTS, Key
from itabook.domain.results import AgencyYear, Figure, figure_of, value_of
from itabook.domain.rules import INSTRUMENTS
from itabook.report.chapter import AgencyYearChapter
from itabook.report.differences import signed
from itabook.report.display import Table, Text, table
from itabook.report.notes import figure_note
from itabook.report.style import bold_rows, footnotes, house_table
from itabook.words import INSTRUMENT_NAMES, TESTED_NAMES, escape, join


def change_sentence(chapter: AgencyYearChapter) -> Text:
    """What rose most and what fell most since last year; empty without the year before."""
    words, previous = chapter.words, chapter.previous
    if previous is None:
        return Text("")
    sentences = [_total_sentence(chapter, previous)]
    changes = chapter.changes()
    if changes:
        sentences.append(_extremes_sentence(chapter, changes))
    else:
        year = words.year(previous.fiscal_year)
        sentences.append(f"ไม่ปรากฏคะแนนรายตัวชี้วัดใน{words.document}ของ{year} จึงเปรียบเทียบรายตัวชี้วัดไม่ได้")
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
        parts.append(f"ตัวชี้วัดที่เพิ่มขึ้นมากที่สุดคือ{named(most)} ({words.score(most)} คะแนน)")
    if least < 0:
        parts.append(f"ตัวชี้วัดที่ลดลงมากที่สุดคือ{named(least)} ({words.score(-least)} คะแนน)")
    return " ".join(parts) if parts else "คะแนนทุกตัวชี้วัดไม่เปลี่ยนแปลง"


def change_table(chapter: AgencyYearChapter) -> Table | Text:
    """Both years and the signed change, by indicator, instrument, part of EIT where one is printed, and total."""
    previous, result, words = chapter.previous, chapter.result, chapter.words
    if previous is None or not chapter.changes():
        return Text("")
    rows: list[dict[str, str]] = []
    bold: list[int] = []
    notes: list[tuple[str, int, str]] = []

    def add(name: str, scope: str, code: str, was: Figure | None, now: Figure | None) -> None:
        change = None if was is None or now is None else now.value - was.value
        for column, note in (
            ("before", figure_note(was, words)),
            ("now", figure_note(now, words)),
            ("change", _change_note(chapter, f"indicator {code}" if scope == "indicator" else code or scope)),
        ):
            if note:
                notes.append((column, len(rows), note))
        if scope in ("instrument", "total"):
            bold.append(len(rows))
        before, after = words.score(value_of(was)), words.score(value_of(now))
        rows.append({"name": name, "before": before, "now": after, "change": words.signed(change)})

    for code in INSTRUMENTS:
        for indicator in result.rules.of_instrument(code):
            number = indicator.number
            figures = previous.indicator_figures.get(number), result.indicator_figures.get(number)
            add(words.text(f"{number} {indicator.name}"), "indicator", str(number), *figures)
        instruments = previous.instruments.get(code), result.instruments.get(code)
        add(f"เฉลี่ย {INSTRUMENT_NAMES[code]}", "instrument", code, *instruments)
        for key in PARTS if code == "EIT" else ():
            was, now = _printed(previous, key), _printed(result, key)
            if was or now:
                add(words.text(TESTED_NAMES[key[1]]), *key, was, now)
    add("คะแนนรวม", "total", "", previous.total, result.total)
    years = {"before": words.text(f"ปี {previous.fiscal_year}"), "now": words.text(f"ปี {result.fiscal_year}")}
    built = house_table(
        pd.DataFrame(rows),
        {"name": "ตัวชี้วัด", **years, "change": "เปลี่ยนแปลง"},
        numbers=("before", "now", "change"),
    )
    return table(
        footnotes(bold_rows(built, bold), notes),
        label=f"tbl-{chapter.key}-changes",
        caption=f"คะแนนเปรียบเทียบสองปี {words.text(previous.fiscal_year)} และ {words.text(result.fiscal_year)}",
    )


def _printed(result: AgencyYear, key: Key) -> Figure | None:
    """A score that is shown only where the report prints it."""
    return figure_of(result.printed_scores.get(key, []), result.corrections.get(key))


def _change_note(chapter: AgencyYearChapter, subject: str) -> str:
    """A note where the report prints another change than the difference of the two scores shown."""
    wrong = (f.printed for f in chapter.findings if (f.rule, f.subject) == ("change-from-two-years", subject))
    values = join(dict.fromkeys(chapter.words.text(signed(value)) for value in wrong))
    return f"รายงานระบุการเปลี่ยนแปลง {values}" if values else ""
