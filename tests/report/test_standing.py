"""The strongest and the weakest, the ranking, strengths and weaknesses by a threshold."""

import re
from dataclasses import replace
from decimal import Decimal as D

import pytest

from itabook.domain.facts import Score
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Table, Text
from itabook.report.standing import ranking_table, strengths_sentence, strongest_weakest
from tests.report.conftest import Open


def cells(table: Table | Text) -> list[list[str]]:
    """The text of each row of the body."""
    assert isinstance(table, Table)
    body = re.search(r"<tbody.*?</tbody>", table.html, re.DOTALL)
    assert body is not None
    rows = re.findall(r"<tr.*?</tr>", body[0], re.DOTALL)
    found = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<span.*?</span>", "", cell) for cell in row] for row in found]


def with_scores(chapter: AgencyYearChapter, *values: str) -> AgencyYearChapter:
    scores = tuple(Score("score", "indicator", str(n), "", v, D(v), "", "") for n, v in enumerate(values, start=1))
    return replace(chapter, result=replace(chapter.result, scores=scores), previous=None)


def test_three_strongest_beside_three_weakest(open_chapter: Open) -> None:
    table = strongest_weakest(open_chapter("bgo", 2564))

    assert cells(table) == [
        ["การป้องกันการทุจริต", "100.00", "+15.00", "การใช้ทรัพย์สินของราชการ", "79.75", "−5.25"],
        ["การเปิดเผยข้อมูล", "97.50", "+12.50", "การแก้ไขปัญหาการทุจริต", "80.69", "−4.31"],
        ["คุณภาพการดำเนินงาน", "94.25", "+9.25", "การใช้งบประมาณ", "80.84", "−4.16"],
    ]
    assert isinstance(table, Table)
    assert table.caption == "คะแนนสูงสุดและต่ำสุด ปีงบประมาณ พ.ศ.\u00a02564 เทียบค่าเป้าหมาย 85"


def test_all_that_tie_for_the_third_place_are_shown_and_said(open_chapter: Open) -> None:
    table = strongest_weakest(open_chapter("rawiang", 2568, "thai"))

    assert cells(table)[2:] == [
        ["การใช้ทรัพย์สินของราชการ", "๑๐๐.๐๐", "+๑๕.๐๐", "การปฏิบัติหน้าที่", "๙๘.๘๑", "+๑๓.๘๑"],
        ["", "", "", "การแก้ไขปัญหาการทุจริต", "๙๘.๘๑", "+๑๓.๘๑"],
    ]
    assert isinstance(table, Table)
    assert table.caption.endswith("เทียบเกณฑ์ผ่าน ๘๕ รวมที่คะแนนเท่ากัน")


def test_a_tie_from_top_to_bottom_leaves_only_what_stands_out(open_chapter: Open) -> None:
    table = strongest_weakest(with_scores(open_chapter("bgo", 2564), "95", *["90"] * 8, "80"))

    assert cells(table) == [["การปฏิบัติหน้าที่", "95.00", "+10.00", "การป้องกันการทุจริต", "80.00", "−5.00"]]
    assert isinstance(table, Table)
    assert "ตัวชี้วัดที่เหลือได้คะแนนเท่ากัน จึงไม่นับเป็นสูงสุดหรือต่ำสุด" in table.html


def test_of_five_indicators_two_and_two_are_shown(open_chapter: Open) -> None:
    table = strongest_weakest(with_scores(open_chapter("bgo", 2564), "90", "70", "80", "60", "50"))

    assert [(row[0], row[3]) for row in cells(table)] == [
        ("การปฏิบัติหน้าที่", "การแก้ไขปัญหาการทุจริต"),
        ("การใช้อำนาจ", "การใช้ทรัพย์สินของราชการ"),
    ]


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ((), ""),
        (("88",), "รายงานระบุคะแนนเพียงตัวชี้วัดเดียว (88.00 คะแนน) จึงไม่มีคะแนนสูงสุดและต่ำสุดให้เทียบ"),
        (("88",) * 10, "ทุกตัวชี้วัดได้คะแนนเท่ากันที่ 88.00 คะแนน จึงไม่มีตัวชี้วัดที่สูงสุดหรือต่ำสุด"),
    ],
)
def test_where_none_stands_out_a_sentence_says_why(open_chapter: Open, scores: tuple[str, ...], said: str) -> None:
    assert strongest_weakest(with_scores(open_chapter("bgo", 2564), *scores)) == Text(said)


def test_a_score_printed_otherwise_too_is_noted_wherever_it_is_ranked(open_chapter: Open) -> None:
    chapter = with_scores(open_chapter("bgo", 2564), *(str(90 - 5 * n) for n in range(10)))
    again = Score("score", "indicator", "1", "", "91", D(91), "", "")
    chapter = replace(chapter, result=replace(chapter.result, scores=(*chapter.result.scores, again)))

    for table in (strongest_weakest(chapter), ranking_table(chapter)):
        assert isinstance(table, Table)
        assert "รายงานระบุ 91 ไว้อีกแห่งหนึ่ง" in table.html


def test_ranking_shares_ranks_and_compares_with_the_threshold(open_chapter: Open) -> None:
    table = ranking_table(open_chapter("opdc", 2565), 90)
    rows = cells(table)

    assert rows[:3] == [
        ["1", "การเปิดเผยข้อมูล", "OIT", "100.00", "+10.00", "ถึงเกณฑ์"],
        ["1", "การป้องกันการทุจริต", "OIT", "100.00", "+10.00", "ถึงเกณฑ์"],
        ["3", "การปฏิบัติหน้าที่", "IIT", "94.07", "+4.07", "ถึงเกณฑ์"],
    ]
    assert rows[-1] == ["10", "ประสิทธิภาพการสื่อสาร", "EIT", "81.94", "−8.06", "ต่ำกว่าเกณฑ์"]
    assert isinstance(table, Table)
    assert table.caption == "อันดับคะแนนตัวชี้วัด ปีงบประมาณ พ.ศ.\u00a02565 เทียบกับเกณฑ์ 90 คะแนน"


def test_strengths_and_weaknesses_by_the_target_of_the_year(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2565)
    said = (
        "จุดแข็ง คือ ตัวชี้วัดที่ถึงค่าเป้าหมาย 85 คะแนน มี 8 ตัวชี้วัด ได้แก่ การปฏิบัติหน้าที่ การใช้งบประมาณ การใช้อำนาจ "
        "การใช้ทรัพย์สินของราชการ การแก้ไขปัญหาการทุจริต คุณภาพการดำเนินงาน การเปิดเผยข้อมูล และการป้องกันการทุจริต "
        "จุดที่ควรพัฒนา คือ ตัวชี้วัดที่ต่ำกว่าเกณฑ์ดังกล่าว มี 2 ตัวชี้วัด ได้แก่ ประสิทธิภาพการสื่อสาร และการปรับปรุงการทำงาน "
        "ดังแสดงใน[@tbl-opdc-2565-ranking]"
    )

    assert [strengths_sentence(chapter, threshold).markdown for threshold in (None, 0, 85, 85.0)] == [said] * 4


def test_a_threshold_of_the_notebook_is_said_not_to_be_the_target(open_chapter: Open) -> None:
    text = strengths_sentence(open_chapter("opdc", 2566, "thai"), 94.5).markdown

    assert "ถึงเกณฑ์ ๙๔.๕ คะแนน มี ๒ ตัวชี้วัด ได้แก่ การปฏิบัติหน้าที่ และการป้องกันการทุจริต" in text
    assert text.endswith("ทั้งนี้ เกณฑ์ ๙๔.๕ คะแนนกำหนดขึ้นเพื่อการวิเคราะห์นี้ มิใช่เกณฑ์ผ่านของปี")


def test_where_all_reach_the_target_or_none_does(open_chapter: Open) -> None:
    opdc, bgo = open_chapter("opdc", 2566), with_scores(open_chapter("bgo", 2564), *["40"] * 10)

    assert strengths_sentence(opdc).markdown == (
        "ทั้ง 10 ตัวชี้วัดถึงเกณฑ์ผ่าน 85 คะแนน จึงไม่มีจุดที่ควรพัฒนาตามเกณฑ์นี้ ดังแสดงใน[@tbl-opdc-2566-ranking]"
    )
    assert strengths_sentence(bgo).markdown == (
        "ทั้ง 10 ตัวชี้วัดต่ำกว่าค่าเป้าหมาย 85 คะแนน จึงไม่มีจุดแข็งตามเกณฑ์นี้ ดังแสดงใน[@tbl-bgo-2564-ranking]"
    )


def test_a_single_strength_is_named_and_missing_scores_are_said(open_chapter: Open) -> None:
    text = strengths_sentence(with_scores(open_chapter("bgo", 2564), "90", "80", "70")).markdown

    assert "มี 1 ตัวชี้วัด คือ การปฏิบัติหน้าที่ จุดที่ควรพัฒนา" in text
    assert text.endswith("ทั้งนี้ นับเฉพาะ 3 ตัวชี้วัดที่ปรากฏคะแนน")


def test_without_scores_of_indicators_there_is_no_ranking(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2563)

    assert ranking_table(chapter) == Text("")
    assert strengths_sentence(chapter) == Text("")


@pytest.mark.parametrize("threshold", [-1, 100.5])
def test_a_threshold_that_no_score_can_have_is_refused(open_chapter: Open, threshold: float) -> None:
    with pytest.raises(ValueError, match="ต้องอยู่ระหว่าง 0 ถึง 100 คะแนน"):
        ranking_table(open_chapter("bgo", 2564), threshold)
