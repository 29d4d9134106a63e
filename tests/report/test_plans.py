"""Recommendations by instrument, those with a unit, measures, and the sentences over the tables."""

import re
from dataclasses import replace

from itabook.domain.facts import Measure
from itabook.report.display import Table, Text
from itabook.report.plans import findings_sentence, plan_sentence, plan_table
from tests.report.conftest import Open


def groups(table: Table | Text) -> list[str]:
    assert isinstance(table, Table)
    return re.findall(r'class="gt_group_heading"[^>]*>(.*?)</', table.html)


def test_recommendations_stand_by_instrument(open_chapter: Open) -> None:
    bgo, opdc = (plan_table(open_chapter(*of), "recommendations") for of in (("bgo", 2564), ("opdc", 2566)))

    assert groups(bgo) == ["IIT บุคลากรภายใน", "EIT ผู้รับบริการภายนอก", "OIT การเปิดเผยข้อมูล"]
    assert groups(opdc) == ["IIT บุคลากรภายใน", "OIT การเปิดเผยข้อมูล", "ไม่ระบุแบบวัด"]


def test_recommendations_on_two_instruments_stand_apart_and_on_none_without_headings(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)
    two, none = (Measure("recommendation", scope, "1", "ก", "", "", "", "", "") for scope in (("5", "9"), ()))

    def made(*rows: Measure) -> Table | Text:
        return plan_table(replace(chapter, result=replace(chapter.result, measures=rows)), "recommendations")

    assert groups(made(none, two)) == ["หลายแบบวัด", "ไม่ระบุแบบวัด"]
    assert groups(made(none)) == []


def test_assigned_recommendations_name_unit_method_and_reporting(open_chapter: Open) -> None:
    table = plan_table(open_chapter("bgo", 2564), "assigned")

    assert isinstance(table, Table)
    heads = re.findall(r'<th class="gt_col_heading[^>]*>(.*?)</th>', table.html)
    assert heads == ["ที่", "เกี่ยวกับ", "ข้อเสนอแนะ", "หน่วยงานรับผิดชอบ", "วิธีการ", "การรายงาน"]


def test_one_sentence_counts_what_a_section_shows_and_names_what_it_lacks(open_chapter: Open) -> None:
    assert plan_sentence(open_chapter("banpaen", 2563), "recommendations").markdown == (
        "รายงานของหน่วยงานมีข้อเสนอแนะตามแบบวัดและตัวชี้วัด 19 รายการ ([@tbl-banpaen-2563-recommendations]) "
        "แต่ไม่ปรากฏข้อเสนอแนะที่กำหนดหน่วยงานรับผิดชอบ และข้อเสนอแนะระยะยาว"
    )
    assert plan_sentence(open_chapter("opdc", 2566, "thai"), "measures").markdown == (
        "รายงานของหน่วยงานมีมาตรการ ๑๘ รายการ ดังแสดงใน[@tbl-opdc-2566-measures]"
    )
    assert findings_sentence(open_chapter("opdc", 2566)).markdown == (
        "รายงานของหน่วยงานระบุจุดแข็ง 16 รายการ จุดที่ควรพัฒนา 10 รายการ สาเหตุ 4 รายการ และข้อจำกัด 2 รายการ "
        "ดังแสดงใน[@tbl-opdc-2566-findings]"
    )


def test_a_section_without_rows_says_so(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2565)
    report = "ในรายงานของสำนักงานคณะกรรมการพัฒนาระบบราชการ ปีงบประมาณ พ.ศ.\u00a02565"

    assert plan_sentence(chapter, "recommendations").markdown == f"ไม่ปรากฏข้อเสนอแนะ{report}"
    assert plan_sentence(chapter, "measures").markdown == f"ไม่ปรากฏมาตรการ{report}"
    assert findings_sentence(chapter).markdown == f"ไม่ปรากฏจุดแข็ง จุดที่ควรพัฒนา สาเหตุ และข้อจำกัด{report}"


def test_a_unit_beside_a_period_has_room_for_its_head(open_chapter: Open) -> None:
    wide = plan_table(open_chapter("banpaen", 2563), "measures")
    narrow = plan_table(open_chapter("opdc", 2566), "measures")

    assert isinstance(wide, Table)
    assert isinstance(narrow, Table)
    assert wide.html.count('<col style="width:') == 6
    assert '<col style="width:18.0%;"/>' in wide.html
    assert "<col " not in narrow.html
