"""Where the figures of a chapter are not those that the report prints, and why."""

from collections.abc import Iterator

from itabook.domain.consistency import PARTS, TOTAL, Key
from itabook.domain.proofreading import Finding
from itabook.domain.results import figure_of
from itabook.domain.rules import INSTRUMENTS
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Box, Text
from itabook.words import MINUS, after_thai, join, subject_name

SCORE_RULES = {
    "instrument-from-indicators", "eit-from-parts", "total-from-instruments", "indicator-from-items", "oit-from-items",
    "printed-twice",
}  # fmt: skip
MORE_OF_A_LIST = "ควรตรวจกับประกาศผลการประเมินก่อนนำไปใช้"
MORE = "ผลการตรวจทั้งหมดอยู่ในบท “ความน่าเชื่อถือของข้อมูล”"


def difference_box(chapter: AgencyYearChapter) -> Box | Text:
    """One line for each figure of the chapter that the report prints otherwise or that contradicts the rest of it."""
    lines = (*_scores(chapter), *_changes(chapter))
    more = MORE_OF_A_LIST if chapter.result.listed else MORE
    return Box("ข้อควรทราบเกี่ยวกับตัวเลขในบทนี้", lines, more) if lines else Text("")


def _scores(chapter: AgencyYearChapter) -> Iterator[tuple[str, str]]:
    result, words = chapter.result, chapter.words
    wrong = [found for found in chapter.findings if found.severity == "error" and found.rule in SCORE_RULES]
    for key in _shown(chapter):
        rows = result.printed_scores.get(key, [])
        figure = figure_of(rows, result.corrections.get(key))
        subject = f"indicator {key[1]}" if key[0] == "indicator" else key[1] or key[0]
        why = [found for found in wrong if found.subject == subject]
        differs = any(not row.reach.meets(result.reaches[key]) for row in rows)
        if figure is None or not (why or differs):
            continue
        printed = join(dict.fromkeys(words.text(row.printed) for row in rows))
        shows = f"แสดง {words.score(figure.value)}" if differs else "แสดงตามที่พิมพ์"
        first = " ซึ่งพิมพ์ไว้แห่งแรก" if differs and rows[0].value == figure.value else ""
        said = f"{words.document}พิมพ์ {printed} หนังสือเล่มนี้{shows}{first}{_why(why, differs=differs)}"
        yield subject_name(subject, words), words.text(said)


def _shown(chapter: AgencyYearChapter) -> list[Key]:
    """The scores that a chapter shows, in the order of its table."""
    indicators = [("indicator", str(indicator.number)) for indicator in chapter.result.rules.indicators]
    return [*indicators, *(("instrument", code) for code in INSTRUMENTS), *PARTS, TOTAL]


def _why(findings: list[Finding], *, differs: bool) -> str:
    """The first reason; where the figure is shown as it is printed, what it contradicts."""
    if not findings:
        return ""
    first = findings[0]
    return f" เนื่องจาก{after_thai(first.explanation)}" if differs else f" แต่{first.message} {first.explanation}"


def _changes(chapter: AgencyYearChapter) -> Iterator[tuple[str, str]]:
    """Printed changes from the year before that are not the difference of the two scores, where changes are shown."""
    words = chapter.words
    wrong: dict[str, list[Finding]] = {}
    for finding in chapter.findings if chapter.changes() else ():
        if finding.rule == "change-from-two-years" and finding.expected:
            wrong.setdefault(finding.subject, []).append(finding)
    for subject, found in wrong.items():
        printed = join(dict.fromkeys(words.text(signed(finding.printed)) for finding in found))
        why = f" เนื่องจาก{after_thai(found[0].explanation)}"
        said = f"{words.document}พิมพ์ {printed} หนังสือเล่มนี้แสดง {signed(found[0].expected)}{why}"
        yield f"ผลต่างของ{after_thai(subject_name(subject, words))}", words.text(said)


def signed(printed: str) -> str:
    """A printed change with its sign."""
    return (printed if printed[:1] in "+-−" else f"+{printed}").replace("-", MINUS)
