"""Ways to a level: what they add up to, that they are the least, and that nothing unknown is counted."""

from collections.abc import Mapping, Sequence
from decimal import Decimal as D
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.data.library import open_library
from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.facts import Agency, ItemResult, Score, Source
from itabook.domain.gaps import Standing, alone, gaps_to, goals_of, least_points, room, standing_of
from itabook.domain.levels import level_of
from itabook.domain.oit_items import Way, needed, ways, ways_of
from itabook.domain.results import AgencyYear
from itabook.domain.rules import Level, YearRules
from itabook.domain.scenarios import Items, Rise, Scenario, Shifts, answers_for, scenarios
from itabook.domain.scores import instrument_scores, mean, oit_indicator, rounded, total_score
from tests.conftest import ROOT, copy_project

RULES = {year: load_rules(Project(ROOT), year) for year in (2563, 2566, 2568)}
SIZES = {"9.1": 9, "9.2": 8, "9.3": 7, "9.4": 4, "9.5": 5, "10.1": 8, "10.2": 2}
SURVEYS = ["90.02", "83.68", "84.65", "81.67", "84.76", "81.83", "85.71", "82.20"]
"""Ban Paen FY2563."""


@pytest.fixture(scope="module")
def open_result(tmp_path_factory: pytest.TempPathFactory) -> "Results":
    library = open_library(copy_project(tmp_path_factory.mktemp("scenarios") / "project"))
    named = [("bgo", 2563), ("bgo", 2564), ("banpaen", 2563), ("opdc", 2565), ("opdc", 2566), ("rawiang", 2568)]
    return {(agency, year): library.agency_year(agency, year) for agency, year in named}


Results = dict[tuple[str, int], AgencyYear]


def made(
    indicators: Sequence[str],
    total: str = "",
    *,
    year: int = 2563,
    parts: Mapping[str, str] | None = None,
    items: Sequence[ItemResult] = (),
    rules: YearRules | None = None,
) -> AgencyYear:
    """An agency-year that prints these indicators; the total is computed where none is given."""

    def score(scope: str, code: str, printed: str) -> Score:
        return Score("score", scope, code, "", printed, D(printed), "", "")

    rows = [score("indicator", str(number), printed) for number, printed in enumerate(indicators, start=1)]
    rows += [score("part", code, printed) for code, printed in (parts or {}).items()]
    rows += [score("total", "", total)] if total else []
    agency = Agency(key="a", name="a", short="a", type="sao")
    source = Source(document="a", publisher="a")
    return AgencyYear(agency, year, rules or RULES[year], source, scores=tuple(rows), items=tuple(items))


def standing(result: AgencyYear) -> Standing:
    found = standing_of(result)
    assert found is not None
    return found


def level(result: AgencyYear, name: str) -> Level:
    return next(one for one in result.rules.levels.levels if one.name == name)


def found(result: AgencyYear, name: str) -> tuple[Scenario, ...]:
    return scenarios(result, standing(result), level(result, name))


def goals(result: AgencyYear) -> list[str]:
    now = standing(result).level
    assert now is not None
    return [goal.name for goal in goals_of(result, now)]


def totals(ways: Sequence[Scenario]) -> list[str]:
    return [str(way.standing.total) for way in ways]


# --- items that passed -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "sizes", "passed"),
    [("17.80", "9", [[2, 1, 1, 0, 2]]), ("12.50", "10", [[2, 0]]), ("97.50", "9", [[9, 7, 7, 4, 5]]),
     ("100.00", "9", [[9, 8, 7, 4, 5]]), ("93.51", "9", [])],
)  # fmt: skip
def test_how_many_items_passed_follows_from_the_printed_score(score: str, sizes: str, passed: list[list[int]]) -> None:
    some = {name: size for name, size in SIZES.items() if name.partition(".")[0] == sizes}
    half = D("0.005")

    assert [[sub.passed for sub in way] for way in ways(some, D(score) - half, D(score) + half, {})] == passed


@given(st.data())
def test_the_ways_hold_the_true_one_and_all_give_the_printed_score(data: st.DataObject) -> None:
    sizes = {"9.1": 10, "9.2": 8, "9.3": 4, "9.4": 4, "9.5": 4}
    passed = [data.draw(st.integers(0, size)) for size in sizes.values()]
    exact = rounded(oit_indicator(zip(passed, sizes.values(), strict=True)))
    told = list(ways(sizes, exact - D("0.005"), exact + D("0.005"), {}))

    assert passed in [[sub.passed for sub in way] for way in told]
    assert {rounded(oit_indicator((sub.passed, sub.items) for sub in way)) for way in told} == {exact}


def oit(code: str, result: str, title: str = "") -> ItemResult:
    return ItemResult("OIT", None, code, title, "", None, result, "", "")


def test_items_named_as_failed_by_code_or_title_narrow_the_ways() -> None:
    scores = ["90"] * 8 + ["85.00", "100.00"]
    codes = [oit("O23", "fail"), oit("O24", "fail"), oit("", "fail", "รายงานผลการบริหารและ พัฒนาทรัพยากรบุคคลประจำปี")]

    assert len(ways_of(made(scores, year=2566))) > 20
    (only,) = ways_of(made(scores, year=2566, items=codes))
    assert [sub.passed for sub in only] == [10, 8, 4, 1, 4, 8, 5]


def test_items_that_contradict_the_score_leave_no_way() -> None:
    scores = ["90"] * 8 + ["100.00", "100.00"]

    assert ways_of(made(scores, year=2566, items=[oit("O23", "fail")])) == ()


def test_the_three_failures_of_opdc_2566_leave_one_way(open_result: Results) -> None:
    (only,) = ways_of(open_result["opdc", 2566])

    assert [sub.passed for sub in only] == [10, 8, 4, 1, 4, 8, 5]


def test_where_the_grouping_is_unknown_no_items_are_counted(open_result: Results) -> None:
    result = open_result["rawiang", 2568]

    assert ways_of(result) == ()
    assert needed(standing(result), (), lambda _: True) is None


def test_a_grouping_that_is_not_official_is_not_used() -> None:
    rules = RULES[2563]
    assert rules.sub_indicators is not None
    unsure = rules.model_copy(
        update={"sub_indicators": rules.sub_indicators.model_copy(update={"confidence": "unsure"})}
    )

    assert len(ways_of(made([*SURVEYS, "17.80", "12.50"]))) == 1
    assert ways_of(made([*SURVEYS, "17.80", "12.50"], rules=unsure)) == ()


# --- ways to a level ---------------------------------------------------------------------------------------------


def test_ban_paen_reaches_the_next_level_with_two_items(open_result: Results) -> None:
    result = open_result["banpaen", 2563]
    items, surveys = found(result, "C")
    # 0.06 x 424.78 + 0.1 x 249.74 + 0.2 x (17.80 + 62.50) = 25.4868 + 24.974 + 16.06 = 66.5208
    assert items.steps == (Items(2, 2, (("10.2", 2),), rest=False),)
    assert (items.standing.total, items.reached) == (D("66.52"), True)
    assert goals(result) == ["C", "A"]
    # all eight survey indicators up by 14.66: 0.06 x (9.98 + 4 x 14.66) + 0.1 x (2 x 14.66 + 14.29) = 8.4782
    assert [(step.code, step.points) for step in surveys.steps if isinstance(step, Rise)] == [
        ("IIT", D("14.66")),
        ("EIT", D("14.66")),
    ]
    assert surveys.standing.total == D("65.00")


def test_ban_paen_reaches_the_target_by_items_and_never_by_perception(open_result: Results) -> None:
    items, mixed, surveys = found(open_result["banpaen", 2563], "A")
    # indicator 9: (2/9 + 4/8 + 3) / 5 = 74.444, 10: 100; 50.4608 + 0.2 x 174.444 = 85.3497
    assert items.items == 24
    assert dict(items.steps[0].where if isinstance(items.steps[0], Items) else ()) == {
        "10.2": 2, "10.1": 6, "9.4": 4, "9.5": 3, "9.3": 6, "9.2": 3,
    }  # fmt: skip
    # one item of 9.2 less, indicator 4 up by 3.33: 85.3497 - 0.5 + 0.06 x 3.33 = 85.0495
    assert mixed.items == 23
    assert isinstance(mixed.steps[1], Rise)
    assert (mixed.steps[1].code, mixed.steps[1].points) == ("4", D("3.33"))
    # both surveys at 100: 30 + 30 + 0.4 x 15.15 = 66.06
    assert totals((items, mixed, surveys)) == ["85.35", "85.05", "66.06"]
    assert surveys.short == (("total", D("18.94")),)


def test_bgo_needs_perception_because_oit_can_only_give_half_a_point(open_result: Results) -> None:
    ways = found(open_result["bgo", 2564], "AA")
    # 24.6918 + 27.014 + 40 = 91.7058; then 0.3 x 10.97 = 3.291; without OIT 91.2058 + 0.3 x 12.64 = 94.9978
    assert totals(ways) == ["91.71", "95.00", "95.00", "95.00"]
    assert ways[0].steps == (Items(1, 1, (("9.2", 1),), rest=True),)
    assert ways[0].short == (("total", D("3.29")),)
    points = [[step.points for step in way.steps if isinstance(step, Rise)] for way in ways]
    assert points == [[], [D("10.97")], [D("12.64")], [D("6.43"), D("6.43")]]


def test_a_rise_of_bgo_is_told_in_answers_where_the_items_are_known(open_result: Results) -> None:
    iit = found(open_result["bgo", 2564], "AA")[2].steps[0]
    assert isinstance(iit, Rise)
    # 12.64 points x 30 items x 112 respondents / 33 points a step = 1,286.98
    assert iit.answers == Shifts(steps=1287, given=3360, respondents=112)
    assert answers_for(open_result["bgo", 2564], {6: D(1)}) is None  # the number of EIT items is only recalled
    assert answers_for(open_result["opdc", 2566], {1: D(1)}) is None  # the respondents are not known
    assert answers_for(open_result["bgo", 2564], {}) is None


def test_opdc_2565_has_all_of_oit_and_only_surveys_left(open_result: Results) -> None:
    weaker, both = found(open_result["opdc", 2565], "AA")

    assert [step.points for step in weaker.steps if isinstance(step, Rise)] == [D("7.91")]
    assert [step.points for step in both.steps if isinstance(step, Rise)] == [D("3.96"), D("3.96")]
    assert totals((weaker, both)) == ["95.00", "95.00"]


def test_opdc_2566_needs_the_missing_points_of_eit_part_1_alone(open_result: Results) -> None:
    result = open_result["opdc", 2566]
    (way,) = found(result, "ผ่านดี")

    assert goals(result) == ["ผ่านดี"]
    assert way.steps == (Rise("EIT1", D("0.46"), D("84.54"), D("85.00")),)
    # EIT rises by 0.23: 90.4722 + 0.3 x 0.23 = 90.5412
    assert (way.standing.total, way.reached, way.standing.certain) == (D("90.54"), True, True)


def test_rawiang_needs_oit_in_points_and_its_eit_is_high_enough_for_both_parts(open_result: Results) -> None:
    result = open_result["rawiang", 2568]
    (way,) = found(result, "ผ่านดี")

    assert way.steps == (Rise("OIT", D("18.25"), D("66.75"), D("85.00")),)
    # 29.8572 + 29.823 + 0.4 x 85 = 93.6802; EIT 99.41 cannot come from a part under 2 x 99.405 - 100 = 98.81
    assert (way.standing.total, way.standing.tested["EIT1"]) == (D("93.68"), D("98.81"))
    assert way.standing.level == level(result, "ผ่านดี")


def test_a_total_of_94_with_eit_part_1_under_85_is_only_a_pass_and_says_what_is_short() -> None:
    scores = ["97.00"] * 5 + ["87.00"] * 3 + ["97.00", "97.00"]
    result = made(scores, year=2566, parts={"EIT1": "84.00", "EIT2": "90.00"})
    (way,) = found(result, "ผ่านดี")

    assert standing(result).total == D("94.00")
    assert standing(result).level == level(result, "ผ่าน")
    assert [(step.code, step.points) for step in way.steps if isinstance(step, Rise)] == [("EIT1", D("1.00"))]


def test_the_best_level_of_2566_asks_each_instrument_oit_first() -> None:
    scores = ["90.00"] * 5 + ["92.00"] * 3 + ["85.00", "100.00"]
    result = made(scores, year=2566, parts={"EIT1": "91.00", "EIT2": "93.00"})
    (way,) = found(result, "ผ่านดีเยี่ยม")
    items, *rises = way.steps

    assert goals(result) == ["ผ่านดีเยี่ยม"]
    assert isinstance(items, Items)
    assert [(step.code, step.points) for step in rises if isinstance(step, Rise)] == [
        ("IIT", D("5.00")),
        ("EIT1", D("4.00")),
        ("EIT2", D("2.00")),
    ]
    assert way.reached


def test_parts_that_may_be_too_low_are_unknown_not_failed() -> None:
    result = made(["96.00"] * 5 + ["90.00"] * 3 + ["80.00", "80.00"], year=2568)
    (way,) = found(result, "ผ่านดี")

    assert [(step.code, step.points) for step in way.steps if isinstance(step, Rise)] == [("OIT", D("5.00"))]
    assert way.short == (("EIT1", None), ("EIT2", None))
    assert (way.reached, way.standing.certain) == (False, False)
    assert way.standing.level == level(result, "ผ่าน")


def test_one_part_that_is_printed_is_raised_and_the_other_stays_unknown() -> None:
    result = made(["96.00"] * 5 + ["90.00"] * 3 + ["90.00", "90.00"], year=2568, parts={"EIT1": "84.00"})
    (way,) = found(result, "ผ่านดี")

    assert standing(result).tested == {"IIT": D("96"), "EIT1": D("84.00"), "EIT2": D("79.99"), "OIT": D("90")}
    assert [(step.code, step.points) for step in way.steps if isinstance(step, Rise)] == [("EIT1", D("1.00"))]
    assert way.short == (("EIT2", None),)


def test_all_failed_needs_nearly_everything_and_all_passed_needs_nothing() -> None:
    best = made(["100.00"] * 10)
    worst = made(["0.00"] * 10)

    assert goals(best) == []
    assert goals(worst) == ["E", "A"]
    assert totals(found(worst, "E")) == ["40.00", "50.00", "50.00"]
    assert found(worst, "E")[0].items == sum(SIZES.values())


def test_surveys_that_are_full_are_no_way() -> None:
    (only,) = found(made(["100.00"] * 8 + ["17.80", "12.50"]), "A")

    assert only.items > 0


def test_the_goals_are_one_where_the_next_level_is_the_target() -> None:
    assert goals(made(["80.00"] * 10)) == ["A"]
    assert goals(made(["80.00"] * 10, year=2568)) == ["ผ่าน"]
    assert goals(made(["60.00"] * 10, year=2568)) == ["ต้องปรับปรุง", "ผ่าน"]


# --- where an agency stands --------------------------------------------------------------------------------------


def test_without_indicators_or_with_scores_that_contradict_each_other_nothing_is_computed(open_result: Results) -> None:
    assert standing_of(open_result["bgo", 2563]) is None
    assert standing_of(made([*SURVEYS, "17.80", "12.50"], total="60.00")) is None
    assert standing_of(made(SURVEYS)) is None


def test_a_total_that_was_rounded_otherwise_stays_as_it_is_printed() -> None:
    result = made([*SURVEYS, "17.80", "12.50"], total="56.53")  # 56.5208 from the printed indicators

    assert standing(result).total == D("56.53")
    assert standing(result).short_of(level(result, "C")) == (("total", D("8.47")),)


def test_what_an_indicator_alone_must_gain() -> None:
    result = made([*SURVEYS, "17.80", "12.50"])
    now, goal = standing(result), level(result, "C")
    # 64.995 - 56.5208 = 8.4742; / 0.2 = 42.371
    assert alone(now, 9, goal) == D("42.38")
    assert [alone(now, number, goal) for number in range(1, 9)] == [None] * 8
    assert alone(now, 9, level(result, "A")) is None
    assert rounded(room(now, 4)) == D("1.10")  # 0.06 x 18.33
    assert rounded(room(now, 9)) == D("16.44")  # 0.2 x 82.20


@given(st.lists(st.decimals(0, 100, places=2), min_size=10, max_size=10), st.sampled_from([2563, 2566]))
def test_the_level_is_that_of_the_rules(scores: list[D], year: int) -> None:
    eit = rounded(mean(scores[5:8]))
    parts = {"EIT1": str(eit), "EIT2": str(eit)} if year == 2566 else {}
    result = made([str(score) for score in scores], year=year, parts=parts)
    now = standing(result)

    assert result.total is not None
    assert now.total == result.total.value
    assert now.tested == result.tested
    assert now.level == level_of(result.total.value, result.tested, result.rules.levels, result.rules.weights).level
    for goal in result.rules.levels.levels:
        assert now.reaches(goal) == (gaps_to(goal, now.total, now.tested) == ())


# --- the least ---------------------------------------------------------------------------------------------------


def total_of(scores: Mapping[int, D], rules: YearRules) -> D:
    total = total_score(instrument_scores(scores, rules), rules.weights)
    assert total is not None
    return rounded(total)


def with_more(way: Way, more: Sequence[int]) -> dict[int, D]:
    """Both OIT indicators when so many more items of each sub-indicator pass."""
    passed = [(sub.indicator, sub.passed + n, sub.items) for sub, n in zip(way, more, strict=True)]
    return {number: oit_indicator((n, size) for no, n, size in passed if no == number) for number in (9, 10)}


@given(st.data())
def test_the_items_reach_the_goal_and_one_less_does_not(data: st.DataObject) -> None:
    passed = {name: data.draw(st.integers(0, size), label=name) for name, size in SIZES.items()}
    exact = {
        number: oit_indicator((passed[name], size) for name, size in SIZES.items() if name.startswith(f"{number}."))
        for number in (9, 10)
    }
    surveys = data.draw(st.lists(st.decimals(40, 100, places=2), min_size=8, max_size=8))
    result = made([*map(str, surveys), *(str(rounded(score)) for score in exact.values())])
    now, told = standing(result), ways_of(result)
    goal = data.draw(st.sampled_from(result.rules.levels.levels))
    scores = dict(enumerate(surveys, start=1))
    least = needed(now, told, lambda after: after.reaches(goal))

    assert [*passed.values()] in [[sub.passed for sub in way] for way in told]
    for way in told:
        everything = [sub.items - sub.passed for sub in way]
        if least is None:
            assert total_of(scores | with_more(way, everything), result.rules) + now.drift["total"] < goal.total_min
        elif 0 < least.least <= 3:
            fewer = (m for m in product(*(range(min(3, n) + 1) for n in everything)) if sum(m) < least.least)
            best = max(total_of(scores | with_more(way, more), result.rules) for more in fewer)
            assert best + now.drift["total"] < goal.total_min
    if least is not None:
        assert least.standing.total >= goal.total_min
        assert least.standing.total == total_of(least.standing.indicators, result.rules) + now.drift["total"]
        assert least.least <= least.most


@given(st.lists(st.decimals(0, 100, places=2), min_size=10, max_size=10), st.data())
def test_every_way_says_truly_whether_it_reaches_and_a_rise_is_the_least(scores: list[D], data: st.DataObject) -> None:
    result = made([str(score) for score in scores], year=data.draw(st.sampled_from([2563, 2568])))
    now = standing(result)
    assert now.level is not None
    for goal in goals_of(result, now.level):
        for way in scenarios(result, now, goal):
            after = way.standing
            assert after.total == total_of(after.indicators, result.rules) + now.drift["total"]
            assert way.reached == after.reaches(goal)
            assert after.total > now.total
            rises = [step for step in way.steps if isinstance(step, Rise)]
            if way.reached and len(rises) == len(way.steps) == 1 and goal.instrument_min is None:
                short = now.risen(rises[0].code, rises[0].points - D("0.01"))
                assert not short.reaches(goal)


def test_several_ways_that_disagree_give_a_range_and_name_no_place() -> None:
    result = made(["80.00"] * 8 + ["50.00", "50.00"], year=2566)
    told = ways_of(result)
    items = needed(standing(result), told, lambda after: after.total >= 76)

    assert len(told) > 100
    assert items is not None
    # 8 points short, 20 of OIT: four items of 10.2 at 5 each, or where those passed seven of 10.1 at 3.125 each
    assert (items.least, items.most) == (4, 7)
    assert items.where == ()
    assert (items.standing.total, items.alike) == (D("76.00"), False)


def test_least_points_are_in_steps_of_a_hundredth() -> None:
    assert least_points(lambda points: points >= D("3.141")) == D("3.15")
    assert least_points(lambda points: points >= 0) == 0
    assert least_points(lambda points: points > 5, D("4.99")) is None
