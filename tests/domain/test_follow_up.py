"""Last year's measures and the rows that report on them."""

from hypothesis import given
from hypothesis import strategies as st

from itabook.domain.facts import Measure
from itabook.domain.follow_up import FollowUp, follow_ups, of_kind


def row(number: str, text: str, kind: str = "measure") -> Measure:
    return Measure(kind, (), number, text, "", "", "", "", "")


def report(number: str, text: str) -> Measure:
    return row(number, text, "follow-up")


def test_a_report_belongs_to_the_measure_of_its_text() -> None:
    first, second = row("1", "ปรับคู่มือ"), row("2", "อบรมบุคลากร")
    done = report("1", "อบรม บุคลากร")

    assert follow_ups([first, second], [done]) == (FollowUp(first, None), FollowUp(second, done))


def test_without_a_text_that_fits_the_number_decides_in_either_digits() -> None:
    measure, done = row("2", "อบรมบุคลากร"), report("๒", "จัดอบรมแล้วสองรุ่น")

    (found,) = follow_ups([measure], [done])
    assert (found.measure, found.report, found.reworded) == (measure, done, True)


def test_the_number_tells_measures_of_the_same_text_apart() -> None:
    first, second = row("1", "ปรับคู่มือ"), row("4", "ปรับคู่มือ")
    done = report("4", "ปรับคู่มือ")

    assert follow_ups([first, second], [done]) == (FollowUp(first, None), FollowUp(second, done))


def test_a_report_that_fits_two_measures_or_none_is_given_to_none() -> None:
    same = [row("1", "ปรับคู่มือ"), row("1", "ปรับคู่มือ")]
    unclear, unknown = report("1", "ปรับคู่มือ"), report("", "ตรวจเว็บไซต์")

    rows = follow_ups(same, [unclear, unknown])
    assert [found.measure for found in rows] == [*same, None, None]
    assert [found.report for found in rows] == [None, None, unclear, unknown]


def test_a_measure_can_have_two_reports() -> None:
    measure, first, second = row("1", "ก"), report("1", "ก"), report("", "ก")

    assert follow_ups([measure], [first, second]) == (FollowUp(measure, first), FollowUp(measure, second))


def test_rows_of_one_kind() -> None:
    measure, done = row("1", "ก"), report("1", "ก")

    assert of_kind([measure, done], "follow-up") == (done,)


ROWS = st.lists(st.tuples(st.sampled_from(["", "1", "๑", "2"]), st.sampled_from(["ก", "ข", "ค"])), max_size=5)


@given(ROWS, ROWS)
def test_no_measure_is_lost_and_each_report_stands_once(
    ours: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> None:
    measures, reports = [row(*one) for one in ours], [report(*one) for one in theirs]
    rows = follow_ups(measures, reports)

    assert {id(found.measure) for found in rows if found.measure} == {id(measure) for measure in measures}
    assert sorted(id(found.report) for found in rows if found.report) == sorted(id(one) for one in reports)
