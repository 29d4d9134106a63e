"""What a chapter says of disclosure items that lost points."""

from dataclasses import replace

from itabook.report.chapter import AgencyYearChapter
from itabook.report.disclosure import disclosure_causes, disclosure_sentence, disclosure_table
from itabook.report.display import Table, Text
from tests.report.conftest import Open


def test_rawiang_lists_ten_items_with_remarks_and_says_what_is_not_known(open_chapter: Open) -> None:
    assert disclosure_sentence(open_chapter("rawiang", 2568)).markdown == (
        "รายงานระบุรายการของแบบวัด OIT ที่เสียคะแนน 10 รายการ ในตัวชี้วัดที่\u00a09 การเปิดเผยข้อมูล (53.50 คะแนน) "
        "ดัง[@tbl-rawiang-2568-disclosure] มีข้อเสนอแนะของผู้ตรวจประเมินทุกรายการ "
        "ยังไม่มีแหล่งยืนยันตัวชี้วัดย่อยของรายการเหล่านี้ จึงจัดกลุ่มตามตัวชี้วัดที่รายงานระบุ "
        "รายงานไม่ระบุรายการที่เสียคะแนนของตัวชี้วัดที่\u00a010 การป้องกันการทุจริต (80.00 คะแนน)"
    )


def test_the_remarks_are_shown_as_typed_and_a_misprinted_title_has_a_note(open_chapter: Open) -> None:
    table = disclosure_table(open_chapter("rawiang", 2568))

    assert isinstance(table, Table)
    assert "ให้ลงข่าวตามภารกิจที่เป็นปัจจุบันบนเว็บไซต์หลัก มีผู้รับผิดชอบชัดเจน และติด QR Code แบบวัด EIT ไว้หน้าแรก" in table.html
    assert "ตัวชี้วัดที่\u00a09 การเปิดเผยข้อมูล" in table.html
    assert "ชื่อรายการตามเกณฑ์ของปีคือ ข่าวประชาสัมพันธ์" in table.html
    assert table.html.count("ชื่อรายการตามเกณฑ์ของปีคือ") == 2  # O4 and O6; a year after the title is no other title
    assert ">คะแนน<" not in table.html  # the report prints none


def test_opdc_stands_by_sub_indicator_with_how_many_of_it_failed(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566, "thai")
    table = disclosure_table(chapter)

    assert disclosure_sentence(chapter).markdown == (
        "รายงานระบุรายการของแบบวัด OIT ที่เสียคะแนน ๓ รายการ ในตัวชี้วัดที่\u00a0๙ การเปิดเผยข้อมูล (๘๕.๐๐ คะแนน) "
        "ดัง[@tbl-opdc-2566-disclosure] รายงานไม่ระบุข้อเสนอแนะของผู้ตรวจประเมินเป็นรายข้อ"
    )
    assert isinstance(table, Table)
    assert "ตัวชี้วัดย่อยที่\u00a0๙.๔ (การบริหารและพัฒนาทรัพยากรบุคคล) เสียคะแนน ๓ จาก ๔ รายการ" in table.html
    assert "ข้อความของรายงานกล่าวถึง “นโยบายด้านการบริหารทรัพยากรบุคคล” และ “การ ดำเนินการตามนโยบาย” ด้วย" in table.html
    assert table.html.count(">๐.๐๐<") == 3


def test_causes_of_bgo_2563_and_of_ban_paen_where_equal_ones_are_one(open_chapter: Open) -> None:
    bgo = disclosure_causes(open_chapter("bgo", 2563)).markdown.splitlines()
    assert bgo[0] == "สาเหตุที่รายงานระบุ"
    assert [line[:7] for line in bgo[2:]] == ["- OIT: ", "- OIT: "]
    assert disclosure_causes(open_chapter("banpaen", 2563)).markdown.splitlines()[2:] == [
        "- ตัวชี้วัดที่\u00a09, ตัวชี้วัดที่\u00a010: ข้อมูลที่เสนอเพื่อตรวจเข้าถึงจาก URL ในเว็บไซต์หลักโดยตรงไม่ได้"
    ]
    assert disclosure_causes(open_chapter("opdc", 2566)) == Text("")


def test_without_items_the_sentence_says_what_cannot_be_told(open_chapter: Open) -> None:
    assert disclosure_sentence(open_chapter("bgo", 2563)).markdown == (
        "ไม่ปรากฏรายการของแบบวัด OIT ที่เสียคะแนนในรายงานขององค์การสวนพฤกษศาสตร์"
    )
    assert disclosure_sentence(open_chapter("banpaen", 2563)).markdown.endswith(
        "จึงบอกไม่ได้ว่าคะแนนของตัวชี้วัดที่\u00a09 การเปิดเผยข้อมูล (17.80 คะแนน) "
        "และตัวชี้วัดที่\u00a010 การป้องกันการทุจริต (12.50 คะแนน) เสียไปที่รายการใด"
    )
    assert disclosure_table(open_chapter("banpaen", 2563)) == Text("")


def test_full_points_leave_no_item_to_show(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2565)

    assert disclosure_sentence(chapter).markdown == "ทุกตัวชี้วัดของแบบวัด OIT ได้คะแนนเต็ม จึงไม่มีรายการที่เสียคะแนน"
    assert disclosure_table(chapter) == Text("")


def with_rules_that_are_recalled(chapter: AgencyYearChapter) -> AgencyYearChapter:
    rules = chapter.result.rules
    listed = rules.items["OIT"]
    items = tuple(item.model_copy(update={"source": "recall"}) for item in listed.items)
    recalled = {**rules.items, "OIT": listed.model_copy(update={"items": items})}
    return replace(chapter, result=replace(chapter.result, rules=rules.model_copy(update={"items": recalled})))


def test_sub_indicators_that_are_only_recalled_are_not_shown(open_chapter: Open) -> None:
    chapter = with_rules_that_are_recalled(open_chapter("opdc", 2566))
    table = disclosure_table(chapter)

    assert isinstance(table, Table)
    assert "ตัวชี้วัดย่อย" not in table.html
    assert "O23" not in table.html
    assert "ยังไม่มีแหล่งยืนยันตัวชี้วัดย่อย" in disclosure_sentence(chapter).markdown


def test_what_stands_in_a_remark_or_a_cause_is_shown_and_not_run(open_chapter: Open) -> None:
    evil = "<script>x</script>"
    chapter, bgo = open_chapter("rawiang", 2568), open_chapter("bgo", 2563)
    rows = tuple(replace(row, remark=evil, title=evil) for row in chapter.result.items)
    measures = tuple(replace(row, text=evil) for row in bgo.result.measures)

    table = disclosure_table(replace(chapter, result=replace(chapter.result, items=rows)))
    assert isinstance(table, Table)
    assert "<script" not in table.html
    causes = disclosure_causes(replace(bgo, result=replace(bgo.result, measures=measures)))
    assert causes.markdown.splitlines()[-1] == "- OIT: \\<script\\>x\\</script\\>"
