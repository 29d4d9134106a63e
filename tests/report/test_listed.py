"""What the chapter of an agency says that is only known from its row in a list."""

import re
from collections.abc import Callable

import pytest

from itabook import report
from itabook.data.library import Library
from itabook.data.project import Project
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Box, Text
from tests.conftest import ROOT
from tests.data.test_listed import key
from tests.data.test_peers import add_peers, row

FULL = "95.10,93.22,90.01,88.50,91.30,89.45,87.60,86.75,96.00,80.00"
Listed = Callable[..., AgencyYearChapter]


@pytest.fixture
def listed(project: Project, monkeypatch: pytest.MonkeyPatch) -> Listed:
    """The chapter of one row of 2568, its cells from the first indicator on, among five others."""
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))

    def opened(cells: str) -> AgencyYearChapter:
        others = [row(f"อบต.อื่น {number}", f"{80 + number}.25") for number in range(5)]
        add_peers(project, 2568, f"อบต.ก,sao,ลำพูน,{cells}\n", *others)
        return report.agency_year(key(Library(project), "อบต.ก"), 2568)

    return opened


def texts(chapter: AgencyYearChapter) -> dict[str, str]:
    """All that the notebook of an agency's year shows, by the call of its cell, as plain text."""
    notebook = (ROOT / "notebooks" / "agency_year.ipynb").read_text(encoding="utf-8")
    calls: list[tuple[str, str]] = re.findall(r'"report\.(\w+)\(chapter(?:, \\"([\w-]+)\\")?', notebook)
    shown = {(name, group): getattr(report, name)(chapter, *filter(None, [group])) for name, group in calls}
    return {" ".join(call).strip(): part._repr_mimebundle_()[0]["text/plain"] for call, part in shown.items()}


@pytest.mark.parametrize(
    "cells",
    [f"{FULL},89.07,ผ่าน,ประกาศสมมติ", f"{FULL},88.37,ผ่าน,", f"{FULL},,,", ",,,,,,,,,,91.20,ผ่าน,", "95,,,,,,,,,,,,"],
    ids=["all", "total that differs", "no total", "total alone", "one indicator"],
)
def test_nothing_speaks_of_a_report_that_is_not_there(listed: Listed, cells: str) -> None:
    said = texts(listed(cells))
    with_report = [name for name, text in said.items() if "รายงาน" in text]

    assert len(said) > 40
    assert with_report == ["summary"]
    assert said["summary"].count("รายงาน") == 1
    assert "จึงไม่มีหัวข้อที่ต้องใช้รายงานของหน่วยงาน" in said["summary"]


def test_sections_that_need_a_report_are_left_out_and_those_of_scores_are_there(listed: Listed) -> None:
    said = texts(listed(f"{FULL},89.07,ผ่าน,ประกาศสมมติ"))
    empty = {name for name, text in said.items() if not text}

    assert empty >= {
        "respondent_sentence", "staff_sentence", "sample_sentence", "certainty_sentence", "certainty_bars",
        "question_sentence", "response_sentence", "view_sentence", "view_dumbbell", "disclosure_sentence",
        "issue_sentence", "issue_table", "findings_sentence", "plan_sentence measures", "plan_table assigned", "follow_up_sentence",
        "checklist_sentence", "checklist_table", "difference_box",
    }  # fmt: skip
    assert not empty & {"ranking", "indicator_bars", "indicator_table", "peer_sentence", "peer_table", "gap_sentence"}


def test_the_opening_and_the_source_name_the_list(listed: Listed) -> None:
    chapter = listed(f"{FULL},89.07,ผ่าน,ประกาศสมมติ")

    assert "ผลการประเมินอยู่ในระดับผ่าน ตามที่ระบุในบัญชีผลการประเมิน" in report.summary(chapter).markdown
    assert report.provenance(chapter).markdown.startswith(
        "ตัวเลขในบทนี้คัดจากแถวของหน่วยงานในบัญชีผลการประเมินปีงบประมาณ พ.ศ.\u00a02568 ซึ่งระบุที่มาว่า “ประกาศสมมติ”"
    )
    silent = listed(f"{FULL},89.07,ผ่าน,")
    assert "ซึ่งไม่ระบุที่มาของคะแนน" in report.provenance(silent).markdown


def test_what_cannot_be_told_is_said_of_the_list(listed: Listed) -> None:
    chapter = listed(",,,,,,,,,,91.20,ผ่าน,")

    assert report.ranking(chapter) == Text("ไม่ปรากฏคะแนนรายตัวชี้วัดในบัญชีผลการประเมินส่วนของอบต.ก ปีงบประมาณ พ.ศ.\u00a02568")
    assert "มาตรการ" not in report.decisions(chapter).markdown
    missing = "IIT EIT ส่วนที่ 1 EIT ส่วนที่ 2 และ OIT"
    assert f"ให้จัดหาคะแนน {missing} ซึ่งเกณฑ์ระดับใช้ประกอบ" in report.decisions(chapter).markdown
    assert report.gap_sentence(chapter).markdown.startswith(
        f"ยังคำนวณระยะห่างจากระดับถัดไปไม่ได้ เพราะไม่ปรากฏคะแนน {missing}"
    )


def test_a_total_that_its_indicators_contradict_is_told(listed: Listed) -> None:
    box = report.difference_box(listed(f"{FULL},88.37,ผ่าน,"))

    assert isinstance(box, Box)
    ((name, text),) = box.lines
    assert name == "คะแนนรวม"
    assert text.startswith("บัญชีผลการประเมินพิมพ์ 88.37 หนังสือเล่มนี้แสดงตามที่พิมพ์")
    assert text.endswith("คะแนนอื่นในแถวเดียวกันให้ค่า 89.07")
    assert box.more == "ควรตรวจกับประกาศผลการประเมินก่อนนำไปใช้"
