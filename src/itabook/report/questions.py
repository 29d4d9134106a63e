"""The questions of the surveys that scored low."""

from collections.abc import Container, Iterator, Mapping, Sequence

import pandas as pd

from itabook.domain.questions import Group, Question, below, weakest
from itabook.domain.rules import SURVEYS, Indicator
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.listed import of_a_report
from itabook.report.style import footnotes, house_table
from itabook.words import after_thai, escape, join

FROM_ANSWERS = "คำนวณจากการกระจายคำตอบ ไม่ปรากฏคะแนนในรายงาน"
WIDTHS = {"code": "11%", "title": "57%", "score": "13%", "gap": "19%"}


@of_a_report
def question_sentence(chapter: AgencyYearChapter) -> Text:
    """How many questions are scored, how many of them are under the target, and which is the weakest."""
    asked, words = chapter.questions, chapter.words
    if not asked:
        return Text(_nothing(chapter))
    weak = [one for one in asked if one.score < chapter.target]
    counted = _counted(chapter, asked)
    if not weak:
        return Text(f"{counted}ทุกข้อได้คะแนนถึง{chapter.goal}")
    least = weakest(weak)
    names = after_thai(join(_named(one, chapter) for one in least))
    count = "ทุกข้อ" if len(weak) == len(asked) else f" {words.count(len(weak))} ข้อ"
    return Text(
        f"{counted}ต่ำกว่า{chapter.goal}{count} ดัง[@tbl-{chapter.key}-questions] "
        f"ข้อที่ได้คะแนนต่ำที่สุดคือ{names} ({words.score(least[0].score)} คะแนน)"
        f"{_of_indicators(chapter, asked)}"
    )


def _weak_indicators(chapter: AgencyYearChapter) -> list[Indicator]:
    """Indicators of the surveys under the target."""
    rules, scores = chapter.result.rules, chapter.result.indicators
    surveyed = (indicator for indicator in rules.indicators if indicator.instrument in SURVEYS)
    return [one for one in surveyed if one.number in scores and scores[one.number] < chapter.target]


def _nothing(chapter: AgencyYearChapter) -> str:
    said = f"ไม่ปรากฏคะแนนรายข้อคำถามของแบบวัด IIT และ EIT ในรายงานของ{escape(chapter.result.agency.name)}"
    weak = _weak_indicators(chapter)
    if not weak:
        return said
    named = join(escape(indicator.name) for indicator in weak)
    return f"{said} จึงบอกไม่ได้ว่าข้อใดทำให้ตัวชี้วัดต่อไปนี้ได้คะแนนต่ำกว่า{chapter.goal}: {named}"


def _counted(chapter: AgencyYearChapter, asked: Sequence[Question]) -> str:
    """How many questions the report scores, and out of how many where codes tell and their number is documented."""
    words, rules = chapter.words, chapter.result.rules
    parts = []
    for name, listed in rules.items.items():
        numbers = [one.code.partition(".")[0] for one in asked if one.instrument == name and not one.computed]
        out_of = f"จาก {words.count(listed.count)} ข้อ" if listed.official and listed.count and all(numbers) else ""
        if numbers:
            parts.append(f"{name} {words.count(len(set(numbers)) if all(numbers) else len(numbers))} ข้อ{out_of}")
    computed = sum(one.computed for one in asked)
    printed = f"รายงานระบุคะแนนรายข้อคำถามของ {join(parts)} " if parts else ""
    more = f"คำนวณจากการกระจายคำตอบได้{'อีก' if parts else ''} {words.count(computed)} ข้อ " if computed else ""
    return f"{printed}{more}ในจำนวนนี้"


def _named(question: Question, chapter: AgencyYearChapter) -> str:
    code = f"ข้อ\u00a0{chapter.words.text(question.code)} " if question.code else ""
    return f"{code}“{escape(chapter.words.text(question.title))}”"


def _of_indicators(chapter: AgencyYearChapter, asked: Sequence[Question]) -> str:
    """What the indicators say beside their questions: all reach the target, or some weak ones have no question."""
    scores = chapter.result.indicators
    surveyed = [one.number for one in chapter.result.rules.indicators if one.instrument in SURVEYS]
    weak = _weak_indicators(chapter)
    if not weak and all(number in scores for number in surveyed):
        return f" ทั้งนี้ ทุกตัวชี้วัดของ IIT และ EIT ได้คะแนนถึง{chapter.target_name}"
    known = {one.indicator for one in asked}
    silent = [escape(indicator.name) for indicator in weak if indicator.number not in known]
    if not silent:
        return ""
    return f" รายงานไม่ระบุคะแนนรายข้อของตัวชี้วัดที่ต่ำกว่า{chapter.target_name}ต่อไปนี้: {join(silent)}"


def question_table(chapter: AgencyYearChapter) -> Table | Text:
    """The questions under the target by indicator, the weakest first, with their distance from the target."""
    groups = below(chapter.questions, chapter.target)
    if not groups:
        return Text("")
    shown = [one for group in groups.values() for one in group]
    columns = {"code": "ข้อ", "title": "ข้อคำถาม", "score": "คะแนน", "gap": f"ส่วนต่างจาก{chapter.target_name}"}
    if not any(one.code for one in shown):
        del columns["code"]
    built = house_table(
        pd.DataFrame([_row(one, columns, chapter) for one in shown]), columns, numbers=("score", "gap"), group="group"
    ).cols_width({key: width for key, width in WIDTHS.items() if key in columns})
    wrong = {found.subject for found in chapter.findings if found.rule == "item-from-responses"}
    notes = [
        ("score", place, chapter.words.text(note))
        for place, one in enumerate(shown)
        for note in _notes(one, wrong)
    ]  # fmt: skip
    return table(
        footnotes(built, notes),
        label=f"tbl-{chapter.key}-questions",
        caption=f"ข้อคำถามที่ได้คะแนนต่ำกว่า{chapter.goal} {chapter.words.year(chapter.result.fiscal_year)}",
    )


def _row(question: Question, columns: Mapping[str, str], chapter: AgencyYearChapter) -> dict[str, str]:
    words = chapter.words
    cells = {
        "code": words.text(question.code),
        "title": words.text(question.title),
        "score": " / ".join(words.score(value) for value in question.values),
        "gap": words.signed(question.score - chapter.target),
    }
    return {"group": _group_name(question.group, chapter), **{key: cells[key] for key in columns}}


def _group_name(group: Group, chapter: AgencyYearChapter) -> str:
    """The indicator with its score."""
    instrument, number = group
    if number is None:
        return f"{instrument} ไม่ระบุตัวชี้วัด"
    result, words = chapter.result, chapter.words
    name = words.text(f"ตัวชี้วัดที่\u00a0{number} {result.rules.indicator(number).name}")
    score = result.indicators.get(number)
    if score is None:
        return name
    reached = "ถึง" if score >= chapter.target else "ต่ำกว่า"
    return f"{name} ({words.score(score)}\u00a0คะแนน {reached}{chapter.target_name})"


def _notes(question: Question, wrong: Container[str]) -> Iterator[str]:
    """What is to be said of the score of a question."""
    if question.computed:
        yield FROM_ANSWERS
    if not question.decided:
        yield "รายงานระบุไว้มากกว่าหนึ่งค่า และค่าอื่นในรายงานไม่พอจะบอกว่าค่าใดถูก ส่วนต่างคิดจากค่าที่ต่ำกว่า"
    if question.differing:
        yield f"รายงานระบุ {join(question.differing)} ไว้อีกแห่งหนึ่ง"
    if question.code in wrong:
        yield "คะแนนนี้ไม่ตรงกับการกระจายคำตอบที่รายงานระบุ"
