"""The data dictionary says what is checked."""

import re
from decimal import Decimal as D
from typing import get_args

import pytest

from itabook.data.dictionary_page import KINDS, page
from itabook.data.files import RawTable
from itabook.data.schemas import SPECS, ColumnKind
from itabook.data.tables import read_table
from tests.conftest import ROOT

USED = {column.kind for spec in SPECS.values() for column in spec.columns}


def test_the_page_in_the_repository_is_the_one_that_is_made() -> None:
    stored = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")

    assert stored == page(), "make data-dictionary"


def test_every_column_of_every_table_has_a_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", page(), re.MULTILINE)

    assert rows == [column.name for spec in SPECS.values() for column in spec.columns]
    assert set(KINDS) == USED <= set(get_args(ColumnKind))


def faults(table: str, column: str, value: str) -> list[str]:
    """Columns with faults where one cell of a table is as given and all others are blank."""
    names = SPECS[table].names
    cells = tuple(value if name == column else "" for name in names)
    _, found = read_table(RawTable(table, "x.csv", "", names, ((2, cells),)))
    return [fault.column for fault in found if fault.column == column]


@pytest.mark.parametrize(
    ("table", "column", "low", "high"), [("peers", "total", 0, 100), ("responses", "percent", 0, 100)]
)
def test_ranges_are_those_of_the_checks(table: str, column: str, low: int, high: int) -> None:
    (kind,) = (one.kind for one in SPECS[table].columns if one.name == column)

    assert f"{low} ถึง {high}" in KINDS[kind]
    assert [faults(table, column, str(value)) for value in (D(low), D(high))] == [[], []]
    assert [faults(table, column, str(value)) for value in (low - D("0.01"), high + D("0.01"))] == [[column], [column]]


def test_the_most_digits_are_those_of_the_checks() -> None:
    (digits,) = re.findall(r"ไม่เกิน (\d+) หลัก", KINDS["count"])
    (decimals,) = re.findall(r"ทศนิยมไม่เกิน (\d+) ตำแหน่ง", KINDS["percent"])

    assert faults("responses", "count", "9" * int(digits)) == []
    assert faults("responses", "count", "1" + "0" * int(digits)) == ["count"]
    assert faults("responses", "percent", "1." + "1" * int(decimals)) == []
    assert faults("responses", "percent", "1." + "1" * (int(decimals) + 1)) == ["percent"]
