"""Level words against the rule of the year."""

from collections.abc import Iterator

from itabook.domain.levels import level_of
from itabook.domain.proofreading.finding import Finding, Rule, Severity, Subject


def level_by_rule(subject: Subject) -> Iterator[Finding]:
    """The level beside a printed total, by the total and from FY2566 by the four tested scores."""
    result, rules = subject.result, subject.result.rules
    if not rules.levels.official:
        return
    severity: Severity = "error" if rules.levels.confidence == "certain" else "warning"
    for row in result.scores:
        if row.scope != "total" or row.measure != "score" or row.value is None or row.level not in rules.levels.names:
            continue
        told = level_of(row.value, result.tested, rules.levels, rules.weights)
        if told.level is None:
            missing = " ".join(told.missing)
            yield subject.finding(
                "level-by-rule", row, severity="note", printed=row.level,
                message=f"ยืนยันระดับ {row.level} ไม่ได้ เพราะไม่ทราบคะแนน {missing}",
                explanation=f"เกณฑ์ของปีนี้พิจารณาคะแนน {missing} ด้วย",
            )  # fmt: skip
        elif told.level.name != row.level:
            yield subject.finding(
                "level-by-rule", row, severity=severity, printed=row.level, expected=told.level.name,
                message=f"ระดับที่ระบุคือ {row.level} แต่เกณฑ์ของปีให้ระดับ {told.level.name}",
                explanation=f"คะแนนรวม {row.printed} เทียบกับเกณฑ์ของปีงบประมาณ พ.ศ. {result.fiscal_year}",
            )  # fmt: skip


def level_word(subject: Subject) -> Iterator[Finding]:
    """Words beside a score that are no level of the year's scheme, and levels given to a single indicator."""
    names = subject.result.rules.levels.names
    for row in subject.result.scores:
        if row.level and row.level not in names:
            yield subject.finding(
                "level-word", row, severity="warning", printed=row.level,
                message=f"คำว่า “{row.level}” ไม่ใช่ระดับผลการประเมินของปีนี้",
                explanation=f"ระดับของปีงบประมาณ พ.ศ. {subject.result.fiscal_year} ได้แก่ {' '.join(names)}",
            )  # fmt: skip


RULES: tuple[Rule, ...] = (level_by_rule, level_word)
