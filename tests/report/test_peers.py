"""The agency beside its peers: from a CSV of made-up agencies to sentence, table and bands."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D

import numpy as np
import pytest

from itabook.data.project import Project
from itabook.domain.facts import AGENCY_TYPES
from itabook.report.chapter import AgencyYearChapter, open_agency_year
from itabook.report.display import Chart, Table, Text
from itabook.report.drawing import canvas
from itabook.report.indicators import indicator_bars
from itabook.report.peers import (
    MIDDLE_INK,
    RANGE_INK,
    band_caption,
    band_keys,
    draw_peer_bands,
    peer_bands,
    peer_sentence,
    peer_table,
)
from itabook.words import Digits
from tests.conftest import add_year
from tests.data.test_peers import add_peers, row
from tests.report.conftest import Open
from tests.report.test_chapter import PRINTED

Opened = Callable[..., AgencyYearChapter]
TWELVE = [f"{value}.00" for value in range(60, 96, 3)]
"""Scores of a dozen agencies: 60, 63, … 93; quartiles 68.25, 76.50 and 84.75."""


@pytest.fixture
def opened(project: Project, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """A chapter of a project of its own, with so many made-up peers as there are scores."""

    def open_with(
        agency: str, year: int, kind: str, scores: list[str], *, digits: Digits = "arabic", source: str = "แหล่งสมมติ"
    ) -> AgencyYearChapter:
        rows = (row(f"หน่วยงานสมมติ {n}", score, kind, source=source) for n, score in enumerate(scores, start=1))
        add_peers(project, year, *rows)
        monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
        return open_agency_year(agency, year, digits=digits)

    return open_with


def cells(table: Table | Text) -> list[list[str]]:
    assert isinstance(table, Table)
    found = re.findall(r"<tr>(.*?)</tr>", table.html.partition("<tbody")[2], re.DOTALL)
    return [
        [re.sub(r"<span.*?</span>|<[^>]*>", "", cell) for cell in re.findall(r"<td.*?</td>", line)] for line in found
    ]


def test_where_bgo_stands_among_a_dozen(opened: Opened) -> None:
    chapter = opened("bgo", 2564, "state-enterprise", TWELVE)

    assert peer_sentence(chapter).markdown == (
        "เมื่อเทียบกับรัฐวิสาหกิจแห่งอื่น 12 แห่งที่มีผลในปีงบประมาณ พ.ศ.\u00a02564 "
        "คะแนนรวม 91.21 คะแนน สูงกว่าช่วงทั่วไปที่ 68.25 ถึง 84.75 คะแนน "
        "ตัวชี้วัดที่ได้คะแนนสูงกว่าทุกแห่งในกลุ่ม ได้แก่ คุณภาพการดำเนินงาน การเปิดเผยข้อมูล และการป้องกันการทุจริต "
        "ตัวชี้วัดที่ได้คะแนนสูงกว่าช่วงทั่วไป ได้แก่ การปฏิบัติหน้าที่ และประสิทธิภาพการสื่อสาร "
        "ตัวชี้วัดที่เหลืออยู่ในช่วงทั่วไป ช่วงทั่วไปคือคะแนนของครึ่งกลางของกลุ่ม ดังแสดงใน[@tbl-bgo-2564-peers]"
    )


def test_a_group_says_how_many_of_it_could_not_be_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITABOOK_PROJECT", str(project.root))
    head = "measure,scope,code,name,value,level,where\nscore,total,,คะแนนรวม"
    for number, value in enumerate(["90", "91", "92", "93", "94", "สิบ"], start=1):
        add_year(project, f"one-{number}", "2568", scores=f"{head},{value},,\n")
    kind = project.raw / "rawiang" / "agency.yml"
    kind.write_text(re.sub("type: .*", "type: sao", kind.read_text(encoding="utf-8")), encoding="utf-8")
    chapter = open_agency_year("rawiang", 2568)

    told = "5 แห่งที่มีผลในปีงบประมาณ พ.ศ.\u00a02568 (ยังไม่รวมอีก 1 แห่งที่อ่านแฟ้มข้อมูลไม่ได้)"
    assert told in peer_sentence(chapter).markdown
    table = peer_table(chapter)
    assert isinstance(table, Table)
    assert "(ยังไม่รวมอีก 1 แห่งที่อ่านแฟ้มข้อมูลไม่ได้)" in table.html


def test_the_table_of_bgo_among_a_dozen(opened: Opened) -> None:
    table = peer_table(opened("bgo", 2564, "state-enterprise", TWELVE))

    rows = cells(table)
    group = ["60.00", "68.25", "76.50", "84.75", "93.00"]
    assert len(rows) == 11
    assert rows[0] == ["1 การปฏิบัติหน้าที่", "86.78", *group, "สูงกว่า"]
    assert rows[7] == ["8 การปรับปรุงการทำงาน", "84.62", *group, "ในช่วง"]
    assert rows[9] == ["10 การป้องกันการทุจริต", "100.00", *group, "สูงกว่าทุกแห่ง"]
    assert rows[10] == ["คะแนนรวม", "91.21", *group, "สูงกว่า"]
    assert isinstance(table, Table)
    assert (table.label, table.caption) == (
        "tbl-bgo-2564-peers", "คะแนนเทียบกับรัฐวิสาหกิจแห่งอื่น ปีงบประมาณ พ.ศ.\u00a02564",
    )  # fmt: skip
    assert "กลุ่มคือรัฐวิสาหกิจแห่งอื่น 12 แห่งที่มีผลของปีนี้ในข้อมูลที่ใช้ทำหนังสือเล่มนี้ ซึ่งอาจไม่ใช่ทุกแห่งในประเทศ" in table.html
    assert "ที่มาของคะแนนของกลุ่ม: แหล่งสมมติ" in table.html


def test_thai_digits_go_through_the_whole_section(opened: Opened) -> None:
    chapter = opened("bgo", 2564, "state-enterprise", TWELVE, digits="thai", source="ข่าว 2566")

    shown = peer_sentence(chapter).markdown.partition("[@")[0] + str(cells(peer_table(chapter))) + band_caption(chapter)
    assert "๖๘.๒๕ ถึง ๘๔.๗๕" in shown
    assert not re.search("[0-9]", shown)


def test_all_in_the_usual_range_is_one_sentence(opened: Opened) -> None:
    chapter = opened("bgo", 2564, "state-enterprise", ["0", *["1"] * 5, *["100"] * 5, "100"])

    said = peer_sentence(chapter).markdown
    assert "คะแนนรวม 91.21 คะแนน อยู่ในช่วงทั่วไปที่ 1.00 ถึง 100.00 คะแนน" in said
    assert "คะแนนของตัวชี้วัดทั้ง 10 ตัวอยู่ในช่วงทั่วไป" in said


def test_above_and_below_all_others(opened: Opened) -> None:
    low = opened("bgo", 2564, "state-enterprise", ["10", "20", "30", "40", "50"])
    high = opened("bgo", 2564, "state-enterprise", ["100"] * 5)

    assert "คะแนนรวม 91.21 คะแนน สูงกว่าทุกแห่งในกลุ่ม ซึ่งสูงสุด 50.00 คะแนน" in peer_sentence(low).markdown
    assert "คะแนนรวม 91.21 คะแนน ต่ำกว่าทุกแห่งในกลุ่ม ซึ่งต่ำสุด 100.00 คะแนน" in peer_sentence(high).markdown


def test_a_total_alone_is_compared_alone(opened: Opened) -> None:
    chapter = opened("bgo", 2563, "state-enterprise", TWELVE)

    assert peer_sentence(chapter).markdown == (
        "เมื่อเทียบกับรัฐวิสาหกิจแห่งอื่น 12 แห่งที่มีผลในปีงบประมาณ พ.ศ.\u00a02563 "
        "คะแนนรวม 45.69 คะแนน ต่ำกว่าทุกแห่งในกลุ่ม ซึ่งต่ำสุด 60.00 คะแนน "
        "ช่วงทั่วไปคือคะแนนของครึ่งกลางของกลุ่ม ดังแสดงใน[@tbl-bgo-2563-peers]"
    )
    assert len(cells(peer_table(chapter))) == 1
    assert peer_bands(chapter) == {}


@pytest.mark.parametrize(("agency", "year"), PRINTED)
def test_without_peers_nothing_is_made_up(open_chapter: Open, agency: str, year: int) -> None:
    chapter = open_chapter(agency, year)

    kind = AGENCY_TYPES[chapter.result.agency.type]
    assert peer_sentence(chapter).markdown == (
        f"ข้อมูลที่มีไม่ปรากฏผลของ{kind}แห่งอื่นในปีงบประมาณ พ.ศ.\u00a0{year} จึงไม่แสดงการเทียบกับหน่วยงานประเภทเดียวกัน"
    )
    assert peer_table(chapter) == Text("")
    assert (peer_bands(chapter), band_caption(chapter), band_keys({})) == ({}, "", [])


def test_with_four_peers_it_says_that_they_are_too_few(opened: Opened) -> None:
    chapter = opened("bgo", 2564, "state-enterprise", TWELVE[:4])

    assert peer_sentence(chapter).markdown == (
        "ข้อมูลที่มีปรากฏผลของรัฐวิสาหกิจแห่งอื่นในปีงบประมาณ พ.ศ.\u00a02564 เพียง 4 แห่ง ซึ่งน้อยกว่า 5 แห่ง จึงไม่แสดงช่วงคะแนนของกลุ่ม"
    )
    assert peer_table(chapter) == Text("")
    assert peer_bands(chapter) == {}


def test_an_agency_of_no_kind_has_no_group(open_chapter: Open) -> None:
    chapter = open_chapter("bgo", 2564)
    agency = chapter.result.agency.model_copy(update={"type": "other"})

    said = peer_sentence(replace(chapter, result=replace(chapter.result, agency=agency))).markdown
    assert said == "ข้อมูลไม่ระบุประเภทของหน่วยงาน จึงไม่มีกลุ่มหน่วยงานประเภทเดียวกันให้เทียบ"


def test_a_score_that_fewer_peers_have_is_noted(opened: Opened) -> None:
    chapter = opened("bgo", 2564, "state-enterprise", TWELVE)
    fewer = tuple(
        replace(peer, indicators=(None if n < 3 else D(90), None if n < 9 else D(90), *peer.indicators[2:]))
        for n, peer in enumerate(chapter.peers)
    )
    table = peer_table(replace(chapter, peers=fewer))

    assert isinstance(table, Table)
    assert "มีคะแนนนี้ 9 แห่ง" in table.html
    assert "มีคะแนนนี้ไม่ถึง 5 แห่ง" in table.html
    assert cells(table)[1][2:] == ["–"] * 6


def test_a_score_that_the_report_prints_otherwise_is_noted(opened: Opened) -> None:
    table = peer_table(opened("rawiang", 2568, "sao", TWELVE))

    assert isinstance(table, Table)
    assert "รายงานระบุ 99.76 ไว้อีกแห่งหนึ่ง" in table.html
    assert "คำนวณจากคะแนนตัวชี้วัด ไม่ปรากฏในรายงาน" in table.html


def test_sources_are_named_while_they_are_few(opened: Opened) -> None:
    chapter = opened("bgo", 2564, "state-enterprise", TWELVE)
    none = tuple(replace(peer, source="") for peer in chapter.peers)
    many = tuple(replace(peer, source=peer.name) for peer in chapter.peers)

    tables = [peer_table(replace(chapter, peers=peers)) for peers in (none, many)]
    notes = [table.html if isinstance(table, Table) else "" for table in tables]
    assert "ข้อมูลไม่ระบุที่มาของคะแนนของกลุ่ม" in notes[0]
    assert "ที่มาของคะแนนของกลุ่ม: รายงานและแหล่งข้อมูล 12 แหล่ง" in notes[1]


def test_what_stands_in_a_row_is_shown_and_not_run(opened: Opened) -> None:
    table = peer_table(opened("bgo", 2564, "state-enterprise", TWELVE, source="<script>alert(1)</script>"))

    assert isinstance(table, Table)
    assert "<script" not in table.html


def test_bands_stand_behind_the_bars_at_their_places(opened: Opened) -> None:
    chapter = opened("bgo", 2564, "state-enterprise", TWELVE)
    bands, places = peer_bands(chapter), {number: number * 0.25 for number in range(1, 11)}
    _, axes = canvas(3, left=0, right=100)
    draw_peer_bands(axes, bands, places, 0.1)

    ranges, middles = axes.collections
    for number, (whole, half) in enumerate(zip(ranges.get_paths(), middles.get_paths(), strict=True), start=1):
        top, foot = places[number] - 0.1, places[number] + 0.1
        assert np.allclose(whole.get_extents().get_points(), [(60, top), (93, foot)])
        assert np.allclose(half.get_extents().get_points(), [(68.25, top), (84.75, foot)])


def test_the_bars_of_the_indicators_name_the_bands(opened: Opened) -> None:
    drawn = indicator_bars(opened("bgo", 2564, "state-enterprise", TWELVE))

    assert isinstance(drawn, Chart)
    assert drawn.svg.index(RANGE_INK.lower()) < drawn.svg.index(MIDDLE_INK.lower()) < drawn.svg.index("#12436d")
    assert drawn.caption.endswith(" แถบหลังแท่งคือคะแนนของรัฐวิสาหกิจแห่งอื่น 12 แห่ง ส่วนที่เข้มกว่าคือช่วงทั่วไป (ครึ่งกลางของกลุ่ม)")
