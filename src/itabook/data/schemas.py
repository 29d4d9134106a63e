"""The tables of the raw data: their columns, what may stand in a cell, and what makes two rows the same.

Each check carries the sentence (problem, remedy) that a user reads when it fails. The checks work on
cleaned text, so that a message can show the value as it was typed.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from itabook.domain.facts import AgencyType

MOST_DECIMALS = 6
LEAST_TOO_LARGE = 10**12
"""Bounds of the stored numbers: decimals of 20 digits, 6 of them after the point, and whole numbers of 64 bits."""

ColumnKind = Literal["text", "choice", "score", "points", "change", "percent", "count", "figure", "indicator", "item"]

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
        "ข้อเสนอแนะ": "recommendation", "มาตรการ": "measure", "ข้อเสนอแนะระยะยาว": "long-term", "สาเหตุ": "cause",
        "ข้อจำกัด": "limitation", "ผลการดำเนินการ": "follow-up", "จุดแข็ง": "strength", "จุดที่ควรพัฒนา": "weakness",
    },
    "staff-measure": {
        "headcount": "headcount", "climate": "climate",
        "จำนวนบุคลากร": "headcount", "สภาพแวดล้อมการทำงาน": "climate",
    },
    "national-measure": {
        name: name
        for name in (
            "mean", "agencies", "registered", "passed", "pass-rate", "failed", "fail-rate", "respondents",
            "iit-respondents", "eit-respondents", "oit-submitted", "indicator-mean",
            "increase-on-last-year",
        )
    },
    "agency-type": {name: name for name in get_args(AgencyType)},
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
    """One table.

    Attributes:
        columns: in order.
        key: names of the columns that make a row the same as another.
        told: names of the columns of which a row fills in at least one; a row of a form that fills in none is no fact.
            Empty where every row is one.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    key: tuple[str, ...]
    told: tuple[str, ...] = ()

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
            told=("value", "level", "where"),
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
            told=("value", "result", "remark", "where"),
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
            told=("percent", "count", "where"),
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
            told=("count", "where"),
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
            told=("value", "where"),
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

PEERS = TableSpec(
    "peers",
    (
        ColumnSpec("name", required=True),
        ColumnSpec("type", "choice", required=True, choices="agency-type"),
        ColumnSpec("province"),
        *(ColumnSpec(str(number), "points") for number in range(1, 11)),
        ColumnSpec("total", "points"),
        *_text("level", "source"),
    ),
    ("name", "type", "province"),
)
"""Other agencies in one fiscal year, one row each; it stands in data/raw/peers, not in the folder of an agency."""

SPECS = {**TABLES, PEERS.name: PEERS}
"""All tables that are read."""


def menu(column: ColumnSpec) -> tuple[str, ...]:
    """The words to choose from in a column of fixed words: the Thai one where there is one; no blank."""
    words: dict[str, str] = {}
    for typed, stored in column.words.items():
        if stored and (stored not in words or words[stored].isascii()):
            words[stored] = typed
    return tuple(words.values())


def typed(spec: TableSpec, column: str, stored: str) -> str:
    """The word of the menu for what is stored."""
    found = next(one for one in spec.columns if one.name == column)
    return next(word for word in menu(found) if found.words[word] == stored)
