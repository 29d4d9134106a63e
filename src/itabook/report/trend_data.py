"""The data behind the charts of a trend: one agency over the years."""

from collections.abc import Sequence

from itabook.domain.figure_data import FigureData
from itabook.domain.results import AgencyYear, value_of
from itabook.domain.rules import INSTRUMENTS
from itabook.report.chapter import TrendChapter, level_by_rules


def lines_data(chapter: TrendChapter) -> FigureData:
    """Total, instruments and level of each year."""
    rows = tuple(
        (
            str(year.fiscal_year),
            *(value_of(year.instruments.get(code)) for code in INSTRUMENTS),
            value_of(year.total),
            level_said(year) or None,
        )
        for year in chapter.years
    )
    return FigureData(("ปีงบประมาณ", *INSTRUMENTS, "คะแนนรวม", "ระดับ"), rows)


def level_said(year: AgencyYear) -> str:
    """The level as printed, else by the rules of the year; empty where neither tells it."""
    by_rules = level_by_rules(year)
    return year.printed_level or (by_rules.level.name if by_rules and by_rules.level else "")


def multiples_data(years: Sequence[AgencyYear]) -> FigureData:
    """The indicators of the last year's rules, a column a year."""
    rows = tuple(
        (f"{indicator.number} {indicator.name}", *(year.indicators.get(indicator.number) for year in years))
        for indicator in years[-1].rules.indicators
    )
    return FigureData(("ตัวชี้วัด", *(f"ปี {year.fiscal_year}" for year in years)), rows)
