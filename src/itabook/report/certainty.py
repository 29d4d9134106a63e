"""How sure the survey scores are, in words: intervals, how many answered, and scores too high to tell anything."""

from collections.abc import Mapping, Sequence

from itabook.domain.answered import Answered, answered
from itabook.domain.ceiling import CEILING, Ceiling, ceiling
from itabook.domain.intervals import (
    CONFIDENCE,
    FEWEST,
    Interval,
    Reason,
    indicator_intervals,
    item_intervals,
    reason_without,
)
from itabook.domain.masking import FEWEST as SMALL_GROUP
from itabook.domain.responses import distributions
from itabook.domain.rules import SURVEYS, Survey
from itabook.domain.sample_rule import enough_up_to, official_minimum
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Text
from itabook.report.listed import of_a_report
from itabook.report.provenance import CONFIDENCE as SURE
from itabook.words import Words, after_thai, escape, join

ESTIMATED = "ประมาณจากร้อยละที่พิมพ์"
WITHOUT: dict[Reason, str] = {
    "unknown": "เมื่อไม่ทราบจำนวนผู้ตอบและคำนวณย้อนจากตัวเลขอื่นไม่ได้",
    "contradicting": "รายงานของ{year} ระบุจำนวนผู้ตอบแบบวัด{names} ไว้ไม่ตรงกัน",
    "two-parts": "คะแนน{names} เฉลี่ยจากสองส่วน แต่ไม่ปรากฏจำนวนผู้ตอบของแต่ละส่วนในรายงานของ{year}",
    "few": "ผู้ตอบแบบวัด{names} ในรายงานของ{year} มีไม่ถึง {fewest} คน ซึ่งน้อยเกินกว่าจะคำนวณให้เชื่อถือได้",
}
OIT = "ส่วน OIT เป็นการตรวจรายการที่เผยแพร่ มิได้สอบถามความเห็นของผู้ตอบ จึงไม่มีความคลาดเคลื่อนชนิดนี้"
OFFICIAL = "ทั้งนี้ ผลการประเมินยังเป็นไปตามคะแนนที่ประกาศ"


@of_a_report
def certainty_sentence(chapter: AgencyYearChapter) -> Text:
    """How far chance can have moved the scores of each survey and of the items whose answers are known, or why not."""
    result = chapter.result
    indicators, items = indicator_intervals(result), item_intervals(result)
    if not result.indicators and not items:
        missing = f"ไม่ปรากฏคะแนนรายตัวชี้วัดและการกระจายของคำตอบในรายงานของ{chapter.words.year(result.fiscal_year)}"
        return Text(f"{missing} จึงไม่มีคะแนนให้บอกช่วงความคลาดเคลื่อน")
    oit = OIT if "OIT" in result.instruments else ""
    paragraphs = (
        (_margins(chapter, indicators), _without(chapter), oit),
        (_against_target(chapter, indicators),),
        (_items(chapter, items), _left_out(chapter, items)),
    )
    joined = (" ".join(filter(None, sentences)) for sentences in paragraphs)
    return Text("\n\n".join(filter(None, joined)))


def _told(chapter: AgencyYearChapter, found: Answered) -> str:
    """How many answered, with a remark where the number is estimated; only that they are few where that is masked."""
    if chapter.mask and found.count < SMALL_GROUP:
        return f"น้อยกว่า {chapter.words.count(SMALL_GROUP)} คน"
    return f"{chapter.words.count(found.count)} คน{f' ({ESTIMATED})' if found.estimated else ''}"


def _margins(chapter: AgencyYearChapter, intervals: Mapping[int, Interval]) -> str:
    """The largest margin of the indicators of each survey."""
    words, widest = chapter.words, {}
    for code in SURVEYS:
        numbers = [indicator.number for indicator in chapter.result.rules.of_instrument(code)]
        margins = [intervals[number].margin for number in numbers if number in intervals]
        if margins:
            widest[code] = max(margins)
    if not widest:
        return ""
    said = join(f"{code} คลาดเคลื่อนไม่เกิน ±{words.score(margin)} คะแนน" for code, margin in widest.items())
    return (
        f"คะแนนที่มาจากการสอบถามเพียงบางคนย่อมคลาดเคลื่อนได้ ที่ระดับความเชื่อมั่นร้อยละ "
        f"{words.short(CONFIDENCE)} คะแนนตัวชี้วัดของ {said} ดัง[@fig-{chapter.key}-certainty] และ"
        f"[@tbl-{chapter.key}-certainty] {_basis(intervals)} ผลต่างระหว่างปีที่น้อยกว่านี้จึงยังบอกไม่ได้ว่าเปลี่ยนแปลงจริง"
    )


def _basis(intervals: Mapping[int, Interval]) -> str:
    """What the margins are taken from."""
    if all(one.basis == "items" for one in intervals.values()):
        return "ช่วงเหล่านี้เป็นค่าสูงสุดที่คำนวณจากการกระจายของคำตอบทุกข้อ ความคลาดเคลื่อนจริงอาจน้อยกว่านี้"
    return (
        "ช่วงเหล่านี้เป็นค่าสูงสุดที่เป็นไปได้ตามคะแนนและจำนวนผู้ตอบ เพราะรายงานไม่ปรากฏการกระจายของคำตอบครบทุกข้อ "
        "ความคลาดเคลื่อนจริงมักน้อยกว่านี้"
    )


def _without(chapter: AgencyYearChapter) -> str:
    """Why a survey with scores has no interval, the surveys with the same reason in one clause."""
    result, words = chapter.result, chapter.words
    reasons: dict[Reason, list[str]] = {}
    for code in SURVEYS:
        scored = any(indicator.number in result.indicators for indicator in result.rules.of_instrument(code))
        if scored and (reason := reason_without(result, code)):
            reasons.setdefault(reason, []).append(code)
    year, fewest = words.year(result.fiscal_year), words.count(FEWEST)
    return " ".join(
        f"{WITHOUT[reason].format(names=after_thai(join(codes)), year=year, fewest=fewest)} "
        f"จึงบอกช่วงความคลาดเคลื่อนของคะแนน{after_thai(join(codes))} ไม่ได้"
        for reason, codes in reasons.items()
    )


def _against_target(chapter: AgencyYearChapter, intervals: Mapping[int, Interval]) -> str:
    """Which indicators lie on one side of the target with their whole interval, and how many do not."""
    if not intervals:
        return ""
    words, names, target = chapter.words, chapter.result.rules.indicator, chapter.target
    goal = f"{chapter.target_name} {words.short(target)} คะแนน"
    sides = {
        "สูงกว่า": [number for number, one in intervals.items() if one.low > target],
        "ต่ำกว่า": [number for number, one in intervals.items() if one.high < target],
    }
    clear = [
        f"ตัวชี้วัดที่{side}{goal}ตลอดทั้งช่วง ได้แก่ {join(escape(names(number).name) for number in numbers)}"
        for side, numbers in sides.items()
        if numbers
    ]
    left = len(intervals) - sum(map(len, sides.values()))
    if left:
        all_or_rest = f"{'อีก' if clear else 'ทั้ง'} {words.count(left)} ตัวชี้วัด"
        clear.append(f"{all_or_rest}มีช่วงคร่อม{goal} จึงยังไม่แน่ชัดว่าอยู่ด้านใด {OFFICIAL}")
    return f"เมื่อคำนึงถึงช่วงความคลาดเคลื่อนแล้ว {' '.join(clear)}"


def _items(chapter: AgencyYearChapter, items: Mapping[str, Interval]) -> str:
    words = chapter.words
    if not items:
        return ""
    told = join(
        f"{item_name(item, words)} {words.score(one.score)} คะแนน "
        f"(ระหว่าง {words.score(one.low)} ถึง {words.score(one.high)} คะแนน)"
        for item, one in items.items()
    )
    return f"รายข้อที่ทราบการกระจายของคำตอบ ประมาณช่วงจากคำตอบได้โดยตรง ได้แก่ {told}"


def _left_out(chapter: AgencyYearChapter, items: Mapping[str, Interval]) -> str:
    """The items whose answers are printed but give no interval, and why."""
    words = chapter.words
    out = [spread for spread in distributions(chapter.result) if spread.item not in items]
    reasons = {
        "ร้อยละหรือป้ายคำตอบที่พิมพ์ขัดกันเอง": [spread.item for spread in out if not spread.sound],
        "มาตรวัด จำนวนผู้ตอบ หรือคะแนนของข้อยังยืนยันไม่ได้": [spread.item for spread in out if spread.sound],
    }
    return " ".join(f"{_item_names(codes, words)} ไม่มีช่วง เพราะ{reason}" for reason, codes in reasons.items() if codes)


def _item_names(codes: Sequence[str], words: Words) -> str:
    return f"ข้อ{after_thai(join(escape(words.text(code)) for code in codes))}"


def item_name(item: str, words: Words) -> str:
    """An item by its code."""
    return f"ข้อ\u00a0{escape(words.text(item))}"


@of_a_report
def sample_sentence(chapter: AgencyYearChapter) -> Text:
    """How many answered each survey, and whether that is enough by the rule of the year, where one is confirmed."""
    year = chapter.words.year(chapter.result.fiscal_year)
    found = {code: one for code in SURVEYS if (one := answered(chapter.result, code))}
    if not found:
        return Text(f"ไม่ทราบจำนวนผู้ตอบแบบวัด IIT และ EIT ของ{year} จึงเทียบกับจำนวนขั้นต่ำไม่ได้")
    counted = join(f"{code} {_told(chapter, one)}" for code, one in found.items())
    missing = [code for code in SURVEYS if code not in found]
    unknown = f"ไม่ทราบจำนวนผู้ตอบแบบวัด {join(missing)}" if missing else ""
    compared = {code: _compared(chapter, code, one) for code, one in found.items()}
    unsure = [code for code, said in compared.items() if not said]
    unconfirmed = f"ยังไม่มีแหล่งยืนยันจำนวนผู้ตอบขั้นต่ำของ {join(unsure)} ใน{year} จึงไม่เทียบกับเกณฑ์" if unsure else ""
    return Text(" ".join(filter(None, [f"จำนวนผู้ตอบแบบวัด {counted}", unknown, *compared.values(), unconfirmed])))


def _compared(chapter: AgencyYearChapter, code: Survey, found: Answered) -> str:
    """The respondents against the least number; empty where no rule on it is confirmed."""
    words, rule = chapter.words, official_minimum(chapter.result.rules, code)
    if rule is None or rule.minimum is None:
        return ""
    most = enough_up_to(rule.minimum, found.count)
    staff = "ไม่ว่าจะมีบุคลากรเท่าใด" if most is None else f"หากหน่วยงานมีบุคลากรไม่เกิน {words.count(most)} คน"
    return f"เกณฑ์ขั้นต่ำของ {code} คือ {escape(words.text(rule.value))} ({SURE[rule.confidence]}) จำนวนผู้ตอบถึงเกณฑ์{staff}"


def ceiling_sentence(chapter: AgencyYearChapter) -> Text:
    """The survey indicators and items that nearly all answered at 100 points, and what that means; else empty."""
    found = ceiling(chapter.result)
    if not found.indicators and not found.items:
        return Text("")
    meaning = (
        "คะแนนระดับนี้แสดงว่าผู้ตอบเกือบทั้งหมดเลือกคำตอบที่ได้คะแนนเต็ม จึงใช้แยกความแตกต่างระหว่างหน่วยงานหรือระหว่างปีไม่ได้ "
        "และไม่ชี้ว่าควรปรับปรุงเรื่องใด"
    )
    said = " ".join(filter(None, [_full_indicators(chapter, found), _full_items(chapter, found)]))
    return Text(f"{said} {meaning}{_fulfilled(chapter)}")


def _full_indicators(chapter: AgencyYearChapter, found: Ceiling) -> str:
    if not found.indicators:
        return ""
    words, least = chapter.words, f"ตั้งแต่ {chapter.words.short(CEILING)} คะแนนขึ้นไป"
    if found.indicators == found.asked:
        return f"ตัวชี้วัดของ IIT และ EIT ที่ปรากฏคะแนนได้{least}ทุกตัวชี้วัด"
    names = join(escape(chapter.result.rules.indicator(number).name) for number in found.indicators)
    counted = f"{words.count(len(found.indicators))} จาก {words.count(len(found.asked))} ตัวชี้วัด"
    return f"ตัวชี้วัดของ IIT และ EIT ที่ได้{least}มี {counted} ได้แก่ {names}"


def _full_items(chapter: AgencyYearChapter, found: Ceiling) -> str:
    if not found.items:
        return ""
    words = chapter.words
    names = join(
        escape(words.text(item.code)) if item.code else f"“{escape(words.text(item.title))}”" for item in found.items
    )
    least = f"ตั้งแต่ {words.short(CEILING)} คะแนนขึ้นไป"
    return f"ข้อคำถามของ IIT และ EIT ที่ได้{least}มี {words.count(len(found.items))} ข้อ คือ ข้อ{after_thai(names)}"


def _fulfilled(chapter: AgencyYearChapter) -> str:
    """A word on OIT where it has such a score, for there it means something else."""
    result = chapter.result
    numbers = [indicator.number for indicator in result.rules.of_instrument("OIT")]
    full = any(result.indicators[number] >= CEILING for number in numbers if number in result.indicators)
    return " ทั้งนี้ ไม่นับ OIT ซึ่งคะแนนเต็มหมายถึงเผยแพร่ได้ครบตามเกณฑ์ มิใช่ความเห็นของผู้ตอบ" if full else ""
