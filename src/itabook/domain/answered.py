"""How many answered one survey, and how that is known."""

from collections import Counter
from dataclasses import dataclass

from itabook.domain.responses import respondents_of
from itabook.domain.results import AgencyYear
from itabook.domain.rules import Survey


@dataclass(frozen=True, slots=True)
class Answered:
    """The respondents of one survey.

    Attributes:
        count: how many answered.
        estimated: whether the number follows from the printed shares instead of being counted. It is the least that
            fits well, so a multiple of it may be the true one; an interval from it is then too wide, never too narrow.
    """

    count: int
    estimated: bool


def answered(result: AgencyYear, survey: Survey) -> Answered | None:
    """How many answered, from the tables of respondents, else from the counts of the items, else from their shares.

    None where nothing tells, and where the tables or the counts contradict each other.
    """
    counts = _counts(result, survey)
    if any(row.instrument == survey for row in result.respondents) or not counts:
        count = respondents_of(result, survey[0])
        return None if count is None else Answered(count, estimated=not counted(result, survey))
    return Answered(counts.pop(), estimated=False) if len(counts) == 1 else None


def counted(result: AgencyYear, survey: Survey) -> bool:
    """Whether the report counts the respondents of a survey, in tables or item by item."""
    return any(row.instrument == survey for row in result.respondents) or bool(_counts(result, survey))


def _counts(result: AgencyYear, survey: Survey) -> set[int]:
    """The numbers of answers to the items of a survey, where they are printed as counts."""
    counts: Counter[str] = Counter()
    for row in result.responses:
        if row.item[:1] == survey[0] and row.count is not None:
            counts[row.item] += row.count
    return set(counts.values())
