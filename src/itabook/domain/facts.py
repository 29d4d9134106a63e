"""The printed facts of one agency in one fiscal year, as frozen values."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from itabook.domain.reach import Reach, decimals
from itabook.domain.rules import Confidence

AgencyType = Literal[
    "department", "state-enterprise", "public-organization", "independent", "court", "parliament",
    "university", "province", "pao", "city-municipality", "town-municipality", "subdistrict-municipality",
    "sao", "special-local", "country", "other",
]  # fmt: skip
AGENCY_TYPES: dict[AgencyType, str] = {
    "department": "กรมหรือส่วนราชการเทียบเท่า",
    "state-enterprise": "รัฐวิสาหกิจ",
    "public-organization": "องค์การมหาชน",
    "independent": "องค์กรอิสระ",
    "court": "ศาล",
    "parliament": "หน่วยงานของรัฐสภา",
    "university": "สถาบันอุดมศึกษา",
    "province": "จังหวัด",
    "pao": "องค์การบริหารส่วนจังหวัด",
    "city-municipality": "เทศบาลนคร",
    "town-municipality": "เทศบาลเมือง",
    "subdistrict-municipality": "เทศบาลตำบล",
    "sao": "องค์การบริหารส่วนตำบล",
    "special-local": "องค์กรปกครองส่วนท้องถิ่นรูปแบบพิเศษ",
    "country": "ประเทศ",
    "other": "หน่วยงานอื่น",
}
"""What each type is called in Thai."""

LONGEST_NAME, LONGEST_SHORT = 300, 60
"""Letters of the name of an agency, and of its short name, which stands beside the bars of charts."""


class Agency(BaseModel):
    """An agency, as its `agency.yml` says; `key` is the name of its folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str = Field(max_length=LONGEST_NAME)
    short: str = Field(max_length=LONGEST_SHORT)
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

    @property
    def key(self) -> tuple[str, str]:
        """What is scored: scope and code."""
        return self.scope, self.code

    @property
    def figure(self) -> str:
        """The value in Arabic digits with the decimals as printed; empty where none is printed."""
        return "" if self.value is None else f"{self.value:.{decimals(self.printed)}f}"

    @property
    def reach(self) -> Reach:
        """Reach of the printed value. ValueError where none is printed."""
        if self.value is None:
            raise ValueError("แถวนี้ไม่มีค่า")
        return Reach.of(self.printed, self.value)


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


DIMENSIONS = {"age": "อายุ", "education": "ระดับการศึกษา", "contact": "การติดต่อหน่วยงาน"}
"""What respondents are counted by, each with its name."""


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
class StaffFigure:
    """How many work in the agency, or how they find working there, in one category, as the report prints it."""

    measure: str
    category: str
    printed: str
    value: Decimal
    where: str


@dataclass(frozen=True, slots=True)
class Peer:
    """Another agency in one fiscal year: the scores of its ten indicators in order and its total, None where unknown.

    `source` says where the scores were printed; empty where that is not told.
    """

    name: str
    type: str
    province: str
    indicators: tuple[Decimal | None, ...]
    total: Decimal | None
    level: str
    source: str
