"""What is to be decided, from the data of the five reports and of made-up ones."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from itabook.domain.facts import Measure, Score
from itabook.report.chapter import AgencyYearChapter
from itabook.report.decisions import decisions
from itabook.words import Digits
from tests.report.conftest import Open

HEAD = ["| | |", "|-:|:" + "-" * 40 + "|"]


def rows(chapter: AgencyYearChapter) -> list[str]:
    """What stands in the second column, the first one checked to count from one."""
    lines = decisions(chapter).markdown.split("\n")
    assert lines[:2] == HEAD
    split = [line.strip("| ").split(" | ") for line in lines[2:]]
    assert [number for number, _ in split] == [chapter.words.count(n) for n in range(1, len(split) + 1)]
    return [text for _, text in split]


def with_totals(chapter: AgencyYearChapter, total: str, level: str, *scores: str) -> AgencyYearChapter:
    made = [Score("score", "total", "", "", total, D(total), level, "")] if total else []
    made += [Score("score", "indicator", str(n), "", s, D(s), "", "") for n, s in enumerate(scores, start=1)]
    return replace(chapter, result=replace(chapter.result, scores=tuple(made)), previous=None)


@pytest.mark.parametrize(
    ("agency", "year", "digits", "said"),
    [
        ("bgo", 2564, "thai", [
            "**รับทราบ** ผลการประเมิน คะแนนรวม ๙๑.๒๑ คะแนน ระดับ A",
            "**สั่งการ** ให้เร่งแก้ไขตัวชี้วัดที่ต่ำกว่าค่าเป้าหมาย ๘๕ คะแนน จำนวน ๕ ตัวชี้วัด "
            "โดยเริ่มจากการใช้ทรัพย์สินของราชการ การแก้ไขปัญหาการทุจริต และการใช้งบประมาณ",
            "**มอบหมาย** ให้จัดทำมาตรการ ซึ่งไม่ปรากฏในรายงาน จากข้อเสนอแนะ ๒๖ รายการ",
            "**กำหนดเป้าหมาย** ปีถัดไปให้ถึงระดับ AA โดยเพิ่มคะแนนรวมอีก ๓.๗๙ คะแนน",
        ]),
        ("opdc", 2566, "arabic", [
            "**รับทราบ** ผลการประเมิน คะแนนรวม 90.47 คะแนน ระดับผ่าน",
            "**มอบหมาย** ให้รักษามาตรฐานทุกตัวชี้วัด ซึ่งถึงเกณฑ์ผ่าน 85 คะแนน และพัฒนาตัวชี้วัดการเปิดเผยข้อมูลเป็นลำดับแรก",
            "**ให้ความเห็นชอบ** มาตรการ 18 รายการ ตาม[@tbl-opdc-2566-measures]",
            "**กำหนดเป้าหมาย** ปีถัดไปให้ถึงระดับผ่านดี โดยเพิ่ม EIT ส่วนที่ 1 อีก 0.46 คะแนน",
        ]),
        ("rawiang", 2568, "arabic", [
            "**รับทราบ** ผลการประเมิน คะแนนรวม 86.38 คะแนน (คำนวณ) ระดับผ่าน (เทียบเกณฑ์)",
            "**สั่งการ** ให้เร่งแก้ไขตัวชี้วัดที่ต่ำกว่าเกณฑ์ผ่าน 85 คะแนน คือ การเปิดเผยข้อมูล และการป้องกันการทุจริต",
            "**ให้ความเห็นชอบ** มาตรการ 6 รายการ ตาม[@tbl-rawiang-2568-measures]",
            "**กำหนดเป้าหมาย** ปีถัดไปให้ถึงระดับผ่านดี โดยเพิ่ม OIT อีก 18.25 คะแนน",
        ]),
        ("bgo", 2563, "arabic", [
            "**รับทราบ** ผลการประเมิน คะแนนรวม 45.69 คะแนน ระดับ F (เทียบเกณฑ์)",
            "**มอบหมาย** ให้จัดหาคะแนนรายตัวชี้วัด ซึ่งไม่ปรากฏในรายงาน เพื่อระบุตัวชี้วัดที่ต้องแก้ไข",
            "**มอบหมาย** ให้จัดทำมาตรการ ซึ่งไม่ปรากฏในรายงาน จากข้อเสนอแนะ 23 รายการ",
            "**กำหนดเป้าหมาย** ปีถัดไปให้ถึงระดับ E โดยเพิ่มคะแนนรวมอีก 4.31 คะแนน",
        ]),
    ],
)  # fmt: skip
def test_decisions_of_the_reports(open_chapter: Open, agency: str, year: int, digits: Digits, said: list[str]) -> None:
    assert rows(open_chapter(agency, year, digits)) == said


def test_a_report_without_recommendations_and_measures(open_chapter: Open) -> None:
    assert rows(open_chapter("opdc", 2565))[2] == (
        "**มอบหมาย** ให้จัดทำมาตรการ เนื่องจากไม่ปรากฏทั้งข้อเสนอแนะและมาตรการในรายงาน"
    )


def test_without_total_and_scores_what_is_missing_is_said(open_chapter: Open) -> None:
    said = rows(with_totals(open_chapter("bgo", 2564), "", ""))

    assert said[0] == "**รับทราบ** ผลการประเมิน ซึ่งไม่ปรากฏคะแนนรวมในรายงาน และคำนวณจากข้อมูลที่มีไม่ได้"
    assert said[-1] == "**กำหนดเป้าหมาย** ปีถัดไปเมื่อทราบคะแนนรวมและระดับ ซึ่งยืนยันจากข้อมูลที่มีไม่ได้"


def test_parts_that_could_be_too_low_are_said_to_be_unknown(open_chapter: Open) -> None:
    scores = ["96.00"] * 5 + ["90.00"] * 3 + ["80.00"] * 2

    assert rows(with_totals(open_chapter("rawiang", 2568), "87.80", "ผ่าน", *scores))[-1] == (
        "**กำหนดเป้าหมาย** ปีถัดไปให้ถึงระดับผ่านดี โดยเพิ่ม OIT อีก 5.00 คะแนน แต่ไม่ทราบคะแนน EIT รายส่วน"
    )


def test_at_the_best_level_it_is_to_be_kept(open_chapter: Open) -> None:
    said = rows(with_totals(open_chapter("bgo", 2564), "97.00", "AA", *["97"] * 10))

    assert said[1] == "**มอบหมาย** ให้รักษามาตรฐานทุกตัวชี้วัด ซึ่งถึงค่าเป้าหมาย 85 คะแนน"
    assert said[-1] == "**กำหนดเป้าหมาย** ปีถัดไป โดยรักษาระดับ AA ซึ่งเป็นระดับสูงสุด"


def test_where_all_indicators_are_equally_low_none_comes_first(open_chapter: Open) -> None:
    said = rows(with_totals(open_chapter("bgo", 2564), "40.00", "F", *["40"] * 10))

    assert said[1] == "**สั่งการ** ให้เร่งแก้ไขตัวชี้วัดที่ต่ำกว่าค่าเป้าหมาย 85 คะแนน จำนวน 10 ตัวชี้วัด"


def test_a_printed_level_that_the_rules_do_not_give_is_to_be_checked(open_chapter: Open) -> None:
    said = rows(with_totals(open_chapter("bgo", 2564), "91.21", "AA"))

    assert said[0].endswith("ระดับ AA")
    assert said[-1] == "**มอบหมาย** ให้ตรวจสอบระดับที่รายงานระบุ (AA) ซึ่งต่างจากระดับตามเกณฑ์ (A)"


def test_a_level_that_cannot_be_verified_is_said(open_chapter: Open) -> None:
    said = rows(with_totals(open_chapter("opdc", 2566), "90.47", ""))

    assert said[0] == "**รับทราบ** ผลการประเมิน คะแนนรวม 90.47 คะแนน แต่ยังยืนยันระดับไม่ได้"


def test_measures_of_last_year_without_a_report_are_followed_up(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)
    assert chapter.previous is not None
    measures = tuple(Measure("measure", (), str(n), f"มาตรการ {n}", "", "", "", "", "") for n in (1, 2, 3))
    report = Measure("follow-up", (), "2", "มาตรการ 2", "", "", "", "", "")
    result = replace(chapter.result, measures=(report,))
    chapter = replace(chapter, result=result, previous=replace(chapter.previous, measures=measures))

    assert rows(chapter)[3] == "**ติดตาม** ผลการดำเนินการตามมาตรการของปีก่อน 2 รายการที่ยังไม่มีรายงานผล"


def test_a_level_as_it_is_typed_breaks_no_markup(open_chapter: Open) -> None:
    said = rows(with_totals(open_chapter("bgo", 2564), "91.21", "<b>A|B</b>"))

    assert said[0].endswith(r"ระดับ \<b\>A\|B\</b\>")
