"""The same score printed twice with different values."""

from collections.abc import Iterator

from itabook.domain.proofreading.finding import Finding, Reach, Rule, Subject
from itabook.domain.results import AgencyYear, Score
from itabook.domain.scores import instrument_scores, rounded, total_score


def printed_twice(subject: Subject) -> Iterator[Finding]:
    """Two rows for one score or change whose printed values cannot be the same number."""
    groups: dict[tuple[str, str, str], list[Score]] = {}
    for row in subject.result.scores:
        if row.value is not None and (row.scope != "indicator" or row.code):
            groups.setdefault((row.measure, row.scope, row.code), []).append(row)
    for rows in groups.values():
        first = rows[0]
        for row in rows[1:]:
            if Reach.of(row).meets(Reach.of(first)):
                continue
            right = _agreeing(subject.result, first, row)
            evidence = f"ค่า {right} สอดคล้องกับคะแนนรวมที่ระบุ" if right else "ค่าอื่นในรายงานไม่พอจะบอกว่าค่าใดถูก"
            yield subject.finding(
                "printed-twice",
                row,
                severity="error",
                printed=f"{first.printed} / {row.printed}",
                expected=right,
                message=f"ระบุไว้สองค่า คือ {first.printed} ({first.where}) และ {row.printed} ({row.where})",
                explanation=f"{evidence} {_copied(subject.result, row)}".strip(),
            )


def _copied(result: AgencyYear, row: Score) -> str:
    """The indicator beside this one that has the same score: its value may have been copied."""
    if row.scope != "indicator" or row.measure != "score":
        return ""
    beside = (int(row.code) - 1, int(row.code) + 1)
    same = [number for number in beside if result.indicators.get(number) == row.value]
    return f"ค่า {row.printed} เท่ากับคะแนนของตัวชี้วัดที่ {same[0]} อาจคัดมาจากแถวข้างเคียง" if same else ""


RULES: tuple[Rule, ...] = (printed_twice,)


def _agreeing(result: AgencyYear, first: Score, second: Score) -> str:
    """Of two printed indicator scores the one that gives the printed total; empty where it is no help."""
    printed = result.printed("total")
    if first.scope != "indicator" or first.measure != "score" or printed is None or not result.rules.weights.official:
        return ""
    fits = []
    for row in (first, second):
        indicators = {**result.indicators, int(row.code): row.value} if row.value is not None else {}
        total = total_score(instrument_scores(indicators, result.rules), result.rules.weights)
        if total is not None and rounded(total) == printed:
            fits.append(row.printed)
    return fits[0] if len(fits) == 1 else ""
