"""Ways for an agency to reach a level, the cheapest kind first: whole OIT items, then perception of a few, then of all.

An OIT item is a document to publish. A survey only moves when the people who answer it change their minds.
Each way assumes that all other scores stay as they are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, pairwise
from math import ceil

from itabook.domain.gaps import Gap, Standing, least_points
from itabook.domain.oit_items import OIT, Way, left, needed, ways_of
from itabook.domain.responses import respondents_of
from itabook.domain.results import AgencyYear
from itabook.domain.rules import SURVEYS, Level, YearRules
from itabook.domain.scores import FULL

Reached = Callable[[Standing], bool]


@dataclass(frozen=True, slots=True)
class Shifts:
    """What a rise of a survey means in answers: `steps` of them, out of `given`, one step up the scale each.

    One answer is that of one respondent to one item.
    """

    steps: int
    given: int
    respondents: int


@dataclass(frozen=True, slots=True)
class Rise:
    """A score that rises: that of an indicator ("4"), of each indicator of an instrument, of a part of EIT.

    Attributes:
        code: what rises.
        points: by how much; no score rises above 100.
        before: its score, the mean of an instrument's indicators, unrounded.
        after: the same afterwards.
        answers: what that means in answers; None where the year's rules or the report do not tell.
    """

    code: str
    points: Decimal
    before: Decimal
    after: Decimal
    answers: Shifts | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """Further OIT items to pass: so many at least and at most, `where` if that is known, `rest` if no other is left."""

    least: int
    most: int
    where: tuple[tuple[str, int], ...]
    rest: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """Steps towards a level, and where the agency stands after them.

    Attributes:
        alike: whether the total is certain; else it is the least of the ways that the printed scores leave open.
    """

    goal: Level
    steps: tuple[Items | Rise, ...]
    standing: Standing
    alike: bool = True

    @property
    def short(self) -> tuple[Gap, ...]:
        """What is still short of the goal."""
        return self.standing.short_of(self.goal)

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return not self.short

    @property
    def items(self) -> int:
        """How many OIT items it takes, at most."""
        return sum(step.most for step in self.steps if isinstance(step, Items))


def scenarios(result: AgencyYear, standing: Standing, goal: Level) -> tuple[Scenario, ...]:
    """The ways to a level, five at most, the cheapest kind first; those that fall short say by how much.

    What a level asks of single instruments is part of every way. Empty where nothing known is short of the level.
    """
    planner = _Planner(result, ways_of(result))
    start = planner.required(Scenario(goal, (), standing))
    if all(code != "total" for code, _ in start.short):
        return (start,) if start.steps else ()
    return (*planner.items_first(start), *planner.surveys(start))


@dataclass(frozen=True, slots=True)
class _Planner:
    """Adds steps to scenarios."""

    result: AgencyYear
    ways: tuple[Way, ...]

    def required(self, start: Scenario) -> Scenario:
        """Each tested score raised to what the level asks of it, OIT first."""
        least = start.goal.instrument_min
        if least is None:
            return start
        for code in sorted(start.standing.tested, key=lambda code: code != "OIT"):
            if code not in start.standing.unknown and start.standing.tested[code] < least:
                met = _tested(code, least)
                start = self.with_oit(start, met) if code == "OIT" else self.with_rise(start, (code,), met)
        return start

    def items_first(self, start: Scenario) -> Iterator[Scenario]:
        """OIT alone; then all of it with the least perception that is enough, or less of it with some."""
        enough = _enough(start.goal)
        oit = self.with_oit(start, enough)
        if oit.steps == start.steps:
            return
        yield oit
        weakest = self.weakest(start.standing)
        if oit.reached:
            eased = self.with_rise(start, (weakest,), _scored(weakest, self.result.rules.levels.pass_mark))
            mixed = self.with_oit(eased, enough)
            if not eased.reached and mixed.items < oit.items:
                yield mixed
        else:
            mixes = (self.with_rise(oit, codes, enough) for codes in ((weakest,), *self.levers(start.standing)))
            yield from islice((mixed for mixed in mixes if mixed.reached), 1)

    def surveys(self, start: Scenario) -> Iterator[Scenario]:
        """The weaker survey alone where that is enough, then both, even where they are not."""
        one, both = (self.with_rise(start, codes, _enough(start.goal)) for codes in self.levers(start.standing))
        if one.reached and one.steps != both.steps:
            yield one
        if both.steps != start.steps:
            yield both

    def weakest(self, standing: Standing) -> str:
        """The lowest score of a survey: an indicator, or a part of EIT where both parts are known."""
        surveyed = [i for code in SURVEYS for i in self.result.rules.of_instrument(code)]
        codes = [str(i.number) for i in surveyed if not (standing.parted and i.instrument == "EIT")]
        parts = list(standing.parts) if standing.parted else []
        return min(codes + parts, key=standing.score_of)

    def levers(self, standing: Standing) -> tuple[tuple[str, ...], ...]:
        """The weaker survey, and both."""
        return (min(SURVEYS, key=standing.score_of),), SURVEYS

    def with_oit(self, start: Scenario, met: Reached) -> Scenario:
        """As few further OIT items as it takes, or all of them; points of OIT where the items cannot be counted."""
        if not self.ways:
            return self.with_rise(start, ("OIT",), met)
        found = needed(start.standing, self.ways, met) or needed(start.standing, self.ways, _complete)
        if found is None or found.most == 0:
            return start
        rest = (found.least, found.most) == left(self.ways)
        others = tuple(step for step in start.steps if isinstance(step, Rise))
        items = Items(found.least, found.most, found.where, rest)
        return Scenario(start.goal, (items, *others), found.standing, alike=found.alike)

    def with_rise(self, start: Scenario, codes: Sequence[str], met: Reached) -> Scenario:
        """The least rise of these scores, by the same number of points, that it takes; up to 100 where none does."""
        points = least_points(lambda points: met(_risen(start.standing, codes, points)))
        if points == 0:
            return start
        points = FULL if points is None else points
        after = _risen(start.standing, codes, points)
        rises = (self.rise(code, points, start.standing, after) for code in codes)
        steps = tuple(rise for rise in rises if rise.after > rise.before)
        return replace(start, steps=(*start.steps, *steps), standing=after)

    def rise(self, code: str, points: Decimal, before: Standing, after: Standing) -> Rise:
        """One score that rises, and what that means in answers."""
        gains = {n: after.indicators[n] - before.indicators[n] for n in before.numbers(code)}
        answers = answers_for(self.result, gains) if not before.parted or code != "EIT" else None
        return Rise(code, points, before.score_of(code), after.score_of(code), answers)


def _risen(standing: Standing, codes: Sequence[str], points: Decimal) -> Standing:
    for code in codes:
        standing = standing.risen(code, points)
    return standing


def _complete(standing: Standing) -> bool:
    return all(standing.indicators[number] >= FULL for number in OIT)


def _tested(code: str, least: Decimal) -> Reached:
    return lambda standing: standing.tested[code] >= least


def _scored(code: str, least: Decimal) -> Reached:
    return lambda standing: standing.score_of(code) >= least


def _enough(goal: Level) -> Reached:
    """Whether the total is enough; what the level asks of OIT is kept."""
    least = goal.instrument_min or Decimal(0)
    return lambda standing: standing.total >= goal.total_min and standing.tested["OIT"] >= least


def answers_for(result: AgencyYear, gains: Mapping[int, Decimal]) -> Shifts | None:
    """How many answers must move up one step for these rises (points by indicator of one survey), about.

    A step is worth the least difference of two answers of the year's scales (33 points in FY2563 to 2566), so that a
    rise of an indicator takes rise x items x respondents / 33 steps. An item with sub-items counts as one answer.
    None where the items of the survey or the scales are not official, or the respondents are not known.
    Source: ita-rules sections 1 and 4.
    """
    if not gains:
        return None
    instrument = result.rules.indicator(next(iter(gains))).instrument
    items, respondents, step = (
        result.rules.items[instrument],
        respondents_of(result, instrument[0]),
        _step(result.rules),
    )
    if not items.official or not items.items or len(items.items) != items.count or not respondents or step is None:
        return None
    asked = {number: sum(item.indicator == number for item in items.items) for number in gains}
    points = sum((gain * asked[number] for number, gain in gains.items()), Decimal(0)) * respondents
    return Shifts(ceil(points / step), sum(asked.values()) * respondents, respondents)


def _step(rules: YearRules) -> Decimal | None:
    """The least difference of two neighbouring answers in the scales of the year; None where they are not official."""
    if rules.scales is None or not rules.scales.official:
        return None
    points = [[answer.points for answer in scale.answers] for scale in rules.scales.scales]
    return min((abs(one - other) for scale in points for one, other in pairwise(scale)), default=None)
