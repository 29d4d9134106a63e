"""The topics that IIT and EIT both ask."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from pydantic import ValidationError

from itabook.data.project import Project
from itabook.data.rules import load_rules
from itabook.domain.results import AgencyYear
from itabook.domain.rules import FIRST_YEAR, LAST_YEAR, Topic
from itabook.domain.views import View, views
from tests.conftest import ROOT
from tests.domain.test_questions import library, made_up

__all__ = ["library"]


def test_opdc_2566_asks_three_topics_on_both_sides(request: pytest.FixtureRequest) -> None:
    result = request.getfixturevalue("library").agency_year("opdc", 2566)

    assert views(result) == (
        View("ปฏิบัติงานตามขั้นตอนและระยะเวลา", D("83.80"), D("87.18")),
        View("ปฏิบัติหรือให้บริการอย่างเท่าเทียม", D("92.67"), D("88.26")),
        View("มุ่งผลสัมฤทธิ์ของงาน", D("93.40"), D("87.92")),
    )
    assert [view.gap for view in views(result)] == [D("-3.38"), D("4.41"), D("5.48")]


def test_items_are_found_by_their_codes_too() -> None:
    result = made_up(("IIT", 1, "I1.1", "ก", "90"), ("EIT", 6, "E1.1", "ข", "80"))

    assert views(result) == (View("เป็นไปตามขั้นตอนที่กำหนด", D(90), D(80)),)


def both(**of_eit: str) -> AgencyYear:
    return made_up(
        ("IIT", 1, "I1", "ก", "90"), ("EIT", 6, "E1", "ข", "80"), *(("EIT", 6, "E1", "ข", v) for v in of_eit.values())
    )


def test_one_side_alone_and_a_value_that_nothing_decides_are_no_view() -> None:
    assert len(views(both())) == 1
    assert views(made_up(("EIT", 6, "E1", "ข", "80"))) == ()
    assert views(both(again="70")) == ()


def test_topics_that_are_only_recalled_are_left_out() -> None:
    result = both()
    recalled = tuple(topic.model_copy(update={"source": "recall"}) for topic in result.rules.topics)

    assert views(replace(result, rules=result.rules.model_copy(update={"topics": recalled}))) == ()


def test_a_topic_must_name_an_item_of_both_instruments() -> None:
    with pytest.raises(ValidationError, match="IIT และ EIT"):
        Topic.model_validate({"name": "ก", "items": {"IIT": ["I1"]}, "source": "seed003", "confidence": "certain"})


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_topics_named_by_code_name_items_that_the_year_documents(year: int) -> None:
    rules = load_rules(Project(ROOT), year)
    known = {item.code: item for listed in rules.items.values() for item in listed.items}
    named = [name for topic in rules.topics for names in topic.items.values() for name in names if name[1:2].isdigit()]

    assert all(known[name.partition(".")[0]].confidence == "certain" for name in named)
