"""Which printed score is wrong where the scores of one report contradict each other.

The scores of a report hang together by equations: an instrument is the mean of its indicators, from FY2566
EIT is the mean of its parts, the total is the weighted sum of the instruments (ita-rules section 1). Where
an equation does not hold, every single change that would make all of them hold is tried; only where exactly
one is the most likely is it a correction.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from enum import IntEnum

from itabook.domain.facts import Score
from itabook.domain.mistakes import mistake_of, transpositions
from itabook.domain.reach import Reach, weighted
from itabook.domain.rules import INSTRUMENTS, Instrument, YearRules
from itabook.domain.scores import DIGITS, rounded

Key = tuple[str, str]
"""What is scored: scope and code, ("total", ""), ("instrument", "EIT"), ("part", "EIT1"), ("indicator", "8")."""

LAST_DIGIT = Decimal("0.01")
TOTAL: Key = ("total", "")
EIT: Key = ("instrument", "EIT")
PARTS: tuple[Key, Key] = (("part", "EIT1"), ("part", "EIT2"))


class Likelihood(IntEnum):
    """How a wrong figure came to be, the most likely first."""

    PRINTED_ELSEWHERE = 0
    TRANSPOSED = 1
    DIGIT_TOO_FEW_OR_MANY = 2
    RECOMPUTED = 3


@dataclass(frozen=True, slots=True)
class Correction:
    """The value of a score that makes every equation of the report hold.

    Attributes:
        key: what is scored.
        value: the right score, two decimals.
        likelihood: how the printed one came to be.
        proven: whether it is more than a guess: the value is printed elsewhere, or follows to the last digit from
            the parts by more than one equation, or by one that a slip of the hand explains. A part never follows
            so, for any of the parts may be wrong. The book shows only proven values.
    """

    key: Key
    value: Decimal
    likelihood: Likelihood
    proven: bool = False

    @property
    def reach(self) -> Reach:
        """Reach of the value."""
        return Reach.of(f"{self.value:.2f}", self.value)


@dataclass(frozen=True, slots=True)
class Equation:
    """`factor` times the whole is the weighted sum of the parts.

    Attributes:
        name: the rule that it stands for.
    """

    name: str
    whole: Key
    factor: Decimal
    parts: tuple[tuple[Key, Decimal], ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """Everything that it speaks of, the whole first."""
        return self.whole, *(key for key, _ in self.parts)

    def reach(self, reaches: Mapping[Key, Reach]) -> Reach:
        """Reach of `factor` times the whole, from its parts."""
        return weighted((weight, reaches[key]) for key, weight in self.parts)

    def holds(self, reaches: Mapping[Key, Reach]) -> bool:
        """Whether unrounded scores within these reaches can satisfy it."""
        return self.reach(reaches).meets(reaches[self.whole].times(self.factor))

    def value(self, values: Mapping[Key, Decimal]) -> Decimal:
        """The whole, recomputed from its parts, unrounded."""
        with localcontext() as context:
            context.prec = DIGITS
            return sum((weight * values[key] for key, weight in self.parts), Decimal(0)) / self.factor


def equations(known: Collection[Key], rules: YearRules) -> tuple[Equation, ...]:
    """The equations of a year between the scores that are known; the total's only where the weights are official."""
    found: list[Equation] = []
    indicators = {code: [("indicator", str(i.number)) for i in rules.of_instrument(code)] for code in INSTRUMENTS}
    complete = {code: all(key in known for key in keys) for code, keys in indicators.items()}
    for code, keys in indicators.items():
        if complete[code] and ("instrument", code) in known:
            parts = tuple((key, Decimal(1)) for key in keys)
            found.append(Equation("instrument-from-indicators", ("instrument", code), Decimal(len(keys)), parts))
    if rules.weights.eit_parts and EIT in known and all(key in known for key in PARTS):
        found.append(Equation("eit-from-parts", EIT, Decimal(2), tuple((key, Decimal(1)) for key in PARTS)))
    if TOTAL in known and rules.weights.official:
        whole = {code: ((("instrument", code), rules.weights.of(code)),) for code in INSTRUMENTS}
        split = {code: whole[code] if not complete[code] else _shares(code, rules) for code in INSTRUMENTS}
        for parts in dict.fromkeys(tuple(p for code in INSTRUMENTS for p in way[code]) for way in (split, whole)):
            if all(key in known for key, _ in parts):
                found.append(Equation("total-from-instruments", TOTAL, Decimal(1), parts))
    return tuple(found)


def _shares(code: Instrument, rules: YearRules) -> tuple[tuple[Key, Decimal], ...]:
    """The indicators of an instrument with the weight of each in the total."""
    indicators = rules.of_instrument(code)
    return tuple((("indicator", str(i.number)), rules.weights.of(code) / len(indicators)) for i in indicators)


def by_key(rows: Sequence[Score]) -> dict[Key, list[Score]]:
    """The rows that print each score, in the order of the report."""
    found: dict[Key, list[Score]] = {}
    for row in rows:
        if row.measure == "score" and row.value is not None and (row.code or row.scope == "total"):
            found.setdefault(row.key, []).append(row)
    return found


def suspected(printed: Mapping[Key, list[Score]], system: Sequence[Equation]) -> dict[Key, Correction]:
    """The scores whose first printed value is wrong, or likely to be, as far as the other scores say which."""
    reaches = {key: rows[0].reach for key, rows in printed.items()}
    if all(equation.holds(reaches) for equation in system):
        return {}
    whole = _solve(printed, system, reaches)
    if whole is not None:
        return {whole.key: whole}
    return _solve_piecewise(printed, system, reaches)


def _solve_piecewise(
    printed: Mapping[Key, list[Score]], system: Sequence[Equation], reaches: Mapping[Key, Reach]
) -> dict[Key, Correction]:
    """Several mistakes, one in each instrument and one in the total; none unless all equations hold afterwards."""
    fixed = dict(reaches)
    found: dict[Key, Correction] = {}
    for code in (*INSTRUMENTS, ""):
        own = [equation for equation in system if equation.whole[1] == code]
        correction = _solve(printed, own, fixed)
        if correction is not None:
            found[correction.key] = correction
            fixed[correction.key] = correction.reach
    return found if _all_hold(system, fixed) else {}


def _solve(
    printed: Mapping[Key, list[Score]], system: Sequence[Equation], reaches: Mapping[Key, Reach]
) -> Correction | None:
    """The one change that makes all equations hold; None where there is none, or more than one as likely."""
    broken = [equation for equation in system if not equation.holds(reaches)]
    if not broken:
        return None
    suspects = dict.fromkeys(key for equation in broken for key in equation.keys)
    viable = [
        candidate
        for key in suspects
        for candidate in _candidates(key, printed[key], broken, reaches)
        if _all_hold(system, {**reaches, key: candidate.reach})
    ]
    if not viable:
        return None
    best = min(candidate.likelihood for candidate in viable)
    likely = [candidate for candidate in viable if candidate.likelihood == best]
    values = {(candidate.key, candidate.value) for candidate in likely}
    alone = len(values) == 1 or (best == Likelihood.RECOMPUTED and len({key for key, _ in values}) == 1)
    first = likely[0]
    rivals = {candidate.key for candidate in viable if candidate.likelihood < Likelihood.RECOMPUTED} - {first.key}
    whole = first.key in {equation.whole for equation in broken}
    exact = whole and (len(broken) > 1 or (best == Likelihood.TRANSPOSED and not rivals))
    proven = best == Likelihood.PRINTED_ELSEWHERE or exact
    return replace(first, proven=proven) if alone and (proven or best < Likelihood.RECOMPUTED) else None


def _all_hold(system: Sequence[Equation], reaches: Mapping[Key, Reach]) -> bool:
    return all(equation.holds(reaches) for equation in system)


def _candidates(
    key: Key, rows: Sequence[Score], broken: Sequence[Equation], reaches: Mapping[Key, Reach]
) -> Iterator[Correction]:
    """What a score may have been: another printed value, its digits in order, the value that the parts give."""
    first = rows[0]
    for row in rows[1:]:
        if row.value is not None and row.value != first.value:
            yield Correction(key, row.value, Likelihood.PRINTED_ELSEWHERE)
    for value in transpositions(first.figure):
        yield Correction(key, value, Likelihood.TRANSPOSED)
    values = {name: (reach.low + reach.high) / 2 for name, reach in reaches.items()}
    for equation in broken:
        if equation.whole == key:
            middle = rounded(equation.value(values))
            for value in (middle, middle - LAST_DIGIT, middle + LAST_DIGIT):  # its parts are rounded, too
                slip = mistake_of(first.figure, str(value))
                yield Correction(key, value, Likelihood.DIGIT_TOO_FEW_OR_MANY if slip else Likelihood.RECOMPUTED)
