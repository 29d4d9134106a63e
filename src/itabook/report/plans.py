"""What the report recommends and plans, and what it finds strong, weak, caused or limited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from itabook.domain.results import Measure
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.style import house_table
from itabook.report.words import Words


@dataclass(frozen=True, slots=True)
class Plan:
    """One table of the plan section: which rows, which caption, what to say where there are none."""

    caption: str
    missing: str
    chosen: Callable[[Measure], bool]


PLANS = {
    "recommendations": Plan(
        "ข้อเสนอแนะตามแบบวัดและตัวชี้วัด",
        "รายงานฉบับนี้ไม่ได้ตีพิมพ์ข้อเสนอแนะตามแบบวัดและตัวชี้วัด",
        lambda row: row.kind == "recommendation" and not row.responsible,
    ),
    "assigned": Plan(
        "ข้อเสนอแนะที่กำหนดหน่วยงานรับผิดชอบ",
        "รายงานฉบับนี้ไม่ได้กำหนดหน่วยงานรับผิดชอบข้อเสนอแนะ",
        lambda row: row.kind == "recommendation" and bool(row.responsible),
    ),
    "long-term": Plan(
        "ข้อเสนอแนะระยะยาว",
        "รายงานฉบับนี้ไม่ได้ตีพิมพ์ข้อเสนอแนะระยะยาว",
        lambda row: row.kind == "long-term",
    ),
    "measures": Plan(
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        "รายงานฉบับนี้ไม่ได้ตีพิมพ์มาตรการ",
        lambda row: row.kind == "measure",
    ),
    "follow-up": Plan(
        "ผลการดำเนินการตามมาตรการของปีก่อน",
        "รายงานฉบับนี้ไม่ได้ตีพิมพ์ผลการดำเนินการตามมาตรการของปีก่อน",
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
        return Text(plan.missing)
    return table(
        house_table(pd.DataFrame(_cells(rows, words)), {"no": "ที่", **_used(rows)}),
        label=f"tbl-{chapter.key}-{name}",
        caption=f"{plan.caption} {words.year(chapter.result.fiscal_year)}",
    )


def findings_table(chapter: AgencyYearChapter) -> Table | Text:
    """Strengths, weaknesses, causes and limitations that the report names, by kind."""
    words = chapter.words
    rows = [row for kind in KINDS for row in chapter.result.measures if row.kind == kind]
    if not rows:
        return Text("รายงานฉบับนี้ไม่ได้ตีพิมพ์จุดแข็ง จุดที่ควรพัฒนา สาเหตุ หรือข้อจำกัด")
    cells = [
        {"group": KINDS[row.kind], "scope": scope_name(row.scope, words), "text": words.text(row.text)} for row in rows
    ]
    shown = {key: label for key, label in _used(rows).items() if key in ("scope", "text")}
    frame = pd.DataFrame(cells)[["group", *shown]]
    return table(
        house_table(frame, shown, group="group"),
        label=f"tbl-{chapter.key}-findings",
        caption=f"จุดแข็ง จุดที่ควรพัฒนา และข้อสังเกตที่รายงานระบุ {words.year(chapter.result.fiscal_year)}",
    )


def _used(rows: Sequence[Measure]) -> dict[str, str]:
    """Columns that hold something in at least one row, with their labels."""
    return {key: label for key, label in _COLUMNS.items() if any(getattr(row, key) for row in rows)}


def _cells(rows: Sequence[Measure], words: Words) -> list[dict[str, str]]:
    cells = []
    for position, row in enumerate(rows, start=1):
        texts = {
            "scope": scope_name(row.scope, words),
            **{key: words.text(getattr(row, key)) or "–" for key in _COLUMNS if key != "scope"},
        }
        cells.append({"no": words.text(position), **{key: texts[key] for key in _used(rows)}})
    return cells


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
