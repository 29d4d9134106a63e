"""What assets/quarto-pages.lua does to the pages of Quarto, and words.lua to the parts of its PDF; no Quarto is needed."""

import os
import subprocess
from pathlib import Path

import pypandoc
import pytest

from itabook.publish.project import read_book
from itabook.words import escape_title

from .conftest import ROOT, make_project

PAGE = r"""<title>6&nbsp; บท – กรม &amp;lt;b&amp;gt; \*ก\*</title>
<script src="https://cdn.jsdelivr.net/x.js" crossorigin="anonymous"></script>
<nav aria-label="breadcrumb"><ol class="breadcrumb"><li>กรม &lt;b&gt; \*ก\*</li></ol></nav>
<span class="chapter-number">6</span> ข้อ 42
<a href="#fig-a" class="quarto-xref">รูปที่&nbsp;<span>6.12</span></a>
<div aria-describedby="caption-1">
<img src="a.svg"></div>
<div aria-describedby="caption-2"><table></table></div>
<a class="pagination-link" aria-label="กรม \&quot;ก\&quot;">ถัดไป</a>
"""
NAME = 'กรม *ก* $x$ <b>ข</b> {{< env HOME >}} @a "q" #h & ฯ'


def finished(folder: Path, digits: str) -> str:
    """The page after Quarto has called the script as it does: in the project, with the pages in the environment."""
    (folder / "outputs").mkdir()
    (folder / "outputs/book.yml").write_text(f"book: {{}}\nitabook:\n  digits: {digits}\n", encoding="utf-8")
    page = folder / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    command = [pypandoc.get_pandoc_path(), "lua", str(ROOT / "assets/quarto-pages.lua")]
    subprocess.run(command, cwd=folder, env={**os.environ, "QUARTO_PROJECT_OUTPUT_FILES": str(page)}, check=True)
    return page.read_text(encoding="utf-8")


def test_a_page_is_read_offline_and_its_titles_are_as_typed(tmp_path: Path) -> None:
    page = finished(tmp_path, "arabic")
    assert "cdn.jsdelivr.net" not in page
    assert "<title>6&nbsp; บท – กรม &lt;b&gt; *ก*</title>" in page
    assert '<nav aria-label="ตำแหน่งในรายงาน"><ol class="breadcrumb"><li>กรม &lt;b&gt; *ก*</li>' in page
    assert 'aria-label="กรม &quot;ก&quot;"' in page


def test_a_chart_has_a_box_that_the_keyboard_reaches(tmp_path: Path) -> None:
    page = finished(tmp_path, "arabic")
    assert '<div class="chart-box" tabindex="0" role="region" aria-labelledby="caption-1">\n<img' in page
    assert '<div aria-describedby="caption-2"><table>' in page


@pytest.mark.parametrize(("digits", "chapter", "reference"), [("arabic", "6", "6.12"), ("thai", "๖", "๖.๑๒")])
def test_numbers_that_quarto_makes_are_in_the_digits_of_the_book(
    tmp_path: Path, digits: str, chapter: str, reference: str
) -> None:
    page = finished(tmp_path, digits)
    assert f"<title>{chapter}&nbsp;" in page
    assert f'<span class="chapter-number">{chapter}</span> ข้อ 42' in page
    assert f"<span>{reference}</span>" in page
    assert 'href="#fig-a"' in page


def test_a_part_that_quarto_puts_in_the_pdf_unread_is_text(tmp_path: Path) -> None:
    (tmp_path / "pieces.txt").write_text("before\t\nunits\t\nกรม\tกรม\n", encoding="utf-8")
    block = f"```{{=typst}}\n#part[{NAME}]\n```\n"
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "typst", "--wrap=none"]
    command += ["--lua-filter", str(ROOT / "assets/filters/words.lua")]
    done = subprocess.run(command, cwd=tmp_path, input=block, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("#part[#box[กรม]; \\*ก\\* \\$x\\$")
    assert "\\@a" in done.stdout
    assert "\\#h" in done.stdout


def test_the_built_in_renderer_takes_the_texts_of_the_book_as_typed(tmp_path: Path) -> None:
    chapters = [{"part": escape_title(NAME), "chapters": ["outputs/notebooks/a-2565.ipynb"]}]
    book = read_book(make_project(tmp_path, title=escape_title(NAME), author=escape_title(NAME), chapters=chapters))
    shown = NAME.replace("{{< ", "{{<\u00a0").replace(" >}}", "\u00a0>}}")
    assert (book.title, book.author, book.chapters[0].part) == (shown,) * 3
