"""How the cells of the workbook look. Every colour is said in words beside it."""

from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FACE = "Tahoma"
"""Stands on every Windows and macOS machine and has Thai letters; elsewhere the program puts another in its place."""
FILL_IN, OPTIONAL, GIVEN, COMPUTED = "กรอก", "เว้นว่างได้", "เติมไว้ให้", "คำนวณให้"
"""What a cell is, as the head of its column says."""
_FILLS = {FILL_IN: "#FFF4CC", OPTIONAL: "#FFFFFF", GIVEN: "#E3F1E1", COMPUTED: "#E7E9EC"}
_INK, _LINE = "#1F2933", "#A9B4BF"


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of one workbook. Cells to fill in are text, so that 82.20, 08 and ๙๔.๙๘ stay as typed."""

    title: Format
    said: Format
    head: dict[str, Format]
    names: Format
    cell: dict[str, Format]
    number: Format
    count: Format
    good: Format
    bad: Format
    look: Format
    text: Format
    bold: Format


def styles(book: Workbook) -> Styles:
    """The formats, added to a workbook."""

    def made(**properties: str | float | bool) -> Format:
        return book.add_format({"font_name": FACE, "font_size": 10, "font_color": _INK, "valign": "top", **properties})

    box: dict[str, str | float | bool] = {"border": 1, "border_color": _LINE}
    head: dict[str, str | float | bool] = {
        **box,
        "bold": True,
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
    }
    return Styles(
        title=made(bold=True, font_size=14, valign="vcenter"),
        said=made(valign="vcenter"),
        head={name: made(**head, bg_color=colour) for name, colour in _FILLS.items()},
        names=made(**box, font_size=9, align="center", bg_color=_FILLS[COMPUTED]),
        cell={
            name: made(**box, text_wrap=True, bg_color=colour, num_format="General" if name == COMPUTED else "@")
            for name, colour in _FILLS.items()
        },
        number=made(**box, bg_color=_FILLS[COMPUTED], num_format="0.00", align="right"),
        count=made(**box, bg_color=_FILLS[COMPUTED], num_format="#,##0", align="right"),
        good=made(font_color="#14532D", bg_color="#DDF0DC"),
        bad=made(font_color="#7F1D1D", bg_color="#FBE0DD", bold=True),
        look=made(font_color="#713F12", bg_color="#FCEBC5"),
        text=made(text_wrap=True),
        bold=made(bold=True, text_wrap=True, font_size=11),
    )
