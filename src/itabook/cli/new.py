"""`itabook new`: the folder of an agency-year with a workbook to fill in."""

from typing import TYPE_CHECKING, Annotated

import typer

from itabook.cli.console import faults_as_messages, out
from itabook.data.project import Project, find_project

if TYPE_CHECKING:
    from pathlib import Path

    from itabook.forms import Made


def new(
    agency: Annotated[str, typer.Argument(metavar="หน่วยงาน", help="ชื่อโฟลเดอร์ของหน่วยงาน: อักษรอังกฤษตัวเล็ก ตัวเลข และขีด")],
    year: Annotated[int, typer.Argument(metavar="ปี", help="ปีงบประมาณของผลการประเมิน (พ.ศ.) เช่น 2568")],
    like: Annotated[
        str, typer.Option("--from", metavar="หน่วยงาน/ปี", help="คัดลอกสิ่งที่ไม่เปลี่ยน เช่น ข้อคำถามและกลุ่มผู้ตอบ ไม่คัดลอกคะแนน")
    ] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="ทำเป็นแฟ้ม CSV แทนสมุดงาน ita.xlsx")] = False,
) -> None:
    """สร้างโฟลเดอร์ของหน่วยงานและปี พร้อมสมุดงานให้กรอก มีตัวชี้วัดและข้อ OIT ของปีอยู่แล้ว ไม่เขียนทับของเดิม"""
    from itabook.forms import make_form

    with faults_as_messages():
        project = find_project()
        made = make_form(project, agency, year, like=like, as_csv=as_csv)
        out.print(f"สร้าง {_shown(project, made.folder)} แล้ว สิ่งที่ต้องทำต่อ", highlight=False)
        steps = [
            *([f"เปิด {_shown(project, made.agency)} พิมพ์ชื่อและประเภทของหน่วยงาน"] if made.agency else []),
            f"เปิด {_shown(project, made.folder / 'source.yml')} พิมพ์ชื่อรายงานและผู้จัดทำ",
            _filling(project, made),
            f"สั่ง itabook check {agency}/{year}",
            f"เพิ่ม {agency}/{year} ใน agency-years ของ params/books/annual.yml แล้วสั่ง itabook build annual",
        ]
        for number, step in enumerate(steps, start=1):
            out.print(f"  {number}. {step}", markup=False, highlight=False)


def _shown(project: Project, path: "Path") -> str:
    return path.relative_to(project.root).as_posix()


def _filling(project: Project, made: "Made") -> str:
    """Which files to open, and what to fill in first."""
    if len(made.tables) == 1:
        file = _shown(project, made.tables[0])
        order = "อ่านแผ่นงาน #คำแนะนำ กรอก scores ก่อน แล้วกรอก items และแผ่นงานอื่นเท่าที่รายงานมี"
        return f"เปิด {file} ด้วย Excel หรือ LibreOffice {order}"
    rest = ", ".join(table.name for table in made.tables[1:])
    return f"กรอก {_shown(project, made.tables[0])} ก่อน แล้วกรอก {rest} เท่าที่รายงานมี แฟ้มใดไม่ใช้ปล่อยไว้ได้"
