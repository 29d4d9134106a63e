"""HTML tables of executed notebooks, as great_tables writes them, read back as values, their notes apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from itabook.data.text import number
from itabook.domain.figure_data import FigureData, Value
from itabook.words import one_line

GROUP, NOTE = "หมวด", "หมายเหตุ"
"""Columns that take the headings of groups of rows, and the footnotes of a row."""
_SECTIONS = ("thead", "tbody", "tfoot")


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table without merged cells and marks: its values, and the lines under it."""

    data: FigureData
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Cell:
    classes: str
    columns: int
    rows: int
    text: str = ""
    marks: str = ""

    @property
    def plain(self) -> str:
        return one_line(self.text)


class _Reader(HTMLParser):
    """Collects the cells of each row of each section."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: dict[str, list[list[_Cell]]] = {name: [] for name in _SECTIONS}
        self.section = "tbody"
        self.cell: _Cell | None = None
        self.spans: list[bool] = []
        """Of each span that is open whether it holds the mark of a note."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag in _SECTIONS:
            self.section = tag
        elif tag == "tr":
            self.sections[self.section].append([])
        elif tag in ("td", "th") and self.sections[self.section]:
            self.cell = _Cell(known.get("class", ""), int(known.get("colspan", 1)), int(known.get("rowspan", 1)))
            self.sections[self.section][-1].append(self.cell)
        elif tag == "span":
            self.spans.append("gt_footnote_marks" in known.get("class", ""))
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.cell = None
        elif tag == "span" and self.spans:
            self.spans.pop()

    def handle_data(self, data: str) -> None:
        if self.cell is None:
            return
        if any(self.spans):
            self.cell.marks += data
        else:
            self.cell.text += data


def read_table(html: str) -> PlainTable | None:
    """The first table of an HTML text; None where it has no head or no rows.

    Heads of two lines become one name a column, headings of groups a first column, footnotes a last one. A cell is a
    number where it is aligned to the right and holds nothing else; a dash is nothing.

    >>> read_table("<table><thead><tr><th>ก</th></tr></thead><tbody><tr><td>–</td></tr></tbody></table>").data.rows
    ((None,),)
    """
    reader = _Reader()
    reader.feed(html[: html.find("</table>")])
    names = _names(reader.sections["thead"])
    below = [row[0] for row in reader.sections["tfoot"] if row]
    footnotes = {mark: cell.plain for cell in below for mark in cell.marks}
    lines = list(_lines(reader.sections["tbody"], names, footnotes))
    if not names or not lines:
        return None
    start = 0 if any(line[0] for line in lines) else 1
    end = len(names) + (2 if any(line[-1] for line in lines) else 1)
    data = FigureData(_apart((GROUP, *names, NOTE)[start:end]), tuple(line[start:end] for line in lines))
    return PlainTable(data, tuple(cell.plain for cell in below if not cell.marks))


def _names(head: Iterable[list[_Cell]]) -> list[str]:
    """The name of each column: the words of all lines of the head over it."""
    over: dict[int, list[str]] = {}
    taken: set[tuple[int, int]] = set()
    for line, row in enumerate(head):
        place = 0
        for cell in row:
            while (line, place) in taken:
                place += 1
            for column in range(place, place + cell.columns):
                taken |= {(line + deep, column) for deep in range(cell.rows)}
                over.setdefault(column, []).append(cell.plain)
    return [" ".join(filter(None, over[column])) for column in sorted(over)]


def _lines(body: Iterable[list[_Cell]], names: list[str], footnotes: Mapping[str, str]) -> Iterator[tuple[Value, ...]]:
    """Each row: the heading of its group, its values, its footnotes."""
    group: str | None = None
    for row in body:
        if row and "gt_group_heading" in row[0].classes:
            group = row[0].plain
            continue
        cells = row[: len(names)]
        said = [
            f"{name}: {' '.join(footnotes[mark] for mark in cell.marks if mark in footnotes)}"
            for name, cell in zip(names, cells, strict=False)
            if cell.marks
        ]
        values = [_value(cell) for cell in cells] + [None] * (len(names) - len(cells))
        yield group, *values, "; ".join(said) or None


def _value(cell: _Cell) -> Value:
    if cell.plain in ("", "–"):
        return None
    if "gt_right" not in cell.classes:
        return cell.plain
    try:
        found = number(cell.plain)
    except ValueError:
        return cell.plain
    return int(found) if found is not None and found.as_tuple().exponent == 0 else found


def _apart(names: Iterable[str]) -> tuple[str, ...]:
    """Names that differ: a second one of the same words gets a number."""
    found: list[str] = []
    for name in names:
        wanted, times = name or "คอลัมน์", 1
        while (unique := wanted if times == 1 else f"{wanted} ({times})") in found:
            times += 1
        found.append(unique)
    return tuple(found)
