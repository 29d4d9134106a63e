"""How the answers to an item are spread: their sum, their labels, whole numbers of people, and the score they give."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from itabook.domain.facts import ItemResult
from itabook.domain.proofreading.finding import Outcome, Remark, Rule, Severity, Subject
from itabook.domain.proofreading.repairs import Repair, likely_repair, nearest_score
from itabook.domain.reach import Reach
from itabook.domain.responses import Distribution
from itabook.domain.results import AgencyYear
from itabook.domain.sample_size import is_share
from itabook.domain.scores import rounded


def item_from_responses(subject: Subject) -> Iterator[Outcome]:
    """The score of an item is what its answers give (ita-rules section 4)."""
    for spread in subject.distributions:
        scores = _scores(subject.result, spread)
        if spread.scale is None:
            continue
        for row in scores:
            computed = spread.score()
            if spread.sound and computed.meets(Reach.of(row.printed, row.value or Decimal(0))):
                yield None
                continue
            repair = likely_repair(spread, scores)
            if not spread.sound and repair is not None:
                yield None
                continue
            middle = rounded((computed.low + computed.high) / 2)
            expected = repair.expected if repair and repair.kind == "score" else str(middle) if spread.sound else ""
            message = f"คะแนนที่ระบุ {row.printed} ไม่ตรงกับการกระจายคำตอบ ซึ่งให้ {middle}"
            if not spread.sound:
                near = nearest_score(spread, row.value or Decimal(0))
                message = f"ไม่ว่าจะจัดป้ายคำตอบอย่างไร ก็ไม่ได้คะแนน {row.printed} ค่าที่ใกล้ที่สุดคือ {near}"
            yield Remark(
                "error", spread.item, printed=row.printed, expected=expected, where=row.where, message=message,
                explanation=f"ผลรวมของร้อยละคูณคะแนนของแต่ละคำตอบ{_suggestion(repair)}",
            )  # fmt: skip


def response_sum(subject: Subject) -> Iterator[Outcome]:
    """The shares of one item sum to 100, within the rounding of each."""
    for spread in subject.distributions:
        if spread.complete:
            yield None
            continue
        middles = [rounded((share.reach.low + share.reach.high) / 2) for share in spread.shares]
        total = sum(middles, Decimal(0))
        apart = f"ขาด {100 - total}" if total < 100 else f"เกิน {total - 100}"
        repair = likely_repair(spread, _scores(subject.result, spread))
        yield _remark(
            spread, "error", repair, printed=str(total), kinds=("share", "missing"),
            message=f"ร้อยละของคำตอบรวมกันได้ {total} ({apart})",
            explanation=f"ผลรวมของ {' + '.join(map(str, middles))}",
        )  # fmt: skip


def response_labels(subject: Subject) -> Iterator[Outcome]:
    """Each label of the scale stands once, and no others do."""
    for spread in subject.distributions:
        if spread.labelled:
            yield None
            continue
        repair = likely_repair(spread, _scores(subject.result, spread))
        known = [answer.label for answer in spread.scale.answers] if spread.scale else []
        for label in dict.fromkeys(share.label for share in spread.shares):
            shares = [share.printed for share in spread.shares if share.label == label]
            if len(shares) > 1:
                yield _remark(
                    spread, "error", repair, printed=label, kinds=("label",),
                    message=f"ใช้ป้ายคำตอบ “{label}” กับหลายค่า คือ {' และ '.join(shares)}",
                    explanation="ป้ายคำตอบหนึ่งใช้ได้ครั้งเดียวต่อข้อ",
                )  # fmt: skip
            elif known and label not in known:
                yield _remark(
                    spread, "warning", repair, printed=label, kinds=("label",),
                    message=f"ป้ายคำตอบ “{label}” ไม่อยู่ในมาตรวัดของข้อนี้", explanation=f"ป้ายของข้อนี้ได้แก่ {' '.join(known)}",
                )  # fmt: skip


def response_shares(subject: Subject) -> Iterator[Outcome]:
    """Each share is a whole number out of the respondents of its instrument, where anything tells their number."""
    for spread in subject.distributions:
        if spread.respondents is None:
            continue
        for share in spread.shares:
            if is_share(share.reach, spread.respondents):
                yield None
            else:
                repair = likely_repair(spread, _scores(subject.result, spread))
                yield _remark(
                    spread, "error", repair, printed=share.printed, kinds=("share",),
                    message=f"ร้อยละ {share.printed} ({share.label}) ไม่ตรงกับจำนวนคนเต็มคนจากผู้ตอบ {spread.respondents} คน",
                    explanation=f"ร้อยละอื่นของแบบวัดนี้ตรงกับผู้ตอบ {spread.respondents} คน",
                )  # fmt: skip


def response_repeated(subject: Subject) -> Iterator[Outcome]:
    """A share that the report mentions again is the one in the distribution."""
    for spread in subject.distributions:
        for row in spread.repeats:
            again = Reach.of(row.printed, row.percent or Decimal(0))
            same = [share for share in spread.shares if share.label == row.answer]
            if row.percent is None or any(share.reach.meets(again) for share in same):
                yield None
                continue
            right = same[0].printed if spread.complete and spread.whole else ""
            yield Remark(
                "error", spread.item, printed=f"{same[0].printed} / {row.printed}", expected=right, where=row.where,
                message=f"ร้อยละของ “{row.answer}” ระบุไว้สองค่า คือ {same[0].printed} และ {row.printed}",
                explanation=f"ค่า {right} ทำให้ร้อยละรวมกันได้ 100" if right else "ค่าอื่นในรายงานไม่พอจะบอกว่าค่าใดถูก",
            )  # fmt: skip


RULES = (
    Rule("item-from-responses", "คะแนนข้อคำถามเทียบกับการกระจายคำตอบ", item_from_responses),
    Rule("response-sum", "ร้อยละของคำตอบรวมกันได้ 100", response_sum),
    Rule("response-labels", "ป้ายคำตอบไม่ซ้ำและอยู่ในมาตรวัด", response_labels),
    Rule("response-shares", "ร้อยละตรงกับจำนวนคนเต็มคน", response_shares),
    Rule("response-repeated", "ร้อยละที่กล่าวซ้ำตรงกับครั้งแรก", response_repeated),
)


def _scores(result: AgencyYear, spread: Distribution) -> Sequence[ItemResult]:
    return [row for row in result.items if row.code == spread.item and row.value is not None]


def _suggestion(repair: Repair | None) -> str:
    return "" if repair is None else f" หาก{repair.said} ตัวเลขของข้อนี้จะสอดคล้องกันทั้งหมด"


def _remark(
    spread: Distribution, severity: Severity, repair: Repair | None, *,
    printed: str, kinds: Sequence[str], message: str, explanation: str,
) -> Remark:  # fmt: skip
    expected = repair.expected if repair is not None and repair.kind in kinds else ""
    said = explanation + _suggestion(repair)
    return Remark(severity, spread.item, message, said, printed=printed, expected=expected, where=spread.where)
