"""The board edition: its texts, its decisions, its greys."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.domain.facts import Measure
from itabook.domain.figure_data import FigureData
from itabook.report.board import annex_head, attachments, background, causes, doubts, proposal
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart, Table, Text
from itabook.report.greys import AREAS, DARK, LIGHT, MIDDLE, brightness, grey_of, in_greys
from itabook.report.indicators import indicator_bars
from itabook.report.resolutions import MOST, decision_table, decisions
from tests.report.conftest import Open


def measure(text: str, *scope: str, kind: str = "recommendation", responsible: str = "", period: str = "") -> Measure:
    return Measure(kind, scope, "", text, "", period, responsible, "", "")


def with_measures(chapter: AgencyYearChapter, *rows: Measure) -> AgencyYearChapter:
    return replace(chapter, result=replace(chapter.result, measures=rows))


def without(chapter: AgencyYearChapter, *scopes: str) -> AgencyYearChapter:
    """The chapter without the scores of some scopes."""
    scores = tuple(row for row in chapter.result.scores if row.scope not in scopes)
    return replace(chapter, result=replace(chapter.result, scores=scores))


def test_the_head_has_its_five_fields_in_the_digits_of_the_book(open_chapter: Open) -> None:
    head = annex_head(open_chapter("bgo", 2564, "thai"), agenda="4.2", meeting="3/2569", presenter=" ")

    assert head.fields == (
        ("วาระที่", "๔.๒"), ("เรื่อง", ""), ("การประชุมครั้งที่", "๓/๒๕๖๙"), ("วันที่", ""), ("ผู้เสนอ", ""),
    )  # fmt: skip


def test_the_head_is_a_form_on_screen_and_paper_and_takes_nothing_as_code(open_chapter: Open) -> None:
    data, _ = annex_head(open_chapter("bgo", 2564), subject='<b>"x"</b> #y')._repr_mimebundle_()

    assert "<dt>เรื่อง</dt> <dd>&lt;b&gt;&quot;x&quot;&lt;/b&gt; #y</dd>" in data["text/html"]
    assert (
        '[เรื่อง]{.cell} [\\<b\\>\\"x\\"\\</b\\> \\#y]{.cell}\n\n[การประชุมครั้งที่]{.cell} []{.cell}' in data["text/markdown"]
    )
    assert "วันที่ ....." in data["text/plain"]


def test_background_names_ita_the_year_before_and_the_report(open_chapter: Open) -> None:
    said = background(open_chapter("bgo", 2564)).markdown

    assert "เป็นการประเมินประจำปีของสำนักงาน ป.ป.ช. ประกอบด้วยสามแบบวัด" in said
    assert "ในปีงบประมาณ พ.ศ.\u00a02563 องค์การสวนพฤกษศาสตร์ ได้คะแนนรวม 45.69 คะแนน" in said
    assert "เอกสารนี้สรุปผลของปีงบประมาณ พ.ศ.\u00a02564 จากเอกสาร “สรุปผลการดำเนินงาน" in said


def test_background_without_the_year_before_says_so(open_chapter: Open) -> None:
    chapter = open_chapter("rawiang", 2568)
    assert "ยังไม่มีผลการประเมินของปีก่อนหน้าขององค์การบริหารส่วนตำบลระเวียงให้เปรียบเทียบ" in background(chapter).markdown


def test_background_with_a_year_before_that_has_no_total(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)
    assert chapter.previous is not None
    silent = replace(chapter, previous=replace(chapter.previous, scores=()))

    assert "ในปีงบประมาณ พ.ศ.\u00a02563 ไม่ปรากฏคะแนนรวมในรายงานขององค์การสวนพฤกษศาสตร์" in background(silent).markdown


def test_figures_that_contradict_the_report_are_named(open_chapter: Open) -> None:
    assert doubts(open_chapter("opdc", 2566)).markdown.startswith(
        "ข้อควรทราบ: ตัวเลขที่รายงานพิมพ์สำหรับ EIT และผลต่างของ EIT ขัดกับตัวเลขอื่นในรายงานฉบับเดียวกัน"
    )
    assert doubts(open_chapter("bgo", 2564)) == Text("")


def test_causes_are_a_short_list_and_nothing_where_there_are_none(open_chapter: Open) -> None:
    said = causes(open_chapter("banpaen", 2563)).markdown
    assert said.splitlines() == [
        "รายงานของหน่วยงานระบุสาเหตุไว้ดังนี้", "",
        r"- ขั้นตอนการยืมอาจมีมากเกินไป ไม่เหมาะสม หรือยุ่งยาก",
        r"- ข้อมูลที่เสนอเพื่อตรวจเข้าถึงจาก URL ในเว็บไซต์หลักโดยตรงไม่ได้",
    ]  # fmt: skip
    assert causes(open_chapter("rawiang", 2568)) == Text("")

    many = with_measures(open_chapter("bgo", 2564), *(measure(f"เหตุ {n}", kind="cause") for n in range(6)))
    assert causes(many).markdown.endswith("- เหตุ 3\n\nและอีก 2 ข้อในรายงานวิเคราะห์ฉบับเต็ม")


def test_measures_come_first_then_recommendations_on_weak_indicators_that_they_leave_out(open_chapter: Open) -> None:
    found = decisions(open_chapter("banpaen", 2563))

    assert [(row.kind, row.scope) for row in found.rows] == [
        ("measure", ("9", "10")), ("measure", ("4",)), ("measure", ("8",)), ("measure", ()),
        ("recommendation", ("6",)), ("recommendation", ("2",)), ("recommendation", ("3",)), ("recommendation", ("5",)),
    ]  # fmt: skip
    assert (found.measures, found.open) == (4, 4)


def test_recommendations_that_name_who_is_responsible_come_before_others(open_chapter: Open) -> None:
    rows = decisions(open_chapter("bgo", 2564)).rows

    assert [bool(row.responsible) for row in rows] == [True] * 6 + [False] * 2
    assert [row.scope for row in rows[6:]] == [("4",), ("3",)]


def test_equal_texts_are_one_row_and_those_left_out_are_counted(open_chapter: Open) -> None:
    rows = [measure("ก", "9"), measure("ก", "10"), *(measure(f"ข{n}", "5") for n in range(MOST + 2))]
    found = decisions(with_measures(open_chapter("banpaen", 2563), *rows))

    assert len(found.rows) == MOST
    assert (found.rows[0].text, found.more) == ("ก", 3)


@given(
    st.lists(
        st.builds(
            measure,
            st.sampled_from("กขคงจ"),
            st.sampled_from(["1", "5", "9", "OIT", "issue-2"]),
            kind=st.sampled_from(["measure", "recommendation", "long-term", "weakness"]),
            responsible=st.sampled_from(["", "สำนักปลัด"]),
        ),
        max_size=30,
    )
)
def test_rows_are_those_of_the_report_each_text_once(open_chapter: Open, rows: list[Measure]) -> None:
    chapter = with_measures(open_chapter("banpaen", 2563), *rows)
    found = decisions(chapter)
    texts = [row.text for row in found.rows]

    assert set(found.rows) <= {row for row in rows if row.kind != "weakness"}
    assert len(texts) == len(set(texts)) <= MOST
    assert bool(texts) == any(row.kind != "weakness" for row in rows)


def cells_of(shown: Table | Text) -> list[list[str]]:
    assert isinstance(shown, Table)
    body = shown.html[shown.html.index("<tbody") : shown.html.index("</tbody>")]
    return [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]


def test_the_table_has_room_for_the_resolution_of_the_meeting(open_chapter: Open) -> None:
    shown = decision_table(open_chapter("banpaen", 2563, "thai"))
    first, *_, last = cells_of(shown)

    vote = "(\u00a0\u00a0\u00a0)\u00a0เห็นชอบ (\u00a0\u00a0\u00a0)\u00a0ปรับแก้"
    assert first == [
        "๑", "ตรวจและต่ออายุเว็บไซต์ภายในกำหนด และเปิดข้อมูลสู่ประชาชน (ตัวชี้วัดที่\u00a0๙, ตัวชี้วัดที่\u00a0๑๐)",
        "กองวิชาการและแผนงาน", "เดือน ม.ค.๖๔ ถึง เม.ย. ๖๔", vote,
    ]  # fmt: skip
    assert (last[0], last[2:]) == ("๘", ["", "", vote])
    assert isinstance(shown, Table)
    for said in ("มติที่ประชุม", "ช่องว่างคือรายงานไม่ได้ระบุ", "อีก ๑๕ รายการ อยู่ในรายงานวิเคราะห์ฉบับเต็ม"):
        assert said in shown.html


def test_a_column_that_the_report_leaves_blank_gives_room_to_the_text(open_chapter: Open) -> None:
    blank, filled = (decision_table(open_chapter(agency, year)) for agency, year in (("bgo", 2564), ("banpaen", 2563)))

    assert isinstance(blank, Table)
    assert isinstance(filled, Table)
    assert [re.findall(r"width: ?(\d+)%", shown.html)[-5:] for shown in (blank, filled)] == [
        ["5", "44", "19", "15", "17"],
        ["5", "33", "19", "26", "17"],
    ]


def test_text_of_a_spreadsheet_is_no_html(open_chapter: Open) -> None:
    shown = decision_table(with_measures(open_chapter("bgo", 2564), measure("<script>x</script>")))

    assert isinstance(shown, Table)
    assert "<script>" not in shown.html


def asked(chapter: AgencyYearChapter) -> list[str]:
    return proposal(chapter).markdown.splitlines()[2:]


def test_the_meeting_is_asked_to_note_to_approve_and_to_name_who_and_when(open_chapter: Open) -> None:
    assert asked(open_chapter("banpaen", 2563, "thai")) == [
        "1. **รับทราบ** ผลการประเมินของเทศบาลตำบลบ้านแป้น ปีงบประมาณ พ.ศ.\u00a0๒๕๖๓ คะแนนรวม ๕๖.๕๒ คะแนน อยู่ในระดับ D",
        "2. **พิจารณาเห็นชอบ** มาตรการ ๔ รายการ และข้อเสนอแนะ ๔ รายการ ตาม[@tbl-banpaen-2563-decisions]",
        "3. **กำหนด** ผู้รับผิดชอบหรือระยะเวลาของ ๔ รายการที่รายงานยังไม่ได้ระบุครบ",
    ]


def test_recommendations_without_measures_are_to_become_measures(open_chapter: Open) -> None:
    second, third, _ = asked(open_chapter("bgo", 2564))[1:]

    assert second == "2. **พิจารณาเห็นชอบ** ข้อเสนอแนะ 8 รายการ ตาม[@tbl-bgo-2564-decisions]"
    assert third.startswith("3. **มอบหมาย** หน่วยงานที่รับผิดชอบจัดทำข้อเสนอแนะที่เห็นชอบแล้วเป็นมาตรการ")


def test_without_anything_to_decide_the_weak_indicators_are_named(open_chapter: Open) -> None:
    chapter = with_measures(open_chapter("rawiang", 2568))

    assert decision_table(chapter) == Text("")
    assert asked(chapter)[1] == (
        "2. **มอบหมาย** หน่วยงานที่รับผิดชอบจัดทำมาตรการสำหรับตัวชี้วัดที่ต่ำกว่าเกณฑ์ผ่าน 85 คะแนน ได้แก่ "
        "การเปิดเผยข้อมูล และการป้องกันการทุจริต เสนอที่ประชุมครั้งต่อไป เนื่องจากไม่ปรากฏมาตรการและข้อเสนอแนะในรายงาน"
    )


def test_where_all_indicators_reach_the_target_the_result_is_to_be_kept(open_chapter: Open) -> None:
    said = asked(with_measures(open_chapter("opdc", 2566)))[1]
    assert "จัดทำมาตรการรักษาผลการประเมินของปีต่อไป ทุกตัวชี้วัดได้คะแนนถึงเกณฑ์ผ่าน 85 คะแนนแล้ว" in said


def test_without_scores_the_meeting_notes_what_there_is(open_chapter: Open) -> None:
    chapter = without(with_measures(open_chapter("bgo", 2564)), "total", "indicator", "instrument")

    assert asked(chapter) == [
        "1. **รับทราบ** ผลการประเมินขององค์การสวนพฤกษศาสตร์ ปีงบประมาณ พ.ศ.\u00a02564 เท่าที่ปรากฏในรายงาน ซึ่งไม่มีคะแนนรวม",
        "2. **มอบหมาย** หน่วยงานที่รับผิดชอบวิเคราะห์ผลและจัดทำมาตรการ เสนอที่ประชุมครั้งต่อไป เนื่องจากไม่ปรากฏมาตรการและข้อเสนอแนะในรายงาน",
    ]


def test_a_computed_total_is_said_to_be_computed(open_chapter: Open) -> None:
    assert asked(open_chapter("rawiang", 2568))[0].endswith(
        "คะแนนรวมที่คำนวณจากสิบตัวชี้วัด 86.38 คะแนน อยู่ในระดับผ่าน เมื่อเทียบกับเกณฑ์ของปี"
    )


def test_the_report_and_the_full_analysis_are_attached(open_chapter: Open) -> None:
    first, second = attachments(open_chapter("rawiang", 2568, "thai")).markdown.splitlines()

    assert first == "1. การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร ขององค์การบริหารส่วนตำบลระเวียง เผยแพร่ พ.ศ.\u00a0๒๕๖๙"
    assert second.startswith("2. รายงานวิเคราะห์ผลการประเมิน ITA ฉบับเต็มขององค์การบริหารส่วนตำบลระเวียง")


COLOURS = re.compile(r"#[0-9a-f]{6}")


def grey(colour: str) -> bool:
    return len({colour[1:3], colour[3:5], colour[5:7]}) == 1


def test_a_chart_in_greys_has_no_colour_and_keeps_its_words(open_chapter: Open) -> None:
    coloured = indicator_bars(open_chapter("opdc", 2566))
    shown = in_greys(coloured)

    assert isinstance(coloured, Chart)
    assert isinstance(shown, Chart)
    assert (shown.alt, shown.caption, shown.label) == (coloured.alt, coloured.caption, coloured.label)
    assert any(not grey(colour) for colour in COLOURS.findall(coloured.svg))
    assert all(grey(colour) for colour in COLOURS.findall(shown.svg))
    for area, times in ((DARK, 6), (MIDDLE, 4), (LIGHT, 3)):  # bars and their square in the legend
        assert shown.svg.count(f'style="fill: {area}; ') == times
    assert shown.svg.count(f"fill: {LIGHT}; stroke: {DARK}; stroke-width: 0.6") == 3


def test_what_is_no_chart_stays(open_chapter: Open) -> None:
    assert in_greys(Text("ไม่มี")) == Text("ไม่มี")
    bare = indicator_bars(without(open_chapter("bgo", 2564), "indicator"))
    assert in_greys(bare) == Text("")


def contrast(one: str, other: str) -> float:
    high, low = sorted((brightness(one), brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_neighbouring_areas_have_a_contrast_of_three_to_one() -> None:
    assert contrast(DARK, MIDDLE) >= 3
    assert contrast(MIDDLE, LIGHT) >= 3
    assert contrast("#ffffff", MIDDLE) >= 3
    assert set(AREAS.values()) == {DARK, MIDDLE, LIGHT}


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_any_colour_becomes_the_grey_of_its_brightness(parts: tuple[int, int, int]) -> None:
    colour = "#" + "".join(f"{part:02x}" for part in parts)

    assert grey(grey_of(colour))
    assert brightness(grey_of(colour)) == pytest.approx(brightness(colour), abs=0.005)


def test_letters_and_lines_are_never_lost_on_white() -> None:
    svg = '<g style="fill: #801650"><path d=""/></g><path style="fill: none; stroke: #801650; stroke-width: 2"/>'
    shown = in_greys(Chart(svg, "fig-x", "", "", FigureData(("ก",), ())))

    assert isinstance(shown, Chart)
    assert all(contrast("#ffffff", colour) >= 3 for colour in COLOURS.findall(shown.svg))
    assert "stroke-width: 2" in shown.svg
    assert len(COLOURS.findall(shown.svg)) == 2
