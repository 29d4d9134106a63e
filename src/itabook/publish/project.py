"""One book as `_quarto.yml`, its metadata files and `_language.yml` describe it: read once, never changed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from itabook.data.links import is_inside
from itabook.data.yaml_files import parse_yaml
from itabook.errors import DataError
from itabook.language import tr
from itabook.publish.errors import PublishError
from itabook.words import unescape

Target = Literal["html", "typst"]
OUTPUT = Path("outputs/book")
LISTS = Path("outputs/lists.json")
"""What `itabook.publish.lists` writes, for both renderers."""
OWN = "outputs/book.yml"
"""What belongs to one book: title, chapters, digits."""
_LATE = "post-render"
_NAME = re.compile(r"[\w\u0e00-\u0e7f-][\w\u0e00-\u0e7f. -]*")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: a file inside the project, and the part it stands in (empty outside of parts)."""

    path: Path
    part: str = ""


@dataclass(frozen=True, slots=True)
class BookProject:
    """What both renderers know of a book.

    Attributes:
        project: absolute path of the project, where `_quarto.yml` lies.
        title: plain text, as subtitle, author (organisation) and parts are; markdown in the file, as Quarto wants it.
        date: Thai text; taken from `itabook: date`, as Quarto takes dates of its own form only under `book`.
        made: the day it was made, short, in Thai.
        output_file: name of the PDF without its ending.
        lang: language tag of the text.
        digits: "thai" or "arabic", for numbers the renderer makes (pages, chapters, figures).
        short: whether it is one chapter on its own: without contents, chapter number and what stands elsewhere.
        annex: whether a short one is attached to an agenda: in greys, without a cover.
        chapters: in reading order, the front page first.
        execute: the `execute` options that hold for every cell.
        labels: the words of `_language.yml`.
        formats: the `format` section of `_quarto.yml`.
        filters: absolute paths of the Lua filters that come before numbers and references, in order.
        late_filters: those that see the finished text, captions among it (`at: post-render`).
    """

    project: Path
    title: str
    subtitle: str
    author: str
    date: str
    made: str
    output_file: str
    lang: str
    digits: str
    short: bool
    annex: bool
    chapters: tuple[Chapter, ...]
    execute: Mapping[str, Any]
    labels: Mapping[str, str]
    formats: Mapping[str, Mapping[str, Any]]
    filters: tuple[Path, ...]
    late_filters: tuple[Path, ...]

    @property
    def assets(self) -> Path:
        """Folder of templates, filters, style and script."""
        return self.project / "assets"


def read_book(project: Path, own: Mapping[str, Any] | None = None) -> BookProject:
    """Reads the book of a project.

    Args:
        project: folder that holds `_quarto.yml`.
        own: what stands in the place of the content of `outputs/book.yml`, which is then not read.

    Raises:
        PublishError: a file is missing or is no YAML mapping, a chapter, filter or metadata file is not a file of the
            project, or the name of the PDF is more than a name.
    """
    root = project.resolve()
    config = _read_yaml(root, "_quarto.yml")
    for name in config.get("metadata-files", []):
        config = _merge(config, own if own is not None and name == OWN else _read_yaml(root, name))
    book, itabook = config.get("book", {}), config.get("itabook", {})
    author = book.get("author", "")
    filters = [{"at": "", **(item if isinstance(item, dict) else {"path": item})} for item in config.get("filters", [])]
    return BookProject(
        project=root,
        title=unescape(str(book.get("title", ""))),
        subtitle=unescape(str(book.get("subtitle", ""))),
        author=unescape(", ".join(map(str, author)) if isinstance(author, list) else str(author)),
        date=str(itabook.get("date") or book.get("date", "")),
        made=str(itabook.get("made", "")),
        output_file=_file_name(str(book.get("output-file", "itabook"))),
        lang=str(config.get("lang", "th")),
        digits=str(itabook.get("digits", "arabic")),
        short=bool(itabook.get("short", False)),
        annex=bool(itabook.get("annex", False)),
        chapters=tuple(_chapters(root, book.get("chapters", []))),
        execute=config.get("execute", {}),
        labels=_read_yaml(root, "_language.yml"),
        formats=config.get("format", {}),
        filters=tuple(_inside(root, str(item["path"])) for item in filters if item["at"] != _LATE),
        late_filters=tuple(_inside(root, str(item["path"])) for item in filters if item["at"] == _LATE),
    )


def _read_yaml(root: Path, name: str) -> dict[str, Any]:
    path = _inside(root, name)
    try:
        loaded, _ = parse_yaml(path.read_text(encoding="utf-8"), name)
    except FileNotFoundError:
        message = tr("ไม่พบแฟ้ม {name} · วิธีแก้: สั่ง itabook build ที่โฟลเดอร์ของโครงการ", name=name)
        raise PublishError(message) from None
    except (DataError, UnicodeDecodeError) as error:
        raise PublishError(
            tr("{name}: อ่านแฟ้มไม่ได้ · วิธีแก้: แก้ไขให้เป็น YAML ที่ถูกต้อง ({error})", name=name, error=error)
        ) from error
    if not isinstance(loaded, dict):
        raise PublishError(tr("{name}: ต้องเป็นรายการชื่อกับค่า · วิธีแก้: ดูตัวอย่างใน _quarto.yml", name=name))
    return cast("dict[str, Any]", loaded)


def _inside(root: Path, name: str) -> Path:
    """A file of the project by its name in a file of settings. PublishError where it leads out of the project."""
    path = root / name
    if not is_inside(path, root):
        raise PublishError(tr("{name} อยู่นอกโครงการ · วิธีแก้: ย้ายแฟ้มเข้ามาในโครงการ แล้วแก้ชื่อใน _quarto.yml", name=name))
    return path


def _file_name(name: str) -> str:
    """The name of the PDF without its ending. PublishError where it is a path."""
    if not _NAME.fullmatch(name):
        remedy = tr("ใช้ตัวอักษร ตัวเลข จุด ขีด และขีดล่าง โดยไม่มีโฟลเดอร์")
        raise PublishError(tr("output-file: {name} ใช้เป็นชื่อแฟ้มไม่ได้ · วิธีแก้: {remedy}", name=name, remedy=remedy))
    return name


def _merge(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Joins two mappings key by key; where both hold a plain value, the one above counts."""
    joined = dict(below)
    for key, value in above.items():
        old = joined.get(key)
        joined[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return joined


def _chapters(root: Path, items: list[Any], part: str = "") -> Iterator[Chapter]:
    if not items:
        raise PublishError(tr("รายงานไม่มีบท · วิธีแก้: ระบุ book: chapters: ใน outputs/book.yml"))
    for item in items:
        if isinstance(item, dict):
            yield from _chapters(root, item.get("chapters", []), unescape(str(item["part"])))
            continue
        path = (root / str(item)).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            raise PublishError(
                tr("ไม่พบบท {item} ในโครงการ · วิธีแก้: รันสมุดงานก่อน หรือแก้ชื่อแฟ้มใน outputs/book.yml", item=item)
            )
        yield Chapter(path, part)
