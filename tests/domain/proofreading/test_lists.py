"""Lists of agencies: a row against the rules of its year, and against the agency's own report."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.facts import Peer
from itabook.domain.listed import as_agency_year, list_places, possible_levels
from itabook.domain.peers import by_name, itself_in
from itabook.domain.proofreading.lists import against_list, proofread_list
from itabook.domain.results import AgencyYear
from itabook.domain.rules import YearRules
from tests.conftest import ROOT
from tests.domain.proofreading.conftest import AGENCY, correct, correct_years


def rules(year: int) -> YearRules:
    return load_rules(Project(ROOT), year)


def row_of(result: AgencyYear) -> Peer:
    """What a list prints of a report: total, level and indicators."""
    total = None if result.total is None else result.total.value
    indicators = tuple(result.indicators.get(number) for number in range(1, 11))
    return Peer(result.agency.name, "sao", "", indicators, total, result.printed_level, "")


def peer(total: str, level: str = "", *scores: str) -> Peer:
    return Peer("อบต.ก", "sao", "ลำพูน", tuple(map(D, scores)) or (None,) * 10, D(total), level, "")


@given(correct_years())
def test_a_row_of_a_correct_report_gives_no_finding(result: AgencyYear) -> None:
    row = row_of(result)

    assert proofread_list([row], result.rules, "x") == ()
    assert against_list(result, row, "x") == ()
    if result.printed_level:
        assert result.printed_level in possible_levels(row, result.rules)


def test_a_total_that_the_indicators_do_not_give_is_a_finding() -> None:
    (found,) = proofread_list([peer("88.75", "A", *["88.57"] * 10)], rules(2564), "data/raw/peers/2564.csv")

    assert (found.rule, found.severity, found.subject) == ("list-total", "error", "อบต.ก (ลำพูน)")
    assert (found.agency, found.fiscal_year, found.where) == ("peers", 2564, "data/raw/peers/2564.csv")
    assert (found.printed, found.expected) == ("88.75", "88.57")


def test_a_level_that_the_total_is_not_of_is_a_finding() -> None:
    wrong = [peer("80.00", "A"), peer("80.00", "ผ่าน")]
    found = proofread_list([*wrong, peer("80.00", "B")], rules(2564), "x")

    assert [(one.rule, one.severity, one.expected) for one in found] == [
        ("list-level", "error", "B"), ("list-level-word", "warning", ""),
    ]  # fmt: skip


LEVELS = [
    (peer("90.00"), ("ผ่านดี", "ผ่าน")),
    (peer("84.99", "", *["84.99"] * 10), ("ต้องปรับปรุง",)),
    (peer("96.00", "", *["96.00"] * 10), ("ผ่านดีเยี่ยม", "ผ่านดี")),
    (peer("90.00", "", *["80.00"] * 5, *["90.00"] * 3, *["97.50"] * 2), ("ผ่าน",)),
    (peer("100", "", *["100"] * 10), ("ผ่านดีเยี่ยม",)),
]


@pytest.mark.parametrize(("row", "expected"), LEVELS)
def test_what_a_list_does_not_print_leaves_levels_open(row: Peer, expected: tuple[str, ...]) -> None:
    assert possible_levels(row, rules(2568)) == expected


def test_without_a_total_nothing_is_said_of_the_level() -> None:
    row = replace(peer("90.00", "D"), total=None)

    assert (possible_levels(row, rules(2564)), proofread_list([row], rules(2564), "x")) == ((), ())


def test_zeros_that_a_spreadsheet_drops_do_not_widen_a_row() -> None:
    row = peer("83", "", *["82"] * 10)
    other = peer("82.25", "", *["82.25"] * 10)

    assert proofread_list([row], rules(2564), "x") == ()
    assert [one.subject for one in proofread_list([row, other], rules(2564), "x")] == ["อบต.ก (ลำพูน)"]
    assert [score.printed for score in as_agency_year(row, rules(2564), list_places([row, other])).scores][:1] == [
        "83.00"
    ]


def test_a_report_whose_scores_are_others_in_the_list_is_a_finding() -> None:
    result = correct(2564, [D(90)] * 3, [D(90)] * 3, [*[D(90)] * 5, D("97.50"), D(100)])
    row = row_of(result)
    other = replace(row, total=D("91.00"), indicators=(D("80.00"), *row.indicators[1:]), level="AA")

    found = against_list(result, other, "data/raw/peers/2564.csv")
    assert [(one.subject, one.agency, one.rule) for one in found] == [
        ("total", "try", "list-own-report"), ("indicator 1", "try", "list-own-report"), ("total", "try", "list-own-report"),
    ]  # fmt: skip
    assert all("data/raw/peers/2564.csv" in one.message for one in found)
    assert against_list(result, replace(row, total=None, level=""), "x") == ()


def test_an_agency_is_found_in_a_list_by_its_name_without_blanks_and_its_type() -> None:
    row = replace(peer("90"), name="หน่วยงาน ทดลอง", province="")
    found = [itself_in(AGENCY, by_name(rows)) for rows in ([row], [replace(row, type="pao")], [row, row], [])]

    assert found == [row, None, None, None]
