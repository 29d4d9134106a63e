"""What assets/quarto-pages.lua does to the pages of Quarto, and words.lua to the parts of its PDF; no Quarto is needed."""

import json
import os
import re
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
<a href="x.html" class="sidebar-link"><span class="menu-text"><span class="chapter-number">6</span>&nbsp; <span>แบบวัด</span></span></a>
<div class="sidebar-title mb-0 py-0"><a href="./">แบบวัด</a></div>
<h1 class="title">ความโปร่งใส</h1>
<div class="quarto-title-meta">
  <div>
  <div class="quarto-title-meta-heading">หน่วยงานผู้จัดทำ</div>
  <div class="quarto-title-meta-contents">
    <p>สำนักงาน </p>
  </div>
  </div>
</div>
</body>
"""
PIECES = "before\tพ.ศ.\nunits\t\nแบบวัด\tแบบวัด\nความโปร่งใส\tความโปร่งใส\n"
INDEX = [{"href": f"index.html{place}", "text": "รูป"} for place in ("", "#list-of-figures", "#list-of-tables", "#x")]
NAME = 'กรม *ก* $x$ <b>ข</b> {{< env HOME >}} @a "q" #h & ฯ'


def finished(folder: Path, digits: str, name: str = "page.html") -> str:
    """The page after Quarto has called the script as it does: in the project, with the pages in the environment."""
    (folder / "outputs").mkdir()
    (folder / "outputs/book.yml").write_text(
        f"book: {{}}\nitabook:\n  digits: {digits}\n  date: 1 ตุลาคม พ.ศ. 2569\n", encoding="utf-8"
    )
    (folder / "outputs/pieces.txt").write_text(PIECES, encoding="utf-8")
    (folder / "search.json").write_text(json.dumps(INDEX), encoding="utf-8")
    page = folder / name
    page.write_text(PAGE, encoding="utf-8")
    command = [pypandoc.get_pandoc_path(), "lua", str(ROOT / "assets/quarto-pages.lua")]
    told = {"QUARTO_PROJECT_OUTPUT_FILES": str(page), "QUARTO_PROJECT_OUTPUT_DIR": str(folder)}
    subprocess.run(command, cwd=folder, env={**os.environ, **told}, check=True)
    return page.read_text(encoding="utf-8")


def test_a_page_is_read_offline_and_its_titles_are_as_typed(tmp_path: Path) -> None:
    page = finished(tmp_path, "arabic")
    assert "cdn.jsdelivr.net" not in page
    assert "<title>6&nbsp; บท – กรม &lt;b&gt; *ก*</title>" in page
    assert '<nav aria-label="ตำแหน่งในรายงาน"><ol class="breadcrumb"><li>กรม &lt;b&gt; *ก*</li>' in page
    assert 'aria-label="กรม &quot;ก&quot;"' in page


def test_words_of_titles_and_of_the_side_list_are_kept_whole(tmp_path: Path) -> None:
    page = finished(tmp_path, "arabic")
    assert '<span class="chapter-number">6</span>&nbsp; <span><t-w>แบบวัด</t-w></span></span></a>' in page
    assert '<a href="./"><t-w>แบบวัด</t-w></a></div>' in page
    assert '<h1 class="title"><t-w>ความโปร่งใส</t-w></h1>' in page
    assert "<t-w>" not in "".join(re.findall("<title>.*</title>", page))


@pytest.mark.parametrize(("name", "times"), [("index.html", 1), ("page.html", 0)])
def test_the_front_page_has_the_date_after_the_author(tmp_path: Path, name: str, times: int) -> None:
    page = finished(tmp_path, "arabic", name)
    date = r"สำนักงาน </p>\s*</div>\s*</div><div>.*<p>1 ตุลาคม พ\.ศ\.\u00a02569</p></div></div>"
    assert len(re.findall(date, page)) == times


def test_search_does_not_find_figures_in_the_lists_of_them(tmp_path: Path) -> None:
    finished(tmp_path, "arabic")
    assert json.loads((tmp_path / "search.json").read_text(encoding="utf-8")) == [INDEX[0], INDEX[3]]


def test_pages_take_the_script_of_the_charts(tmp_path: Path) -> None:
    script = (ROOT / "assets/charts.js").read_text(encoding="utf-8")
    assert finished(tmp_path, "arabic").endswith(f"<script>{script}</script>\n</body>\n")


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
