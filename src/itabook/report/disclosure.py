"""The disclosure items (OIT) that lost points, and why."""

from collections.abc import Sequence

import pandas as pd

from itabook.domain.disclosure import LostItem, causes, lost_items, mentions
from itabook.domain.proofreading.places import same_words
from itabook.domain.rules import Indicator
from itabook.domain.scores import FULL
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.listed import of_a_report
from itabook.report.plans import scope_name
from itabook.report.style import footnotes, house_table
from itabook.words import escape, join

COLUMNS = {"code": "ข้อ", "title": "รายการ", "score": "คะแนน", "remark": "ข้อเสนอแนะของผู้ตรวจประเมิน"}
WIDTHS = {"code": "9%", "title": "37%", "score": "12%", "remark": "42%"}


@of_a_report
def disclosure_sentence(chapter: AgencyYearChapter) -> Text:
    """How many items lost points and where, and the indicators that lost points without the report saying by what."""
    lost, words = lost_items(chapter.result), chapter.words
    if not lost:
        return Text(_nothing(chapter))
    losing = {item.indicator for item in lost}
    of_indicators = join(_scored(one, chapter) for one in _incomplete(chapter) if one.number in losing)
    unnamed = [one for one in _incomplete(chapter) if one.number not in losing]
    told = f"รายงานระบุรายการของแบบวัด OIT ที่เสียคะแนน {words.count(len(lost))} รายการ"
    if of_indicators:
        told += f" ใน{of_indicators}"
    parts = [f"{told} ดัง[@tbl-{chapter.key}-disclosure]", *_remarks(lost, chapter), *_grouping(lost, chapter)]
    if unnamed:
        named = join(_scored(indicator, chapter) for indicator in unnamed)
        parts.append(f"รายงานไม่ระบุรายการที่เสียคะแนนของ{named}")
    return Text(" ".join(parts))


def _nothing(chapter: AgencyYearChapter) -> str:
    """Why there is no item to show: none lost points, or the report does not say which."""
    scores = chapter.result.indicators
    indicators = chapter.result.rules.of_instrument("OIT")
    if all(scores.get(indicator.number) == FULL for indicator in indicators):
        return "ทุกตัวชี้วัดของแบบวัด OIT ได้คะแนนเต็ม จึงไม่มีรายการที่เสียคะแนน"
    said = f"ไม่ปรากฏรายการของแบบวัด OIT ที่เสียคะแนนในรายงานของ{escape(chapter.result.agency.name)}"
    incomplete = join(_scored(indicator, chapter) for indicator in _incomplete(chapter))
    return f"{said} จึงบอกไม่ได้ว่าคะแนนของ{incomplete} เสียไปที่รายการใด" if incomplete else said


def _incomplete(chapter: AgencyYearChapter) -> list[Indicator]:
    """Indicators of OIT with less than full points."""
    scores = chapter.result.indicators
    return [one for one in chapter.result.rules.of_instrument("OIT") if scores.get(one.number, FULL) < FULL]


def _scored(indicator: Indicator, chapter: AgencyYearChapter) -> str:
    words = chapter.words
    score = words.score(chapter.result.indicators[indicator.number])
    return f"ตัวชี้วัดที่\u00a0{words.text(indicator.number)} {escape(indicator.name)} ({score} คะแนน)"


def _remarks(lost: Sequence[LostItem], chapter: AgencyYearChapter) -> list[str]:
    """Whether the auditor says something of each item."""
    remarked = sum(bool(item.remark) for item in lost)
    if not remarked:
        return ["รายงานไม่ระบุข้อเสนอแนะของผู้ตรวจประเมินเป็นรายข้อ"]
    of_all = "ทุกรายการ" if remarked == len(lost) else f" {chapter.words.count(remarked)} รายการ"
    return [f"มีข้อเสนอแนะของผู้ตรวจประเมิน{of_all}"]


def _grouping(lost: Sequence[LostItem], chapter: AgencyYearChapter) -> list[str]:
    """Where the sub-indicators cannot be told, that the table stands by indicator."""
    unknown = sum(not item.sub_indicator for item in lost)
    if not unknown:
        return []
    some = "รายการ" if unknown == len(lost) else f"รายการ {chapter.words.count(unknown)} รายการ"
    return [f"ยังไม่มีแหล่งยืนยันตัวชี้วัดย่อยของ{some}เหล่านี้ จึงจัดกลุ่มตามตัวชี้วัดที่รายงานระบุ"]


def disclosure_table(chapter: AgencyYearChapter) -> Table | Text:
    """The items that lost points by sub-indicator, else by indicator, with score and remark where there are any."""
    lost, words = lost_items(chapter.result), chapter.words
    if not lost:
        return Text("")
    cells = [_cells(item, chapter) for item in lost]
    labels = {key: label for key, label in COLUMNS.items() if any(row[key] not in ("", "–") for row in cells)}
    frame = pd.DataFrame([{"group": row["group"], **{key: row[key] for key in labels}} for row in cells])
    numbers = [key for key in ("score",) if key in labels]
    built = house_table(frame, labels, numbers=numbers, group="group")
    built = built.cols_width({key: WIDTHS[key] for key in labels})
    notes = [("title", place, words.text(note)) for place, item in enumerate(lost) if (note := _title_note(item))]
    built = footnotes(built, notes)
    if said := _mentions_note(chapter):
        built = built.tab_source_note(said)
    return table(
        built,
        label=f"tbl-{chapter.key}-disclosure",
        caption=f"รายการของแบบวัด OIT ที่เสียคะแนน {words.year(chapter.result.fiscal_year)}",
    )


def _cells(item: LostItem, chapter: AgencyYearChapter) -> dict[str, str]:
    words = chapter.words
    return {
        "group": words.text(_group_name(item, chapter)),
        "code": words.text(item.code),
        "title": words.text(item.title),
        "score": words.score(item.score),
        "remark": words.text(item.remark) or "–",
    }


def _group_name(item: LostItem, chapter: AgencyYearChapter) -> str:
    """The sub-indicator, what its lost items are about and how many of its items they are; else the indicator."""
    rules = chapter.result.rules
    if item.sub_indicator:
        groups = rules.sub_indicators
        whole = groups.items.get(item.sub_indicator) if groups is not None and groups.official else None
        lost = [one.official for one in lost_items(chapter.result) if one.sub_indicator == item.sub_indicator]
        topics = join(dict.fromkeys(one.topic for one in lost if one is not None and one.topic))
        about = f" ({topics})" if topics else ""
        count = f" เสียคะแนน {len(lost)} จาก {whole} รายการ" if whole else ""
        return f"ตัวชี้วัดย่อยที่\u00a0{item.sub_indicator}{about}{count}"
    if item.indicator is None:
        return "ไม่ระบุตัวชี้วัด"
    return f"ตัวชี้วัดที่\u00a0{item.indicator} {rules.indicator(item.indicator).name}"


def _title_note(item: LostItem) -> str:
    """The official title, where the report words it otherwise; words added to it (a year) are not told."""
    official = "" if item.official is None else item.official.title
    return "" if same_words(official) in same_words(item.title) else f"ชื่อรายการตามเกณฑ์ของปีคือ {official}"


def _mentions_note(chapter: AgencyYearChapter) -> str:
    """Other wordings for the items of the table in the running text of the report."""
    named = dict.fromkeys(row.title for row in mentions(chapter.result))
    if not named:
        return ""
    listed = join(f"“{title}”" for title in named)
    return chapter.words.text(f"ข้อความของรายงานกล่าวถึง {listed} ด้วย ถือว่าหมายถึงรายการในตารางนี้ จึงไม่นับซ้ำ")


def disclosure_causes(chapter: AgencyYearChapter) -> Text:
    """Why points were lost, as the report says; causes in the same words as one."""
    words = chapter.words
    scopes: dict[str, list[str]] = {}
    for row in causes(chapter.result):
        scopes.setdefault(row.text, []).extend(code for code in row.scope if code not in scopes[row.text])
    if not scopes:
        return Text("")
    lines = [f"- {scope_name(codes, words)}: {escape(words.text(text))}" for text, codes in scopes.items()]
    return Text("\n".join(["สาเหตุที่รายงานระบุ", "", *lines]))
