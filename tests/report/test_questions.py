"""What a chapter says of weak questions and of the answers to them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal as D

import pytest

from itabook.domain.facts import ItemResult, Response
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import ALT_LIMIT, Chart, Table, Text
from itabook.report.questions import question_sentence, question_table
from itabook.report.responses import SHOWN, drawn, response_bars, response_notes, response_sentence
from tests.report.conftest import Open

LABELS = ("น้อยที่สุดหรือไม่มีเลย", "น้อย", "มาก", "มากที่สุด")


def test_ban_paen_names_its_weakest_question_and_how_many_are_under_the_target(open_chapter: Open) -> None:
    assert question_sentence(open_chapter("banpaen", 2563)).markdown == (
        "รายงานระบุคะแนนรายข้อคำถามของ IIT 7 ข้อจาก 30 ข้อ และ EIT 2 ข้อ คำนวณจากการกระจายคำตอบได้อีก 1 ข้อ "
        "ในจำนวนนี้ต่ำกว่าค่าเป้าหมาย 85\u00a0คะแนน 7 ข้อ ดัง[@tbl-banpaen-2563-questions] "
        "ข้อที่ได้คะแนนต่ำที่สุดคือข้อ\u00a0I7 “ท่านรู้เกี่ยวกับแผนการใช้จ่ายงบประมาณประจำปี ของหน่วยงานของท่าน มากน้อยเพียงใด” "
        "(68.94 คะแนน)"
    )


def test_opdc_has_weak_questions_though_no_weak_indicator(open_chapter: Open) -> None:
    assert question_sentence(open_chapter("opdc", 2566)).markdown == (
        "รายงานระบุคะแนนรายข้อคำถามของ IIT 28 ข้อ และ EIT 12 ข้อ "
        "ในจำนวนนี้ต่ำกว่าเกณฑ์ผ่าน 85\u00a0คะแนน 11 ข้อ ดัง[@tbl-opdc-2566-questions] "
        "ข้อที่ได้คะแนนต่ำที่สุดคือ “เข้าไปมีส่วนร่วมในกระบวนการงบประมาณ” (69.67 คะแนน) "
        "ทั้งนี้ ทุกตัวชี้วัดของ IIT และ EIT ได้คะแนนถึงเกณฑ์ผ่าน"
    )


def test_without_questions_it_is_said_what_cannot_be_told(open_chapter: Open) -> None:
    assert question_sentence(open_chapter("opdc", 2565)).markdown == (
        "ไม่ปรากฏคะแนนรายข้อคำถามของแบบวัด IIT และ EIT ในรายงานของสำนักงานคณะกรรมการพัฒนาระบบราชการ "
        "จึงบอกไม่ได้ว่าข้อใดทำให้ตัวชี้วัดต่อไปนี้ได้คะแนนต่ำกว่าค่าเป้าหมาย 85\u00a0คะแนน: "
        "ประสิทธิภาพการสื่อสาร และการปรับปรุงการทำงาน"
    )
    assert question_sentence(open_chapter("bgo", 2563)).markdown.endswith("ในรายงานขององค์การสวนพฤกษศาสตร์")
    assert question_table(open_chapter("bgo", 2563)) == Text("")


def with_items(chapter: AgencyYearChapter, *items: tuple[str, str]) -> AgencyYearChapter:
    """The chapter with these IIT questions of indicator 2, (code, printed) each, and no others."""
    rows = tuple(
        ItemResult("IIT", 2, code, f"คำถาม {code}", printed, D(printed), "", "", f"แถวที่ {n}")
        for n, (code, printed) in enumerate(items)
    )
    return replace(chapter, result=replace(chapter.result, items=rows, responses=()))


def test_all_pass_all_fail_and_a_tie(open_chapter: Open) -> None:
    chapter = open_chapter("banpaen", 2563)

    passed = with_items(chapter, ("I7", "85.00"), ("I8", "99.00"))
    assert question_sentence(passed).markdown.endswith("ในจำนวนนี้ทุกข้อได้คะแนนถึงค่าเป้าหมาย 85\u00a0คะแนน")
    assert question_table(passed) == Text("")
    failed = question_sentence(with_items(chapter, ("I7", "70.00"), ("I8", "70.00"))).markdown
    assert "ในจำนวนนี้ต่ำกว่าค่าเป้าหมาย 85\u00a0คะแนนทุกข้อ" in failed
    assert "ต่ำที่สุดคือข้อ\u00a0I7 “คำถาม I7” และข้อ\u00a0I8 “คำถาม I8” (70.00 คะแนน)" in failed
    assert failed.endswith(
        "รายงานไม่ระบุคะแนนรายข้อของตัวชี้วัดที่ต่ำกว่าค่าเป้าหมายต่อไปนี้: การใช้อำนาจ การใช้ทรัพย์สินของราชการ "
        "การแก้ไขปัญหาการทุจริต คุณภาพการดำเนินงาน และการปรับปรุงการทำงาน"
    )


def test_the_table_stands_by_indicator_with_its_score_and_notes(open_chapter: Open) -> None:
    table = question_table(open_chapter("banpaen", 2563))

    assert isinstance(table, Table)
    assert "ตัวชี้วัดที่\u00a02 การใช้งบประมาณ (83.68\u00a0คะแนน ต่ำกว่าค่าเป้าหมาย)" in table.html
    assert "ตัวชี้วัดที่\u00a07 ประสิทธิภาพการสื่อสาร (85.71\u00a0คะแนน ถึงค่าเป้าหมาย)" in table.html
    assert "คำนวณจากการกระจายคำตอบ ไม่ปรากฏคะแนนในรายงาน" in table.html  # E14
    assert "คะแนนนี้ไม่ตรงกับการกระจายคำตอบที่รายงานระบุ" in table.html  # E1.1
    assert ">−16.06<" in table.html


def test_questions_of_unknown_indicator_stand_by_themselves(open_chapter: Open) -> None:
    table = question_table(open_chapter("opdc", 2566))

    assert isinstance(table, Table)
    assert "EIT ไม่ระบุตัวชี้วัด" in table.html
    assert ">ข้อ<" not in table.html  # no codes, no column for them


def test_where_nothing_decides_both_values_are_shown_and_noted(open_chapter: Open) -> None:
    table = question_table(with_items(open_chapter("banpaen", 2563), ("I7", "80.00"), ("I7", "90.00")))

    assert isinstance(table, Table)
    assert "80.00 / 90.00" in table.html
    assert "รายงานระบุไว้มากกว่าหนึ่งค่า" in table.html
    twice = question_table(with_items(open_chapter("banpaen", 2563), ("I7", "80.00"), ("I7", "80.00"), ("I7", "90.00")))
    assert isinstance(twice, Table)
    assert "80.00 / 90.00" not in twice.html
    assert "รายงานระบุ 90.00 ไว้อีกแห่งหนึ่ง" in twice.html


def test_the_answers_of_the_weakest_question_in_words(open_chapter: Open) -> None:
    assert response_sentence(open_chapter("banpaen", 2563)).markdown == (
        "ในข้อ\u00a0I7 (68.94 คะแนน) ผู้ตอบเลือก “มากที่สุด” ร้อยละ 25.81 “มาก” ร้อยละ 54.84 และ “น้อย” ร้อยละ 19.35 "
        "(แก้แล้ว ดูหมายเหตุใต้แผนภูมิ) ในบรรดาข้อที่แสดงในแผนภูมิ คำตอบเชิงลบ (คำตอบที่ได้ไม่ถึงครึ่งของคะแนนเต็ม) "
        "มีมากที่สุดในข้อ\u00a0E6.1 ร้อยละ 23.94 "
        "ดัง[@fig-banpaen-2563-responses]"
    )


def test_notes_say_what_was_mended_and_what_is_not_drawn(open_chapter: Open) -> None:
    notes = response_notes(open_chapter("banpaen", 2563, "thai")).markdown.splitlines()

    assert [note.split("\u00a0")[1].split(" ")[0] for note in notes] == ["I๗", "I๒๐", "I๓๐.๒", "E๑.๑", "E๖.๑", "E๑๔"]
    assert notes[1] == "- ข้อ\u00a0I๒๐ แสดงโดยถือว่าป้ายของ ๖๗.๗๔ เป็น “มาก” ซึ่งทำให้ตัวเลขของข้อนี้สอดคล้องกันทั้งหมด"
    assert notes[3].startswith("- ข้อ\u00a0E๑.๑ ไม่แสดง เพราะไม่ว่าจะจัดป้ายคำตอบอย่างไร ก็ไม่ได้คะแนน ๗๔.๙๘")
    assert notes[5] == "- ข้อ\u00a0E๑๔ แสดงคะแนนที่คำนวณจากการกระจายคำตอบ เพราะรายงานไม่ได้พิมพ์คะแนน"


def test_the_chart_draws_the_weakest_first_and_leaves_out_what_contradicts_itself(open_chapter: Open) -> None:
    chapter = open_chapter("banpaen", 2563)
    chart = response_bars(chapter)

    assert isinstance(chart, Chart)
    assert [row.question.code for row in drawn(chapter)] == ["I7", "I20", "E6.1", "I30.2", "I15", "E14"]
    assert "I7 เชิงลบร้อยละ 19.35 คะแนน 68.94 I20 เชิงลบร้อยละ 6.45 คะแนน 73.32" in chart.alt
    assert len(chart.alt) <= ALT_LIMIT
    assert response_bars(chapter) == chart


@pytest.mark.parametrize(("agency", "year"), [("bgo", 2563), ("bgo", 2564), ("opdc", 2566), ("rawiang", 2568)])
def test_without_answers_one_sentence_says_so(open_chapter: Open, agency: str, year: int) -> None:
    chapter = open_chapter(agency, year)

    assert response_sentence(chapter).markdown.startswith("ไม่ปรากฏการกระจายคำตอบรายข้อในรายงานของ")
    assert response_bars(chapter) == response_notes(chapter) == Text("")


def spread(code: str, shares: Iterable[str]) -> list[Response]:
    return [Response(code, label, share, D(share), None, "ตาราง") for label, share in zip(LABELS, shares, strict=True)]


def with_answers(chapter: AgencyYearChapter, answers: Mapping[str, tuple[str, tuple[str, ...]]]) -> AgencyYearChapter:
    chapter = with_items(chapter, *((code, score) for code, (score, _) in answers.items()))
    rows = tuple(row for code, (_, shares) in answers.items() for row in spread(code, shares))
    return replace(chapter, result=replace(chapter.result, responses=rows))


def test_of_many_questions_the_weakest_are_drawn_and_the_caption_says_so(open_chapter: Open) -> None:
    half = ("10.0", "20.0", "30.0", "40.0")
    many = {f"I7.{n}": ("66.70", half) for n in range(1, SHOWN + 4)}
    chart = response_bars(with_answers(open_chapter("banpaen", 2563), many))

    assert isinstance(chart, Chart)
    assert f"เฉพาะ {SHOWN} ข้อที่ได้คะแนนต่ำที่สุด" in chart.caption


def test_a_reversed_question_is_told_apart(open_chapter: Open) -> None:
    both = {"I7": ("66.70", ("10.0", "20.0", "30.0", "40.0")), "I9": ("33.30", ("10.0", "20.0", "30.0", "40.0"))}
    chapter = with_answers(open_chapter("banpaen", 2563), both)

    assert [(row.question.code, row.answers.negative) for row in drawn(chapter)] == [("I9", D(70)), ("I7", D(30))]
    assert isinstance(response_bars(chapter), Chart)


def test_without_negative_answers_the_sentence_says_so(open_chapter: Open) -> None:
    chapter = with_answers(open_chapter("banpaen", 2563), {"I7": ("83.50", ("0.0", "0.0", "50.0", "50.0"))})

    assert response_sentence(chapter).markdown == (
        "ในข้อ\u00a0I7 (83.50 คะแนน) ผู้ตอบเลือก “มากที่สุด” ร้อยละ 50.00 และ “มาก” ร้อยละ 50.00 "
        "ไม่มีคำตอบเชิงลบในข้อที่แสดงในแผนภูมิ ดัง[@fig-banpaen-2563-responses]"
    )


def test_answers_that_contradict_a_score_are_drawn_as_printed_and_noted(open_chapter: Open) -> None:
    chapter = with_answers(open_chapter("banpaen", 2563), {"I7": ("12.34", ("0.0", "20.0", "30.0", "50.0"))})

    assert response_notes(chapter).markdown == (
        "- ข้อ\u00a0I7 แสดงตามที่พิมพ์ แต่คะแนนที่ระบุ 12.34 ไม่ตรงกับการกระจายคำตอบ ซึ่งให้ 76.70"
    )


def test_where_no_answers_can_be_shown_the_sentence_and_the_notes_say_so(open_chapter: Open) -> None:
    chapter = with_answers(open_chapter("banpaen", 2563), {"I7": ("70.00", ("10.0", "20.0", "30.0", "10.0"))})

    assert "จึงไม่แสดงเป็นแผนภูมิ" in response_sentence(chapter).markdown
    assert response_bars(chapter) == Text("")
    assert response_notes(chapter).markdown == (
        "- ข้อ\u00a0I7 ไม่แสดง เพราะไม่ว่าจะจัดป้ายคำตอบอย่างไร ก็ไม่ได้คะแนน 70.00 ค่าที่ใกล้ที่สุดคือ 46.70 "
        "และร้อยละของคำตอบรวมกันได้ 70.00 (ขาด 30.00)"
    )


def test_text_of_a_report_is_shown_and_not_run(open_chapter: Open) -> None:
    chapter = with_items(open_chapter("banpaen", 2563), ("I7", "70.00"))
    evil = "<script>x</script> {{< video >}}"
    rows = tuple(replace(row, title=evil) for row in chapter.result.items)
    chapter = replace(chapter, result=replace(chapter.result, items=rows))

    table = question_table(chapter)
    assert isinstance(table, Table)
    assert "<script" not in table.html
    assert "\\<script\\>x\\</script\\> \\{\\{\\<\u00a0video" in question_sentence(chapter).markdown
