"""Items against the indicator that they make up."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from math import lcm

from itabook.domain.facts import ItemResult, Score
from itabook.domain.mistakes import likely_mistake, transpositions
from itabook.domain.proofreading.finding import Outcome, Remark, Rule, Subject, subject_name
from itabook.domain.proofreading.places import same_words, section
from itabook.domain.reach import Reach, mean_reach
from itabook.domain.results import AgencyYear
from itabook.domain.rules import Indicator, Item, SubIndicators, YearRules
from itabook.domain.scores import mean, rounded


def indicator_from_items(subject: Subject) -> Iterator[Outcome]:
    """A survey indicator is the plain mean of its items (ita-rules section 1); only where all items are there."""
    result = subject.result
    for indicator in result.rules.indicators:
        expected = _items_of(indicator, result.rules)
        listing = _complete_listing(result, indicator, expected)
        if not listing:
            continue
        reach = mean_reach([Reach.of(row.printed, row.value) for row in listing if row.value is not None])
        value = rounded(mean(row.value for row in listing if row.value is not None))
        for row in result.printed_scores.get(("indicator", str(indicator.number)), []):
            if row.reach.meets(reach):
                yield None
            else:
                how = f"ค่าเฉลี่ยของ {len(listing)} ข้อคำถาม"
                yield _differs(row, str(value), how, f"{how} คำนวณจากค่าที่ระบุในรายงานได้ {value}")


def oit_from_items(subject: Subject) -> Iterator[Outcome]:
    """An OIT indicator is the mean of its sub-indicators' shares of passed items (ita-rules sections 1 and 12).

    Items whose result the report tells are counted as told, all others may have passed or failed: a printed
    score that none of these ways gives is wrong.
    """
    result, rules = subject.result, subject.result.rules
    groups = rules.sub_indicators
    if groups is None or not groups.official or rules.oit_scoring.method != "sub-indicator-means":
        return
    for indicator in rules.of_instrument("OIT"):
        sizes = {name: size for name, size in groups.items.items() if name.partition(".")[0] == str(indicator.number)}
        rows = result.printed_scores.get(("indicator", str(indicator.number)), [])
        if not rows or None in sizes.values():
            continue
        told = _told(result, groups)
        ways = tuple((size or 0, *_results(told.get(name, {}))) for name, size in sizes.items())
        possible = _possible_scores(ways)
        for row in rows:
            if _has(possible, row.reach):
                yield None
            else:
                yield _unattainable(row, possible, known=sum(len(results) for results in told.values()))


RULES = (
    Rule("indicator-from-items", "คะแนนตัวชี้วัดเทียบกับค่าเฉลี่ยของข้อคำถาม", indicator_from_items),
    Rule("oit-from-items", "คะแนนตัวชี้วัด OIT เทียบกับจำนวนข้อที่ผ่านได้", oit_from_items),
)


def _items_of(indicator: Indicator, rules: YearRules) -> int | None:
    """How many items an indicator of IIT or EIT has; None where it is not known."""
    listed = rules.items.get(indicator.instrument)
    if indicator.instrument == "OIT" or listed is None or not listed.official or listed.count is None:
        return None
    count, rest = divmod(listed.count, len(rules.of_instrument(indicator.instrument)))
    return None if rest else count


def _complete_listing(result: AgencyYear, indicator: Indicator, count: int | None) -> tuple[ItemResult, ...]:
    """One row for each item of an indicator, from the first section that has them all; empty where none has."""
    rows = [row for row in result.items if row.indicator == indicator.number and row.value is not None]
    coded = {row.code: row for row in reversed(rows) if row.code and "." not in row.code}
    if count is not None and len(coded) == count:
        return tuple(coded.values())
    for place in dict.fromkeys(section(row.where) for row in rows):
        named = {same_words(row.title): row for row in rows if section(row.where) == place and row.title}
        if len(named) == count:
            return tuple(named.values())
    return ()


def _told(result: AgencyYear, groups: SubIndicators) -> dict[str, dict[str, bool]]:
    """Items of each sub-indicator whose result the report tells: code and whether it passed."""
    listed = result.rules.items.get("OIT")
    told: dict[str, dict[str, bool]] = {name: {} for name in groups.items}
    for row in result.items:
        item = None if row.instrument != "OIT" or listed is None else find_item(row.code, row.title, listed.items)
        passed = {"pass": True, "fail": False}.get(row.result, None if row.value is None else row.value > 0)
        if item is not None and passed is not None and item.sub_indicator in told:
            told[item.sub_indicator][item.code] = passed
    return told


def find_item(code: str, title: str, items: Sequence[Item]) -> Item | None:
    """The one of some items that a code means; where there is no code, the one with the same wording."""
    if code:
        return next((item for item in items if item.code == code), None)
    return next((item for item in items if same_words(item.title) == same_words(title)), None)


def _results(told: Mapping[str, bool]) -> tuple[int, int]:
    """How many items are known to have passed, and how many to have failed."""
    passed = sum(told.values())
    return passed, len(told) - passed


@lru_cache(maxsize=64)
def _possible_scores(ways: tuple[tuple[int, int, int], ...]) -> tuple[Decimal, ...]:
    """Every score of an OIT indicator, ascending, from (items, passed, failed) of each sub-indicator.

    The shares are summed as whole numbers over a common denominator, so that equal scores fall together.
    """
    common = lcm(*(size for size, _, _ in ways))
    sums = {0}
    for size, passed, failed in ways:
        sums = {total + k * (common // size) for total in sums for k in range(passed, size - failed + 1)}
    return tuple(Decimal(100 * total) / (common * len(ways)) for total in sorted(sums))


def _has(possible: Sequence[Decimal], reach: Reach) -> bool:
    """Whether one of the ascending scores lies within a reach."""
    place = bisect_left(possible, reach.low)
    return place < len(possible) and possible[place] <= reach.high


def _unattainable(row: Score, possible: Sequence[Decimal], known: int) -> Remark:
    place = bisect_left(possible, row.value or Decimal(0))
    near = " และ ".join(str(rounded(score)) for score in possible[max(place - 1, 0) : place + 1])
    swapped = [value for value in transpositions(row.figure) if _has(possible, Reach.of(str(value), value))]
    told = f" เมื่อนับ {known} ข้อที่รายงานบอกผล" if known else ""
    guess = f" {likely_mistake(row.figure, str(swapped[0]))}" if len(swapped) == 1 else ""
    return Remark(
        "error", subject_name(row), printed=row.printed, where=row.where,
        expected=str(swapped[0]) if len(swapped) == 1 else "",
        message=f"คะแนนที่ระบุ {row.printed} เป็นไปไม่ได้ ไม่ว่าจะผ่านกี่ข้อ คะแนนที่เป็นไปได้และใกล้ที่สุดคือ {near}",
        explanation=f"คำนวณจากค่าเฉลี่ยของร้อยละข้อที่ผ่านในแต่ละตัวชี้วัดย่อย{told}{guess}",
    )  # fmt: skip


def _differs(row: Score, expected: str, how: str, explanation: str) -> Remark:
    return Remark(
        "error", subject_name(row), printed=row.printed, expected=expected, where=row.where,
        message=f"คะแนนที่ระบุ {row.printed} ไม่ตรงกับ{how} ซึ่งเท่ากับ {expected}",
        explanation=f"{explanation} {likely_mistake(row.figure, expected)}".strip(),
    )  # fmt: skip
