"""The bare canvas: what is measured, and that nothing stands outside the figure."""

import io
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from itabook.domain.facts import RespondentCount, Response
from itabook.domain.figure_data import FigureData
from itabook.report import (
    certainty_bars,
    contribution_waterfall,
    indicator_bars,
    issue_chart,
    respondent_bars,
    response_bars,
    view_dumbbell,
)
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Chart
from itabook.report.display import Text as Answer
from itabook.report.drawing import DIGIT, LINE, POINTS, Side, canvas, draw_text, widest, wrapped
from itabook.report.legend import legend
from itabook.report.style import use_style
from tests.report.conftest import Open

LONG = "ผู้มีส่วนได้ส่วนเสียภายนอกซึ่งมาติดต่อในนามของหน่วยงานของรัฐ รัฐวิสาหกิจ หรือองค์การมหาชนในพื้นที่"


@pytest.fixture(autouse=True)
def style() -> None:
    use_style()


def test_a_text_is_as_wide_as_it_is_drawn() -> None:
    figure, axes = canvas(1)
    draw_text(axes, 1, 0.5, LONG, size=9)

    assert extent(texts(figure)[0]).width / POINTS == pytest.approx(widest([LONG], 9), abs=0.05)


@pytest.mark.parametrize("side", ["left", "center", "right"])
@pytest.mark.parametrize("weight", ["normal", "semibold"])
def test_a_text_stands_where_matplotlib_would_set_it(side: Side, weight: str) -> None:
    places = []
    for own in (True, False):
        figure, axes = canvas(1)
        if own:
            draw_text(axes, 3, 0.5, "คะแนนรวม", size=10, ha=side, fontweight=weight)
        else:
            baseline = 0.5 + 10 * DIGIT / 2 / POINTS
            axes.text(3, baseline, "คะแนนรวม", size=10, ha=side, va="baseline", weight=weight)
        svg = io.StringIO()
        figure.savefig(svg, format="svg")
        places += re.findall(r"translate\(([\d.]+) ([\d.]+)\) scale\(0\.1 ", svg.getvalue())

    assert len(places) == 2
    assert places[0] == places[1]


def test_a_long_text_is_broken_between_words() -> None:
    lines = wrapped(LONG, 9, 2.3)

    assert lines == [
        "ผู้มีส่วนได้ส่วนเสียภายนอกซึ่งมาติดต่อ",
        "ในนามของหน่วยงานของรัฐ รัฐวิสาหกิจ หรือ",
        "องค์การมหาชนในพื้นที่",
    ]
    assert wrapped("บุคคลทั่วไป", 9, 2.3) == ["บุคคลทั่วไป"]


CHARTS: tuple[Callable[[AgencyYearChapter], Chart | Answer], ...] = (
    indicator_bars,
    respondent_bars,
    certainty_bars,
    contribution_waterfall,
    view_dumbbell,
    issue_chart,
    response_bars,
)
"""Those on the bare canvas."""


def drawn(monkeypatch: pytest.MonkeyPatch, chapter: AgencyYearChapter) -> dict[str, Figure]:
    """The figures of the charts of a chapter, by what their labels call them."""
    figures: dict[str, Figure] = {}

    def kept(figure: Figure, *, label: str, caption: str, alt: str, data: FigureData) -> Chart:
        figures[label.rpartition("-")[2]] = figure
        figure.savefig(io.BytesIO(), format="svg")
        return Chart("", label, caption, alt, data)

    for function in CHARTS:
        monkeypatch.setattr(sys.modules[function.__module__], "chart", kept)
        function(chapter)
    return figures


def texts(figure: Figure) -> list[Text]:
    return [text for axes in figure.axes if isinstance(axes, Axes) for text in axes.texts]


def extent(text: Text) -> Bbox:
    """Where a text stands in SVG, in points, as matplotlib measures it."""
    return text.get_window_extent(RendererSVG(1000, 1000, io.StringIO()))  # type: ignore[no-untyped-call]


def misplaced(figure: Figure) -> list[str]:
    """The texts that stand outside the figure or on another one."""
    boxes = [(text.get_text(), extent(text)) for text in texts(figure)]
    (left, foot), (right, top) = figure.bbox.get_points()
    outside = [
        text
        for text, box in boxes
        if box.x0 < left - 1 or box.x1 > right + 1 or box.y0 < foot - 1 or box.y1 > top + 1
    ]  # fmt: skip
    return outside + [
        f"{text} on {other}"
        for number, (text, box) in enumerate(boxes)
        for other, below in boxes[:number]
        if box.shrunk(0.9, 0.5).overlaps(below.shrunk(0.9, 0.5))
    ]


@pytest.mark.parametrize("digits", ["arabic", "thai"])
@pytest.mark.parametrize(
    ("key", "charts"),
    [
        (("bgo", 2563), []),
        (("bgo", 2564), ["indicators", "respondents", "certainty"]),
        (("banpaen", 2563), ["indicators", "certainty", "responses"]),
        (("opdc", 2565), ["indicators"]),
        (("opdc", 2566), ["indicators", "contributions", "views", "issues"]),
        (("rawiang", 2568), ["indicators"]),
    ],
)
def test_no_text_of_a_chart_stands_outside_the_figure_or_on_another(
    open_chapter: Open, monkeypatch: pytest.MonkeyPatch, key: tuple[str, int], charts: list[str], digits: str
) -> None:
    figures = drawn(monkeypatch, open_chapter(*key, digits))

    assert list(figures) == charts
    for figure in figures.values():
        assert len(texts(figure)) > 20
        assert not misplaced(figure)


def scored(chapter: AgencyYearChapter, change: Callable[[D], D]) -> AgencyYearChapter:
    """The chapter with other scores of its items."""
    items = tuple(
        replace(row, value=change(row.value), printed=str(change(row.value))) if row.value is not None else row
        for row in chapter.result.items
    )
    return replace(chapter, result=replace(chapter.result, items=items))


@pytest.mark.parametrize(
    "change",
    [lambda _: D("0.00"), lambda _: D("100.00"), lambda score: score / 10, lambda score: 100 - score],
    ids=["none", "all", "a tenth", "upside down"],
)
def test_scores_at_the_ends_of_the_scale_leave_the_texts_apart(
    open_chapter: Open, monkeypatch: pytest.MonkeyPatch, change: Callable[[D], D]
) -> None:
    figures = drawn(monkeypatch, scored(open_chapter("opdc", 2566), change))

    assert {"views", "issues"} <= set(figures)
    assert not [text for figure in figures.values() for text in misplaced(figure)]


@pytest.mark.parametrize("shares", [
    ("98.0", "2.0", "0.0", "0.0"), ("0.0", "0.0", "2.0", "98.0"), ("1.0", "2.0", "1.0", "96.0"), ("3.0", "0.0", "94.0", "3.0"),
])  # fmt: skip
def test_figures_of_narrow_bars_stand_beside_or_over_them(
    open_chapter: Open, monkeypatch: pytest.MonkeyPatch, shares: tuple[str, ...]
) -> None:
    chapter = open_chapter("banpaen", 2563)
    labels = ("น้อยที่สุดหรือไม่มีเลย", "น้อย", "มาก", "มากที่สุด")
    rows = [
        Response(code, label, share, D(share), None, "")
        for code in ("I7", "I8")
        for label, share in zip(labels, shares, strict=True)
    ]
    figure = drawn(monkeypatch, replace(chapter, result=replace(chapter.result, items=(), responses=tuple(rows))))[
        "responses"
    ]

    assert [text.get_text() for text in texts(figure)].count(f"{D(max(shares)):.2f}") == 2
    assert not misplaced(figure)


def test_a_legend_goes_on_in_the_next_line_where_one_is_full() -> None:
    names = legend(["IIT บุคลากรภายใน", "EIT ผู้รับบริการภายนอก", LONG[:60]], ["ลดลง"])

    assert [(entry.name[:3], entry.line) for entry in names.entries] == [("IIT", 0), ("EIT", 0), ("ผู้", 1), ("ลดล", 2)]
    assert names.height == pytest.approx(3 * LINE)


@pytest.mark.parametrize("rows", [
    [RespondentCount("EIT", "contact", LONG, "female", 1200, ""), RespondentCount("EIT", "contact", "อื่น ๆ", "male", 1, "")],
    [RespondentCount("IIT", "age", "20 - 30 ปี", "female", 0, "")],
])  # fmt: skip
def test_long_names_and_empty_tables_leave_room_for_the_bars(
    open_chapter: Open, monkeypatch: pytest.MonkeyPatch, rows: list[RespondentCount]
) -> None:
    chapter = open_chapter("bgo", 2564)
    figure = drawn(monkeypatch, replace(chapter, result=replace(chapter.result, respondents=tuple(rows))))[
        "respondents"
    ]

    for text in texts(figure):
        assert figure.bbox.x0 <= extent(text).x0
        assert extent(text).x1 <= figure.bbox.x1
