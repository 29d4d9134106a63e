"""Text of a cell made comparable."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.data.text import ARABIC, THAI, arabic, clean, item_code, number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ดําเนินงาน", "ดำเนินงาน"),
        ("นํ้าใจ", "น้ำใจ"),
        ("เเผนงาน", "แผนงาน"),
        ("การ\u200bใช้\ufeffอำนาจ", "การใช้อำนาจ"),
        ("  การ\u00a0 ใช้  อำนาจ ", "การ ใช้ อำนาจ"),
        ("บรรทัด 1 \n บรรทัด 2", "บรรทัด 1\nบรรทัด 2"),
    ],
)
def test_clean(typed: str, expected: str) -> None:
    assert clean(typed) == expected


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("82.20", "82.20"),
        ("๙๑.๒๑", "91.21"),
        ("1,095", "1095"),
        ("๑,๐๙๕.๕", "1095.5"),
        ("-0.59", "-0.59"),
        ("−0.59", "-0.59"),
        ("+3.60", "3.60"),
        ("54.84%", "54.84"),
        (" 100 ", "100"),
    ],
)
def test_number(typed: str, value: str) -> None:
    assert number(typed) == D(value)


@pytest.mark.parametrize("typed", ["", " ", "-", "–", "—", "ไม่มีข้อมูล"])
def test_missing_numbers_are_none(typed: str) -> None:
    assert number(typed) is None


@pytest.mark.parametrize("typed", ["ก", "12ก", "8,57", "1.2.3", "=1+1", "1e5", "nan", "๑๒o"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        number(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("O12", "O12"),
        ("012", "O12"),
        ("๐๑๒", "O12"),
        ("o 7", "O7"),
        ("O๒๔", "O24"),
        ("I30.2", "I30.2"),
        ("E1.1", "E1.1"),
    ],
)
def test_item_codes(typed: str, code: str) -> None:
    assert item_code(typed) == code


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.decimals(min_value=-10_000, max_value=10_000, places=2), st.booleans())
def test_a_number_written_in_thai_or_arabic_digits_is_read_back(value: D, thai: bool) -> None:
    written = f"{value:,}".translate(THAI if thai else ARABIC)

    assert number(written) == value


@given(st.text(alphabet="0123456789"))
def test_digits_go_to_thai_and_back(text: str) -> None:
    assert arabic(text.translate(THAI)) == text
