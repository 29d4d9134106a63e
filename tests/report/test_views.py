"""What a chapter says of the view from inside against the view from outside."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from itabook.domain.facts import ItemResult
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import ALT_LIMIT, Chart, Text
from itabook.report.views import view_dumbbell, view_sentence
from tests.report.conftest import Open


def test_opdc_2566_tells_who_scores_higher_and_where_most(open_chapter: Open) -> None:
    assert view_sentence(open_chapter("opdc", 2566)).markdown == (
        "รายงานระบุคะแนนของเรื่องที่แบบวัด IIT และ EIT ถามตรงกัน 3 เรื่อง "
        "บุคลากรภายใน (IIT) ให้คะแนนสูงกว่าผู้รับบริการภายนอก (EIT) 2 เรื่อง และผู้รับบริการภายนอกให้คะแนนสูงกว่า 1 เรื่อง "
        "เรื่องที่คะแนนต่างกันมากที่สุด (5.48 คะแนน) ได้แก่ “มุ่งผลสัมฤทธิ์ของงาน” (IIT 93.40 EIT 87.92 คะแนน) "
        "ดัง[@fig-opdc-2566-views]"
    )


def test_the_chart_says_the_same_in_words(open_chapter: Open) -> None:
    chart = view_dumbbell(open_chapter("opdc", 2566))

    assert isinstance(chart, Chart)
    assert chart.label == "fig-opdc-2566-views"
    assert "มุ่งผลสัมฤทธิ์ของงาน IIT 93.40 EIT 87.92" in chart.alt
    assert chart.caption.endswith("แกนคะแนนเริ่มที่ 70")
    assert len(chart.alt) <= ALT_LIMIT


@pytest.mark.parametrize(
    ("agency", "year", "said"),
    [
        ("banpaen", 2563, "รายงานของเทศบาลตำบลบ้านแป้นไม่ระบุคะแนนของทั้งสองฝ่าย"),
        ("rawiang", 2568, "ยังไม่มีแหล่งยืนยันว่าข้อคำถามใดของปีงบประมาณ พ.ศ.\u00a02568"),
        ("opdc", 2565, "ยังไม่มีแหล่งยืนยันว่าข้อคำถามใดของปีงบประมาณ พ.ศ.\u00a02565"),
    ],
)
def test_without_data_one_sentence_says_why(open_chapter: Open, agency: str, year: int, said: str) -> None:
    chapter = open_chapter(agency, year)

    assert view_sentence(chapter).markdown.startswith(said)
    assert view_dumbbell(chapter) == Text("")


def with_scores(chapter: AgencyYearChapter, internal: str, external: str) -> AgencyYearChapter:
    rows = (("IIT", 1, "I1", internal), ("EIT", 6, "E1", external))
    items = tuple(
        ItemResult(code, number, item, item, score, D(score), "", "", "ตาราง") for code, number, item, score in rows
    )
    return replace(chapter, result=replace(chapter.result, items=items))


def test_equal_views_are_said_to_be_equal_and_have_no_furthest(open_chapter: Open) -> None:
    chapter = with_scores(open_chapter("banpaen", 2563), "90.00", "90.00")

    assert view_sentence(chapter).markdown == (
        "รายงานระบุคะแนนของเรื่องที่แบบวัด IIT และ EIT ถามตรงกัน 1 เรื่อง ทั้งสองฝ่ายให้คะแนนเท่ากัน 1 เรื่อง "
        "ดัง[@fig-banpaen-2563-views]"
    )
    assert isinstance(view_dumbbell(chapter), Chart)


def test_an_axis_from_zero_is_not_noted(open_chapter: Open) -> None:
    chart = view_dumbbell(with_scores(open_chapter("banpaen", 2563), "12.00", "95.00"))

    assert isinstance(chart, Chart)
    assert "แกนคะแนน" not in chart.caption
