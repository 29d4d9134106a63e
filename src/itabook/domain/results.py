"""What is known of one agency in one fiscal year, and the figures to show of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from itabook.domain.consistency import PARTS, TOTAL, Correction, Equation, Key, by_key, equations, suspected
from itabook.domain.facts import Agency, ItemResult, Measure, RespondentCount, Response, Score, Source, StaffFigure
from itabook.domain.levels import tested_codes
from itabook.domain.reach import Reach
from itabook.domain.rules import INSTRUMENTS, Instrument, YearRules
from itabook.domain.scores import instrument_scores, rounded, total_score


@dataclass(frozen=True, slots=True)
class Figure:
    """A score to show.

    Attributes:
        value: the score, 0 to 100, two decimals.
        printed: whether the report prints this value; if not, it follows from other printed figures.
        differing: other values that the report prints for the same score, as printed.
    """

    value: Decimal
    printed: bool
    differing: tuple[str, ...] = ()


def value_of(figure: Figure | None) -> Decimal | None:
    """The score of a figure, None where there is no figure."""
    return None if figure is None else figure.value


def figure_of(rows: Sequence[Score], correction: Correction | None, computed: Decimal | None = None) -> Figure | None:
    """The first printed value, unless the other scores of the report show that another is right.

    Without a printed value the computed one, rounded; None without either.
    """
    values = [row.value for row in rows if row.value is not None]
    if not values:
        return None if computed is None else Figure(rounded(computed), printed=False)
    shown = values[0] if correction is None else correction.value
    differing = tuple(dict.fromkeys(row.printed for row in rows if row.value not in (None, shown)))
    return Figure(shown, printed=shown in values, differing=differing)


@dataclass(frozen=True)
class AgencyYear:
    """All that is known of one agency in one fiscal year, in the order of the report.

    Attributes:
        listed: whether there is no report of the agency, only its row in a list of many.
    """

    agency: Agency
    fiscal_year: int
    rules: YearRules = field(repr=False)
    source: Source
    scores: tuple[Score, ...] = ()
    items: tuple[ItemResult, ...] = ()
    responses: tuple[Response, ...] = ()
    respondents: tuple[RespondentCount, ...] = ()
    measures: tuple[Measure, ...] = ()
    staff: tuple[StaffFigure, ...] = ()
    listed: bool = False

    @property
    def key(self) -> str:
        """Name of this agency-year in files and references, for example "bgo-2564"."""
        return f"{self.agency.key}-{self.fiscal_year}"

    def _printed(self, scope: str, measure: str = "score") -> Iterator[Score]:
        return (row for row in self.scores if row.scope == scope and row.measure == measure)

    @cached_property
    def printed_scores(self) -> dict[Key, list[Score]]:
        """The rows that print each score, by scope and code."""
        return by_key(self.scores)

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """The equations between the printed scores, by the rules of the year."""
        return equations(self.printed_scores, self.rules)

    @cached_property
    def reaches(self) -> dict[Key, Reach]:
        """Reach of each score: of the value that the others show to be right, else of its first printed value."""
        right = {key: correction.reach for key, correction in self.corrections.items()}
        return {key: rows[0].reach for key, rows in self.printed_scores.items()} | right

    @cached_property
    def suspicions(self) -> dict[Key, Correction]:
        """The scores whose first printed value the others contradict, and what it most likely was."""
        return suspected(self.printed_scores, self.equations)

    @cached_property
    def corrections(self) -> dict[Key, Correction]:
        """The scores whose first printed value is shown to be wrong by the others; the book shows the right one."""
        return {key: correction for key, correction in self.suspicions.items() if correction.proven}

    def _figure(self, key: Key, computed: Decimal | None = None) -> Figure | None:
        return figure_of(self.printed_scores.get(key, []), self.corrections.get(key), computed)

    @cached_property
    def indicator_figures(self) -> dict[int, Figure]:
        """Indicator scores by number, official order."""
        found = {
            indicator.number: self._figure(("indicator", str(indicator.number))) for indicator in self.rules.indicators
        }
        return {number: figure for number, figure in found.items() if figure is not None}

    @cached_property
    def indicators(self) -> dict[int, Decimal]:
        """Indicator scores by number, official order."""
        return {number: figure.value for number, figure in self.indicator_figures.items()}

    @cached_property
    def instruments(self) -> dict[Instrument, Figure]:
        """Instrument scores: as printed unless another value is shown to be right; computed where none is printed."""
        computed = instrument_scores(self.indicators, self.rules)
        found = {code: self._figure(("instrument", code), computed.get(code)) for code in INSTRUMENTS}
        return {code: figure for code, figure in found.items() if figure is not None}

    @cached_property
    def total(self) -> Figure | None:
        """The total: as printed unless another value is shown to be right.

        Where none is printed, from the ten indicators by the weights of the year. None where it can be neither
        read nor computed, also where the weights of the year are not official.
        """
        official = self.rules.weights.official
        computed = total_score(instrument_scores(self.indicators, self.rules), self.rules.weights) if official else None
        return self._figure(TOTAL, computed)

    @cached_property
    def parts(self) -> dict[str, Decimal]:
        """Scores of the parts of EIT (EIT1, EIT2), from FY2566."""
        found = {code: self._figure((scope, code)) for scope, code in PARTS}
        return {code: figure.value for code, figure in found.items() if figure is not None}

    @cached_property
    def tested(self) -> dict[str, Decimal]:
        """The scores that a level tests, as far as they are known."""
        known: dict[str, Decimal] = {code: figure.value for code, figure in self.instruments.items()} | self.parts
        return {code: known[code] for code in tested_codes(self.rules.weights) if code in known}

    @property
    def printed_level(self) -> str:
        """The level that the report prints beside the total; empty where it prints none."""
        return next((row.level for row in self._printed("total") if row.level), "")
