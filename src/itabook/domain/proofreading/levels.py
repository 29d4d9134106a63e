"""Level words against the rule of the year."""

from collections.abc import Iterator

from itabook.domain.levels import level_of
from itabook.domain.proofreading.finding import Outcome, Remark, Rule, Severity, Subject, subject_name


def level_by_rule(subject: Subject) -> Iterator[Outcome]:
    """The level beside a printed total, by the total and from FY2566 by the four tested scores."""
    result, rules = subject.result, subject.result.rules
    if not rules.levels.official:
        return
    severity: Severity = "error" if rules.levels.confidence == "certain" else "warning"
    for row in result.scores:
        if (
            row.key != ("total", "")
            or row.measure != "score"
            or row.value is None
            or row.level not in rules.levels.names
        ):
            continue
        told = level_of(row.value, result.tested, rules.levels, rules.weights)
        if told.level is None:
            missing = " ".join(told.missing)
            yield Remark(
                "note", "total", printed=row.level, where=row.where,
                message=f"ยืนยันระดับ {row.level} ไม่ได้ เพราะไม่ทราบคะแนน {missing}",
                explanation=f"เกณฑ์ของปีนี้พิจารณาคะแนน {missing} ด้วย",
            )  # fmt: skip
        elif told.level.name != row.level:
            yield Remark(
                severity, "total", printed=row.level, expected=told.level.name, where=row.where,
                message=f"ระดับที่ระบุคือ {row.level} แต่เกณฑ์ของปีให้ระดับ {told.level.name}",
                explanation=f"คะแนนรวม {row.printed} เทียบกับเกณฑ์ของปีงบประมาณ พ.ศ. {result.fiscal_year}",
            )  # fmt: skip
        else:
            yield None


def level_word(subject: Subject) -> Iterator[Outcome]:
    """Words beside a score that are no level of the year's scheme."""
    names = subject.result.rules.levels.names
    for row in subject.result.scores:
        if row.level and row.level not in names:
            yield Remark(
                "warning", subject_name(row), printed=row.level, where=row.where,
                message=f"คำว่า “{row.level}” ไม่ใช่ระดับผลการประเมินของปีนี้",
                explanation=f"ระดับของปีงบประมาณ พ.ศ. {subject.result.fiscal_year} ได้แก่ {' '.join(names)}",
            )  # fmt: skip
        elif row.level:
            yield None


RULES = (
    Rule("level-by-rule", "ระดับเทียบกับเกณฑ์ของปี", level_by_rule),
    Rule("level-word", "คำที่ใช้บอกระดับ", level_word),
)
