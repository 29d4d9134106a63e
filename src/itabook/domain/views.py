"""The view from inside against the view from outside: the topics that IIT and EIT both ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from itabook.domain.proofreading.places import same_words
from itabook.domain.questions import Question, questions
from itabook.domain.results import AgencyYear
from itabook.domain.rules import Topic


@dataclass(frozen=True, slots=True)
class View:
    """One topic: the score that staff give (IIT) and the one that those outside give (EIT), 0 to 100."""

    name: str
    internal: Decimal
    external: Decimal

    @property
    def gap(self) -> Decimal:
        """Points by which the view from inside is higher; negative where it is lower."""
        return self.internal - self.external


def views(result: AgencyYear) -> tuple[View, ...]:
    """The topics of the year's rules that the report scores on both sides, in the order of the rules.

    A topic that is not official, and a question printed with several values of which none is shown to be right,
    is left out.
    """
    asked = questions(result)
    found = (_view(topic, asked) for topic in result.rules.topics if topic.official)
    return tuple(view for view in found if view is not None)


def _view(topic: Topic, asked: Sequence[Question]) -> View | None:
    internal, external = (_score(topic.items[code], code, asked) for code in ("IIT", "EIT"))
    return None if internal is None or external is None else View(topic.name, internal, external)


def _score(names: Sequence[str], instrument: str, asked: Sequence[Question]) -> Decimal | None:
    """Score of the question that goes by one of these names."""
    words = {same_words(name) for name in names}
    fitting = (one for one in asked if one.instrument == instrument and one.decided)
    return next((one.score for one in fitting if one.code in names or same_words(one.title) in words), None)
