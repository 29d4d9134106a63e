"""How far figures reach: what may be compared with what."""

from collections.abc import Iterator

from itabook.domain.proofreading.finding import Outcome, Remark, Rule, Subject
from itabook.domain.rules import FIRST_YEAR


def change_across_regimes(subject: Subject) -> Iterator[Outcome]:
    """A printed change from a year under other rules; FY2561 had five indices instead of ten indicators."""
    result, previous = subject.result, subject.previous
    rows = [row for row in result.scores if row.measure == "change" and row.value is not None]
    if not rows or (previous is None and result.fiscal_year != FIRST_YEAR):
        return
    if previous is not None and previous.rules.regime == result.rules.regime:
        yield None
        return
    before = result.fiscal_year - 1
    yield Remark(
        "note", "changes", printed=rows[0].printed, where=rows[0].where,
        message=f"ผลต่างที่พิมพ์ {len(rows)} ค่าเทียบปีงบประมาณ พ.ศ. {before} กับ พ.ศ. {result.fiscal_year} ซึ่งใช้เกณฑ์ต่างกัน",
        explanation="สองปีนี้ต่างกันที่ชื่อระดับ วิธีคำนวณ EIT หรือจำนวนข้อคำถาม จึงไม่ควรอ่านเป็นแนวโน้มเดียวกัน"
        if previous is not None
        else "ปีงบประมาณ พ.ศ. 2561 วัดด้วยห้าดัชนี ไม่ใช่สิบตัวชี้วัด จึงเทียบกันไม่ได้",
    )  # fmt: skip


RULES = (Rule("change-across-regimes", "ผลต่างเทียบปีที่ใช้เกณฑ์เดียวกัน", change_across_regimes),)
