"""What the published document must hold, and where the chapter shows it or which data would."""

from collections.abc import Sequence

import pandas as pd
from great_tables import loc, style

from itabook.domain.checklist import Checklist, Evidence, Line, Section
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.listed import of_a_report
from itabook.report.remedies import REMEDIES, add_issue, sheets_named
from itabook.report.style import house_table
from itabook.words import Words, after_thai, escape, join

OPENING = "ส่วนต้นของบท"
HEADINGS: dict[Section, str] = {
    "indicators": "คะแนนรายตัวชี้วัด",
    "changes": "เปรียบเทียบกับปีก่อนหน้า",
    "issues": "ประเด็นการประเมินเจ็ดด้าน",
    "questions": "ข้อคำถามที่ได้คะแนนต่ำ",
    "disclosure": "รายการเปิดเผยข้อมูลที่เสียคะแนน",
    "findings": "จุดแข็ง จุดที่ควรพัฒนา และข้อสังเกต",
    "recommendations": "ข้อเสนอแนะ",
    "measures": "มาตรการส่งเสริมคุณธรรมและความโปร่งใส",
    "follow-up": "ผลการดำเนินการตามมาตรการของปีก่อน",
}
"""The headings of the notebook of an agency-year, by section."""

LACKING: dict[tuple[Section, ...], str] = {("issues", "findings"): "ผลการวิเคราะห์", ("measures",): "มาตรการ"}
"""What an issue lacks without any of these sections."""

WIDTHS = {"text": "38%", "status": "16%", "place": "46%"}
LIST = "\u00a0· "
NAMED = 4
"""So many missing things are named in the sentence; of more, the table tells."""


@of_a_report
def checklist_sentence(chapter: AgencyYearChapter) -> Text:
    """By which list the chapter was checked, how much of it is there, and what is not."""
    lists = chapter.checklists
    told = [one for one in lists if one.confirmed] or [one for one in lists if one.rule is None]
    lines = [line for one in told for line in one.lines]
    unsure = [one.rule.item for one in lists if one.rule is not None and not one.confirmed]
    sentences = [_asked(chapter, told), _counted(lines, chapter.words)]
    if unsure:
        items = after_thai(join(chapter.words.text(escape(item)) for item in unsure))
        sentences.append(f"ส่วนรายการตามข้อ{items} ยังไม่มีแหล่งยืนยัน จึงแสดงไว้เพื่อประกอบการตรวจเท่านั้น")
    return Text(f"{' '.join(sentences)} รายละเอียดดัง[@tbl-{chapter.key}-checklist]")


def _asked(chapter: AgencyYearChapter, told: Sequence[Checklist]) -> str:
    """Which items of the next assessment ask for the document; that nothing is known of it, where that is so."""
    words, year = chapter.words, chapter.result.fiscal_year
    results, asking = f"ผลการประเมิน{words.year(year)}", f"การประเมิน{words.year(year + 1)}"
    items = [words.text(escape(one.rule.item)) for one in told if one.rule is not None]
    if items:
        return f"เอกสารเกี่ยวกับ{results} ที่หน่วยงานต้องเผยแพร่กำหนดไว้ในข้อ{after_thai(join(items))} ของ{asking}"
    return (
        f"ยังไม่มีแหล่งยืนยันว่า{asking} กำหนดให้เอกสารเกี่ยวกับ{results} ประกอบด้วยสิ่งใด "
        "จึงตรวจตามรายการที่หนังสือเล่มนี้รวบรวมจากรายงานที่หน่วยงานเผยแพร่ ซึ่งไม่ใช่ข้อกำหนดทางการ"
    )


def _counted(lines: Sequence[Line], words: Words) -> str:
    complete = [line for line in lines if line.evidence.complete]
    missing = [line for line in lines if line.evidence.missing]
    partly = len(lines) - len(complete) - len(missing)
    if len(complete) == len(lines):
        return f"บทนี้มีครบทั้ง {words.count(len(lines))}\u00a0รายการ"
    counts = [(len(complete), "มีครบ"), (partly, "มีบางส่วน"), (len(missing), "ยังไม่มี")]
    parts = join(f"{name} {words.count(count)}\u00a0รายการ" for count, name in counts if count)
    names = join(f"“{words.text(escape(line.text))}”" for line in missing)
    named = f" รายการที่ยังไม่มี ได้แก่ {names}" if 0 < len(missing) <= NAMED else ""
    return f"จากทั้งหมด {words.count(len(lines))}\u00a0รายการ บทนี้{parts}{named}"


@of_a_report
def checklist_table(chapter: AgencyYearChapter) -> Table:
    """One row for each thing the document must hold: whether the chapter has it, and under which heading or not."""
    words = chapter.words
    placed = [(one, line) for one in chapter.checklists for line in one.lines]
    cells = [
        {
            "group": _heading(one, chapter),
            "text": words.text(line.text if line.issue is None else f"ประเด็นที่\u00a0{line.issue} {line.text}"),
            "status": _status(line.evidence, words),
            "place": _place(line, words),
        }
        for one, line in placed
    ]
    labels = {"text": "สิ่งที่ต้องมี", "status": "ในบทนี้", "place": "อยู่ในหัวข้อ หรือข้อมูลที่ต้องเพิ่ม"}
    built = house_table(pd.DataFrame(cells), labels, group="group").cols_width(WIDTHS)
    lacking = [row for row, (_, line) in enumerate(placed) if not line.evidence.complete]
    if lacking:
        places = loc.body(columns=["status"], rows=lacking)
        built = built.tab_style(style=style.text(weight="bold"), locations=places)
        folder = f"data/raw/{chapter.result.agency.key}/{chapter.result.fiscal_year}"
        sheets = sheets_named(_remedy(placed[row][1]) for row in lacking)
        built = built.tab_source_note(f"ข้อมูลของบทนี้อยู่ในโฟลเดอร์ {folder} {sheets}".rstrip())
    for note in dict.fromkeys(one.rule.note for one, _ in placed if one.rule is not None and one.rule.note):
        built = built.tab_source_note(words.text(note))
    caption = f"รายการตรวจสอบเอกสารเกี่ยวกับผลการประเมิน {words.year(chapter.result.fiscal_year)}"
    return table(built, label=f"tbl-{chapter.key}-checklist", caption=caption)


def _heading(one: Checklist, chapter: AgencyYearChapter) -> str:
    words = chapter.words
    if one.rule is None:
        return "รายการของหนังสือเล่มนี้ (ไม่ใช่ข้อกำหนดทางการ)"
    asked = f"{words.text(f'ข้อ {one.rule.item}')} ของการประเมิน{words.year(chapter.result.fiscal_year + 1)}"
    return asked if one.confirmed else f"{asked} (ยังไม่มีแหล่งยืนยัน)"


def _status(evidence: Evidence, words: Words) -> str:
    if evidence.missing:
        return "ยังไม่มี"
    if evidence.complete:
        return "มี"
    return f"มีบางส่วน ({words.count(evidence.shown)}\u00a0จาก\u00a0{words.count(evidence.parts)})"


def _place(line: Line, words: Words) -> str:
    """The headings under which it stands, and what to add where it is not complete."""
    names = {"opening": OPENING, **HEADINGS}
    shown = [words.text(names[section]) for section in line.evidence.sections]
    return LIST.join(shown if line.evidence.complete else [*shown, _remedy(line)])


def _remedy(line: Line) -> str:
    """What to add; for one issue what it lacks, statements or measures, under its own scope."""
    if line.issue is None:
        return REMEDIES[line.content]
    sections = line.evidence.sections
    lacking = [name for section, name in LACKING.items() if not set(section) & set(sections)]
    return add_issue("และ".join(lacking), f"issue-{line.issue}")
