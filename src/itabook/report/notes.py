"""What is to be said of a score that the report prints otherwise, twice, or not at all."""

from itabook.domain.results import Figure
from itabook.report.words import Words, join

COMPUTED = "คำนวณจากคะแนนตัวชี้วัด ไม่ปรากฏในรายงาน"


def figure_note(figure: Figure | None, words: Words) -> str:
    """The note on a figure; empty where the report prints it once and right."""
    if figure is None:
        return ""
    other = join(words.text(value) for value in figure.differing)
    if not figure.printed:
        return f"รายงานระบุ {other} ซึ่งไม่สอดคล้องกับคะแนนอื่นในรายงาน" if other else COMPUTED
    return f"รายงานระบุ {other} ไว้อีกแห่งหนึ่ง" if other else ""
