"""Questions of the surveys: one value for each, however often it is printed; and the answers that can be shown."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itabook.data.library import Library
from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.answers import answers
from itabook.domain.disclosure import lost_items, mentions
from itabook.domain.facts import ItemResult, Response
from itabook.domain.official import official_item
from itabook.domain.questions import Question, below, questions, weakest
from itabook.domain.results import AgencyYear
from tests.conftest import ROOT, copy_project
from tests.domain.proofreading.conftest import AGENCY, SOURCE


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(copy_project(tmp_path_factory.mktemp("questions") / "project"))


def made_up(
    *items: tuple[str, int | None, str, str, str], responses: tuple[Response, ...] = (), year: int = 2563
) -> AgencyYear:
    """Items as (instrument, indicator, code, title, printed value)."""
    rows = tuple(
        ItemResult(instrument, indicator, code, title, printed, D(printed) if printed else None, "", "", f"แถวที่ {n}")
        for n, (instrument, indicator, code, title, printed) in enumerate(items)
    )
    rules = load_rules(Project(ROOT), year)
    return AgencyYear(AGENCY, year, rules, SOURCE, items=rows, responses=responses)


def shares(item: str, **given: str) -> tuple[Response, ...]:
    labels = {"least": "น้อยที่สุดหรือไม่มีเลย", "little": "น้อย", "much": "มาก", "most": "มากที่สุด"}
    return tuple(Response(item, labels[key], value, D(value), None, "ตาราง") for key, value in given.items())


def test_opdc_2566_prints_its_items_in_two_tables_and_each_is_counted_once(library: Library) -> None:
    asked = questions(library.agency_year("opdc", 2566))

    assert [sum(one.instrument == code for one in asked) for code in ("IIT", "EIT")] == [28, 12]
    (equal,) = (one for one in asked if one.title.startswith("ปฏิบัติหรือให้บริการ") and one.instrument == "IIT")
    assert (equal.indicator, equal.values, equal.differing) == (1, (D("92.67"),), ())


def test_the_value_of_most_places_stands_and_the_other_is_kept(library: Library) -> None:
    asked = {one.title: one for one in questions(library.agency_year("opdc", 2566))}

    complaints = asked["หน่วยงานมีช่องทางให้ร้องเรียนการทุจริตของเจ้าหน้าที่"]
    assert (complaints.values, complaints.differing, complaints.decided) == ((D("87.27"),), ("97.59",), True)
    assert complaints.indicator == 7  # told by the running text alone


def test_where_nothing_decides_between_two_values_both_stand() -> None:
    (question,) = questions(made_up(("IIT", 1, "I2", "ก", "84.00"), ("IIT", 1, "I2", "ก", "90.00")))

    assert (question.values, question.differing, question.decided) == ((D("84.00"), D("90.00")), (), False)
    assert question.score == D("84.00")


def test_a_value_that_only_rounds_the_other_is_the_same() -> None:
    (question,) = questions(made_up(("IIT", 1, "I2", "ก", "84.2"), ("IIT", 1, "I2", "ก", "84.20")))

    assert (question.values, question.differing) == ((D("84.2"),), ())


def test_items_without_codes_are_known_by_their_wording_whatever_the_blanks() -> None:
    asked = questions(made_up(("EIT", None, "", "การให้ บริการ", "80"), ("EIT", None, "", "การให้บริการ", "80")))

    assert [one.title for one in asked] == ["การให้ บริการ"]


def test_the_rules_of_the_year_tell_the_indicator_that_the_report_does_not_where_they_are_official() -> None:
    asked = questions(
        made_up(("IIT", None, "I30.2", "ก", "80"), ("EIT", None, "E1", "ข", "80"), ("EIT", None, "E2", "ค", "80"))
    )

    assert [one.indicator for one in asked] == [5, 6, None]  # E2 is only recalled


def test_a_question_without_a_printed_score_has_the_one_that_its_answers_give(library: Library) -> None:
    (computed,) = (one for one in questions(library.agency_year("banpaen", 2563)) if one.computed)

    assert (computed.code, computed.score) == ("E14", D("75.31"))


def test_a_question_of_which_only_the_answers_are_printed_has_the_official_wording() -> None:
    (asked,) = questions(made_up(responses=shares("I13", much="50.00", most="50.00")))

    assert (asked.indicator, asked.title[:19], asked.score) == (3, "ท่านได้รับมอบหมายงา", D("83.50"))


def test_weak_questions_of_ban_paen_by_indicator(library: Library) -> None:
    groups = below(questions(library.agency_year("banpaen", 2563)), D(85))

    assert {group: [one.code for one in weak] for group, weak in groups.items()} == {
        ("IIT", 2): ["I7"], ("IIT", 3): ["I15"], ("IIT", 4): ["I20"], ("IIT", 5): ["I30.2"],
        ("EIT", 6): ["E1.1"], ("EIT", 7): ["E6.1"], ("EIT", 8): ["E14"],
    }  # fmt: skip


def test_weak_questions_of_opdc_end_with_those_of_unknown_indicator(library: Library) -> None:
    groups = below(questions(library.agency_year("opdc", 2566)), D(85))

    assert list(groups) == [("IIT", 1), ("IIT", 2), ("IIT", 3), ("IIT", 4), ("IIT", 5), ("EIT", None)]
    assert [str(one.score) for one in groups["IIT", 3]] == ["80.11", "80.16", "84.58"]


def question(number: int | None, score: D) -> Question:
    return Question("IIT", number, "", str(score), (score,))


@given(
    st.lists(st.builds(question, st.none() | st.integers(1, 5), st.decimals(0, 100, places=2))),
    st.decimals(0, 100, places=2),
)
def test_every_question_under_the_target_stands_once_and_weakest_first(asked: list[Question], target: D) -> None:
    groups = below(asked, target)

    shown = [one for weak in groups.values() for one in weak]
    assert sorted(map(str, shown)) == sorted(str(one) for one in asked if one.score < target)
    assert all(list(weak) == sorted(weak, key=lambda one: one.score) for weak in groups.values())


def test_the_weakest_are_all_that_tie() -> None:
    asked = [question(1, D(80)), question(2, D(70)), question(3, D(70))]

    assert [one.indicator for one in weakest(asked)] == [2, 3]
    assert weakest([]) == ()


def test_answers_of_ban_paen_are_mended_where_the_score_proves_how_and_left_out_where_nothing_does(
    library: Library,
) -> None:
    given = {one.item: one for one in answers(library.agency_year("banpaen", 2563))}

    assert {code: one.repair.kind for code, one in given.items() if one.repair} == {
        "I7": "share", "I20": "label", "I30.2": "missing", "E6.1": "label",
    }  # fmt: skip
    assert [code for code, one in given.items() if not one.shares] == ["E1.1"]
    assert [share.percent for share in given["I20"].shares] == [D(0), D("6.45"), D("67.74"), D("25.81")]
    assert given["I30.2"].negative == D("12.90")


def test_what_is_mended_gives_the_printed_score(library: Library) -> None:
    result = library.agency_year("banpaen", 2563)
    printed = {row.code: row.value for row in result.items}

    mended = [one for one in answers(result) if one.repair]
    assert [one.computed for one in mended] == [printed[one.item] for one in mended]


def test_answers_without_a_score_that_could_prove_it_are_not_mended() -> None:
    twice = (*shares("I20", most="67.74"), *shares("I20", most="25.81", little="6.45"))
    (given,) = answers(made_up(("IIT", 4, "I20", "ก", ""), responses=twice))

    assert (given.shares, given.repair) == ((), None)


def test_answers_of_an_item_that_is_only_recalled_have_no_scale_to_stand_on() -> None:
    (given,) = answers(made_up(responses=shares("E2", much="50.00", most="50.00")))

    assert (given.scale, given.shares) == (None, ())


def test_in_a_reversed_scale_the_answer_much_is_negative() -> None:
    (given,) = answers(made_up(responses=shares("I9", least="90.00", most="10.00")))

    assert [(share.label, share.negative) for share in given.shares] == [
        ("มากที่สุด", True), ("มาก", True), ("น้อย", False), ("น้อยที่สุดหรือไม่มีเลย", False),
    ]  # fmt: skip
    assert (given.negative, given.computed) == (D("10.00"), D("90.00"))


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4).filter(any))
def test_whole_numbers_of_people_are_shown_as_they_are_and_sum_to_a_hundred(counts: list[int]) -> None:
    labels = ("น้อยที่สุดหรือไม่มีเลย", "น้อย", "มาก", "มากที่สุด")
    rows = tuple(Response("I7", label, "", None, n, "ตาราง") for label, n in zip(labels, counts, strict=True))
    (given,) = answers(made_up(responses=rows))

    assert [share.label for share in given.shares] == list(labels)
    assert abs(sum((share.percent for share in given.shares), D(-100))) <= D("0.02")


def test_official_items_are_found_by_code_sub_item_or_wording() -> None:
    rules = load_rules(Project(ROOT), 2566)

    found = official_item(rules, "OIT", "", "นโยบายหรือแผนการบริหาร ทรัพยากรบุคคล")
    assert found is not None
    assert (found.code, found.sub_indicator) == ("O23", "9.4")
    assert official_item(rules, "OIT", "O99") is None
    assert official_item(rules, "", "I1") is None


def test_lost_items_of_opdc_are_three_though_its_text_words_two_of_them_otherwise(library: Library) -> None:
    result = library.agency_year("opdc", 2566)

    assert [(item.code, item.sub_indicator, item.score) for item in lost_items(result)] == [
        ("O23", "9.4", D(0)), ("O24", "9.4", D(0)), ("O26", "9.4", D(0)),
    ]  # fmt: skip
    assert [row.title for row in mentions(result)] == ["นโยบายด้านการบริหารทรัพยากรบุคคล", "การ ดำเนินการตามนโยบาย"]


def test_text_that_names_more_lost_items_than_its_list_is_counted(library: Library) -> None:
    result = library.agency_year("opdc", 2566)
    told = next(row for row in result.items if row.title == "การ ดำเนินการตามนโยบาย")
    more = tuple(replace(told, title=f"รายการใหม่ที่ {n}") for n in range(2))

    assert mentions(replace(result, items=(*result.items, *more))) == ()


def test_lost_items_of_rawiang_have_remarks_and_no_sub_indicator(library: Library) -> None:
    lost = lost_items(library.agency_year("rawiang", 2568))

    assert [item.code for item in lost] == ["O2", "O4", "O6", "O9", "O12", "O13", "O14", "O16", "O21", "O24"]
    assert {(item.indicator, item.sub_indicator, bool(item.remark)) for item in lost} == {(9, "", True)}
