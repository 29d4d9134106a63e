"""The agency beside others of the same type in the same year: a range to expect, not a rank."""

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.axes import Axes

from itabook.domain.facts import AGENCY_TYPES
from itabook.domain.peers import FEWEST, NOT_A_GROUP, TOTAL, Comparison, Place, Spread
from itabook.domain.results import AgencyYear
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text, table
from itabook.report.drawing import draw_bars
from itabook.report.legend import Key
from itabook.report.notes import figure_note
from itabook.report.style import bold_rows, footnotes, house_table
from itabook.words import Words, escape, join

PLACES: dict[Place, str] = {
    "below": "ต่ำกว่าทุกแห่งในกลุ่ม",
    "low": "ต่ำกว่าช่วงทั่วไป",
    "middle": "อยู่ในช่วงทั่วไป",
    "high": "สูงกว่าช่วงทั่วไป",
    "above": "สูงกว่าทุกแห่งในกลุ่ม",
}
CELLS: dict[Place, str] = {
    "below": "ต่ำกว่าทุกแห่ง",
    "low": "ต่ำกว่า",
    "middle": "ในช่วง",
    "high": "สูงกว่า",
    "above": "สูงกว่าทุกแห่ง",
}
SPREAD = {
    "least": "ต่ำสุด", "lower": "ควอร์ไทล์ที่ 1", "median": "มัธยฐาน", "upper": "ควอร์ไทล์ที่ 3", "greatest": "สูงสุด",
}  # fmt: skip
SOURCES = 3
"""So many sources are named under the table; where there are more, only their number."""
RANGE_INK, MIDDLE_INK = "#E1E6EB", "#B4BEC8"


def peer_sentence(chapter: AgencyYearChapter) -> Text:
    """Where the total and the indicators lie in what agencies of the type score; or why that cannot be told."""
    words, kind = chapter.words, AGENCY_TYPES[chapter.result.agency.type]
    year = words.year(chapter.result.fiscal_year)
    if not chapter.comparisons:
        return Text("")
    if chapter.result.agency.type in NOT_A_GROUP:
        return Text("ข้อมูลไม่ระบุประเภทของหน่วยงาน จึงไม่มีกลุ่มหน่วยงานประเภทเดียวกันให้เทียบ")
    number = _number(chapter)
    if number == 0:
        lacking = f"ข้อมูลที่มีไม่ปรากฏผลของ{kind}แห่งอื่นใน{year}"
        return Text(f"{lacking}{_unread(chapter)} จึงไม่แสดงการเทียบกับหน่วยงานประเภทเดียวกัน")
    if number < FEWEST:
        few = f"เพียง {words.count(number)} แห่ง ซึ่งน้อยกว่า {words.count(FEWEST)} แห่ง"
        return Text(f"ข้อมูลที่มีปรากฏผลของ{kind}แห่งอื่นใน{year} {few}{_unread(chapter)} จึงไม่แสดงช่วงคะแนนของกลุ่ม")
    sentences = [
        f"เมื่อเทียบกับ{kind}แห่งอื่น {words.count(number)} แห่งที่มีผลใน{year}{_unread(chapter)}",
        *_total_sentence(chapter),
        *_indicator_sentences(chapter),
        f"ช่วงทั่วไปคือคะแนนของครึ่งกลางของกลุ่ม ดังแสดงใน[@tbl-{chapter.key}-peers]",
    ]
    return Text(" ".join(sentences))


def _number(chapter: AgencyYearChapter) -> int:
    """How many others have the score that most of them have."""
    return max((comparison.peers for comparison in chapter.comparisons.values()), default=0)


def _unread(chapter: AgencyYearChapter) -> str:
    """How many agencies may be missing in the group, with a blank before it; empty where all could be read."""
    number = chapter.words.count(chapter.unread_peers)
    return f" (ยังไม่รวมอีก {number} แห่งที่อ่านแฟ้มข้อมูลไม่ได้)" if chapter.unread_peers else ""


def _total_sentence(chapter: AgencyYearChapter) -> Iterator[str]:
    words, found = chapter.words, chapter.comparisons.get(TOTAL)
    if found is None or found.spread is None or found.place is None:
        return
    spread = found.spread
    ranges = {
        "below": f" ซึ่งต่ำสุด {words.score(spread.least)} คะแนน",
        "above": f" ซึ่งสูงสุด {words.score(spread.greatest)} คะแนน",
    }
    usual = f"ที่ {words.score(spread.lower)} ถึง {words.score(spread.upper)} คะแนน"
    yield f"คะแนนรวม {words.score(found.score)} คะแนน {PLACES[found.place]}{ranges.get(found.place, usual)}"


def _indicator_sentences(chapter: AgencyYearChapter) -> Iterator[str]:
    """The indicators beside the usual range, and whether any could not be compared."""
    names = chapter.result.rules.indicator
    places = {code: found.place for code, found in chapter.comparisons.items() if code != TOTAL and found.place}
    if not places:
        return
    if set(places.values()) == {"middle"}:
        yield f"คะแนนของตัวชี้วัดทั้ง {chapter.words.count(len(places))} ตัวอยู่ในช่วงทั่วไป"
        return
    for place in ("above", "high", "low", "below"):
        chosen = [escape(names(int(code)).name) for code, found in places.items() if found == place]
        if chosen:
            yield f"ตัวชี้วัดที่ได้คะแนน{PLACES[place]} ได้แก่ {join(chosen)}"
    if "middle" in places.values():
        yield "ตัวชี้วัดที่เหลืออยู่ในช่วงทั่วไป"


def peer_table(chapter: AgencyYearChapter) -> Table | Text:
    """Total and indicators with range, quartiles and what the agency's score is to them; empty without a group."""
    words, number = chapter.words, _number(chapter)
    if all(found.spread is None for found in chapter.comparisons.values()):
        return Text("")
    rows = [_row(chapter.result, code, found, words) for code, found in chapter.comparisons.items()]
    labels = {"name": "ตัวชี้วัด", "score": "คะแนน", **SPREAD, "place": "เทียบช่วงทั่วไป"}
    labels = {key: words.text(label) for key, label in labels.items()}
    built = house_table(pd.DataFrame(rows), labels, numbers=("score", *SPREAD))
    built = built.tab_spanner(label="คะแนนของกลุ่ม", columns=list(SPREAD))
    built = footnotes(built, list(_notes(chapter, number)))
    for note in _group_notes(chapter, number):
        built = built.tab_source_note(note)
    return table(
        bold_rows(built, [len(rows) - 1] if TOTAL in chapter.comparisons else []),
        label=f"tbl-{chapter.key}-peers",
        caption=f"คะแนนเทียบกับ{AGENCY_TYPES[chapter.result.agency.type]}แห่งอื่น {words.year(chapter.result.fiscal_year)}",
    )


def _row(result: AgencyYear, code: str, found: Comparison, words: Words) -> dict[str, str]:
    name = "คะแนนรวม" if code == TOTAL else words.text(f"{code} {result.rules.indicator(int(code)).name}")
    figures = {part: words.score(None if found.spread is None else getattr(found.spread, part)) for part in SPREAD}
    place = "–" if found.place is None else CELLS[found.place]
    return {"name": name, "score": words.score(found.score), **figures, "place": place}


def _notes(chapter: AgencyYearChapter, number: int) -> Iterator[tuple[str, int, str]]:
    """Notes on scores that the report prints otherwise, and on those that fewer of the others have."""
    result, words = chapter.result, chapter.words
    for row, (code, found) in enumerate(chapter.comparisons.items()):
        figure = result.total if code == TOTAL else result.indicator_figures[int(code)]
        if note := figure_note(figure, words):
            yield "score", row, note
        if found.spread is None:
            yield "place", row, f"มีคะแนนนี้ไม่ถึง {words.count(FEWEST)} แห่ง"
        elif found.peers < number:
            yield "place", row, f"มีคะแนนนี้ {words.count(found.peers)} แห่ง"


def _group_notes(chapter: AgencyYearChapter, number: int) -> Iterator[str]:
    """Who is in the group, what its usual range is, and where its scores come from."""
    words, kind = chapter.words, AGENCY_TYPES[chapter.result.agency.type]
    known = f"{words.count(number)} แห่งที่มีผลของปีนี้ในข้อมูลที่ใช้ทำหนังสือเล่มนี้{_unread(chapter)}"
    yield f"กลุ่มคือ{kind}แห่งอื่น {known} ซึ่งอาจไม่ใช่ทุกแห่งในประเทศ"
    yield words.text(
        "ช่วงทั่วไปคือตั้งแต่ควอร์ไทล์ที่ 1 ถึงควอร์ไทล์ที่ 3 กลุ่มราวหนึ่งในสี่ได้คะแนนต่ำกว่าช่วงนี้ และราวหนึ่งในสี่ได้สูงกว่า "
        "ควอร์ไทล์ประมาณเชิงเส้นระหว่างคะแนนสองจำนวนที่อยู่ติดกัน"
    )
    sources = list(dict.fromkeys(peer.source for peer in chapter.peers if peer.source))
    if not sources:
        yield "ข้อมูลไม่ระบุที่มาของคะแนนของกลุ่ม"
    elif len(sources) <= SOURCES:
        yield f"ที่มาของคะแนนของกลุ่ม: {words.text('; '.join(sources))}"
    else:
        yield f"ที่มาของคะแนนของกลุ่ม: รายงานและแหล่งข้อมูล {words.count(len(sources))} แหล่ง"


def peer_bands(chapter: AgencyYearChapter) -> dict[int, Spread]:
    """What the others score, by indicator; empty without a group."""
    found = chapter.comparisons.items()
    return {int(code): one.spread for code, one in found if code != TOTAL and one.spread is not None}


def draw_peer_bands(axes: Axes, bands: Mapping[int, Spread], places: Mapping[int, float], half: float) -> None:
    """Behind each bar at its place the range of the others, and in it, darker, the middle half of them.

    `places` are the middles of the indicators and `half` half the height of a band, in inches.
    """
    placed = [(spread, places[number] - half, places[number] + half) for number, spread in bands.items()]
    draw_bars(axes, [(float(one.least), float(one.greatest), top, foot, RANGE_INK) for one, top, foot in placed])
    draw_bars(axes, [(float(one.lower), float(one.upper), top, foot, MIDDLE_INK) for one, top, foot in placed])


def band_keys(bands: Mapping[int, Spread]) -> list[Key]:
    """What the two bands are, for the legend of the chart; empty without bands."""
    keys: list[Key] = [("bar", RANGE_INK, "คะแนนของกลุ่ม"), ("bar", MIDDLE_INK, "ช่วงทั่วไปของกลุ่ม")]
    return keys if bands else []


def band_caption(chapter: AgencyYearChapter) -> str:
    """What the bands show, to go after the caption of the chart, with a blank before it; empty without bands."""
    if not peer_bands(chapter):
        return ""
    kind = AGENCY_TYPES[chapter.result.agency.type]
    number = chapter.words.count(_number(chapter))
    return f" แถบหลังแท่งคือคะแนนของ{kind}แห่งอื่น {number} แห่ง ส่วนที่เข้มกว่าคือช่วงทั่วไป (ครึ่งกลางของกลุ่ม)"
