"""What a chapter is made from: one agency-year with the year before, one agency over the years, or all of a book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from itabook.data.library import open_library
from itabook.data.project import find_project
from itabook.data.rules import load_sources
from itabook.domain.answers import Answers, answers
from itabook.domain.checklist import Checklist, checklists
from itabook.domain.facts import Agency, NationalFigure, Peer
from itabook.domain.issues import Issue, issues_of
from itabook.domain.levels import LevelResult, level_of
from itabook.domain.peers import Comparison, compare, others
from itabook.domain.proofreading import Checked, Finding, Subject, check, proofread
from itabook.domain.questions import Question, questions
from itabook.domain.results import AgencyYear
from itabook.report.small_groups import is_masked
from itabook.report.style import use_style
from itabook.words import LIST, REPORT, Digits, Words


@dataclass(frozen=True)
class AgencyYearChapter:
    """One agency in one fiscal year, with the year before where there are data.

    Attributes:
        sources: what source keys stand for.
        peers: the other agencies of the same type that have scores of the year.
        unread_peers: how many more there are, or may be, of which the data cannot be read.
        mask: whether small groups of respondents are masked.
    """

    result: AgencyYear
    previous: AgencyYear | None
    national: tuple[NationalFigure, ...]
    sources: Mapping[str, str]
    words: Words
    peers: tuple[Peer, ...] = ()
    mask: bool = True
    unread_peers: int = 0

    @property
    def key(self) -> str:
        """Part of every label of the chapter, for example "bgo-2564"."""
        return self.result.key

    @cached_property
    def level(self) -> LevelResult | None:
        """The level by the rules of the year; None where there is no total."""
        return level_by_rules(self.result)

    @cached_property
    def national_mean(self) -> NationalFigure | None:
        """National mean of the year, only where it may be shown."""
        means = (figure for figure in self.national if figure.measure == "mean" and figure.shown)
        return next((figure for figure in means if figure.fiscal_year == self.result.fiscal_year), None)

    @cached_property
    def target(self) -> Decimal:
        """The score that passes."""
        return self.result.rules.levels.pass_mark

    @cached_property
    def target_name(self) -> str:
        """What the pass mark may be called: a target or a pass mark only where that of the year is documented."""
        rules = self.result.rules
        if any(target.official and target.score == self.target for target in rules.targets):
            return "ค่าเป้าหมาย"
        return "เกณฑ์ผ่าน" if rules.levels.official else "เกณฑ์ที่ยังไม่ยืนยัน"

    @property
    def goal(self) -> str:
        """The target with its name and points: ค่าเป้าหมาย 85 คะแนน."""
        return f"{self.target_name} {self.words.short(self.target)}\u00a0คะแนน"

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the proofreader says of this agency-year."""
        return proofread(Subject(self.result, self.previous, self.national))

    @cached_property
    def comparisons(self) -> dict[str, Comparison]:
        """The total ("total") and the indicators ("1" to "10") that are known, beside those of the peers."""
        return compare(self.result, self.peers)

    @cached_property
    def checklists(self) -> tuple[Checklist, ...]:
        """What a published document on the results must hold, and where the chapter has it."""
        return checklists(Subject(self.result, self.previous, self.national))

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """The issues with their items; empty where the year has no confirmed assignment."""
        return issues_of(self.result)

    @cached_property
    def answers(self) -> tuple[Answers, ...]:
        """The answers to each item as they can be shown; a search for misprints, so done once."""
        return answers(self.result)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions with their scores, which may follow from the answers."""
        return questions(self.result)

    def changes(self) -> dict[int, Decimal]:
        """Change of each indicator from the year before, for the indicators that both years have."""
        if self.previous is None:
            return {}
        before = self.previous.indicators
        return {no: score - before[no] for no, score in self.result.indicators.items() if no in before}


@dataclass(frozen=True)
class TrendChapter:
    """One agency over the years, oldest first."""

    agency: Agency
    years: tuple[AgencyYear, ...]
    words: Words

    @property
    def key(self) -> str:
        """Part of every label of the chapter."""
        return f"{self.agency.key}-trend"

    @cached_property
    def regimes(self) -> tuple[tuple[AgencyYear, ...], ...]:
        """Runs of years under the same rules; only these are joined by lines."""
        runs: list[list[AgencyYear]] = []
        for year in self.years:
            if runs and runs[-1][-1].rules.regime == year.rules.regime:
                runs[-1].append(year)
            else:
                runs.append([year])
        return tuple(tuple(run) for run in runs)


@dataclass(frozen=True)
class ComparisonChapter:
    """The agency-years of a book, in its order."""

    results: tuple[AgencyYear, ...]
    words: Words
    key: str = "comparison"


@dataclass(frozen=True, slots=True)
class CheckedYear:
    """One agency-year and what each rule of the proofreader says of it."""

    result: AgencyYear
    checked: tuple[Checked, ...]

    @property
    def comparisons(self) -> int:
        """How many comparisons all rules made."""
        return sum(checked.comparisons for checked in self.checked)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What all rules found, in the order of the rules."""
        return tuple(finding for checked in self.checked for finding in checked.findings)


@dataclass(frozen=True)
class DataQualityChapter:
    """The agency-years of a book with what the proofreader says of each, in its order."""

    years: tuple[CheckedYear, ...]
    words: Words
    key: str = "data-quality"

    @cached_property
    def comparisons(self) -> int:
        """How many comparisons were made in all."""
        return sum(year.comparisons for year in self.years)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the book."""
        return tuple(finding for year in self.years for finding in year.findings)


def level_by_rules(result: AgencyYear) -> LevelResult | None:
    """Level of an agency-year by the rules of its year; None without a total or where the rules are not official."""
    if result.total is None or not result.rules.levels.official:
        return None
    return level_of(result.total.value, result.tested, result.rules.levels, result.rules.weights)


def open_agency_year(
    agency: str, fiscal_year: int, *, digits: Digits = "arabic", mask_small_groups: str | bool = "auto"
) -> AgencyYearChapter:
    """Data of one chapter. DataError where the agency-year has none.

    `mask_small_groups` is "on", "off", or "auto": off where the report with its tables is published already, else on.
    DataError for another word.

    Example:
        >>> chapter = open_agency_year("bgo", 2564)  # doctest: +SKIP
    """
    use_style()
    library = open_library(find_project())
    result = library.agency_year(agency, fiscal_year)
    return AgencyYearChapter(
        result,
        library.previous(result),
        library.national,
        load_sources(library.project),
        Words(digits, LIST if result.listed else REPORT),
        others(result.agency, library.peers(fiscal_year, result.agency.type)),
        is_masked(result.source, mask_small_groups),
        len(library.unread_peers(fiscal_year, result.agency.type)),
    )


def open_trend(agency: str, *, digits: Digits = "arabic") -> TrendChapter:
    """Data of a trend chapter: all years of one agency."""
    use_style()
    library = open_library(find_project())
    return TrendChapter(library.agency(agency), library.all_years(agency), Words(digits))


def open_comparison(agency_years: Sequence[str], *, digits: Digits = "arabic") -> ComparisonChapter:
    """Data of a comparison: agency-years named as "bgo/2564", in the order to show them."""
    use_style()
    library = open_library(find_project())
    named = [name.partition("/") for name in agency_years]
    return ComparisonChapter(tuple(library.agency_year(a, int(y)) for a, _, y in named), Words(digits))


def open_data_quality(agency_years: Sequence[str], *, digits: Digits = "arabic") -> DataQualityChapter:
    """Data of the data quality chapter: agency-years named as "bgo/2564", proofread, in the order to show them."""
    use_style()
    library = open_library(find_project())
    subjects = [library.subject(agency, year) for agency, year in library.pairs(agency_years)]
    return DataQualityChapter(tuple(CheckedYear(s.result, check(s)) for s in subjects), Words(digits))
