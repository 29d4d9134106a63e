"""Why the total changed since last year, in words and as a table: what each indicator adds to it or takes from it."""

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from itabook.domain.contributions import Obstacle, Rest, TotalChange, explain
from itabook.domain.results import AgencyYear, Figure
from itabook.domain.rules import INSTRUMENTS
from itabook.domain.scores import rounded
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.notes import figure_note
from itabook.report.style import bold_rows, footnotes, house_table
from itabook.words import INSTRUMENT_NAMES, Words, escape, join

UNTOLD = "จึงอธิบายการเปลี่ยนแปลงของคะแนนรวมเป็นรายตัวชี้วัดไม่ได้"
METHOD = (
    "น้ำหนักของตัวชี้วัด คือ น้ำหนักของแบบวัดหารด้วยจำนวนตัวชี้วัดในแบบวัดนั้น ผลต่อคะแนนรวม คือ น้ำหนักคูณการเปลี่ยนแปลงของตัวชี้วัด "
    "ปัดเป็นทศนิยมสองตำแหน่งโดยให้ทุกรายการรวมกันเท่ากับการเปลี่ยนแปลงของคะแนนรวม"
)
MOVED = "ปรับ 0.01 จากการปัดเศษตามปกติ เพื่อให้ทุกรายการรวมกันเท่ากับการเปลี่ยนแปลงของคะแนนรวม"


def total_change(chapter: AgencyYearChapter) -> TotalChange | None:
    """The change of the total by indicator; None where it cannot be told or where nothing moved by 0.01."""
    found = explain(chapter.previous, chapter.result) if chapter.previous else None
    if not isinstance(found, TotalChange):
        return None
    return found if found.rest.shown or any(part.shown for part in found.parts) else None


def contribution_sentence(chapter: AgencyYearChapter) -> Text:
    """What made the total rise or fall: instruments, the strongest indicators, the rest; or why it cannot be told."""
    words, previous = chapter.words, chapter.previous
    if previous is None:
        return Text(f"ยังไม่มีผลของปีก่อนหน้า {UNTOLD}")
    found = explain(previous, chapter.result)
    if isinstance(found, Obstacle):
        said = found.kind == "indicators" and not chapter.changes()  # by the comparison itself
        return Text("" if said else f"{_obstacle_sentence(found, words)} {UNTOLD}")
    if total_change(chapter) is None:
        return Text("คะแนนรวมเท่ากับปีก่อนหน้า และไม่มีตัวชี้วัดใดทำให้คะแนนรวมเปลี่ยนแปลงถึง " + words.text("0.01 คะแนน"))
    sentences = [_instruments_sentence(found, words), *_strongest(chapter, found), _rest_sentence(found.rest, words)]
    text = " ".join(sentence for sentence in sentences if sentence)
    return Text(f"{text} ดังแสดงใน[@fig-{chapter.key}-contributions] และ[@tbl-{chapter.key}-contributions]")


def _obstacle_sentence(obstacle: Obstacle, words: Words) -> str:
    year = words.year(obstacle.fiscal_year)
    match obstacle.kind:
        case "total":
            return f"ไม่ปรากฏคะแนนรวมใน{words.document}ของ{year} และคำนวณจากข้อมูลที่มีไม่ได้"
        case "indicators" if len(obstacle.indicators) == 10:
            return f"ไม่ปรากฏคะแนนรายตัวชี้วัดใน{words.document}ของ{year}"
        case "indicators":
            numbers = join(words.text(number) for number in obstacle.indicators)
            return f"ไม่ปรากฏคะแนนของตัวชี้วัดที่\u00a0{numbers} ใน{words.document}ของ{year}"
        case "weights-unsure":
            return f"น้ำหนักของแบบวัดใน{year} ยังไม่มีแหล่งยืนยัน"
        case "weights-differ":
            return f"น้ำหนักของแบบวัดใน{year} ต่างจากปีก่อนหน้า"


def _instruments_sentence(found: TotalChange, words: Words) -> str:
    moved = f"ที่{words.moved(found.change)}" if found.change else "ซึ่งเท่ากับปีก่อนหน้า"
    parts = join(f"{code} {words.signed(found.of(code))}\u00a0คะแนน" for code in INSTRUMENTS)
    return f"เมื่อถ่วงน้ำหนักแล้ว คะแนนรวม{moved} แยกเป็นผลของ {parts}"


def _strongest(chapter: AgencyYearChapter, found: TotalChange) -> Iterator[str]:
    """The indicators that moved the total most, first the way that the total went; all that tie."""
    points = [part.shown for part in found.parts]
    way = 1 if found.change >= 0 else -1
    for side, verb in sorted(((1, "เพิ่มขึ้น"), (-1, "ลดลง")), key=lambda pair: pair[0] * -way):
        most = max(points, key=lambda value: value * side)
        if most * side > 0:
            named = (chapter.result.rules.indicator(part.number).name for part in found.parts if part.shown == most)
            names = join(escape(name) for name in named)
            yield f"ตัวชี้วัดที่ทำให้คะแนนรวม{verb}มากที่สุดคือ{names} ({chapter.words.signed(most)}\u00a0คะแนน)"


def _rest_sentence(rest: Rest, words: Words) -> str:
    if not rest.shown:
        return ""
    left = f"ส่วนที่เหลือ {words.signed(rest.shown)}\u00a0คะแนน"
    if rest.rounding:
        return f"{left} เกิดจากการปัดเศษของคะแนนที่พิมพ์ใน{words.document}"
    return f"{left} อธิบายด้วยตัวชี้วัดไม่ได้ เพราะคะแนนรวมไม่สอดคล้องกับคะแนนรายตัวชี้วัดในอย่างน้อยหนึ่งปี"


def rest_name(rest: Rest) -> str:
    """What the part that the indicators leave over is called."""
    return "ปัดเศษ" if rest.rounding else "ส่วนที่อธิบายด้วยตัวชี้วัดไม่ได้"


def contribution_table(chapter: AgencyYearChapter) -> Table | Text:
    """Weight, change and contribution of each indicator, summed by instrument and to the change of the total."""
    found, previous, words = total_change(chapter), chapter.previous, chapter.words
    if found is None or previous is None:
        return Text("")
    rows, bold, notes = _table_rows(chapter, previous, found)
    built = house_table(
        pd.DataFrame(rows),
        {"name": "ตัวชี้วัด", "weight": "น้ำหนัก (ร้อยละ)", "change": "เปลี่ยนแปลง", "points": "ผลต่อคะแนนรวม"},
        numbers=("weight", "change", "points"),
    )
    years = f"{words.text(previous.fiscal_year)} และ {words.text(chapter.result.fiscal_year)}"
    return table(
        footnotes(bold_rows(built, bold), notes).tab_source_note(words.text(METHOD)),
        label=f"tbl-{chapter.key}-contributions",
        caption=f"ผลของแต่ละตัวชี้วัดต่อการเปลี่ยนแปลงของคะแนนรวม ระหว่างปี {years}",
    )


def _table_rows(
    chapter: AgencyYearChapter, previous: AgencyYear, found: TotalChange
) -> tuple[list[dict[str, str]], list[int], list[tuple[str, int, str]]]:
    """Rows of the table, which of them are heavy, and the notes on the scores that they come from."""
    result, words = chapter.result, chapter.words
    rows: list[dict[str, str]] = []
    bold: list[int] = []
    notes: list[tuple[str, int, str]] = []

    def add(name: str, points: Decimal, weight: Decimal | None = None, change: Decimal | None = None) -> None:
        share = "" if weight is None else words.short(rounded(weight * 100))
        moved = "" if change is None else words.signed(change)
        rows.append({"name": words.text(name), "weight": share, "change": moved, "points": words.signed(points)})

    def note(column: str, was: Figure | None, now: Figure | None) -> None:
        for year, figure in ((previous.fiscal_year, was), (result.fiscal_year, now)):
            if said := figure_note(figure, words):
                notes.append((column, len(rows), words.text(f"ปี {year} {said}")))

    for code in INSTRUMENTS:
        for part in (part for part in found.parts if part.instrument == code):
            if part.shown != rounded(part.exact):
                notes.append(("points", len(rows), words.text(MOVED)))
            note("change", previous.indicator_figures[part.number], result.indicator_figures[part.number])
            add(f"{part.number} {result.rules.indicator(part.number).name}", part.shown, part.weight, part.change)
        bold.append(len(rows))
        add(f"รวม {INSTRUMENT_NAMES[code]}", found.of(code), result.rules.weights.of(code))
    if found.rest.shown:
        add(rest_name(found.rest), found.rest.shown)
    note("points", previous.total, result.total)
    bold.append(len(rows))
    add("คะแนนรวม", found.change, Decimal(1))
    return rows, bold, notes
