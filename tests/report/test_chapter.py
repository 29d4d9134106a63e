"""What an agency-year chapter says, for the agency-years of the five reports."""

import re
from dataclasses import replace
from decimal import Decimal as D

import pytest

from itabook.domain.facts import Score
from itabook.errors import DataError
from itabook.report import (
    change_sentence,
    change_table,
    findings_table,
    headline,
    indicator_bars,
    indicator_table,
    plan_table,
    provenance,
    ranking,
    respondent_bars,
    respondent_sentence,
    respondent_table,
    summary,
)
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import ALT_LIMIT, Chart, Table, Text
from tests.report.conftest import Open

PRINTED = [("bgo", 2563), ("bgo", 2564), ("banpaen", 2563), ("opdc", 2565), ("opdc", 2566), ("rawiang", 2568)]


def panels(chapter: AgencyYearChapter) -> list[tuple[str, str, str]]:
    return [(panel.title, panel.value, panel.note) for panel in headline(chapter).panels]


def test_headline_of_opdc_2566(open_chapter: Open) -> None:
    assert panels(open_chapter("opdc", 2566)) == [
        ("คะแนนรวม", "90.47", "ลดลง 2.15 จากปีก่อน"),
        ("ระดับ", "ผ่าน", "EIT ส่วนที่ 1 ต่ำกว่า 85"),
        ("ค่าเฉลี่ยประเทศ", "90.19", "สูงกว่า 0.28"),
        ("ถึงระดับผ่านดี", "0.46", "คะแนน EIT ส่วนที่ 1"),
    ]


def test_headline_of_bgo_2564_in_thai_digits(open_chapter: Open) -> None:
    assert panels(open_chapter("bgo", 2564, "thai")) == [
        ("คะแนนรวม", "๙๑.๒๑", "เพิ่มขึ้น ๔๕.๕๒ จากปีก่อน"),
        ("ระดับ", "A", "ตามที่ระบุในรายงาน"),
        ("ค่าเฉลี่ยประเทศ", "๘๑.๒๕", "สูงกว่า ๙.๙๖"),
        ("ถึงระดับ AA", "๓.๗๙", "คะแนนรวม"),
    ]


def test_a_national_mean_that_is_only_recalled_is_not_shown(open_chapter: Open) -> None:
    chapter = open_chapter("banpaen", 2563)

    assert panels(chapter)[2] == ("ค่าเฉลี่ยประเทศ", "–", "ยังไม่มีแหล่งยืนยัน")
    assert "67.9" not in summary(chapter).markdown


def test_the_total_that_rawiang_does_not_print_is_computed_and_said_to_be(open_chapter: Open) -> None:
    chapter = open_chapter("rawiang", 2568)

    assert panels(chapter)[0] == ("คะแนนรวม", "86.38", "คำนวณจากสิบตัวชี้วัด")
    assert "ไม่ปรากฏคะแนนรวมในรายงานของหน่วยงาน" in summary(chapter).markdown
    assert chapter.target_name == "เกณฑ์ผ่าน"


def test_bgo_2563_says_what_is_not_published(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2563)

    for function in (indicator_bars, respondent_bars, change_sentence):
        assert function(chapter) == Text("")
    whose = "ในรายงานขององค์การสวนพฤกษศาสตร์ ปีงบประมาณ พ.ศ.\u00a02563"
    assert ranking(chapter) == Text(f"ไม่ปรากฏคะแนนรายตัวชี้วัด{whose}")
    assert respondent_sentence(chapter) == Text(f"ไม่ปรากฏข้อมูลผู้ตอบแบบวัด{whose}")
    assert isinstance(plan_table(chapter, "assigned"), Table)


def test_eit_of_opdc_2566_is_the_right_one_and_carries_a_note(open_chapter: Open) -> None:
    table = indicator_table(open_chapter("opdc", 2566))

    assert isinstance(table, Table)
    assert re.search(r">88\.57<span class=\"gt_footnote_marks\"[^>]*>ก</span>", table.html)
    assert "รายงานระบุ 88.75" in table.html


def test_a_printed_change_that_carries_the_mistake_is_noted(open_chapter: Open) -> None:
    table = change_table(open_chapter("opdc", 2566))

    assert isinstance(table, Table)
    assert ">+3.42<span" in table.html
    assert "รายงานระบุการเปลี่ยนแปลง +3.60" in table.html
    assert table.html.count("รายงานระบุการเปลี่ยนแปลง") == 1


def test_a_score_printed_twice_with_two_values_is_noted(open_chapter: Open) -> None:
    table = indicator_table(open_chapter("rawiang", 2568))

    assert isinstance(table, Table)
    assert "รายงานระบุ 99.76 ไว้อีกแห่งหนึ่ง" in table.html


def with_total(chapter: AgencyYearChapter, *printed: tuple[str, str]) -> AgencyYearChapter:
    kept = tuple(row for row in chapter.result.scores if row.scope != "total")
    totals = tuple(
        Score("score", "total", "", "", value, D(value), level, str(n)) for n, (value, level) in enumerate(printed)
    )
    return replace(chapter, result=replace(chapter.result, scores=(*totals, *kept)))


def test_of_two_totals_the_one_that_agrees_with_the_indicators_is_shown(open_chapter: Open) -> None:
    chapter = with_total(open_chapter("bgo", 2564), ("90.00", "A"), ("91.21", "A"))

    assert panels(chapter)[0][1] == "91.21"
    assert "รายงานระบุคะแนนรวม 90.00 ไว้อีกแห่งหนึ่ง" in summary(chapter).markdown


def test_a_printed_level_that_the_rules_do_not_give_is_noted(open_chapter: Open) -> None:
    chapter = with_total(open_chapter("bgo", 2564), ("91.21", "AA"))

    assert panels(chapter)[1] == ("ระดับ", "AA", "ตามรายงาน แต่เกณฑ์ให้ A")
    assert "จะอยู่ในระดับ A" in summary(chapter).markdown


def test_rules_that_are_not_official_are_not_used(open_chapter: Open) -> None:
    chapter = open_chapter("rawiang", 2568)
    rules = chapter.result.rules
    unsure = {"confidence": "unsure"}
    weights, levels = rules.weights.model_copy(update=unsure), rules.levels.model_copy(update=unsure)
    recalled = rules.model_copy(update={"weights": weights, "levels": levels})
    chapter = replace(chapter, result=replace(chapter.result, rules=recalled))

    assert panels(chapter)[0][1] == "–"
    assert panels(chapter)[1][1] == "–"
    assert chapter.target_name == "เกณฑ์ที่ยังไม่ยืนยัน"
    table = indicator_table(chapter)
    assert isinstance(table, Table)
    assert "ร้อยละ 30" not in table.html


def test_instrument_scores_are_printed_computed_or_corrected(open_chapter: Open) -> None:
    opdc = open_chapter("opdc", 2566).result.instruments
    bgo = open_chapter("bgo", 2564).result.instruments

    assert (opdc["IIT"].value, opdc["IIT"].printed) == (D("89.67"), True)
    assert (opdc["EIT"].value, opdc["EIT"].printed, opdc["EIT"].differing) == (D("88.57"), False, ("88.75",))
    assert {code: str(figure.value) for code, figure in bgo.items()} == {"IIT": "82.31", "EIT": "90.05", "OIT": "98.75"}


def test_ranking_names_all_that_tie(open_chapter: Open) -> None:
    text = ranking(open_chapter("rawiang", 2568)).markdown

    assert "สูงสุดคือการใช้งบประมาณ การใช้อำนาจ และการใช้ทรัพย์สินของราชการ (100.00 คะแนน)" in text
    assert "ต่ำสุดคือการเปิดเผยข้อมูล (53.50 คะแนน)" in text


def with_scores(chapter: AgencyYearChapter, value: str) -> AgencyYearChapter:
    scores = tuple(
        Score("score", "indicator", str(n), "", value, D(value), "", "") for n in range(1, 11)
    )  # fmt: skip
    return replace(chapter, result=replace(chapter.result, scores=scores), previous=None)


def test_ranking_when_all_indicators_are_equal(open_chapter: Open) -> None:
    chapter = with_scores(open_chapter("opdc", 2566), "88.00")

    assert ranking(chapter).markdown == "ทุกตัวชี้วัดได้คะแนนเท่ากันที่ 88.00 คะแนน"


def test_changes_of_opdc_say_that_the_rules_differ(open_chapter: Open) -> None:
    text = change_sentence(open_chapter("opdc", 2566)).markdown

    assert "เพิ่มขึ้นมากที่สุดคือประสิทธิภาพการสื่อสาร (8.69 คะแนน)" in text
    assert "ลดลงมากที่สุดคือการเปิดเผยข้อมูล (15.00 คะแนน)" in text
    assert "เกณฑ์การประเมินของสองปีต่างกันบางส่วน" in text


def test_changes_without_the_year_before(open_chapter: Open) -> None:
    chapter = open_chapter("banpaen", 2563)

    assert change_sentence(chapter) == Text("")
    assert change_table(chapter) == Text("")


def test_respondents_of_bgo_2564(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)

    text = respondent_sentence(chapter).markdown
    assert "(EIT) ตอบ 70 คน เป็นหญิง 42 คน และชาย 28 คน" in text
    assert "(IIT) ตอบ 112 คน เป็นหญิง 67 คน ชาย 44 คน และอื่น ๆ 1 คน" in text
    chart, table = respondent_bars(chapter), respondent_table(chapter)
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    assert "ระดับการศึกษาที่มากที่สุดคือปริญญาตรีหรือเทียบเท่า 38 คน" in chart.alt
    assert table.html.count(">รวม<") == 2 + 3  # a column each instrument, a row each dimension


def test_measures_of_opdc_show_the_columns_that_are_filled(open_chapter: Open) -> None:
    table = plan_table(open_chapter("opdc", 2566), "measures")

    assert isinstance(table, Table)
    assert "ผู้รับผิดชอบ" in table.html
    assert "การกำกับติดตาม" not in table.html
    assert table.html.count("1 ต.ค. 66 – 30 ก.ย. 67") == 1
    assert "ระยะเวลาของทุกรายการ: 1 ต.ค. 66 – 30 ก.ย. 67" in table.html


def test_provenance_names_report_rules_and_confidence(open_chapter: Open) -> None:
    text = provenance(open_chapter("opdc", 2566)).markdown

    assert "เกณฑ์ของปีงบประมาณ พ.ศ.\u00a02566" in text
    assert "ระดับผลการประเมิน: น่าเชื่อถือ" in text
    assert "ค่าเฉลี่ยระดับประเทศมาจาก nationthailand.com" in text
    assert "เป็นต้น" in text


@pytest.mark.parametrize(("agency", "year"), PRINTED)
def test_every_chart_and_table_has_label_caption_and_words(open_chapter: Open, agency: str, year: int) -> None:
    chapter = open_chapter(agency, year)
    shown = [f(chapter) for f in (indicator_bars, indicator_table, change_table, respondent_bars, findings_table)]
    shown += [plan_table(chapter, name) for name in ("assigned", "recommendations", "long-term", "measures")]

    for item in shown:
        if isinstance(item, Chart):
            assert item.label.startswith(f"fig-{agency}-{year}-")
            assert 40 < len(item.alt) <= ALT_LIMIT
        if isinstance(item, Table):
            assert item.label.startswith(f"tbl-{agency}-{year}-")
            assert item.caption


def test_the_same_data_draw_the_same_bytes(open_chapter: Open) -> None:
    first, second = (indicator_bars(open_chapter("opdc", 2566)) for _ in range(2))

    assert first == second


def test_what_stands_in_a_cell_is_shown_and_not_run(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566)
    evil = '<script>alert(1)</script> #import "x" {{< video >}} =1+1'
    agency = chapter.result.agency.model_copy(update={"name": evil})
    measures = tuple(replace(row, text=evil, responsible=evil) for row in chapter.result.measures)
    chapter = replace(chapter, result=replace(chapter.result, agency=agency, measures=measures))

    text, table = summary(chapter).markdown, plan_table(chapter, "measures")
    assert isinstance(table, Table)
    assert "<script" not in table.html
    assert "\\<script\\>alert(1)\\</script\\>" in text
    assert "\\{\\{\\<" in text
    assert "\\#import" in text


def test_a_dollar_sign_in_a_category_is_drawn_as_it_is(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)
    rows = tuple(
        replace(row, category=row.category.replace("20 - 30 ปี", "$51^_60$ ปี")) for row in chapter.result.respondents
    )

    assert isinstance(respondent_bars(replace(chapter, result=replace(chapter.result, respondents=rows))), Chart)


def test_a_letter_that_the_face_does_not_have_is_an_error(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)
    rows = tuple(replace(row, category="漢字" + row.category) for row in chapter.result.respondents)

    with pytest.raises(UserWarning, match="Glyph"):
        respondent_bars(replace(chapter, result=replace(chapter.result, respondents=rows)))


def test_an_agency_year_without_data_is_refused(open_chapter: Open) -> None:
    with pytest.raises(DataError, match="bgo/2564"):
        open_chapter("bgo", 2569)
