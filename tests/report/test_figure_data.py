"""Every chart tells the data that it draws: the figures of the reports, and nothing that is masked."""

from dataclasses import replace
from decimal import Decimal

import pytest

from itabook.domain.figure_data import DATA_KEY, Value
from itabook.report.bands import level_band
from itabook.report.certainty_figures import certainty_bars
from itabook.report.demographics import respondent_bars
from itabook.report.display import METADATA_KEY, Chart, Text
from itabook.report.indicators import indicator_bars
from itabook.report.issue_chart import issue_chart
from itabook.report.responses import response_bars
from itabook.report.views import view_dumbbell
from itabook.report.waterfall import contribution_waterfall
from tests.report.conftest import Open


def rows_of(shown: Chart | Text) -> list[dict[str, Value]]:
    assert isinstance(shown, Chart)
    return [dict(zip(shown.data.columns, row, strict=True)) for row in shown.data.rows]


def test_data_travel_beside_label_and_caption(open_chapter: Open) -> None:
    shown = indicator_bars(open_chapter("bgo", 2564))

    assert isinstance(shown, Chart)
    data, metadata = shown._repr_mimebundle_()
    assert set(data) == {"image/svg+xml", "text/plain"}
    assert metadata[METADATA_KEY][DATA_KEY] == shown.data.to_plain()


def test_indicators_beside_last_years(open_chapter: Open) -> None:
    rows = rows_of(indicator_bars(open_chapter("opdc", 2566)))

    assert len(rows) == 10
    assert rows[2] == {
        "ตัวชี้วัด": "3 การใช้อำนาจ",
        "แบบวัด": "IIT",
        "คะแนน": Decimal("87.61"),
        "เกณฑ์ผ่าน": Decimal(85),
        "คะแนนปี 2565": Decimal("89.40"),
        "เปลี่ยนแปลง": Decimal("-1.79"),
    }


def test_the_waterfall_ends_at_the_total(open_chapter: Open) -> None:
    rows = rows_of(contribution_waterfall(open_chapter("opdc", 2566)))
    points = [row["ผลต่อคะแนนรวม"] for row in rows]

    assert rows[0]["คะแนนรวมสะสม"] == Decimal("92.62")
    assert rows[-2]["คะแนนรวมสะสม"] == rows[-1]["คะแนนรวมสะสม"] == Decimal("90.47")
    assert sum(point for point in points if isinstance(point, Decimal)) == Decimal("-2.15")


def test_answers_of_a_question_fill_a_hundred(open_chapter: Open) -> None:
    rows = [row for row in rows_of(response_bars(open_chapter("banpaen", 2563))) if row["ข้อ"] == "I7"]

    assert {row["คะแนนของข้อ"] for row in rows} == {Decimal("68.94")}
    shares = [row["ร้อยละของผู้ตอบ"] for row in rows]
    assert Decimal("54.84") in shares
    assert abs(sum((share for share in shares if isinstance(share, Decimal)), Decimal(-100))) < Decimal("0.05")


def test_other_charts_of_a_chapter(open_chapter: Open) -> None:
    chapter = open_chapter("opdc", 2566)
    levels = rows_of(level_band(chapter))
    certainty = rows_of(certainty_bars(open_chapter("bgo", 2564)))
    views, issues = rows_of(view_dumbbell(chapter)), rows_of(issue_chart(chapter))

    assert (levels[0]["รายการ"], levels[0]["คะแนน"]) == ("คะแนนรวม ปี 2566", Decimal("90.47"))
    assert (levels[-1]["รายการ"], levels[-1]["ตั้งแต่"], levels[-1]["ถึง"]) == ("ระดับ ผ่านดีเยี่ยม", 95, 100)
    assert certainty[0]["คะแนน"] == Decimal("86.78")
    assert views[0]["IIT ลบ EIT"] == Decimal("-3.38")
    assert len({row["ประเด็นที่"] for row in issues}) == 7


COUNTS = ("หญิง", "ชาย", "อื่น ๆ", "รวม (คน)")


@pytest.mark.parametrize("masked", [False, True])
def test_what_is_masked_in_the_chart_is_masked_in_its_data(open_chapter: Open, masked: bool) -> None:
    rows = rows_of(respondent_bars(replace(open_chapter("bgo", 2564), mask=masked)))
    counts = {
        (row["จำแนกตาม"], row["กลุ่ม"]): tuple(row[name] for name in COUNTS)
        for row in rows
        if row["ผู้ตอบ"] == "ผู้รับบริการภายนอก (EIT)"
    }

    assert counts["อายุ", "31 - 40 ปี"] == (20, 7, 0, 27)
    assert counts["อายุ", "51 - 60 ปี"] == (("×", "×", "×", 5) if masked else (2, 3, 0, 5))
    assert counts["อายุ", "ต่ำกว่า 20 ปี"] == (("×",) * 4 if masked else (1, 1, 0, 2))


def test_what_is_not_printed_is_nothing(open_chapter: Open) -> None:
    rows = rows_of(respondent_bars(replace(open_chapter("bgo", 2564), mask=True)))
    contact = [row for row in rows if (row["ผู้ตอบ"], row["จำแนกตาม"]) == ("บุคลากรภายใน (IIT)", "การติดต่อหน่วยงาน")]

    assert contact
    assert {row[name] for row in contact for name in COUNTS} == {None}
