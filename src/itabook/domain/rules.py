"""The rules of one fiscal year, as frozen values. `params/years/<year>.yml` holds them."""

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Confidence = Literal["certain", "likely", "unsure"]
Instrument = Literal["IIT", "EIT", "OIT"]
Survey = Literal["IIT", "EIT"]

Content = Literal[
    "total", "level", "instruments", "indicators", "comparison", "analysis", "issues", "items", "weaknesses",
    "improvements", "application", "measures", "steps", "period", "responsible", "monitoring", "follow-up",
    "follow-up-period",
]  # fmt: skip
"""What a chapter may show of an element that the published document must hold."""

INSTRUMENTS: tuple[Instrument, ...] = ("IIT", "EIT", "OIT")
SURVEYS: tuple[Survey, ...] = ("IIT", "EIT")
"""The instruments that ask people."""
FIRST_YEAR, LAST_YEAR = 2562, 2569

_NO_NUMBER = "ต้องเป็นตัวเลข เช่น 0.30 · พิมพ์ตัวเลขอย่างเดียว"
_RECALL_ALONE = re.compile(r"\s*recall\s*(\((?:[^()]|\([^()]*\))*\))?\s*")


def _exact(value: object) -> Decimal:
    try:
        exact = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(_NO_NUMBER) from error
    if not exact.is_finite():
        raise ValueError(_NO_NUMBER)
    return exact


Exact = Annotated[Decimal, BeforeValidator(_exact)]
"""A figure of the rules, exact: YAML's 0.3 is read as Decimal("0.3"), never as a binary fraction."""


class Rule(BaseModel):
    """Anything the rules state: never changed, and unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Rule):
    """A rule with the place it was read in and how sure it is."""

    source: str
    confidence: Confidence
    note: str = ""

    @property
    def official(self) -> bool:
        """Whether it may be printed as official: not when it is unsure or rests on recall alone.

        "recall" and "recall (a remark)" are recall alone; "recall; ipst shows …" names another source too.
        """
        return self.confidence != "unsure" and not _RECALL_ALONE.fullmatch(self.source)


class Weights(Sourced):
    """Weights of the instruments in the total, and whether EIT is the mean of two parts."""

    IIT: Exact
    EIT: Exact
    OIT: Exact
    eit_parts: bool = False

    @model_validator(mode="after")
    def _sum_to_one(self) -> "Weights":
        if self.IIT + self.EIT + self.OIT != 1:
            raise ValueError("น้ำหนักของสามแบบวัดต้องรวมกันได้ 1 · ตรวจน้ำหนักทั้งสามกับคู่มือการประเมินของปี")
        return self

    def of(self, instrument: Instrument) -> Decimal:
        """Weight of one instrument, between 0 and 1."""
        return {"IIT": self.IIT, "EIT": self.EIT, "OIT": self.OIT}[instrument]


class Indicator(Sourced):
    """One of the ten indicators: number, official Thai name, the instrument it belongs to, known variants."""

    number: int = Field(ge=1, le=10)
    name: str
    instrument: Instrument
    name_en: str = ""
    variants: tuple[str, ...] = ()


class Item(Rule):
    """One question (IIT, EIT) or one disclosure item (OIT), with the official title where it is known."""

    code: str
    title: str
    indicator: int | None = None
    sub_indicator: str = ""
    topic: str = ""
    sub_items: tuple[str, ...] = ()
    scale: str = ""
    source: str = ""
    confidence: Confidence | None = None


class ItemList(Sourced):
    """The items of one instrument; `source` and `confidence` hold for each item that has none of its own."""

    count: int | None = None
    items: tuple[Item, ...] = ()


class SubIndicators(Sourced):
    """Number of OIT items in each sub-indicator, None where it is not known."""

    items: dict[str, int | None]


class Answer(Rule):
    """One answer of a scale and its points, 0 to 100."""

    label: str
    points: Exact


class Scale(Rule):
    """An answer scale, in the order of the questionnaire."""

    name: str
    answers: tuple[Answer, ...]

    def points(self, label: str) -> Decimal | None:
        """Points of an answer, None for a label that the scale does not have."""
        return next((answer.points for answer in self.answers if answer.label == label), None)


class Scales(Sourced):
    """The answer scales of one year."""

    scales: tuple[Scale, ...]

    def named(self, name: str) -> Scale:
        """The scale of that name; KeyError for one that the year does not have."""
        for scale in self.scales:
            if scale.name == name:
                return scale
        raise KeyError(name)


class Level(Rule):
    """One level: the least total, and the least score of each tested instrument where the year asks for it."""

    name: str
    total_min: Exact
    instrument_min: Exact | None = None


class Levels(Sourced):
    """The level scheme of one year, best level first."""

    pass_mark: Exact
    levels: tuple[Level, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the levels, best first."""
        return tuple(level.name for level in self.levels)


class Target(Sourced):
    """The target of the year: which share of agencies is to reach which score."""

    score: Exact
    share_of_agencies: Exact


class OitScoring(Sourced):
    """How an OIT indicator comes from its items: mean of sub-indicator means, or not known."""

    method: Literal["sub-indicator-means", "unknown"]


class Minimum(Rule):
    """The least number of respondents: a share of all (percent) within two limits; of fewer than `least`, everyone."""

    percent: Exact = Field(gt=0, le=100)
    least: int = Field(gt=0)
    most: int = Field(gt=0)


class SampleRule(Sourced):
    """One rule on respondents: who is asked, how many at least; `minimum` where the rule can be computed."""

    name: str
    instrument: Literal["IIT", "EIT"]
    value: str
    minimum: Minimum | None = None


class Element(Rule):
    """One thing that the document must hold, as the rule words it, and what of a chapter shows it."""

    text: str
    shown_by: Content


class AssignedItem(Rule):
    """An item of an issue: its title as the document words it, its code where known, other wordings of reports."""

    title: str
    code: str = ""
    variants: tuple[str, ...] = ()


AssignedItems = tuple[
    Annotated[AssignedItem, BeforeValidator(lambda item: {"title": item} if isinstance(item, str) else item)], ...
]
"""Items of one instrument; a title alone may stand for an item."""


class IssueItems(Rule):
    """The items that stand under one issue, by instrument, and the short name of the issue for charts."""

    short: str
    IIT: AssignedItems = ()
    EIT: AssignedItems = ()
    OIT: AssignedItems = ()

    def of(self, instrument: Instrument) -> AssignedItems:
        """Items of one instrument, in the order of the document."""
        return {"IIT": self.IIT, "EIT": self.EIT, "OIT": self.OIT}[instrument]


class Assignment(Sourced):
    """Which items stand under which issue, in the order of the issues; an item may stand under several."""

    issues: tuple[IssueItems, ...]


class Publication(Sourced):
    """The document on the results of this year that the agency must publish, and what it must hold.

    The assessment of the year after asks for it: `item` is the code there.
    """

    item: str
    elements: tuple[Element, ...] = ()
    issues: tuple[str, ...] = ()
    assignment: Assignment | None = None
    columns: tuple[Element, ...] = ()

    @model_validator(mode="after")
    def _each_issue_has_its_items(self) -> "Publication":
        if self.assignment is not None and len(self.assignment.issues) != len(self.issues):
            raise ValueError("assignment ต้องมีรายการเท่ากับจำนวนประเด็นใน issues · เพิ่มหรือลบรายการให้เท่ากัน เรียงตาม issues")
        return self


class Topic(Sourced):
    """A topic that IIT and EIT both ask.

    Attributes:
        name: short name, for a chart.
        items: the item of each, by its code or by its title as a report words it; several where it goes by several.
    """

    name: str
    items: dict[Instrument, tuple[str, ...]]

    @model_validator(mode="after")
    def _of_both(self) -> "Topic":
        if set(self.items) != {"IIT", "EIT"}:
            raise ValueError("เรื่องที่ถามตรงกันต้องมีข้อของ IIT และ EIT · ใส่รหัสข้อทั้งของ IIT และ EIT เช่น [I1, E1]")
        return self


class YearRules(Rule):
    """All rules of one fiscal year (Buddhist era, year of the result)."""

    fiscal_year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    weights: Weights
    indicators: tuple[Indicator, ...]
    items: dict[Instrument, ItemList]
    sub_indicators: SubIndicators | None = None
    oit_scoring: OitScoring
    scales: Scales | None = None
    levels: Levels
    targets: tuple[Target, ...] = ()
    sample: tuple[SampleRule, ...] = ()
    publication: tuple[Publication, ...] = ()
    topics: tuple[Topic, ...] = ()

    @model_validator(mode="after")
    def _ten_indicators(self) -> "YearRules":
        if [indicator.number for indicator in self.indicators] != list(range(1, 11)):
            raise ValueError("ต้องมีตัวชี้วัดครบสิบตัว เรียงลำดับ 1 ถึง 10 · เพิ่มตัวชี้วัดที่ขาด แล้วเรียงตาม number")
        return self

    def indicator(self, number: int) -> Indicator:
        """Indicator by its official number, 1 to 10."""
        return self.indicators[number - 1]

    def of_instrument(self, instrument: Instrument) -> tuple[Indicator, ...]:
        """Indicators of one instrument in official order."""
        return tuple(indicator for indicator in self.indicators if indicator.instrument == instrument)

    @property
    def regime(self) -> tuple[tuple[str, ...], bool, int | None]:
        """What must be equal for two years to be joined in one line.

        Level names, the EIT computation and the number of IIT questions (FY2567 shortened the questionnaires).
        """
        return self.levels.names, self.weights.eit_parts, self.items["IIT"].count
