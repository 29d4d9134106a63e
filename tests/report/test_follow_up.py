"""What became of last year's measures."""

from pathlib import Path

import pytest

from itabook.report.chapter import AgencyYearChapter, open_agency_year
from itabook.report.display import Table, Text
from itabook.report.follow_up import follow_up_sentence, follow_up_table
from itabook.words import Digits
from tests.conftest import add_year, copy_project
from tests.report.conftest import Open
from tests.report.test_standing import cells

COLUMNS = "kind,scope,no,text,steps,period,responsible,monitoring,where\n"
MEASURES = (
    COLUMNS
    + "measure,4,1,ใช้ทรัพย์สินให้ถูกต้อง,จัดทำแนวปฏิบัติ,,กองคลัง,,\n"
    + "measure,9,2,ปรับปรุงเว็บไซต์,,,สำนักปลัด,,\n"
    + "measure,8,3,เปิดให้ประชาชนมีส่วนร่วม,,,กองวิชาการ,,\n"
)


def two_years(root: Path, before: str, now: str, digits: Digits = "arabic") -> AgencyYearChapter:
    """A made-up agency whose reports of 2566 and 2567 hold these rows."""
    project = copy_project(root / "project")
    add_year(project, "trial", "2566", measures=before)
    folder = project.raw / "trial" / "2567"
    folder.mkdir()
    (folder / "source.yml").write_text("document: รายงานทดลอง\npublisher: หน่วยงานทดลอง\n", encoding="utf-8")
    (folder / "measures.csv").write_text(now, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ITABOOK_PROJECT", str(project.root))
        return open_agency_year("trial", 2567, digits=digits)


def test_each_measure_of_last_year_has_its_report_or_says_that_it_has_none(tmp_path: Path) -> None:
    now = (
        COLUMNS
        + "follow-up,4,1,ใช้ทรัพย์สินให้ถูกต้อง,ประกาศแนวปฏิบัติแล้ว,,กองคลัง,แล้วเสร็จ,\n"
        + "follow-up,9,2,ย้ายเว็บไซต์ขึ้นระบบใหม่,,,,อยู่ระหว่างดำเนินการ,\n"
        + "follow-up,,9,อบรมบุคลากร,อบรมสองรุ่น,,สำนักปลัด,แล้วเสร็จ,\n"
    )
    chapter = two_years(tmp_path, MEASURES, now)
    table = follow_up_table(chapter)

    assert cells(table) == [
        ["ใช้ทรัพย์สินให้ถูกต้อง", "ประกาศแนวปฏิบัติแล้ว", "กองคลัง", "แล้วเสร็จ"],
        ["ปรับปรุงเว็บไซต์", "ย้ายเว็บไซต์ขึ้นระบบใหม่", "สำนักปลัด", "อยู่ระหว่างดำเนินการ"],
        ["เปิดให้ประชาชนมีส่วนร่วม", "–", "กองวิชาการ", "ยังไม่มีรายงานผล"],
        ["อบรมบุคลากร", "อบรมสองรุ่น", "สำนักปลัด", "แล้วเสร็จ"],
    ]
    assert isinstance(table, Table)
    assert "มาตรการกับผลที่ใช้ข้อความต่างกันจับคู่ตามลำดับที่ซึ่งรายงานทั้งสองปีระบุ" in table.html
    assert "1 รายการท้ายตารางไม่ตรงกับมาตรการใดในรายงานของปีก่อน" in table.html
    assert table.label == "tbl-trial-2567-follow-up"
    assert follow_up_sentence(chapter).markdown == (
        "มาตรการของปีงบประมาณ พ.ศ.\u00a02566 มี 3 รายการ มีรายงานผลแล้ว 2 รายการ ยังไม่มีรายงานผล 1 รายการ "
        "และมีผลที่ไม่ตรงกับมาตรการใดในรายงานของปีก่อน 1 รายการ ดังแสดงใน[@tbl-trial-2567-follow-up]"
    )


def test_measures_on_which_nothing_is_reported_are_all_listed(tmp_path: Path) -> None:
    chapter = two_years(tmp_path, MEASURES, COLUMNS + "measure,9,1,มาตรการใหม่,,,,,\n", "thai")

    assert [row[-1] for row in cells(follow_up_table(chapter))] == ["ยังไม่มีรายงานผล"] * 3
    assert follow_up_sentence(chapter).markdown == (
        "มาตรการของปีงบประมาณ พ.ศ.\u00a0๒๕๖๖ มี ๓ รายการ แต่ไม่ปรากฏผลการดำเนินการตามมาตรการของปีก่อน"
        "ในรายงานของหน่วยงานทดลอง ปีงบประมาณ พ.ศ.\u00a0๒๕๖๗ ดังแสดงใน[@tbl-trial-2567-follow-up]"
    )


def test_reports_on_measures_that_last_year_does_not_print(tmp_path: Path) -> None:
    before = COLUMNS + "recommendation,9,1,ปรับปรุงเว็บไซต์,,,,,\n"
    chapter = two_years(tmp_path, before, COLUMNS + "follow-up,9,1,ปรับปรุงเว็บไซต์,ทำแล้ว,,,,\n")

    assert cells(follow_up_table(chapter)) == [["ปรับปรุงเว็บไซต์", "ทำแล้ว"]]
    assert follow_up_sentence(chapter).markdown == (
        "รายงานระบุผลการดำเนินการ 1 รายการ แต่ไม่ปรากฏมาตรการในรายงานของปีงบประมาณ พ.ศ.\u00a02566 จึงเทียบกับมาตรการไม่ได้ "
        "ดังแสดงใน[@tbl-trial-2567-follow-up]"
    )


@pytest.mark.parametrize(
    ("agency", "year", "why"),
    [
        ("bgo", 2564, "ไม่ปรากฏมาตรการในรายงานของปีงบประมาณ พ.ศ.\u00a02563"),
        ("opdc", 2566, "ไม่ปรากฏมาตรการในรายงานของปีงบประมาณ พ.ศ.\u00a02565"),
        ("banpaen", 2563, "ยังไม่มีรายงานของปีก่อนหน้า"),
    ],
)
def test_the_five_reports_follow_up_nothing(open_chapter: Open, agency: str, year: int, why: str) -> None:
    chapter = open_chapter(agency, year)

    assert follow_up_table(chapter) == Text("")
    assert follow_up_sentence(chapter).markdown == (
        f"ไม่ปรากฏผลการดำเนินการตามมาตรการของปีก่อนในรายงานของ{chapter.result.agency.name} ปีงบประมาณ พ.ศ.\u00a0{year} "
        f"และ{why} จึงยังติดตามผลไม่ได้"
    )
