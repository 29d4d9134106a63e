"""Findings of the proofreader as a Thai reader sees them: severity and subject in words, equal ones as one."""

from collections.abc import Iterable
from dataclasses import dataclass

from itabook.domain.proofreading import Finding


@dataclass(frozen=True, slots=True)
class Merged:
    """Findings that say the same of several places: the first one, and every place, without those not named."""

    finding: Finding
    places: int


def merged(findings: Iterable[Finding]) -> tuple[Merged, ...]:
    """Findings that are alike but for their place as one, in the order of the first of each."""
    alike: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.rule, finding.subject, finding.printed, finding.expected), []).append(finding)
    return tuple(Merged(same[0], len(same)) for same in alike.values())
