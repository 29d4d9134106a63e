"""`agency.yml` and `source.yml` of a form, with what to type in words beside each line."""

from collections.abc import Iterable

import yaml

from itabook.domain.facts import AGENCY_TYPES, Agency


def _value(text: str) -> str:
    """A text as YAML reads it back, whatever stands in it; nothing at all for one that is still to be typed."""
    return yaml.safe_dump(text, allow_unicode=True, default_style='"', width=10**6).strip()


def _lines(entries: Iterable[tuple[str, str, bool, str]]) -> str:
    """Key, what to type, whether it must be typed, and its value so far."""
    lines = ["# พิมพ์ค่าหลังเครื่องหมาย : แล้วบันทึก บรรทัดที่ขึ้นต้นด้วย # เป็นคำอธิบาย"]
    for key, said, needed, value in entries:
        first, *rest = said.splitlines()
        lines += [
            f"# {first} ({'ต้องกรอก' if needed else 'เว้นว่างได้'})",
            *(f"#   {line}" for line in rest),
            f"{key}: {_value(value)}" if value or not needed else f"{key}:",
        ]
    return "\n".join(lines) + "\n"


def agency_text(like: Agency | None = None) -> str:
    """`agency.yml`; type, ministry and province as those of another agency, never its names."""
    kinds = "".join(f"\n{kind}  {name}" for kind, name in AGENCY_TYPES.items() if kind != "country")
    return _lines([
        ("name", "ชื่อเต็มของหน่วยงาน เช่น เทศบาลตำบลตัวอย่าง", True, ""),
        ("short", "ชื่อย่อ เช่น ทต.ตัวอย่าง", True, ""),
        ("name_en", "ชื่อภาษาอังกฤษ", False, ""),
        ("type", f"ประเภท พิมพ์คำภาษาอังกฤษคำใดคำหนึ่งต่อไปนี้{kinds}", True, "" if like is None else like.type),
        ("ministry", "กระทรวงหรือต้นสังกัด", False, "" if like is None else like.ministry),
        ("province", "จังหวัดที่ตั้ง", False, "" if like is None else like.province),
    ])  # fmt: skip


def source_text(publisher: str = "") -> str:
    """`source.yml` of a year."""
    return _lines([
        ("document", "ชื่อรายงานตามหน้าปก เช่น รายงานผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567", True, ""),
        ("publisher", "หน่วยงานที่จัดทำรายงาน", True, publisher),
        ("published", "ปีหรือวันที่เผยแพร่ เช่น 2567 หากเว้นว่าง ถือว่ายังไม่เผยแพร่ และหนังสือจะปิดจำนวนของกลุ่มเล็ก", False, ""),
        ("note", "หมายเหตุถึงผู้อ่าน เช่น ค่าที่คัดจากภาพ", False, ""),
    ])  # fmt: skip
