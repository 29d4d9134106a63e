"""Each level of the scores against the level below: instruments, EIT from its parts, the total."""

from collections.abc import Iterator

from itabook.domain.consistency import TOTAL, Equation, Key
from itabook.domain.facts import Score
from itabook.domain.mistakes import likely_mistake
from itabook.domain.proofreading.finding import Outcome, Remark, Rule, subject_name
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
    """Each printed value of a whole; it agrees where one of the ways to compute it gives it.

    The total is computed from the printed instruments and from the indicators: where only one of the two gives it, an
    instrument contradicts its indicators, which is said there.
    """
    ways: dict[Key, list[Equation]] = {}
    for equation in result.equations:
        if equation.name == name:
            ways.setdefault(equation.whole, []).append(equation)
    for whole, named in ways.items():
        for row in result.printed_scores[whole]:
            agrees = any(way.holds({**result.reaches, whole: row.reach}) for way in named)
            yield None if agrees else _wrong_whole(result, named[0], row)


def _wrong_whole(result: AgencyYear, equation: Equation, row: Score) -> Remark:
    """What the parts give; the right value only where nothing else in the report speaks for the printed one."""
    values = {key: (reach.low + reach.high) / 2 for key, reach in result.reaches.items()}
    computed, how = rounded(equation.value(values)), _how(result, equation)
    known = result.corrections.get(equation.whole)
    suspects = [result.suspicions[key] for key, _ in equation.parts if key in result.suspicions]
    reaches = {**result.reaches, row.key: row.reach}
    supported = any(other.holds(reaches) for other in result.equations if row.key in other.keys)
    expected = str(known.value) if known is not None else "" if suspects or supported else str(computed)
    document = "แถวเดียวกัน" if result.listed else "รายงานฉบับเดียวกัน"
    explanation = f"คะแนนอื่นใน{document}ให้ค่า {computed}"
    if equation.whole == TOTAL and len(result.indicators) == len(result.rules.indicators):
        plain = rounded(mean(result.indicators.values()))
        if row.value == plain:
            explanation += " ค่าที่ระบุเท่ากับค่าเฉลี่ยของสิบตัวชี้วัด ซึ่งไม่ใช่คะแนนรวม"
    for suspect in suspects if known is None else ():
        printed = result.printed_scores[suspect.key][0].figure
        explanation += f" หาก{_name(suspect.key)} เป็น {suspect.value} (พิมพ์ว่า {printed}) ตัวเลขจะสอดคล้องกัน"
    return _remark(row, expected, f"{how} ซึ่งเท่ากับ {computed}", explanation)


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


def _name(key: Key) -> str:
    scope, code = key
    return {"indicator": f"ตัวชี้วัดที่ {code}", "part": f"EIT ส่วนที่ {code[-1:]}"}.get(scope, f"คะแนน {code}")


def _how(result: AgencyYear, equation: Equation) -> str:
    """How the whole is computed, in Thai."""
    if equation.name == "eit-from-parts":
        return "ค่าเฉลี่ยของ EIT ส่วนที่ 1 และส่วนที่ 2"
    if equation.name == "instrument-from-indicators":
        return f"ค่าเฉลี่ยของตัวชี้วัดที่ {equation.parts[0][0][1]} ถึง {equation.parts[-1][0][1]}"
    weights = result.rules.weights
    shares = " ".join(f"{code} ร้อยละ {weights.of(code) * 100:.0f}" for code in INSTRUMENTS)
    return f"ผลรวมถ่วงน้ำหนัก {shares}"
