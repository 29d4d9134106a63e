"""The data of a figure: one value a column, measures rounded once, the same after their way through a notebook."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.domain.figure_data import FigureData
from itabook.domain.scores import rounded

MEASURES = st.decimals(min_value=-100_000, max_value=100_000, allow_nan=False, allow_infinity=False, places=6)
VALUES = st.none() | st.text() | st.integers(-(10**9), 10**9) | MEASURES


@given(st.lists(st.tuples(VALUES, VALUES)))
def test_what_goes_through_a_notebook_comes_back_rounded_once_and_of_the_same_kind(
    rows: list[tuple[str | int | Decimal | None, ...]],
) -> None:
    back = FigureData.from_plain(json.loads(json.dumps(FigureData(("ก", "ข"), tuple(rows)).to_plain())))

    expected = tuple(tuple(rounded(v) if isinstance(v, Decimal) else v for v in row) for row in rows)
    assert back.rows == expected
    assert [[type(v) for v in row] for row in back.rows] == [[type(v) for v in row] for row in expected]


def test_half_is_rounded_up() -> None:
    data = FigureData(("คะแนน",), ((Decimal("88.565"),), (Decimal("2.675"),)))

    assert data.to_plain()["rows"] == [[88.57], [2.68]]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 คอลัมน์ แต่แถวนี้มี 1 ค่า"):
        FigureData(("ก", "ข"), (("x",),))


def test_a_column_of_numbers_is_known_by_any_of_them() -> None:
    data = FigureData(("ชื่อ", "คะแนน", "จำนวน", "ว่าง"), (("ก", None, 1, None), ("ข", Decimal(1), "×", None)))

    assert data.numbers == (False, True, True, False)
