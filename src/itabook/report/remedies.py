"""What to add to the raw data where the chapter lacks something, in the words of the workbook that is filled in."""

from collections.abc import Iterable

from itabook.data.dictionary import TABLES
from itabook.data.schemas import SPECS, typed
from itabook.domain.rules import Content


def table_called(name: str) -> str:
    """A table as a reader knows it.

    >>> table_called("measures")
    'ตาราง “มาตรการและข้อเสนอแนะ”'
    """
    return f"ตาราง “{TABLES[name].title}”"


def add_to(what: str, table: str, column: str = "", *stored: str) -> str:
    """That rows are to be added, and what stands in one of their columns.

    >>> add_to("มาตรการ", "measures", "kind", "measure")
    'เพิ่มมาตรการในตาราง “มาตรการและข้อเสนอแนะ” (ชนิด: มาตรการ)'
    """
    rows = f"เพิ่ม{what}ใน{table_called(table)}"
    if not column:
        return rows
    words = " หรือ ".join(typed(SPECS[table], column, word) for word in stored)
    return f"{rows} ({TABLES[table].columns[column].title}: {words})"


def add_issue(what: str, codes: str) -> str:
    """That rows on an issue are to be added; issues have codes, not words."""
    return f"{add_to(what, 'measures')} ({TABLES['measures'].columns['scope'].title}: {codes})"


def _fill_in(column: str, of: str = "ทุกมาตรการ", kind: str = "") -> str:
    """That a column of the measures is to be filled in."""
    rows = f"กรอกช่อง “{TABLES['measures'].columns[column].title}” ของ{of}ใน{table_called('measures')}"
    return (
        f"{rows} ({TABLES['measures'].columns['kind'].title}: {typed(SPECS['measures'], 'kind', kind)})"
        if kind
        else rows
    )


REMEDIES: dict[Content, str] = {
    "total": add_to("คะแนนรวม", "scores", "scope", "total"),
    "level": add_to(f"“{TABLES['scores'].columns['level'].title}”", "scores", "scope", "total"),
    "instruments": add_to("คะแนนรายแบบวัด", "scores", "scope", "instrument"),
    "indicators": add_to("คะแนนรายตัวชี้วัด", "scores", "scope", "indicator"),
    "comparison": f"เพิ่มโฟลเดอร์ข้อมูลของปีก่อนหน้าพร้อม{table_called('scores')}",
    "analysis": f"{add_to('คะแนนรายตัวชี้วัด', 'scores')} หรือ"
    f"{add_to('จุดแข็งและจุดที่ควรพัฒนา', 'measures', 'kind', 'strength', 'weakness')}",
    "issues": add_issue("ข้อความของแต่ละประเด็น", "issue-1 เป็นต้นไป"),
    "items": add_to("ผลรายข้อ", "items"),
    "weaknesses": add_to("จุดที่ต้องแก้ไข", "measures", "kind", "weakness"),
    "improvements": add_to("ข้อเสนอแนะ", "measures", "kind", "recommendation"),
    "application": add_to("ข้อเสนอแนะหรือมาตรการ", "measures", "kind", "recommendation", "measure"),
    "measures": add_to("มาตรการ", "measures", "kind", "measure"),
    "steps": _fill_in("steps"),
    "period": _fill_in("period"),
    "responsible": _fill_in("responsible"),
    "monitoring": _fill_in("monitoring"),
    "follow-up": add_to("ผลการดำเนินการ", "measures", "kind", "follow-up"),
    "follow-up-period": _fill_in("period", "ผลการดำเนินการ", "follow-up"),
}
"""What to do for each content that a document must hold."""


def sheets_named(remedies: Iterable[str]) -> str:
    """Which sheet or file each table is that some remedies name; empty where they name none.

    >>> sheets_named([REMEDIES["items"], REMEDIES["steps"]])
    'ตาราง “ข้อคำถามและข้อ OIT” คือแผ่นงานหรือแฟ้ม items ตาราง “มาตรการและข้อเสนอแนะ” คือแผ่นงานหรือแฟ้ม measures'
    """
    told = "\n".join(remedies)
    return " ".join(f"{table_called(name)} คือแผ่นงานหรือแฟ้ม {name}" for name in TABLES if table_called(name) in told)
