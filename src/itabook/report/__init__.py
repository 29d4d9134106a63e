"""What a notebook shows: each function takes a chapter and returns one text, table or chart, ready to display."""

from itabook.report.bands import level_band
from itabook.report.board import annex_head, attachments, background, causes, doubts, proposal
from itabook.report.certainty import ceiling_sentence, certainty_sentence, sample_sentence
from itabook.report.certainty_figures import certainty_bars, certainty_table
from itabook.report.changes import change_sentence, change_table
from itabook.report.chapter import AgencyYearChapter, ComparisonChapter, DataQualityChapter, TrendChapter
from itabook.report.chapter import open_agency_year as agency_year
from itabook.report.chapter import open_comparison as comparison
from itabook.report.chapter import open_data_quality as data_quality
from itabook.report.chapter import open_trend as trend
from itabook.report.checklist import checklist_sentence, checklist_table
from itabook.report.contributions import contribution_sentence, contribution_table
from itabook.report.decisions import decisions
from itabook.report.demographics import respondent_bars
from itabook.report.differences import difference_box
from itabook.report.disclosure import disclosure_causes, disclosure_sentence, disclosure_table
from itabook.report.follow_up import follow_up_sentence, follow_up_table
from itabook.report.greys import in_greys
from itabook.report.headline import headline, summary
from itabook.report.indicators import indicator_bars, indicator_table, ranking
from itabook.report.issue_chart import issue_chart
from itabook.report.issues import issue_sentence, issue_table
from itabook.report.overview import overview_heatmap, overview_sentence, overview_table
from itabook.report.peers import peer_sentence, peer_table
from itabook.report.plans import findings_sentence, findings_table, plan_sentence, plan_table
from itabook.report.provenance import provenance
from itabook.report.questions import question_sentence, question_table
from itabook.report.reliability import checked_bars, checked_sentence, checked_table, found_sentence, found_table
from itabook.report.resolutions import decision_table
from itabook.report.respondents import respondent_sentence, respondent_table
from itabook.report.responses import response_bars, response_notes, response_sentence
from itabook.report.scenarios import gap_sentence, gap_table, scenario_table
from itabook.report.staff import staff_sentence, staff_table
from itabook.report.standing import ranking_table, strengths_sentence, strongest_weakest
from itabook.report.style import warm
from itabook.report.trends import indicator_multiples, trend_lines, trend_sentence
from itabook.report.views import view_dumbbell, view_sentence
from itabook.report.waterfall import contribution_waterfall

__all__ = [
    "AgencyYearChapter",
    "ComparisonChapter",
    "DataQualityChapter",
    "TrendChapter",
    "agency_year",
    "annex_head",
    "attachments",
    "background",
    "causes",
    "ceiling_sentence",
    "certainty_bars",
    "certainty_sentence",
    "certainty_table",
    "change_sentence",
    "change_table",
    "checked_bars",
    "checked_sentence",
    "checked_table",
    "checklist_sentence",
    "checklist_table",
    "comparison",
    "contribution_sentence",
    "contribution_table",
    "contribution_waterfall",
    "data_quality",
    "decision_table",
    "decisions",
    "difference_box",
    "disclosure_causes",
    "disclosure_sentence",
    "disclosure_table",
    "doubts",
    "findings_sentence",
    "findings_table",
    "follow_up_sentence",
    "follow_up_table",
    "found_sentence",
    "found_table",
    "gap_sentence",
    "gap_table",
    "headline",
    "in_greys",
    "indicator_bars",
    "indicator_multiples",
    "indicator_table",
    "issue_chart",
    "issue_sentence",
    "issue_table",
    "level_band",
    "overview_heatmap",
    "overview_sentence",
    "overview_table",
    "peer_sentence",
    "peer_table",
    "plan_sentence",
    "plan_table",
    "proposal",
    "provenance",
    "question_sentence",
    "question_table",
    "ranking",
    "ranking_table",
    "respondent_bars",
    "respondent_sentence",
    "respondent_table",
    "response_bars",
    "response_notes",
    "response_sentence",
    "sample_sentence",
    "scenario_table",
    "staff_sentence",
    "staff_table",
    "strengths_sentence",
    "strongest_weakest",
    "summary",
    "trend",
    "trend_lines",
    "trend_sentence",
    "view_dumbbell",
    "view_sentence",
    "warm",
]
