"""The section on the seven issues, for the agency-years of the five reports and for made-up scores."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D

import pytest

from itabook.domain.facts import ItemResult
from itabook.domain.issues import IssueItem
from itabook.domain.results import Figure
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import ALT_LIMIT, Chart, Table, Text
from itabook.report.issue_chart import issue_chart
from itabook.report.issue_scale import Scale, clusters, scale_of
from itabook.report.issues import issue_sentence, issue_table
from tests.report.conftest import Open


def with_items(chapter: AgencyYearChapter, change: Callable[[ItemResult], ItemResult | None]) -> AgencyYearChapter:
    changed = tuple(row for row in map(change, chapter.result.items) if row is not None)
    return replace(chapter, result=replace(chapter.result, items=changed))


def cells(table: Table | Text) -> list[list[str]]:
    assert isinstance(table, Table)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table.html, flags=re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>.*?</t[dh]>", row)] for row in rows]


def test_issues_of_opdc_2566_and_their_exceptions(open_chapter: Open) -> None:
    intro, _, listed = issue_sentence(open_chapter("opdc", 2566)).markdown.partition("\n\n")

    assert intro == (
        "เมื่อจัดข้อของแบบวัด IIT EIT และ OIT เข้าตามประเด็น 7\u00a0ประเด็นของเอกสารที่ต้องเผยแพร่ "
        "โดยข้อหนึ่งอาจอยู่ได้หลายประเด็น พบว่าประเด็นที่ทุกข้อได้คะแนนถึงเกณฑ์ผ่าน 85\u00a0คะแนนมี 1\u00a0ประเด็น ได้แก่ "
        "ประเด็นที่\u00a03 ช่องทางประชาสัมพันธ์ ประเด็นที่มีข้อได้คะแนนต่ำกว่าเกณฑ์ดังกล่าวมี 6\u00a0ประเด็น "
        "โดยมีมากที่สุดในประเด็นที่\u00a06 การใช้อำนาจและบริหารงานบุคคล (6\u00a0ข้อ) "
        "ดังแสดงใน[@fig-opdc-2566-issues] และ[@tbl-opdc-2566-issues] "
        "ทั้งนี้ ไม่นับ 1\u00a0ข้อที่ไม่ปรากฏคะแนนในรายงาน ข้อที่ได้คะแนนต่ำกว่าเกณฑ์ผ่าน 85\u00a0คะแนนมีดังนี้"
    )
    lines = listed.splitlines()
    assert len(lines) == 6
    assert lines[0] == "- ประเด็นที่\u00a01 กระบวนการปฏิบัติงาน: ปฏิบัติงานตามขั้นตอนและระยะเวลา (IIT 83.80)"
    assert lines[3] == (
        "- ประเด็นที่\u00a05 งบประมาณและจัดซื้อจัดจ้าง: เข้าไปมีส่วนร่วมในกระบวนการงบประมาณ (IIT 69.67) "
        "และรับทราบข้อมูลเกี่ยวกับงบประมาณของหน่วยงาน (IIT 81.60)"
    )
    assert lines[4].count("(OIT 0.00)") == 3


def test_the_table_of_opdc_2566_has_every_item_under_its_issue(open_chapter: Open) -> None:
    rows = cells(issue_table(open_chapter("opdc", 2566)))
    headings = [row[0] for row in rows if len(row) == 1 and row[0].startswith("ประเด็นที่")]

    assert len([row for row in rows if len(row) == 4]) == 1 + 62
    assert headings[0] == "ประเด็นที่\u00a01 กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ · ถึงเกณฑ์ผ่าน 9 จาก 10\u00a0ข้อ"
    assert headings[2].endswith("· ถึงเกณฑ์ผ่านทุกข้อ (8\u00a0ข้อ)")
    assert headings[5].endswith("· ถึงเกณฑ์ผ่าน 4 จาก 10\u00a0ข้อ")
    assert ["ปฏิบัติงานตามขั้นตอนและระยะเวลา", "IIT", "83.80", "−1.20"] in rows
    assert ["ปฏิบัติงานตามขั้นตอนและระยะเวลา", "EIT", "87.18", "+2.18"] in rows


def test_values_that_contradict_each_other_and_missing_ones_carry_notes(open_chapter: Open) -> None:
    table = issue_table(open_chapter("opdc", 2566))

    rows = cells(table)
    assert ["หน่วยงานมีช่องทางรับฟังคำติชมหรือความคิดเห็น", "EIT", "92.37ก", "+7.37"] in rows
    assert rows.count(["หน่วยงานมีช่องทางให้ร้องเรียนการทุจริตของเจ้าหน้าที่", "EIT", "87.27ข", "+2.27"]) == 2
    assert ["รายงานผลการดำเนินงานประจำปี", "OIT", "–ค", "–"] in rows
    assert isinstance(table, Table)
    for note in ("รายงานระบุ 98.56 ไว้อีกแห่งหนึ่ง", "รายงานระบุ 97.59 ไว้อีกแห่งหนึ่ง", "ไม่ปรากฏคะแนนในรายงาน"):
        assert table.html.count(note) == 1
    assert "ซึ่งยังไม่ได้เทียบกับคู่มือการประเมิน" in table.html


def test_the_chart_of_opdc_2566_says_what_it_shows(open_chapter: Open) -> None:
    drawn = issue_chart(open_chapter("opdc", 2566, "thai"))

    assert isinstance(drawn, Chart)
    assert drawn.label == "fig-opdc-2566-issues"
    assert "แกนคะแนนตัดช่วงระหว่าง ๐ กับ ๖๐" in drawn.caption
    assert "ประเด็นที่ ๖ (๖ จาก ๑๐ ข้อ)" in drawn.alt
    assert drawn.alt.endswith("คะแนนต่ำสุดคือ ๐.๐๐ ได้แก่ ๓ ข้อ")
    assert len(drawn.alt) < ALT_LIMIT


def test_a_chart_is_the_same_for_the_same_data(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566)

    assert issue_chart(chapter) == issue_chart(chapter)


@pytest.mark.parametrize(
    ("agency", "year"), [("bgo", 2563), ("bgo", 2564), ("banpaen", 2563), ("opdc", 2565), ("rawiang", 2568)]
)
def test_a_year_without_a_confirmed_assignment_says_so(open_chapter: Open, agency: str, year: int) -> None:
    chapter = open_chapter(agency, year)

    assert issue_sentence(chapter).markdown == (
        f"การจัดข้อของแบบวัดเข้าตามประเด็นสำหรับผลการประเมินปีงบประมาณ พ.ศ.\u00a0{year} ยังไม่มีแหล่งยืนยัน จึงไม่แสดงคะแนนตามประเด็น"
    )
    assert issue_chart(chapter) == issue_table(chapter) == Text("")


def test_a_report_without_item_scores_says_so(open_chapter: Open) -> None:
    chapter = with_items(open_chapter("opdc", 2566), lambda _: None)

    assert issue_sentence(chapter).markdown.startswith("ไม่ปรากฏคะแนนรายข้อที่จัดเข้าตามประเด็นได้ในรายงานของสำนักงาน")
    assert issue_chart(chapter) == issue_table(chapter) == Text("")


def test_where_every_item_reaches_the_target_none_is_listed(open_chapter: Open) -> None:
    chapter = with_items(
        open_chapter("opdc", 2566),
        lambda row: replace(row, printed="85", value=D(85)) if row.value is not None else None,
    )

    said = issue_sentence(chapter).markdown
    assert "พบว่าทุกข้อที่ปรากฏคะแนนได้คะแนนถึงเกณฑ์ผ่าน 85\u00a0คะแนน ดังแสดงใน" in said
    assert "\n" not in said
    assert ["เบิกจ่ายเงินเป็นเท็จ", "IIT", "85.00", "0.00"] in cells(issue_table(chapter))


def test_where_no_issue_is_without_exceptions_a_tie_names_all(open_chapter: Open) -> None:
    chosen = {"Q&A", "เบิกจ่ายเงินเป็นเท็จ"}
    chapter = with_items(
        open_chapter("opdc", 2566), lambda row: replace(row, printed="0", value=D(0)) if row.title in chosen else None
    )

    said = issue_sentence(chapter).markdown
    assert (
        "ทุกประเด็นที่ปรากฏคะแนนมีข้อที่ได้คะแนนต่ำกว่าเกณฑ์ผ่าน 85\u00a0คะแนน ได้แก่ ประเด็นที่\u00a03 ช่องทางประชาสัมพันธ์ "
        "และประเด็นที่\u00a05 งบประมาณและจัดซื้อจัดจ้าง (ประเด็นละ 1\u00a0ข้อ)"
    ) in said
    assert "ทั้งนี้ ไม่นับ 5\u00a0ประเด็นที่ไม่ปรากฏคะแนนของข้อใด" in said
    assert "Q\\&A (OIT 0.00)" in said
    assert ["ไม่ปรากฏข้อของประเด็นนี้ในรายงาน", "–", "–", "–"] in cells(issue_table(chapter))


def test_items_told_by_pass_or_fail_carry_a_note(open_chapter: Open) -> None:
    chapter = with_items(
        open_chapter("opdc", 2566),
        lambda row: replace(row, printed="", value=None, result="pass") if row.instrument == "OIT" else row,
    )
    table = issue_table(chapter)

    assert isinstance(table, Table)
    assert table.html.count("รายงานระบุเพียงว่าผ่านหรือไม่ผ่าน คิดเป็น 100 หรือ 0 คะแนน") == 1


def test_items_under_no_issue_are_told(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566)
    other = replace(chapter.result.items[-1], title="ข้อที่ไม่มีในเอกสาร", where="อื่น")
    more = replace(chapter, result=replace(chapter.result, items=(*chapter.result.items, other)))

    assert "และ 1\u00a0ข้อที่ยังไม่ได้จัดเข้าประเด็นใด" in issue_sentence(more).markdown


@pytest.mark.parametrize(
    ("scores", "first", "ticks"),
    [
        (["0", "69.67", "100"], 60, [0, 60, 70, 80, 90, 100]),
        (["69.67", "100"], 60, [60, 70, 80, 90, 100]),
        (["49.99", "0"], 0, [0, 20, 40, 60, 80, 100]),
        (["0"], 70, [0, 70, 80, 90, 100]),
        (["100"], 70, [70, 80, 90, 100]),
    ],
)
def test_the_axis_is_cut_only_where_nothing_is_lost(scores: list[str], first: int, ticks: list[int]) -> None:
    values = [D(score) for score in scores]
    scale = scale_of(values, D(85))

    assert (int(scale.first), scale.ticks) == (first, ticks)
    assert all(scale.place(value) == float(value) for value in values if value > 0)


def test_marks_that_touch_are_one_but_never_across_the_target() -> None:
    scores = ["84.58", "85.22", "80.11", "80.16", "97.07"]
    items = [IssueItem("IIT", "", score, Figure(D(score), printed=True)) for score in scores]
    together = [[str(value) for value in held] for held in clusters(items, Scale(D(60), zeros=False), D(85))]

    assert together == [["80.11", "80.16"], ["84.58"], ["85.22"], ["97.07"]]
