"""Findings of the proofreader as a Thai reader sees them: severity and subject in words, equal ones as one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from itabook.domain.proofreading import Finding
from itabook.words import TESTED_NAMES, Words

SUBJECTS = {
    **TESTED_NAMES,
    "agency": "ชื่อหน่วยงาน",
    "changes": "ผลต่างระหว่างปี",
    "national": "ค่าเฉลี่ยระดับประเทศ",
    "national mean": "ค่าเฉลี่ยระดับประเทศ",
    "instrument": "คะแนนแบบวัด",
    "part": "คะแนนรายส่วน",
}
_INDICATOR = re.compile(r"indicator ?(\d*)")
_ISSUE = re.compile(r"issue-(\d+)")
_ITEM = re.compile(r"[IEO]\d+(\.\d+)?")


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


def subject_name(subject: str, words: Words) -> str:
    r"""What a finding is about, in Thai; empty for an item that is known by its title only.

    >>> subject_name("indicator 8", Words("thai")), subject_name("I20", Words())
    ('ตัวชี้วัดที่\xa0๘', 'ข้อ\xa0I20')
    """
    if subject in SUBJECTS:
        return words.text(SUBJECTS[subject])
    if found := _INDICATOR.fullmatch(subject):
        return words.text(f"ตัวชี้วัดที่\u00a0{found[1]}" if found[1] else "ตัวชี้วัด")
    if found := _ISSUE.fullmatch(subject):
        return words.text(f"ประเด็นที่\u00a0{found[1]}")
    return words.text(f"ข้อ\u00a0{subject}") if _ITEM.fullmatch(subject) else ""
