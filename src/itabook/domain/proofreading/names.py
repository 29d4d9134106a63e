"""Indicator names against the official ones."""

from collections.abc import Iterator

from itabook.domain.names import match_indicator
from itabook.domain.proofreading.finding import Finding, Rule, Subject


def indicator_name(subject: Subject) -> Iterator[Finding]:
    """A name that is neither official nor a known variant, or that belongs to another indicator than its number."""
    rules = subject.result.rules
    for row in subject.result.scores:
        if row.scope != "indicator" or not row.name:
            continue
        number, match = match_indicator(row.name, rules)
        official = rules.indicator(int(row.code)).name if row.code else ""
        if number is not None and row.code and number != int(row.code):
            yield subject.finding(
                "indicator-name", row, severity="error", printed=row.name, expected=official,
                message=f"ชื่อ “{row.name}” เป็นของตัวชี้วัดที่ {number} แต่แถวนี้เป็นตัวชี้วัดที่ {row.code}",
                explanation=f"ชื่อทางการของตัวชี้วัดที่ {row.code} คือ {official}",
            )  # fmt: skip
        elif match == "other":
            yield subject.finding(
                "indicator-name", row, severity="warning", printed=row.name, expected=official,
                message=f"ชื่อ “{row.name}” ไม่ใช่ชื่อตัวชี้วัดทางการ",
                explanation=f"ชื่อทางการคือ {official}" if official else "เทียบกับชื่อทางการทั้งสิบไม่ได้",
            )  # fmt: skip


RULES: tuple[Rule, ...] = (indicator_name,)
