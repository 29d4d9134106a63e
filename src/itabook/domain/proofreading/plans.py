"""The plan of a report against its scores: what is weak has a measure."""

from collections.abc import Iterator
from decimal import Decimal

from itabook.domain.facts import Measure
from itabook.domain.proofreading.finding import Outcome, Remark, Rule, Subject
from itabook.domain.proofreading.places import issue
from itabook.domain.results import AgencyYear

PLANNED = ("measure", "recommendation", "long-term")
"""The kinds of row that say what is to be done."""


def weak_without_measure(subject: Subject) -> Iterator[Outcome]:
    """An indicator, or an issue with an item, under the pass mark for which the plan has nothing."""
    result = subject.result
    plan = [row for row in result.measures if row.kind in PLANNED]
    if not plan:
        return
    covered = {code for row in plan for code in row.scope}
    mark = result.rules.levels.pass_mark
    for number, score in result.indicators.items():
        names = {str(number), result.rules.indicator(number).instrument}
        if score < mark:
            yield None if covered & names else _without(f"indicator {number}", f"ตัวชี้วัดที่ {number}", score, mark)
    for name, (score, title) in _weakest_by_issue(result).items():
        if score < mark:
            said = f"ประเด็นที่ {name.removeprefix('issue-')} ข้อ “{title}”"
            yield None if name in covered else _without(name, said, score, mark)


def measure_for_passing(subject: Subject) -> Iterator[Outcome]:
    """A measure that names only indicators that pass: not wrong, but another may need it more."""
    result = subject.result
    mark = result.rules.levels.pass_mark
    weak = [number for number, score in result.indicators.items() if score < mark]
    for row in result.measures:
        numbers = [int(code) for code in row.scope if code.isdigit()]
        if row.kind != "measure" or not numbers or len(numbers) != len(row.scope):
            continue
        passing = [number for number in numbers if result.indicators.get(number, Decimal(0)) >= mark]
        if weak and len(passing) == len(numbers):
            yield _for_passing(row, passing, mark)
        else:
            yield None


RULES = (
    Rule("weak-without-measure", "ตัวชี้วัดหรือประเด็นที่ต่ำกว่าเกณฑ์มีมาตรการรองรับ", weak_without_measure),
    Rule("measure-for-passing", "มาตรการตรงกับตัวชี้วัดที่ต่ำกว่าเกณฑ์", measure_for_passing),
)


def _weakest_by_issue(result: AgencyYear) -> dict[str, tuple[Decimal, str]]:
    """The lowest item of each issue that the report treats, and its title."""
    weakest: dict[str, tuple[Decimal, str]] = {}
    for row in result.items:
        name = issue(row.where)
        if name and row.value is not None and (name not in weakest or row.value < weakest[name][0]):
            weakest[name] = row.value, row.title
    return weakest


def _without(subject: str, said: str, score: Decimal, mark: Decimal) -> Remark:
    return Remark(
        "warning", subject, printed=str(score),
        message=f"{said} ได้ {score} คะแนน ต่ำกว่า {mark} แต่ไม่มีมาตรการหรือข้อเสนอแนะรองรับ",
        explanation="เทียบคะแนนกับขอบเขตของมาตรการและข้อเสนอแนะทุกแถว",
    )  # fmt: skip


def _for_passing(row: Measure, passing: list[int], mark: Decimal) -> Remark:
    named = " และ ".join(str(number) for number in passing)
    return Remark(
        "note", f"indicator {passing[0]}", printed=row.number, where=row.where,
        message=f"มาตรการ “{row.text}” เป็นของตัวชี้วัดที่ {named} ซึ่งผ่านเกณฑ์ {mark} แล้ว",
        explanation="ไม่ใช่ข้อผิดพลาด ควรทบทวนว่าตัวชี้วัดที่ต่ำกว่าเกณฑ์ต้องการมาตรการนี้มากกว่าหรือไม่",
    )  # fmt: skip
