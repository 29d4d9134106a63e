"""What may stand in a cell: pandera checks, each with the two sentences that a user reads when it fails."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

import pandera.pandas as pa

from itabook.data.schemas import LEAST_TOO_LARGE, MOST_DECIMALS, ColumnSpec, TableSpec
from itabook.data.text import MEMORY, arabic, clean, is_missing, item_code, number
from itabook.language import later, tr


def _parses(value: str) -> bool:
    try:
        number(value)
    except ValueError:
        return False
    return True


def _between(low: int, high: int) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        parsed = number(value) if _parses(value) else None
        return parsed is None or low <= parsed <= high

    return check


def _whole(value: str) -> bool:
    parsed = number(value) if _parses(value) else None
    return parsed is None or (parsed >= 0 and parsed == parsed.to_integral_value())


@lru_cache(maxsize=MEMORY)
def _few_decimals(value: str) -> bool:
    return not _parses(value) or len(arabic(clean(value)).rstrip("% ").partition(".")[2]) <= MOST_DECIMALS


def _storable(value: str) -> bool:
    parsed = number(value) if _parses(value) else None
    return parsed is None or abs(parsed) < LEAST_TOO_LARGE


def _is_indicator(value: str) -> bool:
    return is_missing(value) or arabic(value) in {str(number) for number in range(1, 11)}


def _is_item(value: str) -> bool:
    code = item_code(value)
    return is_missing(value) or (code[:1] in set("IEO") and code[1:2].isdigit())


_NUMBER = (_parses, later("ไม่ใช่ตัวเลข"), later("พิมพ์ตัวเลขอย่างเดียว เช่น 82.20 หรือเว้นว่างหากไม่มีค่า"))
_DECIMALS = (
    _few_decimals,
    later("ทศนิยมเกิน {most} ตำแหน่ง"),
    later("พิมพ์ตามที่รายงานพิมพ์ หรือปัดให้เหลือไม่เกิน {most} ตำแหน่ง"),
)
_SIZE = (_storable, later("ตัวเลขใหญ่เกินไป"), later("ตรวจกับรายงาน อาจมีตัวเลขสองจำนวนติดกัน (ใช้ได้ไม่เกิน 12 หลัก)"))
_CHECKS: dict[str, tuple[tuple[Callable[[str], bool], str, str], ...]] = {
    "score": (_NUMBER, _DECIMALS),
    "points": (
        _NUMBER,
        _DECIMALS,
        (_between(0, 100), later("คะแนนอยู่นอกช่วง 0 ถึง 100"), later("ตรวจตัวเลขกับแหล่งที่มา คะแนนอยู่ระหว่าง 0 ถึง 100")),
    ),
    "percent": (_NUMBER, _DECIMALS, (_between(0, 100), later("ร้อยละอยู่นอกช่วง 0 ถึง 100"), later("แก้ร้อยละให้อยู่ระหว่าง 0 ถึง 100"))),
    "count": (_NUMBER, (_whole, later("จำนวนคนไม่ใช่จำนวนเต็มตั้งแต่ 0 ขึ้นไป"), later("พิมพ์จำนวนเต็ม เช่น 24")), _SIZE),
    "figure": (_NUMBER, _DECIMALS, _SIZE),
    "indicator": ((_is_indicator, later("ไม่ใช่ลำดับตัวชี้วัด"), later("พิมพ์เลข 1 ถึง 10 หรือเว้นว่างหากไม่ทราบ")),),
    "item": ((_is_item, later("ไม่ใช่รหัสข้อ"), later("พิมพ์รหัสเช่น I7, E1 หรือ O12 หรือเว้นว่างหากไม่ทราบ")),),
}


def problem_and_remedy(name: str) -> tuple[str, str]:
    """The two sentences of a failed check, from its name."""
    problem, _, remedy = name.partition("|")
    return problem, remedy


def _said(problem: str, remedy: str) -> tuple[str, str]:
    return tr(problem, most=MOST_DECIMALS), tr(remedy, most=MOST_DECIMALS)


def _check(test: Callable[[str], bool], problem: str, remedy: str) -> pa.Check:
    return pa.Check(test, element_wise=True, name=f"{problem}|{remedy}")


def _column(spec: ColumnSpec) -> pa.Column:
    checks = [_check(test, *_said(problem, remedy)) for test, problem, remedy in _CHECKS.get(spec.kind, ())]
    if spec.kind == "choice":
        words = spec.words
        allowed = ", ".join(word for word in words if word)
        checks.append(_check(lambda value: value in words, tr("ไม่ใช่คำที่กำหนดไว้"), tr("ใช้คำใดคำหนึ่งต่อไปนี้: {allowed}", allowed=allowed)))
    if spec.required:
        checks.append(_check(lambda value: not is_missing(value), tr("ช่องนี้ต้องมีค่า"), tr("กรอก {name} ของแถวนี้", name=spec.name)))
    return pa.Column(str, checks=checks, nullable=False)


def schema(spec: TableSpec) -> pa.DataFrameSchema:
    """The pandera schema of a table of cleaned text; columns are checked cell by cell."""
    return pa.DataFrameSchema({column.name: _column(column) for column in spec.columns}, strict=True)


def score_in_range(measure: str, value: Decimal) -> bool:
    """Whether a score lies in 0 to 100, and a change of one in -100 to 100."""
    return (-100 if measure == "change" else 0) <= value <= 100
