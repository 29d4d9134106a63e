"""The items of all instruments under the issues of the published document, against the target: words and table."""

from collections.abc import Iterator, Sequence

import pandas as pd
from great_tables import GT, loc, style

from itabook.domain.issues import Issue, IssueItem, issue_rule, unassigned
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.listed import of_a_report
from itabook.report.notes import figure_note
from itabook.report.style import footnotes, house_table
from itabook.words import Words, escape, join

WIDTHS = {"title": "58%", "instrument": "11%", "score": "12%", "gap": "19%"}
BY_RESULT = "รายงานระบุเพียงว่าผ่านหรือไม่ผ่าน คิดเป็น 100 หรือ 0 คะแนน"
NO_SCORE = "ไม่ปรากฏคะแนนในรายงาน"


def shown_issues(chapter: AgencyYearChapter) -> tuple[Issue, ...]:
    """The issues, where at least one item under them has a score; else none."""
    issues = chapter.issues
    return issues if any(issue.scored for issue in issues) else ()


def issue_name(issue: Issue, words: Words) -> str:
    """Number and short name of an issue."""
    return f"{_number(issue, words)} {issue.short}"


def _number(issue: Issue, words: Words) -> str:
    return f"ประเด็นที่\u00a0{words.text(issue.number)}"


@of_a_report
def issue_sentence(chapter: AgencyYearChapter) -> Text:
    """Which issues reach the target with all their items, and the items of the others that do not."""
    words, issues = chapter.words, shown_issues(chapter)
    if not issues:
        return Text(_why_none(chapter))
    falling = [issue for issue in issues if issue.below(chapter.target)]
    intro = (
        f"เมื่อจัดข้อของแบบวัด IIT EIT และ OIT เข้าตามประเด็น {words.count(len(issues))}\u00a0ประเด็นของเอกสารที่ต้องเผยแพร่ "
        f"โดยข้อหนึ่งอาจอยู่ได้หลายประเด็น พบว่า{_standing(chapter, issues, falling)} "
        f"ดังแสดงใน[@fig-{chapter.key}-issues] และ[@tbl-{chapter.key}-issues]{_left_out(chapter, issues)}"
    )
    if not falling:
        return Text(intro)
    listed = "\n".join(f"- {escape(issue_name(issue, words))}: {_exceptions(chapter, issue)}" for issue in falling)
    return Text(f"{intro} ข้อที่ได้คะแนนต่ำกว่า{chapter.goal}มีดังนี้\n\n{listed}")


def _why_none(chapter: AgencyYearChapter) -> str:
    year = chapter.words.year(chapter.result.fiscal_year)
    if issue_rule(chapter.result.rules) is None:
        return f"การจัดข้อของแบบวัดเข้าตามประเด็นสำหรับผลการประเมิน{year} ยังไม่มีแหล่งยืนยัน จึงไม่แสดงคะแนนตามประเด็น"
    return (
        f"ไม่ปรากฏคะแนนรายข้อที่จัดเข้าตามประเด็นได้ในรายงานของ{escape(chapter.result.agency.name)} {year} "
        "จึงไม่แสดงคะแนนตามประเด็น"
    )


def _standing(chapter: AgencyYearChapter, issues: Sequence[Issue], falling: Sequence[Issue]) -> str:
    words = chapter.words
    reached = [issue for issue in issues if issue.scored and issue not in falling]
    if not falling:
        return f"ทุกข้อที่ปรากฏคะแนนได้คะแนนถึง{chapter.goal}"
    if not reached:
        return f"ทุกประเด็นที่ปรากฏคะแนนมีข้อที่ได้คะแนนต่ำกว่า{chapter.goal} {_most(chapter, falling)}"
    return (
        f"ประเด็นที่ทุกข้อได้คะแนนถึง{chapter.goal}มี {words.count(len(reached))}\u00a0ประเด็น ได้แก่ {_names(reached, words)} "
        f"ประเด็นที่มีข้อได้คะแนนต่ำกว่าเกณฑ์ดังกล่าวมี {words.count(len(falling))}\u00a0ประเด็น {_most(chapter, falling)}"
    )


def _most(chapter: AgencyYearChapter, falling: Sequence[Issue]) -> str:
    """The issues with the most items under the target, and how many these are."""
    words = chapter.words
    most = max(len(issue.below(chapter.target)) for issue in falling)
    worst = [issue for issue in falling if len(issue.below(chapter.target)) == most]
    each = "ประเด็นละ " if len(worst) > 1 else ""
    lead = "ได้แก่ " if len(worst) == len(falling) else "โดยมีมากที่สุดใน"
    return f"{lead}{_names(worst, words)} ({each}{words.count(most)}\u00a0ข้อ)"


def _names(issues: Sequence[Issue], words: Words) -> str:
    return join(escape(issue_name(issue, words)) for issue in issues)


def _left_out(chapter: AgencyYearChapter, issues: Sequence[Issue]) -> str:
    """What is not counted: issues and items without a score, and items that stand under no issue; empty for none."""
    words = chapter.words
    told = (
        (sum(not issue.scored for issue in issues), "ประเด็นที่ไม่ปรากฏคะแนนของข้อใด"),
        (_silent(issues), "ข้อที่ไม่ปรากฏคะแนนในรายงาน"),
        (unassigned(chapter.result), "ข้อที่ยังไม่ได้จัดเข้าประเด็นใด"),
    )
    said = join(f"{words.count(number)}\u00a0{what}" for number, what in told if number)
    return f" ทั้งนี้ ไม่นับ {said}" if said else ""


def _silent(issues: Sequence[Issue]) -> int:
    titles = {(item.instrument, item.title) for issue in issues for item in issue.items if item.value is None}
    return len(titles)


def _exceptions(chapter: AgencyYearChapter, issue: Issue) -> str:
    words = chapter.words
    below = sorted(issue.below(chapter.target), key=lambda item: item.value or 0)
    return join(f"{escape(item.title)} ({item.instrument} {words.score(item.value)})" for item in below)


def issue_table(chapter: AgencyYearChapter) -> Table | Text:
    """Every item under its issue with instrument, score and distance to the target; headings say how many reach it."""
    words, issues = chapter.words, shown_issues(chapter)
    rule = issue_rule(chapter.result.rules)
    if not issues or rule is None or rule.assignment is None:
        return Text("")
    placed = [(issue, item) for issue in issues for item in issue.items or (None,)]
    cells = [{"group": _heading(chapter, issue), **_cells(chapter, item)} for issue, item in placed]
    built = house_table(
        pd.DataFrame(cells),
        {"title": "ข้อ", "instrument": "แบบวัด", "score": "คะแนน", "gap": f"ส่วนต่างจาก{chapter.target_name}"},
        numbers=("score", "gap"),
        group="group",
    ).cols_width(WIDTHS)
    built = footnotes(_marked(built, chapter, [item for _, item in placed]), list(_notes(placed, words)))
    if rule.assignment.note:
        built = built.tab_source_note(words.text(rule.assignment.note))
    caption = f"คะแนนรายข้อจำแนกตามประเด็น {words.year(chapter.result.fiscal_year)}"
    return table(built, label=f"tbl-{chapter.key}-issues", caption=caption)


def _heading(chapter: AgencyYearChapter, issue: Issue) -> str:
    words, scored, below = chapter.words, len(issue.scored), len(issue.below(chapter.target))
    name = f"{_number(issue, words)} {issue.title}"
    if not scored:
        return f"{name} · {NO_SCORE}"
    reached = f"ทุกข้อ ({words.count(scored)}\u00a0ข้อ)"
    if below:
        reached = f" {words.count(scored - below)} จาก {words.count(scored)}\u00a0ข้อ"
    return f"{name} · ถึง{chapter.target_name}{reached}"


def _cells(chapter: AgencyYearChapter, item: IssueItem | None) -> dict[str, str]:
    words = chapter.words
    if item is None:
        return {"title": "ไม่ปรากฏข้อของประเด็นนี้ในรายงาน", "instrument": "–", "score": "–", "gap": "–"}
    return {
        "title": words.text(item.title),
        "instrument": item.instrument,
        "score": words.score(item.value),
        "gap": "–" if item.value is None else words.signed(item.value - chapter.target),
    }


def _marked(built: GT, chapter: AgencyYearChapter, items: Sequence[IssueItem | None]) -> GT:
    """The distance of the items under the target in bold."""
    rows = [row for row, item in enumerate(items) if item and item.value is not None and item.value < chapter.target]
    cells = loc.body(columns=["score", "gap"], rows=rows)
    return built.tab_style(style=style.text(weight="bold"), locations=cells) if rows else built


def _notes(placed: Sequence[tuple[Issue, IssueItem | None]], words: Words) -> Iterator[tuple[str, int, str]]:
    """Notes on scores that are printed otherwise, told by pass or fail only, or not at all."""
    for row, (_, item) in enumerate(placed):
        if item is None:
            continue
        if item.figure is None:
            yield "score", row, NO_SCORE
        elif not item.figure.printed:
            yield "score", row, words.text(BY_RESULT)
        elif note := figure_note(item.figure, words):
            yield "score", row, note
