"""What a distribution that contradicts itself or its score may have been before it was printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from itabook.domain.facts import ItemResult
from itabook.domain.mistakes import transpositions
from itabook.domain.reach import Reach, decimals, weighted
from itabook.domain.responses import Distribution, Share
from itabook.domain.sample_size import count_of
from itabook.domain.scores import rounded


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to make a distribution and its printed score agree.

    Attributes:
        kind: "label", "share", "missing" or "score".
        expected: what should stand there, for example "67.74 มาก" or "54.84".
        said: the change, in Thai.
        steps: how many changes it takes.
    """

    kind: str
    expected: str
    said: str
    steps: int


def likely_repair(spread: Distribution, scores: Sequence[ItemResult]) -> Repair | None:
    """The one way of the fewest changes after which everything agrees; None for none, or for several as short."""
    found = repaired(spread, scores)
    return None if found is None else found[0]


def repaired(spread: Distribution, scores: Sequence[ItemResult]) -> tuple[Repair, Distribution] | None:
    """The likely repair and the distribution that it makes, which is the same where the score is repaired."""
    if spread.scale is None:
        return None
    found = [repair for repair in _repairs(spread) if agrees(repair[1], scores)]
    found += _score_repairs(spread, scores)
    if not found:
        return None
    fewest = min(repair.steps for repair, _ in found)
    shortest = {repair.said: (repair, changed) for repair, changed in found if repair.steps == fewest}
    return next(iter(shortest.values())) if len(shortest) == 1 else None


def nearest_score(spread: Distribution, value: Decimal) -> Decimal:
    """Of the scores that the shares give under any labels the one nearest to a printed score, two decimals."""
    ways = [changed.score() for _, changed in _relabelled(spread)]
    return min((rounded((way.low + way.high) / 2) for way in ways), key=lambda score: abs(score - value))


def agrees(spread: Distribution, scores: Sequence[ItemResult]) -> bool:
    """Whether a distribution has no fault and gives every printed score."""
    return spread.sound and all(
        spread.score().meets(Reach.of(row.printed, row.value)) for row in scores if row.value is not None
    )


def _repairs(spread: Distribution) -> Iterator[tuple[Repair, Distribution]]:
    """Every distribution that one change makes, and each of these with other labels."""
    yield from _relabelled(spread)
    for repair, changed in (*_reshared(spread), *_completed(spread)):
        yield repair, changed
        for label, both in _relabelled(changed):
            said = f"{repair.said} และ{label.said}"
            yield Repair(repair.kind, repair.expected, said, repair.steps + label.steps), both


def _relabelled(spread: Distribution) -> Iterator[tuple[Repair, Distribution]]:
    labels = [answer.label for answer in spread.scale.answers] if spread.scale else []
    for chosen in permutations(labels, len(spread.shares)):
        moved = [(share, label) for share, label in zip(spread.shares, chosen, strict=True) if share.label != label]
        if moved:
            shares = tuple(replace(share, label=label) for share, label in zip(spread.shares, chosen, strict=True))
            named = [f"{share.printed} เป็น “{label}”" for share, label in moved]
            first, label = moved[0]
            repair = Repair("label", f"{first.printed} {label}", f"ป้ายของ {' และ '.join(named)}", len(moved))
            yield repair, replace(spread, shares=shares)


def _reshared(spread: Distribution) -> Iterator[tuple[Repair, Distribution]]:
    """One share with two of its digits exchanged."""
    for place, share in enumerate(spread.shares):
        middle = (share.reach.low + share.reach.high) / 2
        printed = f"{middle:.{decimals(share.printed)}f}"
        for value in transpositions(printed):
            said = f"ร้อยละของ “{share.label}” เป็น {value} (ตัวเลขสลับที่เป็น {share.printed})"
            yield Repair("share", str(value), said, 1), spread.with_share(place, value)


def _completed(spread: Distribution) -> Iterator[tuple[Repair, Distribution]]:
    """One label of the scale that does not stand there, with the rest of the hundred."""
    used = {share.label for share in spread.shares}
    total = weighted((Decimal(1), share.reach) for share in spread.shares)
    rest = Reach(100 - total.high, 100 - total.low)
    if spread.respondents and spread.whole:
        counted = sum(count_of(share.reach, spread.respondents) for share in spread.shares)
        rest = Reach.of("0.00", rounded(Decimal(100 * (spread.respondents - counted)) / spread.respondents))
    missing = [answer.label for answer in spread.scale.answers if answer.label not in used] if spread.scale else []
    if rest.low <= 0:
        return
    left = rounded((rest.low + rest.high) / 2)
    for label in missing:
        said = f"ตกป้าย “{label}” ซึ่งมีร้อยละ {left}"
        changed = replace(spread, shares=(*spread.shares, Share(label, str(left), rest)))
        yield Repair("missing", f"{label} {left}", said, 1), changed


def _score_repairs(spread: Distribution, scores: Sequence[ItemResult]) -> list[tuple[Repair, Distribution]]:
    """The printed score with two of its digits exchanged, where the distribution has no fault of its own."""
    found = []
    for row in scores if agrees(spread, ()) else ():
        for value in transpositions(f"{row.value:.{decimals(row.printed)}f}" if row.value is not None else ""):
            if spread.score().meets(Reach.of(str(value), value)):
                said = f"คะแนนเป็น {value} (ตัวเลขสลับที่เป็น {row.printed})"
                found.append((Repair("score", str(value), said, 1), spread))
    return found
