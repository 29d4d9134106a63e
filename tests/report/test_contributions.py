"""What a chapter says of why the total changed."""

import re
from dataclasses import replace
from decimal import Decimal as D

import pytest

from itabook.domain.facts import Score
from itabook.report.changes import change_sentence, change_table
from itabook.report.chapter import AgencyYearChapter
from itabook.report.contributions import contribution_sentence, contribution_table
from itabook.report.display import ALT_LIMIT, Chart, Table, Text
from itabook.report.waterfall import contribution_waterfall
from itabook.words import Digits
from tests.report.conftest import Open


def cells(table: Table | Text) -> list[list[str]]:
    """The cells of a table, row by row, without the marks of its notes."""
    assert isinstance(table, Table)
    body = table.html[table.html.index("<tbody") : table.html.index("</tbody>")]
    found = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]
    return [[re.sub(r"<span class=\"gt_footnote_marks\".*?</span>|<[^>]+>", "", cell) for cell in row] for row in found]


def printed(chapter: AgencyYearChapter, indicators: list[str], total: str) -> AgencyYearChapter:
    """The chapter with other scores in this year."""
    rows = [Score("score", "indicator", str(n), "", value, D(value), "", "") for n, value in enumerate(indicators, 1)]
    rows.append(Score("score", "total", "", "", total, D(total), "", ""))
    return replace(chapter, result=replace(chapter.result, scores=tuple(rows)))


def two_years(chapter: AgencyYearChapter, before: list[str], was: str, now: list[str], total: str) -> AgencyYearChapter:
    """The chapter with made-up scores in both years."""
    result, previous = printed(chapter, now, total).result, printed(chapter, before, was).result
    return replace(chapter, result=result, previous=replace(previous, fiscal_year=result.fiscal_year - 1))


def test_opdc_fell_because_of_open_data(open_chapter: Open) -> None:
    assert contribution_sentence(open_chapter("opdc", 2566)).markdown == (
        "เมื่อถ่วงน้ำหนักแล้ว คะแนนรวมที่ลดลง 2.15 คะแนน แยกเป็นผลของ IIT −0.18\u00a0คะแนน EIT +1.03\u00a0คะแนน "
        "และ OIT −3.00\u00a0คะแนน "
        "ตัวชี้วัดที่ทำให้คะแนนรวมลดลงมากที่สุดคือการเปิดเผยข้อมูล (−3.00\u00a0คะแนน) "
        "ตัวชี้วัดที่ทำให้คะแนนรวมเพิ่มขึ้นมากที่สุดคือประสิทธิภาพการสื่อสาร (+0.87\u00a0คะแนน) "
        "ดังแสดงใน[@fig-opdc-2566-contributions] และ[@tbl-opdc-2566-contributions]"
    )


def test_that_bgo_2563_prints_no_indicators_is_said_once_by_the_comparison(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)

    assert "ไม่ปรากฏคะแนนรายตัวชี้วัดในรายงานของปีงบประมาณ พ.ศ.\u00a02563" in change_sentence(chapter).markdown
    assert contribution_sentence(chapter) == Text("")
    assert contribution_waterfall(chapter) == contribution_table(chapter) == Text("")


@pytest.mark.parametrize(("agency", "year"), [("bgo", 2563), ("banpaen", 2563), ("opdc", 2565), ("rawiang", 2568)])
def test_without_the_year_before_there_is_one_sentence(open_chapter: Open, agency: str, year: int) -> None:
    chapter = open_chapter(agency, year)

    assert contribution_sentence(chapter) == Text("ยังไม่มีผลของปีก่อนหน้า จึงอธิบายการเปลี่ยนแปลงของคะแนนรวมเป็นรายตัวชี้วัดไม่ได้")
    assert contribution_waterfall(chapter) == contribution_table(chapter) == Text("")


@pytest.mark.parametrize(
    ("digits", "points"),
    [
        (
            "arabic",
            "1 (+0.05) 2 (+0.05) 3 (−0.11) 4 (+0.03) 5 (−0.20) 6 (+0.06) 7 (+0.87) 8 (+0.10) 9 (−3.00) 10 (0.00)",
        ),
        ("thai", "๑ (+๐.๐๕) ๒ (+๐.๐๕) ๓ (−๐.๑๑) ๔ (+๐.๐๓) ๕ (−๐.๒๐) ๖ (+๐.๐๖) ๗ (+๐.๘๗) ๘ (+๐.๑๐) ๙ (−๓.๐๐) ๑๐ (๐.๐๐)"),
    ],
)
def test_the_waterfall_says_every_part_in_words(open_chapter: Open, digits: Digits, points: str) -> None:
    chart = contribution_waterfall(open_chapter("opdc", 2566, digits))

    assert isinstance(chart, Chart)
    assert chart.label == "fig-opdc-2566-contributions"
    assert chart.alt.endswith(points)
    assert len(chart.alt) < ALT_LIMIT
    assert "แกนนอนแสดงเฉพาะช่วงคะแนนที่เปลี่ยนแปลง" in chart.caption
    assert "ไม่ได้เริ่มจากศูนย์" in chart.caption


def test_falls_are_hatched_and_rises_are_not(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566)
    risen = two_years(chapter, ["80.00"] * 10, "80.00", ["81.00"] * 10, "81.00")
    fallen = two_years(chapter, ["81.00"] * 10, "81.00", ["80.00"] * 10, "80.00")
    rises, falls = contribution_waterfall(risen), contribution_waterfall(fallen)

    assert isinstance(rises, Chart)
    assert isinstance(falls, Chart)
    assert (rises.svg.count("url(#h"), falls.svg.count("url(#h")) == (1, 11)  # the one is in the legend


def test_the_same_data_draw_the_same_bytes(open_chapter: Open) -> None:
    first, second = (contribution_waterfall(open_chapter("opdc", 2566)) for _ in range(2))

    assert first == second


def test_the_table_shows_weight_times_change_and_adds_up(open_chapter: Open) -> None:
    rows = cells(contribution_table(open_chapter("opdc", 2566)))

    assert rows[4:6] == [["5 การแก้ไขปัญหาการทุจริต", "6", "−3.31", "−0.20"], ["รวม IIT บุคลากรภายใน", "30", "", "−0.18"]]
    assert rows[-3:] == [
        ["10 การป้องกันการทุจริต", "20", "0.00", "0.00"],
        ["รวม OIT การเปิดเผยข้อมูล", "40", "", "−3.00"],
        ["คะแนนรวม", "100", "", "−2.15"],
    ]
    points = [D(row[3].replace("−", "-")) for row in rows]
    indicators = [value for row, value in zip(rows, points, strict=True) if row[2]]
    assert len(indicators) == 10
    assert sum(indicators) == points[-1]


def test_a_rest_that_rounding_explains_has_its_own_row(open_chapter: Open) -> None:
    now = ["80.07", *["80.00"] * 9]
    chapter = two_years(open_chapter("opdc", 2566), ["80.00"] * 10, "80.00", now, "80.01")

    assert cells(contribution_table(chapter))[-2:] == [["ปัดเศษ", "", "", "+0.01"], ["คะแนนรวม", "100", "", "+0.01"]]
    assert "ส่วนที่เหลือ +0.01\u00a0คะแนน เกิดจากการปัดเศษของคะแนนที่พิมพ์ในรายงาน" in contribution_sentence(chapter).markdown


def test_a_rest_that_rounding_does_not_explain_is_said_to_be_unexplained(open_chapter: Open) -> None:
    now = ["80.00"] * 9 + ["82.50"]
    chapter = two_years(open_chapter("opdc", 2566), ["80.00"] * 10, "80.00", now, "81.53")
    chart = contribution_waterfall(chapter)

    assert ["ส่วนที่อธิบายด้วยตัวชี้วัดไม่ได้", "", "", "+1.03"] in cells(contribution_table(chapter))
    assert (
        "ส่วนที่เหลือ +1.03\u00a0คะแนน อธิบายด้วยตัวชี้วัดไม่ได้ เพราะคะแนนรวมไม่สอดคล้องกับคะแนนรายตัวชี้วัดในอย่างน้อยหนึ่งปี"
        in contribution_sentence(chapter).markdown
    )
    assert isinstance(chart, Chart)
    assert chart.alt.endswith("ส่วนที่อธิบายด้วยตัวชี้วัดไม่ได้ (+1.03)")


def test_a_part_that_is_not_rounded_as_usual_carries_a_note(open_chapter: Open) -> None:
    now = ["80.90", "80.90", *["80.00"] * 8]
    chapter = two_years(open_chapter("opdc", 2566), ["80.00"] * 10, "80.00", now, "80.11")
    table = contribution_table(chapter)

    assert isinstance(table, Table)
    assert [row[3] for row in cells(table)[:2]] == ["+0.06", "+0.05"]  # 0.054 each, and 0.002 of rounding
    assert table.html.count("ปรับ 0.01 จากการปัดเศษตามปกติ") == 1
    plain = contribution_table(open_chapter("opdc", 2566))
    assert isinstance(plain, Table)
    assert "ปรับ 0.01" not in plain.html


def test_all_indicators_that_tie_are_named_and_only_the_way_that_one_went(open_chapter: Open) -> None:
    now = [*["80.00"] * 8, "81.00", "81.00"]
    chapter = two_years(open_chapter("opdc", 2566), ["80.00"] * 10, "80.00", now, "80.40")
    text = contribution_sentence(chapter).markdown

    assert "เพิ่มขึ้นมากที่สุดคือการเปิดเผยข้อมูล และการป้องกันการทุจริต (+0.20\u00a0คะแนน)" in text
    assert "ลดลงมากที่สุด" not in text


def test_rises_and_falls_that_cancel_are_still_shown(open_chapter: Open) -> None:
    now = [*["80.00"] * 8, "81.00", "79.00"]
    chapter = two_years(open_chapter("opdc", 2566), ["80.00"] * 10, "80.00", now, "80.00")

    assert "คะแนนรวมซึ่งเท่ากับปีก่อนหน้า แยกเป็นผลของ IIT 0.00" in contribution_sentence(chapter).markdown
    assert isinstance(contribution_waterfall(chapter), Chart)


def test_where_nothing_changed_a_sentence_is_enough(open_chapter: Open) -> None:
    chapter = two_years(open_chapter("opdc", 2566), ["80.00"] * 10, "80.00", ["80.00"] * 10, "80.00")

    assert contribution_sentence(chapter) == Text(
        "คะแนนรวมเท่ากับปีก่อนหน้า และไม่มีตัวชี้วัดใดทำให้คะแนนรวมเปลี่ยนแปลงถึง 0.01 คะแนน"
    )
    assert contribution_waterfall(chapter) == contribution_table(chapter) == Text("")


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"confidence": "unsure"}, "น้ำหนักของแบบวัดในปีงบประมาณ พ.ศ.\u00a02566 ยังไม่มีแหล่งยืนยัน"),
        ({"IIT": D("0.4"), "OIT": D("0.3")}, "น้ำหนักของแบบวัดในปีงบประมาณ พ.ศ.\u00a02566 ต่างจากปีก่อนหน้า"),
    ],
)
def test_weights_that_do_not_compare(open_chapter: Open, weights: dict[str, object], said: str) -> None:
    chapter = open_chapter("opdc", 2566)
    rules = chapter.result.rules
    changed = rules.model_copy(update={"weights": rules.weights.model_copy(update=weights)})
    chapter = replace(chapter, result=replace(chapter.result, rules=changed))

    assert contribution_sentence(chapter).markdown == f"{said} จึงอธิบายการเปลี่ยนแปลงของคะแนนรวมเป็นรายตัวชี้วัดไม่ได้"
    assert contribution_table(chapter) == Text("")


@pytest.mark.parametrize(
    ("dropped", "said"),
    [
        (("3", "7"), "ไม่ปรากฏคะแนนของตัวชี้วัดที่\u00a03 และ 7 ในรายงานของปีงบประมาณ พ.ศ.\u00a02566"),
        (("3", ""), "ไม่ปรากฏคะแนนรวมในรายงานของปีงบประมาณ พ.ศ.\u00a02566 และคำนวณจากข้อมูลที่มีไม่ได้"),
    ],
)
def test_scores_that_are_missing_are_named(open_chapter: Open, dropped: tuple[str, ...], said: str) -> None:
    chapter = open_chapter("opdc", 2566)
    kept = tuple(row for row in chapter.result.scores if row.code not in dropped)
    chapter = replace(chapter, result=replace(chapter.result, scores=kept))

    assert contribution_sentence(chapter).markdown == f"{said} จึงอธิบายการเปลี่ยนแปลงของคะแนนรวมเป็นรายตัวชี้วัดไม่ได้"


def test_scores_that_are_printed_otherwise_or_computed_carry_notes(open_chapter: Open) -> None:
    chapter = replace(open_chapter("rawiang", 2568), previous=open_chapter("opdc", 2566).result)
    table = contribution_table(chapter)

    assert isinstance(table, Table)
    assert "ปี 2568 รายงานระบุ 99.76 ไว้อีกแห่งหนึ่ง" in table.html
    assert "ปี 2568 คำนวณจากคะแนนตัวชี้วัด ไม่ปรากฏในรายงาน" in table.html


def test_a_total_that_is_printed_twice_is_marked_in_the_waterfall(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566)
    again = Score("score", "total", "", "", "90.74", D("90.74"), "", "บทสรุป")
    chart = contribution_waterfall(
        replace(chapter, result=replace(chapter.result, scores=(*chapter.result.scores, again)))
    )

    assert isinstance(chart, Chart)
    assert chart.caption.endswith("* พิมพ์ 90.74 ไว้อีกแห่งหนึ่ง (คะแนนรวม ปี 2566)")


def test_parts_of_eit_stand_under_it_in_the_comparison(open_chapter: Open) -> None:
    rows = cells(change_table(open_chapter("opdc", 2566)))

    assert rows[9:12] == [
        ["เฉลี่ย EIT ผู้รับบริการภายนอก", "85.15", "88.57", "+3.42"],
        ["EIT ส่วนที่ 1", "–", "84.54", "–"],
        ["EIT ส่วนที่ 2", "–", "92.59", "–"],
    ]


def test_parts_of_eit_that_both_years_print_have_a_change(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566)
    before = replace(chapter.result, fiscal_year=2565)
    raised = tuple(
        replace(row, printed="85.54", value=D("85.54")) if row.code == "EIT1" else row for row in before.scores
    )
    rows = cells(change_table(replace(chapter, previous=replace(before, scores=raised))))

    assert ["EIT ส่วนที่ 1", "85.54", "84.54", "−1.00"] in rows


def test_years_without_parts_of_eit_show_none(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)
    previous = replace(chapter.result, fiscal_year=2563)

    names = [row[0] for row in cells(change_table(replace(chapter, previous=previous)))]
    assert len(names) == 14
    assert not [name for name in names if "ส่วนที่" in name]
