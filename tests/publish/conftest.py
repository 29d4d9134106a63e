"""A small project of two chapters, made anew for tests that change it and once for those that only read."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from itabook.publish import Published, publish

ROOT = Path(__file__).parents[2]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="60" height="30"/></svg>'
TABLE = """<div id="abc" style="padding-left:0px;"><style>#abc table { color: red; }</style>
<table class="gt_table"><thead><tr class="gt_col_headings"><th class="gt_col_heading gt_left" id="n">ตัวชี้วัด</th>
<th class="gt_col_heading gt_right" id="v">คะแนน</th></tr></thead><tbody class="gt_table_body">
<tr class="gt_group_heading_row"><th class="gt_group_heading" colspan="2" id="g">IIT</th></tr>
<tr><td class="gt_row gt_left" headers="n">การปฏิบัติหน้าที่</td><td class="gt_row gt_right">94.98</td></tr>
<tr><td class="gt_row gt_left" style="font-weight: bold;">รวม</td><td class="gt_row gt_right">90.47</td></tr></tbody>
<tfoot><tr class="gt_sourcenotes"><td class="gt_sourcenote" colspan="2">ที่มา: รายงาน</td></tr></tfoot></table></div>"""
PANELS = "::: {.panels}\n[คะแนนรวม]{.cell} [90.47]{.cell} [ลดลง 2.15]{.cell}\n:::"


def code(data: dict[str, str], **options: object) -> NotebookNode:
    """A cell that was run and showed one output."""
    cell: NotebookNode = new_code_cell("show()", execution_count=1, metadata=options)
    cell.outputs = [new_output("display_data", data=data)]
    return cell


def text(markdown: str) -> NotebookNode:
    """A Markdown cell."""
    cell: NotebookNode = new_markdown_cell(markdown)
    return cell


def write_notebook(path: Path, cells: Sequence[NotebookNode]) -> None:
    """Writes an executed notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=list(cells)), path)


def sample_cells(slug: str, other: str) -> list[NotebookNode]:
    """A chapter with every kind of output, referring to another chapter."""
    figure = {"label": f"fig-{slug}", "fig-cap": "คะแนนรายตัวชี้วัด", "fig-alt": "แผนภูมิแท่ง"}
    return [
        text(f"# หน่วยงาน {slug} {{#sec-{slug}}}"),
        code({"text/html": '<div class="panels">แผงบนเว็บ</div>', "text/markdown": PANELS, "text/plain": "P"}),
        text("## ผลคะแนน\n\nทั้งหมดนี้คือผลของหน่วยงาน"),
        code({"text/markdown": f"ดู @fig-{slug} และ @tbl-{slug} เทียบกับ @sec-{other} และ @fig-{other}"}),
        code({"image/svg+xml": SVG, "text/plain": "<Figure>"}, **figure),
        code({"text/html": TABLE, "text/plain": "GT"}, label=f"tbl-{slug}", **{"tbl-cap": "คะแนน"}),
    ]


def make_project(folder: Path, **book: object) -> Path:
    """Copies the files of the real project and adds two executed notebooks."""
    shutil.copytree(ROOT / "assets", folder / "assets")
    for name in ("_quarto.yml", "_language.yml", "index.qmd"):
        shutil.copyfile(ROOT / name, folder / name)
    write_notebook(folder / "outputs/notebooks/a-2565.ipynb", sample_cells("a-2565", "b-2566"))
    write_notebook(folder / "outputs/notebooks/b-2566.ipynb", sample_cells("b-2566", "a-2565"))
    chapters = [
        "index.qmd",
        {"part": "ส่วนราชการ", "chapters": ["outputs/notebooks/a-2565.ipynb"]},
        "outputs/notebooks/b-2566.ipynb",
    ]
    settings = {
        "book": {"title": "รายงานผล ITA", "author": "สำนักงาน", "output-file": "itabook", "chapters": chapters, **book},
        "itabook": {"digits": "arabic", "date": "21 พฤศจิกายน พ.ศ. 2569", "made": "21 พ.ย. 2569"},
    }
    (folder / "outputs/book.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that a test may change."""
    return make_project(tmp_path)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The sample book, published once by the built-in renderer."""
    return publish(make_project(tmp_path_factory.mktemp("book")), renderer="builtin")


@pytest.fixture
def add_cell(project: Path) -> Callable[..., None]:
    """Adds cells to the first chapter of the project."""

    def add(*cells: NotebookNode) -> None:
        write_notebook(project / "outputs/notebooks/a-2565.ipynb", [*sample_cells("a-2565", "b-2566"), *cells])

    return add
