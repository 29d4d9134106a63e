"""The answers to each item as they can be shown: as printed, or with the one misprint that the item's score proves."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from itabook.domain.facts import ItemResult
from itabook.domain.official import official_item
from itabook.domain.proofreading.repairs import Repair, agrees, repaired
from itabook.domain.reach import Reach
from itabook.domain.responses import Distribution, distributions
from itabook.domain.results import AgencyYear
from itabook.domain.rules import SURVEYS, Scale, Survey, YearRules
from itabook.domain.scores import rounded

BY_LETTER: dict[str, Survey] = {code[0]: code for code in SURVEYS}
"""The surveys by the letter of their item codes."""
HALF = 50


@dataclass(frozen=True, slots=True)
class AnswerShare:
    """One answer: its points (0 to 100) and who gave it, in percent with two decimals."""

    label: str
    points: Decimal
    percent: Decimal

    @property
    def negative(self) -> bool:
        """Whether the answer gives less than half of the points."""
        return self.points < HALF


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to one item.

    Attributes:
        item: its code.
        scale: its scale; None where it may not be shown.
        shares: every answer of the scale, from the fewest points to the most; empty where nothing can be shown.
        computed: the score that they give, two decimals; None where nothing can be shown.
        repair: what was mended in the printed answers, proven by the printed score; None where nothing was.
    """

    item: str
    scale: Scale | None
    shares: tuple[AnswerShare, ...] = ()
    computed: Decimal | None = None
    repair: Repair | None = None

    @property
    def negative(self) -> Decimal:
        """Share of the negative answers, in percent."""
        return sum((share.percent for share in self.shares if share.negative), Decimal(0))


def answers(result: AgencyYear) -> tuple[Answers, ...]:
    """The answers to each item whose answers are printed, in the order of the report."""
    return tuple(_answers(spread, result) for spread in distributions(result))


def _answers(spread: Distribution, result: AgencyYear) -> Answers:
    scale = spread.scale if _documented(spread.item, result.rules) else None
    if scale is None:
        return Answers(spread.item, None)
    shown, repair = _shown(spread, [row for row in result.items if row.code == spread.item and row.value is not None])
    if shown is None:
        return Answers(spread.item, scale)
    return Answers(spread.item, scale, _shares(shown, scale), _middle(shown.score()), repair)


def _shown(spread: Distribution, scores: Sequence[ItemResult]) -> tuple[Distribution | None, Repair | None]:
    """The distribution to show and what was mended in it; nothing where it contradicts itself and no score helps."""
    if agrees(spread, scores):
        return spread, None
    found = repaired(spread, scores) if scores else None
    if found is not None and found[0].kind != "score":
        return found[1], found[0]
    return (spread if spread.sound else None), None


def _shares(spread: Distribution, scale: Scale) -> tuple[AnswerShare, ...]:
    given = {share.label: _middle(share.reach) for share in spread.shares}
    ordered = sorted(scale.answers, key=lambda answer: answer.points)
    return tuple(AnswerShare(one.label, one.points, given.get(one.label, Decimal(0))) for one in ordered)


def _middle(reach: Reach) -> Decimal:
    return rounded((reach.low + reach.high) / 2)


def _documented(code: str, rules: YearRules) -> bool:
    """Whether the item, and so its scale, stands in a document."""
    return official_item(rules, BY_LETTER.get(code[:1], ""), code) is not None
