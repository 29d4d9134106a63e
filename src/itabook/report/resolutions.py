"""What a meeting is asked to decide: the measures and recommendations of a report, the most needed first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from itabook.domain.facts import Measure
from itabook.domain.results import AgencyYear
from itabook.domain.rules import INSTRUMENTS
from itabook.domain.unit_names import unit_names
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.plans import scope_name
from itabook.report.style import house_table
from itabook.words import Words

MOST = 10
"""So many rows fit into a document of eight pages."""
KINDS = ("measure", "recommendation", "long-term")
TIERS: tuple[Callable[[Measure], bool], ...] = (
    lambda row: row.kind == "measure",
    lambda row: row.kind == "recommendation" and bool(row.responsible),
    lambda row: row.kind == "recommendation",
    lambda row: row.kind == "long-term",
)
"""What comes before what: measures, recommendations that name who is responsible, others, those for later years."""
WIDTHS = {"no": 5, "text": 33, "responsible": 19, "period": 26, "vote": 17}
"""Columns in parts of a hundred."""
TO_FILL_IN = 15
"""A column in which nothing is printed: room to write by hand, and no more."""
VOTE = "(\u00a0\u00a0\u00a0)\u00a0เห็นชอบ (\u00a0\u00a0\u00a0)\u00a0ปรับแก้"


@dataclass(frozen=True, slots=True)
class Decisions:
    """The rows to decide on, in order, and how many more rows of such kinds the report has."""

    rows: tuple[Measure, ...]
    more: int

    @property
    def measures(self) -> int:
        """How many of the rows are measures of the report."""
        return sum(row.kind == "measure" for row in self.rows)

    @property
    def open(self) -> int:
        """How many rows lack who is responsible or by when."""
        return sum(not (row.responsible and row.period) for row in self.rows)


def decisions(chapter: AgencyYearChapter) -> Decisions:
    """The first kind of rows that the report has, then those of the others about indicators that these leave out.

    Those about the weakest indicators come first in each kind. Of the other kinds only rows about an indicator under
    the target are taken.
    """
    result = chapter.result
    all_rows = [row for row in result.measures if row.kind in KINDS]
    kinds = [kind for kind in _by_tier(all_rows, result) if kind]
    chosen = list(kinds[0]) if kinds else []
    covered = {number for row in chosen for number in _indicators(row)}
    for row in (row for kind in kinds[1:] for row in kind):
        wanted = {
            number for number in _indicators(row) if result.indicators.get(number, chapter.target) < chapter.target
        }
        if wanted - covered:
            chosen.append(row)
            covered |= wanted
    rows = tuple(chosen[:MOST])
    shown = {row.text for row in rows}
    return Decisions(rows, sum(row.text not in shown for row in all_rows))


def _by_tier(rows: Iterable[Measure], result: AgencyYear) -> list[list[Measure]]:
    """Rows of each kind, each text once, the weakest first."""
    tiers: list[list[Measure]] = [[] for _ in TIERS]
    seen: dict[str, Measure] = {}
    for row in rows:
        seen.setdefault(row.text, row)
    for row in seen.values():
        tiers[next(number for number, holds in enumerate(TIERS) if holds(row))].append(row)
    return [sorted(tier, key=lambda row: _score(row, result)) for tier in tiers]


def _indicators(row: Measure) -> list[int]:
    return [int(code) for code in row.scope if code.isdecimal()]


def _score(row: Measure, result: AgencyYear) -> Decimal:
    """The least score of what a row is about; more than any score where it is about nothing that has one."""
    scores = [result.indicators[number] for number in _indicators(row) if number in result.indicators]
    instruments = [
        result.instruments[code].value for code in INSTRUMENTS if code in row.scope and code in result.instruments
    ]
    return min(scores or instruments, default=Decimal(101))


def decision_table(chapter: AgencyYearChapter) -> Table | Text:
    """Numbered rows with who is responsible, by when, and room for the resolution of the meeting."""
    found, words = decisions(chapter), chapter.words
    if not found.rows:
        return Text("")
    cells = [_cells(number, row, words) for number, row in enumerate(found.rows, start=1)]
    labels = {
        "no": "ที่",
        "text": "มาตรการหรือข้อเสนอ",
        "responsible": "ผู้รับผิดชอบ",
        "period": "ระยะเวลา",
        "vote": "มติที่ประชุม",
    }
    built = house_table(pd.DataFrame(cells), labels).cols_width(_widths(found.rows))
    if found.open:
        built = built.tab_source_note("ช่องว่างคือรายงานไม่ได้ระบุ เว้นไว้ให้ที่ประชุมกำหนด")
    if found.more:
        more = f"รายงานของหน่วยงานมีมาตรการและข้อเสนอแนะอีก {words.count(found.more)} รายการ"
        built = built.tab_source_note(f"{more} อยู่ในรายงานวิเคราะห์ฉบับเต็ม")
    year = words.year(chapter.result.fiscal_year)
    return table(
        built,
        label=f"tbl-{chapter.key}-decisions",
        caption=f"รายการเพื่อพิจารณา จากผลการประเมิน {year}",
        names=unit_names(row.responsible for row in found.rows),
    )


def _widths(rows: Sequence[Measure]) -> dict[str, str]:
    """Of each column; where nothing is printed the text of the measure gets what is left."""
    printed = {"responsible": any(row.responsible for row in rows), "period": any(row.period for row in rows)}
    parts = WIDTHS | {name: min(WIDTHS[name], TO_FILL_IN) for name, some in printed.items() if not some}
    parts["text"] = 100 - sum(part for name, part in parts.items() if name != "text")
    return {name: f"{part}%" for name, part in parts.items()}


def _cells(number: int, row: Measure, words: Words) -> dict[str, str]:
    about = [code for code in row.scope if not code.startswith("issue-")] or row.scope
    text = f"{row.text} ({scope_name(about, words)})" if about else row.text
    return {
        "no": words.count(number),
        "text": words.text(text),
        "responsible": words.text(row.responsible),
        "period": words.text(row.period),
        "vote": VOTE,
    }
