"""What a notebook shows: each function takes a chapter and returns one text, table or chart, ready to display."""

from itabook.report.changes import change_sentence, change_table
from itabook.report.chapter import AgencyYearChapter, ComparisonChapter, DataQualityChapter, TrendChapter
from itabook.report.chapter import open_agency_year as agency_year
from itabook.report.chapter import open_comparison as comparison
from itabook.report.chapter import open_data_quality as data_quality
from itabook.report.chapter import open_trend as trend
from itabook.report.demographics import respondent_bars
from itabook.report.differences import difference_box
from itabook.report.headline import headline, summary
from itabook.report.indicators import indicator_bars, indicator_table, ranking
from itabook.report.overview import overview_heatmap, overview_sentence, overview_table
from itabook.report.plans import findings_table, plan_table
from itabook.report.provenance import provenance
from itabook.report.reliability import checked_bars, checked_sentence, checked_table, found_sentence, found_table
from itabook.report.respondents import respondent_sentence, respondent_table
from itabook.report.style import warm
from itabook.report.trends import indicator_multiples, trend_lines, trend_sentence

__all__ = [
    "AgencyYearChapter",
    "ComparisonChapter",
    "DataQualityChapter",
    "TrendChapter",
    "agency_year",
    "change_sentence",
    "change_table",
    "checked_bars",
    "checked_sentence",
    "checked_table",
    "comparison",
    "data_quality",
    "difference_box",
    "findings_table",
    "found_sentence",
    "found_table",
    "headline",
    "indicator_bars",
    "indicator_multiples",
    "indicator_table",
    "overview_heatmap",
    "overview_sentence",
    "overview_table",
    "plan_table",
    "provenance",
    "ranking",
    "respondent_bars",
    "respondent_sentence",
    "respondent_table",
    "summary",
    "trend",
    "trend_lines",
    "trend_sentence",
    "warm",
]
