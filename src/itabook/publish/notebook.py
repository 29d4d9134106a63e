"""Executed notebooks and .qmd files as Pandoc Markdown: cells and kinds of output as Quarto chooses them."""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat import NotebookNode

from itabook.language import tr
from itabook.publish.errors import PublishError
from itabook.publish.project import Target
from itabook.words import one_line

_ORDER: Mapping[Target, tuple[str, ...]] = {
    "html": ("text/html", "text/markdown", "image/svg+xml", "image/png", "text/plain"),
    "typst": ("text/markdown", "image/svg+xml", "image/png", "text/html", "text/plain"),
}
HEADING = re.compile(r"^# +(?P<title>.*?)[ \t]*(?:\{(?P<attributes>[^{}]*)\})?[ \t]*$", re.MULTILINE)
_ID = re.compile(r"#([^\s{}#.]+)")
_OPTION = re.compile(r"^#\| ?(.*)$")


@dataclass(frozen=True, slots=True)
class ChapterText:
    """One chapter as Markdown, with the identifier of its heading."""

    id: str
    markdown: str


def read_chapter(path: Path, target: Target, media: Path, defaults: Mapping[str, Any]) -> ChapterText:
    """Reads one chapter for one target.

    Args:
        path: an executed .ipynb file, or Markdown (.qmd, .md).
        target: which kind of output is preferred.
        media: existing folder that takes the images.
        defaults: options that hold where a cell says nothing (echo, output, include).

    Raises:
        PublishError: the notebook was not executed, holds an error, or the chapter has no title.
    """
    is_notebook = path.suffix == ".ipynb"
    text = "\n\n".join(_notebook(path, target, media, defaults)) if is_notebook else read_markdown(path)
    heading = HEADING.search(text)
    if heading is None:
        raise PublishError(tr("{file}: บทไม่มีชื่อ · วิธีแก้: ขึ้นต้นบทด้วย # ชื่อบท {{#sec-…}}", file=path.name))
    attributes = heading["attributes"] or ""
    found = _ID.search(attributes)
    chapter_id = found[1] if found else path.stem
    if found:
        return ChapterText(chapter_id, text)
    named = f"# {heading['title']} {{#{chapter_id} {attributes}}}"
    return ChapterText(chapter_id, text[: heading.start()] + named + text[heading.end() :])


def _notebook(path: Path, target: Target, media: Path, defaults: Mapping[str, Any]) -> Iterator[str]:
    for number, cell in enumerate(read_cells(path), start=1):
        if cell.cell_type == "markdown":
            yield cell.source
        elif cell.cell_type == "code":
            yield from _code_cell(cell, _Place(path, number, target, media), defaults)


def read_cells(path: Path) -> list[NotebookNode]:
    """The cells of an executed notebook. PublishError where it cannot be read or was not run."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:
        raise PublishError(
            tr("{file}: อ่านสมุดงานไม่ได้ · วิธีแก้: รันสมุดงานใหม่ ({error})", file=path.name, error=error)
        ) from error
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    if code and not any(cell.outputs or cell.execution_count for cell in code):
        raise PublishError(tr("{file}: สมุดงานยังไม่ได้รัน · วิธีแก้: สั่ง itabook build", file=path.name))
    cells: list[NotebookNode] = notebook.cells
    return cells


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cell stands and what is made of it."""

    path: Path
    cell: int
    target: Target
    media: Path


def _code_cell(cell: NotebookNode, place: _Place, defaults: Mapping[str, Any]) -> Iterator[str]:
    options, source = cell_options(cell, defaults, tr("{file} เซลล์ที่ {cell}", file=place.path.name, cell=place.cell))
    for output in cell.outputs:
        if output.output_type == "error":
            message = tr(
                "{file} เซลล์ที่ {cell}: {error}: {said}",
                file=place.path.name,
                cell=place.cell,
                error=output.ename,
                said=output.evalue,
            )
            raise PublishError(tr("{message} · วิธีแก้: แก้สมุดงานแล้วรันใหม่", message=message))
    if options["include"] is False:
        return
    if options["echo"] and source.strip():
        yield _fence("python", source)
    if options["output"] is False:
        return
    shown = [text for i, out in enumerate(cell.outputs) if (text := _output(out, i, options, place))]
    label = str(options.get("label", ""))
    if shown and label.startswith(("fig-", "tbl-")):
        kind = "fig" if label.startswith("fig-") else "tbl"
        caption = _attribute(options.get(f"{kind}-cap", ""))
        yield f"::: {{#{label} .float cap={caption}}}"
        yield from shown
        yield ":::"
    else:
        yield from shown


def cell_options(cell: NotebookNode, defaults: Mapping[str, Any], where: str) -> tuple[dict[str, Any], str]:
    """Cell options from metadata and from `#|` comments, which win; and the source without those comments.

    PublishError, naming `where`, for comments that are no YAML.
    """
    lines = cell.source.splitlines()
    comments = []
    while lines and (match := _OPTION.match(lines[0])):
        comments.append(match[1])
        lines.pop(0)
    try:
        written = yaml.safe_load("\n".join(comments)) or {}
    except yaml.YAMLError as error:
        message = tr("{where}: ตัวเลือก #| ไม่ใช่ YAML · วิธีแก้: ใส่เครื่องหมายคำพูดรอบค่า", where=where)
        raise PublishError(f"{message} ({error})") from error
    return {"echo": True, "output": True, "include": True, **defaults, **cell.metadata, **written}, "\n".join(lines)


def _output(output: NotebookNode, number: int, options: Mapping[str, Any], place: _Place) -> str:
    """One output as Markdown, empty where the target can show none of its kinds."""
    if output.output_type == "stream":
        return str(output.text) if options["output"] == "asis" else _fence("", output.text)
    for kind in _ORDER[place.target]:
        if kind not in output.data:
            continue
        value = output.data[kind]
        value = "".join(value) if isinstance(value, list) else str(value)
        if kind == "text/markdown":
            return value
        if kind == "text/plain":
            return _fence("", value)
        if kind == "text/html" and (place.target == "html" or "<table" in value):
            return _fence("{=html}", value)
        if kind.startswith("image/"):
            return _image(value, kind, number, options, place)
    return ""


def _image(value: str, kind: str, number: int, options: Mapping[str, Any], place: _Place) -> str:
    ending, data = (".svg", value.encode()) if kind == "image/svg+xml" else (".png", base64.b64decode(value))
    name = f"{place.path.stem}-{place.cell}-{number}{ending}"
    (place.media / name).write_bytes(data)
    alt = _attribute(options.get("fig-alt") or options.get("fig-cap") or "")
    return f"![](<{place.media.name}/{name}>){{alt={alt}}}"


def _fence(kind: str, text: str) -> str:
    """A fenced block longer than any row of backticks inside."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{kind}\n{text.rstrip()}\n{fence}"


def _attribute(value: object) -> str:
    """Plain text as a quoted attribute of Pandoc Markdown."""
    text = one_line(str(value))
    return '"' + text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') + '"'


def read_markdown(path: Path) -> str:
    """A Markdown file, the title of its front matter as its heading."""
    text = path.read_text(encoding="utf-8")
    match = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if match is None:
        return text
    title = (yaml.safe_load(match[1]) or {}).get("title")
    return (f"# {title}\n\n" if title else "") + text[match.end() :]
