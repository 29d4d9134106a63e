"""How the answers to the weak questions are spread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import matplotlib.pyplot as plt
from matplotlib.patches import Patch

from itabook.domain.answers import Answers, answers
from itabook.domain.questions import Question, questions, weakest
from itabook.domain.rules import Scale
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Text, chart
from itabook.report.diverging import by_columns, draw, patch, pieces_of, span, write
from itabook.report.notes import MARK
from itabook.report.style import INK, INK_2, WIDTH, bare
from itabook.words import Words, escape, join

SHOWN = 12
"""So many questions fit in one chart; of more, the weakest are drawn."""
ROW = 0.45
REVERSED = "ข้อเชิงลบ"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One row of the chart: a question with its answers."""

    question: Question
    answers: Answers

    @property
    def marked(self) -> bool:
        """Whether something of it is not as the report prints it."""
        return self.question.computed or self.answers.repair is not None


def drawn(chapter: AgencyYearChapter) -> tuple[Drawn, ...]:
    """The scored questions whose answers can be shown, the weakest first, so many as fit."""
    given = {one.item: one for one in answers(chapter.result) if one.shares}
    scored = sorted((one for one in questions(chapter.result) if one.code in given), key=lambda one: one.score)
    return tuple(Drawn(one, given[one.code]) for one in scored[:SHOWN])


def response_sentence(chapter: AgencyYearChapter) -> Text:
    """The shares of the weakest question in words, and the question with the most negative answers."""
    rows, words = drawn(chapter), chapter.words
    if not rows:
        agency = escape(chapter.result.agency.name)
        if chapter.result.responses:
            return Text(f"การกระจายคำตอบที่รายงานของ{agency}ระบุขัดกันเองหรือไม่ทราบมาตรวัด จึงไม่แสดงเป็นแผนภูมิ")
        return Text(f"ไม่ปรากฏการกระจายคำตอบรายข้อในรายงานของ{agency}")
    least = weakest(row.question for row in rows)
    told = " ".join(_in_words(row, words) for row in rows if row.question in least)
    return Text(f"{told} {_most_negative(rows, words)} ดัง[@fig-{chapter.key}-responses]")


def _most_negative(rows: Sequence[Drawn], words: Words) -> str:
    most = max(row.answers.negative for row in rows)
    if not most:
        return "ไม่มีคำตอบเชิงลบในข้อที่แสดงในแผนภูมิ"
    names = join(_code(row, words) for row in rows if row.answers.negative == most)
    return (
        "ในบรรดาข้อที่แสดงในแผนภูมิ คำตอบเชิงลบ (คำตอบที่ได้ไม่ถึงครึ่งของคะแนนเต็ม) "
        f"มีมากที่สุดในข้อ\u00a0{names} ร้อยละ {words.score(most)}"
    )


def _in_words(row: Drawn, words: Words) -> str:
    parts = [
        f"“{escape(share.label)}” ร้อยละ {words.score(share.percent)}"
        for share in reversed(row.answers.shares)
        if share.percent
    ]
    score = words.score(row.question.score)
    mended = " (แก้แล้ว ดูหมายเหตุใต้แผนภูมิ)" if row.answers.repair else ""
    return f"ในข้อ\u00a0{_code(row, words)} ({score} คะแนน) ผู้ตอบเลือก {join(parts)}{mended}"


def _code(row: Drawn, words: Words) -> str:
    return words.text(row.question.code)


def response_bars(chapter: AgencyYearChapter) -> Chart | Text:
    """A bar for each question: its negative answers left of zero, the positive ones right, the score beside it."""
    rows, words = drawn(chapter), chapter.words
    if not rows:
        return Text("")
    figure, axes = plt.subplots(figsize=(WIDTH, ROW * len(rows) + 1.0), layout="constrained")
    pieces = [pieces_of(row.answers) for row in rows]
    draw(axes, pieces)
    low, high = span(pieces)
    axes.set_xlim(low - 6, high + 17)
    for place, (row, bar) in enumerate(zip(rows, pieces, strict=True)):
        write(axes, place, bar, words)
        score = words.score(row.question.score) + (MARK if row.question.computed else "")
        axes.text(high + 4, place, score, va="center", fontsize=10, fontweight="semibold")
    heading = partial(axes.text, y=-1, fontsize=9, color=INK_2, va="center")
    heading(high + 4, s="คะแนน")
    heading(-1.5, s="เชิงลบ", ha="right")
    heading(1.5, s="เชิงบวก (ร้อยละของผู้ตอบ)")
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_yticks(range(len(rows)), [_row_name(row, chapter) for row in rows], fontsize=10)
    axes.set_ylim(len(rows) - 0.4, -1.3)
    axes.set_xticks([])
    bare(axes)
    lines = _legend(rows)
    figure.legend(
        handles=by_columns(lines), ncols=max(map(len, lines)), loc="outside lower left", frameon=False, fontsize=9,
        handlelength=1.6, columnspacing=1,
    )  # fmt: skip
    return chart(figure, label=f"fig-{chapter.key}-responses", caption=_caption(rows, chapter), alt=_alt(rows, chapter))


def _row_name(row: Drawn, chapter: AgencyYearChapter) -> str:
    """Code and indicator, with what is to be known of the row."""
    number, rules = row.question.indicator, chapter.result.rules
    mark = MARK if row.answers.repair else ""
    reversed_ = f" ({REVERSED})" if _reversed(row.answers.scale) else ""
    name = "" if number is None else f" {rules.indicator(number).name}"
    return f"{chapter.words.text(row.question.code)}{mark}{reversed_}{name}"


def _reversed(scale: Scale | None) -> bool:
    return scale is not None and scale.name.endswith("-reversed")


def _legend(rows: Sequence[Drawn]) -> list[list[Patch]]:
    """The answers of each scale in the order of the bars, a line for each; those of a reversed scale are named so."""
    scales = {row.answers.scale.name: row.answers for row in rows if row.answers.scale is not None}
    lines = []
    for given in scales.values():
        looks = {piece.share.label: piece for piece in pieces_of(given)}
        suffix = f" ({REVERSED})" if _reversed(given.scale) and len(scales) > 1 else ""
        lines.append([patch(looks[share.label], share.label + suffix) for share in given.shares])
    return lines


def _caption(rows: Sequence[Drawn], chapter: AgencyYearChapter) -> str:
    words = chapter.words
    whole = sum(bool(one.shares) for one in answers(chapter.result))
    only = f" เฉพาะ {words.count(len(rows))} ข้อที่ได้คะแนนต่ำที่สุด" if whole > len(rows) else ""
    marks = f" {MARK} ต่างจากที่รายงานพิมพ์ ดูหมายเหตุใต้แผนภูมิ" if any(row.marked for row in rows) else ""
    year = words.year(chapter.result.fiscal_year)
    return f"ร้อยละของคำตอบรายข้อ {year}{only} คำตอบเชิงลบอยู่ซ้ายของเส้นศูนย์ เรียงจากคะแนนต่ำไปสูง{marks}"


def _alt(rows: Sequence[Drawn], chapter: AgencyYearChapter) -> str:
    words = chapter.words
    listed = " ".join(
        f"{_code(row, words)} เชิงลบร้อยละ {words.score(row.answers.negative)} คะแนน {words.score(row.question.score)}"
        for row in rows
    )
    count = words.count(len(rows))
    return f"แผนภูมิแท่งซ้อนสองด้านแสดงร้อยละของคำตอบ {count} ข้อ ของ{chapter.result.agency.name} {listed}"


def response_notes(chapter: AgencyYearChapter) -> Text:
    """What was mended before the answers were drawn, which scores were computed, and what is not drawn and why."""
    notes = list(_notes(chapter))
    return Text("\n".join(f"- {chapter.words.text(note)}" for note in notes))


def _notes(chapter: AgencyYearChapter) -> Iterator[str]:
    wrong = _faults(chapter)
    scored = {one.code: one for one in questions(chapter.result)}
    for given in answers(chapter.result):
        name, question = f"ข้อ\u00a0{escape(given.item)}", scored.get(given.item)
        if given.repair is not None:
            yield f"{name} แสดงโดยถือว่า{escape(given.repair.said)} ซึ่งทำให้ตัวเลขของข้อนี้สอดคล้องกันทั้งหมด"
        elif not given.shares:
            why = " และ".join(wrong.get(given.item, ())) if given.scale else "ยังไม่มีแหล่งยืนยันมาตรวัดของข้อนี้"
            yield f"{name} ไม่แสดง เพราะ{escape(why)}"
        elif question is not None and question.computed:
            yield f"{name} แสดงคะแนนที่คำนวณจากการกระจายคำตอบ เพราะรายงานไม่ได้พิมพ์คะแนน"
        elif given.item in wrong:
            yield f"{name} แสดงตามที่พิมพ์ แต่{escape(' และ'.join(wrong[given.item]))}"


FAULTS = {"item-from-responses", "response-sum", "response-labels", "response-shares"}


def _faults(chapter: AgencyYearChapter) -> Mapping[str, tuple[str, ...]]:
    """What the proofreader says of the answers to each item."""
    found: dict[str, tuple[str, ...]] = {}
    for finding in chapter.findings:
        if finding.rule in FAULTS:
            found[finding.subject] = (*found.get(finding.subject, ()), finding.message)
    return found
