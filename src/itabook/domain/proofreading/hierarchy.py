"""Each level of the scores against the level below: instruments, EIT from its parts, the total."""

from collections.abc import Iterator
from decimal import Decimal

from itabook.domain.consistency import TOTAL, Equation, Key, equations
from itabook.domain.facts import Score
from itabook.domain.mistakes import likely_mistake
from itabook.domain.proofreading.finding import Outcome, Remark, Rule, subject_name
from itabook.domain.reach import Reach
from itabook.domain.results import AgencyYear
from itabook.domain.rules import INSTRUMENTS
from itabook.domain.scores import mean, rounded


def _rule(name: str, title: str) -> Rule:
    return Rule(name, title, lambda subject: _compare(subject.result, name))


RULES = (
    _rule("instrument-from-indicators", "คะแนนแบบวัดเทียบกับค่าเฉลี่ยของตัวชี้วัด"),
    _rule("eit-from-parts", "คะแนน EIT เทียบกับค่าเฉลี่ยของส่วนที่ 1 และส่วนที่ 2"),
    _rule("total-from-instruments", "คะแนนรวมเทียบกับผลรวมถ่วงน้ำหนักของแบบวัด"),
)


def _compare(result: AgencyYear, name: str) -> Iterator[Outcome]:
    """By every equation of one name: parts that are shown to be wrong, then each printed value of the whole."""
    printed = result.printed_scores
    system = equations(set(printed), result.rules)
    right = {key: Reach.of(str(c.value), c.value) for key, c in result.corrections.items()}
    reaches = {key: rows[0].reach for key, rows in printed.items()} | right
    for equation in system:
        if equation.name != name:
            continue
        for key, _ in equation.parts:
            if key in right and equation is next(other for other in system if key in other.keys):
                yield from _wrong_part(result, equation, key)
        for row in printed[equation.whole]:
            if equation.holds({**reaches, equation.whole: row.reach}):
                yield None
            else:
                yield _wrong_whole(result, equation, row)


def _wrong_part(result: AgencyYear, equation: Equation, key: Key) -> Iterator[Remark]:
    """A part that the whole and the other scores show to be wrong."""
    expected, whole = result.corrections[key].value, result.printed_scores[equation.whole][0]
    named = f"คะแนน{'รวม' if equation.whole == TOTAL else f' {whole.code}'} ที่ระบุ {whole.printed}"
    for row in result.printed_scores[key]:
        if row.value != expected:
            yield _remark(row, str(expected), named, f"หากเป็น {expected} {named} และคะแนนอื่นจะสอดคล้องกันทั้งหมด")


def _wrong_whole(result: AgencyYear, equation: Equation, row: Score) -> Remark:
    values = {key: rows[0].value or Decimal(0) for key, rows in result.printed_scores.items()}
    values |= {key: correction.value for key, correction in result.corrections.items()}
    computed, how = rounded(equation.value(values)), _how(result, equation)
    known = result.corrections.get(equation.whole)
    expected = str(computed if known is None else known.value)
    explanation = f"{how} คำนวณจากค่าที่ระบุในรายงานได้ {computed}"
    if equation.whole == TOTAL and len(result.indicators) == len(result.rules.indicators):
        plain = rounded(mean(result.indicators.values()))
        if row.value == plain:
            explanation += " ค่าที่ระบุเท่ากับค่าเฉลี่ยของสิบตัวชี้วัด ซึ่งไม่ใช่คะแนนรวม"
    return _remark(row, expected, f"{how} ซึ่งเท่ากับ {expected}", explanation)


def _remark(row: Score, expected: str, against: str, explanation: str) -> Remark:
    return Remark(
        severity="error",
        subject=subject_name(row),
        printed=row.printed,
        expected=expected,
        where=row.where,
        message=f"คะแนนที่ระบุ {row.printed} ไม่ตรงกับ{against}",
        explanation=" ".join(part for part in (explanation, likely_mistake(row.figure, expected)) if part),
    )


def _how(result: AgencyYear, equation: Equation) -> str:
    """How the whole is computed, in Thai."""
    if equation.name == "eit-from-parts":
        return "ค่าเฉลี่ยของ EIT ส่วนที่ 1 และส่วนที่ 2"
    if equation.name == "instrument-from-indicators":
        return f"ค่าเฉลี่ยของตัวชี้วัดที่ {equation.parts[0][0][1]} ถึง {equation.parts[-1][0][1]}"
    weights = result.rules.weights
    shares = " ".join(f"{code} ร้อยละ {weights.of(code) * 100:.0f}" for code in INSTRUMENTS)
    return f"ผลรวมถ่วงน้ำหนัก {shares}"
