"""The proofreader: every printed figure is recomputed, and what does not agree is a finding."""

from itabook.domain.proofreading import changes, hierarchy, levels, names, repeats
from itabook.domain.proofreading.finding import Finding, Subject
from itabook.domain.results import AgencyYear

RULES = (
    *hierarchy.RULES,
    *changes.RULES,
    *repeats.RULES,
    *levels.RULES,
    *names.RULES,
)
"""Every rule, in the order in which findings are reported."""

__all__ = ["RULES", "Finding", "Subject", "proofread"]


def proofread(result: AgencyYear, previous: AgencyYear | None = None) -> tuple[Finding, ...]:
    """Findings of one agency-year, `previous` being the year before where there are data of it."""
    subject = Subject(result, previous)
    return tuple(finding for rule in RULES for finding in rule(subject))
