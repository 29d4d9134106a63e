"""Lists of many agencies, one row each: a row against the rules of its year, and against the agency's own report."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from itabook.domain.facts import Peer
from itabook.domain.listed import KEY, as_agency_year, list_places, possible_levels
from itabook.domain.proofreading.finding import Finding, Remark, Severity, Subject
from itabook.domain.proofreading.hierarchy import RULES as HIERARCHY
from itabook.domain.results import AgencyYear
from itabook.domain.rules import YearRules

TOTAL_RULE, LEVEL_RULE, LEVEL_WORD_RULE, OWN_RULE = "list-total", "list-level", "list-level-word", "list-own-report"
NAMES = (TOTAL_RULE, LEVEL_RULE, LEVEL_WORD_RULE, OWN_RULE)
"""The rules of lists; those of agency-years stand in `RULES`."""
_TOTAL_FROM_INSTRUMENTS = next(rule for rule in HIERARCHY if rule.name == "total-from-instruments")


def proofread_list(peers: Collection[Peer], rules: YearRules, where: str) -> tuple[Finding, ...]:
    """Findings of a list of one fiscal year, row by row: the total by the weights, the level by the total.

    The subject of a finding is the agency's name (with its province). `where` is the file.
    """
    places = list_places(peers)
    return tuple(
        _finding((KEY, rules.fiscal_year), rule, remark, name_of(peer), where)
        for peer in peers
        for rule, remark in _row(peer, rules, places)
    )


def name_of(peer: Peer) -> str:
    """Name of an agency as a list tells it apart from others of that name."""
    return f"{peer.name} ({peer.province})" if peer.province else peer.name


def _row(peer: Peer, rules: YearRules, places: int) -> Iterator[tuple[str, Remark]]:
    for remark in _TOTAL_FROM_INSTRUMENTS.compare(Subject(as_agency_year(peer, rules, places))):
        if remark is not None:
            yield TOTAL_RULE, remark
    if not peer.level:
        return
    names = rules.levels.names
    if peer.level not in names:
        message = f"คำว่า “{peer.level}” ไม่ใช่ระดับผลการประเมินของปีนี้"
        explanation = f"ระดับของปีงบประมาณ พ.ศ. {rules.fiscal_year} ได้แก่ {' '.join(names)}"
        yield LEVEL_WORD_RULE, Remark("warning", "", message, explanation, peer.level)
        return
    possible = possible_levels(peer, rules, places) if rules.levels.official else ()
    if possible and peer.level not in possible:
        severity: Severity = "error" if rules.levels.confidence == "certain" else "warning"
        yield LEVEL_RULE, Remark(
            severity, "", level_message(peer, possible),
            f"เทียบคะแนนรวม {peer.total} และตัวชี้วัดกับเกณฑ์ของปีงบประมาณ พ.ศ. {rules.fiscal_year}",
            peer.level, possible[0] if len(possible) == 1 else "",
        )  # fmt: skip


def level_message(peer: Peer, possible: Iterable[str]) -> str:
    """That the level of a row is none that its scores allow."""
    return f"ระดับที่ระบุคือ {peer.level} แต่คะแนนรวม {peer.total} ตามเกณฑ์ของปีได้ระดับ {' หรือ '.join(possible)}"


def against_list(result: AgencyYear, peer: Peer, file: str, places: int = 0) -> tuple[Finding, ...]:
    """Where a list gives an agency other scores or another level than its own report; `places` are of `list_places`."""
    listed = as_agency_year(peer, result.rules, places)
    found = []
    for key, (row,) in listed.printed_scores.items():
        own = result.printed_scores.get(key, [])
        shown = _shown(result, key)
        if not own or shown is None or shown == row.value or any(one.reach.meets(row.reach) for one in own):
            continue
        subject = "total" if key[0] == "total" else f"indicator {key[1]}"
        message = f"คะแนนที่รายงานระบุ {own[0].printed} ไม่ตรงกับ {row.printed} ใน {file}"
        found.append((own[0].where, Remark("error", subject, message, _SOURCES, own[0].printed)))
    level = result.printed_level
    if level and peer.level and level != peer.level:
        message = f"ระดับที่รายงานระบุคือ {level} แต่ใน {file} คือ {peer.level}"
        found.append(("", Remark("error", "total", message, _SOURCES, level)))
    pair = result.agency.key, result.fiscal_year
    return tuple(_finding(pair, OWN_RULE, remark, remark.subject, where) for where, remark in found)


_SOURCES = "สองแหล่งขัดกัน ตรวจกับประกาศผลของ ป.ป.ช. แล้วแก้แห่งที่ผิด"


def _shown(result: AgencyYear, key: tuple[str, str]) -> Decimal | None:
    if key[0] == "total":
        return None if result.total is None else result.total.value
    return result.indicators.get(int(key[1]))


def _finding(pair: tuple[str, int], rule: str, remark: Remark, subject: str, where: str) -> Finding:
    agency, year = pair
    return Finding(
        agency=agency,
        fiscal_year=year,
        rule=rule,
        severity=remark.severity,
        subject=subject,
        printed=remark.printed,
        expected=remark.expected,
        where=where,
        message=remark.message,
        explanation=remark.explanation,
    )
