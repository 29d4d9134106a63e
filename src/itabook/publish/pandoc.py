"""One run of Pandoc over the chapters of a book."""

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypandoc

from itabook import tokens
from itabook.language import tr
from itabook.publish.errors import PublishError, missing_target
from itabook.publish.pieces import write_pieces
from itabook.publish.project import BookProject, Target

_DANGLING = re.compile(r"^ITABOOK-DANGLING\t(.*)\t(.*)$", re.MULTILINE)
_TWICE = re.compile(r"^ITABOOK-TWICE\t(.*)$", re.MULTILINE)


def pandoc_version() -> str:
    """Version of the Pandoc that is used, as it names itself."""
    return str(pypandoc.get_pandoc_version())


def run_pandoc(book: BookProject, target: Target, folder: Path, defaults: Mapping[str, Any], **itabook: str) -> None:
    """Turns all chapters into one target.

    Args:
        book: the book.
        target: which kind of output is taken from cells.
        folder: existing folder that takes the images (in `media/`) and is the working folder of Pandoc.
        defaults: Pandoc's defaults file without input and metadata: writer, template, output.
        itabook: further values for filters and template under the metadata key `itabook`.

    Raises:
        PublishError: a chapter cannot be read, a reference leads nowhere, or Pandoc fails.
    """
    media = folder / "media"
    media.mkdir(exist_ok=True)
    write_pieces(book, folder)
    from itabook.publish.notebook import read_chapter  # noqa: PLC0415 - nbformat is slow to import

    sources = [read_chapter(chapter.path, target, media, book.execute) for chapter in book.chapters]
    parts = {s.id: c.part for s, c in zip(sources, book.chapters, strict=True) if c.part}
    labels = {key: value for key, value in book.labels.items() if key.startswith("crossref-")}
    known = {"title": book.title, "subtitle": book.subtitle, "author": book.author, "date": book.date}
    said = {"digits": book.digits, "date": book.date, "made": book.made, "parts": parts}
    own = {**labels, **itabook, "tokens": tokens.metadata(), **said}
    metadata = {"lang": book.lang, "itabook": own, **{key: value for key, value in known.items() if value}}
    own_filters = book.assets / "filters"
    filters = (own_filters / "visible.lua", *book.filters, own_filters / "crossref.lua", *book.late_filters)
    settings = {
        "from": "markdown",
        "standalone": True,
        "number-sections": True,
        "html-math-method": {"method": "mathml"},
        "metadata": metadata,
        "filters": [str(path) for path in filters],
        **defaults,
    }
    (folder / "defaults.yaml").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
    text = "\n\n".join(source.markdown for source in sources)
    names = {source.id: chapter.path.name for source, chapter in zip(sources, book.chapters, strict=True)}
    _call(text, folder, names)


def _call(text: str, folder: Path, names: Mapping[str, str]) -> None:
    command = [pypandoc.get_pandoc_path(), "--defaults", "defaults.yaml"]
    done = subprocess.run(  # noqa: S603
        command, cwd=folder, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode == 0:
        return
    faults = [
        f"{names.get(chapter, chapter)}: {missing_target(reference)}"
        for chapter, reference in _DANGLING.findall(done.stderr)
    ]
    faults += [
        tr("มี label {label} ซ้ำกันในเล่ม · วิธีแก้: ตั้งชื่อ label ให้ต่างกันทุกบท", label=label)
        for label in _TWICE.findall(done.stderr)
    ]
    raise PublishError("\n".join(faults) or tr("Pandoc ทำงานไม่สำเร็จ: {stderr}", stderr=done.stderr.strip()))
