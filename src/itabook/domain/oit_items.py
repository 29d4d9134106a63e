"""How many OIT items an agency passed in each sub-indicator, told from its scores, and how many more it needs."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, groupby, product
from math import ceil, lcm

from itabook.domain.gaps import Standing
from itabook.domain.results import AgencyYear
from itabook.domain.rules import YearRules
from itabook.domain.scores import oit_indicator

OIT = (9, 10)
"""The indicators of OIT."""

Bounds = Mapping[str, tuple[int, int]]
"""The least and the greatest number of passed items by sub-indicator, as far as the report names items."""


@dataclass(frozen=True, slots=True)
class SubIndicator:
    """A sub-indicator ("9.4"), the number of its indicator, and how many of its items pass."""

    name: str
    indicator: int
    passed: int
    items: int


Way = tuple[SubIndicator, ...]
"""One way in which the items of all sub-indicators can have passed."""


@dataclass(frozen=True, slots=True)
class Needed:
    """How many more items must pass, those that count most first.

    Attributes:
        least: the number where the printed scores leave several ways open, at best.
        most: the same, at worst; equal to `least` where all ways agree.
        where: sub-indicators with the number of items in each; empty where the ways do not agree.
        standing: where the agency stands afterwards, by the way that gives the least total.
        alike: whether every way gives the same total.
    """

    least: int
    most: int
    where: tuple[tuple[str, int], ...]
    standing: Standing
    alike: bool


def grouping(rules: YearRules) -> dict[str, int]:
    """Items of each sub-indicator; empty where the year's grouping or its way of scoring is not official."""
    known, scoring = rules.sub_indicators, rules.oit_scoring
    if known is None or not known.official or not scoring.official or scoring.method != "sub-indicator-means":
        return {}
    sizes = {name: size for name, size in known.items.items() if size is not None}
    return sizes if len(sizes) == len(known.items) else {}


def ways_of(result: AgencyYear) -> tuple[Way, ...]:
    """All ways in which the printed OIT scores can have come about.

    None at all where the grouping is not known, or where no way gives the printed scores and the items named as failed.
    """
    sizes = grouping(result.rules)
    if not sizes:
        return ()
    bounds = _bounds(result, sizes)
    indicators = []
    for number, group in groupby(sizes, key=lambda name: name.partition(".")[0]):
        reach = result.reaches.get(("indicator", number))
        if reach is None:
            return ()
        some = {name: sizes[name] for name in group}
        indicators.append(tuple(ways(some, reach.low, reach.high, bounds)))
    return tuple(tuple(chain(*parts)) for parts in product(*indicators))


def ways(sizes: Mapping[str, int], low: Decimal, high: Decimal, bounds: Bounds) -> Iterator[Way]:
    """The ways in which an indicator of these sub-indicators can score at least `low` and less than `high`.

    Shares are counted in whole parts of the least common multiple of the sizes, so nothing is rounded.
    Source: ita-rules section 12.

    >>> found = ways({"9.1": 9, "9.2": 8, "9.3": 7, "9.4": 4, "9.5": 5}, Decimal("17.795"), Decimal("17.805"), {})
    >>> [[sub.passed for sub in way] for way in found]
    [[2, 1, 1, 0, 2]]
    """
    unit = lcm(*sizes.values())
    scale = Decimal(unit * len(sizes)) / 100
    least, most = ceil(low * scale), ceil(high * scale) - 1
    ranges = []
    for name, size in sizes.items():
        fewest, greatest = bounds.get(name, (0, size))
        number = int(name.partition(".")[0])
        ranges.append([SubIndicator(name, number, n, size) for n in range(fewest, greatest + 1)])
    yield from _summing(ranges, unit, least, most)


def _summing(ranges: Sequence[Sequence[SubIndicator]], unit: int, least: int, most: int) -> Iterator[Way]:
    """One of each range, their shares (in parts of `unit`) summing to between `least` and `most`."""
    if not ranges:
        if least <= 0 <= most:
            yield ()
        return
    first, *rest = ranges
    further = unit * len(rest)
    for sub in first:
        share = sub.passed * unit // sub.items
        if least - further <= share <= most:
            yield from ((sub, *others) for others in _summing(rest, unit, least - share, most - share))


def _bounds(result: AgencyYear, sizes: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """What the items that the report names leave open; an item is known by its code, else by its official title."""
    items = result.rules.items["OIT"].items
    codes = {item.code: item.code for item in items} | {_bare(item.title): item.code for item in items}
    verdicts: dict[str, set[str]] = {}
    for row in result.items:
        code = codes.get(row.code) or codes.get(_bare(row.title))
        if row.instrument == "OIT" and code and row.result:
            verdicts.setdefault(code, set()).add(row.result)
    told = {item.sub_indicator: [0, sizes.get(item.sub_indicator, 0)] for item in items}
    for item in items:
        verdict = verdicts.get(item.code)
        if verdict == {"pass"}:
            told[item.sub_indicator][0] += 1
        elif verdict == {"fail"}:
            told[item.sub_indicator][1] -= 1
    return {name: (low, high) for name, (low, high) in told.items() if name in sizes}


def _bare(title: str) -> str:
    return "".join(title.split())


def left(ways: Sequence[Way]) -> tuple[int, int]:
    """How many items have not passed yet: at best and at worst."""
    counts = [sum(sub.items - sub.passed for sub in way) for way in ways]
    return min(counts), max(counts)


def needed(
    standing: Standing, ways: Sequence[Way], reached: Callable[[Standing], bool], indicators: Sequence[int] = OIT
) -> Needed | None:
    """The least number of further items of these indicators that reaches a goal; None where all of them do not."""
    found: dict[tuple[tuple[int, int], ...], tuple[int, Standing]] = {}
    places = set()
    for way in ways:
        left_open = _order(way)
        order = [sub for sub in left_open if sub.indicator in indicators]
        open_items = tuple((sub.indicator, sub.items) for sub in left_open)
        if open_items not in found:  # ways that leave items of the same worth open differ in names only
            count = _least(standing, way, order, reached)
            if count is None:
                return None
            found[open_items] = count, _after(standing, way, order[:count])
        places.add(_places(order[: found[open_items][0]]))
    if not found:
        return None
    counts = [count for count, _ in found.values()]
    worst = min((after for _, after in found.values()), key=lambda after: after.total)
    alike = len({after.total for _, after in found.values()}) == 1
    return Needed(min(counts), max(counts), places.pop() if len(places) == 1 else (), worst, alike)


def _least(
    standing: Standing, way: Way, order: Sequence[SubIndicator], reached: Callable[[Standing], bool]
) -> int | None:
    """How many items of this order must pass; None where all do not suffice."""
    counts = range(len(order) + 1)
    count = bisect_left(counts, True, key=lambda count: reached(_after(standing, way, order[:count])))
    return None if count == len(counts) else count


def _order(way: Way) -> list[SubIndicator]:
    """The items that have not passed, each as its sub-indicator, those that count most first.

    An item counts one part of its sub-indicator, a sub-indicator one part of its indicator.
    """
    siblings = Counter(sub.indicator for sub in way)
    return [
        sub
        for sub in sorted(way, key=lambda sub: siblings[sub.indicator] * sub.items)
        for _ in range(sub.items - sub.passed)
    ]


def _after(standing: Standing, way: Way, more: Sequence[SubIndicator]) -> Standing:
    """Where the agency stands by one way when so many more items have passed, its OIT scores unrounded."""
    gained = Counter(sub.name for sub in more)
    scores = {
        number: oit_indicator((sub.passed + gained[sub.name], sub.items) for sub in group)
        for number, group in groupby(way, key=lambda sub: sub.indicator)
    }
    return standing.with_indicators(scores)


def _places(passed: Sequence[SubIndicator]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(sub.name for sub in passed).items())
