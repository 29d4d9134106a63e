"""How sure a survey score is: the interval in which it would lie, had everyone been asked.

The method is the interval of Wilson (Journal of the American Statistical Association 22, 1927) with the effective
number of respondents in place of their number (Kott and Carr 1997, Dean and Pagano 2015): a score of 0 to 100 is
treated as a share, and the number of respondents is raised by as much as the answers vary less than answers of only 0
and 100 with the same mean, m(100 - m), would. Student's quantile stands in place of the normal one. Wilson's interval
never leaves 0 to 100, and is the one advised for few respondents (Brown, Cai and DasGupta, Statistical Science 16,
2001). The plain interval of Student holds the truth in only 60 to 90 of 100 samples of 31 people near 100 points; this
one in 90 to 98 (tests/domain/test_intervals.py).

No correction for a finite population: how many staff or visitors there are is not known. Where most of them answered,
the truth lies closer than the interval says. Errors that are not of chance (who chose to answer, how a question was
understood) are in no interval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from statistics import NormalDist
from typing import Literal

from itabook.domain.answered import answered, counted
from itabook.domain.reach import Reach
from itabook.domain.responses import Distribution, distributions
from itabook.domain.results import AgencyYear
from itabook.domain.rules import SURVEYS, Instrument, YearRules
from itabook.domain.sample_size import count_of
from itabook.domain.scores import DIGITS, mean

CONFIDENCE = Decimal(95)
"""Of all intervals so many percent hold the truth."""
FEWEST = 10
"""Of fewer respondents no interval is given: each is ten percent of them or more, and four answers are not a curve."""
QUANTILE = Decimal(str(NormalDist().inv_cdf(0.975)))

Basis = Literal["answers", "items", "score"]
Reason = Literal["not-sampled", "unknown", "contradicting", "two-parts", "few"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A score and the interval around it, in points.

    Attributes:
        respondents: how many answers the score is the mean of.
        basis: what the spread is taken from: the answers to an item; the answers to all items of an indicator; or the
            score alone, whose answers cannot spread more than m(100 - m).
    """

    score: Decimal
    low: Decimal
    high: Decimal
    respondents: int
    basis: Basis

    @property
    def bound(self) -> bool:
        """Whether the interval is the widest possible, not an estimate."""
        return self.basis != "answers"

    @property
    def margin(self) -> Decimal:
        """The longer of its two sides."""
        return max(self.score - self.low, self.high - self.score)


def student(freedom: int) -> Decimal:
    """The 97.5 % quantile of Student's t, right to 0.001 from 9 degrees of freedom on.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.

    >>> round(student(30), 3), round(student(9), 3)
    (Decimal('2.042'), Decimal('2.262'))
    """
    z = QUANTILE
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum((term / freedom**power for power, term in enumerate(terms, start=1)), Decimal(0))


def interval(score: Decimal, respondents: int, variance: Decimal | None, basis: Basis) -> Interval:
    """The interval of a score (points) whose answers have this variance (points squared, divided by n).

    None for the variance takes the largest possible, and so does zero: that all who answered agree does not say that
    all others would. ValueError for fewer than `FEWEST` respondents.

    >>> found = interval(Decimal(80), 112, None, "score")
    >>> round(found.low, 2), round(found.high, 2), round(found.margin, 2)
    (Decimal('71.55'), Decimal('86.42'), Decimal('8.45'))
    """
    if respondents < FEWEST:
        raise ValueError(f"ผู้ตอบ {respondents} คนน้อยเกินกว่าจะคำนวณช่วง")
    with localcontext() as context:
        context.prec = DIGITS
        largest = score * (100 - score)
        spread = Decimal(1)
        if variance and largest:
            spread = min(spread, variance * respondents / (respondents - 1) / largest)
        doubt = student(respondents - 1) ** 2 * spread / respondents
        centre = (score + 50 * doubt) / (1 + doubt)
        half = (doubt * (largest + 2500 * doubt)).sqrt() / (1 + doubt)
        low, high = max(Decimal(0), min(score, centre - half)), min(Decimal(100), max(score, centre + half))
    return Interval(score, low, high, respondents, basis)


def item_interval(spread: Distribution) -> Interval | None:
    """The interval of an item from how its answers are spread; None where they contradict each other or are too few."""
    if not spread.sound or spread.scale is None or spread.respondents is None or spread.respondents < FEWEST:
        return None
    score, variance = _moments(spread)
    return interval(score, spread.respondents, variance, "answers")


def _moments(spread: Distribution) -> tuple[Decimal, Decimal]:
    """Mean and variance of the points of the answers to an item whose scale and respondents are known."""
    respondents = spread.respondents or 0
    counts = {share.label: count_of(share.reach, respondents) for share in spread.shares}
    points = {answer.label: answer.points for answer in spread.scale.answers} if spread.scale else {}
    with localcontext() as context:
        context.prec = DIGITS
        total = sum(counts.values())
        score = sum((points[label] * count for label, count in counts.items()), Decimal(0)) / total
        squares = sum(((points[label] - score) ** 2 * count for label, count in counts.items()), Decimal(0))
        return score, squares / total


def item_intervals(result: AgencyYear) -> dict[str, Interval]:
    """The intervals of the items and sub-items whose answers are known and agree with their printed score."""
    found = {spread.item: item_interval(spread) for spread in distributions(result) if _trusted(spread, result)}
    return {item: interval for item, interval in found.items() if interval is not None}


def _trusted(spread: Distribution, result: AgencyYear) -> bool:
    """Whether the answers give every printed score of the item; without one, whether its scale is not just recalled.

    Not where two samples stand behind one distribution (`reason_without`).
    """
    if spread.item[:1] == "E" and result.rules.weights.eit_parts:
        return False
    printed = [
        Reach.of(row.printed, row.value) for row in result.items if row.code == spread.item and row.value is not None
    ]
    if printed:
        return spread.scale is not None and all(spread.score().meets(reach) for reach in printed)
    items = [item for listed in result.rules.items.values() for item in listed.items]
    return any(item.code == spread.item.partition(".")[0] and item.confidence != "unsure" for item in items)


def indicator_intervals(result: AgencyYear) -> dict[int, Interval]:
    """The intervals of the survey indicators by number, where the number of respondents is known.

    An indicator is the mean of its items, and all answer all items, so it is the mean over the respondents of what each
    gives on average: a figure of 0 to 100. How answers to two items go together is not known. From the answers to all
    items, the standard deviation is at most the mean of those of the items; from the score s alone, at most that of
    answers of only 0 and 100, the root of s(100 - s).
    """
    spreads = {spread.item: spread for spread in distributions(result) if _trusted(spread, result) and spread.sound}
    found: dict[int, Interval] = {}
    for code in SURVEYS:
        people = None if reason_without(result, code) else answered(result, code)
        for indicator in result.rules.of_instrument(code) if people else ():
            if people and indicator.number in result.indicators:
                variance = _largest_variance(questions(indicator.number, result.rules), spreads)
                basis: Basis = "score" if variance is None else "items"
                score = result.indicators[indicator.number]
                found[indicator.number] = interval(score, people.count, variance, basis)
    return found


def questions(number: int, rules: YearRules) -> tuple[tuple[str, ...], ...]:
    """The codes of what is asked for an indicator, one tuple an item: its sub-items, or itself.

    Empty where the list of the instrument's items is not whole or not official.
    """
    listed = rules.items.get(rules.indicator(number).instrument)
    if listed is None or not listed.official or listed.count != len(listed.items):
        return ()
    items = [item for item in listed.items if item.indicator == number]
    return tuple(tuple(f"{i.code}.{n}" for n in range(1, len(i.sub_items) + 1)) or (i.code,) for i in items)


def _largest_variance(items: Sequence[Sequence[str]], spreads: Mapping[str, Distribution]) -> Decimal | None:
    """The square of the mean standard deviation of the items; None unless the answers to all are known."""
    asked = [code for item in items for code in item]
    if not asked or any(code not in spreads or not spreads[code].respondents for code in asked):
        return None
    deviations = {code: _moments(spreads[code])[1].sqrt() for code in asked}
    return mean(mean(deviations[code] for code in item) for item in items) ** 2


def reason_without(result: AgencyYear, instrument: Instrument) -> Reason | None:
    """Why the indicators of an instrument have no interval; None where they have one.

    OIT is not sampled. EIT of FY2566 on is the mean of two parts; how sure such a mean is follows from the respondents
    of each part, which no table counts.
    """
    if instrument == "OIT":
        return "not-sampled"
    people = answered(result, instrument)
    if people is None:
        return "contradicting" if counted(result, instrument) else "unknown"
    if instrument == "EIT" and result.rules.weights.eit_parts:
        return "two-parts"
    return "few" if people.count < FEWEST else None
