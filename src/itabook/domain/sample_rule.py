"""Whether enough people answered by the rule of the year, as far as that can be told without knowing all of them."""

from decimal import Decimal

from itabook.domain.rules import Minimum, SampleRule, Survey, YearRules


def official_minimum(rules: YearRules, survey: Survey) -> SampleRule | None:
    """The rule on the least number of respondents that can be computed; None where none is official."""
    found = (rule for rule in rules.sample if rule.instrument == survey and rule.minimum and rule.official)
    return next(found, None)


def least_of(minimum: Minimum, people: int) -> Decimal:
    """How many of so many people have to answer; not a whole number where the share is not.

    >>> rule = Minimum(percent=Decimal(10), least=30, most=400)
    >>> [str(least_of(rule, people)) for people in (20, 45, 1125, 9000)]
    ['20', '30', '112.5', '400']
    """
    share = min(people * minimum.percent / 100, Decimal(minimum.most))
    return min(Decimal(people), max(share, Decimal(minimum.least)))


def enough_up_to(minimum: Minimum, respondents: int) -> int | None:
    """The most people of whom so many respondents are enough; None where they are enough of any number.

    >>> rule = Minimum(percent=Decimal(10), least=30, most=400)
    >>> enough_up_to(rule, 112), enough_up_to(rule, 29), enough_up_to(rule, 400)
    (1120, 29, None)
    """
    if respondents >= max(minimum.most, minimum.least):
        return None
    if respondents < minimum.least:
        return respondents
    return int(respondents * 100 / minimum.percent)
