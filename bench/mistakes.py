"""The mistakes that hands make, put into a correct agency-year one at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from bench.synthetic import printed
from itabook.domain.facts import ItemResult, RespondentCount, Response, Score
from itabook.domain.mistakes import transpositions
from itabook.domain.reach import Reach, mean_reach
from itabook.domain.responses import distributions
from itabook.domain.results import AgencyYear
from itabook.domain.rules import INSTRUMENTS


@dataclass(frozen=True, slots=True)
class Injected:
    """An agency-year with one mistake.

    Attributes:
        result: the agency-year as it is printed now.
        subjects: what a finding may name to have found it.
        right: what stood there before; empty where no single value can be suggested.
        shows: whether anything else in the report contradicts it, beyond rounding.
    """

    result: AgencyYear
    subjects: frozenset[str]
    right: str = ""
    shows: bool = True


Mistake = Callable[[Random, AgencyYear], Injected | None]


def transposed_total(rng: Random, result: AgencyYear) -> Injected | None:
    """Two digits of the total exchanged."""
    return _transposed_score(rng, result, "total")


def transposed_instrument(rng: Random, result: AgencyYear) -> Injected | None:
    """Two digits of an instrument exchanged."""
    return _transposed_score(rng, result, "instrument")


def transposed_part(rng: Random, result: AgencyYear) -> Injected | None:
    """Two digits of a part of EIT exchanged."""
    return _transposed_score(rng, result, "part")


def transposed_indicator(rng: Random, result: AgencyYear) -> Injected | None:
    """Two digits of an indicator exchanged where its instrument is printed; it is printed nowhere else."""
    return _transposed_score(rng, result, "indicator")


def dropped_digit(rng: Random, result: AgencyYear) -> Injected | None:
    """A digit of the total or of an instrument left out."""
    row = rng.choice([r for r in result.scores if r.scope in ("total", "instrument") and r.measure == "score"])
    place = rng.choice([i for i, sign in enumerate(row.figure) if sign.isdigit()])
    text = row.figure[:place] + row.figure[place + 1 :]
    text = text if text[0] != "." and text[-1] != "." else row.figure[1:]
    return _score(result, row, text) if Decimal(text) != row.value else None


def copied_from_beside(rng: Random, result: AgencyYear) -> Injected | None:
    """An indicator with the value of the next one, in a second place of the report."""
    number = rng.randint(1, 9)
    own, beside = result.indicators.get(number), result.indicators.get(number + 1)
    if own is None or beside is None or own == beside:
        return None
    row = Score("score", "indicator", str(number), "", printed(beside), beside, "", "บทสรุป")
    found = _one_place(result, row)
    shows = not Reach.of(printed(own), own).meets(Reach.of(printed(beside), beside))
    return Injected(found, frozenset({f"indicator {number}"}), shows=shows)


def mean_as_total(_: Random, result: AgencyYear) -> Injected | None:
    """The plain mean of the ten indicators printed as the total."""
    total = next((row for row in result.scores if row.scope == "total"), None)
    if total is None or len(result.indicators) != 10:
        return None
    plain = sum(result.indicators.values(), Decimal(0)) / 10
    return _score(result, total, printed(plain))


def wrong_change(rng: Random, result: AgencyYear) -> Injected | None:
    """Two digits of a printed change exchanged."""
    rows = [row for row in result.scores if row.measure == "change" and row.value is not None]
    if not rows:
        return None
    row = rng.choice(rows)
    values = transpositions(row.figure.lstrip("-"))
    if not values:
        return None
    value = rng.choice(values) * (-1 if row.value and row.value < 0 else 1)
    changed = replace(row, printed=f"{value:+.2f}", value=value)
    subject = f"indicator {row.code}" if row.scope == "indicator" else row.code or row.scope
    shows = abs(value - (row.value or Decimal(0))) > Decimal("0.015")
    return Injected(_scores(result, row, changed), frozenset({subject}), row.printed, shows)


def wrong_level(rng: Random, result: AgencyYear) -> Injected | None:
    """Another level of the year beside the total."""
    row = next((row for row in result.scores if row.scope == "total" and row.level), None)
    if row is None or not result.rules.levels.official:
        return None
    other = rng.choice([name for name in result.rules.levels.names if name != row.level])
    return Injected(_scores(result, row, replace(row, level=other)), frozenset({"total"}), row.level)


def foreign_level(_: Random, result: AgencyYear) -> Injected | None:
    """A word that is no level."""
    row = next((row for row in result.scores if row.scope == "total"), None)
    changed = None if row is None else replace(row, level="ดีเด่น")
    return None if row is None or changed is None else Injected(_scores(result, row, changed), frozenset({"total"}))


def swapped_names(rng: Random, result: AgencyYear) -> Injected | None:
    """The names of two indicators exchanged."""
    rows = [r for r in result.scores if r.scope == "indicator" and r.name and r.measure == "score"]
    one, other = rng.sample(rows, 2)
    changed = _scores(_scores(result, one, replace(one, name=other.name)), other, replace(other, name=one.name))
    return Injected(changed, frozenset({f"indicator {one.code}"}), one.name)


def misspelt_agency(rng: Random, result: AgencyYear) -> Injected | None:
    """A letter of the agency's name left out in the title of the report."""
    place = rng.randrange(1, len(result.agency.name))
    name = result.agency.name[:place] + result.agency.name[place + 1 :]
    source = result.source.model_copy(update={"document": f"รายงานของ{name}"})
    return Injected(replace(result, source=source), frozenset({"agency"}), result.agency.name)


def transposed_item(rng: Random, result: AgencyYear) -> Injected | None:
    """Two digits of the score of an item exchanged."""
    rows = [row for row in result.items if row.value is not None]
    if not rows:
        return None
    row = rng.choice(rows)
    values = [value for value in transpositions(printed(row.value or Decimal(0))) if value != row.value]
    if not values:
        return None
    value = rng.choice(values)
    changed = replace(row, printed=printed(value), value=value)
    spread = any(each.item == row.code and each.scale is not None for each in distributions(result))
    reaches = [Reach.of(r.printed, r.value) for r in (*_siblings(result, row), changed) if r.value is not None]
    indicator = result.printed_scores[("indicator", str(row.indicator))][0]
    shows = spread or not mean_reach(reaches).meets(indicator.reach)
    right = row.printed if spread else ""
    return Injected(_item(result, row, changed), frozenset({row.code, f"indicator {row.indicator}"}), right, shows)


def transposed_share(rng: Random, result: AgencyYear) -> Injected | None:
    """Two digits of a share exchanged."""
    rows = [row for row in result.responses if row.percent is not None]
    if not rows:
        return None
    row = rng.choice(rows)
    values = transpositions(f"{row.percent:.2f}")
    if not values:
        return None
    value = rng.choice(values)
    changed = replace(row, printed=printed(value), percent=value)
    shows = abs(value - (row.percent or Decimal(0))) > Decimal("0.04")
    return Injected(_response(result, row, changed), frozenset({row.item}), row.printed, shows)


def label_twice(rng: Random, result: AgencyYear) -> Injected | None:
    """The label of the next answer of the same item used for this one too."""
    spread = _some_spread(rng, result)
    if spread is None:
        return None
    one, other = spread[0], spread[1]
    right = f"{one.printed} {one.answer}"
    return Injected(_response(result, one, replace(one, answer=other.answer)), frozenset({one.item}), right)


def labels_swapped(rng: Random, result: AgencyYear) -> Injected | None:
    """The labels of two answers of one item exchanged."""
    spread = _some_spread(rng, result)
    if spread is None:
        return None
    one, other = spread[0], spread[1]
    changed = _response(result, one, replace(one, answer=other.answer))
    changed = _response(changed, other, replace(other, answer=one.answer))
    return Injected(changed, frozenset({one.item}))


def label_missing(rng: Random, result: AgencyYear) -> Injected | None:
    """An answer left out of a distribution."""
    spread = _some_spread(rng, result)
    if spread is None:
        return None
    rows = tuple(row for row in result.responses if row is not spread[0])
    return Injected(
        replace(result, responses=rows), frozenset({spread[0].item}), f"{spread[0].answer} {spread[0].printed}"
    )


def impossible_oit(rng: Random, result: AgencyYear) -> Injected | None:
    """An OIT indicator that no number of passed items gives, where nothing else tells of it."""
    rules = result.rules
    if rules.sub_indicators is None or not rules.sub_indicators.official:
        return None
    number = rng.choice([9, 10])
    row = result.printed_scores[("indicator", str(number))][0]
    value = (row.value or Decimal(0)) + (Decimal("0.40") if (row.value or 0) < 99 else Decimal("-0.40"))
    rows = tuple(
        replace(each, printed=printed(value), value=value) if each.key == row.key else each
        for each in result.scores
        if each.scope == "indicator"
    )
    return Injected(replace(result, scores=rows), frozenset({f"indicator {number}"}))


def miscounted(rng: Random, result: AgencyYear) -> Injected | None:
    """One more respondent in one cell of a table."""
    row = rng.choice(result.respondents)
    return Injected(_count(result, row, replace(row, count=row.count + 1)), frozenset({row.instrument}))


def sexes_mixed(rng: Random, result: AgencyYear) -> Injected | None:
    """A respondent moved from one sex to the other in one table."""
    men = [row for row in result.respondents if row.sex == "male" and row.count]
    row = rng.choice(men)
    other = next(
        each for each in result.respondents
        if (each.where, each.category, each.sex) == (row.where, row.category, "female")
    )  # fmt: skip
    changed = _count(result, row, replace(row, count=row.count - 1))
    return Injected(_count(changed, other, replace(other, count=other.count + 1)), frozenset({row.instrument}))


def item_beyond(_: Random, result: AgencyYear) -> Injected | None:
    """An item code that the year does not have."""
    listed = result.rules.items["IIT"]
    if listed.count is None or not listed.official:
        return None
    code = f"I{listed.count + 3}"
    row = ItemResult("IIT", None, code, "ข้อคำถาม", "", None, "", "", "ข้อความ")
    return Injected(replace(result, items=(*result.items, row)), frozenset({code}))


def item_misfiled(rng: Random, result: AgencyYear) -> Injected | None:
    """An OIT item under the other OIT indicator."""
    rows = [row for row in result.items if row.instrument == "OIT" and row.indicator]
    if not rows:
        return None
    row = rng.choice(rows)
    other = 19 - (row.indicator or 0)
    return Injected(_item(result, row, replace(row, indicator=other)), frozenset({row.code}), str(row.indicator))


def wrong_heading(rng: Random, result: AgencyYear) -> Injected | None:
    """A measure under the heading of another instrument."""
    if not result.measures:
        return None
    row = rng.choice(result.measures)
    own = result.rules.indicator(int(row.scope[0])).instrument
    other = rng.choice([code for code in INSTRUMENTS if code != own])
    rows = tuple(replace(each, where=f"แบบวัด {other}") if each is row else each for each in result.measures)
    return Injected(replace(result, measures=rows), frozenset({own}), own)


def measure_forgotten(rng: Random, result: AgencyYear) -> Injected | None:
    """No measure for an indicator that does not pass."""
    if len(result.measures) < 2:
        return None
    row = rng.choice(result.measures)
    rows = tuple(each for each in result.measures if each is not row)
    return Injected(replace(result, measures=rows), frozenset({f"indicator {row.scope[0]}"}))


MISTAKES: dict[str, Mistake] = {
    mistake.__name__: mistake
    for mistake in (
        transposed_total, transposed_instrument, transposed_part, transposed_indicator, transposed_item,
        transposed_share, wrong_change, dropped_digit, copied_from_beside, mean_as_total, impossible_oit,
        label_twice, labels_swapped, label_missing, miscounted, sexes_mixed, wrong_level, foreign_level,
        swapped_names, misspelt_agency, item_beyond, item_misfiled, wrong_heading, measure_forgotten,
    )
}  # fmt: skip
TRANSPOSED = ("transposed_total", "transposed_instrument", "transposed_part", "transposed_indicator",
              "transposed_item", "transposed_share", "wrong_change")  # fmt: skip


def _transposed_score(rng: Random, result: AgencyYear, scope: str) -> Injected | None:
    rows = [row for row in result.scores if row.scope == scope and row.measure == "score"]
    if not rows:
        return None
    row = rng.choice(rows)
    values = transpositions(row.figure)
    return _score(result, row, f"{rng.choice(values):.2f}") if values else None


def _score(result: AgencyYear, row: Score, text: str) -> Injected:
    """Another value for one score wherever it is printed, where it is printed twice."""
    value = Decimal(text)
    changed = replace(row, printed=text, value=value)
    subject = f"indicator {row.code}" if row.scope == "indicator" else row.code or row.scope
    kept = _one_place(result, changed, before=row)
    wholes = {equation.whole[1] or "total" for equation in result.equations if row.key in equation.keys}
    return Injected(kept, frozenset({subject, *wholes}), row.printed, _shows(result, row, changed))


def _one_place(result: AgencyYear, row: Score, before: Score | None = None) -> AgencyYear:
    """With a row in the place of another, its score printed nowhere else; or after all others."""
    if before is None:
        return replace(result, scores=(*result.scores, row))
    rows = tuple(
        row if each is before else each
        for each in result.scores
        if each is before or (each.measure, *each.key) != (before.measure, *before.key)
    )
    return replace(result, scores=rows)


def _shows(result: AgencyYear, row: Score, changed: Score) -> bool:
    """Whether an equation of the report breaks: rounding of its other figures can hide a small change."""
    reaches = {**result.reaches, row.key: changed.reach}
    return any(row.key in equation.keys and not equation.holds(reaches) for equation in result.equations)


def _scores(result: AgencyYear, row: Score, changed: Score) -> AgencyYear:
    return replace(result, scores=tuple(changed if each is row else each for each in result.scores))


def _item(result: AgencyYear, row: ItemResult, changed: ItemResult) -> AgencyYear:
    return replace(result, items=tuple(changed if each is row else each for each in result.items))


def _response(result: AgencyYear, row: Response, changed: Response) -> AgencyYear:
    return replace(result, responses=tuple(changed if each is row else each for each in result.responses))


def _count(result: AgencyYear, row: RespondentCount, changed: RespondentCount) -> AgencyYear:
    return replace(result, respondents=tuple(changed if each is row else each for each in result.respondents))


def _siblings(result: AgencyYear, row: ItemResult) -> Iterable[ItemResult]:
    return (each for each in result.items if each.indicator == row.indicator and each is not row)


def _some_spread(rng: Random, result: AgencyYear) -> list[Response] | None:
    """The answers of one item in any order, none where the report has none."""
    if not result.responses:
        return None
    item = rng.choice(result.responses).item
    rows = [row for row in result.responses if row.item == item]
    rng.shuffle(rows)
    return rows
