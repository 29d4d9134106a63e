"""What the report recommends and plans, and what it finds strong, weak, caused or limited."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from itabook.domain.facts import Measure
from itabook.domain.rules import INSTRUMENTS, YearRules
from itabook.domain.unit_names import unit_names
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.listed import of_a_report
from itabook.report.style import house_table
from itabook.words import INSTRUMENT_NAMES, Words, escape, join

_COLUMNS = {
    "scope": "เกี่ยวกับ",
    "text": "สาระสำคัญ",
    "steps": "ขั้นตอนหรือวิธีการ",
    "period": "ระยะเวลา",
    "responsible": "ผู้รับผิดชอบ",
    "monitoring": "การกำกับติดตาม",
}
_ASSIGNED = {
    "scope": "เกี่ยวกับ",
    "text": "ข้อเสนอแนะ",
    "responsible": "หน่วยงานรับผิดชอบ",
    "steps": "วิธีการ",
    "period": "ระยะเวลา",
    "monitoring": "การรายงาน",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One table of the plan section: which rows, its caption, its columns, and whether by instrument."""

    caption: str
    chosen: Callable[[Measure], bool]
    columns: Mapping[str, str] = field(default_factory=lambda: _COLUMNS)
    by_instrument: bool = False


PLANS = {
    "recommendations": Plan(
        "ข้อเสนอแนะตามแบบวัดและตัวชี้วัด",
        lambda row: row.kind == "recommendation" and not row.responsible,
        by_instrument=True,
    ),
    "assigned": Plan(
        "ข้อเสนอแนะที่กำหนดหน่วยงานรับผิดชอบ",
        lambda row: row.kind == "recommendation" and bool(row.responsible),
        _ASSIGNED,
    ),
    "long-term": Plan(
        "ข้อเสนอแนะระยะยาว",
        lambda row: row.kind == "long-term",
    ),
    "measures": Plan(
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        lambda row: row.kind == "measure",
    ),
}
WEIGHTS = {"no": 5, "scope": 17, "text": 21, "steps": 23, "period": 16, "responsible": 18, "monitoring": 17}
"""Shares of the columns where period and unit stand beside each other; other tables find their own."""
SECTIONS = {
    "recommendations": ("ข้อเสนอแนะ", ("assigned", "recommendations", "long-term")),
    "measures": ("มาตรการ", ("measures",)),
}
"""The sections of a chapter that show plans: what each calls its rows, and its tables."""
KINDS = {"strength": "จุดแข็ง", "weakness": "จุดที่ควรพัฒนา", "cause": "สาเหตุ", "limitation": "ข้อจำกัด"}
SEVERAL, GENERAL = "หลายแบบวัด", "ไม่ระบุแบบวัด"


@of_a_report
def plan_sentence(chapter: AgencyYearChapter, section: str) -> Text:
    """How many recommendations or measures the report has, in which tables, or that it has none.

    `section` is one of recommendations, measures.
    """
    words, (what, names) = chapter.words, SECTIONS[section]
    counts = {name: len(_rows(chapter, name)) for name in names}
    if not any(counts.values()):
        return Text(f"ไม่ปรากฏ{what}ใน{_report(chapter)}")
    if len(names) == 1:
        count = words.count(counts[names[0]])
        return Text(f"รายงานของหน่วยงานมี{what} {count} รายการ ดังแสดงใน[@tbl-{chapter.key}-{names[0]}]")
    there = [
        f"{PLANS[name].caption} {words.count(count)} รายการ ([@tbl-{chapter.key}-{name}])"
        for name, count in counts.items()
        if count
    ]
    absent = [PLANS[name].caption for name, count in counts.items() if not count]
    said = f"รายงานของหน่วยงานมี{join(there)}"
    return Text(f"{said} แต่ไม่ปรากฏ{join(absent)}" if absent else said)


@of_a_report
def findings_sentence(chapter: AgencyYearChapter) -> Text:
    """How many strengths, weaknesses, causes and limitations the report names, and which kinds it does not."""
    words = chapter.words
    kinds = [row.kind for row in chapter.result.measures]
    there = [f"{name} {words.count(kinds.count(kind))} รายการ" for kind, name in KINDS.items() if kind in kinds]
    absent = [name for kind, name in KINDS.items() if kind not in kinds]
    if not there:
        return Text(f"ไม่ปรากฏ{join(absent)}ใน{_report(chapter)}")
    said = f"รายงานของหน่วยงานระบุ{join(there)} ดังแสดงใน[@tbl-{chapter.key}-findings]"
    return Text(f"{said} แต่ไม่ปรากฏ{join(absent)}" if absent else said)


def _report(chapter: AgencyYearChapter) -> str:
    return f"รายงานของ{escape(chapter.result.agency.name)} {chapter.words.year(chapter.result.fiscal_year)}"


def _rows(chapter: AgencyYearChapter, name: str) -> list[Measure]:
    """The rows of one table, in the order of the report; by instrument where the table groups them."""
    plan = PLANS[name]
    rows = [row for row in chapter.result.measures if plan.chosen(row)]
    if plan.by_instrument:
        order = [*INSTRUMENTS, SEVERAL, GENERAL]
        rows.sort(key=lambda row: order.index(_instrument(row, chapter.result.rules)))
    return rows


def plan_table(chapter: AgencyYearChapter, name: str) -> Table | Text:
    """One table of recommendations or measures, with the columns that the report fills.

    `name` is one of recommendations, assigned, long-term, measures; `plan_sentence` says where the report has none.
    """
    plan, words = PLANS[name], chapter.words
    rows = _rows(chapter, name)
    if not rows:
        return Text("")
    shown, same = _shown(rows, plan.columns, words)
    cells = _cells(rows, shown, words)
    groups = [_instrument(row, chapter.result.rules) for row in rows]
    grouped = plan.by_instrument and set(groups) != {GENERAL}
    if grouped:
        cells = [{"group": _group_name(group), **cell} for group, cell in zip(groups, cells, strict=True)]
    built = house_table(pd.DataFrame(cells), {"no": "ที่", **shown}, group="group" if grouped else None)
    if "period" in shown and "responsible" in shown:
        whole = WEIGHTS["no"] + sum(WEIGHTS[key] for key in shown)
        built = built.cols_width({key: f"{100 * WEIGHTS[key] / whole:.1f}%" for key in ("no", *shown)})
    for label, text in same.items():
        built = built.tab_source_note(f"{label}ของทุกรายการ: {text}")
    return table(
        built,
        label=f"tbl-{chapter.key}-{name}",
        caption=f"{plan.caption} {words.year(chapter.result.fiscal_year)}",
        names=unit_names(row.responsible for row in rows),
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


def _shown(rows: Sequence[Measure], columns: Mapping[str, str], words: Words) -> tuple[dict[str, str], dict[str, str]]:
    """Labels of the columns to show, and what is the same in every row, by its label: said once, under the table."""
    shown: dict[str, str] = {}
    same: dict[str, str] = {}
    for key, label in columns.items():
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


def _instrument(row: Measure, rules: YearRules) -> str:
    """The instrument that a row is about, by its indicators or by name; SEVERAL or GENERAL where it is not one."""
    numbers = {str(indicator.number): indicator.instrument for indicator in rules.indicators}
    codes = {numbers.get(code, code) for code in row.scope}
    named = [code for code in INSTRUMENTS if code in codes]
    return named[0] if len(named) == 1 else SEVERAL if named else GENERAL


def _group_name(group: str) -> str:
    return next((name for code, name in INSTRUMENT_NAMES.items() if code == group), group)


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
