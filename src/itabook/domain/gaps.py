"""Where an agency stands against a level, and where it would stand if some of its scores rose."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from itabook.domain.consistency import LAST_DIGIT
from itabook.domain.levels import level_of, next_level, tested_codes
from itabook.domain.results import AgencyYear
from itabook.domain.rules import INSTRUMENTS, Instrument, Level, YearRules
from itabook.domain.scores import FULL, instrument_scores, rounded, total_score

PARTS = ("EIT1", "EIT2")

Gap = tuple[str, Decimal | None]
"""What is short: code ("total" or that of a tested score) and points; None where the score itself is not known."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The scores that a total and a level come from, unrounded where that is known.

    Attributes:
        indicators: all ten, by number.
        parts: the parts of EIT (EIT1, EIT2) that are known, from FY2566.
        drift: by code ("total", IIT …) what the shown score differs from the one computed from these indicators,
            which are themselves rounded for print: 0.00, seldom 0.01.
    """

    rules: YearRules = field(repr=False)
    indicators: Mapping[int, Decimal]
    parts: Mapping[str, Decimal]
    drift: Mapping[str, Decimal]

    @property
    def instruments(self) -> dict[Instrument, Decimal]:
        """Score of each instrument, unrounded."""
        return instrument_scores(self.indicators, self.rules)

    @property
    def total(self) -> Decimal:
        """The total as it would be published: computed unrounded, rounded once."""
        computed = total_score(self.instruments, self.rules.weights) or Decimal(0)  # never None: ten indicators
        return rounded(computed + self.drift["total"])

    @property
    def tested(self) -> dict[str, Decimal]:
        """The scores that a level tests, as they would be published; of parts that are not known the least possible.

        EIT is the mean of two parts of at most 100 points, so neither can be under 2 x EIT - 100.
        """
        computed = self.instruments
        shown = {str(code): rounded(score + self.drift[code]) for code, score in computed.items()}
        least = max(Decimal(0), rounded(2 * (computed["EIT"] - LAST_DIGIT / 2) - FULL))
        return {code: shown.get(code, self.parts.get(code, least)) for code in tested_codes(self.rules.weights)}

    @property
    def unknown(self) -> tuple[str, ...]:
        """The tested scores of which only the least possible value is known."""
        codes = tested_codes(self.rules.weights)
        return tuple(code for code in codes if code not in INSTRUMENTS and code not in self.parts)

    @property
    def parted(self) -> bool:
        """Whether both parts of EIT are known."""
        return len(self.parts) == len(PARTS)

    @property
    def level(self) -> Level | None:
        """The level by the rules of the year; with unknown parts the one that is certain at least."""
        return level_of(self.total, self.tested, self.rules.levels, self.rules.weights).level

    @property
    def certain(self) -> bool:
        """Whether no value that an unknown part can have would give a better level."""
        best = max((level.instrument_min or Decimal(0) for level in self.rules.levels.levels), default=Decimal(0))
        return all(self.tested[code] >= best for code in self.unknown)

    def short_of(self, goal: Level) -> tuple[Gap, ...]:
        """What is short of a level: the total and, where the level asks for it, each tested score."""
        gaps = gaps_to(goal, self.total, self.tested)
        return tuple((code, None if code in self.unknown else points) for code, points in gaps)

    def reaches(self, goal: Level) -> bool:
        """Whether nothing is short of a level."""
        return not self.short_of(goal)

    def score_of(self, code: str) -> Decimal:
        """Score of an indicator ("4"), an instrument or a known part of EIT, unrounded."""
        if code in self.parts:
            return self.parts[code]
        scores: dict[str, Decimal] = {str(number): score for number, score in self.indicators.items()}
        return (scores | {str(name): score for name, score in self.instruments.items()})[code]

    def risen(self, code: str, points: Decimal) -> "Standing":
        """The same after a rise of one score: an indicator ("4"), all indicators of an instrument, a part of EIT.

        No score rises above 100. Where both parts of EIT are known, EIT rises by both of them. What a part does to the
        indicators is not known, so the same change is given to each: their mean is right.
        """
        if code == "EIT" and self.parted:
            return self.risen("EIT1", points).risen("EIT2", points)
        if code in self.parts:
            parts = {**self.parts, code: _capped(self.parts[code], points)}
            change = (parts[code] - self.parts[code]) / len(PARTS)
            return replace(self._changed("EIT", lambda score: score + change), parts=parts)
        return self._changed(code, lambda score: _capped(score, points))

    def _changed(self, code: str, change: Callable[[Decimal], Decimal]) -> "Standing":
        return self.with_indicators({number: change(self.indicators[number]) for number in self.numbers(code)})

    def numbers(self, code: str) -> tuple[int, ...]:
        """The indicators of an instrument, or the one that is named ("4"); none for a part of EIT."""
        return tuple(i.number for i in self.rules.indicators if code in (i.instrument, str(i.number)))

    def with_indicators(self, scores: Mapping[int, Decimal]) -> "Standing":
        """The same with other scores for some indicators."""
        return replace(self, indicators={**self.indicators, **scores})


def gaps_to(goal: Level, total: Decimal, tested: Mapping[str, Decimal]) -> tuple[tuple[str, Decimal], ...]:
    """What a total and tested scores, as published, are short of a level: (code, points), code "total" for the total.

    >>> gaps_to(Level(name="AA", total_min=Decimal(95)), Decimal("91.21"), {})
    (('total', Decimal('3.79')),)
    """
    scores = {"total": (total, goal.total_min)}
    if goal.instrument_min is not None:
        scores |= {code: (score, goal.instrument_min) for code, score in tested.items()}
    return tuple((code, least - score) for code, (score, least) in scores.items() if score < least)


def _capped(score: Decimal, points: Decimal) -> Decimal:
    return max(score, min(FULL, score + points))


def standing_of(result: AgencyYear) -> Standing | None:
    """Where an agency stands.

    None where there is no total, an indicator is missing, the weights of the year are not official, or the printed
    scores contradict each other, so that no total can be computed from them.
    """
    rules, total = result.rules, result.total
    if total is None or len(result.indicators) < len(rules.indicators) or not rules.weights.official:
        return None
    if not all(equation.holds(result.reaches) for equation in result.equations):
        return None
    computed = instrument_scores(result.indicators, rules)
    drift: dict[str, Decimal] = {c: figure.value - rounded(computed[c]) for c, figure in result.instruments.items()}
    drift["total"] = total.value - rounded(total_score(computed, rules.weights) or Decimal(0))
    parts = result.parts if rules.weights.eit_parts else {}
    return Standing(rules, result.indicators, parts, drift)


def goals_of(result: AgencyYear, level: Level) -> tuple[Level, ...]:
    """The levels to aim at from this level: the next better one, then the one that the pass mark gives.

    One where they are the same or the pass mark is reached, none at the best level.
    """
    scheme, total = result.rules.levels, result.total
    better = None if total is None else next_level(level, total.value, result.tested, scheme)
    if total is None or better is None:
        return ()
    if total.value >= scheme.pass_mark:
        return (better.level,)
    passing = next((one for one in reversed(scheme.levels) if one.total_min >= scheme.pass_mark), better.level)
    return tuple(dict.fromkeys((better.level, passing)))


def least_points(reached: Callable[[Decimal], bool], most: Decimal = FULL) -> Decimal | None:
    """The least number of points, in steps of 0.01 up to `most`, that reaches a goal; None where none does.

    `reached` must stay true for all greater numbers.
    """
    steps = range(int(most / LAST_DIGIT) + 1)
    place = bisect_left(steps, True, key=lambda step: reached(step * LAST_DIGIT))
    return None if place == len(steps) else place * LAST_DIGIT


def alone(standing: Standing, number: int, goal: Level) -> Decimal | None:
    """Points that one indicator must gain for the agency to reach a level while all else stays; None where it cannot.

    Source: ita-rules section 1; an indicator counts in the total with the weight of its instrument divided by the
    number of the instrument's indicators.
    """
    code, room = str(number), FULL - standing.indicators[number]
    return least_points(lambda points: standing.risen(code, points).reaches(goal), room)


def room(standing: Standing, number: int) -> Decimal:
    """How much the total would gain if one indicator scored 100, unrounded."""
    instrument = standing.rules.indicator(number).instrument
    of_instrument = len(standing.rules.of_instrument(instrument))
    return standing.rules.weights.of(instrument) * (FULL - standing.indicators[number]) / of_instrument
