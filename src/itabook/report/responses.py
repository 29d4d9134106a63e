"""How the answers to the weak questions are spread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from itabook.domain.answers import Answers
from itabook.domain.figure_data import FigureData
from itabook.domain.questions import Question, weakest
from itabook.domain.rules import Scale
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Text, chart
from itabook.report.diverging import Look, Piece, bars_of, draw, pieces_of, room, span, write
from itabook.report.drawing import LINE, draw_bars, draw_text, draw_uprights, scaled_canvas, widest
from itabook.report.legend import bar_sign, draw_names, legend
from itabook.report.listed import of_a_report
from itabook.report.notes import MARK
from itabook.report.style import WIDTH
from itabook.tokens import INK, INK_2
from itabook.words import Words, escape, join

SHOWN = 12
"""So many questions fit in one chart; of more, the weakest are drawn."""
HEAD, STEP, FOOT = 0.52, 0.42, 0.24
"""In inches: from the top to the first bar; from bar to bar; from the last bar to the foot of the line at zero."""
NAME, HEADING = 10.0, 9.0
"""Sizes in points: names and scores; headings."""
BESIDE, BLANK = 0.06, 0.2
"""In inches: from the names or the line at zero to what stands beside it; blank before the bars and after them."""
REVERSED = "ข้อเชิงลบ"
NEGATIVE, POSITIVE, SCORE = "เชิงลบ", ("เชิงบวก (ร้อยละของผู้ตอบ)", "เชิงบวก"), "คะแนน"
"""Headings; of those of the positive answers the first that fits."""


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
    given = {one.item: one for one in chapter.answers if one.shares}
    scored = sorted((one for one in chapter.questions if one.code in given), key=lambda one: one.score)
    return tuple(Drawn(one, given[one.code]) for one in scored[:SHOWN])


@of_a_report
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
    pieces = [pieces_of(row.answers) for row in rows]
    foot, keys = HEAD + STEP * (len(rows) - 1) + FOOT, _legend(rows)
    names = legend(*([name for name, _ in line] for line in keys))
    figure, axes, inch = _canvas(chapter, rows, pieces, foot + LINE / 2 + names.height)
    signs = draw_names(axes, foot + LINE / 2, names)
    looks = [look for line in keys for _, look in line]
    bars = [(bar_sign(sign, ink), hatch) for sign, (ink, hatch) in zip(signs, looks, strict=True)]
    blanks = []
    for place, row in enumerate(pieces):
        bars += bars_of(row, HEAD + STEP * place)
        blanks += write(axes, HEAD + STEP * place, row, words, inch=inch)
    draw(axes, bars)
    draw_bars(axes, blanks)
    draw_uprights(axes, [(0, 0, foot)], ink=INK, width=1)
    return chart(
        figure,
        label=f"fig-{chapter.key}-responses",
        caption=_caption(rows, chapter),
        alt=_alt(rows, chapter),
        data=_data(rows, chapter),
    )


def _canvas(
    chapter: AgencyYearChapter, rows: Sequence[Drawn], pieces: Sequence[Sequence[Piece]], height: float
) -> tuple[Figure, Axes, float]:
    """Room for the bars, the questions to the left, their scores to the right, and an inch in percent."""
    words, (low, high) = chapter.words, span(pieces)
    names = [_row_name(row, chapter) for row in rows]
    scores = [words.score(row.question.score) + (MARK if row.question.computed else "") for row in rows]
    side = BESIDE + widest(names, NAME)
    left, column = side + BLANK, max(widest(scores, NAME, "semibold"), widest([SCORE], HEADING)) + BESIDE
    free = WIDTH - left - column - BLANK
    before, after = room(pieces, words, (high - low) / (free - 1))  # at most half an inch on either side
    figure, axes, inch = scaled_canvas(height, low, high, margin=left + before, room=after + BLANK + column)
    edge, end = low - (before + BLANK) * inch, high + (after + BLANK) * inch
    for place, (name, score) in enumerate(zip(names, scores, strict=True)):
        draw_text(axes, edge, HEAD + STEP * place, name, size=NAME, ha="right")
        draw_text(axes, end, HEAD + STEP * place, score, size=NAME, fontweight="semibold")
    draw_text(axes, -BESIDE * inch, LINE / 2, NEGATIVE, size=HEADING, ha="right", color=INK_2)
    positive = next(said for said in POSITIVE if widest([said], HEADING) * inch < high or said == POSITIVE[-1])
    draw_text(axes, BESIDE * inch, LINE / 2, positive, size=HEADING, color=INK_2)
    draw_text(axes, end, LINE / 2, SCORE, size=HEADING, color=INK_2)
    return figure, axes, inch


def _row_name(row: Drawn, chapter: AgencyYearChapter) -> str:
    """Code and indicator, with what is to be known of the row."""
    number, rules = row.question.indicator, chapter.result.rules
    mark = MARK if row.answers.repair else ""
    reversed_ = f" ({REVERSED})" if _reversed(row.answers.scale) else ""
    name = "" if number is None else f" {rules.indicator(number).name}"
    return f"{chapter.words.text(row.question.code)}{mark}{reversed_}{name}"


def _reversed(scale: Scale | None) -> bool:
    return scale is not None and scale.name.endswith("-reversed")


def _legend(rows: Sequence[Drawn]) -> list[list[tuple[str, Look]]]:
    """The answers of each scale in the order of the bars, a line for each; those of a reversed scale are named so."""
    scales = {row.answers.scale.name: row.answers for row in rows if row.answers.scale is not None}
    lines = []
    for given in scales.values():
        looks = {piece.share.label: piece.look for piece in pieces_of(given)}
        suffix = f" ({REVERSED})" if _reversed(given.scale) and len(scales) > 1 else ""
        lines.append([(share.label + suffix, looks[share.label]) for share in given.shares])
    return lines


def _data(rows: Sequence[Drawn], chapter: AgencyYearChapter) -> FigureData:
    """One row an answer, in the order of the bars; questions have scales of their own."""
    columns = ("ข้อ", "ตัวชี้วัด", "คะแนนของข้อ", "คำตอบ", "ด้าน", "ร้อยละของผู้ตอบ")
    names, found = chapter.result.rules.indicator, []
    for row in rows:
        code, number = row.question.code, row.question.indicator
        indicator = None if number is None else f"{number} {names(number).name}"
        for share in row.answers.shares:
            side = NEGATIVE if share.negative else POSITIVE[-1]
            found.append((code, indicator, row.question.score, share.label, side, share.percent))
    return FigureData(columns, tuple(found))


def _caption(rows: Sequence[Drawn], chapter: AgencyYearChapter) -> str:
    words = chapter.words
    whole = sum(bool(one.shares) for one in chapter.answers)
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
    scored = {one.code: one for one in chapter.questions}
    for given in chapter.answers:
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
