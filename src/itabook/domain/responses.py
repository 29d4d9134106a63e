"""How the answers to one item are spread, put together from the rows that print them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from itabook.domain.facts import Response
from itabook.domain.reach import Reach, weighted
from itabook.domain.results import AgencyYear
from itabook.domain.rules import Scale, YearRules
from itabook.domain.sample_size import count_of, estimate_respondents, is_share
from itabook.domain.scores import rounded

HUNDRED = Reach.exact(Decimal(100))
COUNTED_PLACES = 20


@dataclass(frozen=True, slots=True)
class Share:
    """One answer and the share of those who gave it, with its reach in percent."""

    label: str
    printed: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class Distribution:
    """The answers to one item.

    Attributes:
        item: code of the item.
        shares: one share for each label, in the order of the report.
        repeats: shares that the report mentions again.
        scale: the scale of the item in that year; None where it is not known.
        respondents: how many answered; None where nothing tells.
        where: place of the first share.
    """

    item: str
    shares: tuple[Share, ...]
    repeats: tuple[Response, ...]
    scale: Scale | None
    respondents: int | None
    where: str

    @property
    def complete(self) -> bool:
        """Whether the shares sum to 100, within the rounding of each."""
        return weighted((Decimal(1), share.reach) for share in self.shares).meets(HUNDRED)

    @property
    def labelled(self) -> bool:
        """Whether each label stands once, and all of them in the scale where that is known."""
        labels = [share.label for share in self.shares]
        known = labels if self.scale is None else [answer.label for answer in self.scale.answers]
        return len(set(labels)) == len(labels) and set(labels) <= set(known)

    @property
    def whole(self) -> bool:
        """Whether each share is a whole number of people, as far as their number is known."""
        return self.respondents is None or all(is_share(share.reach, self.respondents) for share in self.shares)

    @property
    def sound(self) -> bool:
        """Whether nothing in it contradicts itself."""
        return self.complete and self.labelled and self.whole

    def score(self) -> Reach:
        """Reach of the item's score by the labels as they stand (ita-rules section 4). ValueError without a scale.

        Exact where the number of respondents is known and every share is a whole number of them.
        """
        if self.scale is None:
            raise ValueError(f"ไม่ทราบมาตรวัดของข้อ {self.item}")
        points = [(self.scale.points(share.label) or Decimal(0), share.reach) for share in self.shares]
        if self.respondents and self.whole:
            total = sum((point * count_of(reach, self.respondents) for point, reach in points), Decimal(0))
            return Reach.exact(total / self.respondents)
        return weighted((point / 100, reach) for point, reach in points)

    def with_share(self, place: int, value: Decimal) -> "Distribution":
        """The same with another value (percent, as printed) for one share."""
        shares = list(self.shares)
        shares[place] = Share(shares[place].label, str(value), Reach.of(str(value), value))
        return replace(self, shares=tuple(shares))


def distributions(result: AgencyYear) -> tuple[Distribution, ...]:
    """The distributions of one agency-year, in the order of the report."""
    rows: dict[str, list[Response]] = {}
    for row in result.responses:
        if row.percent is not None or row.count is not None:
            rows.setdefault(row.item, []).append(row)
    numbers = {letter: respondents_of(result, letter) for letter in "IEO"}
    return tuple(_distribution(item, group, result.rules, numbers.get(item[:1])) for item, group in rows.items())


def _distribution(item: str, rows: Sequence[Response], rules: YearRules, respondents: int | None) -> Distribution:
    counted = sum(row.count for row in rows if row.count is not None) if all(r.count is not None for r in rows) else 0
    first, repeats = _split([(row, _reach(row, counted)) for row in rows])
    shares = tuple(Share(row.answer, row.printed or str(row.count), reach) for row, reach in first)
    return Distribution(item, shares, repeats, scale_of(item, rules), counted or respondents, rows[0].where)


def _reach(row: Response, counted: int) -> Reach:
    """Reach in percent; a share of people that no decimal holds, as a third, gets room for its last digit."""
    if row.percent is not None:
        return Reach.of(row.printed, row.percent)
    share = rounded(Decimal(100 * (row.count or 0)) / counted, COUNTED_PLACES) if counted else Decimal(0)
    return Reach.of(f"{share:.{COUNTED_PLACES}f}", share)


def _split(rows: Sequence[tuple[Response, Reach]]) -> tuple[list[tuple[Response, Reach]], tuple[Response, ...]]:
    """The distribution itself, and the rows that mention one of its shares again.

    A row is a mention where its label stood before with the same share, or where its share would make more than 100.
    """
    first: list[tuple[Response, Reach]] = []
    repeats: list[Response] = []
    for row, reach in rows:
        before = [other for other, _ in first if other.answer == row.answer]
        again = any((row.percent, row.count) == (other.percent, other.count) for other in before)
        over = weighted((Decimal(1), share) for share in [*(r for _, r in first), reach]).low > 100
        if again or (before and over):
            repeats.append(row)
        else:
            first.append((row, reach))
    return first, tuple(repeats)


def scale_of(item: str, rules: YearRules) -> Scale | None:
    """The scale of an item, or of the item that a sub-item belongs to; None where the year's rules do not say."""
    whole = item.partition(".")[0]
    listed = next((listed for code, listed in rules.items.items() if code[0] == item[:1]), None)
    if listed is None or rules.scales is None or not rules.scales.official:
        return None
    name = next((known.scale for known in listed.items if known.code == whole), "")
    return next((scale for scale in rules.scales.scales if scale.name == name), None)


def respondents_of(result: AgencyYear, letter: str) -> int | None:
    """How many answered an instrument: as its tables count, else as the shares of its items betray."""
    tables: dict[tuple[str, str], int] = {}
    for row in result.respondents:
        if row.instrument[:1] == letter:
            place = (row.dimension, row.where)
            tables[place] = tables.get(place, 0) + row.count
    if tables:
        return next(iter(tables.values())) if len(set(tables.values())) == 1 else None
    rows = [row for row in result.responses if row.item[:1] == letter and row.percent is not None]
    return estimate_respondents((row.printed, row.percent) for row in rows if row.percent is not None)
