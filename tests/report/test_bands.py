"""The place of the total in the bands of the levels."""

from dataclasses import replace
from decimal import Decimal as D
from itertools import combinations

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure as MplFigure
from matplotlib.text import Text as Label
from matplotlib.transforms import BboxBase

from itabook.domain.facts import Score
from itabook.report import bands as module
from itabook.report.bands import level_band
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import ALT_LIMIT, Chart, Text
from itabook.words import Digits
from tests.report.conftest import Open

PRINTED = [("bgo", 2563), ("bgo", 2564), ("banpaen", 2563), ("opdc", 2565), ("opdc", 2566), ("rawiang", 2568)]


def with_total(chapter: AgencyYearChapter, *values: str) -> AgencyYearChapter:
    rows = tuple(Score("score", "total", "", "", value, D(value), "", str(n)) for n, value in enumerate(values))
    return replace(chapter, result=replace(chapter.result, scores=rows))


def boxes(chapter: AgencyYearChapter) -> tuple[dict[str, BboxBase], BboxBase]:
    """Where each label stands, and the edge of the figure, both in pixels."""
    drawn: list[MplFigure] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "chart", lambda figure, **_: drawn.append(figure))
        level_band(chapter)
    (figure,) = drawn
    labels: dict[str, BboxBase] = {
        item.get_text(): item.get_window_extent() for item in figure.findobj(Label) if item.get_text()
    }
    plt.close(figure)
    return labels, figure.bbox


def test_the_alternative_text_says_what_the_band_shows(open_chapter: Open) -> None:
    chart = level_band(open_chapter("bgo", 2564))

    assert isinstance(chart, Chart)
    assert chart.label == "fig-bgo-2564-bands"
    assert chart.caption == "คะแนนรวมในช่วงคะแนนของแต่ละระดับ ปีงบประมาณ พ.ศ.\u00a02564"
    assert chart.alt == (
        "แถบช่วงคะแนนของแต่ละระดับ F ตั้งแต่ 0 E ตั้งแต่ 50 D ตั้งแต่ 55 C ตั้งแต่ 65 B ตั้งแต่ 75 A ตั้งแต่ 85 AA ตั้งแต่ 95 "
        "คะแนนรวมปีงบประมาณ พ.ศ.\u00a02564 เท่ากับ 91.21 อยู่ในระดับ A ค่าเป้าหมาย 85 "
        "คะแนนรวม 45.69 (ปี 2563) ค่าเฉลี่ยประเทศ 81.25"
    )


def test_levels_that_ask_for_more_than_the_total_say_so(open_chapter: Open) -> None:
    chart = level_band(open_chapter("opdc", 2566, "thai"))

    assert isinstance(chart, Chart)
    assert "ผ่านดี และผ่าน ตั้งแต่ ๘๕" in chart.alt
    assert chart.alt.endswith("ผ่านดีเยี่ยม และผ่านดี: IIT EIT ทั้งสองส่วน และ OIT ต้องถึง ๙๕ และ ๘๕ ด้วย")
    assert chart.caption.endswith("ระดับของปี ๒๕๖๕ ใช้เกณฑ์ชุดอื่น")


def test_a_total_printed_otherwise_too_carries_a_mark(open_chapter: Open) -> None:
    chapter = with_total(open_chapter("banpaen", 2563), "56.52", "55.62")
    labels, _ = boxes(chapter)
    chart = level_band(chapter)

    assert "คะแนนรวม 56.52* (ปี 2563)" in labels
    assert isinstance(chart, Chart)
    assert chart.caption.endswith("* พิมพ์ 55.62 ไว้อีกแห่งหนึ่ง (คะแนนรวมปี 2563)")


def test_without_a_total_a_sentence_says_so(open_chapter: Open) -> None:
    assert level_band(with_total(open_chapter("banpaen", 2563))) == Text(
        "ไม่ปรากฏคะแนนรวมในปีงบประมาณ พ.ศ.\u00a02563 จึงไม่แสดงตำแหน่งในช่วงคะแนนของแต่ละระดับ"
    )


def test_levels_without_a_source_are_not_drawn(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)
    unsure = chapter.result.rules.levels.model_copy(update={"confidence": "unsure"})
    rules = chapter.result.rules.model_copy(update={"levels": unsure})

    assert level_band(replace(chapter, result=replace(chapter.result, rules=rules))) == Text(
        "เกณฑ์ระดับผลการประเมินของปีงบประมาณ พ.ศ.\u00a02564 ยังไม่มีแหล่งยืนยัน จึงไม่แสดงช่วงคะแนนของแต่ละระดับ"
    )


def assert_readable(chapter: AgencyYearChapter) -> None:
    labels, edge = boxes(chapter)
    for (name, box), (other, beside) in combinations(labels.items(), 2):
        assert not box.padded(-1).overlaps(beside.padded(-1)), f"{name} / {other}"
    for name, box in labels.items():
        assert edge.x0 <= box.x0, name
        assert box.x1 <= edge.x1, name
        assert edge.y0 <= box.y0, name
        assert box.y1 <= edge.y1, name


@pytest.mark.parametrize("digits", ["arabic", "thai"])
@pytest.mark.parametrize(("agency", "year"), PRINTED)
def test_no_label_is_cut_or_covered(open_chapter: Open, agency: str, year: int, digits: Digits) -> None:
    chapter = open_chapter(agency, year, digits)
    chart = level_band(chapter)

    assert_readable(chapter)
    assert isinstance(chart, Chart)
    assert 40 < len(chart.alt) <= ALT_LIMIT


@pytest.mark.parametrize("total", ["0.00", "3.00", "31.99", "45.69", "81.25", "99.99", "100.00"])
@pytest.mark.parametrize(("agency", "year"), [("bgo", 2564), ("opdc", 2566)])
def test_labels_stay_apart_wherever_the_total_stands(open_chapter: Open, agency: str, year: int, total: str) -> None:
    assert_readable(with_total(open_chapter(agency, year), total))


def test_the_same_data_draw_the_same_bytes(open_chapter: Open) -> None:
    first, second = (level_band(open_chapter("opdc", 2566)) for _ in range(2))

    assert first == second
