"""How a chapter opens: four panels and one paragraph."""

from decimal import Decimal

from itabook.domain.levels import next_level
from itabook.domain.scores import rounded
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Panel, Panels, Text
from itabook.report.listed import ONLY_SCORES
from itabook.words import TESTED_NAMES, Words, escape, join


def headline(chapter: AgencyYearChapter) -> Panels:
    """Total, level and why, national mean, distance to the next level."""
    return Panels((_total(chapter), _level(chapter), _national(chapter), _next_level(chapter)))


def level_name(chapter: AgencyYearChapter) -> tuple[str, bool]:
    """The level to show and whether the report prints it; empty where it can be neither read nor told."""
    printed = chapter.result.printed_level
    if printed:
        return printed, True
    by_rules = chapter.level
    if by_rules is None or by_rules.level is None:
        return "", False
    return by_rules.level.name, False


def _other_level(chapter: AgencyYearChapter) -> str:
    """The level that the rules give where the report prints another one; else empty."""
    printed, by_rules = chapter.result.printed_level, chapter.level
    if not printed or by_rules is None or by_rules.level is None or by_rules.level.name == printed:
        return ""
    return by_rules.level.name


def tested_name(code: str, words: Words) -> str:
    """Name of a tested score in the digits of the book: EIT ส่วนที่ 1."""
    return words.text(TESTED_NAMES[code])


def tested_scores(chapter: AgencyYearChapter) -> str:
    """The scores that a level asks for beside the total."""
    return "IIT EIT ทั้งสองส่วน และ OIT" if chapter.result.rules.weights.eit_parts else "IIT EIT และ OIT"


def _total(chapter: AgencyYearChapter) -> Panel:
    words, total = chapter.words, chapter.result.total
    if total is None:
        return Panel("คะแนนรวม", "–", f"ไม่ปรากฏใน{words.document}")
    change = _change(chapter)
    if not total.printed:
        note = "คำนวณจากสิบตัวชี้วัด"
    elif change is not None:
        note = f"{words.moved(change).removesuffix(' คะแนน')} จากปีก่อน"
    else:
        note = "จากคะแนนเต็ม " + words.text("100")
    return Panel("คะแนนรวม", words.score(total.value), note)


def _change(chapter: AgencyYearChapter) -> Decimal | None:
    total, before = chapter.result.total, chapter.previous.total if chapter.previous else None
    return None if total is None or before is None else total.value - before.value


def _level(chapter: AgencyYearChapter) -> Panel:
    name, printed = level_name(chapter)
    if not name:
        return Panel("ระดับ", "–", "ยืนยันจากข้อมูลที่มีไม่ได้")
    by_rules = chapter.level
    failed = by_rules.failed if by_rules else ()
    if failed and by_rules and by_rules.level and by_rules.level.name == name:
        names = join(tested_name(code, chapter.words) for code in failed)
        missed = _missed(chapter)
        return Panel("ระดับ", name, f"{names} ต่ำกว่า {chapter.words.short(missed)}")
    if other := _other_level(chapter):
        return Panel("ระดับ", name, f"ตาม{chapter.words.document} แต่เกณฑ์ให้ {other}")
    return Panel("ระดับ", name, f"ตามที่ระบุใน{chapter.words.document}" if printed else "เทียบตามเกณฑ์ของปี")


def _missed(chapter: AgencyYearChapter) -> Decimal:
    """The least instrument score of the best level whose total was reached."""
    result = chapter.result
    total = result.total.value if result.total else Decimal(0)
    reached = (level for level in result.rules.levels.levels if total >= level.total_min)
    return next((level.instrument_min for level in reached if level.instrument_min is not None), chapter.target)


def _national(chapter: AgencyYearChapter) -> Panel:
    words, mean, total = chapter.words, chapter.national_mean, chapter.result.total
    if mean is None or mean.value is None:
        return Panel("ค่าเฉลี่ยประเทศ", "–", "ยังไม่มีแหล่งยืนยัน")
    if total is None:
        return Panel("ค่าเฉลี่ยประเทศ", words.score(mean.value), words.year(chapter.result.fiscal_year))
    gap = rounded(total.value - mean.value)
    side = "สูงกว่า" if gap > 0 else "ต่ำกว่า" if gap < 0 else "เท่ากัน"
    return Panel("ค่าเฉลี่ยประเทศ", words.score(mean.value), f"{side} {words.score(abs(gap))}" if gap else side)


def _next_level(chapter: AgencyYearChapter) -> Panel:
    result, words, by_rules = chapter.result, chapter.words, chapter.level
    if by_rules is None or by_rules.level is None or result.total is None:
        return Panel("ถึงระดับถัดไป", "–", "คำนวณจากข้อมูลที่มีไม่ได้")
    better = next_level(by_rules.level, result.total.value, result.tested, result.rules.levels)
    if better is None:
        return Panel("ระดับถัดไป", "–", "อยู่ระดับสูงสุดแล้ว")
    title = f"ถึงระดับ{'' if better.level.name[0] > 'z' else ' '}{better.level.name}"
    if not better.gaps:
        return Panel(title, "–", "ไม่ทราบคะแนน EIT รายส่วน")
    code, points = max(better.gaps, key=lambda gap: gap[1])
    others = len(better.gaps) - 1
    more = f" และอีก {words.count(others)} รายการ" if others else ""
    return Panel(title, words.score(points), f"คะแนน {tested_name(code, words)}{more}".replace("คะแนน คะแนน", "คะแนน"))


def summary(chapter: AgencyYearChapter) -> Text:
    """One paragraph that says in words what the panels say; a second for an agency that is only known from a list."""
    said = _summary(chapter)
    return Text(f"{said}\n\n{ONLY_SCORES}" if chapter.result.listed else said)


def _summary(chapter: AgencyYearChapter) -> str:
    result, words = chapter.result, chapter.words
    name, year = escape(result.agency.name), words.year(result.fiscal_year)
    total = result.total
    if total is None:
        return f"ไม่ปรากฏคะแนนรวมใน{words.document_of(name)} {year} และคำนวณจากข้อมูลที่มีไม่ได้"
    verb = "ได้คะแนนรวม" if total.printed else "มีคะแนนรวมที่คำนวณจากสิบตัวชี้วัดเท่ากับ"
    sentences = [f"{name} {verb} {words.score(total.value)} คะแนน ใน{year}" + _against_target(chapter)]
    if not total.printed:
        sentences.append(f"ทั้งนี้ ไม่ปรากฏคะแนนรวมใน{words.document_of('หน่วยงาน')}")
    if total.printed and total.differing:
        other = join(words.text(value) for value in total.differing)
        sentences.append(f"ทั้งนี้ {words.document}ระบุคะแนนรวม {other} ไว้อีกแห่งหนึ่ง")
    return " ".join([*sentences, _level_sentence(chapter), _national_sentence(chapter)])


def _against_target(chapter: AgencyYearChapter) -> str:
    total = chapter.result.total
    if total is None:
        return ""
    words, gap = chapter.words, rounded(total.value - chapter.target)
    goal = f"{chapter.target_name} {words.short(chapter.target)} คะแนน"
    if gap == 0:
        return f" เท่ากับ{goal}พอดี"
    return f" {'สูง' if gap > 0 else 'ต่ำ'}กว่า{goal}อยู่ {words.score(abs(gap))} คะแนน"


def _level_sentence(chapter: AgencyYearChapter) -> str:
    name, printed = level_name(chapter)
    if not name:
        return "ข้อมูลที่มียังยืนยันระดับผลการประเมินไม่ได้"
    blank = " " if name[0] <= "z" else ""
    if not printed:
        return f"ไม่ปรากฏระดับใน{chapter.words.document} เมื่อเทียบกับเกณฑ์ของปีดังกล่าวอยู่ในระดับ{blank}{escape(name)}"
    sentence = f"ผลการประเมินอยู่ในระดับ{blank}{escape(name)} ตามที่ระบุใน{chapter.words.document}"
    other = _other_level(chapter)
    return f"{sentence} แต่เมื่อเทียบกับเกณฑ์ของปีดังกล่าวจะอยู่ในระดับ {escape(other)}" if other else sentence


def _national_sentence(chapter: AgencyYearChapter) -> str:
    mean, total = chapter.national_mean, chapter.result.total
    if mean is None or mean.value is None or total is None:
        return "ยังไม่มีแหล่งอ้างอิงที่ยืนยันค่าเฉลี่ยระดับประเทศของปีนี้ จึงไม่แสดงไว้"
    words, gap = chapter.words, rounded(total.value - mean.value)
    side = "สูงกว่า" if gap > 0 else "ต่ำกว่า" if gap < 0 else "เท่ากับ"
    text = f"คะแนนนี้{side}ค่าเฉลี่ยระดับประเทศ ({words.score(mean.value)} คะแนน)"
    return f"{text} อยู่ {words.score(abs(gap))} คะแนน" if gap else text
