"""Names and codes as printed against the official ones of the year."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from itabook.domain.names import match_indicator
from itabook.domain.proofreading.finding import Outcome, Remark, Rule, Subject, subject_name
from itabook.domain.proofreading.places import heading
from itabook.domain.results import AgencyYear
from itabook.domain.rules import Instrument, Item, ItemList, YearRules

SIMILAR = 0.8
"""From this likeness (0 to 1) on, a name is taken for a misprint of the agency's name."""


def indicator_name(subject: Subject) -> Iterator[Outcome]:
    """A name that is neither official nor a known variant, or that belongs to another indicator than its number."""
    rules = subject.result.rules
    for row in subject.result.scores:
        if row.scope != "indicator" or not row.name:
            continue
        number, match = match_indicator(row.name, rules)
        official = rules.indicator(int(row.code)).name if row.code else ""
        if number is not None and row.code and number != int(row.code):
            yield Remark(
                "error", subject_name(row), printed=row.name, expected=official, where=row.where,
                message=f"ชื่อ “{row.name}” เป็นของตัวชี้วัดที่ {number} แต่แถวนี้เป็นตัวชี้วัดที่ {row.code}",
                explanation=f"ชื่อทางการของตัวชี้วัดที่ {row.code} คือ {official}",
            )  # fmt: skip
        elif match == "other":
            yield Remark(
                "warning", subject_name(row), printed=row.name, expected=official, where=row.where,
                message=f"ชื่อ “{row.name}” ไม่ใช่ชื่อตัวชี้วัดทางการ",
                explanation=f"ชื่อทางการคือ {official}" if official else "เทียบกับชื่อทางการทั้งสิบไม่ได้",
            )  # fmt: skip
        else:
            yield None


def agency_name(subject: Subject) -> Iterator[Outcome]:
    """Words in a row's name, the title or the publisher that look like the agency's name but are not it."""
    agency, source = subject.result.agency, subject.result.source
    texts = {row.name: row.where for row in reversed(subject.result.scores) if row.scope in ("total", "national")}
    texts |= {source.document: "ชื่อเอกสาร", source.publisher: "ชื่อผู้เผยแพร่"}
    for text, where in texts.items():
        if agency.name in text:
            yield None
            continue
        alike = _alike(text, agency.name)
        if alike:
            yield Remark(
                "warning", "agency", printed=alike, expected=agency.name, where=where,
                message=f"ชื่อ “{alike}” ไม่ตรงกับชื่อทางการของหน่วยงาน",
                explanation=f"ชื่อหน่วยงานที่บันทึกไว้คือ {agency.name}",
            )  # fmt: skip


def item_code(subject: Subject) -> Iterator[Outcome]:
    """Item codes that the instrument does not have in that year."""
    rules = subject.result.rules
    places = {row.code: row.where for row in (*subject.result.items[::-1],) if row.code}
    places |= {row.item: row.where for row in subject.result.responses[::-1] if row.item not in places}
    for code, where in places.items():
        instrument = _instrument(code)
        listed = None if instrument is None else rules.items.get(instrument)
        if listed is None or listed.count is None or not listed.official:
            continue
        if _exists(code, listed):
            yield None
        else:
            yield Remark(
                "error" if listed.confidence == "certain" else "warning", code, printed=code, where=where,
                message=f"ไม่มีข้อ {code} ใน {instrument} ของปีงบประมาณ พ.ศ. {rules.fiscal_year}",
                explanation=f"ปีนี้ {instrument} มี {listed.count} ข้อ",
            )  # fmt: skip


def item_indicator(subject: Subject) -> Iterator[Outcome]:
    """An item filed under an instrument or an indicator that it does not belong to."""
    rules = subject.result.rules
    for row in subject.result.items:
        instrument = _instrument(row.code)
        if instrument is not None and instrument != row.instrument:
            yield _misfiled(row.code, row.instrument, instrument, row.where, f"ข้อ {row.code} เป็นของ {instrument}")
            continue
        item = _listed(row.code, rules)
        if row.indicator is None:
            continue
        owner = rules.indicator(row.indicator).instrument
        if item is not None and item.indicator not in (None, row.indicator):
            said = f"ข้อ {row.code} เป็นของตัวชี้วัดที่ {item.indicator} ในปีงบประมาณ พ.ศ. {rules.fiscal_year}"
            yield _misfiled(row.code, str(row.indicator), str(item.indicator), row.where, said)
        elif owner != row.instrument:
            said = f"ตัวชี้วัดที่ {row.indicator} เป็นของ {owner} แต่แถวนี้เป็นของ {row.instrument}"
            yield _misfiled(row.code or row.title, row.instrument, owner, row.where, said)
        else:
            yield None


def under_heading(subject: Subject) -> Iterator[Outcome]:
    """What is said of an indicator stands under the heading of its own instrument."""
    result = subject.result
    seen: set[tuple[str, str]] = set()
    for row in result.measures:
        named, owners = heading(row.where), _owners(row.scope, result)
        if named is None or not owners:
            continue
        if named in owners:
            yield None
        elif (row.where, owners[0]) not in seen:
            seen.add((row.where, owners[0]))
            yield Remark(
                "error", owners[0], printed=named, expected=owners[0], where=row.where,
                message=f"เนื้อหาของตัวชี้วัดในแบบวัด {owners[0]} อยู่ใต้หัวข้อ {named}",
                explanation=f"เนื้อหาว่าด้วยตัวชี้วัดที่ {_numbers(row.scope)} ซึ่งวัดด้วย {owners[0]}",
            )  # fmt: skip


RULES = (
    Rule("indicator-name", "ชื่อตัวชี้วัด", indicator_name),
    Rule("agency-name", "ชื่อหน่วยงาน", agency_name),
    Rule("item-code", "รหัสข้อมีอยู่ในปีนั้น", item_code),
    Rule("item-indicator", "ข้ออยู่ใต้แบบวัดและตัวชี้วัดของตน", item_indicator),
    Rule("under-heading", "เนื้อหาอยู่ใต้หัวข้อแบบวัดของตน", under_heading),
)


def _alike(text: str, name: str) -> str:
    """The part of a text that is most like a name, where it is like enough; empty where nothing is."""
    best, found = SIMILAR, ""
    for start in range(len(text)):
        window = text[start : start + len(name)]
        if window[:1] != name[:1]:
            continue
        matcher = SequenceMatcher(None, name, window, autojunk=False)
        if matcher.quick_ratio() >= best and matcher.ratio() > best:
            best, found = matcher.ratio(), window
    return found.strip()


def _instrument(code: str) -> Instrument | None:
    return {"I": "IIT", "E": "EIT", "O": "OIT"}.get(code[:1])  # type: ignore[return-value]


def _exists(code: str, listed: ItemList) -> bool:
    """Whether an item, or a sub-item where the rules name them, exists."""
    whole, _, part = code[1:].partition(".")
    if not whole.isdigit() or not 1 <= int(whole) <= (listed.count or 0):
        return False
    item = next((item for item in listed.items if item.code == code.partition(".")[0]), None)
    known = item is not None and item.confidence in (None, "certain") and item.source != "recall"
    return not part or item is None or not known or 1 <= int(part) <= len(item.sub_items)


def _listed(code: str, rules: YearRules) -> Item | None:
    """The item of that code, where it is documented."""
    items = [item for listed in rules.items.values() for item in listed.items if item.code == code.partition(".")[0]]
    return next((item for item in items if item.confidence in (None, "certain", "likely")), None)


def _owners(scope: tuple[str, ...], result: AgencyYear) -> tuple[Instrument, ...]:
    """The instruments of the indicators that a scope names."""
    numbers = [int(code) for code in scope if code.isdigit()]
    return tuple(dict.fromkeys(result.rules.indicator(number).instrument for number in numbers if 1 <= number <= 10))


def _numbers(scope: tuple[str, ...]) -> str:
    return " และ ".join(code for code in scope if code.isdigit())


def _misfiled(code: str, printed: str, expected: str, where: str, message: str) -> Remark:
    return Remark(
        "error", code, printed=printed, expected=expected, where=where,
        message=message, explanation="เทียบกับรายการข้อของปีงบประมาณนั้น",
    )  # fmt: skip
