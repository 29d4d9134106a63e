"""Masking of small groups: nothing small can be worked out from what is left, and no more is hidden than needed."""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from itabook.domain.masking import FEWEST, Counts, Place, Rounds, _column_pairs, hidden_places

ALL: Place = ("all", 0, 0)


def shown(rows: Sequence[Sequence[int]]) -> list[list[str]]:
    """The table with its totals as a reader sees it."""
    counts = Counts(tuple(map(tuple, rows)))
    hidden = hidden_places(counts)

    def text(*place: Place) -> list[str]:
        return ["×" if one in hidden else str(counts[one]) for one in place]

    lines = [
        text(*(("cell", row, column) for column in range(len(cells))), ("row", row, 0))
        for row, cells in enumerate(rows)
    ]
    return [*lines, text(*counts.columns, ALL)]


def test_a_table_without_small_groups_is_shown_as_it_is() -> None:
    assert shown([(5, 0, 12), (7, 30, 0)]) == [["5", "0", "12", "17"], ["7", "30", "0", "37"], ["12", "30", "12", "54"]]


def test_a_small_cell_takes_three_others_with_it() -> None:
    assert shown([(3, 20, 9), (30, 8, 40), (50, 60, 70)]) == [
        ["×", "×", "9", "32"],
        ["×", "×", "40", "78"],
        ["50", "60", "70", "180"],
        ["83", "88", "119", "290"],
    ]


def test_small_cells_that_hide_each_other_take_nothing_with_them() -> None:
    assert shown([(3, 2), (1, 4), (50, 60)]) == [
        ["×", "×", "5"],
        ["×", "×", "5"],
        ["50", "60", "110"],
        ["54", "66", "120"],
    ]


def test_a_total_of_a_row_under_five_is_hidden_with_another_total() -> None:
    assert shown([(1, 2), (7, 9), (20, 30)]) == [
        ["×", "×", "×"],
        ["×", "×", "×"],
        ["20", "30", "50"],
        ["28", "41", "69"],
    ]
    assert shown([(3, 0), (7, 9), (20, 30)]) == [
        ["×", "0", "×"],
        ["×", "9", "×"],
        ["20", "30", "50"],
        ["30", "39", "69"],
    ]


def test_a_total_of_a_column_under_five_is_hidden_with_the_smallest_other_one() -> None:
    assert shown([(11, 4 + 5, 0), (20, 14, 1), (36, 21, 0)]) == [
        ["11", "9", "0", "20"],
        ["20", "×", "×", "35"],
        ["36", "21", "0", "57"],
        ["67", "×", "×", "112"],
    ]


def test_nothing_is_shown_of_fewer_than_five_people() -> None:
    assert shown([(1, 0), (2, 1)]) == [["×"] * 3] * 3


def test_an_empty_group_is_shown_and_nobody_at_all_is_no_small_group() -> None:
    assert shown([(0, 0), (0, 0)]) == [["0"] * 3] * 3
    assert hidden_places(Counts(())) == frozenset()


def test_a_zero_is_hidden_only_where_nothing_else_hides_a_small_group() -> None:
    assert shown([(2, 50), (40, 0)]) == [["×", "×", "52"], ["×", "×", "40"], ["42", "50", "92"]]


def tables(most: int) -> st.SearchStrategy[Counts]:
    """Small tables with many small counts and zeros."""
    count = st.one_of(st.just(0), st.integers(1, FEWEST - 1), st.integers(0, most))
    sizes = st.tuples(st.integers(1, 3), st.integers(2, 3))
    return sizes.flatmap(
        lambda size: st.lists(
            st.tuples(*[count] * size[1]), min_size=size[0], max_size=size[0]
        ).map(lambda rows: Counts(tuple(rows)))
    )  # fmt: skip


def places(counts: Counts) -> list[Place]:
    return [*counts.inner, *counts.columns, ALL]


def like(counts: Counts, hidden: frozenset[Place]) -> Iterator[Counts]:
    """Every table of counts that shows the same, by trying them all: a reader who thinks as far as one can."""
    total = counts[ALL]
    every = [
        range(total + 1) if ("cell", row, column) in hidden else (count,)
        for row, cells in enumerate(counts.rows)
        for column, count in enumerate(cells)
    ]
    fixed = [place for place in places(counts) if place not in hidden]
    width = len(counts.columns)
    for cells in product(*every):
        other = Counts(tuple(cells[start : start + width] for start in range(0, len(cells), width)))
        if all(other[place] == counts[place] for place in fixed):
            yield other


def few_enough(counts: Counts, hidden: frozenset[Place]) -> bool:
    cells = sum(place[0] == "cell" for place in hidden)
    return bool((counts[ALL] + 1) ** cells < 10_000)


@given(tables(most=6))
def test_no_small_count_can_be_told_from_what_is_shown(counts: Counts) -> None:
    hidden = hidden_places(counts)
    assume(counts[ALL] >= FEWEST and few_enough(counts, hidden))
    possible = list(like(counts, hidden))

    for place in places(counts):
        if counts.is_small(place):
            assert place in hidden
            assert len({other[place] for other in possible}) > 1


@given(tables(most=6), st.randoms(use_true_random=False))
def test_nor_from_two_tables_of_the_same_people_together(counts: Counts, random: Random) -> None:
    """The second table counts the same people by something else: the same totals of columns, other rows."""
    columns = [[cells[column] for cells in counts.rows] for column in range(len(counts.columns))]
    for column in columns:
        random.shuffle(column)
    tables = (counts, Counts(tuple(zip(*columns, strict=True))))
    hidden = [hidden_places(table) for table in tables]
    assume(counts[ALL] >= FEWEST and all(few_enough(t, h) for t, h in zip(tables, hidden, strict=True)))
    possible = [list(like(table, places)) for table, places in zip(tables, hidden, strict=True)]

    assert {place for place in hidden[0] if place[0] == "column"} == {p for p in hidden[1] if p[0] == "column"}
    agreed = set.intersection(*({tuple(one[c] for c in counts.columns) for one in found} for found in possible))
    for table, found in zip(tables, possible, strict=True):
        kept = [other for other in found if tuple(other[column] for column in counts.columns) in agreed]
        for place in places(table):
            if table.is_small(place):
                assert len({other[place] for other in kept}) > 1


@given(tables(most=90))
def test_larger_counts_cannot_be_told_by_their_sums(counts: Counts) -> None:
    """Of a small count no sum of shown ones tells it: its row is not in the span of the equations."""
    hidden = sorted(hidden_places(counts))
    assume(counts[ALL] >= FEWEST and hidden)
    sums = [[place for place in places(counts) if belongs(place, total)] for total in totals(counts)]
    matrix = np.array([[(1 if place in parts else 0) * sign(place, parts) for place in hidden] for parts in sums])
    rank = np.linalg.matrix_rank(matrix)

    for number, place in enumerate(hidden):
        if counts.is_small(place):
            unit = np.eye(len(hidden))[number]
            assert np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank + 1


def totals(counts: Counts) -> list[Place]:
    rows: list[Place] = [("row", row, 0) for row in range(len(counts.rows))]
    return [*rows, *counts.columns, ("all", 0, 1), ("all", 1, 0)]


def belongs(place: Place, total: Place) -> bool:
    """Whether a place stands in the equation of a total; ("all", …) twice: as the sum of rows and of columns."""
    if total[0] == "row":
        return place == total or (place[0] == "cell" and place[1] == total[1])
    if total[0] == "column":
        return place == total or (place[0] == "cell" and place[2] == total[2])
    return place[0] == ("row" if total[2] else "column")


def sign(place: Place, parts: Sequence[Place]) -> int:
    return -1 if place[0] in ("row", "column") and any(part[0] == "cell" for part in parts) else 1


@given(tables(most=90))
def test_no_more_is_hidden_than_needed(counts: Counts) -> None:
    assume(counts[ALL] >= FEWEST)
    hidden = set(hidden_places(counts))
    pairs = _column_pairs(counts)
    small = [place for place in places(counts) if counts.is_small(place)]
    rounds = Rounds(counts, pairs)

    assert rounds.closed(hidden, small)
    for place in hidden - {column for pair in pairs for column in pair} - set(small):
        assert not rounds.closed(hidden - {place}, small)


@given(tables(most=90))
def test_the_same_table_hides_the_same(counts: Counts) -> None:
    assert hidden_places(counts) == hidden_places(Counts(counts.rows))


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_every_small_count_is_small(count: int) -> None:
    assert Counts(((count, 10),)).is_small(("cell", 0, 0))
    assert not Counts(((0, 10),)).is_small(("cell", 0, 0))
    assert not Counts(((FEWEST, 10),)).is_small(("cell", 0, 0))
