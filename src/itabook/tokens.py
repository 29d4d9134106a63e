"""The look of the book in one place: face, inks and sizes of charts, tables, pages and PDF.

Charts import the inks. The style sheet finds all of it as custom properties in `tokens.css`, the Typst template as
`$itabook.tokens.…$` (see `style_sheet`, `metadata`).
"""

import colorsys
from collections.abc import Iterator, Mapping

FACE = "Sarabun"
INK, INK_2, INK_3 = "#1F2933", "#52606D", "#6B7785"
"""Of text: the first, the second, the least."""
HAIRLINE, PANEL, HEADING = "#CBD2D9", "#F2F5F8", "#12436D"
IIT, EIT, OIT = "#12436D", "#28A197", "#801650"
SOFT, WARM = "#8DB1CF", "#903C0B"
"""Beside the ink of IIT, and beside that one, each with a contrast of 3 to 1 to its neighbour."""

_PAPER = {"ink": INK, "secondary": INK_2, "faint": INK_3, "hairline": HAIRLINE, "panel": PANEL, "heading": HEADING}
_LIGHT = {**_PAPER, "paper": "#FFFFFF", "chart": "#FFFFFF", "mark": "#FDF0C4", "faint": "#626E7B"}
"""The least ink is a little darker on screen: small letters there need a contrast of 4.5 to 1 on panels too."""
_DARK = {
    "paper": "#14191F", "ink": "#E4E9EE", "secondary": "#B4BFCA", "faint": "#98A5B3", "hairline": "#3A4550",
    "panel": "#1F272F", "heading": "#8FC1E8", "chart": "#FFFFFF", "mark": "#4D4420",
}  # fmt: skip
_CHART_DARK = {
    "#FFFFFF": _DARK["paper"], INK: _DARK["ink"], INK_2: _DARK["secondary"], INK_3: _DARK["faint"],
    HAIRLINE: _DARK["hairline"], PANEL: _DARK["panel"], "#E1E7ED": "#2B3640",
    IIT: "#B4DAF8", EIT: "#1A7F77", OIT: "#F9C3E6", SOFT: "#3F678C", WARM: "#F8B48F",
}  # fmt: skip
"""The inks of charts on a dark screen; neighbours keep their contrast of 3 to 1."""
SIZES: Mapping[str, tuple[str, str]] = {
    "body": ("13pt", "18px"), "h1": ("22pt", "1.9rem"), "h2": ("15pt", "1.3rem"), "h3": ("13pt", "1.08rem"),
    "table": ("11.5pt", ".92rem"), "caption": ("11pt", ".88rem"), "note": ("9.5pt", ".78rem"),
    "panel-value": ("20pt", "1.75rem"), "leading": ("0.95em", "1.75"),
}  # fmt: skip
"""On paper and on screen. Headings keep their proportion to the text; Thai needs the wide leading."""


def dark_ink(ink: str) -> str:
    """The ink of a chart on a dark screen; one that is not of the house becomes as light as it was dark.

    >>> dark_ink("#ffffff"), dark_ink("#d9e4ee")
    ('#14191F', '#1C2F3F')
    """
    if ink.upper() in _CHART_DARK:
        return _CHART_DARK[ink.upper()]
    hue, light, strength = colorsys.rgb_to_hls(*(int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    darkest, brightest = 0.09, 0.92
    turned = colorsys.hls_to_rgb(hue, darkest + (brightest - darkest) * (1 - light), strength)
    return f"#{''.join(f'{round(part * 255):02X}' for part in turned)}"


def metadata() -> dict[str, str]:
    """What the Typst template takes: inks without their sign, which Pandoc would escape, and sizes."""
    inks = {name: value.removeprefix("#") for name, value in _PAPER.items()}
    return {"face": FACE, **inks, **{f"size-{name}": paper for name, (paper, _) in SIZES.items()}}


def style_sheet() -> str:
    """The custom properties of the style sheet, for light and dark screens and for print.

    Only the pages of the built-in renderer (`.book`) turn dark: Quarto's own have no dark colours.
    """
    on_paper, _ = SIZES["body"]
    return "\n".join(
        (
            "/* Made from src/itabook/tokens.py. */",
            f":root {{ --face: {FACE}; {_properties(_LIGHT)} {' '.join(_sizes())} }}",
            f':root[data-theme="dark"] {{ {_properties(_DARK)} color-scheme: dark; }}',
            ':root[data-theme="light"] { color-scheme: light; }',
            "@media (prefers-color-scheme: dark) {",
            f"  :root:not([data-theme]):where(:has(> .book)) {{ {_properties(_DARK)} color-scheme: dark; }}",
            "}",
            f"@media print {{ :root:root {{ {_properties(_LIGHT)} color-scheme: light; --size-body: {on_paper}; }} }}",
            "",
        )
    )


def _properties(inks: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in inks.items())


def _sizes() -> Iterator[str]:
    return (f"--size-{name}: {screen};" for name, (_, screen) in SIZES.items())
