"""Made-up agency-years that are right by construction: each score from unrounded ones, rounded once, as published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from itabook.domain.facts import Agency, ItemResult, Measure, RespondentCount, Response, Score, Source
from itabook.domain.levels import level_of
from itabook.domain.responses import scale_of
from itabook.domain.results import AgencyYear
from itabook.domain.rules import INSTRUMENTS, Indicator, Instrument, Scale, YearRules
from itabook.domain.scores import eit_from_parts, item_from_counts, mean, oit_indicator, rounded, total_score

AGENCY = Agency(key="synthetic", name="หน่วยงานสมมติเพื่อทดสอบ", short="สมมติ", type="sao")
SOURCE = Source(document="รายงานสมมติ สร้างโดยโปรแกรม", publisher=AGENCY.name)
SURVEYS: tuple[Instrument, ...] = ("IIT", "EIT")
AGES = ("20 - 30 ปี", "31 - 40 ปี", "41 - 50 ปี", "51 - 60 ปี")
DEGREES = ("มัธยมศึกษา", "ปริญญาตรี", "สูงกว่าปริญญาตรี")
CONTACTS = ("บุคคลทั่วไป", "หน่วยงานของรัฐ", "องค์กรธุรกิจ")


@dataclass(frozen=True, slots=True)
class Survey:
    """The items of one instrument: what the report prints of them, and their unrounded scores by indicator."""

    items: tuple[ItemResult, ...]
    responses: tuple[Response, ...]
    indicators: Mapping[int, Decimal]


def agency_year(rng: Random, rules: YearRules, agency: Agency = AGENCY) -> AgencyYear:
    """One agency-year with all that the rules of its year let one make."""
    people = {code: rng.randint(25, 400) for code in SURVEYS}
    quality = rng.uniform(0.45, 0.95)
    surveys = {code: _survey(rng, rules, code, people[code], quality) for code in SURVEYS}
    parts = _eit_parts(rng, rules, surveys["EIT"]) if rules.weights.eit_parts else {}
    oit, oit_items = _oit(rng, rules, quality)
    indicators = {**surveys["IIT"].indicators, **surveys["EIT"].indicators, **oit}
    scores = _scores(rng, rules, indicators, parts)
    shown = surveys if not rules.weights.eit_parts else {"IIT": surveys["IIT"]}
    return AgencyYear(
        agency=agency,
        fiscal_year=rules.fiscal_year,
        rules=rules,
        source=SOURCE,
        scores=tuple(scores),
        items=tuple(row for survey in shown.values() for row in survey.items) + oit_items,
        responses=tuple(row for survey in shown.values() for row in survey.responses),
        respondents=tuple(row for code in SURVEYS for row in _respondents(rng, code, people[code])),
        measures=tuple(_plan(rules, indicators)),
    )


def printed(value: Decimal) -> str:
    """A value as reports print it: two decimals."""
    return f"{rounded(value):.2f}"


def changes(result: AgencyYear, previous: AgencyYear) -> AgencyYear:
    """The same with the changes from the year before, from the printed scores."""
    before = {row.key: row.value for row in previous.scores if row.measure == "score"}
    rows = []
    for row in result.scores:
        old = before.get(row.key)
        if row.measure == "score" and row.value is not None and old is not None and row.scope != "part":
            change = row.value - old
            rows.append(Score("change", *row.key, row.name, f"{change:+.2f}", change, "", "ตารางเปรียบเทียบ"))
    unique = {row.key: row for row in rows}
    return _with_scores(result, (*result.scores, *unique.values()))


def _with_scores(result: AgencyYear, scores: Iterable[Score]) -> AgencyYear:
    return AgencyYear(
        result.agency, result.fiscal_year, result.rules, result.source, tuple(scores),
        result.items, result.responses, result.respondents, result.measures,
    )  # fmt: skip


def _survey(rng: Random, rules: YearRules, code: Instrument, people: int, quality: float) -> Survey:
    items: list[ItemResult] = []
    responses: list[Response] = []
    scores: dict[int, Decimal] = {}
    for indicator in rules.of_instrument(code):
        values = []
        for item in _item_codes(rules, indicator):
            scale, where = scale_of(item, rules), f"ข้อ {item}"
            counts = _answers(rng, scale, people, quality) if scale else {}
            value = item_from_counts(counts, scale) if scale else Decimal(rng.randint(3000, 10000)) / 100
            for label, count in counts.items():
                share = Decimal(100 * count) / people
                responses.append(Response(item, label, printed(share), rounded(share), None, where))
            values.append(value)
            title = f"ข้อคำถาม {item}"
            items.append(ItemResult(code, indicator.number, item, title, printed(value), rounded(value), "", "", where))
        scores[indicator.number] = mean(values) if values else Decimal(rng.randint(3000, 9999)) / 100
    return Survey(tuple(items), tuple(responses), scores)


def _item_codes(rules: YearRules, indicator: Indicator) -> list[str]:
    """Codes of the items of an indicator, none where the year's count is not known."""
    listed = rules.items.get(indicator.instrument)
    if listed is None or not listed.official or listed.count is None:
        return []
    size = listed.count // len(rules.of_instrument(indicator.instrument))
    place = [i.number for i in rules.of_instrument(indicator.instrument)].index(indicator.number)
    return [f"{indicator.instrument[0]}{number}" for number in range(place * size + 1, (place + 1) * size + 1)]


def _answers(rng: Random, scale: Scale, people: int, quality: float) -> dict[str, int]:
    """How many gave each answer: all different numbers, so that no share hides another."""
    ordered = sorted(scale.answers, key=lambda answer: answer.points, reverse=True)
    while True:
        weights = [quality**place * (1 - quality) + rng.uniform(0.02, 0.3) for place in range(len(ordered))]
        counts = [int(people * weight / sum(weights)) for weight in weights]
        counts[0] += people - sum(counts)
        if len(set(counts)) == len(counts):
            return {answer.label: count for answer, count in zip(ordered, counts, strict=True)}


def _eit_parts(rng: Random, rules: YearRules, survey: Survey) -> dict[str, Decimal]:
    """Scores of the parts of EIT; their mean is that of the indicators."""
    whole = mean(survey.indicators[i.number] for i in rules.of_instrument("EIT"))
    apart = Decimal(rng.randint(0, int(min(whole, 100 - whole) * 100))) / 100
    parts = {"EIT1": whole - apart, "EIT2": whole + apart}
    return parts if eit_from_parts(*parts.values()) == whole else {}


def _oit(rng: Random, rules: YearRules, quality: float) -> tuple[dict[int, Decimal], tuple[ItemResult, ...]]:
    """OIT indicators, of whole items where the year's sub-indicators are known."""
    groups = rules.sub_indicators
    scores: dict[int, Decimal] = {}
    rows: list[ItemResult] = []
    for indicator in rules.of_instrument("OIT"):
        listed = [item for item in rules.items["OIT"].items if item.indicator == indicator.number]
        names = [
            name
            for name in (groups.items if groups else dict[str, int | None]())
            if name.startswith(f"{indicator.number}.")
        ]
        if groups is None or not groups.official or not names:
            scores[indicator.number] = Decimal(rng.randint(2000, 10000)) / 100
            continue
        passed = {item.code: rng.random() < quality for item in listed}
        by_group = [[passed[item.code] for item in listed if item.sub_indicator == name] for name in names]
        scores[indicator.number] = oit_indicator((sum(results), len(results)) for results in by_group)
        rows += [
            ItemResult(
                "OIT", indicator.number, item.code, item.title, "", None,
                "pass" if passed[item.code] else "fail", "", f"ข้อ {item.code}",
            )
            for item in listed
        ]  # fmt: skip
    return scores, tuple(rows)


def _scores(
    rng: Random, rules: YearRules, indicators: Mapping[int, Decimal], parts: Mapping[str, Decimal]
) -> list[Score]:
    instruments = {code: mean(indicators[i.number] for i in rules.of_instrument(code)) for code in INSTRUMENTS}
    total = total_score(instruments, rules.weights)
    rows: list[Score] = []
    if total is not None:
        known: dict[str, Decimal] = dict([*instruments.items(), *parts.items()])
        tested = {code: rounded(value) for code, value in known.items() if not (parts and code == "EIT")}
        told = level_of(rounded(total), tested, rules.levels, rules.weights).level
        rows.append(_score("total", "", "คะแนนรวม", total, level=told.name if told else ""))
    rows += [_score("instrument", code, f"แบบวัด {code}", value) for code, value in instruments.items()]
    rows += [_score("part", code, f"ส่วนที่ {code[-1]}", value) for code, value in parts.items()]
    rows += [_score("indicator", str(i.number), i.name, indicators[i.number]) for i in rules.indicators]
    again = rng.sample(range(1, 11), 3)
    return rows + [_score("indicator", str(n), "", indicators[n], where="ข้อความ") for n in again]


def _score(scope: str, code: str, name: str, value: Decimal, *, level: str = "", where: str = "ตารางคะแนน") -> Score:
    return Score("score", scope, code, name, printed(value), rounded(value), level, where)


def _respondents(rng: Random, instrument: Instrument, people: int) -> list[RespondentCount]:
    """Tables by age and education, for visitors by contact too, each with the same people of each sex."""
    men = rng.randint(people // 4, people * 3 // 4)
    tables: list[tuple[str, Sequence[str]]] = [("age", AGES), ("education", DEGREES)]
    tables += [("contact", CONTACTS)] if instrument == "EIT" else []
    rows = []
    for dimension, categories in tables:
        for sex, number in (("male", men), ("female", people - men)):
            cuts = sorted(rng.randint(0, number) for _ in categories[1:])
            counts = [high - low for low, high in zip([0, *cuts], [*cuts, number], strict=True)]
            rows += [
                RespondentCount(instrument, dimension, category, sex, count, f"ตารางผู้ตอบ {instrument} {dimension}")
                for category, count in zip(categories, counts, strict=True)
            ]
    return rows


def _plan(rules: YearRules, indicators: Mapping[int, Decimal]) -> list[Measure]:
    """A measure for each indicator that does not pass."""
    weak = [number for number, value in indicators.items() if rounded(value) < rules.levels.pass_mark]
    return [
        Measure(
            "measure", (str(number),), str(place), "มาตรการสมมติ", "", "", "", "",
            f"ตารางมาตรการ แบบวัด {rules.indicator(number).instrument}",
        )
        for place, number in enumerate(weak, start=1)
    ]  # fmt: skip
