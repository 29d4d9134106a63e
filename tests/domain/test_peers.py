"""Peers: range, quartiles and place, and who counts as a peer."""

from collections.abc import Sequence
from decimal import Decimal as D
from fractions import Fraction
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.facts import Agency, AgencyType, Peer, Score, Source
from itabook.domain.peers import FEWEST, Spread, compare, others, quantile, spread_of
from itabook.domain.results import AgencyYear
from tests.conftest import ROOT

scores = st.decimals(min_value=0, max_value=100, places=2)


def agency(name: str = "หน่วยงานสมมติ", province: str = "ลำพูน", kind: AgencyType = "sao") -> Agency:
    return Agency(key="try", name=name, short="สมมติ", type=kind, province=province)


def peer(name: str = "อื่น", total: D | None = D(90), ninth: D | None = D(80), province: str = "ลำพูน") -> Peer:
    return Peer(name, "sao", province, (*[None] * 8, ninth, None), total, "A", "แหล่งสมมติ")


def result(total: str, ninth: str = "") -> AgencyYear:
    rows = [Score("score", "total", "", "", total, D(total), "", "")] if total else []
    rows += [Score("score", "indicator", "9", "", ninth, D(ninth), "", "")] if ninth else []
    rules = load_rules(Project(ROOT), 2564)
    return AgencyYear(agency(), 2564, rules, Source(document="ก", publisher="ข"), tuple(rows))


def test_quartiles_lie_between_the_two_scores_beside_them() -> None:
    assert spread_of(map(D, (99, 60, 80, 70, 90))) == Spread(D(60), D(70), D(80), D(90), D(99))
    assert spread_of(map(D, (80, 90, 95, 99))) == Spread(D(80), D("87.5"), D("92.5"), D(96), D(99))
    assert spread_of([D(80)]) == Spread(*[D(80)] * 5)


def test_there_is_no_quantile_of_nothing() -> None:
    with pytest.raises(ValueError, match="ควอร์ไทล์"):
        quantile([], Fraction(1, 2))


@given(st.lists(scores, min_size=2))
def test_quartiles_are_those_of_python(values: list[D]) -> None:
    spread = spread_of(values)

    expected = quantiles(values, n=4, method="inclusive")
    assert [spread.lower, spread.median, spread.upper] == expected
    assert (spread.least, spread.greatest) == (min(values), max(values))


@given(st.lists(scores, min_size=1), scores)
def test_the_place_says_how_many_lie_on_either_side(values: list[D], score: D) -> None:
    spread = spread_of(values)
    place = spread.place(score)

    assert (place == "below") == (score < min(values))
    assert (place == "above") == (score > max(values))
    if place == "middle":
        assert spread.lower - D("0.005") <= score <= spread.upper + D("0.005")
    if place in ("low", "below"):
        assert score < spread.median


@pytest.mark.parametrize(
    ("score", "place"),
    [
        ("59.99", "below"), ("60", "low"), ("69.99", "low"), ("70", "middle"), ("90", "middle"), ("90.01", "high"),
        ("99", "high"), ("99.01", "above"),
    ],
)  # fmt: skip
def test_places(score: str, place: str) -> None:
    assert spread_of(map(D, (60, 70, 80, 90, 99))).place(D(score)) == place


def test_a_score_that_is_shown_equal_to_a_quartile_is_not_called_lower() -> None:
    spread = spread_of(map(D, ("90.12", "90.13", "91", "92")))

    assert spread.lower == D("90.1275")
    assert spread.place(D("90.13")) == "middle"


def test_all_alike_are_in_the_middle() -> None:
    assert spread_of([D(85)] * 7).place(D(85)) == "middle"


def totals(*values: int) -> Sequence[Peer]:
    return [peer(total=D(value)) for value in values]


def test_total_and_indicators_that_the_agency_has_are_compared() -> None:
    found = compare(result("91.21", "70"), totals(60, 70, 80, 90, 99))

    assert list(found) == ["9", "total"]
    assert (found["total"].score, found["total"].peers, found["total"].place) == (D("91.21"), 5, "high")
    assert (found["9"].score, found["9"].place) == (D(70), "below")


def test_too_few_have_neither_range_nor_place() -> None:
    found = compare(result("91.21"), totals(60, 70, 80, 90))["total"]

    assert (found.peers, found.spread, found.place) == (FEWEST - 1, None, None)


def test_a_score_that_peers_lack_is_not_counted() -> None:
    found = compare(result("91.21", "70"), [*totals(60, 70, 80, 90, 99), peer(ninth=None)])

    assert (found["9"].peers, found["total"].peers) == (5, 6)


def test_an_agency_without_scores_is_not_compared() -> None:
    assert compare(result(""), totals(1, 2, 3, 4, 5)) == {}


def test_an_agency_is_never_its_own_peer() -> None:
    itself = [
        peer("หน่วยงานสมมติ"), peer("หน่วยงาน สมมติ"), peer("สมมติ"), peer("หน่วยงานสมมติ", province=""),
    ]  # fmt: skip
    namesake = peer("หน่วยงานสมมติ", province="นครราชสีมา")

    assert others(agency(), [*itself, peer(), namesake]) == (peer(), namesake)
    assert others(agency(province=""), [*itself, peer(), namesake]) == (peer(),)


@pytest.mark.parametrize("kind", ["other", "country"])
def test_agencies_of_no_kind_have_no_peers(kind: AgencyType) -> None:
    assert others(agency(kind=kind), [peer()]) == ()
