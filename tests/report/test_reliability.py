"""What the data quality chapter says of the five reports, and how the other chapters show what differs."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D

import pytest

from itabook.data.project import Project
from itabook.domain.facts import Score
from itabook.domain.proofreading import RULES, Checked, Finding
from itabook.domain.results import Figure
from itabook.report import agency_year as open_agency_year
from itabook.report import (
    checked_bars,
    checked_sentence,
    checked_table,
    comparison,
    data_quality,
    difference_box,
    found_sentence,
    found_table,
    indicator_bars,
    indicator_multiples,
    overview_heatmap,
    trend,
    trend_lines,
)
from itabook.report.chapter import AgencyYearChapter, CheckedYear, DataQualityChapter
from itabook.report.display import ALT_LIMIT, Box, Chart, Table, Text
from itabook.report.findings import merged
from itabook.report.notes import marked
from itabook.words import Digits, Words, subject_name
from tests.conftest import ROOT, add_year, copy_project
from tests.report.conftest import Open

PRINTED = ["bgo/2563", "bgo/2564", "banpaen/2563", "opdc/2565", "opdc/2566", "rawiang/2568"]
RAW = ROOT / "data" / "raw"
OpenAll = Callable[..., DataQualityChapter]


@pytest.fixture(scope="module")
def open_all(tmp_path_factory: pytest.TempPathFactory) -> OpenAll:
    project = copy_project(tmp_path_factory.mktemp("reliability") / "project")

    def opened(*names: str, digits: Digits = "arabic") -> DataQualityChapter:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ITABOOK_PROJECT", str(project.root))
            return data_quality(names or PRINTED, digits=digits)

    return opened


@pytest.fixture(scope="module")
def chapter(open_all: OpenAll) -> DataQualityChapter:
    return open_all()


def rows(table: Table | Text) -> list[list[str]]:
    """The cells of a table, and the headings of its groups, row by row."""
    assert isinstance(table, Table)
    body = table.html[table.html.index("<tbody") : table.html.index("</tbody>")]
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found]


def with_findings(chapter: DataQualityChapter, *checked: Checked) -> DataQualityChapter:
    return replace(chapter, years=(CheckedYear(chapter.years[0].result, checked),))


def finding(**fields: str) -> Finding:
    plain = {
        "agency": "bgo", "rule": "printed-twice", "severity": "error", "subject": "total", "printed": "90.00",
        "expected": "", "where": "หน้า 1", "message": "ระบุไว้สองค่า", "explanation": "",
    }  # fmt: skip
    return Finding(fiscal_year=2563, **{**plain, **fields})  # type: ignore[arg-type]


def test_the_paragraph_counts_what_was_compared_and_what_agrees(chapter: DataQualityChapter) -> None:
    text = checked_sentence(chapter).markdown
    made, found = chapter.comparisons, len(chapter.findings)

    assert made > 400
    assert found > 20
    assert "ผลการประเมิน 6 รายการ" in text
    assert f"รวม {made} ครั้ง สอดคล้องกัน {made - found} ครั้ง" in text
    assert f"มีข้อค้นพบ {found} แห่ง จำแนกเป็น ผิด " in text
    assert "@tbl-data-quality-rules" in text


def test_the_severities_of_the_paragraph_make_up_the_whole(chapter: DataQualityChapter) -> None:
    counts = re.findall(r"(?:ผิด|ควรตรวจ|ข้อสังเกต) (\d+) แห่ง", checked_sentence(chapter).markdown)

    assert sum(map(int, counts)) == len(chapter.findings)


def test_the_rules_of_the_table_add_up_to_its_last_row(chapter: DataQualityChapter) -> None:
    *each, (total, made, agreeing, found) = rows(checked_table(chapter))

    assert total == "รวม"
    assert int(made) == sum(int(row[1]) for row in each) == chapter.comparisons
    assert int(found) == len(chapter.findings)
    assert int(agreeing) == int(made) - int(found)


def test_rules_without_anything_to_compare_are_named_below_the_table(open_all: OpenAll) -> None:
    table = checked_table(open_all("bgo/2563"))

    assert isinstance(table, Table)
    assert "ไม่มีข้อมูลให้ตรวจ: คะแนนแบบวัดเทียบกับค่าเฉลี่ยของตัวชี้วัด · คะแนน EIT" in table.html
    assert [row[0] for row in rows(table)[:2]] == ["ชื่อหน่วยงาน", "เนื้อหาอยู่ใต้หัวข้อแบบวัดของตน"]


def test_the_chart_says_in_words_what_it_shows(chapter: DataQualityChapter) -> None:
    chart = checked_bars(chapter)

    assert isinstance(chart, Chart)
    assert "อ.ส.พ. 2563 ตรวจ 7 ครั้ง มีข้อค้นพบ 1 แห่ง" in chart.alt
    assert len(chart.alt) <= ALT_LIMIT
    assert chart == checked_bars(chapter)


def test_of_very_many_agency_years_those_with_most_findings_are_drawn(chapter: DataQualityChapter) -> None:
    chart = checked_bars(replace(chapter, years=chapter.years * 10))

    assert isinstance(chart, Chart)
    assert "เฉพาะ 24 รายการที่มีข้อค้นพบมากที่สุด" in chart.caption


def test_the_eit_of_opdc_is_one_row_that_names_both_places(chapter: DataQualityChapter) -> None:
    found = rows(found_table(chapter))

    start = found.index(["สำนักงานคณะกรรมการพัฒนาระบบราชการ ปีงบประมาณ พ.ศ.\u00a02566"])
    subject, printed, expected, said = found[start + 1]
    assert (subject, printed, expected) == ("EIT", "88.75", "88.57")
    assert said.startswith("ผิด: คะแนนที่ระบุ 88.75 ไม่ตรงกับ")
    assert said.endswith("(พบ 2 แห่ง)")


def test_findings_are_in_thai_and_in_the_digits_of_the_book(open_all: OpenAll) -> None:
    table = found_table(open_all(digits="thai"))

    said = [cell for row in rows(table) for cell in row]
    assert "ตัวชี้วัดที่\u00a0๘" in said
    assert "ข้อ\u00a0I๒๐" in said
    assert not [cell for cell in said if re.search(r"[0-9]|indicator|total|issue|changes|error|warning|note", cell)]
    assert not [cell for cell in said for name in RULES if name in cell]


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("total", "คะแนนรวม"),
        ("EIT1", "EIT ส่วนที่ 1"),
        ("indicator 10", "ตัวชี้วัดที่\u00a010"),
        ("issue-3", "ประเด็นที่\u00a03"),
        ("E6.1", "ข้อ\u00a0E6.1"),
        ("agency", "ชื่อหน่วยงาน"),
        ("changes", "ผลต่างระหว่างปี"),
        ("national mean", "ค่าเฉลี่ยระดับประเทศ"),
        ("หน่วยงานมีช่องทางให้ร้องเรียน", ""),
    ],
)
def test_what_a_finding_is_about_has_a_thai_name(subject: str, name: str) -> None:
    assert subject_name(subject, Words()) == name


def test_only_findings_that_differ_in_nothing_but_their_place_are_merged() -> None:
    found = [finding(), finding(where="หน้า 2"), finding(printed="91.00"), finding(subject="EIT")]

    assert [(same.finding.subject, same.finding.printed, same.places) for same in merged(found)] == [
        ("total", "90.00", 2),
        ("total", "91.00", 1),
        ("EIT", "90.00", 1),
    ]


def test_where_nothing_is_wrong_the_chapter_says_that_everything_agrees(chapter: DataQualityChapter) -> None:
    sound = with_findings(chapter, Checked(RULES["printed-twice"], comparisons=3))

    assert "รวม 3 ครั้ง ทุกครั้งสอดคล้องกัน ไม่มีข้อค้นพบ" in checked_sentence(sound).markdown
    assert rows(checked_table(sound))[-1] == ["รวม", "3", "3", "–"]
    assert found_sentence(sound) == Text("ไม่มีข้อค้นพบ")
    assert checked_bars(sound) == found_table(sound) == Text("")


def test_where_nothing_can_be_compared_the_chapter_says_so(chapter: DataQualityChapter) -> None:
    silent = with_findings(chapter, Checked(RULES["printed-twice"]))

    assert checked_sentence(silent).markdown.startswith("รายงานในหนังสือเล่มนี้ไม่มี")
    assert checked_table(silent) == Text("")


def test_what_stands_in_a_report_is_shown_and_not_run(chapter: DataQualityChapter) -> None:
    evil = '<script>alert(1)</script> #import "x" {{< video >}} @fig-x'
    found = finding(subject=evil, printed=evil, expected=evil, message=evil, explanation=evil)
    broken = with_findings(chapter, Checked(RULES["printed-twice"], 1, (found,)))
    agency = broken.years[0].result.agency.model_copy(update={"name": evil})
    clean = CheckedYear(replace(broken.years[0].result, agency=agency), ())
    broken = replace(broken, years=(*broken.years, replace(clean, checked=broken.years[0].checked), clean))

    table, text = found_table(broken), found_sentence(broken).markdown
    assert isinstance(table, Table)
    assert "<script" not in table.html
    assert "\\<script\\>" in text
    assert "\\@fig-x" in text


def test_a_box_says_what_the_report_prints_what_the_book_shows_and_why(open_chapter: Open) -> None:
    box = difference_box(open_chapter("opdc", 2566))

    assert isinstance(box, Box)
    assert box.lines == (
        (
            "EIT",
            "รายงานพิมพ์ 88.75 หนังสือเล่มนี้แสดง 88.57 เนื่องจาก"
            "คะแนนอื่นในรายงานฉบับเดียวกันให้ค่า 88.57 อาจสลับตัวเลขที่อยู่ติดกัน (88.57 เป็น 88.75)",
        ),
        ("ผลต่างของ EIT", "รายงานพิมพ์ +3.60 หนังสือเล่มนี้แสดง +3.42 เนื่องจาก 88.57 ลบ 85.15 เท่ากับ +3.42"),
    )
    assert "ความน่าเชื่อถือของข้อมูล" in box.more


def test_of_a_score_printed_twice_the_box_names_both_values(open_chapter: Open) -> None:
    box = difference_box(open_chapter("rawiang", 2568, "thai"))

    assert isinstance(box, Box)
    ((name, text),) = box.lines
    assert name == "ตัวชี้วัดที่\u00a0๘"
    assert text.startswith("รายงานพิมพ์ ๙๙.๐๐ และ ๙๙.๗๖ หนังสือเล่มนี้แสดง ๙๙.๐๐ ซึ่งพิมพ์ไว้แห่งแรก เนื่องจาก")


@pytest.mark.parametrize(("agency", "year"), [("bgo", 2563), ("bgo", 2564), ("banpaen", 2563), ("opdc", 2565)])
def test_there_is_no_box_where_every_score_is_shown_as_printed(open_chapter: Open, agency: str, year: int) -> None:
    assert difference_box(open_chapter(agency, year)) == Text("")


def with_total(chapter: AgencyYearChapter, *printed: str) -> AgencyYearChapter:
    kept = tuple(row for row in chapter.result.scores if row.scope != "total")
    totals = tuple(Score("score", "total", "", "", value, D(value), "", "หน้า 1") for value in printed)
    return replace(chapter, result=replace(chapter.result, scores=(*totals, *kept)))


def test_a_total_that_contradicts_the_rest_is_in_the_box_also_where_it_is_shown(open_chapter: Open) -> None:
    box = difference_box(with_total(open_chapter("bgo", 2564), "75.00"))

    assert isinstance(box, Box)
    ((name, text),) = box.lines
    assert name == "คะแนนรวม"
    assert text.startswith("รายงานพิมพ์ 75.00 หนังสือเล่มนี้แสดงตามที่พิมพ์ แต่คะแนนที่ระบุ 75.00 ไม่ตรงกับ")


def test_fewer_decimals_are_not_a_difference(open_chapter: Open) -> None:
    assert difference_box(with_total(open_chapter("bgo", 2564), "91.21", "91.2")) == Text("")


def test_a_box_shows_what_stands_in_a_report_and_does_not_run_it() -> None:
    bundle, _ = Box("หัวเรื่อง", (("<b>x</b>", '#import "y" \\ <script>'),), "")._repr_mimebundle_()

    assert "&lt;script&gt;" in bundle["text/html"]
    assert '\\#import \\"y\\" \\\\ \\<script\\>' in bundle["text/markdown"]


INDICATORS = ("94.98", "88.57", "87.61", "89.58", "87.63", "89.36", "90.63", "85.71", "85.00", "100.00")


def add_scores(project: Project, year: str, *first: str) -> None:
    """A year of the weights 30, 30, 40 whose instruments and total are those of `INDICATORS`; `first` is indicator 1."""
    scores = [f"score,indicator,1,,{value},,หน้า {page}" for page, value in enumerate(first, start=1)]
    scores += [f"score,indicator,{n},,{value},,หน้า 1" for n, value in enumerate(INDICATORS[1:], start=2)]
    scores += ["score,instrument,IIT,,89.67,,", "score,instrument,EIT,,88.57,,", "score,instrument,OIT,,92.50,,"]
    scores += ["score,total,,,90.47,,"]
    add_year(project, "small", year, scores="\n".join(["measure,scope,code,name,value,level,where", *scores]))


@pytest.fixture
def transposed(empty_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three years; in the second indicator 1 is printed twice, first with digits exchanged; in the third wrong only."""
    add_scores(empty_project, "2563", "94.98")
    add_scores(empty_project, "2564", "49.98", "94.98")
    add_scores(empty_project, "2565", "49.98")
    monkeypatch.setenv("ITABOOK_PROJECT", str(empty_project.root))


@pytest.mark.usefixtures("transposed")
def test_a_corrected_indicator_is_marked_in_the_bars_and_said_in_caption_and_box() -> None:
    chapter = open_agency_year("small", 2564)
    chart, box = indicator_bars(chapter), difference_box(chapter)

    assert chapter.result.indicators[1] == D("94.98")
    assert isinstance(chart, Chart)
    assert chart.caption.endswith("* พิมพ์ 49.98 ไว้อีกแห่งหนึ่ง (ตัวชี้วัดที่\u00a01)")
    assert "* พิมพ์ 49.98 ไว้อีกแห่งหนึ่ง" in chart.alt
    assert isinstance(box, Box)
    assert box.lines[0][1].startswith("รายงานพิมพ์ 49.98 และ 94.98 หนังสือเล่มนี้แสดง 94.98 เนื่องจาก")


@pytest.mark.usefixtures("transposed")
def test_an_indicator_that_is_only_suspected_is_shown_as_printed_and_the_box_says_what_it_may_be() -> None:
    chapter = open_agency_year("small", 2565)
    chart, box = indicator_bars(chapter), difference_box(chapter)

    assert chapter.result.indicators[1] == D("49.98")
    assert isinstance(chart, Chart)
    assert "*" not in chart.caption
    assert isinstance(box, Box)
    assert any("หากตัวชี้วัดที่ 1 เป็น 94.98 (พิมพ์ว่า 49.98)" in text for _, text in box.lines)


@pytest.mark.usefixtures("transposed")
def test_a_corrected_indicator_is_marked_in_every_other_chart_that_shows_it() -> None:
    multiples = indicator_multiples(trend("small"))
    heat = overview_heatmap(comparison(["small/2563", "small/2564"]))

    assert isinstance(multiples, Chart)
    assert multiples.caption.endswith("* พิมพ์ 49.98 ไว้อีกแห่งหนึ่ง (ตัวชี้วัดที่\u00a01 ปี 2564)")
    assert heat.caption.endswith("* พิมพ์ 49.98 ไว้อีกแห่งหนึ่ง (ตัวชี้วัดที่\u00a01 ทดลอง 2564)")


def test_a_corrected_instrument_is_marked_in_the_lines(empty_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(RAW / "opdc", empty_project.raw / "opdc")
    monkeypatch.setenv("ITABOOK_PROJECT", str(empty_project.root))
    chart = trend_lines(trend("opdc", digits="thai"))

    assert isinstance(chart, Chart)
    assert chart.caption.endswith("* แก้จากค่าที่พิมพ์ ๘๘.๗๕ (EIT ปี ๒๕๖๖)")


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure(D("88.57"), printed=False, differing=("88.75",)), "88.57*"),
        (Figure(D("99.00"), printed=True, differing=("99.76",)), "99.00*"),
        (Figure(D("82.31"), printed=False), "82.31"),
        (None, "–"),
    ],
)
def test_only_what_the_report_prints_otherwise_carries_the_mark(figure: Figure | None, shown: str) -> None:
    assert marked(figure, Words()) == shown
