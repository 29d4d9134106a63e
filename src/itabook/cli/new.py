"""`itabook new`: the folder of an agency-year with a workbook to fill in."""

from typing import TYPE_CHECKING, Annotated

import typer

from itabook.cli.console import faults_as_messages, out
from itabook.data.project import Project, find_project
from itabook.language import tr

if TYPE_CHECKING:
    from pathlib import Path

    from itabook.forms import Made


def new(
    agency: Annotated[
        str, typer.Argument(metavar=tr("หน่วยงาน"), help=tr("ชื่อโฟลเดอร์ของหน่วยงาน: อักษรอังกฤษตัวเล็ก ตัวเลข และขีด"))
    ],
    year: Annotated[int, typer.Argument(metavar=tr("ปี"), help=tr("ปีงบประมาณของผลการประเมิน (พ.ศ.) เช่น 2568"))],
    like: Annotated[
        str,
        typer.Option("--from", metavar=tr("หน่วยงาน/ปี"), help=tr("คัดลอกสิ่งที่ไม่เปลี่ยน เช่น ข้อคำถามและกลุ่มผู้ตอบ ไม่คัดลอกคะแนน")),
    ] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help=tr("ทำเป็นแฟ้ม CSV แทนสมุดงาน ita.xlsx"))] = False,
) -> None:
    """Make the folder of an agency-year and the files to fill in; nothing is overwritten."""
    from itabook.forms import make_form

    with faults_as_messages():
        project = find_project()
        made = make_form(project, agency, year, like=like, as_csv=as_csv)
        out.print(tr("สร้าง {folder} แล้ว สิ่งที่ต้องทำต่อ", folder=_shown(project, made.folder)), highlight=False)
        steps = [
            *([tr("เปิด {file} พิมพ์ชื่อและประเภทของหน่วยงาน", file=_shown(project, made.agency))] if made.agency else []),
            tr("เปิด {file} พิมพ์ชื่อรายงานและผู้จัดทำ", file=_shown(project, made.folder / "source.yml")),
            _filling(project, made),
            tr("สั่ง itabook check {agency}/{year}", agency=agency, year=year),
            tr(
                "เพิ่ม {agency}/{year} ใน agency-years ของ params/books/annual.yml แล้วสั่ง itabook build annual",
                agency=agency,
                year=year,
            ),
        ]
        for number, step in enumerate(steps, start=1):
            out.print(f"  {number}. {step}", markup=False, highlight=False)


def _shown(project: Project, path: "Path") -> str:
    return path.relative_to(project.root).as_posix()


def _filling(project: Project, made: "Made") -> str:
    """Which files to open, and what to fill in first."""
    if len(made.tables) == 1:
        file = _shown(project, made.tables[0])
        order = tr("อ่านแผ่นงาน #คำแนะนำ กรอก scores ก่อน แล้วกรอก items และแผ่นงานอื่นเท่าที่รายงานมี")
        return tr("เปิด {file} ด้วย Excel หรือ LibreOffice {order}", file=file, order=order)
    rest = ", ".join(table.name for table in made.tables[1:])
    return tr(
        "กรอก {file} ก่อน แล้วกรอก {rest} เท่าที่รายงานมี แฟ้มใดไม่ใช้ปล่อยไว้ได้", file=_shown(project, made.tables[0]), rest=rest
    )
