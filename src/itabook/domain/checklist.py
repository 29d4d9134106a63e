"""What the published document must hold, and where a chapter of an agency-year shows it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from itabook.domain.facts import Measure
from itabook.domain.issues import Issue, issues_of
from itabook.domain.levels import level_of
from itabook.domain.proofreading import Subject
from itabook.domain.rules import INSTRUMENTS, Content, Element, Publication

Section = Literal[
    "opening", "indicators", "changes", "issues", "questions", "disclosure", "findings", "recommendations", "measures",
    "follow-up",
]  # fmt: skip
"""A section of the chapter."""

STATEMENTS = ("strength", "weakness", "cause", "limitation")
ADVICE = ("recommendation", "long-term")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a chapter shows something, and how much of it.

    Attributes:
        sections: where it is shown; empty where it is not.
        shown: how many of its parts are there, at most `parts`.
        parts: how many it has; 1 for what is there or not.
    """

    sections: tuple[Section, ...]
    shown: int
    parts: int = 1

    @property
    def complete(self) -> bool:
        """Whether all of it is shown."""
        return 0 < self.shown == self.parts

    @property
    def missing(self) -> bool:
        """Whether nothing of it is shown."""
        return self.shown == 0


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the document must hold, and what the chapter shows of it; `issue` is the number of an issue."""

    text: str
    content: Content
    evidence: Evidence
    issue: int | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """The lines of one rule; `rule` is None for the list of this book."""

    rule: Publication | None
    lines: tuple[Line, ...]

    @property
    def confirmed(self) -> bool:
        """Whether a source confirms the list."""
        return self.rule is not None and self.rule.official


HOUSE: tuple[Element, ...] = (
    Element(text="คะแนนรวม", shown_by="total"),
    Element(text="ระดับผลการประเมิน", shown_by="level"),
    Element(text="คะแนนรายแบบวัด", shown_by="instruments"),
    Element(text="คะแนนสิบตัวชี้วัด", shown_by="indicators"),
    Element(text="การเปรียบเทียบกับปีก่อนหน้า", shown_by="comparison"),
    Element(text="การวิเคราะห์ตามประเด็น", shown_by="issues"),
    Element(text="ผลรายข้อเท่าที่รายงานพิมพ์", shown_by="items"),
    Element(text="จุดอ่อนที่ต้องแก้ไข", shown_by="weaknesses"),
    Element(text="เรื่องที่ควรพัฒนาต่อไป", shown_by="improvements"),
    Element(text="มาตรการ", shown_by="measures"),
    Element(text="ขั้นตอนหรือวิธีการ", shown_by="steps"),
    Element(text="ระยะเวลา", shown_by="period"),
    Element(text="ผู้รับผิดชอบ", shown_by="responsible"),
    Element(text="การกำกับติดตาม", shown_by="monitoring"),
    Element(text="ผลการดำเนินการตามมาตรการของปีก่อน", shown_by="follow-up"),
)
"""All that the documents of agencies were found to hold (ita-rules section 9): the list of a year without a rule."""


class Contents(Subject):
    """What a chapter is made from, with what many lines ask for."""

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """The issues with their items."""
        return issues_of(self.result)


def checklists(subject: Subject) -> tuple[Checklist, ...]:
    """The lists of the year that name anything, each line with its evidence; the list of this book without a rule.

    A rule without a source is listed too, as not confirmed; this book's own list then stands after it.
    """
    contents = Contents(subject.result, subject.previous, subject.national)
    ruled = [Checklist(rule, tuple(_lines(rule, contents))) for rule in subject.result.rules.publication]
    confirmed = [one for one in ruled if one.lines and one.confirmed]
    house = Checklist(None, tuple(_line(element, contents) for element in HOUSE))
    return (*(confirmed or [house]), *(one for one in ruled if one.lines and not one.confirmed))


def _lines(rule: Publication, subject: Contents) -> Iterator[Line]:
    yield from (_line(element, subject) for element in rule.elements)
    for number, title in enumerate(rule.issues, start=1):
        yield Line(title, "issues", _issue(number, subject), number)
    yield from (_line(column, subject) for column in rule.columns)


def _line(element: Element, subject: Contents) -> Line:
    return Line(element.text, element.shown_by, EVIDENCE[element.shown_by](subject))


def _rows(subject: Contents, *kinds: str) -> tuple[Measure, ...]:
    """The statements and measures of some kinds."""
    return tuple(row for row in subject.result.measures if row.kind in kinds)


def _where(*shown: tuple[Section, bool]) -> Evidence:
    """What is there or not: it is there where at least one of the sections shows it."""
    sections = tuple(section for section, there in shown if there)
    return Evidence(sections, min(len(sections), 1))


def _counted(section: Section, shown: int, parts: int) -> Evidence:
    """What has parts, all of them in one section."""
    return Evidence((section,) if shown else (), shown, max(parts, 1))


def _total(subject: Contents) -> Evidence:
    return _where(("opening", subject.result.total is not None))


def _level(subject: Contents) -> Evidence:
    result, levels = subject.result, subject.result.rules.levels
    if result.printed_level or result.total is None or not levels.official:
        return _where(("opening", bool(result.printed_level)))
    told = level_of(result.total.value, result.tested, levels, result.rules.weights)
    return _where(("opening", told.level is not None))


def _instruments(subject: Contents) -> Evidence:
    return _counted("indicators", len(subject.result.instruments), len(INSTRUMENTS))


def _indicators(subject: Contents) -> Evidence:
    return _counted("indicators", len(subject.result.indicators), len(subject.result.rules.indicators))


def _comparison(subject: Contents) -> Evidence:
    now, before = subject.result, subject.previous
    totals = before is not None and now.total is not None and before.total is not None
    indicators = before is not None and bool(now.indicators.keys() & before.indicators.keys())
    return _where(("changes", totals or indicators))


def _analysis(subject: Contents) -> Evidence:
    return _where(("indicators", bool(subject.result.indicators)), ("findings", bool(_rows(subject, *STATEMENTS))))


def _issues(subject: Contents) -> Evidence:
    stated = any(code.startswith("issue-") for row in _rows(subject, *STATEMENTS) for code in row.scope)
    return _where(("issues", _scored(subject)), ("findings", stated))


def _scored(subject: Contents, number: int | None = None) -> bool:
    """Whether items with a score stand under an issue, or under any."""
    return any(issue.scored for issue in subject.issues if number in (None, issue.number))


def _items(subject: Contents) -> Evidence:
    known = [row for row in subject.result.items if row.value is not None or row.result]
    return _where(
        ("issues", _scored(subject)),
        ("questions", any(row.instrument != "OIT" for row in known)),
        ("disclosure", any(row.instrument == "OIT" and row.result == "fail" for row in known)),
    )


def _weaknesses(subject: Contents) -> Evidence:
    return _where(("findings", bool(_rows(subject, "weakness"))))


def _improvements(subject: Contents) -> Evidence:
    return _where(("recommendations", bool(_rows(subject, *ADVICE))))


def _application(subject: Contents) -> Evidence:
    return _where(("recommendations", bool(_rows(subject, *ADVICE))), ("measures", bool(_rows(subject, "measure"))))


def _measures(subject: Contents) -> Evidence:
    return _where(("measures", bool(_rows(subject, "measure"))))


def _column(name: str) -> Callable[[Contents], Evidence]:
    """How many measures say something in a column; without measures, how many of the assigned recommendations."""

    def filled(subject: Contents) -> Evidence:
        measures = _rows(subject, "measure")
        assigned = [row for row in _rows(subject, "recommendation") if row.responsible]
        rows: Sequence[Measure] = measures or assigned
        section: Section = "measures" if measures else "recommendations"
        return _counted(section, sum(bool(getattr(row, name)) for row in rows), len(rows))

    return filled


def _follow_up(subject: Contents) -> Evidence:
    return _where(("follow-up", bool(_rows(subject, "follow-up"))))


def _follow_up_period(subject: Contents) -> Evidence:
    rows = _rows(subject, "follow-up")
    return _counted("follow-up", sum(bool(row.period) for row in rows), len(rows))


EVIDENCE: dict[Content, Callable[[Contents], Evidence]] = {
    "total": _total,
    "level": _level,
    "instruments": _instruments,
    "indicators": _indicators,
    "comparison": _comparison,
    "analysis": _analysis,
    "issues": _issues,
    "items": _items,
    "weaknesses": _weaknesses,
    "improvements": _improvements,
    "application": _application,
    "measures": _measures,
    "steps": _column("steps"),
    "period": _column("period"),
    "responsible": _column("responsible"),
    "monitoring": _column("monitoring"),
    "follow-up": _follow_up,
    "follow-up-period": _follow_up_period,
}
"""What shows each content, as the data of the chapter tell."""


def _issue(number: int, subject: Contents) -> Evidence:
    """An issue is analysed where scores or statements stand under it, and carried out where a measure does."""
    code, scored = f"issue-{number}", _scored(subject, number)
    stated = any(code in row.scope for row in _rows(subject, *STATEMENTS))
    planned = any(code in row.scope for row in _rows(subject, "measure"))
    analysed: tuple[Section, ...] = ("issues",) if scored else ("findings",) if stated else ()
    sections: tuple[Section, ...] = (*analysed, *(("measures",) if planned else ()))
    return Evidence(sections, len(sections), 2)
