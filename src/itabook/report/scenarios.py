"""How far the agency is from its target and from the next level, and which ways lead there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from itabook.domain.gaps import PARTS, Gap, Standing, alone, gaps_to, goals_of, room, standing_of
from itabook.domain.oit_items import OIT, Way, needed, ways_of
from itabook.domain.rules import Level
from itabook.domain.scenarios import Items, Rise, Scenario, scenarios
from itabook.domain.scores import FULL
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.headline import tested_name
from itabook.report.scenario_words import (
    POINTS,
    gap_names,
    goal_title,
    items_count,
    level_title,
    no_ways,
    notes,
    scenario_title,
    steps_text,
    then_thai,
    uncounted,
    untold,
)  # fmt: skip
from itabook.report.style import house_table
from itabook.words import Words, after_thai, escape

NOT_ALONE = "ลำพังไม่ถึง"
THERE = "ถึงแล้ว"
UNKNOWN = "ไม่ทราบ"
ALONE = "ตัวชี้วัด หากเพิ่มเพียงตัวเดียว"
NAMES = 32
"""Width of the column of names in the table of gaps, in percent."""
WIDTHS = {"name": "13%", "steps": "54%", "total": "15%", "level": "18%"}


@dataclass(frozen=True, slots=True)
class _Outlook:
    """Where the agency stands and the levels it can aim at, the nearest first."""

    standing: Standing
    goals: tuple[Level, ...]
    ways: tuple[Way, ...]

    def scenarios(self, chapter: AgencyYearChapter, goal: Level) -> tuple[Scenario, ...]:
        """The ways to one of the levels."""
        return scenarios(chapter.result, self.standing, goal)


def _outlook(chapter: AgencyYearChapter) -> _Outlook | None:
    """None where there is nothing to aim at, or not enough is known."""
    goals, standing = _goals(chapter), standing_of(chapter.result)
    return _Outlook(standing, goals, ways_of(chapter.result)) if goals and standing else None


def _goals(chapter: AgencyYearChapter) -> tuple[Level, ...]:
    by_rules = chapter.level
    return () if by_rules is None or by_rules.level is None else goals_of(chapter.result, by_rules.level)


def gap_sentence(chapter: AgencyYearChapter) -> Text:
    """How far it is to the next level and to the target, the first way there, and what cannot be told and why."""
    result, words, by_rules = chapter.result, chapter.words, chapter.level
    if by_rules is None or by_rules.level is None or result.total is None:
        return Text(untold(chapter))
    goals = _goals(chapter)
    if not goals:
        name = escape(level_title(by_rules.level))
        return Text(f"หน่วยงานอยู่ใน{name} ซึ่งเป็นระดับสูงสุดตามเกณฑ์ของ{words.year(result.fiscal_year)} แล้ว")
    now = f"หน่วยงานมีคะแนนรวม {words.score(result.total.value)}{POINTS} อยู่ใน{escape(level_title(by_rules.level))}"
    outlook = _outlook(chapter)
    if outlook is None:
        far = (_gap(chapter, goal, gaps_to(goal, result.total.value, result.tested)) for goal in goals)
        return Text(" ".join([now, *far, no_ways(chapter)]))
    far = (_gap(chapter, goal, outlook.standing.short_of(goal)) for goal in goals)
    found = {goal: outlook.scenarios(chapter, goal) for goal in goals}
    ways = (_way(chapter, goal, some) for goal, some in found.items())
    tables = ("gaps", "scenarios") if any(found.values()) else ("gaps",)
    where = f"รายละเอียดปรากฏใน{' และ'.join(f'[@tbl-{chapter.key}-{name}]' for name in tables)}"
    return Text(" ".join([now, *far, *ways, where, "ทั้งนี้ สมมติให้คะแนนส่วนที่ไม่ได้กล่าวถึงคงเดิม"]))


def _gap(chapter: AgencyYearChapter, goal: Level, gaps: Sequence[Gap]) -> str:
    return f"เมื่อเทียบกับ{escape(goal_title(chapter, goal))} ยังขาด{after_thai(gap_names(gaps, chapter.words))}"


def _way(chapter: AgencyYearChapter, goal: Level, found: Sequence[Scenario]) -> str:
    """The first way to a level; why the cheapest is not enough, or that perception alone is not."""
    reached = next((scenario for scenario in found if scenario.reached), None)
    if reached is None:
        return f"ข้อมูลที่มียังยืนยันไม่ได้ว่าทางเลือกใดจะถึง{escape(level_title(goal))}"
    first, last = found[0], found[-1]
    name = escape(level_title(goal))
    if first is reached:
        way = f"ทางเลือกแรกที่ถึง{then_thai(name)}คือ{_outcome(chapter, first.steps, first, 'ซึ่งจะได้')}"
        return way if last.reached else f"{way} หากอาศัยการรับรู้อย่างเดียว {_in_vain(chapter, last)}"
    if reached.steps[: len(first.steps)] == first.steps:
        rest = _outcome(chapter, reached.steps[len(first.steps) :], reached, "จึงจะได้")
        return f"{_in_vain(chapter, first)} ยังไม่ถึง{then_thai(name)}และยังต้องให้{rest}"
    way = _outcome(chapter, reached.steps, reached, "ซึ่งจะได้")
    return f"{_in_vain(chapter, first)} ทางเลือกแรกที่ถึง{then_thai(name)}คือ{way}"


def _outcome(chapter: AgencyYearChapter, steps: Sequence[Items | Rise], scenario: Scenario, verb: str) -> str:
    text = escape(steps_text(chapter, steps, brief=True))
    return f"{after_thai(text)} {verb}คะแนนรวม {_total(scenario, chapter.words)}{POINTS}"


def _in_vain(chapter: AgencyYearChapter, scenario: Scenario) -> str:
    text = escape(steps_text(chapter, scenario.steps, brief=True))
    return f"แม้{after_thai(text)} คะแนนรวมจะเป็นเพียง {_total(scenario, chapter.words)}{POINTS}"


def gap_table(chapter: AgencyYearChapter) -> Table | Text:
    """What each indicator alone must gain for each goal, and what each condition of the level is short of."""
    outlook, words = _outlook(chapter), chapter.words
    if outlook is None:
        return Text("")
    rows = [*_indicator_rows(chapter, outlook), *_condition_rows(chapter, outlook)]
    goals = {f"goal{place}": f"ต้องเพิ่มเพื่อถึง{level_title(goal)}" for place, goal in enumerate(outlook.goals)}
    labels = {"name": "รายการ", "score": "คะแนน", "room": "คะแนนรวมเพิ่มได้สูงสุด", **goals}
    frame = pd.DataFrame(rows)
    if "room" not in frame:
        del labels["room"]
    numbers = [key for key in labels if key != "name"]
    built = house_table(frame.fillna("–"), labels, numbers=numbers, group="group")
    built = built.cols_width({"name": f"{NAMES}%", **dict.fromkeys(numbers, f"{(100 - NAMES) // len(numbers)}%")})
    for note in _gap_notes(chapter, outlook, rows):
        built = built.tab_source_note(note)
    year = words.year(chapter.result.fiscal_year)
    return table(built, label=f"tbl-{chapter.key}-gaps", caption=f"คะแนนที่ต้องเพิ่มเพื่อถึงเป้าหมาย {year}")


def _indicator_rows(chapter: AgencyYearChapter, outlook: _Outlook) -> list[dict[str, str]]:
    """A row for each indicator; none where only parts of EIT are short, which no indicator tells."""
    short = {code for goal in outlook.goals for code, _ in outlook.standing.short_of(goal)}
    if not short - set(PARTS):
        return []
    rows = []
    for number, score in chapter.result.indicators.items():
        row = {
            "group": ALONE,
            "name": chapter.words.text(f"{number} {chapter.result.rules.indicator(number).name}"),
            "score": chapter.words.score(score),
        }
        if "total" in short:
            row["room"] = chapter.words.signed(room(outlook.standing, number))
        goals = {f"goal{place}": _alone(chapter, outlook, number, goal) for place, goal in enumerate(outlook.goals)}
        rows.append(row | goals)
    return rows


def _alone(chapter: AgencyYearChapter, outlook: _Outlook, number: int, goal: Level) -> str:
    """What one indicator must gain: of OIT in whole items where they can be counted."""
    standing, words = outlook.standing, chapter.words
    items = needed(standing, outlook.ways, lambda after: after.reaches(goal), (number,)) if number in OIT else None
    if items is not None and items.alike:
        gain = items.standing.indicators[number] - standing.indicators[number]
        return f"{words.signed(gain)} ({items_count(items.least, items.most, words)})"
    points = alone(standing, number, goal)
    if points is not None:
        return words.signed(points)
    tested = {code for code, _ in standing.short_of(goal)} - {"total"}
    of_parts = bool(tested) and tested <= set(PARTS) and standing.rules.indicator(number).instrument == "EIT"
    return UNKNOWN if of_parts else NOT_ALONE  # what an indicator of EIT does to each part is not known


def _condition_rows(chapter: AgencyYearChapter, outlook: _Outlook) -> list[dict[str, str]]:
    """A row for the total, and one for each tested score where a goal asks for it."""
    standing, words = outlook.standing, chapter.words
    scores = {"total": standing.total}
    if any(goal.instrument_min is not None for goal in outlook.goals):
        scores |= standing.tested
    rows = []
    for code, score in scores.items():
        shown = f"ไม่ต่ำกว่า {words.score(score)}" if code in standing.unknown else words.score(score)
        row = {"group": "เงื่อนไขของระดับ", "name": tested_name(code, words), "score": shown}
        for place, goal in enumerate(outlook.goals):
            gaps = dict(standing.short_of(goal))
            points = gaps.get(code)
            row[f"goal{place}"] = THERE if code not in gaps else UNKNOWN if points is None else words.signed(points)
        rows.append(row)
    return rows


def _gap_notes(chapter: AgencyYearChapter, outlook: _Outlook, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """What must be known to read the table."""
    words, standing = chapter.words, outlook.standing
    said = []
    if any(NOT_ALONE in row.values() for row in rows):
        said.append(f"{NOT_ALONE}: แม้ตัวชี้วัดนั้นได้เต็ม {words.text(100)}{POINTS} ก็ยังไม่ถึง")
    if rows[0]["group"] == ALONE:
        said.append("คะแนนที่ต้องเพิ่มคือจำนวนน้อยที่สุดที่ทำให้คะแนนซึ่งปัดเป็นทศนิยมสองตำแหน่งถึงเกณฑ์")
    if any(code in standing.parts for goal in outlook.goals for code, _ in standing.short_of(goal)):
        said.append(f"{words.document}ไม่แยกคะแนนตัวชี้วัดของ EIT ตามส่วน จึงบอกไม่ได้ว่าแต่ละตัวชี้วัดในส่วนนั้นต้องเพิ่มเท่าใด")
    if uncounted(chapter) and standing.tested["OIT"] < FULL:
        said.append(uncounted(chapter))
    if standing.unknown and any(goal.instrument_min is not None for goal in outlook.goals):
        eit = words.score(standing.score_of("EIT"))
        said.append(f"{words.document}ไม่ระบุ EIT รายส่วน ค่าต่ำสุดที่แต่ละส่วนเป็นไปได้คำนวณจาก EIT ที่เป็นค่าเฉลี่ยของสองส่วน ({eit})")
    return said


def scenario_table(chapter: AgencyYearChapter) -> Table | Text:
    """The ways to each goal, the cheapest kind first: what to do, the total and the level that follow."""
    outlook, words = _outlook(chapter), chapter.words
    if outlook is None:
        return Text("")
    found = {goal: outlook.scenarios(chapter, goal) for goal in outlook.goals}
    rows = [
        {"group": f"สู่{goal_title(chapter, goal)}", **_scenario_row(chapter, number, scenario)}
        for goal, ways in found.items()
        for number, scenario in enumerate(ways, start=1)
    ]
    if not rows:
        return Text("")
    labels = {"name": "ทางเลือก", "steps": "สิ่งที่ต้องทำ", "total": "คะแนนที่ได้", "level": "ระดับที่ได้"}
    built = house_table(pd.DataFrame(rows), labels, numbers=("total",), group="group").cols_width(WIDTHS)
    for note in notes(chapter, [scenario for ways in found.values() for scenario in ways]):
        built = built.tab_source_note(note)
    year = words.year(chapter.result.fiscal_year)
    return table(built, label=f"tbl-{chapter.key}-scenarios", caption=f"ทางเลือกในการยกระดับผลการประเมิน {year}")


def _scenario_row(chapter: AgencyYearChapter, number: int, scenario: Scenario) -> dict[str, str]:
    words = chapter.words
    return {
        "name": words.text(f"{number}.\u00a0{scenario_title(scenario)}"),
        "steps": steps_text(chapter, scenario.steps),
        "total": _total(scenario, words),
        "level": _level(scenario, words),
    }


def _total(scenario: Scenario, words: Words) -> str:
    total = words.score(scenario.standing.total)
    return total if scenario.alike else f"ไม่ต่ำกว่า {total}"


def _level(scenario: Scenario, words: Words) -> str:
    """The level that follows, and what is still short of the goal."""
    standing, level = scenario.standing, scenario.standing.level
    if level is None:
        return "–"
    sure = level.name if standing.certain and scenario.alike else f"ไม่ต่ำกว่า{level_title(level)}"
    if scenario.reached:
        return sure
    (code, points), *others = scenario.short
    if code == "total" and points is not None and not others:
        return f"{sure} (ขาดอีก\u00a0{words.score(points)})"
    return f"{sure} (ขาด{after_thai(gap_names(scenario.short, words))})"
