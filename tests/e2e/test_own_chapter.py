"""A notebook of the analyst's own becomes a chapter: the cells and the lines of YAML that README shows."""

import re
import subprocess
import sys

import nbformat
import pypdfium2
import pytest
import yaml

from itabook.data.project import Project
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

HEADING = "**สมุดบันทึกของคุณเองเป็นบทหนึ่งของเล่ม**"


def shown_in_readme(language: str) -> str:
    """The first block of code of a language below the heading."""
    below = (ROOT / "README.md").read_text(encoding="utf-8").partition(HEADING)[2]
    found = re.search(rf"^```{language}\n(.*?)^```$", below, re.DOTALL | re.MULTILINE)
    assert found, language
    return found[1]


def write_notebook(project: Project, name: str, text: str) -> None:
    """A notebook of the cells that `# %%` begins; [parameters] beside it is the tag."""
    cells = []
    for part in re.split(r"^# %%", text, flags=re.MULTILINE)[1:]:
        mark, _, source = part.partition("\n")
        tags = {"tags": ["parameters"]} if "[parameters]" in mark else {}
        cells.append(nbformat.v4.new_code_cell(source.strip(), metadata=tags))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), project.notebooks / f"{name}.ipynb")


def test_the_notebook_that_readme_shows_becomes_a_chapter(project: Project) -> None:
    (chapter,) = yaml.safe_load(shown_in_readme("yaml"))
    write_notebook(project, chapter["notebook"], shown_in_readme("python"))
    book = yaml.safe_load((project.books / "annual.yml").read_text(encoding="utf-8"))
    book |= {"agency-years": ["bgo/2564", "opdc/2566"], "chapters": [chapter]}
    (project.books / "annual.yml").write_text(yaml.safe_dump(book, allow_unicode=True), encoding="utf-8")
    command = [sys.executable, "-m", "itabook", "build", "annual", "--renderer", "builtin"]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    for slug, scores in {"bgo-2564": ("91.21", "86.78"), "opdc-2566": ("90.47", "94.98")}.items():
        page = (project.outputs / "book" / f"sec-{slug}-my_chapter.html").read_text(encoding="utf-8")
        text = re.sub(r"<[^>]*>", "", page)
        assert [part for part in ("บทของฉัน", "คะแนนรายตัวชี้วัด", *scores) if part not in text] == []
    pdf = pypdfium2.PdfDocument(project.outputs / "book" / "itabook.pdf")
    assert any("บทของฉัน" in mark.get_title() for mark in pdf.get_toc())
