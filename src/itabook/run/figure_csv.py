"""The data of a figure as CSV, safe to open in a spreadsheet."""

import csv
import io
import re
from decimal import Decimal

from itabook.domain.figure_data import FigureData, Value
from itabook.domain.scores import rounded
from itabook.words import Words, one_line

BOM = "\ufeff"
"""By this Excel knows that a CSV file is UTF-8."""
_FORMULA = re.compile("[=+@＝＋－＠-]")
_PLAIN = Words("arabic")


def csv_of(data: FigureData) -> str:
    """A line of names and a line a row: Arabic digits, a point, no commas in numbers, nothing for what is not known.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; a number with a minus stays one.

    >>> csv_of(FigureData(("รายการ", "คะแนน"), (("=1+1", Decimal("-2.5")), ("ก", None)))).splitlines()[1:]
    ["'=1+1,-2.50", 'ก,']
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_cell(name) for name in data.columns])
    writer.writerows([_cell(value) for value in row] for row in data.rows)
    return BOM + text.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{rounded(value):f}"
    if isinstance(value, int):
        return str(value)
    plain = one_line(_PLAIN.text(value))  # no tab or end of line is left, which might begin a formula too
    return ("'" if _FORMULA.match(plain) else "") + plain
