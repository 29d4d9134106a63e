"""The strongest and the weakest indicators, their ranking, and strengths and weaknesses by a threshold."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

import pandas as pd

from itabook.domain.standing import PODIUM, Ranked, against, extremes, ranked
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.notes import figure_note
from itabook.report.style import footnotes, house_table
from itabook.words import escape, join

SIDES = {"strong": "คะแนนสูงสุด", "weak": "คะแนนต่ำสุด"}


@dataclass(frozen=True, slots=True)
class Threshold:
    """The score in points that makes a strength, and what it is called."""

    score: Decimal
    name: str


def threshold_of(chapter: AgencyYearChapter, threshold: float | None = None) -> Threshold:
    """The threshold that a notebook sets, in points; the target of the year where it sets none (None or 0).

    Raises:
        ValueError: it is not between 0 and 100.
    """
    words = chapter.words
    score = Decimal(str(threshold)) if threshold else chapter.target
    if not 0 < score <= 100:
        raise ValueError(f"เกณฑ์จุดแข็งต้องอยู่ระหว่าง 0 ถึง 100 คะแนน แต่ตั้งไว้ {threshold}")
    name = chapter.target_name if score == chapter.target else "เกณฑ์"
    return Threshold(score, f"{name} {words.short(score)} คะแนน")


def strongest_weakest(chapter: AgencyYearChapter) -> Table | Text:
    """The three strongest and the three weakest indicators side by side, each against the target."""
    scores, words = chapter.result.indicators, chapter.words
    found = extremes(scores)
    if not (found.strongest or found.weakest):
        return Text(_none_stands_out(chapter))
    labels: dict[str, str] = {}
    for side, title in SIDES.items():
        labels |= {f"{side}-name": title, f"{side}-score": "คะแนน", f"{side}-gap": "ส่วนต่าง"}
    pairs = zip_longest(found.strongest, found.weakest)
    cells = [{**_cells(chapter, "strong", strong), **_cells(chapter, "weak", weak)} for strong, weak in pairs]
    built = house_table(pd.DataFrame(cells), labels, numbers=[name for name in labels if not name.endswith("-name")])
    notes = [*_notes(chapter, found.strongest, "strong-score"), *_notes(chapter, found.weakest, "weak-score")]
    built = footnotes(built, notes)
    most, sizes = min(PODIUM, len(scores) // 2), (len(found.strongest), len(found.weakest))
    if min(sizes) < most:
        built = built.tab_source_note("ตัวชี้วัดที่เหลือได้คะแนนเท่ากัน จึงไม่นับเป็นสูงสุดหรือต่ำสุด")
    tied = " รวมที่คะแนนเท่ากัน" if max(sizes) > most else ""
    goal = f"{chapter.target_name} {words.short(chapter.target)}"
    return table(
        built,
        label=f"tbl-{chapter.key}-extremes",
        caption=f"คะแนนสูงสุดและต่ำสุด {words.year(chapter.result.fiscal_year)} เทียบ{goal}{tied}",
    )


def _none_stands_out(chapter: AgencyYearChapter) -> str:
    """Why there are no strongest and weakest; empty where the summary says that there are no scores."""
    scores = list(chapter.result.indicators.values())
    if not scores:
        return ""
    shown = chapter.words.score(scores[0])
    if len(scores) == 1:
        return f"{chapter.words.document}ระบุคะแนนเพียงตัวชี้วัดเดียว ({shown} คะแนน) จึงไม่มีคะแนนสูงสุดและต่ำสุดให้เทียบ"
    return f"ทุกตัวชี้วัดได้คะแนนเท่ากันที่ {shown} คะแนน จึงไม่มีตัวชี้วัดที่สูงสุดหรือต่ำสุด"


def _cells(chapter: AgencyYearChapter, side: str, row: Ranked | None) -> dict[str, str]:
    if row is None:
        return dict.fromkeys((f"{side}-name", f"{side}-score", f"{side}-gap"), "")
    words = chapter.words
    return {
        f"{side}-name": chapter.result.rules.indicator(row.number).name,
        f"{side}-score": words.score(row.score),
        f"{side}-gap": words.signed(row.score - chapter.target),
    }


def _notes(chapter: AgencyYearChapter, rows: Sequence[Ranked], column: str) -> list[tuple[str, int, str]]:
    """Notes on the scores that the report prints otherwise: (column, place, text)."""
    said = (figure_note(chapter.result.indicator_figures[row.number], chapter.words) for row in rows)
    return [(column, place, note) for place, note in enumerate(said) if note]


def ranking_table(chapter: AgencyYearChapter, threshold: float | None = None) -> Table | Text:
    """All indicators by score, with instrument, and whether each reaches the threshold."""
    result, words = chapter.result, chapter.words
    rows, goal = ranked(result.indicators), threshold_of(chapter, threshold)
    if not rows:
        return Text("")
    cells = [
        {
            "rank": words.count(row.rank),
            "name": result.rules.indicator(row.number).name,
            "instrument": result.rules.indicator(row.number).instrument,
            "score": words.score(row.score),
            "gap": words.signed(row.score - goal.score),
            "result": "ถึงเกณฑ์" if row.score >= goal.score else "ต่ำกว่าเกณฑ์",
        }
        for row in rows
    ]
    labels = {
        "rank": "อันดับ",
        "name": "ตัวชี้วัด",
        "instrument": "แบบวัด",
        "score": "คะแนน",
        "gap": f"ต่างจาก {words.short(goal.score)}",
        "result": "ผลเทียบเกณฑ์",
    }
    built = house_table(pd.DataFrame(cells), labels, numbers=("rank", "score", "gap"))
    return table(
        footnotes(built, _notes(chapter, rows, "score")),
        label=f"tbl-{chapter.key}-ranking",
        caption=f"อันดับคะแนนตัวชี้วัด {words.year(result.fiscal_year)} เทียบกับ{goal.name}",
    )


def strengths_sentence(chapter: AgencyYearChapter, threshold: float | None = None) -> Text:
    """Strengths and weaknesses by the threshold, counted and named."""
    scores, words, goal = chapter.result.indicators, chapter.words, threshold_of(chapter, threshold)
    if not scores:
        return Text("")
    found, whole = against(scores, goal.score), words.count(len(scores))
    if not found.below:
        said = f"ทั้ง {whole} ตัวชี้วัดถึง{goal.name} จึงไม่มีจุดที่ควรพัฒนาตามเกณฑ์นี้"
    elif not found.reaching:
        said = f"ทั้ง {whole} ตัวชี้วัดต่ำกว่า{goal.name} จึงไม่มีจุดแข็งตามเกณฑ์นี้"
    else:
        said = (
            f"จุดแข็ง คือ ตัวชี้วัดที่ถึง{goal.name} มี {counted(chapter, found.reaching)} "
            f"จุดที่ควรพัฒนา คือ ตัวชี้วัดที่ต่ำกว่าเกณฑ์ดังกล่าว มี {counted(chapter, found.below)}"
        )
    notes = []
    if goal.score != chapter.target:
        notes.append(f"{goal.name}กำหนดขึ้นเพื่อการวิเคราะห์นี้ มิใช่{chapter.target_name}ของปี")
    if len(scores) < len(chapter.result.rules.indicators):
        notes.append(f"นับเฉพาะ {whole} ตัวชี้วัดที่ปรากฏคะแนน")
    also = f" ทั้งนี้ {' และ'.join(notes)}" if notes else ""
    return Text(f"{said} ดังแสดงใน[@tbl-{chapter.key}-ranking]{also}")


def counted(chapter: AgencyYearChapter, numbers: Sequence[int]) -> str:
    """How many indicators, and their names, for markdown: 2 ตัวชี้วัด ได้แก่ ก และข."""
    says = "คือ" if len(numbers) == 1 else "ได้แก่"
    return f"{chapter.words.count(len(numbers))} ตัวชี้วัด {says} {named(chapter, numbers)}"


def named(chapter: AgencyYearChapter, numbers: Sequence[int]) -> str:
    """The names of indicators as a list in Thai, for markdown."""
    return join(escape(chapter.result.rules.indicator(number).name) for number in numbers)
