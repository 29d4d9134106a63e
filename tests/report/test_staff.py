"""Staff: headcount and work climate where the report gives them, and a sentence where it does not."""

import pytest

from itabook.data.project import Project
from itabook.report.chapter import AgencyYearChapter, open_agency_year
from itabook.report.display import Table, Text
from itabook.report.staff import staff_sentence, staff_table
from itabook.words import Digits
from tests.conftest import add_year
from tests.report.conftest import Open
from tests.report.test_chapter import PRINTED

HEADER = "measure,category,value,where\n"


def opened(
    project: Project, monkeypatch: pytest.MonkeyPatch, rows: str, digits: Digits = "arabic"
) -> AgencyYearChapter:
    add_year(project, "try", "2564", staff=HEADER + rows)
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    return open_agency_year("try", 2564, digits=digits)


@pytest.mark.parametrize(("agency", "year"), PRINTED)
def test_the_five_reports_give_neither(open_chapter: Open, agency: str, year: int) -> None:
    chapter = open_chapter(agency, year)

    assert staff_sentence(chapter).markdown == (
        f"ไม่ปรากฏจำนวนบุคลากรและสภาพแวดล้อมการทำงานในรายงานของปีงบประมาณ พ.ศ.\u00a0{year}"
    )
    assert staff_table(chapter) == Text("")


def test_headcount_and_climate(empty_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = 'headcount,ข้าราชการ,"๑,๐๔๕",\nheadcount,พนักงานราชการ,12,\nclimate,ความสุขในการทำงาน,85.50%,\n'
    chapter = opened(empty_project, monkeypatch, rows)

    assert staff_sentence(chapter).markdown == (
        "จำนวนบุคลากรตามรายงาน ได้แก่ ข้าราชการ 1,045\u00a0คน และพนักงานราชการ 12\u00a0คน "
        "รายงานระบุสภาพแวดล้อมการทำงานไว้ 1 รายการ ดังแสดงใน[@tbl-try-2564-staff]"
    )
    table = staff_table(chapter)
    assert isinstance(table, Table)
    assert (table.label, table.caption) == (
        "tbl-try-2564-staff", "จำนวนบุคลากรและสภาพแวดล้อมการทำงาน ปีงบประมาณ พ.ศ.\u00a02564",
    )  # fmt: skip
    assert [table.html.count(f">{text}<") for text in ("1,045", "12", "85.50%", "จำนวนบุคลากร (คน)")] == [1, 1, 1, 1]


def test_climate_alone_in_thai_digits(empty_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = opened(empty_project, monkeypatch, "climate,ความสุขในการทำงาน,4.2,\n", "thai")

    assert staff_sentence(chapter).markdown.startswith(
        "ไม่ปรากฏจำนวนบุคลากรในรายงาน รายงานระบุสภาพแวดล้อมการทำงานไว้ ๑ รายการ"
    )
    table = staff_table(chapter)
    assert isinstance(table, Table)
    assert ">๔.๒<" in table.html


def test_headcount_alone_many_categories(empty_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = opened(empty_project, monkeypatch, "".join(f"headcount,กลุ่ม {n},{n},\n" for n in range(1, 7)))

    assert staff_sentence(chapter).markdown.startswith(
        "รายงานระบุจำนวนบุคลากรไว้ 6 รายการ ไม่ปรากฏสภาพแวดล้อมการทำงานในรายงาน ดังแสดง"
    )


def test_a_figure_without_a_category_is_that_of_all(empty_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = opened(empty_project, monkeypatch, "headcount,,120,หน้า 1\nheadcount,,120,หน้า 9\n")

    assert staff_sentence(chapter).markdown.startswith("จำนวนบุคลากรตามรายงาน ได้แก่ ทั้งหมด 120\u00a0คน ไม่ปรากฏ")
    table = staff_table(chapter)
    assert isinstance(table, Table)
    assert table.html.count(">120<") == 1


def test_what_stands_in_a_category_is_shown_and_not_run(
    empty_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter = opened(empty_project, monkeypatch, "headcount,<b>#import</b>,12,\n")

    assert "\\<b\\>\\#import\\</b\\>" in staff_sentence(chapter).markdown
    table = staff_table(chapter)
    assert isinstance(table, Table)
    assert "<b>" not in table.html
