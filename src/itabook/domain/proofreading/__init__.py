"""The proofreader: every printed figure is recomputed, and what does not agree is a finding."""

from itabook.domain.proofreading import (
    changes,
    distributions,
    hierarchy,
    items,
    levels,
    names,
    plans,
    regimes,
    repeats,
    respondents,
)
from itabook.domain.proofreading.finding import Checked, Finding, Rule, Subject

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        *hierarchy.RULES,
        *items.RULES,
        *distributions.RULES,
        *changes.RULES,
        *repeats.RULES,
        *respondents.RULES,
        *names.RULES,
        *levels.RULES,
        *plans.RULES,
        *regimes.RULES,
    )
}
"""Every rule by its name, in the order in which findings are reported."""

__all__ = ["RULES", "Checked", "Finding", "Rule", "Subject", "check", "proofread"]


def check(subject: Subject) -> tuple[Checked, ...]:
    """Every rule applied to one agency-year: how many comparisons each made, and what it found."""
    return tuple(_checked(rule, subject) for rule in RULES.values())


def proofread(subject: Subject) -> tuple[Finding, ...]:
    """Findings of one agency-year."""
    return tuple(finding for checked in check(subject) for finding in checked.findings)


def _checked(rule: Rule, subject: Subject) -> Checked:
    outcomes = tuple(rule.compare(subject))
    agency, year = subject.result.agency.key, subject.result.fiscal_year
    findings = tuple(
        Finding(
            agency=agency,
            fiscal_year=year,
            rule=rule.name,
            severity=remark.severity,
            subject=remark.subject,
            printed=remark.printed,
            expected=remark.expected,
            where=remark.where,
            message=remark.message,
            explanation=remark.explanation,
        )
        for remark in outcomes
        if remark is not None
    )
    return Checked(rule, len(outcomes), findings)
