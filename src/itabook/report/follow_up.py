"""What became of last year's measures."""

from collections.abc import Iterator, Sequence

import pandas as pd

from itabook.domain.follow_up import FollowUp, follow_ups, of_kind
from itabook.domain.unit_names import unit_names
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.listed import of_a_report
from itabook.report.style import house_table
from itabook.words import escape

ABSENT = "ยังไม่มีรายงานผล"
UNKNOWN = "ไม่ตรงกับมาตรการใดในรายงานของปีก่อน"
_LABELS = {
    "measure": "มาตรการของปีก่อน",
    "done": "สิ่งที่ดำเนินการ",
    "responsible": "ผู้รับผิดชอบ",
    "status": "ผลหรือสถานะ",
}


def followed(chapter: AgencyYearChapter) -> tuple[FollowUp, ...]:
    """Last year's measures with what this year's report says of them."""
    before = chapter.previous.measures if chapter.previous else ()
    return follow_ups(of_kind(before, "measure"), of_kind(chapter.result.measures, "follow-up"))


def unreported(chapter: AgencyYearChapter) -> int:
    """How many of last year's measures this year's report says nothing of."""
    return sum(row.report is None for row in followed(chapter))


def _strangers(rows: Sequence[FollowUp]) -> int:
    """How many reports are on no measure that is known."""
    return sum(row.measure is None for row in rows)


@of_a_report
def follow_up_sentence(chapter: AgencyYearChapter) -> Text:
    """How many of last year's measures have a report, or why that cannot be said."""
    words, previous, rows = chapter.words, chapter.previous, followed(chapter)
    name, year = escape(chapter.result.agency.name), words.year(chapter.result.fiscal_year)
    measures = len(of_kind(previous.measures, "measure")) if previous else 0
    strangers = _strangers(rows)
    seen = f"ดังแสดงใน[@tbl-{chapter.key}-follow-up]"
    absent = f"ไม่ปรากฏผลการดำเนินการตามมาตรการของปีก่อนในรายงานของ{name} {year}"
    none = f"ไม่ปรากฏมาตรการในรายงานของ{words.year(previous.fiscal_year)}" if previous else "ยังไม่มีรายงานของปีก่อนหน้า"
    if not rows:
        return Text(f"{absent} และ{none} จึงยังติดตามผลไม่ได้")
    if not measures:
        return Text(f"รายงานระบุผลการดำเนินการ {words.count(strangers)} รายการ แต่{none} จึงเทียบกับมาตรการไม่ได้ {seen}")
    missing = unreported(chapter)
    held = f"มาตรการของ{words.year(previous.fiscal_year)} มี {words.count(measures)} รายการ" if previous else ""
    if missing == measures and not strangers:
        return Text(f"{held} แต่{absent} {seen}")
    parts = [f"มีรายงานผลแล้ว {words.count(measures - missing)} รายการ"] if measures > missing else []
    parts += [f"{ABSENT} {words.count(missing)} รายการ"] if missing else []
    parts += [f"และมีผลที่{UNKNOWN} {words.count(strangers)} รายการ"] if strangers else []
    return Text(" ".join((held, *parts, seen)))


def follow_up_table(chapter: AgencyYearChapter) -> Table | Text:
    """Each of last year's measures, what was done, by whom, and the result; those without a report say so."""
    words, rows = chapter.words, followed(chapter)
    if not rows:
        return Text("")
    cells = [{key: words.text(text) for key, text in _cells(row).items()} for row in rows]
    shown = {key: label for key, label in _LABELS.items() if any(line[key] not in ("", "–") for line in cells)}
    built = house_table(pd.DataFrame(cells)[list(shown)], shown)
    for note in _notes(chapter, rows):
        built = built.tab_source_note(note)
    return table(
        built,
        label=f"tbl-{chapter.key}-follow-up",
        caption=f"ผลการดำเนินการตามมาตรการของปีก่อน รายงานใน{words.year(chapter.result.fiscal_year)}",
        names=unit_names(line["responsible"] for line in cells),
    )


def _cells(row: FollowUp) -> dict[str, str]:
    measure, report = row.measure, row.report
    if report is None:
        return {
            "measure": measure.text if measure else "",
            "done": "–",
            "responsible": (measure.responsible if measure else "") or "–",
            "status": ABSENT,
        }
    done = (report.text, report.steps) if row.reworded else (report.steps,)
    return {
        "measure": (measure or report).text,
        "done": " ".join(text for text in done if text) or "–",
        "responsible": report.responsible or (measure.responsible if measure else "") or "–",
        "status": report.monitoring or "–",
    }


def _notes(chapter: AgencyYearChapter, rows: Sequence[FollowUp]) -> Iterator[str]:
    """How rows were matched, and which could not be."""
    if any(row.reworded for row in rows):
        yield "มาตรการกับผลที่ใช้ข้อความต่างกันจับคู่ตามลำดับที่ซึ่งรายงานทั้งสองปีระบุ"
    strangers = _strangers(rows)
    if 0 < strangers < len(rows):
        yield f"{chapter.words.count(strangers)} รายการท้ายตาราง{UNKNOWN}"
