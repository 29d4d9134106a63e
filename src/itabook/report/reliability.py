"""How far the figures of a book can be trusted: what was checked, what agrees, what was found."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from itabook.domain.figure_data import FigureData
from itabook.domain.proofreading import RULES, Rule
from itabook.domain.proofreading.finding import SEVERITIES
from itabook.report.chapter import CheckedYear, DataQualityChapter
from itabook.report.display import Chart, Table, Text, chart, table
from itabook.report.findings import Merged, merged
from itabook.report.style import WIDTH, bare, bold_rows, house_table
from itabook.tokens import INK, INK_2, OIT, SOFT
from itabook.words import Words, escape, join, subject_name

FOUND_INK, AGREEING_INK = OIT, SOFT
SHOWN_YEARS = 24
"""So many agency-years fit in one chart; of more, those with the most findings are drawn."""
LIST = " · "
FOUND_WIDTHS = {"subject": "16%", "printed": "16%", "expected": "16%", "finding": "52%"}


def checked_sentence(chapter: DataQualityChapter) -> Text:
    """How much was compared, how much of it agrees, and how many findings there are of each severity."""
    words, found = chapter.words, len(chapter.findings)
    if not chapter.comparisons:
        return Text("รายงานในหนังสือเล่มนี้ไม่มีตัวเลขหรือข้อความที่ตรวจเทียบกันได้")
    checked = (
        f"บทนี้คำนวณซ้ำและเทียบตัวเลขกับข้อความในรายงานของผลการประเมิน {words.count(len(chapter.years))} รายการ "
        "(นับตามหน่วยงานและปีงบประมาณ) กับส่วนอื่นของรายงาน เกณฑ์ของปี และผลของปีก่อน "
        f"รวม {words.count(chapter.comparisons)} ครั้ง"
    )
    if not found:
        return Text(f"{checked} ทุกครั้งสอดคล้องกัน ไม่มีข้อค้นพบ ดัง[@tbl-{chapter.key}-rules]")
    agreeing = chapter.comparisons - found
    share = words.score(Decimal(100 * agreeing) / chapter.comparisons)
    return Text(
        f"{checked} สอดคล้องกัน {words.count(agreeing)} ครั้ง คิดเป็นร้อยละ {share} มีข้อค้นพบ {words.count(found)} แห่ง "
        f"จำแนกเป็น {_by_severity(chapter)} ดัง[@tbl-{chapter.key}-rules] และ[@fig-{chapter.key}-years]"
    )


def _by_severity(chapter: DataQualityChapter) -> str:
    words, counts = chapter.words, Counter(finding.severity for finding in chapter.findings)
    return join(f"{name} {words.count(counts[code])} แห่ง" for code, name in SEVERITIES.items() if counts[code])


def checked_table(chapter: DataQualityChapter) -> Table | Text:
    """One row a rule that compared something; rules without anything to compare are named below."""
    words = chapter.words
    comparisons: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for checked in (checked for year in chapter.years for checked in year.checked):
        comparisons[checked.rule.name] += checked.comparisons
        found[checked.rule.name] += len(checked.findings)
    used = [rule for rule in RULES.values() if comparisons[rule.name]]
    if not used:
        return Text("")
    counted = [(_title(rule, words), comparisons[rule.name], found[rule.name]) for rule in used]
    counted.append(("รวม", comparisons.total(), found.total()))
    cells = [
        {
            "title": title,
            "comparisons": words.count(made),
            "agreeing": words.count(made - failed),
            "findings": words.count(failed) if failed else "–",
        }
        for title, made, failed in counted
    ]
    labels = {"title": "สิ่งที่ตรวจ", "comparisons": "ครั้ง", "agreeing": "สอดคล้อง", "findings": "ข้อค้นพบ"}
    built = bold_rows(house_table(pd.DataFrame(cells), labels, numbers=tuple(labels)[1:]), [len(used)])
    idle = [_title(rule, words) for rule in RULES.values() if not comparisons[rule.name]]
    if idle:
        built = built.tab_source_note(f"ไม่มีข้อมูลให้ตรวจ: {LIST.join(idle)}")
    return table(built, label=f"tbl-{chapter.key}-rules", caption="สิ่งที่ตรวจ จำนวนครั้งที่ตรวจ และผลการตรวจ")


def _title(rule: Rule, words: Words) -> str:
    """What a rule compares; the sign of repetition stays with its word."""
    return words.text(rule.title).replace(" ๆ", "\u00a0ๆ")


def checked_bars(chapter: DataQualityChapter) -> Chart | Text:
    """A bar for each agency-year, as long as what could be compared, its findings first, both in figures beside it."""
    years = _drawn(chapter.years)
    if not any(year.findings for year in years):
        return Text("")
    words = chapter.words
    figure = Figure(figsize=(WIDTH, 0.42 * len(years) + 0.7), layout="constrained")
    axes = figure.subplots()
    most = max(year.comparisons for year in years)
    for row, year in enumerate(years):
        found = len(year.findings)
        axes.barh(row, found, height=0.6, color=FOUND_INK)
        axes.barh(row, year.comparisons - found, left=found, height=0.6, color=AGREEING_INK)
        place = (year.comparisons + most * 0.015, row)
        axes.annotate(_bar_words(year, words), place, va="center", fontsize=9, color=INK)
    axes.set_yticks(range(len(years)), [_short_name(year, words) for year in years], fontsize=10)
    axes.set_ylim(len(years) - 0.4, -0.6)
    axes.set_xlim(0, most * 1.55)
    axes.set_xticks([])
    bare(axes)
    handles = [Patch(color=FOUND_INK, label="ข้อค้นพบ"), Patch(color=AGREEING_INK, label="สอดคล้อง")]
    figure.legend(handles=handles, loc="outside lower left", ncols=2, frameon=False, fontsize=9, labelcolor=INK_2)
    left_out = len(chapter.years) - len(years)
    most_found = f" เฉพาะ {words.count(len(years))} รายการที่มีข้อค้นพบมากที่สุด" if left_out else ""
    return chart(
        figure,
        label=f"fig-{chapter.key}-years",
        caption=f"จำนวนครั้งที่ตรวจเทียบได้และข้อค้นพบของแต่ละหน่วยงานและปี{most_found} แท่งยาวคือมีข้อมูลให้ตรวจมาก",
        alt=_bars_alt(years, words),
        data=_bars_data(years),
    )


def _drawn(years: Sequence[CheckedYear]) -> list[CheckedYear]:
    """The agency-years of the chart, in the order of the book where all of them fit."""
    if len(years) <= SHOWN_YEARS:
        return list(years)
    return sorted(years, key=lambda year: -len(year.findings))[:SHOWN_YEARS]


def _bar_words(year: CheckedYear, words: Words) -> str:
    if not year.comparisons:
        return "ไม่มีข้อมูลให้ตรวจ"
    made, found = words.count(year.comparisons), len(year.findings)
    return f"ตรวจ {made} ครั้ง " + (f"มีข้อค้นพบ {words.count(found)} แห่ง" if found else "ไม่มีข้อค้นพบ")


def _short_name(year: CheckedYear, words: Words) -> str:
    return f"{year.result.agency.short} {words.text(year.result.fiscal_year)}"


def _bars_data(years: Sequence[CheckedYear]) -> FigureData:
    columns = ("หน่วยงาน", "ปีงบประมาณ", "ตรวจ (ครั้ง)", "สอดคล้อง (ครั้ง)", "ข้อค้นพบ (แห่ง)")
    return FigureData(
        columns,
        tuple(
            (
                year.result.agency.name,
                str(year.result.fiscal_year),
                year.comparisons,
                year.comparisons - len(year.findings),
                len(year.findings),
            )
            for year in years
        ),
    )


def _bars_alt(years: Sequence[CheckedYear], words: Words) -> str:
    listed = " ".join(f"{_short_name(year, words)} {_bar_words(year, words)}" for year in years)
    return f"แผนภูมิแท่งแนวนอนแสดงจำนวนครั้งที่ตรวจและข้อค้นพบ {listed}"


def found_sentence(chapter: DataQualityChapter) -> Text:
    """What the words for the severity mean, and the agency-years without findings."""
    if not chapter.findings:
        return Text("ไม่มีข้อค้นพบ")
    words = chapter.words
    clean = [
        f"{escape(y.result.agency.name)} {words.year(y.result.fiscal_year)}" for y in chapter.years if not y.findings
    ]
    none = f" ไม่มีข้อค้นพบในรายงานของ{join(clean)}" if clean else ""
    return Text(
        f"ข้อค้นพบแต่ละรายการแสดงไว้ใน[@tbl-{chapter.key}-findings] “ผิด” หมายถึงตัวเลขหรือข้อความขัดกันเอง “ควรตรวจ” "
        "หมายถึงไม่ตรงกับเกณฑ์หรือชื่อทางการ หรืออาจขัดกัน “ข้อสังเกต” ไม่ใช่ข้อผิดพลาดแต่ควรทราบเมื่ออ่านผล "
        f"ข้อค้นพบเดียวกันที่อยู่หลายแห่งรวมไว้ในแถวเดียว{none}"
    )


def found_table(chapter: DataQualityChapter) -> Table | Text:
    """The findings by agency-year: what it is about, what is printed, what should be, why."""
    words = chapter.words
    cells = [
        {"group": _group_name(year, words), **_row(same, words)}
        for year in chapter.years
        for same in merged(year.findings)
    ]
    if not cells:
        return Text("")
    labels = {"subject": "เรื่อง", "printed": "ที่พิมพ์", "expected": "ที่ควรเป็น", "finding": "ข้อค้นพบ"}
    return table(
        house_table(pd.DataFrame(cells), labels, group="group").cols_width(FOUND_WIDTHS),
        label=f"tbl-{chapter.key}-findings",
        caption="ข้อค้นพบจากการตรวจ จำแนกตามหน่วยงานและปีงบประมาณ",
    )


def _group_name(year: CheckedYear, words: Words) -> str:
    return f"{year.result.agency.name} {words.year(year.result.fiscal_year)}"


def _row(same: Merged, words: Words) -> dict[str, str]:
    finding = same.finding
    name = subject_name(finding.subject, words)
    title = "" if name else f"“{finding.subject}” "
    said = f"{SEVERITIES[finding.severity]}: {title}{LIST.join(filter(None, (finding.message, finding.explanation)))}"
    places = f" (พบ {words.count(same.places)} แห่ง)" if same.places > 1 else ""
    return {
        "subject": name or "ข้อคำถาม",
        "printed": words.text(finding.printed) or "–",
        "expected": words.text(finding.expected) or "–",
        "finding": words.text(said) + places,
    }
