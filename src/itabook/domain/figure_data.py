"""The data that a chart draws: what stands behind a figure on the page, in its CSV, and in the workbook of the book."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from itabook.domain.scores import rounded

DATA_KEY = "figure-data"
"""By this name the data of a figure stand in the metadata of a notebook."""
Value = str | Decimal | int | None
"""A name, a measure, a count, or nothing where the report prints nothing; years and codes are names."""


@dataclass(frozen=True, slots=True)
class FigureData:
    """A table of the values of a chart.

    Attributes:
        columns: names in Thai.
        rows: one value a column; measures may be unrounded, texts are plain.

    Raises:
        ValueError: a row has more or fewer values than there are columns.

    >>> FigureData(("ตัวชี้วัด", "คะแนน"), (("1 การปฏิบัติหน้าที่", Decimal("94.985")),)).to_plain()
    {'columns': ['ตัวชี้วัด', 'คะแนน'], 'rows': [['1 การปฏิบัติหน้าที่', 94.99]]}
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"ข้อมูลของรูปมี {len(self.columns)} คอลัมน์ แต่แถวนี้มี {len(wrong[0])} ค่า: {wrong[0]}")

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it; a measure is rounded here, once, and stays apart from a count by its point."""
        return {"columns": list(self.columns), "rows": [[_plain(value) for value in row] for row in self.rows]}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "FigureData":
        """What `to_plain` made; each measure with two decimals.

        >>> FigureData.from_plain({"columns": ["คะแนน"], "rows": [[90.5], [3], [None]]}).rows
        ((Decimal('90.50'),), (3,), (None,))
        """
        rows = tuple(tuple(_value(value) for value in row) for row in plain["rows"])
        return cls(tuple(plain["columns"]), rows)

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Of each column whether it holds a number."""
        return tuple(
            any(isinstance(row[place], Decimal | int) for row in self.rows) for place in range(len(self.columns))
        )


def _plain(value: Value) -> str | float | int | None:
    return float(rounded(value)) if isinstance(value, Decimal) else value


def _value(plain: str | float | int | None) -> Value:
    return rounded(Decimal(repr(plain))) if isinstance(plain, float) else plain
