"""Charts made light: the same drawing, a fraction of the bytes."""

import io
import re

import pypdfium2
import pytest
import typst
from matplotlib.figure import Figure
from PIL import Image, ImageChops

from itabook.report.drawing import canvas, draw_bars, draw_text
from itabook.report.style import use_style
from itabook.report.svg import lighter

WORDS = "ตัวชี้วัดที่ 6 ปรับปรุงคุณภาพการดำเนินงาน ฐาน กู้ ญี่ปุ่น 87.35 (OIT)"


def drawn() -> str:
    use_style()
    figure, axes = canvas(1.2)
    draw_bars(axes, [(0.1, 5.123456, 0.2, 0.4, "#12436d")])
    draw_text(axes, 0.1, 0.6, WORDS, size=9)
    draw_text(axes, 6.2, 0.9, WORDS, size=10.5, ha="right", fontweight="semibold")
    return written(figure)


def written(figure: Figure) -> str:
    svg = io.StringIO()
    figure.savefig(svg, format="svg")
    return re.sub(r"<\?xml.*?<svg", "<svg", svg.getvalue(), count=1, flags=re.DOTALL)


def on_paper(svg: str) -> Image.Image:
    """What Typst makes of a drawing, at twice the size of a screen."""
    source = f"#set page(width: 460pt, height: 90pt, margin: 0pt)\n#image(bytes({quoted(svg)}), width: 453.6pt)"
    with pypdfium2.PdfDocument(typst.compile(source.encode(), format="pdf")) as pdf:
        picture: Image.Image = pdf[0].render(scale=4 * 2 * 96 / 72, grayscale=True).to_pil()
    return picture.reduce(4)  # pdfium puts the edges of upright letters on whole pixels


def most(picture: Image.Image) -> int:
    return max(picture.tobytes())


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@pytest.fixture(scope="module")
def svg() -> str:
    return drawn()


def test_a_drawing_looks_the_same_in_less_than_half_the_bytes(svg: str) -> None:
    light = lighter(svg)
    before, after = on_paper(svg), on_paper(light)

    assert len(light) < len(svg) / 2
    assert most(ImageChops.invert(before)) > 195, "nothing is drawn"
    assert most(ImageChops.difference(before, after)) <= 80  # the edge of a letter by a part of a pixel


def test_another_drawing_is_told_apart(svg: str) -> None:
    moved = re.sub(r'(<use href="#r1d0") x="\d+"', r'\1 x="9"', lighter(svg), count=1)

    assert moved != lighter(svg)
    assert most(ImageChops.difference(on_paper(lighter(svg)), on_paper(moved))) > 120


def test_styles_stay_as_they_are_written_and_names_are_told_no_more(svg: str) -> None:
    light = lighter(svg)

    assert re.findall(r'style="[^"]*"', light) == re.findall(r'style="[^"]*"', svg)
    assert not re.search(r"\n|<!--|<metadata|xlink|Sarabun|\.\d{3}", light)
    assert set(re.findall(r'href="#(\w+)"', light)) == set(re.findall(r'<path id="(\w+)"', light))


def test_a_clip_that_cuts_something_stays() -> None:
    figure = Figure(figsize=(3, 2))
    axes = figure.add_axes((0.2, 0.2, 0.5, 0.5))
    axes.plot([0, 5], [0, 5])
    axes.set_xlim(0, 2)
    light = lighter(written(figure))

    (name,) = re.findall(r'<clipPath id="(\w+)">', light)
    assert f'clip-path="url(#{name})"' in light
