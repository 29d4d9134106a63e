"""The first sheet: what to fill in, in which order, what the colours say, and what of the year is not known."""

from collections.abc import Iterator

from xlsxwriter import Workbook

from itabook.data.dictionary import TABLES as TEXTS
from itabook.data.files import NOTE, WORKBOOK
from itabook.forms.checks import CHECKS, shares_said
from itabook.forms.form import FORMS, Form
from itabook.forms.sheets import set_up
from itabook.forms.styles import COMPUTED, FILL_IN, GIVEN, OPTIONAL, Styles

INSTRUCTIONS = f"{NOTE}คำแนะนำ"
_ORDER = {
    "scores": "กรอกก่อน: คะแนนตัวชี้วัดทั้งสิบ คะแนนรวม คะแนนแบบวัด และระดับ เท่าที่รายงานพิมพ์",
    "items": "ผลรายข้อของ OIT และคะแนนรายข้อของ IIT และ EIT เท่าที่รายงานพิมพ์",
    "responses": "กรอกเมื่อรายงานพิมพ์ร้อยละหรือจำนวนของแต่ละคำตอบ",
    "respondents": "กรอกเมื่อรายงานพิมพ์จำนวนผู้ตอบแยกตามกลุ่มและเพศ",
    "measures": "ข้อเสนอแนะ มาตรการ จุดแข็ง และจุดที่ควรพัฒนาตามรายงาน",
    "staff": "กรอกเมื่อรายงานพิมพ์จำนวนบุคลากร",
}
_COLOURS = {
    FILL_IN: "ช่องที่ต้องกรอกเมื่อกรอกแถวนั้น (ค่าที่รายงานไม่ได้พิมพ์ ให้เว้นว่าง)",
    OPTIONAL: "กรอกเมื่อมีในรายงาน",
    GIVEN: "โปรแกรมเติมไว้แล้ว แก้ให้ตรงกับที่รายงานพิมพ์ได้ แถวที่รายงานไม่มี ปล่อยไว้ได้ โปรแกรมข้ามแถวที่ไม่ได้กรอกค่า",
    COMPUTED: f"สูตรของแผ่นงาน ไม่ต้องกรอก โปรแกรมไม่อ่านคอลัมน์และแผ่นงานที่ชื่อขึ้นต้นด้วย {NOTE}",
}
_RULES = (
    "คัดตัวเลขตามที่พิมพ์ในรายงาน ใช้เลขไทยหรือเลขอารบิกก็ได้ ทศนิยมคงไว้ตามที่พิมพ์ เช่น 82.20",
    "ค่าที่ไม่มีในรายงานให้เว้นว่าง อย่าใส่ 0 แทน และอย่าคำนวณเอง",
    "ช่อง where บอกว่าค่านั้นพิมพ์อยู่ที่ใด ค่าเดียวกันที่พิมพ์สองแห่งให้กรอกสองแถว แล้วระบุ where ให้ต่างกัน",
    "เพิ่ม ลบ หรือสลับแถวได้ อย่าเปลี่ยนชื่อแผ่นงานและแถวชื่อคอลัมน์ภาษาอังกฤษ",
    f"แผ่นงานบันทึกช่วยจำของท่านเอง ให้ตั้งชื่อขึ้นต้นด้วย {NOTE} โปรแกรมจะไม่อ่าน",
    "วางเมาส์บนหัวคอลัมน์ภาษาไทยเพื่ออ่านกติกาและตัวอย่าง",
)


def add_instructions(book: Workbook, form: Form, style: Styles) -> None:
    """The sheet, first in the workbook."""
    sheet = book.add_worksheet(INSTRUCTIONS)
    year = form.rules.fiscal_year
    sheet.write_string(0, 0, f"แบบกรอกผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year} – {form.agency}", style.title)
    sheet.set_row(0, 28)
    row = 2
    for title, lines in _sections(form):
        sheet.write_string(row, 0, title, style.bold)
        for left, right in lines:
            row += 1
            look = style.head.get(left, style.text)
            if left in FORMS:
                sheet.write_url(row, 0, f"internal:'{left}'!A1", style.text, left)
            else:
                sheet.write_string(row, 0, left, look)
            sheet.write_string(row, 1, right, style.text)
        row += 2
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    set_up(sheet, "คำแนะนำ", form)
    sheet.set_landscape()
    sheet.activate()


def _sections(form: Form) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    tables = [(name, f"{TEXTS[name].title}: {said}") for name, said in _ORDER.items()]
    yield "กรอกแผ่นงานตามลำดับนี้", [*tables, (CHECKS, "ดูผลการตรวจเมื่อกรอกเสร็จ")]
    yield "สีและคำบนหัวคอลัมน์", list(_COLOURS.items())
    yield "กติกา", [(f"{number}.", rule) for number, rule in enumerate(_RULES, start=1)]
    yield "หลักเกณฑ์ของปีนี้", [("", said) for said in _year(form)]
    yield "เมื่อกรอกเสร็จ", [("", said) for said in _after(form)]


def _year(form: Form) -> Iterator[str]:
    """What is known of the year, and what no source confirms."""
    rules = form.rules
    if rules.weights.official:
        yield f"น้ำหนักของแบบวัด: {shares_said(rules)}"
    else:
        yield "น้ำหนักของแบบวัด: ยังไม่มีแหล่งยืนยัน จึงไม่ตรวจคะแนนรวม"
    if rules.levels.official:
        yield f"ระดับผลการประเมิน: {', '.join(rules.levels.names)}"
    else:
        yield "ระดับผลการประเมิน: ยังไม่มีแหล่งยืนยัน พิมพ์ตามที่รายงานพิมพ์"
    listed = sum(row[0] == "OIT" for row in form.rows.get("items", ()))
    if not listed:
        yield "รายการข้อ OIT: ยังไม่มีแหล่งยืนยัน พิมพ์รหัส (O1, O2 …) และชื่อข้อตามรายงาน"
    elif form.unsure:
        yield f"รายการข้อ OIT: เติมไว้ {listed} ข้อ ข้อที่ยังไม่มีแหล่งยืนยันและไม่ได้เติมไว้: {', '.join(form.unsure)}"
    else:
        yield f"รายการข้อ OIT: เติมไว้ {listed} ข้อ"


def _after(form: Form) -> Iterator[str]:
    yield f"บันทึกเป็น .xlsx ชื่อเดิม ({WORKBOOK}) ด้วย Excel หรือ LibreOffice แล้วปิดแฟ้ม"
    yield f"สั่ง itabook check {form.agency}/{form.rules.fiscal_year} หากมีที่ต้องแก้ โปรแกรมบอกแผ่นงาน แถว และวิธีแก้"
