"""What the chapter says of the way to the target, for the agency-years of the five reports."""

import re
from dataclasses import replace
from decimal import Decimal as D

import pytest

from itabook.domain.facts import Score
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text
from itabook.report.scenarios import gap_sentence, gap_table, scenario_table
from tests.report.conftest import Open

NBSP = "\u00a0"


def said(chapter: AgencyYearChapter) -> str:
    return gap_sentence(chapter).markdown.replace(NBSP, " ")


def rows(table: Table | Text) -> list[list[str]]:
    """The cells of a table, and the headings of its groups, row by row."""
    assert isinstance(table, Table)
    body = table.html[table.html.index("<tbody") : table.html.index("</tbody")]
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    return [[cell.replace(NBSP, " ") for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", r, re.DOTALL)] for r in found]


def printing(chapter: AgencyYearChapter, scores: dict[str, str], level: str = "") -> AgencyYearChapter:
    """The chapter with other scores: by indicator, part, or "total"; all that it prints otherwise is left out."""

    def row(code: str, printed: str) -> Score:
        scope = "total" if code == "total" else "indicator" if code.isdecimal() else "part"
        return Score("score", scope, "" if code == "total" else code, "", printed, D(printed), level, "")

    made = tuple(row(code, printed) for code, printed in scores.items())
    return replace(chapter, result=replace(chapter.result, scores=made, items=()))


def test_ban_paen_needs_two_items_for_the_next_level_and_24_for_the_target(open_chapter: Open) -> None:
    assert said(open_chapter("banpaen", 2563)) == (
        "หน่วยงานมีคะแนนรวม 56.52 คะแนน อยู่ในระดับ D "
        "เมื่อเทียบกับระดับ C (65 คะแนนขึ้นไป) ยังขาดคะแนนรวมอีก 8.48 คะแนน "
        "เมื่อเทียบกับระดับ A (ค่าเป้าหมาย 85 คะแนน) ยังขาดคะแนนรวมอีก 28.48 คะแนน "
        "ทางเลือกแรกที่ถึงระดับ C คือผ่าน OIT เพิ่ม 2 ข้อ ในตัวชี้วัดย่อยที่ 10.2 "
        "มาตรการส่งเสริมความโปร่งใสและป้องกันการทุจริตภายในหน่วยงาน ซึ่งจะได้คะแนนรวม 66.52 คะแนน "
        "ทางเลือกแรกที่ถึงระดับ A คือผ่าน OIT เพิ่ม 24 ข้อ ซึ่งจะได้คะแนนรวม 85.35 คะแนน "
        "หากอาศัยการรับรู้อย่างเดียว แม้ทุกตัวชี้วัดของ IIT และ EIT ได้เต็ม 100 คะแนน คะแนนรวมจะเป็นเพียง 66.06 คะแนน "
        "รายละเอียดปรากฏใน[@tbl-banpaen-2563-gaps] และ[@tbl-banpaen-2563-scenarios] "
        "ทั้งนี้ สมมติให้คะแนนส่วนที่ไม่ได้กล่าวถึงคงเดิม"
    )


def test_bgo_is_told_that_oit_is_not_enough_and_what_more_it_takes(open_chapter: Open) -> None:
    assert (
        "แม้ผ่าน OIT ข้อที่เหลือเพียง 1 ข้อ ในตัวชี้วัดย่อยที่ 9.2 คะแนนรวมจะเป็นเพียง 91.71 คะแนน ยังไม่ถึงระดับ AA "
        "และยังต้องให้ทุกตัวชี้วัดของ IIT เพิ่มขึ้นตัวชี้วัดละ 10.97 คะแนน (IIT เฉลี่ยจาก 82.31 เป็น 93.28) "
        "จึงจะได้คะแนนรวม 95.00 คะแนน"
    ) in said(open_chapter("bgo", 2564))


def test_numbers_are_in_the_digits_of_the_book(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564, "thai")
    shown = re.sub(r"\[@.*?\]", "", gap_sentence(chapter).markdown)
    cells = [cell for table in (gap_table(chapter), scenario_table(chapter)) for row in rows(table) for cell in row]

    assert not re.search("[0-9]", shown + "".join(cells))
    assert "ยังขาดคะแนนรวมอีก ๓.๗๙" in shown


def test_opdc_2566_is_short_of_one_part_of_eit(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566)

    assert (
        "อยู่ในระดับผ่าน เมื่อเทียบกับระดับผ่านดี (คะแนนรวมไม่ต่ำกว่า 85 คะแนน โดย IIT EIT ทั้งสองส่วน และ OIT ไม่ต่ำกว่า 85 คะแนน) "
        "ยังขาด EIT ส่วนที่ 1 อีก 0.46 คะแนน ทางเลือกแรกที่ถึงระดับผ่านดีคือคะแนน EIT ส่วนที่ 1 เพิ่มขึ้น 0.46 คะแนน "
        "(จาก 84.54 เป็น 85.00) ซึ่งจะได้คะแนนรวม 90.54 คะแนน"
    ) in said(chapter)
    assert rows(gap_table(chapter)) == [
        ["เงื่อนไขของระดับ"],
        ["คะแนนรวม", "90.47", "ถึงแล้ว"],
        ["IIT", "89.67", "ถึงแล้ว"],
        ["EIT ส่วนที่ 1", "84.54", "+0.46"],
        ["EIT ส่วนที่ 2", "92.59", "ถึงแล้ว"],
        ["OIT", "92.50", "ถึงแล้ว"],
    ]
    assert rows(scenario_table(chapter))[1] == [
        "1. EIT", "คะแนน EIT ส่วนที่ 1 เพิ่มขึ้น 0.46 คะแนน (จาก 84.54 เป็น 85.00)", "90.54", "ผ่านดี",
    ]  # fmt: skip


def test_rawiang_counts_no_items_and_says_why(open_chapter: Open) -> None:
    chapter = open_chapter("rawiang", 2568)
    gaps, ways = gap_table(chapter), scenario_table(chapter)
    why = "ยังไม่มีแหล่งยืนยันการจัดกลุ่มข้อ OIT ของปีงบประมาณ พ.ศ. 2568 จึงไม่นับเป็นจำนวนข้อ"

    assert isinstance(gaps, Table)
    assert isinstance(ways, Table)
    assert why in gaps.html.replace(NBSP, " ")
    assert why in ways.html.replace(NBSP, " ")
    assert ["9 การเปิดเผยข้อมูล", "53.50", "+36.49"] in rows(gaps)
    assert ["10 การป้องกันการทุจริต", "80.00", "ลำพังไม่ถึง"] in rows(gaps)
    assert ["EIT ส่วนที่ 1", "ไม่ต่ำกว่า 98.81", "ถึงแล้ว"] in rows(gaps)
    assert rows(ways)[1] == [
        "1. OIT",
        "คะแนนเฉลี่ย OIT เพิ่มขึ้น 18.25 คะแนน (จาก 66.75 เป็น 85.00) โดยเริ่มจาก 10 ข้อที่รายงานระบุว่าไม่ผ่าน",
        "93.68",
        "ผ่านดี",
    ]


def test_the_gap_table_shows_what_each_indicator_can_give_and_needs(open_chapter: Open) -> None:
    table = rows(gap_table(open_chapter("banpaen", 2563)))

    assert table[0] == ["ตัวชี้วัด หากเพิ่มเพียงตัวเดียว"]
    assert table[4] == ["4 การใช้ทรัพย์สินของราชการ", "81.67", "+1.10", "ลำพังไม่ถึง", "ลำพังไม่ถึง"]
    # indicator 9 to (2/9 + 1/8 + 5/7 + 4/4 + 5/5) / 5 = 61.23 with 11 more items; 10 to 62.50 with both items of 10.2
    assert table[9] == ["9 การเปิดเผยข้อมูล", "17.80", "+16.44", "+43.43 (11 ข้อ)", "ลำพังไม่ถึง"]
    assert table[10] == ["10 การป้องกันการทุจริต", "12.50", "+17.50", "+50.00 (2 ข้อ)", "ลำพังไม่ถึง"]
    assert table[12] == ["คะแนนรวม", "56.52", "–", "+8.48", "+28.48"]


def test_the_ways_of_bgo_cheapest_kind_first(open_chapter: Open) -> None:
    table = scenario_table(open_chapter("bgo", 2564))
    heading, *ways = rows(table)

    assert heading == ["สู่ระดับ AA (95 คะแนนขึ้นไป)"]
    assert [(name, total, level) for name, _, total, level in ways] == [
        ("1. OIT", "91.71", "A (ขาดอีก 3.29)"),
        ("2. OIT และ IIT", "95.00", "AA"),
        ("3. IIT", "95.00", "AA"),
        ("4. IIT และ EIT", "95.00", "AA"),
    ]
    assert ways[2][1] == (
        "ทุกตัวชี้วัดของ IIT เพิ่มขึ้นตัวชี้วัดละ 12.64 คะแนน (IIT เฉลี่ยจาก 82.31 เป็น 94.95) "
        "เทียบได้กับคำตอบ IIT ที่สูงขึ้นหนึ่งระดับประมาณ 1,287 คำตอบ จากทั้งหมด 3,360 คำตอบ"
    )
    assert isinstance(table, Table)
    assert "ไม่แสดงจำนวนคำตอบของ EIT เพราะไม่มีจำนวนข้อหรือจำนวนผู้ตอบที่ยืนยันได้" in table.html


def test_without_indicators_the_distance_is_told_but_no_ways(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2563)

    assert said(chapter) == (
        "หน่วยงานมีคะแนนรวม 45.69 คะแนน อยู่ในระดับ F "
        "เมื่อเทียบกับระดับ E (50 คะแนนขึ้นไป) ยังขาดคะแนนรวมอีก 4.31 คะแนน "
        "เมื่อเทียบกับระดับ A (ค่าเป้าหมาย 85 คะแนน) ยังขาดคะแนนรวมอีก 39.31 คะแนน "
        "ไม่ปรากฏคะแนนรายตัวชี้วัด จึงคำนวณทางเลือกไม่ได้"
    )
    assert (gap_table(chapter), scenario_table(chapter)) == (Text(""), Text(""))


def test_the_best_level_has_nothing_to_reach(open_chapter: Open) -> None:
    chapter = printing(open_chapter("bgo", 2564), {str(n): "98.00" for n in range(1, 11)} | {"total": "98.00"})

    assert said(chapter) == "หน่วยงานอยู่ในระดับ AA ซึ่งเป็นระดับสูงสุดตามเกณฑ์ของปีงบประมาณ พ.ศ. 2564 แล้ว"
    assert (gap_table(chapter), scenario_table(chapter)) == (Text(""), Text(""))


@pytest.mark.parametrize(
    ("scores", "why"),
    [
        ({}, "ไม่มีคะแนนรวมของปีงบประมาณ พ.ศ. 2568 จึงบอกไม่ได้ว่ายังห่างจากเป้าหมายและระดับถัดไปเท่าใด"),
        (
            {"total": "90.00"},
            "ยังบอกระดับปัจจุบันและระดับถัดไปไม่ได้ เพราะไม่ปรากฏคะแนน IIT EIT ส่วนที่ 1 EIT ส่วนที่ 2 และ OIT "
            "ซึ่งเกณฑ์ระดับของปีงบประมาณ พ.ศ. 2568 ใช้ประกอบ",
        ),
    ],
)
def test_where_the_level_cannot_be_told_it_says_why(open_chapter: Open, scores: dict[str, str], why: str) -> None:
    chapter = printing(open_chapter("rawiang", 2568), scores)

    assert said(chapter) == why
    assert (gap_table(chapter), scenario_table(chapter)) == (Text(""), Text(""))


def test_levels_that_are_not_official_are_not_aimed_at(open_chapter: Open) -> None:
    chapter = open_chapter("rawiang", 2568)
    rules = chapter.result.rules
    levels = rules.levels.model_copy(update={"confidence": "unsure"})
    chapter = replace(chapter, result=replace(chapter.result, rules=rules.model_copy(update={"levels": levels})))

    assert said(chapter) == ("เกณฑ์ระดับของปีงบประมาณ พ.ศ. 2568 ยังไม่มีแหล่งยืนยัน จึงไม่คำนวณระยะห่างจากระดับถัดไป")
    assert (gap_table(chapter), scenario_table(chapter)) == (Text(""), Text(""))


def test_scores_that_contradict_each_other_give_no_ways(open_chapter: Open) -> None:
    chapter = printing(open_chapter("bgo", 2564), {str(n): "80.00" for n in range(1, 11)} | {"total": "70.00"})

    assert said(chapter).endswith("คะแนนที่พิมพ์ในรายงานขัดแย้งกันเอง จึงไม่คำนวณทางเลือก")
    assert scenario_table(chapter) == Text("")


def test_parts_that_are_not_known_are_called_so(open_chapter: Open) -> None:
    scores = (
        {str(n): "96.00" for n in range(1, 6)} | {str(n): "90.00" for n in (6, 7, 8)} | {"9": "80.00", "10": "80.00"}
    )
    chapter = printing(open_chapter("rawiang", 2568), scores)

    assert "ยังขาด EIT ส่วนที่ 1 (ไม่ทราบคะแนน) EIT ส่วนที่ 2 (ไม่ทราบคะแนน) และ OIT อีก 5.00 คะแนน" in said(chapter)
    assert "ข้อมูลที่มียังยืนยันไม่ได้ว่าทางเลือกใดจะถึงระดับผ่านดี" in said(chapter)
    assert ["EIT ส่วนที่ 1", "ไม่ต่ำกว่า 79.99", "ไม่ทราบ"] in rows(gap_table(chapter))
    assert rows(scenario_table(chapter))[1][3] == (
        "ไม่ต่ำกว่าระดับผ่าน (ขาด EIT ส่วนที่ 1 (ไม่ทราบคะแนน) และ EIT ส่วนที่ 2 (ไม่ทราบคะแนน))"
    )


def test_items_that_the_score_leaves_open_are_a_range(open_chapter: Open) -> None:
    parts = {"EIT1": "80.00", "EIT2": "80.00"}
    scores = {str(n): "80.00" for n in range(1, 9)} | {"9": "50.00", "10": "50.00"} | parts
    chapter = printing(open_chapter("opdc", 2566), scores)
    # one item of 10.2 gives 5 points of OIT; where all five passed, two of 10.1 give 6.25: 68 + 0.4 x 5 = 70.00

    assert rows(scenario_table(chapter))[1] == [
        "1. OIT",
        "ผ่าน OIT เพิ่ม 1–2 ข้อ ตามแต่ข้อที่ยังไม่ผ่านอยู่ในตัวชี้วัดย่อยใด",
        "ไม่ต่ำกว่า 70.00",
        "ไม่ต่ำกว่าระดับต้องปรับปรุง",
    ]


def test_what_an_eit_indicator_does_to_a_part_is_not_known(open_chapter: Open) -> None:
    parts = {"EIT1": "94.00", "EIT2": "95.00"}
    scores = (
        {str(n): "95.00" for n in range(1, 6)} | {str(n): "94.50" for n in (6, 7, 8)} | {"9": "95.00", "10": "95.00"}
    )
    table = rows(gap_table(printing(open_chapter("opdc", 2566), scores | parts)))

    assert [row[-1] for row in table[1:11]] == ["ลำพังไม่ถึง"] * 5 + ["ไม่ทราบ"] * 3 + ["ลำพังไม่ถึง"] * 2
    assert [row[-1] for row in table[12:]] == ["+0.15", "ถึงแล้ว", "+1.00", "ถึงแล้ว", "ถึงแล้ว"]
