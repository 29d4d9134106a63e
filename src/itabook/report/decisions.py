"""What is to be decided: a short numbered list from the data, in the words of an agenda."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from itabook.domain.follow_up import of_kind
from itabook.domain.gaps import PARTS, Gap, standing_of
from itabook.domain.levels import NextLevel, next_level, tested_codes
from itabook.domain.results import AgencyYear
from itabook.domain.standing import against, extremes
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Text
from itabook.report.follow_up import unreported
from itabook.report.headline import level_name, tested_name
from itabook.report.standing import named
from itabook.words import Words, after_thai, escape, join

FEW = 3
"""So many indicators are named; of more, only the weakest."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the meeting is asked to do, and about what; markdown, its data escaped."""

    act: str
    about: str


def decisions(chapter: AgencyYearChapter) -> Text:
    """What the meeting is asked to note, order, approve and aim at, numbered in the digits of the book.

    A table without a head, since the numbers of a markdown list would be Arabic in every book.
    """
    numbered = enumerate(_decisions(chapter), start=1)
    rows = [f"| {chapter.words.count(place)} | **{one.act}** {one.about} |" for place, one in numbered]
    return Text("\n".join(("| | |", f"|-:|:{'-' * 40}|", *rows)))


def _decisions(chapter: AgencyYearChapter) -> Iterator[Decision]:
    yield Decision("รับทราบ", _result(chapter))
    yield _indicators(chapter)
    if not chapter.result.listed:  # a list is silent on measures, which there may be
        yield _measures(chapter)
    if missing := unreported(chapter):
        count = chapter.words.count(missing)
        yield Decision("ติดตาม", f"ผลการดำเนินการตามมาตรการของปีก่อน {count} รายการที่ยังไม่มีรายงานผล")
    yield _aim(chapter)


def _result(chapter: AgencyYearChapter) -> str:
    total = chapter.result.total
    if total is None:
        return f"ผลการประเมิน ซึ่งไม่ปรากฏคะแนนรวมใน{chapter.words.document} และคำนวณจากข้อมูลที่มีไม่ได้"
    name, printed = level_name(chapter)
    computed = "" if total.printed else " (คำนวณ)"
    compared = "" if printed else " (เทียบเกณฑ์)"
    place = f"ระดับ{after_thai(escape(name))}{compared}" if name else "แต่ยังยืนยันระดับไม่ได้"
    return f"ผลการประเมิน คะแนนรวม {chapter.words.score(total.value)} คะแนน{computed} {place}"


def _indicators(chapter: AgencyYearChapter) -> Decision:
    words, scores = chapter.words, chapter.result.indicators
    if not scores:
        about = f"ให้จัดหาคะแนนรายตัวชี้วัด ซึ่งไม่ปรากฏใน{words.document} เพื่อระบุตัวชี้วัดที่ต้องแก้ไข"
        return Decision("มอบหมาย", about)
    below, weakest = against(scores, chapter.target).below, extremes(scores).weakest
    goal = f"{chapter.target_name} {words.short(chapter.target)} คะแนน"
    if not below:
        lowest = [row.number for row in weakest if row.score == weakest[0].score]
        then = f" และพัฒนาตัวชี้วัด{named(chapter, lowest)}เป็นลำดับแรก" if lowest else ""
        return Decision("มอบหมาย", f"ให้รักษามาตรฐานทุกตัวชี้วัด ซึ่งถึง{goal}{then}")
    if len(below) <= FEW:
        return Decision("สั่งการ", f"ให้เร่งแก้ไขตัวชี้วัดที่ต่ำกว่า{goal} คือ {named(chapter, below)}")
    first = [row.number for row in weakest if row.number in below]
    start = f" โดยเริ่มจาก{named(chapter, first)}" if first else ""
    return Decision("สั่งการ", f"ให้เร่งแก้ไขตัวชี้วัดที่ต่ำกว่า{goal} จำนวน {words.count(len(below))} ตัวชี้วัด{start}")


def _measures(chapter: AgencyYearChapter) -> Decision:
    words, rows = chapter.words, chapter.result.measures
    measures = len(of_kind(rows, "measure"))
    if measures:
        return Decision("ให้ความเห็นชอบ", f"มาตรการ {words.count(measures)} รายการ ตาม[@tbl-{chapter.key}-measures]")
    advised = len(of_kind(rows, "recommendation")) + len(of_kind(rows, "long-term"))
    if advised:
        return Decision("มอบหมาย", f"ให้จัดทำมาตรการ ซึ่งไม่ปรากฏในรายงาน จากข้อเสนอแนะ {words.count(advised)} รายการ")
    return Decision("มอบหมาย", "ให้จัดทำมาตรการ เนื่องจากไม่ปรากฏทั้งข้อเสนอแนะและมาตรการในรายงาน")


def _aim(chapter: AgencyYearChapter) -> Decision:
    """What the next level asks for; what stands in the way where that cannot be told."""
    result, words = chapter.result, chapter.words
    level = chapter.level.level if chapter.level else None
    if result.total is not None and chapter.level and chapter.level.missing:
        missing = after_thai(join(tested_name(code, words) for code in chapter.level.missing))
        return Decision("มอบหมาย", f"ให้จัดหาคะแนน{missing} ซึ่งเกณฑ์ระดับใช้ประกอบ เพื่อกำหนดเป้าหมายของปีถัดไป")
    if level is None or result.total is None:
        return Decision("กำหนดเป้าหมาย", "ปีถัดไปเมื่อทราบคะแนนรวมและระดับ ซึ่งยืนยันจากข้อมูลที่มีไม่ได้")
    printed, _ = level_name(chapter)
    if printed != level.name:
        different = f"({escape(printed)}) ซึ่งต่างจากระดับตามเกณฑ์ ({level.name})"
        return Decision("มอบหมาย", f"ให้ตรวจสอบระดับที่{words.document}ระบุ {different}")
    better = next_level(level, result.total.value, result.tested, result.rules.levels)
    if better is None:
        return Decision("กำหนดเป้าหมาย", f"ปีถัดไป โดยรักษาระดับ{after_thai(level.name)} ซึ่งเป็นระดับสูงสุด")
    known = join(_short(code, points, words) for code, points in _gaps(result, better) if points is not None)
    silent = (code for code, points in _gaps(result, better) if points is None)
    unknown = join(dict.fromkeys("EIT รายส่วน" if code in PARTS else code for code in silent))
    ways = (f" โดยเพิ่ม{known}" if known else "") + (f" แต่ไม่ทราบคะแนน {unknown}" if unknown else "")
    return Decision("กำหนดเป้าหมาย", f"ปีถัดไปให้ถึงระดับ{after_thai(better.level.name)}{ways}")


def _gaps(result: AgencyYear, better: NextLevel) -> tuple[Gap, ...]:
    """What is short of the next level, as the section on the gap tells it; None for a score that is not known."""
    if standing := standing_of(result):
        return standing.short_of(better.level)
    asked = tested_codes(result.rules.weights) if better.level.instrument_min is not None else ()
    return better.gaps + tuple((code, None) for code in asked if code not in result.tested)


def _short(code: str, points: Decimal, words: Words) -> str:
    """What a tested score lacks, to go after เพิ่ม: คะแนนรวมอีก 3.79 คะแนน, OIT อีก 18.25 คะแนน."""
    name = "คะแนนรวม" if code == "total" else f" {tested_name(code, words)} "
    return f"{name}อีก {words.score(points)} คะแนน"
