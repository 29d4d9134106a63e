"""The command line.

What draws and publishes is imported by the command that needs it, so that the others start at once. Help is in the
language that is set when this is imported, see `itabook.__main__`.
"""

import os
from typing import Annotated

import typer

from itabook.cli.batch import batch
from itabook.cli.build import build
from itabook.cli.check import check
from itabook.cli.doctor import doctor
from itabook.cli.imports import imports
from itabook.cli.new import new
from itabook.cli.preview import preview
from itabook.cli.status import status
from itabook.cli.usage import Command, Group
from itabook.language import OPTION, VARIABLE, Language, tr

app = typer.Typer(cls=Group, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback(help=tr("หนังสือผลการประเมิน ITA จากข้อมูลดิบถึงเล่ม"))
def _all(
    lang: Annotated[
        Language | None,
        typer.Option(OPTION, help=tr("ภาษาของข้อความ ใส่หน้าหรือหลังคำสั่งก็ได้ (ไม่ระบุคือตามภาษาของระบบ)")),
    ] = None,
) -> None:
    """Set the language; the command `itabook` has taken the option out before."""
    if lang is not None:
        os.environ[VARIABLE] = lang


app.command(
    cls=Command,
    help=tr("สร้างโฟลเดอร์ของหน่วยงานและปี พร้อมสมุดงานให้กรอก มีตัวชี้วัดและข้อ OIT ของปีอยู่แล้ว ไม่เขียนทับของเดิม"),
    epilog=tr("ตัวอย่าง: itabook new banpaen 2568 --from banpaen/2563"),
)(new)
app.command(
    cls=Command,
    help=tr("อ่านและตรวจ data/raw เขียนตารางลง data/processed แล้วพิสูจน์ตัวเลขที่พิมพ์ทุกค่า"),
    epilog=tr("ตัวอย่าง: itabook check opdc/2566 --strict"),
)(check)
app.command(
    cls=Command,
    help=tr(
        "สร้างหนังสือ: สั่งสมุดบันทึกที่ต้องสร้างใหม่ผ่าน papermill แล้วจัดหน้าเป็น HTML และ PDF ใน outputs/book\n\n"
        "เล่มแบบ annex เช่น board เป็น PDF หน่วยงานและปีละหนึ่งฉบับใน outputs/<ชื่อหนังสือ>"
    ),
    epilog=tr(
        "ตัวอย่าง: itabook build annual --jobs 2 --keep-going\n\n"
        "itabook build board --agency bgo --year 2564 --set agenda=4.2 --set meeting=3/2569"
    ),
)(build)
app.command(
    cls=Command,
    help=tr(
        "สร้างหนังสือแล้วเปิดในเบราว์เซอร์ เมื่อบันทึกแฟ้มต้นทางจะสร้างใหม่เฉพาะส่วนที่เปลี่ยนแล้วโหลดหน้าใหม่ให้ กด Ctrl-C เพื่อหยุด\n\n"
        "แฟ้มต้นทางคือ data/raw, params, notebooks, assets, index.qmd, _quarto.yml และ _language.yml "
        "ไม่รวม outputs และ src\n"
        "เปิดได้เฉพาะจากเครื่องนี้ (127.0.0.1) ใช้ quarto preview เมื่อมี Quarto "
        "PDF ไม่อยู่ใน outputs/book จนกว่าจะสั่ง itabook build"
    ),
    epilog=tr("ตัวอย่าง: itabook preview annual --port 4300"),
)(preview)
app.command(
    cls=Command,
    help=tr(
        "สร้างเล่มย่อของแต่ละหน่วยงานในหนึ่งปี เป็น PDF ใน outputs/agencies โดยทำเฉพาะเล่มที่มีสิ่งเปลี่ยน\n\n"
        "--agencies listed ทำจากตารางของหลายหน่วยงาน แถวละเล่ม outputs/agencies/listed-<ปี>.csv บอกว่าแฟ้มใดเป็นของหน่วยงานใด"
    ),
    epilog=tr(
        "ตัวอย่าง: itabook batch --agencies all --year 2568 --to pdf --jobs 4 --keep-going\n\n"
        "itabook batch --agencies listed --year 2568 --province ปทุมธานี --type sao --keep-going"
    ),
)(batch)
app.command(
    cls=Command,
    help=tr("บอกว่าแต่ละหน่วยงานและปีมีข้อมูลใด สร้างอะไรแล้ว อะไรต้องสร้างใหม่เพราะเหตุใด และมีข้อค้นพบกี่ข้อ โดยไม่เขียนอะไรลงดิสก์"),
    epilog=tr("ตัวอย่าง: itabook status --year 2564"),
)(status)
app.add_typer(imports, name="import")
app.command(
    cls=Command, help=tr("บอกรุ่นของโปรแกรม แบบอักษร และ Quarto ที่พบ พร้อมวิธีแก้เมื่อขาด"), epilog=tr("ตัวอย่าง: itabook doctor")
)(doctor)
