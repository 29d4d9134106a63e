"""The checklist of the published document, for the agency-years of the five reports."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from itabook.domain.checklist import Section
from itabook.domain.facts import Measure
from itabook.domain.rules import Content
from itabook.report import checklist
from itabook.report.chapter import AgencyYearChapter
from itabook.report.checklist import HEADINGS, checklist_sentence
from itabook.report.display import Table
from itabook.report.remedies import REMEDIES
from tests.report.conftest import Open


def rows(table: Table) -> list[list[str]]:
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", table.html, flags=re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>.*?</t[dh]>", row)] for row in found]


def checklist_table(chapter: AgencyYearChapter) -> Table:
    made = checklist.checklist_table(chapter)
    assert isinstance(made, Table)
    return made


def test_every_section_and_every_content_has_its_words() -> None:
    assert {*HEADINGS, "opening"} == set(get_args(Section))
    assert set(REMEDIES) == set(get_args(Content))


def test_what_to_add_is_said_in_the_thai_words_of_the_workbook() -> None:
    """Only the codes of issues are typed as they stand; the note under the table has the names of the sheets."""
    left = {word for remedy in REMEDIES.values() for word in re.findall("[a-z][a-z-]+", remedy)}
    assert left == {"issue-"}


def test_checklist_of_opdc_2566(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566)

    assert checklist_sentence(chapter).markdown == (
        "เอกสารเกี่ยวกับผลการประเมินปีงบประมาณ พ.ศ.\u00a02566 ที่หน่วยงานต้องเผยแพร่กำหนดไว้ในข้อ O34 "
        "ของการประเมินปีงบประมาณ พ.ศ.\u00a02567 จากทั้งหมด 12\u00a0รายการ บทนี้มีครบ 11\u00a0รายการ และมีบางส่วน 1\u00a0รายการ "
        "ส่วนรายการตามข้อ O35 ยังไม่มีแหล่งยืนยัน จึงแสดงไว้เพื่อประกอบการตรวจเท่านั้น รายละเอียดดัง[@tbl-opdc-2566-checklist]"
    )
    listed = rows(checklist_table(chapter))
    assert [
        "ประเด็นที่\u00a03 ช่องทางและรูปแบบการประชาสัมพันธ์เผยแพร่ข้อมูลข่าวสารภาครัฐ", "มี",
        "ประเด็นการประเมินเจ็ดด้าน\u00a0· มาตรการส่งเสริมคุณธรรมและความโปร่งใส",
    ] in listed  # fmt: skip
    assert [
        "ขั้นตอนหรือวิธีการปฏิบัติ", "มีบางส่วน (13\u00a0จาก\u00a018)",
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใส\u00a0· กรอกช่อง “ขั้นตอนหรือวิธีการปฏิบัติ” ของทุกมาตรการในตาราง “มาตรการและข้อเสนอแนะ”",
    ] in listed  # fmt: skip
    assert ["ข้อ O35 ของการประเมินปีงบประมาณ พ.ศ.\u00a02567 (ยังไม่มีแหล่งยืนยัน)"] in listed


def test_checklist_of_banpaen_2563_in_thai_digits(open_chapter: Open) -> None:
    chapter = open_chapter("banpaen", 2563, "thai")

    assert "บทนี้มีครบทั้ง ๘\u00a0รายการ ส่วนรายการตามข้อ O๔๓ ยังไม่มีแหล่งยืนยัน" in checklist_sentence(chapter).markdown
    table = checklist_table(chapter)
    assert "ข้อ O๔๒ ของการประเมินปีงบประมาณ พ.ศ.\u00a0๒๕๖๔" in table.html
    assert "ถ้อยคำของรายการในข้อ O๔๒ ยังไม่ได้เทียบกับคู่มือการประเมิน" in table.html
    assert "data/raw/banpaen/2563" in table.html  # a path is not text: its digits stay


def test_what_bgo_2564_lacks_is_named_with_what_would_fill_it(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)

    assert (
        "บทนี้มีครบ 5\u00a0รายการ มีบางส่วน 1\u00a0รายการ และยังไม่มี 2\u00a0รายการ รายการที่ยังไม่มี ได้แก่ "
        "“ประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่จะต้องแก้ไขโดยเร่งด่วน” และ “มาตรการเพื่อขับเคลื่อน"
    ) in checklist_sentence(chapter).markdown
    listed = rows(checklist_table(chapter))
    assert ["การกำหนดผู้รับผิดชอบหรือผู้ที่เกี่ยวข้อง", "มี", "ข้อเสนอแนะ"] in listed
    assert [
        "ประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่จะต้องแก้ไขโดยเร่งด่วน", "ยังไม่มี",
        "เพิ่มจุดที่ต้องแก้ไขในตาราง “มาตรการและข้อเสนอแนะ” (ชนิด: จุดที่ควรพัฒนา)",
    ] in listed  # fmt: skip


def test_rawiang_2568_is_checked_by_both_items_of_the_next_assessment(open_chapter: Open) -> None:
    said = checklist_sentence(open_chapter("rawiang", 2568)).markdown

    assert "กำหนดไว้ในข้อ O25 และ O26 ของการประเมินปีงบประมาณ พ.ศ.\u00a02569" in said
    assert "รายการที่ยังไม่มี ได้แก่ “รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน (ปีก่อน)”" in said


def test_a_year_without_a_confirmed_list_is_checked_by_the_list_of_the_book(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2565)

    assert checklist_sentence(chapter).markdown == (
        "ยังไม่มีแหล่งยืนยันว่าการประเมินปีงบประมาณ พ.ศ.\u00a02566 กำหนดให้เอกสารเกี่ยวกับผลการประเมินปีงบประมาณ พ.ศ.\u00a02565 "
        "ประกอบด้วยสิ่งใด จึงตรวจตามรายการที่หนังสือเล่มนี้รวบรวมจากรายงานที่หน่วยงานเผยแพร่ ซึ่งไม่ใช่ข้อกำหนดทางการ "
        "จากทั้งหมด 15\u00a0รายการ บทนี้มีครบ 4\u00a0รายการ และยังไม่มี 11\u00a0รายการ "
        "ส่วนรายการตามข้อ O42 และ O43 ยังไม่มีแหล่งยืนยัน จึงแสดงไว้เพื่อประกอบการตรวจเท่านั้น รายละเอียดดัง[@tbl-opdc-2565-checklist]"
    )
    groups = [row[0] for row in rows(checklist_table(chapter)) if len(row) == 1]
    assert groups[:3] == [
        "รายการของหนังสือเล่มนี้ (ไม่ใช่ข้อกำหนดทางการ)",
        "ข้อ O42 ของการประเมินปีงบประมาณ พ.ศ.\u00a02566 (ยังไม่มีแหล่งยืนยัน)",
        "ข้อ O43 ของการประเมินปีงบประมาณ พ.ศ.\u00a02566 (ยังไม่มีแหล่งยืนยัน)",
    ]
    assert ["ระดับผลการประเมิน", "มี", "ส่วนต้นของบท"] in rows(checklist_table(chapter))


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        ("weakness", "จุดแข็ง จุดที่ควรพัฒนา และข้อสังเกต\u00a0· เพิ่มมาตรการในตาราง “มาตรการและข้อเสนอแนะ” (เกี่ยวกับ: issue-4)"),
        (
            "measure",
            "มาตรการส่งเสริมคุณธรรมและความโปร่งใส\u00a0· เพิ่มผลการวิเคราะห์ในตาราง “มาตรการและข้อเสนอแนะ” (เกี่ยวกับ: issue-4)",
        ),
        ("long-term", "เพิ่มผลการวิเคราะห์และมาตรการในตาราง “มาตรการและข้อเสนอแนะ” (เกี่ยวกับ: issue-4)"),
    ],
)
def test_an_issue_is_told_what_it_lacks(open_chapter: Open, kind: str, remedy: str) -> None:
    chapter = open_chapter("opdc", 2566)
    row = Measure(kind, ("issue-4",), "1", "ข้อความ", "", "", "", "", "")
    only = replace(chapter, result=replace(chapter.result, items=(), measures=(row,)))

    assert remedy in [cells[-1] for cells in rows(checklist_table(only))]
