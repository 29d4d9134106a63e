"""Small groups in a table of counts with its totals: what to hide so that none can be told.

A count of 1 to 4 people is small, be it a cell or a total. It is hidden, and with it the fewest other counts without
which it could be worked out again from what is shown. Zeros are shown: nobody stands in them who could be known, and
an empty group is part of the answer. A zero is only hidden where nothing else can hide a small group.

The method: two tables with the same totals differ by a round of steps, one more here and one fewer there, along cells
that share a row or a column. While such a round through hidden counts only runs through a small count, another table
would show the same, with another number in that place. So for each small count the cheapest round is looked for
(`Rounds`), and what it runs through is hidden.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Literal

FEWEST = 5
"""Counts under this, but not 0, are small."""

Place = tuple[Literal["cell", "row", "column", "all"], int, int]
"""A count of the table: ("cell", row, column), the total ("row", row, 0) or ("column", 0, column), or ("all", 0, 0)."""
Node = tuple[str, int]
_EVERY_ROW: Node = ("rows", 0)
_ALL: Place = ("all", 0, 0)


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of counts, rows of equal length; its totals follow from it."""

    rows: tuple[tuple[int, ...], ...]

    def __getitem__(self, place: Place) -> int:
        """The count in a place."""
        kind, row, column = place
        if kind == "cell":
            return self.rows[row][column]
        if kind == "row":
            return sum(self.rows[row])
        return sum(cells[column] for cells in self.rows) if kind == "column" else sum(map(sum, self.rows))

    @property
    def columns(self) -> tuple[Place, ...]:
        """The totals of the columns."""
        return tuple(("column", 0, column) for column in range(len(self.rows[0]) if self.rows else 0))

    @property
    def inner(self) -> tuple[Place, ...]:
        """The cells and the totals of the rows, row by row."""
        cells: list[Place] = []
        for row, counts in enumerate(self.rows):
            cells += [("cell", row, column) for column in range(len(counts))]
            cells.append(("row", row, 0))
        return tuple(cells)

    def is_small(self, place: Place) -> bool:
        """Whether a count is of so few people that they may be known."""
        return 0 < self[place] < FEWEST


def hidden_places(counts: Counts) -> frozenset[Place]:
    """The places of a table not to be shown; all of them where the whole table counts fewer than five people.

    The same for the same table. Tables that count the same people (by age, by education) and so have the same column
    totals hide the same of these totals, and each keeps what the others hide.

    >>> table = Counts(((1, 20), (30, 40)))
    >>> sorted(hidden_places(table))
    [('cell', 0, 0), ('cell', 0, 1), ('cell', 1, 0), ('cell', 1, 1)]
    """
    if counts.is_small(_ALL):
        return frozenset({*counts.inner, *counts.columns, _ALL})
    pairs = _column_pairs(counts)
    small = [place for place in (*counts.inner, *counts.columns) if counts.is_small(place)]
    hidden = {*small, *(column for pair in pairs for column in pair)}
    rounds = Rounds(counts, pairs)
    for pair in pairs:
        hidden.update(rounds.through_columns(pair, hidden))
    for place in (place for place in small if place[0] != "column"):
        hidden.update(rounds.through(place, hidden))
    return frozenset(_without_needless(rounds, hidden, small))


def _column_pairs(counts: Counts) -> tuple[tuple[Place, Place], ...]:
    """Each small column total, and the total that its people may as well belong to: another small one, or the least.

    They follow from the column totals alone, so that all tables with these totals have the same pairs.
    """
    small = [column for column in counts.columns if counts.is_small(column)]
    filled = [column for column in counts.columns if counts[column]]
    pairs = []
    for number, column in enumerate(small):
        rest = [other for other in (small if len(small) > 1 else filled) if other != column]
        pairs.append((column, small[number - 1] if len(small) > 1 else min(rest, key=counts.__getitem__)))
    return tuple(pairs)


def _without_needless(rounds: "Rounds", hidden: set[Place], small: Sequence[Place]) -> set[Place]:
    """What is hidden, less what is shown without telling a small count, the largest counts first."""
    counts = rounds.counts
    needed = {*small, *(column for pair in rounds.pairs for column in pair)}
    for place in sorted(hidden - needed, key=lambda place: (-counts[place], place)):
        fewer = hidden - {place}
        if rounds.closed(fewer, small):
            hidden = fewer
    return hidden


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds of steps of one table.

    A node is a sum that must stay what it is: of a row, of a column, of the totals of the rows. A step is a count that
    grows or, where it is not zero, shrinks by one; it leads from one sum to the other that the count is part of. Column
    totals change in `pairs` only, the first one fewer, the second one more, for other tables have the same totals and
    must be able to follow.
    """

    counts: Counts
    pairs: tuple[tuple[Place, Place], ...]

    def through(self, place: Place, hidden: set[Place]) -> set[Place]:
        """What the cheapest round through a count runs through; what is hidden already costs nothing."""
        return self._cheapest(place, hidden)[1]

    def through_columns(self, pair: tuple[Place, Place], hidden: set[Place]) -> set[Place]:
        """What one person more in the second column and one fewer in the first runs through."""
        fewer, more = (("column", column[2]) for column in pair)
        found = self._path(more, fewer, hidden, without=None, pair=None)
        assert found is not None  # noqa: S101 - a row with someone in the first column always leads there
        return found[1]

    def closed(self, hidden: set[Place], small: Sequence[Place]) -> bool:
        """Whether each small count and each pair has a round through hidden counts only."""
        inner = (place for place in small if place[0] != "column")
        return all(self.through(place, hidden) <= hidden for place in inner) and all(
            self.through_columns(pair, hidden) <= hidden for pair in self.pairs
        )

    def _cheapest(self, place: Place, hidden: set[Place]) -> tuple[int, set[Place]]:
        start, end = _ends(place)
        found = [
            path
            for pair in (None, *self.pairs)
            for source, target in ((start, end), (end, start))
            if (path := self._path(source, target, hidden, without=place, pair=pair)) is not None
        ]
        return min(found, key=lambda path: (path[0], sorted(path[1])))

    def _path(
        self, source: Node, target: Node, hidden: set[Place], *, without: Place | None, pair: tuple[Place, Place] | None
    ) -> tuple[int, set[Place]] | None:
        """Cost and places of the cheapest steps from one sum to another; None where there are none."""
        queue: list[tuple[int, Node, tuple[Place, ...]]] = [(0, source, ())]
        done: set[Node] = set()
        while queue:
            cost, node, steps = heappop(queue)
            if node == target:
                return cost, set(steps)
            if node in done:
                continue
            done.add(node)
            for place, following in self._steps(node, pair):
                if place != without and following not in done:
                    heappush(queue, (cost + self._cost(place, hidden), following, (*steps, place)))
        return None

    def _steps(self, node: Node, pair: tuple[Place, Place] | None) -> Iterator[tuple[Place, Node]]:
        for place in self.counts.inner:
            start, end = _ends(place)
            if node == start:
                yield place, end
            elif node == end and self.counts[place]:
                yield place, start
        if pair is not None and node == ("column", pair[0][2]):
            yield pair[1], ("column", pair[1][2])

    def _cost(self, place: Place, hidden: set[Place]) -> int:
        """First how many counts are newly hidden, a zero or a total being as dear as two; then the people in them."""
        if place in hidden:
            return 0
        people = self.counts[_ALL] * (len(self.counts.inner) + 1)
        return people * (1 if place[0] == "cell" and self.counts[place] else 2) + self.counts[place]


def _ends(place: Place) -> tuple[Node, Node]:
    """The sums that a count is part of: it leads from the first to the second where it grows."""
    kind, row, column = place
    return (("column", column), ("row", row)) if kind == "cell" else (("row", row), _EVERY_ROW)
