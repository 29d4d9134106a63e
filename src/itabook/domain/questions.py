"""The questions of the surveys (IIT, EIT) with the score of each, one value for each however often it is printed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from itabook.domain.answers import BY_LETTER, Answers, answers
from itabook.domain.facts import ItemResult
from itabook.domain.official import official_item
from itabook.domain.proofreading.places import same_words
from itabook.domain.proofreading.repeats import item_reach, same_items, usual_row
from itabook.domain.results import AgencyYear
from itabook.domain.rules import SURVEYS, YearRules

Group = tuple[str, int | None]
"""An instrument and the number of one of its indicators; None where neither report nor rules tell the indicator."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its score, 0 to 100.

    Attributes:
        instrument: IIT or EIT.
        indicator: number of its indicator; None where neither the report nor the rules of the year tell it.
        code: as in "I7"; empty where the report gives none.
        title: wording of the report.
        values: the value that stands for it; several where the report prints several and nothing tells which is right.
        differing: other values that the report prints for it, as printed.
        computed: whether the value follows from the answers, the report printing none.
    """

    instrument: str
    indicator: int | None
    code: str
    title: str
    values: tuple[Decimal, ...]
    differing: tuple[str, ...] = ()
    computed: bool = False

    @property
    def score(self) -> Decimal:
        """The value that stands for it, the least of several."""
        return min(self.values)

    @property
    def decided(self) -> bool:
        """Whether one value stands for it."""
        return len(self.values) == 1

    @property
    def group(self) -> Group:
        """Where it belongs."""
        return self.instrument, self.indicator


def questions(result: AgencyYear) -> tuple[Question, ...]:
    """The questions of a report whose score is printed, or follows from its answers, in the order of the report."""
    computed = {one.item: one for one in answers(result)}
    rows = [row for row in result.items if row.instrument in SURVEYS]
    listed = {row.code for row in rows}
    unlisted = [_unlisted(code, result.rules) for code, one in computed.items() if one.shares and code not in listed]
    found = (_question(same, result, computed) for same in same_items([*rows, *unlisted]))
    return tuple(question for question in found if question is not None)


def _unlisted(code: str, rules: YearRules) -> ItemResult:
    """A question of which the report prints the answers alone, in the official wording."""
    instrument = BY_LETTER[code[0]]
    official = official_item(rules, instrument, code)
    return ItemResult(instrument, None, code, "" if official is None else official.title, "", None, "", "", "")


def _question(rows: Sequence[ItemResult], result: AgencyYear, computed: Mapping[str, Answers]) -> Question | None:
    first = rows[0]
    title = _usual_title(rows)
    indicator = next((row.indicator for row in rows if row.indicator is not None), None)
    if indicator is None:
        official = official_item(result.rules, first.instrument, first.code, title)
        indicator = None if official is None else official.indicator
    scored = [row for row in rows if row.value is not None]
    if scored:
        values, differing = _values(scored)
        return Question(first.instrument, indicator, first.code, title, values, differing)
    given = computed.get(first.code)
    if given is None or given.computed is None:
        return None
    return Question(first.instrument, indicator, first.code, title, (given.computed,), computed=True)


def _values(rows: Sequence[ItemResult]) -> tuple[tuple[Decimal, ...], tuple[str, ...]]:
    """The values that stand for a question, and the other printed ones; a value that only rounds another is the same.

    The value of most places stands; where several stand in as many places, all of them do.
    """
    usual, counts = usual_row(rows), Counter(row.value for row in rows)
    others = [row for row in rows if not item_reach(row).meets(item_reach(usual))]
    as_often = [row for row in others if counts[row.value] == counts[usual.value]]
    values = dict.fromkeys(row.value for row in (usual, *as_often) if row.value is not None)
    return tuple(values), tuple(dict.fromkeys(row.printed for row in others if row not in as_often))


def _usual_title(rows: Sequence[ItemResult]) -> str:
    """The wording of most rows, in the print of its first row."""
    counts = Counter(same_words(row.title) for row in rows)
    return max(rows, key=lambda row: counts[same_words(row.title)]).title


def below(asked: Iterable[Question], target: Decimal) -> dict[Group, tuple[Question, ...]]:
    """The questions under a score by indicator in official order (unknown ones last), the weakest first."""
    weak = sorted((one for one in asked if one.score < target), key=_official_order)
    groups = dict.fromkeys(one.group for one in weak)
    return {group: tuple(one for one in weak if one.group == group) for group in groups}


def weakest(asked: Iterable[Question]) -> tuple[Question, ...]:
    """The questions with the lowest score; several where they tie, none where there are none."""
    known = tuple(asked)
    least = min((one.score for one in known), default=None)
    return tuple(one for one in known if one.score == least)


def _official_order(question: Question) -> tuple[bool, int, str, Decimal]:
    number = question.indicator
    return number is None, number or 0, question.instrument, question.score
