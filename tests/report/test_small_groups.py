"""Small groups of respondents: masked in what is new, as printed where it is public already."""

import re
from dataclasses import replace

import pytest

from itabook.data.project import Project
from itabook.domain.facts import RespondentCount
from itabook.errors import DataError
from itabook.report.chapter import AgencyYearChapter, open_agency_year
from itabook.report.display import Table, Text
from itabook.report.respondents import respondent_sentence, respondent_table
from itabook.report.small_groups import MASKED, Group, mask_note, shown_counts
from itabook.words import Words
from tests.conftest import add_year
from tests.report.conftest import Open

NOTE = "× ไม่แสดงจำนวน เพื่อไม่ให้ระบุตัวผู้ตอบได้ ได้แก่ กลุ่มที่มีผู้ตอบน้อยกว่า 5\u00a0คน และจำนวนอื่นเท่าที่ใช้คำนวณย้อนหากลุ่มดังกล่าวได้"


def masked(chapter: AgencyYearChapter) -> AgencyYearChapter:
    return replace(chapter, mask=True)


def people(chapter: AgencyYearChapter, *counts: tuple[str, str, int]) -> AgencyYearChapter:
    """The same chapter with other respondents of IIT by age: (category, sex, count)."""
    rows = tuple(RespondentCount("IIT", "age", category, sex, count, "") for category, sex, count in counts)
    return replace(chapter, result=replace(chapter.result, respondents=rows), mask=True)


def cells(table: Table | Text) -> dict[str, list[str]]:
    """Lines of the table by their first cell; where two are alike, the first."""
    assert isinstance(table, Table)
    found: dict[str, list[str]] = {}
    for line in re.findall(r"<tr>(.*?)</tr>", table.html.partition("<tbody")[2], re.DOTALL):
        texts = [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td.*?</td>", line)]
        found.setdefault(texts[0], texts[1:])
    return found


def test_tables_that_are_published_are_shown_as_printed(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)

    assert chapter.mask is False
    table = respondent_table(chapter)
    assert isinstance(table, Table)
    assert MASKED not in table.html
    assert cells(table)["ต่ำกว่า 20 ปี"] == ["1", "1", "0", "2", "0", "0", "0", "0"]
    assert cells(table)["31 - 40 ปี"] == ["20", "7", "0", "27", "20", "14", "1", "35"]


def test_masked_the_table_keeps_what_tells_nobody(open_chapter: Open) -> None:
    table = respondent_table(masked(open_chapter("bgo", 2564)))

    assert isinstance(table, Table)
    assert NOTE in table.html
    assert cells(table)["ต่ำกว่า 20 ปี"] == ["×", "×", "0", "×", "0", "0", "0", "0"]
    assert cells(table)["20 - 30 ปี"] == ["11", "7", "0", "18", "11", "×", "×", "15"]
    assert cells(table)["31 - 40 ปี"] == ["20", "7", "0", "27", "20", "×", "×", "35"]
    assert cells(table)["รวม"] == ["42", "28", "0", "70", "67", "×", "×", "112"]
    assert cells(table)["บุคคลทั่วไป"] == ["24", "19", "0", "43", "–", "–", "–", "–"]


def test_masked_the_sentence_says_what_it_leaves_out(open_chapter: Open) -> None:
    text = respondent_sentence(masked(open_chapter("bgo", 2564))).markdown

    assert "(EIT) ตอบ 70 คน เป็นหญิง 42 คน และชาย 28 คน " in text
    assert "(IIT) ตอบ 112 คน เป็นหญิง 67 คน ส่วนชาย และอื่น ๆ ไม่แสดงจำนวน เพราะมีกลุ่มที่มีผู้ตอบน้อยกว่า 5 คน" in text


def test_of_two_sexes_one_small_neither_is_counted(open_chapter: Open) -> None:
    chapter = people(open_chapter("bgo", 2564), ("20 ปี", "male", 3), ("20 ปี", "female", 40), ("30 ปี", "male", 0))

    assert "(IIT) ตอบ 43 คน ไม่แสดงจำนวนแยกเพศ เพราะมีกลุ่มที่มีผู้ตอบน้อยกว่า 5 คน" in respondent_sentence(chapter).markdown


def test_of_fewer_than_five_respondents_nothing_is_counted(open_chapter: Open) -> None:
    chapter = people(open_chapter("bgo", 2564), ("20 ปี", "male", 3), ("30 ปี", "female", 1))

    assert "(IIT) มีผู้ตอบน้อยกว่า 5 คน จึงไม่แสดงจำนวน" in respondent_sentence(chapter).markdown
    assert {text for line in cells(respondent_table(chapter)).values() for text in line} == {"×"}


def test_without_small_groups_there_is_no_note(open_chapter: Open) -> None:
    chapter = people(open_chapter("bgo", 2564), ("20 ปี", "male", 30), ("20 ปี", "female", 40))

    table = respondent_table(chapter)
    assert isinstance(table, Table)
    assert MASKED not in table.html
    assert cells(table)["20 ปี"] == ["40", "30", "0", "70"]


def test_bars_are_drawn_by_sex_or_of_the_total_or_not_at_all(open_chapter: Open) -> None:
    shown = shown_counts(open_chapter("bgo", 2564).result, "EIT", "age", masked=True)

    assert shown is not None
    assert shown.masked
    bars = {group.name: group.bar for group in shown.groups}
    assert bars["31 - 40 ปี"] == (("female", 20), ("male", 7), ("other", 0))
    assert bars["51 - 60 ปี"] == (("all", 5),)
    assert bars["ต่ำกว่า 20 ปี"] == ()
    assert shown.total == Group("รวม", {"female": 42, "male": 28, "other": 0}, 70)


def test_counts_that_are_not_masked_are_the_printed_ones(open_chapter: Open) -> None:
    result = open_chapter("bgo", 2564).result
    shown = shown_counts(result, "IIT", "education", masked=False)

    assert shown is not None
    assert not shown.masked
    assert shown.groups[3] == Group("ปริญญาตรีหรือเทียบเท่า", {"female": 29, "male": 11, "other": 1}, 41)
    assert shown_counts(result, "IIT", "contact", masked=True) is None


RESPONDENTS = "instrument,dimension,category,sex,count,where\nIIT,age,20 ปี,male,3,\nIIT,age,20 ปี,female,9,\n"


@pytest.mark.parametrize(
    ("published", "setting", "expected"),
    [
        ("", "auto", True), ("2564", "auto", False),
        ("2564", "on", True), ("2564", True, True),
        ("", "off", False), ("", False, False),
    ],
)  # fmt: skip
def test_what_is_masked_by_setting_and_by_what_is_public(
    empty_project: Project, monkeypatch: pytest.MonkeyPatch, published: str, setting: str | bool, expected: bool
) -> None:
    folder = add_year(empty_project, "try", "2564", respondents=RESPONDENTS)
    with (folder / "source.yml").open("a", encoding="utf-8") as file:
        file.write(f'published: "{published}"\n')
    monkeypatch.setenv("ITABOOK_PROJECT", str(empty_project.root))

    chapter = open_agency_year("try", 2564, mask_small_groups=setting)
    assert chapter.mask is expected
    assert (MASKED in str(cells(respondent_table(chapter)))) is expected


def test_what_is_new_is_masked_without_a_word(empty_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    add_year(empty_project, "try", "2564", respondents=RESPONDENTS)
    monkeypatch.setenv("ITABOOK_PROJECT", str(empty_project.root))

    assert open_agency_year("try", 2564).mask


def test_another_word_is_refused_with_those_that_may_be_used(
    empty_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_year(empty_project, "try", "2564", respondents=RESPONDENTS)
    monkeypatch.setenv("ITABOOK_PROJECT", str(empty_project.root))

    with pytest.raises(DataError, match="auto, on, off") as caught:
        open_agency_year("try", 2564, mask_small_groups="yes")
    assert caught.value.faults[0].value == "yes"


def test_the_note_in_thai_digits() -> None:
    assert "น้อยกว่า ๕\u00a0คน" in mask_note(Words("thai"))
