"""The board edition: what stands on the agenda, why it comes to the meeting, what is asked, what is attached."""

from itabook.report.chapter import AgencyYearChapter
from itabook.report.differences import difference_box
from itabook.report.display import Box, Fields, Text
from itabook.report.headline import level_name
from itabook.report.resolutions import Decisions, decisions
from itabook.words import Words, after_thai, escape, join

ITA = "การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (Integrity and Transparency Assessment: ITA)"
INSTRUMENTS = (
    "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)",
    "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)",
    "แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)",
)
CAUSES = 4
"""So many causes are named; more are in the full report."""


def annex_head(
    chapter: AgencyYearChapter,
    *,
    agenda: str = "",
    subject: str = "",
    meeting: str = "",
    date: str = "",
    presenter: str = "",
) -> Fields:
    """The place of the document in a meeting, in the digits of the chapter; what is empty is a line to write on."""
    given = {
        "วาระที่": agenda,
        "เรื่อง": subject,
        "การประชุมครั้งที่": meeting,
        "วันที่": date,
        "ผู้เสนอ": presenter,
    }
    return Fields(tuple((name, chapter.words.text(value.strip())) for name, value in given.items()))


def background(chapter: AgencyYearChapter) -> Text:
    """What ITA is, what the year before brought, and which report the figures are from."""
    result, words = chapter.result, chapter.words
    what = (
        f"{ITA} เป็นการประเมินประจำปีของสำนักงาน ป.ป.ช. ประกอบด้วยสามแบบวัด ได้แก่ {join(INSTRUMENTS)} "
        f"รวมสิบตัวชี้วัด คะแนนเต็ม {words.count(100)} คะแนน"
    )
    source = result.source
    document = f"“{escape(words.text(source.document))}” ของ{escape(source.publisher)}"
    used = f"เอกสารนี้สรุปผลของ{words.year(result.fiscal_year)} จากเอกสาร {document}"
    return Text(f"{what}\n\n{_year_before(chapter)} {used}")


def _year_before(chapter: AgencyYearChapter) -> str:
    previous, words = chapter.previous, chapter.words
    name = escape(chapter.result.agency.name)
    if previous is None:
        return f"ยังไม่มีผลการประเมินของปีก่อนหน้าของ{name}ให้เปรียบเทียบ"
    year = words.year(previous.fiscal_year)
    if previous.total is None:
        return f"ใน{year} ไม่ปรากฏคะแนนรวมในรายงานของ{name}"
    verb = "ได้คะแนนรวม" if previous.total.printed else "มีคะแนนรวมที่คำนวณจากสิบตัวชี้วัดเท่ากับ"
    level = previous.printed_level
    return f"ใน{year} {name} {verb} {words.score(previous.total.value)} คะแนน{_in_level(level, words)}"


def _in_level(name: str, words: Words) -> str:
    return f" อยู่ในระดับ{after_thai(words.text(escape(name)))}" if name else ""


def doubts(chapter: AgencyYearChapter) -> Text:
    """Which figures of the report contradict the rest of it; empty where none does."""
    box = difference_box(chapter)
    if not isinstance(box, Box):
        return Text("")
    names = join(dict.fromkeys(escape(name) for name, _ in box.lines))
    said = f"ข้อควรทราบ: ตัวเลขที่รายงานพิมพ์สำหรับ{after_thai(names)} ขัดกับตัวเลขอื่นในรายงานฉบับเดียวกัน"
    return Text(f"{said} ค่าที่ใช้และค่าที่พิมพ์มีหมายเหตุกำกับไว้ใต้ตารางหรือในรายงานวิเคราะห์ฉบับเต็ม")


def causes(chapter: AgencyYearChapter) -> Text:
    """The causes that the report names, as a list; empty where it names none."""
    words = chapter.words
    texts = list(dict.fromkeys(row.text for row in chapter.result.measures if row.kind == "cause"))
    if not texts:
        return Text("")
    listed = "\n".join(f"- {escape(words.text(text))}" for text in texts[:CAUSES])
    more = len(texts) - CAUSES
    said = f"\n\nและอีก {words.count(more)} ข้อในรายงานวิเคราะห์ฉบับเต็ม" if more > 0 else ""
    return Text(f"รายงานของหน่วยงานระบุสาเหตุไว้ดังนี้\n\n{listed}{said}")


def proposal(chapter: AgencyYearChapter) -> Text:
    """What the meeting is asked: to note the result, to approve what is proposed, to name who does it by when."""
    asked = [_note(chapter), *_approve(chapter, decisions(chapter))]
    numbered = "\n".join(f"{number}. {one}" for number, one in enumerate(asked, start=1))
    return Text(f"จึงเสนอที่ประชุมเพื่อโปรดพิจารณา ดังนี้\n\n{numbered}")


def _note(chapter: AgencyYearChapter) -> str:
    result, words = chapter.result, chapter.words
    what = f"**รับทราบ** ผลการประเมินของ{escape(result.agency.name)} {words.year(result.fiscal_year)}"
    if result.total is None:
        return f"{what} เท่าที่ปรากฏในรายงาน ซึ่งไม่มีคะแนนรวม"
    name, printed = level_name(chapter)
    level = _in_level(name, words) + (" เมื่อเทียบกับเกณฑ์ของปี" if name and not printed else "")
    computed = "" if result.total.printed else "ที่คำนวณจากสิบตัวชี้วัด "
    return f"{what} คะแนนรวม{computed or ' '}{words.score(result.total.value)} คะแนน{level}"


def _approve(chapter: AgencyYearChapter, found: Decisions) -> list[str]:
    words, rows = chapter.words, len(found.rows)
    if not rows:
        return [f"**มอบหมาย** หน่วยงานที่รับผิดชอบ{_to_prepare(chapter)} เนื่องจากไม่ปรากฏมาตรการและข้อเสนอแนะในรายงาน"]
    others = rows - found.measures
    kinds = [(found.measures, "มาตรการ"), (others, "ข้อเสนอแนะ")]
    named = join(f"{name} {words.count(count)} รายการ" for count, name in kinds if count)
    asked = [f"**พิจารณาเห็นชอบ** {named} ตาม[@tbl-{chapter.key}-decisions]"]
    if not found.measures:
        asked.append("**มอบหมาย** หน่วยงานที่รับผิดชอบจัดทำข้อเสนอแนะที่เห็นชอบแล้วเป็นมาตรการ พร้อมวิธีติดตามผล")
    if found.open:
        asked.append(f"**กำหนด** ผู้รับผิดชอบหรือระยะเวลาของ {words.count(found.open)} รายการที่รายงานยังไม่ได้ระบุครบ")
    return asked


def _to_prepare(chapter: AgencyYearChapter) -> str:
    """What to prepare where the report has nothing to decide on."""
    result = chapter.result
    weak = sorted((score, number) for number, score in result.indicators.items() if score < chapter.target)
    goal = f"{chapter.target_name} {chapter.words.short(chapter.target)} คะแนน"
    if weak:
        names = join(escape(result.rules.indicator(number).name) for _, number in weak)
        return f"จัดทำมาตรการสำหรับตัวชี้วัดที่ต่ำกว่า{goal} ได้แก่ {names} เสนอที่ประชุมครั้งต่อไป"
    if result.indicators:
        return f"จัดทำมาตรการรักษาผลการประเมินของปีต่อไป ทุกตัวชี้วัดได้คะแนนถึง{goal}แล้ว เสนอที่ประชุมครั้งต่อไป"
    return "วิเคราะห์ผลและจัดทำมาตรการ เสนอที่ประชุมครั้งต่อไป"


def attachments(chapter: AgencyYearChapter) -> Text:
    """The documents behind this one: the report of the agency, and the full analysis."""
    result, words = chapter.result, chapter.words
    source = result.source
    published = f" เผยแพร่ พ.ศ.\u00a0{escape(words.text(source.published))}" if source.published else ""
    lines = [f"{escape(words.text(source.document))} ของ{escape(source.publisher)}{published}"]
    lines.append(
        f"รายงานวิเคราะห์ผลการประเมิน ITA ฉบับเต็มของ{escape(result.agency.name)} {words.year(result.fiscal_year)} "
        "มีข้อเสนอแนะ มาตรการ และที่มาของตัวเลขครบทุกรายการ"
    )
    return Text("\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1)))
