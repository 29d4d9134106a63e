"""One agency of a list: what its ten indicators, its total and its level say of each other."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from itabook.domain.facts import Agency, AgencyType, Peer, Score, Source
from itabook.domain.levels import level_of
from itabook.domain.reach import Reach
from itabook.domain.results import AgencyYear
from itabook.domain.rules import INSTRUMENTS, Instrument, YearRules
from itabook.domain.scores import FULL, PLACES, rounded

KEY = "peers"
"""Stands for the agency where a finding is of a list."""


def printed_places(peer: Peer) -> int:
    """The most decimals of any score of a row."""
    values = [value for value in (*peer.indicators, peer.total) if value is not None]
    return max((max(0, -int(value.as_tuple().exponent)) for value in values), default=0)


def list_places(peers: Iterable[Peer]) -> int:
    """Decimals with which all rows of a list are printed at least: two, as ITA publishes, where any row has so many.

    A row alone does not tell, for spreadsheets drop zeros at the end: 82.2 may have been printed as 82.20.
    """
    return min(PLACES, max(map(printed_places, peers), default=0))


def as_agency(peer: Peer, key: str = KEY) -> Agency:
    """The agency of a row."""
    kind: AgencyType = peer.type  # type: ignore[assignment]  # the table of peers holds no other
    return Agency.model_construct(key=key, name=peer.name, short=peer.name, type=kind, province=peer.province)


def as_agency_year(peer: Peer, rules: YearRules, least: int = 0, *, key: str = KEY) -> AgencyYear:
    """A row as a report that prints nothing but scores, so that what is made for reports can be applied to it.

    `least` is with how many decimals it is printed at least (`list_places`); `key` is that of the agency.
    """
    source = Source.model_construct(document=peer.source, publisher="")
    scores = tuple(_scores(peer, least))
    return AgencyYear(as_agency(peer, key), rules.fiscal_year, rules, source, scores=scores, listed=True)


def has_scores(peer: Peer) -> bool:
    """Whether a row tells any score."""
    return any(value is not None for value in (*peer.indicators, peer.total))


def _scores(peer: Peer, least: int) -> Iterator[Score]:
    places = max(printed_places(peer), least)

    def score(scope: str, code: str, value: Decimal | None, level: str = "") -> Score:
        return Score("score", scope, code, "", "" if value is None else f"{value:.{places}f}", value, level, "")

    if peer.total is not None or peer.level:
        yield score("total", "", peer.total, peer.level)
    for number, value in enumerate(peer.indicators, start=1):
        if value is not None:
            yield score("indicator", str(number), value)


def possible_levels(peer: Peer, rules: YearRules, least: int = 0) -> tuple[str, ...]:
    """The levels that a row can have by the rules of its year, best first; empty where it has no total.

    A list prints neither instruments nor the parts of EIT: they lie between what the indicators allow at least and at
    most, and the levels between those two are all possible.
    """
    if peer.total is None:
        return ()
    places = max(printed_places(peer), least)
    reach = _reach(peer.total, places) if places < PLACES else Reach.exact(peer.total)
    ends = [rounded(max(reach.low, Decimal(0))), rounded(min(reach.high, FULL))]
    names = rules.levels.names
    found = []
    for total, tested in zip(ends, _tested_ends(peer, rules, places), strict=True):
        level = level_of(total, tested, rules.levels, rules.weights).level
        found.append(len(names) - 1 if level is None else names.index(level.name))
    worst, best = found
    return names[best : worst + 1]


def _reach(value: Decimal, places: int) -> Reach:
    half = Decimal(1).scaleb(-places) / 2
    return Reach(value - half, value + half)


def _tested_ends(peer: Peer, rules: YearRules, places: int) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """The scores that a level tests, the least and the greatest that the indicators of a row allow.

    Where EIT has two parts, their mean is EIT: one can lie as far below it as the other above it, up to 100.
    """
    low: dict[str, Decimal] = {}
    high: dict[str, Decimal] = {}
    for code in INSTRUMENTS:
        reach = _instrument_reach(peer, rules, code, places)
        least, most = rounded(max(reach.low, Decimal(0))), rounded(min(reach.high, FULL))
        if code == "EIT" and rules.weights.eit_parts:
            low |= dict.fromkeys(("EIT1", "EIT2"), max(2 * least - FULL, Decimal(0)))
            high |= dict.fromkeys(("EIT1", "EIT2"), most)
        else:
            low[code], high[code] = least, most
    return low, high


def _instrument_reach(peer: Peer, rules: YearRules, code: Instrument, places: int) -> Reach:
    """Reach of the mean of the indicators of an instrument; one that is not there can be anything from 0 to 100."""
    values = [peer.indicators[indicator.number - 1] for indicator in rules.of_instrument(code)]
    known = [value for value in values if value is not None]
    half, number = len(known) * Decimal(1).scaleb(-places) / 2, len(values)
    whole = sum(known, Decimal(0))
    return Reach((whole - half) / number, (whole + half + (number - len(known)) * FULL) / number)
