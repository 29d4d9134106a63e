"""Goals, and the steps towards them, in words."""

from collections.abc import Sequence
from decimal import Decimal

from itabook.domain.gaps import PARTS, Gap
from itabook.domain.oit_items import grouping, ways_of
from itabook.domain.rules import SURVEYS, Level
from itabook.domain.scenarios import Items, Rise, Scenario
from itabook.domain.scores import FULL
from itabook.report.chapter import AgencyYearChapter
from itabook.report.headline import tested_name, tested_scores
from itabook.words import Words, after_thai, join

POINTS = "\u00a0คะแนน"
ITEMS = "\u00a0ข้อ"


def level_title(level: Level) -> str:
    """A level by its name: ระดับ AA, ระดับผ่านดี."""
    return f"ระดับ{after_thai(level.name)}"


def goal_title(chapter: AgencyYearChapter, goal: Level) -> str:
    """A level to aim at and what it asks for: ระดับ C (65 คะแนนขึ้นไป)."""
    words, total = chapter.words, chapter.result.total
    least = f"{words.short(goal.total_min)}{POINTS}"
    if goal.instrument_min is not None:
        tested = f"{words.short(goal.instrument_min)}{POINTS}"
        asks = f"คะแนนรวมไม่ต่ำกว่า {least} โดย{after_thai(tested_scores(chapter))} ไม่ต่ำกว่า {tested}"
    elif goal.total_min == chapter.target and total is not None and total.value < chapter.target:
        asks = f"{chapter.target_name} {least}"
    else:
        asks = f"{least}ขึ้นไป"
    return f"{level_title(goal)} ({asks})"


def gap_names(gaps: Sequence[Gap], words: Words) -> str:
    """What is short and by how much: คะแนนรวมอีก 3.79 คะแนน และ EIT ส่วนที่ 1 อีก 0.46 คะแนน."""
    return join(
        f"{name} (ไม่ทราบคะแนน)" if points is None else f"{then_thai(name)}อีก {words.score(points)}{POINTS}"
        for name, points in ((tested_name(code, words), points) for code, points in gaps)
    )


def then_thai(name: str) -> str:
    """A name to go before a Thai word: a blank after what is not Thai."""
    return name if "\u0e00" <= name[-1:] <= "\u0e4f" else f"{name} "


def steps_text(chapter: AgencyYearChapter, steps: Sequence[Items | Rise], *, brief: bool = False) -> str:
    """Steps in the order of their cost; `brief` leaves out long lists and what they mean in answers."""
    surveys = [step for step in steps if isinstance(step, Rise) and step.code in SURVEYS]
    texts = []
    for step in steps:
        if isinstance(step, Items):
            texts.append(_items_text(chapter, step, brief=brief))
        elif step not in surveys:
            texts.append(_rise_text(chapter, step) + ("" if brief else _answers_text([step], chapter.words)))
    for group in _alike(surveys):
        texts.append(_surveys_text(chapter, group) + ("" if brief else _answers_text(group, chapter.words)))
    return " และ".join(texts)


def _alike(surveys: Sequence[Rise]) -> list[list[Rise]]:
    """Surveys that rise by the same number of points together."""
    groups: dict[Decimal, list[Rise]] = {}
    for step in surveys:
        groups.setdefault(step.points, []).append(step)
    return list(groups.values())


def scenario_title(scenario: Scenario) -> str:
    """Which instruments a way moves: OIT และ IIT."""
    return join(dict.fromkeys(_instrument(scenario, step) for step in scenario.steps))


def _instrument(scenario: Scenario, step: Items | Rise) -> str:
    if isinstance(step, Items):
        return "OIT"
    if step.code.isdecimal():
        return scenario.standing.rules.indicator(int(step.code)).instrument
    return step.code[:3]


def items_count(least: int, most: int, words: Words) -> str:
    """A number of items, or from what to what: 2 ข้อ, 7–10 ข้อ."""
    return (words.count(most) if least == most else f"{words.count(least)}–{words.count(most)}") + ITEMS


def _items_text(chapter: AgencyYearChapter, step: Items, *, brief: bool) -> str:
    words = chapter.words
    count = items_count(step.least, step.most, words)
    rest = f"ผ่าน OIT ข้อที่เหลือเพียง {count}" if step.most == 1 else f"ผ่าน OIT ครบทุกข้อที่เหลือ ({count})"
    text = rest if step.rest else f"ผ่าน OIT เพิ่ม {count}"
    named = len(step.where) <= 2
    if not step.where:
        return text if step.rest else f"{text} ตามแต่ข้อที่ยังไม่ผ่านอยู่ในตัวชี้วัดย่อยใด"
    if brief and not named:
        return text
    one = len(step.where) == 1
    places = (
        _sub_indicator(chapter, name, named=named) + ("" if one else f" ({words.count(n)}{ITEMS})")
        for name, n in step.where
    )
    return f"{text} ในตัวชี้วัดย่อยที่ {join(places)}"


def _sub_indicator(chapter: AgencyYearChapter, name: str, *, named: bool) -> str:
    """Number of a sub-indicator, with its topic where all of its items have the same."""
    items = chapter.result.rules.items["OIT"].items
    topics = {item.topic for item in items if item.sub_indicator == name}
    number = chapter.words.text(name)
    return f"{number} {topics.pop()}" if named and len(topics) == 1 else number


def _rise_text(chapter: AgencyYearChapter, step: Rise) -> str:
    """A rise of OIT, of one indicator or of one part of EIT."""
    words = chapter.words
    moved = f"จาก {words.score(step.before)} เป็น {words.score(step.after)}"
    by = f"{words.score(step.after - step.before)}{POINTS}"
    if step.code == "OIT":
        return f"คะแนนเฉลี่ย OIT เพิ่มขึ้น {by} ({moved}){_failed(chapter)}"
    name = _indicator(chapter, step.code) if step.code.isdecimal() else f" {tested_name(step.code, words)}"
    return f"คะแนน{name} เพิ่มขึ้น {by} ({moved})"


def _surveys_text(chapter: AgencyYearChapter, surveys: Sequence[Rise]) -> str:
    """A rise of whole surveys: of each indicator, or of both parts of EIT where these are known."""
    words, parted = chapter.words, len(chapter.result.parts) == len(PARTS)
    listed = [step.code for step in surveys if not (parted and step.code == "EIT")]
    names, each_one = [f"ทุกตัวชี้วัดของ {join(listed)}"] if listed else [], "ตัวชี้วัดละ"
    if len(listed) < len(surveys):
        names.append("คะแนน EIT ทั้งสองส่วน")
        each_one = "อย่างละ" if listed else "ส่วนละ"
    each, full = join(names), words.text(100)
    if all(step.after >= FULL for step in surveys):
        return f"{then_thai(each)}ได้เต็ม {full}{POINTS}"
    capped = f" หรือจนเต็ม {full}" if any(step.after - step.before < step.points for step in surveys) else ""
    means = (f"{step.code} เฉลี่ยจาก {words.score(step.before)} เป็น {words.score(step.after)}" for step in surveys)
    return f"{then_thai(each)}เพิ่มขึ้น{each_one} {words.score(surveys[0].points)}{POINTS}{capped} ({' '.join(means)})"


def _indicator(chapter: AgencyYearChapter, code: str) -> str:
    return f"ตัวชี้วัดที่\u00a0{chapter.words.text(code)} {chapter.result.rules.indicator(int(code)).name}"


def _answers_text(steps: Sequence[Rise], words: Words) -> str:
    """What rises mean in answers; nothing for a survey whose answers are not known or that is full."""
    told = [(step, step.answers) for step in steps if step.answers and step.after < FULL]
    return "".join(
        f" เทียบได้กับคำตอบ{'' if step.code.isdecimal() else f' {step.code} '}ที่สูงขึ้นหนึ่งระดับ"
        f"ประมาณ {words.count(answers.steps)} คำตอบ จากทั้งหมด {words.count(answers.given)} คำตอบ"
        for step, answers in told
    )


def _failed(chapter: AgencyYearChapter) -> str:
    """The items that the report says have failed, as a place to begin; empty where it names none."""
    items = (row for row in chapter.result.items if row.instrument == "OIT" and row.result == "fail")
    failed = {row.code or row.title for row in items}
    return f" โดยเริ่มจาก {chapter.words.count(len(failed))} ข้อที่รายงานระบุว่าไม่ผ่าน" if failed else ""


def notes(chapter: AgencyYearChapter, scenarios: Sequence[Scenario]) -> list[str]:
    """What must be known to read the steps, each said once."""
    steps = [step for scenario in scenarios for step in scenario.steps]
    rises = [step for step in steps if isinstance(step, Rise)]
    said = []
    if any(isinstance(step, Items) for step in steps):
        said.append("จำนวนข้อ OIT คำนวณย้อนจากคะแนนที่พิมพ์ โดยเลือกข้อที่มีผลต่อคะแนนรวมมากที่สุดก่อน")
    if any(step.code == "OIT" for step in rises):
        said.append(uncounted(chapter))
    rising = [step for step in rises if step.code in SURVEYS and step.after < FULL]
    asked = {step.code: step.answers.respondents for step in rising if step.answers}
    if asked:
        people = join(f"{code} มี {chapter.words.count(number)}\u00a0คน" for code, number in asked.items())
        said.append(f"หนึ่งคำตอบคือคำตอบหนึ่งข้อของผู้ตอบหนึ่งคน ข้อที่มีข้อย่อยนับเป็นข้อเดียว ผู้ตอบ {people}")
    silent = [code for code in SURVEYS if any(step.code == code and not step.answers for step in rising)]
    if silent:
        said.append(f"ไม่แสดงจำนวนคำตอบของ {join(silent)} เพราะไม่มีจำนวนข้อหรือจำนวนผู้ตอบที่ยืนยันได้")
    return said


def uncounted(chapter: AgencyYearChapter) -> str:
    """Why OIT is not counted in items; empty where it is."""
    result = chapter.result
    if ways_of(result):
        return ""
    if grouping(result.rules):
        return "ไม่มีจำนวนข้อที่ผ่านชุดใดให้คะแนน OIT ตามที่พิมพ์ จึงไม่นับเป็นจำนวนข้อ"
    return f"ยังไม่มีแหล่งยืนยันการจัดกลุ่มข้อ OIT ของ{chapter.words.year(result.fiscal_year)} จึงไม่นับเป็นจำนวนข้อ"


def untold(chapter: AgencyYearChapter) -> str:
    """Why no distance can be told."""
    result, year, by_rules = chapter.result, chapter.words.year(chapter.result.fiscal_year), chapter.level
    if result.total is None:
        return f"ไม่มีคะแนนรวมของ{year} จึงบอกไม่ได้ว่ายังห่างจากเป้าหมายและระดับถัดไปเท่าใด"
    if by_rules is None:
        return f"เกณฑ์ระดับของ{year} ยังไม่มีแหล่งยืนยัน จึงไม่คำนวณระยะห่างจากระดับถัดไป"
    missing = join(tested_name(code, chapter.words) for code in by_rules.missing)
    untold = "คำนวณระยะห่างจากระดับถัดไป" if result.printed_level else "บอกระดับปัจจุบันและระดับถัดไป"
    return f"ยัง{untold}ไม่ได้ เพราะไม่ปรากฏคะแนน{after_thai(missing)} ซึ่งเกณฑ์ระดับของ{year} ใช้ประกอบ"


def no_ways(chapter: AgencyYearChapter) -> str:
    """Why no ways can be computed though the distance is known."""
    result = chapter.result
    if len(result.indicators) < len(result.rules.indicators):
        return f"ไม่ปรากฏคะแนน{'ครบทุก' if result.indicators else 'ราย'}ตัวชี้วัด จึงคำนวณทางเลือกไม่ได้"
    if not result.rules.weights.official:
        return "น้ำหนักของแบบวัดในปีนี้ยังไม่มีแหล่งยืนยัน จึงไม่คำนวณทางเลือก"
    return f"คะแนนที่พิมพ์ใน{chapter.words.document}ขัดแย้งกันเอง จึงไม่คำนวณทางเลือก"
