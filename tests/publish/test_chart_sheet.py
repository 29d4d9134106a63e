"""The charts of a page in one file; drawings of another hand stay as they are."""

from pathlib import Path

from itabook.publish.chart_sheet import gather_charts

HEAD = '<defs><style type="text/css">*{stroke-linejoin: round}</style></defs>'
LETTER = '<path id="r1f1" d="m0 0h9z"/>'


def chart(height: float, drawn: str) -> str:
    size = f'width="453.6pt" height="{height}pt" viewBox="0 0 453.6 {height}"'
    return f'<svg {size} xmlns="http://www.w3.org/2000/svg" version="1.1">{HEAD}{drawn}</svg>'


def page_with(folder: Path, **drawings: str) -> Path:
    (folder / "media").mkdir()
    for name, svg in drawings.items():
        (folder / "media" / f"{name}.svg").write_text(svg, encoding="utf-8")
    page = folder / "sec-a.html"
    page.write_text("".join(f'<img\nsrc="media/{name}.svg" alt="ก" />' for name in drawings), encoding="utf-8")
    return page


def test_a_letter_of_two_charts_is_written_once(tmp_path: Path) -> None:
    page = page_with(
        tmp_path,
        one=chart(100, f'<g><defs>{LETTER}</defs><use href="#r1f1"/></g>'),
        two=chart(50.4, f'<g><defs>{LETTER}</defs><use href="#r1f1"/><path d="M0 0L1 1"/></g>'),
    )
    gather_charts(page)

    sheet = (tmp_path / "media" / "sec-a.svg").read_text(encoding="utf-8")
    assert (sheet.count(LETTER), sheet.count("<use")) == (1, 2)
    assert '<view id="two" viewBox="0 101 453.6 50.4"/>' in sheet
    assert page.read_text(encoding="utf-8") == (
        '<img src="media/sec-a.svg#one" width="605" height="133" alt="ก" />'
        '<img src="media/sec-a.svg#two" width="605" height="67" alt="ก" />'
    )
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["sec-a.svg"]


def test_a_drawing_of_another_hand_stays_a_file_of_its_own(tmp_path: Path) -> None:
    page = page_with(tmp_path, own='<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    before = page.read_text(encoding="utf-8")
    gather_charts(page)

    assert page.read_text(encoding="utf-8") == before
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["own.svg"]
