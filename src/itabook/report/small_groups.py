"""Respondents of an agency-year as they may be shown: small groups masked, and what would reveal them."""

from dataclasses import dataclass

from itabook.domain.facts import Source
from itabook.domain.masking import FEWEST, Counts, Place, hidden_places
from itabook.domain.results import AgencyYear
from itabook.errors import DataError, Fault
from itabook.words import Words

MASKED = "×"
"""Stands in a table for a number that is not shown."""
ORDER = ("female", "male", "other")
"""Sexes in the order of charts and tables."""
SETTINGS: dict[str | bool, bool | None] = {"auto": None, "on": True, True: True, "off": False, False: False}
"""What `mask_small_groups` may be, and whether it masks; None where that depends. YAML reads on and off as a bool."""


def is_masked(source: Source, setting: str | bool) -> bool:
    """Whether small groups are masked: as set, and with "auto" where the report is not published. DataError else."""
    if setting not in SETTINGS:
        problem, remedy = "ไม่รู้จักค่าของ mask_small_groups", "ใช้คำใดคำหนึ่งต่อไปนี้: auto, on, off"
        raise DataError([Fault("mask_small_groups", problem, remedy, value=str(setting))])
    known = SETTINGS[setting]
    return not source.published if known is None else known


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a table of respondents: how many of each sex, and in all; None where that is masked."""

    name: str
    sexes: dict[str, int | None]
    total: int | None

    @property
    def bar(self) -> tuple[tuple[str, int], ...]:
        """The pieces of its bar, (sex, count): by sex where all are shown, else one piece ("all") of the total.

        No piece where the total is masked too.
        """
        parts = [(sex, count) for sex, count in self.sexes.items() if count is not None]
        if len(parts) == len(self.sexes):
            return tuple(parts)
        return () if self.total is None else (("all", self.total),)


@dataclass(frozen=True, slots=True)
class Shown:
    """The respondents of one instrument by one dimension, as they may be shown; `total` is the line of the totals."""

    groups: tuple[Group, ...]
    total: Group

    @property
    def masked(self) -> bool:
        """Whether anything is masked."""
        return any(None in (group.total, *group.sexes.values()) for group in (*self.groups, self.total))


def categories_of(result: AgencyYear, dimension: str) -> tuple[str, ...]:
    """Categories of a dimension in printed order, those of both instruments."""
    return tuple(dict.fromkeys(row.category for row in result.respondents if row.dimension == dimension))


def shown_counts(result: AgencyYear, instrument: str, dimension: str, *, masked: bool) -> Shown | None:
    """Respondents of an instrument by age, education or contact, in the categories of both instruments.

    None where the report does not print them.
    """
    own = [row for row in result.respondents if (row.instrument, row.dimension) == (instrument, dimension)]
    if not own:
        return None
    names = categories_of(result, dimension)
    people = dict.fromkeys(((name, sex) for name in names for sex in ORDER), 0)
    for row in own:
        people[row.category, row.sex] += row.count
    counts = Counts(tuple(tuple(people[name, sex] for sex in ORDER) for name in names))
    hidden = hidden_places(counts) if masked else frozenset()

    def show(place: Place) -> int | None:
        return None if place in hidden else counts[place]

    groups = (
        Group(
            name,
            {sex: show(("cell", row, column)) for column, sex in enumerate(ORDER)},
            show(("row", row, 0)),
        )
        for row, name in enumerate(names)
    )
    sums: dict[str, int | None] = {sex: show(("column", 0, column)) for column, sex in enumerate(ORDER)}
    return Shown(tuple(groups), Group("รวม", sums, show(("all", 0, 0))))


def mask_note(words: Words) -> str:
    """What the mark means, for under a table or a chart."""
    return (
        f"{MASKED} ไม่แสดงจำนวน เพื่อไม่ให้ระบุตัวผู้ตอบได้ ได้แก่ กลุ่มที่มีผู้ตอบน้อยกว่า "
        f"{words.count(FEWEST)}\u00a0คน และจำนวนอื่นเท่าที่ใช้คำนวณย้อนหากลุ่มดังกล่าวได้"
    )


def cell(count: int | None, words: Words) -> str:
    """A count in a table."""
    return MASKED if count is None else words.count(count)
