"""What charts and tables share, in the look of the book (`itabook.tokens`)."""

import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO

import fontpkg
import matplotlib as mpl
import pandas as pd
import pyarrow as pa
from great_tables import GT, loc, style
from matplotlib import font_manager, rcsetup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from itabook import line_breaks
from itabook.tokens import EIT, FACE, HAIRLINE, IIT, INK, INK_2, OIT, SOFT, WARM

INSTRUMENT_INK = {"IIT": IIT, "EIT": EIT, "OIT": OIT}
SEX_INK = {"female": IIT, "male": SOFT, "other": WARM}
NOTE_MARKS = list("กขคงจฉช")
WIDTH = 6.3
"""Width of a chart in inches: the width of the text on A4."""


@cache
def use_style() -> None:
    """Register Sarabun and set what all charts share; done once a process.

    A letter that the face does not have is an error, not an empty box in a chart.
    """
    warnings.filterwarnings("error", message="Glyph .* missing from")
    for path in sorted(fontpkg.path(FACE).parent.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))
    mpl.rcParams.update(
        {
            "axes.axisbelow": True,
            "axes.labelsize": 12,
            "axes.linewidth": 1.25,
            "axes.prop_cycle": rcsetup.cycler(color=[*INSTRUMENT_INK.values(), *list(SEX_INK.values())[1:]]),
            "axes.titlesize": 12,
            "grid.color": HAIRLINE,
            "legend.fontsize": 11,
            "legend.title_fontsize": 12,
            "lines.solid_capstyle": "round",
            "patch.edgecolor": "white",
            "patch.force_edgecolor": True,
            "xtick.bottom": False,
            "xtick.labelsize": 11,
            "ytick.labelsize": 11,
            "ytick.left": False,
            "figure.facecolor": "white",
            "font.family": FACE,
            "font.size": 10,
            "text.color": INK,
            "axes.edgecolor": HAIRLINE,
            "axes.labelcolor": INK_2,
            "xtick.color": INK_2,
            "ytick.color": INK,
            "axes.unicode_minus": True,
            "text.parse_math": False,
        }
    )


def warm() -> None:
    """Do what the first chart of a process has to do before it is drawn, for all processes forked from this one."""
    use_style()
    line_breaks.warm()
    figure = Figure(layout="constrained")
    figure.subplots().set_title("ก")
    for form in ("svg", "png"):
        figure.savefig(BytesIO(), format=form)


def bare(axes: Axes) -> None:
    """Take away frame and ticks."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)


def house_table(
    frame: pd.DataFrame, labels: Mapping[str, str], *, numbers: Sequence[str] = (), group: str | None = None
) -> GT:
    """A table of text in the look of the book: Thai labels, `numbers` right-aligned, `group` as heading rows.

    Cells are text that has been formatted already; great_tables escapes them, one by one, which takes an arrow table
    half the time of a frame.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PyArrow Table support is currently experimental")
        built = GT(pa.Table.from_pandas(frame, preserve_index=False), groupname_col=group).cols_label(dict(labels))
    words = [column for column in frame.columns if column not in numbers and column != group]
    if numbers:
        built = built.cols_align(align="right", columns=list(numbers))
    if words:
        built = built.cols_align(align="left", columns=words)
    return built.tab_options(table_font_names=[FACE], table_width="100%")


def footnotes(built: GT, notes: Sequence[tuple[str, int, str]]) -> GT:
    """Notes under the table by ก ข ค: (column, row, text); equal texts share one mark."""
    rows: dict[tuple[str, str], list[int]] = {}
    for column, row, text in notes:
        rows.setdefault((text, column), []).append(row)
    for (text, column), places in rows.items():
        built = built.tab_footnote(text, locations=loc.body(columns=[column], rows=places), placement="right")
    return built.opt_footnote_marks(NOTE_MARKS) if notes else built


def bold_rows(built: GT, rows: list[int]) -> GT:
    """Rows of totals in bold."""
    return built.tab_style(style=style.text(weight="bold"), locations=loc.body(rows=rows)) if rows else built
