"""The bare canvas: what is measured, and that nothing stands outside the figure."""

import io
from dataclasses import replace

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from itabook.domain.facts import RespondentCount
from itabook.report import indicator_bars, respondent_bars
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart
from itabook.report.drawing import canvas, draw_text, widest, wrapped
from itabook.report.style import use_style
from tests.report.conftest import Open

LONG = "ผู้มีส่วนได้ส่วนเสียภายนอกซึ่งมาติดต่อในนามของหน่วยงานของรัฐ รัฐวิสาหกิจ หรือองค์การมหาชนในพื้นที่"


@pytest.fixture(autouse=True)
def style() -> None:
    use_style()


def test_a_text_is_as_wide_as_it_is_drawn() -> None:
    figure, axes = canvas(1)
    draw_text(axes, 1, 0.5, LONG, size=9)
    figure.savefig(io.BytesIO(), format="svg")

    assert axes.texts[0].get_window_extent().width / figure.dpi == pytest.approx(widest([LONG], 9), abs=0.05)


def test_a_long_text_is_broken_between_words() -> None:
    lines = wrapped(LONG, 9, 2.3)

    assert lines == [
        "ผู้มีส่วนได้ส่วนเสียภายนอกซึ่งมาติดต่อ",
        "ในนามของหน่วยงานของรัฐ รัฐวิสาหกิจ หรือ",
        "องค์การมหาชนในพื้นที่",
    ]
    assert wrapped("บุคคลทั่วไป", 9, 2.3) == ["บุคคลทั่วไป"]


def drawn(monkeypatch: pytest.MonkeyPatch, chapter: AgencyYearChapter) -> list[Figure]:
    """The figures of both charts of a chapter."""
    figures: list[Figure] = []

    def kept(figure: Figure, *, label: str, caption: str, alt: str) -> Chart:
        figures.append(figure)
        figure.savefig(io.BytesIO(), format="svg")
        return Chart("", label, caption, alt)

    for module in ("indicators", "demographics"):
        monkeypatch.setattr(f"itabook.report.{module}.chart", kept)
    indicator_bars(chapter)
    respondent_bars(chapter)
    return figures


def texts(figure: Figure) -> list[Text]:
    return [text for axes in figure.axes if isinstance(axes, Axes) for text in axes.texts]


@pytest.mark.parametrize("digits", ["arabic", "thai"])
@pytest.mark.parametrize(("agency", "year"), [("bgo", 2564), ("opdc", 2566), ("banpaen", 2563), ("rawiang", 2568)])
def test_no_text_of_a_chart_stands_outside_the_figure_or_on_another(
    open_chapter: Open, monkeypatch: pytest.MonkeyPatch, agency: str, year: int, digits: str
) -> None:
    for figure in drawn(monkeypatch, open_chapter(agency, year, digits)):
        boxes = [text.get_window_extent() for text in texts(figure)]
        assert len(boxes) > 20
        assert all(figure.bbox.x0 - 1 <= box.x0 and box.x1 <= figure.bbox.x1 + 1 for box in boxes)
        assert all(figure.bbox.y0 - 1 <= box.y0 and box.y1 <= figure.bbox.y1 + 1 for box in boxes)
        overlaps = [
            (a, b) for n, a in enumerate(boxes) for b in boxes[:n] if a.shrunk(0.9, 0.5).overlaps(b.shrunk(0.9, 0.5))
        ]
        assert not overlaps


@pytest.mark.parametrize("rows", [
    [RespondentCount("EIT", "contact", LONG, "female", 1200, ""), RespondentCount("EIT", "contact", "อื่น ๆ", "male", 1, "")],
    [RespondentCount("IIT", "age", "20 - 30 ปี", "female", 0, "")],
])  # fmt: skip
def test_long_names_and_empty_tables_leave_room_for_the_bars(
    open_chapter: Open, monkeypatch: pytest.MonkeyPatch, rows: list[RespondentCount]
) -> None:
    chapter = open_chapter("bgo", 2564)
    figure = drawn(monkeypatch, replace(chapter, result=replace(chapter.result, respondents=tuple(rows))))[1]

    for text in texts(figure):
        assert figure.bbox.x0 <= text.get_window_extent().x0
        assert text.get_window_extent().x1 <= figure.bbox.x1
