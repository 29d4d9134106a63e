"""Names of units in what a report says of who is responsible."""

import csv
import doctest
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.domain import unit_names as module
from itabook.domain.unit_names import unit_names
from itabook.line_breaks import RUN, LineBreaks, read_glossary
from tests.conftest import ROOT


def typed(agency: str, year: int) -> Iterator[str]:
    path = ROOT / f"data/raw/{agency}/{year}/measures.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from (row["responsible"] for row in csv.DictReader(file))


def test_the_example_of_the_module() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("agency", "year", "names"),
    [
        ("banpaen", 2563, {"กองคลัง", "สำนักปลัด", "กองวิชาการและแผนงาน"}),
        ("bgo", 2564, {"งานกฎหมาย", "งานพัสดุ", "ส่วนคณะกรรมการฯ", "ส่วนเทคโนโลยีสารสนเทศ"}),
        ("rawiang", 2568, {"สำนักปลัด", "หัวหน้าสำนักปลัด", "ธุรการ"}),
        ("opdc", 2566, {"สำนักงานสิทธิการ", "กองนวัตกรรมบริการภาครัฐ", "ศูนย์ปฏิบัติการต่อต้านการทุจริต"}),
    ],
)
def test_the_units_of_the_reports_are_found(agency: str, year: int, names: set[str]) -> None:
    found = unit_names(typed(agency, year))
    assert names <= set(found)
    assert not any(name.startswith("และ") for name in found)


@given(st.lists(st.text("กขคงจ ;/:()·๕5และ", max_size=20)))
def test_a_name_is_one_run_of_thai_letters_that_stands_in_a_text(texts: list[str]) -> None:
    for name in unit_names(texts):
        assert RUN.fullmatch(name)
        assert any(name in text for text in texts)


def test_no_line_ends_inside_a_unit() -> None:
    glossary = read_glossary(ROOT / "assets" / "glossary.txt")
    names = unit_names(typed("opdc", 2566))
    assert "สำนักงานสิทธิการ" not in LineBreaks(glossary).pieces("ให้สำนักงานสิทธิการรายงาน")
    assert "สำนักงานสิทธิการ" in LineBreaks((*glossary, *names)).pieces("ให้สำนักงานสิทธิการรายงาน")
