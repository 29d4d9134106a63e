"""The same fact printed twice with different values."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from decimal import Decimal

from itabook.domain.facts import ItemResult, Score
from itabook.domain.proofreading.finding import Outcome, Remark, Rule, Subject, subject_name
from itabook.domain.proofreading.places import row_number, same_words
from itabook.domain.reach import Reach
from itabook.domain.results import AgencyYear


def printed_twice(subject: Subject) -> Iterator[Outcome]:
    """Two rows for one score or change whose printed values cannot be the same number."""
    groups: dict[Hashable, list[Score]] = {}
    for row in subject.result.scores:
        if row.value is not None and (row.code or row.scope == "total"):
            groups.setdefault((row.measure, *row.key), []).append(row)
    for first, *others in groups.values():
        for row in others:
            if row.reach.meets(first.reach):
                yield None
                continue
            right = _agreeing(subject.result, (first, row))
            evidence = f"ค่า {right} สอดคล้องกับคะแนนอื่นในรายงาน" if right else "ค่าอื่นในรายงานไม่พอจะบอกว่าค่าใดถูก"
            yield _two_values(
                subject_name(row),
                first,
                row,
                expected=right,
                evidence=f"{evidence} {_copied(subject.result, row)}".strip(),
            )


def item_printed_twice(subject: Subject) -> Iterator[Outcome]:
    """Rows for one item, known by its code, its wording or its number in the report, with different scores.

    The value of most places stands for the item.
    """
    for rows in same_items(row for row in subject.result.items if row.value is not None):
        counts = Counter(row.value for row in rows)
        usual = usual_row(rows)
        others = [row for row in rows if row is not usual]
        for row in others:
            if item_reach(row).meets(item_reach(usual)):
                yield None
                continue
            places = f"อีก {counts[usual.value]} แห่งพิมพ์ {usual.printed}" if counts[usual.value] > 1 else ""
            evidence = f"{places} ค่าอื่นในรายงานไม่พอจะบอกว่าค่าใดถูก".strip()
            yield _two_values(row.code or usual.title, usual, row, expected="", evidence=evidence)


def national_mean(subject: Subject) -> Iterator[Outcome]:
    """The national mean that a report prints, against the one of the country's own sources."""
    year = subject.result.fiscal_year
    means = [
        f for f in subject.national if (f.measure, f.fiscal_year) == ("mean", year) and f.shown and f.value is not None
    ]
    for row in subject.result.scores:
        if row.scope != "national" or row.value is None or not means:
            continue
        mean = means[0]
        if mean.value is not None and row.reach.meets(Reach.of(mean.printed, mean.value)):
            yield None
        else:
            yield Remark(
                "warning", "national mean", printed=row.printed, expected=mean.printed, where=row.where,
                message=f"ค่าเฉลี่ยระดับประเทศที่ระบุ {row.printed} ไม่ตรงกับแหล่งอื่น ซึ่งระบุ {mean.printed}",
                explanation="เทียบกับค่าเฉลี่ยระดับประเทศที่ประกาศ",
            )  # fmt: skip


def same_items(rows: Iterable[ItemResult]) -> list[list[ItemResult]]:
    """The rows of each item, known by its code, its wording or its number in the report, in the order of the report."""
    groups: dict[Hashable, list[ItemResult]] = {}
    for row in rows:
        names = _names(row)
        group = next((groups[name] for name in names if name in groups), [])
        group.append(row)
        groups.update({name: group for name in names if name not in groups})
    return list({id(group): group for group in groups.values()}.values())


def usual_row(rows: Sequence[ItemResult]) -> ItemResult:
    """The first row with the value of most places (of the first place where two have as many). ValueError without."""
    counts: Counter[Decimal | None] = Counter(row.value for row in rows if row.value is not None)
    most = max(counts.values())
    return next(row for row in rows if counts[row.value] == most)


RULES = (
    Rule("printed-twice", "คะแนนเดียวกันที่พิมพ์ไว้หลายแห่ง", printed_twice),
    Rule("item-printed-twice", "คะแนนข้อคำถามเดียวกันที่พิมพ์ไว้หลายแห่ง", item_printed_twice),
    Rule("national-mean", "ค่าเฉลี่ยระดับประเทศในรายงานเทียบกับแหล่งของประเทศ", national_mean),
)


def _two_values(
    name: str, first: Score | ItemResult, row: Score | ItemResult, *, expected: str, evidence: str
) -> Remark:
    return Remark(
        "error", name, printed=f"{first.printed} / {row.printed}", expected=expected, where=row.where,
        message=f"ระบุไว้สองค่า คือ {first.printed} ({first.where}) และ {row.printed} ({row.where})",
        explanation=evidence,
    )  # fmt: skip


def item_reach(row: ItemResult) -> Reach:
    """Reach of the printed value of an item."""
    return Reach.of(row.printed, row.value or Decimal(0))


def _names(row: ItemResult) -> tuple[Hashable, ...]:
    """What an item is known by: its code, else its words and its number in the report's own list."""
    if row.code:
        return (row.code,)
    number = row_number(row.where)
    words = ((row.instrument, "words", same_words(row.title)),) if row.title else ()
    return (*words, *(((row.instrument, "number", number),) if number else ()))


def _copied(result: AgencyYear, row: Score) -> str:
    """The indicator beside this one that has the same score: its value may have been copied."""
    if row.scope != "indicator" or row.measure != "score":
        return ""
    beside = (int(row.code) - 1, int(row.code) + 1)
    same = [number for number in beside if result.indicators.get(number) == row.value]
    return f"ค่า {row.printed} เท่ากับคะแนนของตัวชี้วัดที่ {same[0]} อาจคัดมาจากแถวข้างเคียง" if same else ""


def _agreeing(result: AgencyYear, rows: Sequence[Score]) -> str:
    """Of two printed scores the one with which all equations that speak of it hold; empty where they are no help."""
    if rows[0].measure != "score":
        return ""
    key = rows[0].key
    system = [equation for equation in result.equations if key in equation.keys]
    fits = [row.printed for row in rows if all(each.holds({**result.reaches, key: row.reach}) for each in system)]
    return fits[0] if len(fits) == 1 else ""
