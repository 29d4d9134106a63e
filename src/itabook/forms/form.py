"""What a form of one agency-year holds before anybody fills it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from itabook.data.schemas import TABLES, typed
from itabook.domain.facts import Agency, Source
from itabook.domain.official import official_item
from itabook.domain.rules import INSTRUMENTS, SURVEYS, Item, YearRules

FORMS = ("scores", "items", "responses", "respondents", "measures", "staff")
"""The tables that an agency fills in, in the order in which it does."""
_SPARE = {"scores": 30, "items": 90, "responses": 120, "respondents": 120, "measures": 80, "staff": 30}
"""Rows below those filled in already for which a sheet has formats, drop-downs and checks; more may be typed."""
_FORMULA_SIGNS = "=+-@\t\r"

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Before:
    """Another agency-year that a form takes over what stays from."""

    name: str
    agency: Agency
    source: Source
    tables: Mapping[str, pd.DataFrame]
    rules: YearRules


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the rows of each table that stand in it already, each with its leading cells, and what is not known.

    Attributes:
        rows: by table; cells in the order of its columns, those not given are left to fill in.
        unsure: codes of OIT items that the rules name without a source, and that are therefore left out.
    """

    agency: str
    rules: YearRules
    rows: Mapping[str, Rows] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()

    def prepared(self, name: str) -> int:
        """Number of rows of a table's sheet that are ready to be typed in."""
        return len(self.rows.get(name, ())) + _SPARE[name]


def form_of(agency: str, rules: YearRules, before: Before | None = None) -> Form:
    """The form of a year, with the questions and groups of `before`."""
    items = oit_items(rules)
    rows: dict[str, Rows] = {"scores": _scores(rules), "items": tuple(_item_row(item) for item in items)}
    if before is not None:
        taken = _taken(before, rules)
        rows |= taken | {"items": rows["items"] + taken.get("items", ())}
    known = {item.code for item in items}
    unsure = tuple(item.code for item in rules.items["OIT"].items if item.code not in known)
    return Form(agency, rules, rows, unsure)


def oit_items(rules: YearRules) -> tuple[Item, ...]:
    """The OIT items of a year whose wording may be printed as official."""
    return tuple(item for item in rules.items["OIT"].items if official_item(rules, "OIT", item.code) is item)


def _scores(rules: YearRules) -> Rows:
    spec = TABLES["scores"]
    score = typed(spec, "measure", "score")

    def row(scope: str, code: str, name: str) -> tuple[str, ...]:
        return score, typed(spec, "scope", scope), code, name

    indicators = (row("indicator", str(i.number), i.name if i.official else "") for i in rules.indicators)
    parts = (row("part", f"EIT{number}", f"ส่วนที่ {number}") for number in (1, 2) if rules.weights.eit_parts)
    instruments = (row("instrument", code, f"แบบวัด {code}") for code in INSTRUMENTS)
    return row("total", "", "คะแนนรวม"), *indicators, *instruments, *parts


def _item_row(item: Item) -> tuple[str, ...]:
    return "OIT", "" if item.indicator is None else str(item.indicator), item.code, item.title


def _taken(before: Before, rules: YearRules) -> dict[str, Rows]:
    """Questions, where the questionnaire has as many as before, and groups; never a score, a count or a share."""
    letters = {code[0]: code for code in SURVEYS}
    same = {code for code in SURVEYS if rules.items[code].count == before.rules.items[code].count is not None}
    taken = {
        "items": [
            row for row in _cells(before, "items", ("instrument", "indicator", "item", "title")) if row[0] in same
        ],
        "responses": [
            row for row in _cells(before, "responses", ("item", "answer")) if letters.get(row[0][:1]) in same
        ],
        "respondents": _cells(before, "respondents", ("instrument", "dimension", "category", "sex")),
        "staff": _cells(before, "staff", ("measure", "category")),
    }
    return {name: tuple(rows) for name, rows in taken.items() if rows}


def _cells(before: Before, name: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """The different rows of these columns as a form shows them."""
    frame, spec = before.tables.get(name), TABLES[name]
    if frame is None or frame.empty:
        return []
    choices = {column.name for column in spec.columns if column.kind == "choice"}

    def shown(column: str, value: object) -> str:
        text = "" if value is None else str(value)
        return typed(spec, column, text) if column in choices and text else text.lstrip(_FORMULA_SIGNS)

    records = frame[list(columns)].itertuples(index=False)
    rows = (tuple(shown(*pair) for pair in zip(columns, row, strict=True)) for row in records)
    return list(dict.fromkeys(rows))
