"""What a cell returns: text, panels, box, chart, table. Each shows itself in Jupyter and carries what a book needs.

The caption, label and alternative text travel in the output's metadata under "itabook"; `itabook.run` makes
them the options of the cell, as Quarto reads them. So do the data of a chart, which follow it on the page.
"""

import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from great_tables import GT
from matplotlib.figure import Figure as MplFigure

from itabook.domain.figure_data import DATA_KEY, FigureData
from itabook.domain.unit_names import NAMES_KEY
from itabook.report.svg import lighter
from itabook.words import escape

Bundle = tuple[dict[str, str], dict[str, Any]]
METADATA_KEY = "itabook"
ALT_LIMIT = 400
BLANK = "." * 40


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown, its data already escaped."""

    markdown: str

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        return {"text/markdown": self.markdown, "text/plain": self.markdown}, {}


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of the headline: what it is, the answer, why."""

    title: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Panels:
    """The answer of a chapter in a row of panels: HTML for the screen, Markdown for the PDF."""

    panels: tuple[Panel, ...]

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        plain = "\n".join(f"{panel.title}: {panel.value} ({panel.note})" for panel in self.panels)
        return {"text/html": self._html(), "text/markdown": self._markdown(), "text/plain": plain}, {}

    def _html(self) -> str:
        cells = "".join(
            f'<div class="panel"><span class="panel-title">{html.escape(panel.title)}</span> '
            f'<strong class="panel-value">{html.escape(panel.value)}</strong> '
            f'<span class="panel-note">{html.escape(panel.note)}</span></div>'
            for panel in self.panels
        )
        return f'<div class="panels">{cells}</div>'

    def _markdown(self) -> str:
        return rows_of_cells("panels", [(panel.title, panel.value, panel.note) for panel in self.panels])


@dataclass(frozen=True, slots=True)
class Box:
    """Something to know before reading on: a title, a line for each thing with its name, and where more is."""

    title: str
    lines: tuple[tuple[str, str], ...]
    more: str

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        plain = "\n".join((self.title, *(f"{name}: {text}" for name, text in self.lines), self.more))
        return {"text/html": self._html(), "text/markdown": self._markdown(), "text/plain": plain}, {}

    def _html(self) -> str:
        items = "".join(
            f"<li><strong>{html.escape(name)}</strong> {html.escape(text)}</li>" for name, text in self.lines
        )
        title, more = (f"<p>{html.escape(text)}</p>" for text in (self.title, self.more))
        return f'<div class="note-box" role="note">{title}<ul>{items}</ul>{more}</div>'

    def _markdown(self) -> str:
        lines = "\n".join(f"- **{escape(name)}** {escape(text)}" for name, text in self.lines)
        return f"::: {{.note-box}}\n{escape(self.title)}\n\n{lines}\n\n{escape(self.more)}\n:::"


@dataclass(frozen=True, slots=True)
class Fields:
    """The head of a form: names with their values; an empty value is a dotted line to write on."""

    fields: tuple[tuple[str, str], ...]

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        plain = "\n".join(f"{name} {value or BLANK}" for name, value in self.fields)
        return {"text/html": self._html(), "text/markdown": self._markdown(), "text/plain": plain}, {}

    def _html(self) -> str:
        rows = "".join(
            f"<div><dt>{html.escape(name)}</dt> <dd>{html.escape(value) or BLANK}</dd></div>"
            for name, value in self.fields
        )
        return f'<dl class="form-fields">{rows}</dl>'

    def _markdown(self) -> str:
        return rows_of_cells("form-fields", self.fields)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart as SVG, with label, caption, the words that stand for it, and the data that it draws."""

    svg: str
    label: str
    caption: str
    alt: str
    data: FigureData

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        options: dict[str, object] = {"label": self.label, "fig-cap": self.caption, "fig-alt": self.alt}
        options[DATA_KEY] = self.data.to_plain()
        return {"image/svg+xml": self.svg, "text/plain": self.alt}, {METADATA_KEY: options}


@dataclass(frozen=True, slots=True)
class Table:
    """A great_tables table as HTML, with label and caption, and the names in it that no line end may cut."""

    html: str
    label: str
    caption: str
    names: tuple[str, ...] = ()

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        options: dict[str, object] = {"label": self.label, "tbl-cap": self.caption}
        if self.names:
            options[NAMES_KEY] = list(self.names)
        return {"text/html": self.html, "text/plain": self.caption}, {METADATA_KEY: options}


def rows_of_cells(kind: str, rows: Sequence[Sequence[str]]) -> str:
    """Markdown for the template's function `kind` (`assets/filters/blocks.lua`): a paragraph a row, a span a cell."""
    lines = (" ".join(f"[{escape(cell)}]{{.cell}}" for cell in row) for row in rows)
    return f"::: {{.{kind}}}\n" + "\n\n".join(lines) + "\n:::"


def chart(figure: MplFigure, *, label: str, caption: str, alt: str, data: FigureData) -> Chart:
    """Draw a matplotlib figure once, the same bytes for the same data."""
    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": label}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = re.sub(r"<\?xml.*?<svg", "<svg", buffer.getvalue(), count=1, flags=re.DOTALL)
    return Chart(lighter(svg), label, caption, shorten(alt), data)


def shorten(alt: str) -> str:
    """Alternative text under the limit, cut at a blank."""
    if len(alt) <= ALT_LIMIT:
        return alt
    return alt[: alt.rindex(" ", 0, ALT_LIMIT - 1)] + "…"


def table(built: GT, *, label: str, caption: str, names: tuple[str, ...] = ()) -> Table:
    """A great_tables table with a fixed id, so that the same data give the same bytes."""
    return Table(built.with_id(label).as_raw_html(), label, caption, names)
