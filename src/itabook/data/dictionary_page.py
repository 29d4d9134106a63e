"""The data dictionary: docs/data-dictionary.md, made from the schemas, so that it says what is checked.

`python -m itabook.data.dictionary_page docs/data-dictionary.md` writes it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from itabook.data.dictionary import TABLES, ColumnText, TableText
from itabook.data.schemas import LEAST_TOO_LARGE, MOST_DECIMALS, PEERS, SPECS, ColumnKind, ColumnSpec, TableSpec

_DECIMALS = f"ทศนิยมไม่เกิน {MOST_DECIMALS} ตำแหน่ง"
_WHOLE_DIGITS = f"ไม่เกิน {len(str(LEAST_TOO_LARGE)) - 1} หลัก"
KINDS: MappingProxyType[ColumnKind, str] = MappingProxyType({
    "text": "ข้อความ",
    "choice": "คำที่กำหนด",
    "score": f"คะแนน 0 ถึง 100 {_DECIMALS}",
    "points": f"คะแนน 0 ถึง 100 {_DECIMALS}",
    "percent": f"ร้อยละ 0 ถึง 100 {_DECIMALS}",
    "count": f"จำนวนเต็มตั้งแต่ 0 ขึ้นไป {_WHOLE_DIGITS}",
    "figure": f"ตัวเลข {_WHOLE_DIGITS} {_DECIMALS}",
    "indicator": "เลข 1 ถึง 10",
    "item": "รหัสข้อ ขึ้นต้นด้วย I, E หรือ O ตามด้วยเลข",
})  # fmt: skip
"""What a cell of each kind holds, in Thai."""
_CHANGES = f"คะแนน 0 ถึง 100 หรือผลต่าง -100 ถึง 100 {_DECIMALS}"
"""A score in a table whose column `measure` tells scores from changes."""

_HEAD = """\
# พจนานุกรมข้อมูล

<!-- สร้างจาก src/itabook/data/schemas.py และ dictionary.py ด้วย make data-dictionary ไม่ต้องแก้แฟ้มนี้ด้วยมือ -->

ตารางของหน่วยงานหนึ่งในปีหนึ่งอยู่ใน `data/raw/<หน่วยงาน>/<ปี>/` เป็นแฟ้ม CSV (UTF-8) ชื่อเดียวกับตาราง หรือเป็นแผ่นงานชื่อเดียวกันใน
`ita.xlsx` ตารางใดไม่มีไม่ต้องใส่ ตารางที่ใส่ต้องมีหัวตารางครบทุกคอลัมน์ ช่องที่ไม่บังคับเว้นว่างได้ ตัวเลขพิมพ์ด้วยเลขไทยหรือเลขอารบิกก็ได้ ตามที่รายงานพิมพ์
`make check` ตรวจทุกช่องตามที่ระบุในหน้านี้
"""


def page() -> str:
    """The whole page as Markdown: a section for each table, a row for each column."""
    sections = (_section(spec, TABLES[name]) for name, spec in SPECS.items())
    return "\n".join((_HEAD, *sections))


def _section(spec: TableSpec, text: TableText) -> str:
    file = f"data/raw/{spec.name}/<ปี>.csv" if spec is PEERS else f"{spec.name}.csv"
    lines = [f"## {text.title} (`{file}`)", "", text.description, ""]
    lines += _row("คอลัมน์", "ชื่อ", "ต้องกรอก", "ค่าที่รับ", "ความหมาย", "ตัวอย่าง"), _row(*["---"] * 6)
    lines += (_column(column, text.columns[column.name], spec) for column in spec.columns)
    key = ", ".join(f"`{name}`" for name in spec.key)
    return "\n".join((*lines, "", f"สองแถวถือว่าซ้ำกันเมื่อ {key} เหมือนกันทั้งหมด", ""))


def _column(spec: ColumnSpec, text: ColumnText, table: TableSpec) -> str:
    required = "ใช่" if spec.required else ""
    return _row(f"`{spec.name}`", text.title, required, _accepted(spec, table), text.description, f"`{text.example}`")


def _accepted(spec: ColumnSpec, table: TableSpec) -> str:
    if spec.kind == "choice":
        return f"{KINDS[spec.kind]}: {' '.join(_words(spec))}"
    return _CHANGES if spec.kind == "score" and "measure" in table.names else KINDS[spec.kind]


def _words(spec: ColumnSpec) -> Iterator[str]:
    """The fixed words of a column, those that mean the same together: `male`/`ชาย`."""
    stored = dict.fromkeys(word for word in spec.words.values() if word)
    for meaning in stored:
        yield "/".join(f"`{typed}`" for typed, kept in spec.words.items() if kept == meaning)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
