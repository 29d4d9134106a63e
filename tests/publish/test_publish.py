"""What is refused, what stays in place then, and how Quarto is found."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from nbformat.v4 import new_output

from itabook.publish import PublishError, find_quarto, publish
from itabook.publish.notebook import read_chapter
from itabook.publish.project import read_book

from .conftest import SVG, code, text, write_notebook


def markdown(folder: Path, *cells: object, target: str = "html") -> str:
    path = folder / "chapter.ipynb"
    write_notebook(path, [text("# บท"), *cells])  # type: ignore[list-item]
    (folder / "media").mkdir(exist_ok=True)
    return read_chapter(path, "typst" if target == "typst" else "html", folder / "media", {"echo": False}).markdown


def test_dangling_reference_names_chapter_and_reference_and_keeps_the_last_book(
    project: Path, add_cell: Callable[..., None]
) -> None:
    publish(project, renderer="builtin", formats=["html"])
    before = (project / "outputs/book/index.html").read_bytes()
    add_cell(text("ดู @fig-nowhere และ @tbl-none"))
    with pytest.raises(PublishError, match=r"a-2565\.ipynb: อ้างถึง @fig-nowhere") as caught:
        publish(project, renderer="builtin", formats=["html"])
    assert "@tbl-none" in str(caught.value)
    assert (project / "outputs/book/index.html").read_bytes() == before
    assert not list((project / "outputs").glob(".book-*"))


def test_label_used_twice_is_refused(project: Path, add_cell: Callable[..., None]) -> None:
    add_cell(code({"image/svg+xml": SVG}, label="fig-b-2566"))
    with pytest.raises(PublishError, match="fig-b-2566 ซ้ำ"):
        publish(project, renderer="builtin", formats=["html"])


def test_error_output_fails_with_notebook_and_cell(project: Path, add_cell: Callable[..., None]) -> None:
    cell = code({})
    cell.outputs = [new_output("error", ename="ValueError", evalue="ไม่มีข้อมูล", traceback=[])]
    add_cell(cell)
    with pytest.raises(PublishError, match=r"a-2565\.ipynb เซลล์ที่ 7: ValueError: ไม่มีข้อมูล"):
        publish(project, renderer="builtin")


def test_notebook_that_was_not_run_is_refused(project: Path, add_cell: Callable[..., None]) -> None:
    cell = code({}, label="x")
    cell.outputs, cell.execution_count = [], None
    write_notebook(project / "outputs/notebooks/b-2566.ipynb", [text("# บท"), cell])
    with pytest.raises(PublishError, match="ยังไม่ได้รัน"):
        publish(project, renderer="builtin")


def test_missing_chapter_is_named(project: Path) -> None:
    (project / "outputs/notebooks/b-2566.ipynb").unlink()
    with pytest.raises(PublishError, match=r"b-2566\.ipynb"):
        publish(project, renderer="builtin")


def test_chapter_outside_the_project_is_refused(project: Path) -> None:
    settings = project / "outputs/book.yml"
    settings.write_text("book: {chapters: [../x.qmd]}", encoding="utf-8")
    with pytest.raises(PublishError, match=r"\.\./x\.qmd"):
        publish(project, renderer="builtin")


def test_comments_win_over_metadata(tmp_path: Path) -> None:
    cell = code({"image/svg+xml": SVG}, label="fig-old", **{"fig-cap": "เก่า"})
    cell.source = '#| label: fig-new\n#| fig-cap: "ใหม่: \\"ก\\""\nshow()'
    assert '::: {#fig-new .float cap="ใหม่: \\"ก\\""}' in markdown(tmp_path, cell)


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, "ผล"),
        ({"include": False}, ""),
        ({"output": False}, ""),
        ({"echo": True}, "show()"),
    ],
)
def test_cell_options(tmp_path: Path, options: dict[str, bool], shown: str) -> None:
    body = markdown(tmp_path, code({"text/markdown": "ผล"}, **options)).replace("# บท {#chapter }", "").strip()
    assert shown in body
    assert bool(body) is bool(shown)


def test_streams_are_blocks_unless_as_is(tmp_path: Path) -> None:
    cell = code({})
    cell.outputs = [new_output("stream", name="stdout", text="**ก**")]
    assert "```\n**ก**\n```" in markdown(tmp_path, cell)
    cell.metadata["output"] = "asis"
    assert "```" not in markdown(tmp_path, cell)


def test_html_without_a_table_gives_way_in_typst(tmp_path: Path) -> None:
    cell = code({"text/html": "<p>x</p>", "text/plain": "คำ"})
    assert "<p>" in markdown(tmp_path, cell)
    assert "<p>" not in markdown(tmp_path, cell, target="typst")


def fake_quarto(folder: Path, version: str) -> Path:
    program = folder / "quarto"
    program.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def test_old_quarto_is_refused(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO_PATH", str(fake_quarto(tmp_path, "1.8.25")))
    with pytest.raises(PublishError, match=r"Quarto 1\.8\.25 เก่าเกินไป"):
        publish(project, renderer="quarto")
    told: list[str] = []
    done = publish(project, formats=["html"], report=told.append)
    assert done.renderer == "builtin"
    assert any("1.8.25 เก่าเกินไป" in line for line in told)


def test_quarto_path_that_leads_nowhere_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO_PATH", "/nowhere/quarto")
    with pytest.raises(PublishError, match="QUARTO_PATH=/nowhere/quarto"):
        publish(project)


def test_quarto_is_found_by_variable_and_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_quarto() is None
    fake_quarto(tmp_path, "1.10.18")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    found = find_quarto()
    assert found is not None
    assert found.version == "1.10.18"
    assert found.is_new_enough


def test_quarto_is_asked_for_by_name(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(PublishError, match="ไม่พบ Quarto"):
        publish(project, renderer="quarto")


def test_quarto_can_be_run_by_hand_after_the_built_in_renderer(project: Path) -> None:
    publish(project, renderer="builtin", formats=["html"])
    pieces = (project / "outputs/pieces.txt").read_text(encoding="utf-8").splitlines()
    assert "ทั้งหมดนี้คือผลของหน่วยงาน" in [line.partition("\t")[0] for line in pieces]


@pytest.mark.skipif(find_quarto() is None, reason="no Quarto on this machine (PATH or QUARTO_PATH)")
def test_quarto_renders_the_same_project(project: Path) -> None:
    done = publish(project, renderer="quarto")
    assert done.html is not None
    assert done.pdf is not None
    assert done.pdf.exists()
    page = (done.html.parent / "outputs/notebooks/a-2565.html").read_text(encoding="utf-8")
    assert "รูปที่" in page
    assert "cdn.jsdelivr.net" not in page

    write_notebook(project / "outputs/notebooks/b-2566.ipynb", [text("# บท {#sec-b-2566}"), text("ดู @fig-nowhere")])
    with pytest.raises(PublishError, match=r"b-2566\.ipynb: อ้างถึง @fig-nowhere"):
        publish(project, renderer="quarto", formats=["html"])


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/b", "", ".hidden", "a\\b"])
def test_the_name_of_the_pdf_is_no_path(project: Path, name: str) -> None:
    own = {"book": {"output-file": name, "chapters": ["index.qmd"]}}

    with pytest.raises(PublishError, match="output-file"):
        read_book(project, own)


@pytest.mark.parametrize("key", ["filters", "metadata-files"])
@pytest.mark.parametrize("name", ["../evil", "/etc/passwd"])
def test_settings_lead_to_no_file_outside_the_project(project: Path, key: str, name: str) -> None:
    settings = project / "_quarto.yml"
    content = yaml.safe_load(settings.read_text(encoding="utf-8"))
    settings.write_text(yaml.safe_dump({**content, key: [*content.get(key, []), name]}), encoding="utf-8")

    with pytest.raises(PublishError, match="นอกโครงการ"):
        read_book(project)
