"""Rows of the processed tables as the values of the domain."""

from decimal import Decimal
from typing import Any

from itabook.domain.facts import (
    ItemResult,
    Measure,
    NationalFigure,
    RespondentCount,
    Response,
    Score,
    StaffFigure,
)  # fmt: skip

Row = dict[str, Any]


def _text(row: Row, name: str) -> str:
    return str(row[name] or "")


def exact(value: Decimal | None) -> Decimal | None:
    """A stored number without the zeros that fill its column."""
    return None if value is None else value.normalize() + 0


def score_of(row: Row) -> Score:
    """A score, or a printed change of one."""
    return Score(
        measure=_text(row, "measure"),
        scope=_text(row, "scope"),
        code=_text(row, "code"),
        name=_text(row, "name"),
        printed=_text(row, "value_printed"),
        value=exact(row["value"]),
        level=_text(row, "level"),
        where=_text(row, "where"),
    )


def item_of(row: Row) -> ItemResult:
    """A printed item."""
    return ItemResult(
        instrument=_text(row, "instrument"),
        indicator=row["indicator"],
        code=_text(row, "item"),
        title=_text(row, "title"),
        printed=_text(row, "value_printed"),
        value=exact(row["value"]),
        result=_text(row, "result"),
        remark=_text(row, "remark"),
        where=_text(row, "where"),
    )


def response_of(row: Row) -> Response:
    """One answer to an item."""
    return Response(
        item=_text(row, "item"),
        answer=_text(row, "answer"),
        printed=_text(row, "percent_printed"),
        percent=exact(row["percent"]),
        count=row["count"],
        where=_text(row, "where"),
    )


def respondent_count_of(row: Row) -> RespondentCount:
    """How many respondents stand in one cell of a table."""
    return RespondentCount(
        instrument=_text(row, "instrument"),
        dimension=_text(row, "dimension"),
        category=_text(row, "category"),
        sex=_text(row, "sex"),
        count=row["count"],
        where=_text(row, "where"),
    )


def measure_of(row: Row) -> Measure:
    """A recommendation, a measure, or what else the report states."""
    return Measure(
        kind=_text(row, "kind"),
        scope=tuple(part.strip() for part in _text(row, "scope").split(";") if part.strip()),
        number=_text(row, "no"),
        text=_text(row, "text"),
        steps=_text(row, "steps"),
        period=_text(row, "period"),
        responsible=_text(row, "responsible"),
        monitoring=_text(row, "monitoring"),
        where=_text(row, "where"),
    )


def staff_of(row: Row) -> StaffFigure:
    """A figure on the staff."""
    return StaffFigure(
        measure=_text(row, "measure"),
        category=_text(row, "category"),
        printed=_text(row, "value_printed"),
        value=row["value"].normalize() + 0,
        where=_text(row, "where"),
    )


def national_of(row: Row) -> NationalFigure:
    """A figure of the country."""
    confidence = _text(row, "confidence")
    return NationalFigure(
        fiscal_year=row["fiscal_year"],
        measure=_text(row, "measure"),
        code=_text(row, "code"),
        printed=_text(row, "value_printed"),
        value=exact(row["value"]),
        confidence="certain" if confidence == "certain" else "likely" if confidence == "likely" else "unsure",
        source=_text(row, "source"),
    )
