"""The tables of the raw data: their columns, what may stand in a cell, and what makes two rows the same.

Each check carries the sentence (problem, remedy) that a user reads when it fails. The checks work on
cleaned text, so that a message can show the value as it was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pandera.pandas as pa

from itabook.data.text import arabic, clean, is_missing, item_code, number

MOST_DECIMALS = 6
LEAST_TOO_LARGE = 10**12
"""Bounds of the stored numbers: decimals of 20 digits, 6 of them after the point, and whole numbers of 64 bits."""

ColumnKind = Literal["text", "choice", "score", "change", "percent", "count", "figure", "indicator", "item"]

CHOICES: dict[str, dict[str, str]] = {
    "measure": {"score": "score", "change": "change", "คะแนน": "score", "เปลี่ยนแปลง": "change"},
    "scope": {
        "total": "total", "instrument": "instrument", "part": "part", "indicator": "indicator",
        "national": "national", "คะแนนรวม": "total", "แบบวัด": "instrument", "ส่วน": "part",
        "ตัวชี้วัด": "indicator", "ประเทศ": "national",
    },
    "instrument": {"IIT": "IIT", "EIT": "EIT", "OIT": "OIT"},
    "respondent-instrument": {"IIT": "IIT", "EIT": "EIT"},
    "dimension": {
        "age": "age", "education": "education", "contact": "contact",
        "อายุ": "age", "ระดับการศึกษา": "education", "ติดต่อหน่วยงาน": "contact",
    },
    "sex": {
        "male": "male", "female": "female", "other": "other",
        "ชาย": "male", "หญิง": "female", "อื่น ๆ": "other", "อื่นๆ": "other",
    },
    "result": {"": "", "pass": "pass", "fail": "fail", "ผ่าน": "pass", "ไม่ผ่าน": "fail"},
    "kind": {
        "recommendation": "recommendation", "measure": "measure", "long-term": "long-term", "cause": "cause",
        "limitation": "limitation", "follow-up": "follow-up", "strength": "strength", "weakness": "weakness",
    },
    "staff-measure": {"headcount": "headcount", "climate": "climate"},
    "national-measure": {
        name: name
        for name in (
            "mean", "agencies", "registered", "passed", "pass-rate", "failed", "fail-rate", "respondents",
            "iit-respondents", "eit-respondents", "oit-submitted", "indicator-mean",
            "increase-on-last-year",
        )
    },
    "confidence": {"certain": "certain", "likely": "likely", "unsure": "unsure"},
}  # fmt: skip
"""What may be typed in a column of fixed words, English or Thai, and the word it is stored as."""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its name, what kind of text it holds, and whether it may be blank."""

    name: str
    kind: ColumnKind = "text"
    required: bool = False
    choices: str = ""

    @property
    def words(self) -> dict[str, str]:
        """The fixed words of a choice column and what each is stored as."""
        return CHOICES[self.choices or self.name]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: columns in order, and the columns that make a row the same as another."""

    name: str
    columns: tuple[ColumnSpec, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(column.name for column in self.columns)


def _text(*names: str) -> tuple[ColumnSpec, ...]:
    return tuple(ColumnSpec(name) for name in names)


TABLES: dict[str, TableSpec] = {
    table.name: table
    for table in (
        TableSpec(
            "scores",
            (
                ColumnSpec("measure", "choice", required=True),
                ColumnSpec("scope", "choice", required=True),
                *_text("code", "name"),
                ColumnSpec("value", "score"),
                *_text("level", "where"),
            ),
            ("measure", "scope", "code", "name", "where"),
        ),
        TableSpec(
            "items",
            (
                ColumnSpec("instrument", "choice", required=True),
                ColumnSpec("indicator", "indicator"),
                ColumnSpec("item", "item"),
                ColumnSpec("title"),
                ColumnSpec("value", "score"),
                ColumnSpec("result", "choice"),
                *_text("remark", "where"),
            ),
            ("instrument", "indicator", "item", "title", "where"),
        ),
        TableSpec(
            "responses",
            (
                ColumnSpec("item", "item", required=True),
                ColumnSpec("answer", required=True),
                ColumnSpec("percent", "percent"),
                ColumnSpec("count", "count"),
                ColumnSpec("where"),
            ),
            ("item", "answer", "percent", "count", "where"),
        ),
        TableSpec(
            "respondents",
            (
                ColumnSpec("instrument", "choice", required=True, choices="respondent-instrument"),
                ColumnSpec("dimension", "choice", required=True),
                ColumnSpec("category", required=True),
                ColumnSpec("sex", "choice", required=True),
                ColumnSpec("count", "count", required=True),
                ColumnSpec("where"),
            ),
            ("instrument", "dimension", "category", "sex", "where"),
        ),
        TableSpec(
            "measures",
            (
                ColumnSpec("kind", "choice", required=True),
                *_text("scope", "no"),
                ColumnSpec("text", required=True),
                *_text("steps", "period", "responsible", "monitoring", "where"),
            ),
            ("kind", "scope", "no", "text", "where"),
        ),
        TableSpec(
            "staff",
            (
                ColumnSpec("measure", "choice", required=True, choices="staff-measure"),
                ColumnSpec("category"),
                ColumnSpec("value", "figure", required=True),
                ColumnSpec("where"),
            ),
            ("measure", "category", "where"),
        ),
        TableSpec(
            "national",
            (
                ColumnSpec("measure", "choice", required=True, choices="national-measure"),
                ColumnSpec("code"),
                ColumnSpec("value", "figure", required=True),
                ColumnSpec("confidence", "choice", required=True),
                ColumnSpec("source", required=True),
                ColumnSpec("where"),
            ),
            ("measure", "code", "source", "where"),
        ),
    )
}


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


_NUMBER = (_parses, "ไม่ใช่ตัวเลข", "พิมพ์ตัวเลขอย่างเดียว เช่น 82.20 หรือเว้นว่างหากไม่มีค่า")
_DECIMALS = (
    _few_decimals,
    f"ทศนิยมเกิน {MOST_DECIMALS} ตำแหน่ง",
    f"พิมพ์ตามที่รายงานพิมพ์ หรือปัดให้เหลือไม่เกิน {MOST_DECIMALS} ตำแหน่ง",
)
_SIZE = (_storable, "ตัวเลขใหญ่เกินไป", "ตรวจกับรายงาน อาจมีตัวเลขสองจำนวนติดกัน (ใช้ได้ไม่เกิน 12 หลัก)")
_CHECKS: dict[str, tuple[tuple[Callable[[str], bool], str, str], ...]] = {
    "score": (_NUMBER, _DECIMALS),
    "percent": (_NUMBER, _DECIMALS, (_between(0, 100), "ร้อยละอยู่นอกช่วง 0 ถึง 100", "แก้ร้อยละให้อยู่ระหว่าง 0 ถึง 100")),
    "count": (_NUMBER, (_whole, "จำนวนคนไม่ใช่จำนวนเต็มตั้งแต่ 0 ขึ้นไป", "พิมพ์จำนวนเต็ม เช่น 24"), _SIZE),
    "figure": (_NUMBER, _DECIMALS, _SIZE),
    "indicator": ((_is_indicator, "ไม่ใช่ลำดับตัวชี้วัด", "พิมพ์เลข 1 ถึง 10 หรือเว้นว่างหากไม่ทราบ"),),
    "item": ((_is_item, "ไม่ใช่รหัสข้อ", "พิมพ์รหัสเช่น I7, E1 หรือ O12 หรือเว้นว่างหากไม่ทราบ"),),
}


def problem_and_remedy(name: str) -> tuple[str, str]:
    """The two sentences of a failed check, from its name."""
    problem, _, remedy = name.partition("|")
    return problem, remedy


def _check(test: Callable[[str], bool], problem: str, remedy: str) -> pa.Check:
    return pa.Check(test, element_wise=True, name=f"{problem}|{remedy}")


def _column(spec: ColumnSpec) -> pa.Column:
    checks = [_check(*check) for check in _CHECKS.get(spec.kind, ())]
    if spec.kind == "choice":
        words = spec.words
        allowed = ", ".join(word for word in words if word)
        checks.append(_check(lambda value: value in words, "ไม่ใช่คำที่กำหนดไว้", f"ใช้คำใดคำหนึ่งต่อไปนี้: {allowed}"))
    if spec.required:
        checks.append(_check(lambda value: not is_missing(value), "ช่องนี้ต้องมีค่า", f"กรอก {spec.name} ของแถวนี้"))
    return pa.Column(str, checks=checks, nullable=False)


def schema(spec: TableSpec) -> pa.DataFrameSchema:
    """The pandera schema of a table of cleaned text; columns are checked cell by cell."""
    return pa.DataFrameSchema({column.name: _column(column) for column in spec.columns}, strict=True)


def score_in_range(measure: str, value: Decimal) -> bool:
    """Whether a score lies in 0 to 100, and a change of one in -100 to 100."""
    return (-100 if measure == "change" else 0) <= value <= 100
