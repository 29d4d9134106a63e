"""What is known of one agency in one fiscal year: the printed facts, as frozen values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from itabook.domain.levels import tested_codes
from itabook.domain.rules import INSTRUMENTS, Confidence, Instrument, YearRules
from itabook.domain.scores import instrument_scores, rounded, total_score

AgencyType = Literal[
    "department", "state-enterprise", "public-organization", "independent", "court", "parliament",
    "university", "province", "pao", "city-municipality", "town-municipality", "subdistrict-municipality",
    "sao", "special-local", "country", "other",
]  # fmt: skip


class Agency(BaseModel):
    """An agency, as its `agency.yml` says; `key` is the name of its folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str
    short: str
    type: AgencyType
    name_en: str = ""
    ministry: str = ""
    province: str = ""


class Source(BaseModel):
    """The document that the figures of one year were printed in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    publisher: str
    published: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A score, or a printed change of one; `value` in points (0 to 100), None where none is printed."""

    measure: str
    scope: str
    code: str
    name: str
    printed: str
    value: Decimal | None
    level: str
    where: str


@dataclass(frozen=True, slots=True)
class ItemResult:
    """A printed item score, or an OIT item with its result and the auditor's remark."""

    instrument: str
    indicator: int | None
    code: str
    title: str
    printed: str
    value: Decimal | None
    result: str
    remark: str
    where: str


@dataclass(frozen=True, slots=True)
class Response:
    """Share (percent) or number of those who gave one answer to an item."""

    item: str
    answer: str
    printed: str
    percent: Decimal | None
    count: int | None
    where: str


@dataclass(frozen=True, slots=True)
class RespondentCount:
    """How many respondents of one sex stand in one category of age, education or contact."""

    instrument: str
    dimension: str
    category: str
    sex: str
    count: int
    where: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A recommendation, measure, cause, limitation, strength or weakness that the report names."""

    kind: str
    scope: tuple[str, ...]
    number: str
    text: str
    steps: str
    period: str
    responsible: str
    monitoring: str
    where: str


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """A figure of the whole country in one year, with its source and how sure it is."""

    fiscal_year: int
    measure: str
    code: str
    printed: str
    value: Decimal | None
    confidence: Confidence
    source: str

    @property
    def shown(self) -> bool:
        """Only certain and likely figures are shown."""
        return self.confidence != "unsure"


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


TOLERANCE = Decimal("0.01")
"""How far a mean of rounded scores can be from the published one: 0.005 of the inputs and 0.005 of its own."""


def choose(rows: Sequence[Score], computed: Decimal | None = None) -> Figure | None:
    """The printed value that agrees with the computed one, else the computed one; the first printed one without it.

    Other values that the report prints for the same score are kept in `differing`. None without any value.
    """
    known = [row for row in rows if row.value is not None]
    if computed is None:
        fits = known
    else:
        fits = [row for row in known if row.value is not None and abs(row.value - computed) <= TOLERANCE]
    shown = fits[0].value if fits else None if computed is None else rounded(computed)
    if shown is None:
        return None
    differing = tuple(dict.fromkeys(row.printed for row in known if row.value != shown))
    return Figure(shown, printed=bool(fits), differing=differing)


@dataclass(frozen=True)
class AgencyYear:
    """All that is known of one agency in one fiscal year, in the order of the report."""

    agency: Agency
    fiscal_year: int
    rules: YearRules
    source: Source
    scores: tuple[Score, ...] = ()
    items: tuple[ItemResult, ...] = ()
    responses: tuple[Response, ...] = ()
    respondents: tuple[RespondentCount, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def key(self) -> str:
        """Name of this agency-year in files and references, for example "bgo-2564"."""
        return f"{self.agency.key}-{self.fiscal_year}"

    def _printed(self, scope: str, measure: str = "score") -> Iterator[Score]:
        return (row for row in self.scores if row.scope == scope and row.measure == measure)

    def printed(self, scope: str, code: str = "") -> Decimal | None:
        """The first printed value of a score; None where the report has none."""
        values = (row.value for row in self._printed(scope) if row.code == code)
        return next((value for value in values if value is not None), None)

    @cached_property
    def indicator_figures(self) -> dict[int, Figure]:
        """Indicator scores by number, official order: the first printed value, and others that differ from it."""
        rows: dict[int, list[Score]] = {}
        for row in self._printed("indicator"):
            if row.code:
                rows.setdefault(int(row.code), []).append(row)
        found = {number: choose(group) for number, group in sorted(rows.items())}
        return {number: figure for number, figure in found.items() if figure is not None}

    @cached_property
    def indicators(self) -> dict[int, Decimal]:
        """Indicator scores by number, official order."""
        return {number: figure.value for number, figure in self.indicator_figures.items()}

    @cached_property
    def instruments(self) -> dict[Instrument, Figure]:
        """Instrument scores: the printed value that agrees with the indicators, else the computed one.

        So a slip of the pen (88.75 for 88.57) does not reach a chart. Without indicators: as printed.
        """
        computed = instrument_scores(self.indicators, self.rules)
        found: dict[Instrument, Figure] = {}
        for code in INSTRUMENTS:
            figure = choose([row for row in self._printed("instrument") if row.code == code], computed.get(code))
            if figure is not None:
                found[code] = figure
        return found

    @cached_property
    def total(self) -> Figure | None:
        """The total: as printed; where it is not printed, from the ten indicators by the weights of the year.

        Of two printed totals the one that agrees with the indicators. None where it can be neither read nor
        computed, also where the weights of the year are not official.
        """
        rows = list(self._printed("total"))
        computed = None
        if self.rules.weights.official:
            computed = total_score(instrument_scores(self.indicators, self.rules), self.rules.weights)
        agreeing = choose(rows, computed)
        if agreeing is not None and not agreeing.printed and rows:
            return choose(rows)
        return agreeing

    @cached_property
    def parts(self) -> dict[str, Decimal]:
        """Printed scores of the parts of EIT (EIT1, EIT2), from FY2566."""
        codes = [row.code for row in self._printed("part")]
        values = {code: self.printed("part", code) for code in codes}
        return {code: value for code, value in sorted(values.items()) if value is not None}

    @cached_property
    def tested(self) -> dict[str, Decimal]:
        """The scores that a level tests, as far as they are known."""
        known: dict[str, Decimal] = {code: figure.value for code, figure in self.instruments.items()} | self.parts
        return {code: known[code] for code in tested_codes(self.rules.weights) if code in known}

    @property
    def printed_level(self) -> str:
        """The level that the report prints beside the total; empty where it prints none."""
        return next((row.level for row in self._printed("total") if row.level), "")

    def printed_changes(self, scope: str, code: str = "") -> tuple[Score, ...]:
        """Changes from the year before that the report prints for one score."""
        return tuple(row for row in self._printed(scope, "change") if row.code == code)
