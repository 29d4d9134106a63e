"""The scores of other agencies of the same type in the same year, and where an agency stands among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

from itabook.domain.facts import Agency, Peer
from itabook.domain.results import AgencyYear
from itabook.domain.scores import DIGITS, rounded

FEWEST = 5
"""With fewer agencies neither quartiles nor a range are told: they would be single agencies, not a group."""
NOT_A_GROUP = {"country", "other"}
"""Types of which two agencies need not be alike."""
TOTAL = "total"

Place = Literal["below", "low", "middle", "high", "above"]
"""Below all others; between the least and the lower quartile; from quartile to quartile; above it; above all others."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Scores of a group, 0 to 100, unrounded: the least, three quartiles, the greatest."""

    least: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    greatest: Decimal

    def place(self, score: Decimal) -> Place:
        """Where a score lies; quartiles are compared as they are shown, rounded to two decimals."""
        if score < self.least:
            return "below"
        if score > self.greatest:
            return "above"
        if score < rounded(self.lower):
            return "low"
        return "high" if score > rounded(self.upper) else "middle"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One score of an agency beside those of its peers.

    Attributes:
        score: of the agency.
        peers: how many others have this score.
        spread: of the others; None where there are fewer than `FEWEST`.
    """

    score: Decimal
    peers: int
    spread: Spread | None

    @property
    def place(self) -> Place | None:
        """Where the agency stands; None where that is not told."""
        return None if self.spread is None else self.spread.place(self.score)


def quantile(values: Sequence[Decimal], share: Fraction) -> Decimal:
    """A quantile of sorted values: linear between the two values beside it, unrounded.

    The definition is type 7 of Hyndman and Fan (1996), that of QUARTILE.INC in spreadsheets. ValueError without values.

    >>> quantile([Decimal(80), Decimal(90), Decimal(95), Decimal(99)], Fraction(1, 4))
    Decimal('87.5')
    """
    if not values:
        raise ValueError("ไม่มีค่าให้หาควอร์ไทล์")
    position = (len(values) - 1) * share
    whole = int(position)
    beyond = position - whole
    low, high = values[whole], values[min(whole + 1, len(values) - 1)]
    with localcontext() as context:
        context.prec = DIGITS
        return low + (high - low) * beyond.numerator / beyond.denominator


def spread_of(scores: Iterable[Decimal]) -> Spread:
    """Range and quartiles of scores. ValueError where there are none."""
    ordered = sorted(scores)
    quartiles = (quantile(ordered, Fraction(quarter, 4)) for quarter in (1, 2, 3))
    lower, median, upper = quartiles
    return Spread(ordered[0], lower, median, upper, ordered[-1])


def compare(result: AgencyYear, peers: Sequence[Peer]) -> dict[str, Comparison]:
    """Total ("total") and indicators ("1" to "10") that the agency has a score of, beside those of its peers."""
    scores = {str(number): score for number, score in result.indicators.items()}
    if result.total is not None:
        scores[TOTAL] = result.total.value
    return {code: _comparison(score, [_score(peer, code) for peer in peers]) for code, score in scores.items()}


def _comparison(score: Decimal, scores: Iterable[Decimal | None]) -> Comparison:
    known = [other for other in scores if other is not None]
    return Comparison(score, len(known), spread_of(known) if len(known) >= FEWEST else None)


def _score(peer: Peer, code: str) -> Decimal | None:
    return peer.total if code == TOTAL else peer.indicators[int(code) - 1]


def others(agency: Agency, group: Iterable[Peer]) -> tuple[Peer, ...]:
    """The peers of an agency in a group of its type: all but itself, under its name or its short name.

    Empty for the types in `NOT_A_GROUP`.
    """
    if agency.type in NOT_A_GROUP:
        return ()
    itself = _names(agency)
    return tuple(peer for peer in group if not _is_one_of(peer, itself))


def by_name(listed: Iterable[Peer]) -> dict[str, list[Peer]]:
    """The rows of a list by name without blanks, in which `itself_in` looks."""
    found: dict[str, list[Peer]] = {}
    for peer in listed:
        found.setdefault(_folded(peer.name), []).append(peer)
    return found


def itself_in(agency: Agency, listed: Mapping[str, Sequence[Peer]]) -> Peer | None:
    """The row of an agency in a list: of its type, under its name or short name; None without one, or with several."""
    itself = _names(agency)
    named = [peer for name in itself for peer in listed.get(name, ())]
    found = [peer for peer in named if peer.type == agency.type and _is_one_of(peer, itself)]
    return found[0] if len(found) == 1 else None


def _names(agency: Agency) -> dict[str, set[str]]:
    """Province by the names that an agency goes by."""
    return {_folded(name): {agency.province} for name in (agency.name, agency.short)}


def _is_one_of(peer: Peer, known: Mapping[str, set[str]]) -> bool:
    """Whether an agency is among those known, by name and province, as far as both provinces are told.

    Many subdistricts share a name, so that the province tells them apart.
    """
    provinces = known.get(_folded(peer.name), set())
    return bool(provinces) and (not peer.province or bool(provinces & {"", peer.province}))


def _folded(name: str) -> str:
    """A name without blanks, which are typed in many ways."""
    return "".join(name.split())
