"""What a chapter says of how sure its scores are, for the agency-years of the five reports."""

import re
from dataclasses import replace

import pytest

from itabook.domain.facts import RespondentCount
from itabook.domain.intervals import indicator_intervals, item_intervals
from itabook.report.certainty import ceiling_sentence, certainty_sentence, sample_sentence
from itabook.report.certainty_figures import certainty_bars, certainty_table
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import ALT_LIMIT, Chart, Table, Text
from tests.report.conftest import Open

PRINTED = [("bgo", 2563), ("bgo", 2564), ("banpaen", 2563), ("opdc", 2565), ("opdc", 2566), ("rawiang", 2568)]
OIT = "ส่วน OIT เป็นการตรวจรายการที่เผยแพร่ มิได้สอบถามความเห็นของผู้ตอบ จึงไม่มีความคลาดเคลื่อนชนิดนี้"


def paragraphs(text: Text) -> list[str]:
    return text.markdown.split("\n\n")


def cells(table: Table | Text) -> list[list[str]]:
    assert isinstance(table, Table)
    rows = re.findall(r"<tr>(.*?)</tr>", table.html, re.DOTALL)
    found = [re.findall(r"<td[^>]*>(.*?)(?:<span|</td>)", row, re.DOTALL) for row in rows]
    return [row for row in found if len(row) == 5]


def test_where_only_the_respondents_are_known_the_margins_are_the_largest_possible(open_chapter: Open) -> None:
    first, against = paragraphs(certainty_sentence(open_chapter("bgo", 2564)))

    assert first == (
        "คะแนนที่มาจากการสอบถามเพียงบางคนย่อมคลาดเคลื่อนได้ "
        "ที่ระดับความเชื่อมั่นร้อยละ 95 คะแนนตัวชี้วัดของ IIT คลาดเคลื่อนไม่เกิน ±8.47 คะแนน และ EIT คลาดเคลื่อนไม่เกิน "
        "±10.43 คะแนน ดัง[@fig-bgo-2564-certainty] และ[@tbl-bgo-2564-certainty] "
        "ช่วงเหล่านี้เป็นค่าสูงสุดที่เป็นไปได้ตามคะแนนและจำนวนผู้ตอบ เพราะรายงานไม่ปรากฏการกระจายของคำตอบครบทุกข้อ "
        f"ความคลาดเคลื่อนจริงมักน้อยกว่านี้ ผลต่างระหว่างปีที่น้อยกว่านี้จึงยังบอกไม่ได้ว่าเปลี่ยนแปลงจริง {OIT}"
    )
    assert against == (
        "เมื่อคำนึงถึงช่วงความคลาดเคลื่อนแล้ว ตัวชี้วัดที่สูงกว่าค่าเป้าหมาย 85 คะแนนตลอดทั้งช่วง ได้แก่ คุณภาพการดำเนินงาน "
        "อีก 7 ตัวชี้วัดมีช่วงคร่อมค่าเป้าหมาย 85 คะแนน จึงยังไม่แน่ชัดว่าอยู่ด้านใด ทั้งนี้ ผลการประเมินยังเป็นไปตามคะแนนที่ประกาศ"
    )


def test_an_estimated_number_of_respondents_is_said_to_be_one(open_chapter: Open) -> None:
    chapter = open_chapter("banpaen", 2563)

    first, against, items = paragraphs(certainty_sentence(chapter))
    counted = "จำนวนผู้ตอบแบบวัด IIT 31 คน (ประมาณจากร้อยละที่พิมพ์) และ EIT 71 คน (ประมาณจากร้อยละที่พิมพ์) "
    assert sample_sentence(chapter).markdown.startswith(counted)
    assert "31" not in first  # said once in the section
    assert "ทั้ง 8 ตัวชี้วัดมีช่วงคร่อมค่าเป้าหมาย 85 คะแนน" in against
    assert items == (
        "รายข้อที่ทราบการกระจายของคำตอบ ประมาณช่วงจากคำตอบได้โดยตรง ได้แก่ "
        "ข้อ\u00a0I15 74.39 คะแนน (ระหว่าง 67.02 ถึง 80.58 คะแนน) "
        "และข้อ\u00a0E14 75.31 คะแนน (ระหว่าง 70.72 ถึง 79.39 คะแนน) "
        "ข้อ I7 I20 I30.2 E1.1 และ E6.1 ไม่มีช่วง เพราะร้อยละหรือป้ายคำตอบที่พิมพ์ขัดกันเอง"
    )


@pytest.mark.parametrize(("agency", "year"), [("opdc", 2565), ("opdc", 2566), ("rawiang", 2568)])
def test_without_respondents_there_is_no_interval_and_it_is_said(open_chapter: Open, agency: str, year: int) -> None:
    chapter = open_chapter(agency, year)

    assert certainty_sentence(chapter).markdown == (
        f"เมื่อไม่ทราบจำนวนผู้ตอบและคำนวณย้อนจากตัวเลขอื่นไม่ได้ จึงบอกช่วงความคลาดเคลื่อนของคะแนน IIT และ EIT ไม่ได้ {OIT}"
    )
    assert certainty_bars(chapter) == certainty_table(chapter) == Text("")


def test_without_scores_there_is_nothing_to_be_unsure_of(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2563, "thai")

    assert certainty_sentence(chapter).markdown == (
        "ไม่ปรากฏคะแนนรายตัวชี้วัดและการกระจายของคำตอบในรายงานของปีงบประมาณ พ.ศ.\u00a0๒๕๖๓ จึงไม่มีคะแนนให้บอกช่วงความคลาดเคลื่อน"
    )
    assert certainty_bars(chapter) == certainty_table(chapter) == ceiling_sentence(chapter) == Text("")


def with_respondents(chapter: AgencyYearChapter, **counts: int) -> AgencyYearChapter:
    rows = tuple(RespondentCount(code, "age", "20 - 30 ปี", "female", n, "ตาราง") for code, n in counts.items())
    return replace(chapter, result=replace(chapter.result, respondents=rows))


def test_each_survey_has_its_own_reason(open_chapter: Open) -> None:
    text = certainty_sentence(with_respondents(open_chapter("opdc", 2566), IIT=9, EIT=400)).markdown

    assert "ผู้ตอบแบบวัด IIT ในรายงานของปีงบประมาณ พ.ศ.\u00a02566 มีไม่ถึง 10 คน" in text
    assert "คะแนน EIT เฉลี่ยจากสองส่วน แต่ไม่ปรากฏจำนวนผู้ตอบของแต่ละส่วน" in text
    assert "±" not in text


def test_one_survey_has_margins_and_the_other_a_reason(open_chapter: Open) -> None:
    chapter = with_respondents(open_chapter("opdc", 2566), IIT=45, EIT=400)

    text = certainty_sentence(chapter).markdown
    assert text.startswith("คะแนนที่มา")
    assert "จึงบอกช่วงความคลาดเคลื่อนของคะแนน EIT ไม่ได้" in text
    assert [row[1] for row in cells(certainty_table(chapter))] == ["45"] * 5


def test_a_score_with_two_printed_values_is_marked_in_chart_and_table(open_chapter: Open) -> None:
    rawiang = open_chapter("rawiang", 2568)
    rules = rawiang.result.rules
    single = rules.model_copy(update={"weights": rules.weights.model_copy(update={"eit_parts": False})})
    chapter = with_respondents(replace(rawiang, result=replace(rawiang.result, rules=single)), EIT=40)

    chart, table = certainty_bars(chapter), certainty_table(chapter)
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    assert chart.caption.endswith("* พิมพ์ 99.76 ไว้อีกแห่งหนึ่ง (8 การปรับปรุงการทำงาน)")
    assert "รายงานระบุ 99.76 ไว้อีกแห่งหนึ่ง" in table.html


def test_the_table_holds_the_numbers_of_the_sentence(open_chapter: Open) -> None:
    chapter = open_chapter("banpaen", 2563)
    rows, shown = cells(certainty_table(chapter)), certainty_table(chapter)

    assert len(rows) == len(indicator_intervals(chapter.result)) + len(item_intervals(chapter.result)) == 10
    assert rows[3] == ["4 การใช้ทรัพย์สินของราชการ", "31", "81.67", "64.07", "91.76"]
    assert rows[8][0].startswith("ข้อ\u00a0I15 ผู้บังคับบัญชาของท่าน")
    assert rows[8][1:] == ["31", "74.39", "67.02", "80.58"]
    assert isinstance(shown, Table)
    assert shown.html.count("ประมาณจากร้อยละที่พิมพ์") == 1
    assert "ช่วงของตัวชี้วัดเป็นช่วงกว้างที่สุดที่เป็นไปได้" in shown.html


def test_the_chart_says_in_words_what_it_shows(open_chapter: Open) -> None:
    chart = certainty_bars(open_chapter("bgo", 2564))

    assert isinstance(chart, Chart)
    assert chart.label == "fig-bgo-2564-certainty"
    assert chart.alt == (
        "แผนภูมิจุดพร้อมเส้นแสดงช่วงความคลาดเคลื่อนของคะแนน 8 รายการ "
        "IIT บุคลากรภายใน ช่วงกว้างที่สุดคือ 4 การใช้ทรัพย์สินของราชการ คะแนน 79.75 อยู่ระหว่าง 71.28 ถึง 86.21 "
        "EIT ผู้รับบริการภายนอก ช่วงกว้างที่สุดคือ 8 การปรับปรุงการทำงาน คะแนน 84.62 อยู่ระหว่าง 74.19 ถึง 91.33"
    )
    assert chart == certainty_bars(open_chapter("bgo", 2564))


@pytest.mark.parametrize(("agency", "year"), PRINTED)
def test_every_chart_and_sentence_is_in_the_digits_of_the_book(open_chapter: Open, agency: str, year: int) -> None:
    chapter = open_chapter(agency, year, "thai")
    sentences = [function(chapter).markdown for function in (certainty_sentence, sample_sentence, ceiling_sentence)]
    chart = certainty_bars(chapter)
    if isinstance(chart, Chart):
        assert len(chart.alt) <= ALT_LIMIT
        sentences += [chart.alt, chart.caption]

    for said in sentences:
        assert not re.search(r"[0-9]", re.sub(r"\[@[^\]]*\]", "", said))


@pytest.mark.parametrize(("agency", "year"), PRINTED)
def test_the_minimum_that_is_only_recalled_is_never_printed(open_chapter: Open, agency: str, year: int) -> None:
    text = sample_sentence(open_chapter(agency, year)).markdown

    assert "ร้อยละ 10" not in text
    assert "400" not in text
    assert ("ยังไม่มีแหล่งยืนยัน" in text) != ("ไม่ทราบจำนวนผู้ตอบแบบวัด IIT และ EIT" in text)


def test_respondents_are_given_though_no_minimum_is_confirmed(open_chapter: Open) -> None:
    assert sample_sentence(open_chapter("bgo", 2564)).markdown == (
        "จำนวนผู้ตอบแบบวัด IIT 112 คน และ EIT 70 คน "
        "ยังไม่มีแหล่งยืนยันจำนวนผู้ตอบขั้นต่ำของ IIT และ EIT ในปีงบประมาณ พ.ศ.\u00a02564 จึงไม่เทียบกับเกณฑ์"
    )


def test_a_survey_whose_respondents_are_not_known_is_named(open_chapter: Open) -> None:
    text = sample_sentence(with_respondents(open_chapter("rawiang", 2568), IIT=45)).markdown

    assert text.startswith("จำนวนผู้ตอบแบบวัด IIT 45 คน ไม่ทราบจำนวนผู้ตอบแบบวัด EIT ยังไม่มีแหล่งยืนยัน")


@pytest.mark.parametrize(
    ("respondents", "enough"),
    [(112, "หากหน่วยงานมีบุคลากรไม่เกิน 1,120 คน"), (400, "ไม่ว่าจะมีบุคลากรเท่าใด")],
)
def test_respondents_are_compared_with_a_confirmed_minimum(open_chapter: Open, respondents: int, enough: str) -> None:
    chapter = with_respondents(open_chapter("bgo", 2564), IIT=respondents)
    rules = chapter.result.rules
    sample = tuple(
        rule.model_copy(update={"source": "sreemahapo", "confidence": "likely"}) if rule.minimum else rule
        for rule in rules.sample
    )
    chapter = replace(chapter, result=replace(chapter.result, rules=rules.model_copy(update={"sample": sample})))

    text = sample_sentence(chapter).markdown
    assert "เกณฑ์ขั้นต่ำของ IIT คือ ร้อยละ 10 ของบุคลากร" in text
    assert f"(น่าเชื่อถือ) จำนวนผู้ตอบถึงเกณฑ์{enough}" in text
    assert "ยังไม่มีแหล่งยืนยัน" not in text


def test_six_of_eight_indicators_of_rawiang_tell_nothing_any_more(open_chapter: Open) -> None:
    assert ceiling_sentence(open_chapter("rawiang", 2568)).markdown == (
        "ตัวชี้วัดของ IIT และ EIT ที่ได้ตั้งแต่ 99 คะแนนขึ้นไปมี 6 จาก 8 ตัวชี้วัด ได้แก่ การใช้งบประมาณ การใช้อำนาจ "
        "การใช้ทรัพย์สินของราชการ คุณภาพการดำเนินงาน ประสิทธิภาพการสื่อสาร และการปรับปรุงการทำงาน "
        "คะแนนระดับนี้แสดงว่าผู้ตอบเกือบทั้งหมดเลือกคำตอบที่ได้คะแนนเต็ม จึงใช้แยกความแตกต่างระหว่างหน่วยงานหรือระหว่างปีไม่ได้ "
        "และไม่ชี้ว่าควรปรับปรุงเรื่องใด"
    )


def test_items_at_the_ceiling_are_named_by_code_or_title(open_chapter: Open) -> None:
    banpaen, opdc = (ceiling_sentence(open_chapter(*key)).markdown for key in (("banpaen", 2563), ("opdc", 2566)))

    assert banpaen.startswith("ข้อคำถามของ IIT และ EIT ที่ได้ตั้งแต่ 99 คะแนนขึ้นไปมี 3 ข้อ คือ ข้อ I4 I5 และ I6 คะแนน")
    assert "มี 1 ข้อ คือ ข้อ “ไม่เรียกรับสิ่งของจากการปฏิบัติหน้าที่" in opdc
    assert opdc.endswith("ไม่นับ OIT ซึ่งคะแนนเต็มหมายถึงเผยแพร่ได้ครบตามเกณฑ์ มิใช่ความเห็นของผู้ตอบ")


def test_without_a_score_at_the_ceiling_nothing_is_said_of_it(open_chapter: Open) -> None:
    assert ceiling_sentence(open_chapter("bgo", 2564)) == Text("")


def test_few_respondents_are_not_counted_where_small_groups_are_masked(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)
    few = (RespondentCount("IIT", "age", "20 - 30 ปี", "female", 3, ""),)
    shown = replace(chapter, result=replace(chapter.result, respondents=few))

    assert "จำนวนผู้ตอบแบบวัด IIT 3 คน" in sample_sentence(replace(shown, mask=False)).markdown
    assert "จำนวนผู้ตอบแบบวัด IIT น้อยกว่า 5 คน" in sample_sentence(replace(shown, mask=True)).markdown


def test_all_indicators_at_the_ceiling(open_chapter: Open) -> None:
    chapter = open_chapter("rawiang", 2568)
    kept = tuple(row for row in chapter.result.scores if row.code not in ("1", "5"))
    text = ceiling_sentence(replace(chapter, result=replace(chapter.result, scores=kept))).markdown

    assert text.startswith("ตัวชี้วัดของ IIT และ EIT ที่ปรากฏคะแนนได้ตั้งแต่ 99 คะแนนขึ้นไปทุกตัวชี้วัด คะแนนระดับนี้")


def test_what_stands_in_a_title_is_shown_and_not_run(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566)
    evil = "<script>alert(1)</script> {{< video >}} @fig-x"
    items = tuple(replace(row, title=evil) for row in chapter.result.items if row.printed == "100")
    text = ceiling_sentence(replace(chapter, result=replace(chapter.result, items=items))).markdown

    assert "\\<script\\>" in text
    assert "\\@fig-x" in text
