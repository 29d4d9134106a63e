"""What the report recommends and plans, and what it finds strong, weak, caused or limited."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from itabook.domain.facts import Measure
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.style import house_table
from itabook.words import Words


@dataclass(frozen=True, slots=True)
class Plan:
    """One table of the plan section: which rows, and its caption."""

    caption: str
    chosen: Callable[[Measure], bool]


PLANS = {
    "recommendations": Plan(
        "ข้อเสนอแนะตามแบบวัดและตัวชี้วัด",
        lambda row: row.kind == "recommendation" and not row.responsible,
    ),
    "assigned": Plan(
        "ข้อเสนอแนะที่กำหนดหน่วยงานรับผิดชอบ",
        lambda row: row.kind == "recommendation" and bool(row.responsible),
    ),
    "long-term": Plan(
        "ข้อเสนอแนะระยะยาว",
        lambda row: row.kind == "long-term",
    ),
    "measures": Plan(
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        lambda row: row.kind == "measure",
    ),
    "follow-up": Plan(
        "ผลการดำเนินการตามมาตรการของปีก่อน",
        lambda row: row.kind == "follow-up",
    ),
}
KINDS = {"strength": "จุดแข็ง", "weakness": "จุดที่ควรพัฒนา", "cause": "สาเหตุ", "limitation": "ข้อจำกัด"}
_COLUMNS = {
    "scope": "เกี่ยวกับ",
    "text": "สาระสำคัญ",
    "steps": "ขั้นตอนหรือวิธีการ",
    "period": "ระยะเวลา",
    "responsible": "ผู้รับผิดชอบ",
    "monitoring": "การกำกับติดตาม",
}


def plan_table(chapter: AgencyYearChapter, name: str) -> Table | Text:
    """One table of recommendations or measures, with the columns that the report fills.

    `name` is one of recommendations, assigned, long-term, measures, follow-up.
    """
    plan, words = PLANS[name], chapter.words
    rows = [row for row in chapter.result.measures if plan.chosen(row)]
    if not rows:
        return Text("")
    shown, same = _shown(rows, words)
    built = house_table(pd.DataFrame(_cells(rows, shown, words)), {"no": "ที่", **shown})
    for label, text in same.items():
        built = built.tab_source_note(f"{label}ของทุกรายการ: {text}")
    return table(
        built,
        label=f"tbl-{chapter.key}-{name}",
        caption=f"{plan.caption} {words.year(chapter.result.fiscal_year)}",
    )


def findings_table(chapter: AgencyYearChapter) -> Table | Text:
    """Strengths, weaknesses, causes and limitations that the report names, by kind."""
    words = chapter.words
    rows = [row for kind in KINDS for row in chapter.result.measures if row.kind == kind]
    if not rows:
        return Text("")
    scoped = any(row.scope for row in rows)
    labels = {key: _COLUMNS[key] for key in ("scope", "text") if scoped or key != "scope"}
    cells = [{"group": KINDS[row.kind], **{key: _cell(row, key, words) for key in labels}} for row in rows]
    built = house_table(pd.DataFrame(cells), labels, group="group")
    for note in _issue_notes(chapter, rows):
        built = built.tab_source_note(note)
    return table(
        built,
        label=f"tbl-{chapter.key}-findings",
        caption=f"จุดแข็ง จุดที่ควรพัฒนา และข้อสังเกตที่รายงานระบุ {words.year(chapter.result.fiscal_year)}",
    )


def _issue_notes(chapter: AgencyYearChapter, rows: Sequence[Measure]) -> list[str]:
    """The titles of the issues that the rows speak of, one a line."""
    titles = [title for rule in chapter.result.rules.publication for title in rule.issues]
    used = {code for row in rows for code in row.scope}
    numbered = enumerate(titles, start=1)
    return [chapter.words.text(f"ประเด็นที่ {n} {title}") for n, title in numbered if f"issue-{n}" in used]


def _shown(rows: Sequence[Measure], words: Words) -> tuple[dict[str, str], dict[str, str]]:
    """Labels of the columns to show, and what is the same in every row, by its label: said once, under the table."""
    shown: dict[str, str] = {}
    same: dict[str, str] = {}
    for key, label in _COLUMNS.items():
        texts = {_cell(row, key, words) for row in rows}
        if len(rows) > 1 and len(texts) == 1 and texts != {"–"} and key not in ("scope", "text"):
            same[label] = texts.pop()
        elif texts != {"–"}:
            shown[key] = label
    return shown, same


def _cells(rows: Sequence[Measure], shown: Mapping[str, str], words: Words) -> list[dict[str, str]]:
    return [
        {"no": number, **{key: _cell(row, key, words) for key in shown}}
        for number, row in zip(_numbers(rows, words), rows, strict=True)
    ]


def _numbers(rows: Sequence[Measure], words: Words) -> list[str]:
    """The numbers that the report prints; running ones where several of its lists stand in one table."""
    printed = [row.number for row in rows]
    unique = all(printed) and len(set(printed)) == len(printed)
    return [words.text(number) for number in (printed if unique else range(1, len(rows) + 1))]


def _cell(row: Measure, key: str, words: Words) -> str:
    if key == "scope":
        return scope_name(row.scope, words)
    return words.text(getattr(row, key)) or "–"


def scope_name(scope: Sequence[str], words: Words) -> str:
    """What a measure is about in Thai: ตัวชี้วัดที่ 5, ประเด็นที่ 2, OIT; an en dash where it is not said."""
    names = []
    for code in scope:
        if code.isdecimal():
            names.append(f"ตัวชี้วัดที่\u00a0{code}")
        elif code.startswith("issue-"):
            names.append(f"ประเด็นที่\u00a0{code.removeprefix('issue-')}")
        else:
            names.append(code)
    return words.text(", ".join(names)) or "–"
