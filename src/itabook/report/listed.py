"""What the chapter of an agency leaves out, and says instead, where there is no report but only a row of a list."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Text
from itabook.words import LIST, escape

P = ParamSpec("P")
T = TypeVar("T")
Shows = Callable[Concatenate[AgencyYearChapter, P], T]
ONLY_SCORES = (
    f"บทนี้จัดทำจาก{LIST}ของหลายหน่วยงาน ซึ่งมีเพียงคะแนนและระดับ "
    "จึงไม่มีหัวข้อที่ต้องใช้รายงานของหน่วยงาน เช่น ผู้ตอบแบบวัด ข้อคำถาม และมาตรการ"
)


def of_a_report(show: Shows[P, T]) -> Shows[P, T | Text]:
    """For what tells which things a report holds or lacks: empty where there is none, so that its heading goes too."""

    @wraps(show)
    def shown(chapter: AgencyYearChapter, /, *args: P.args, **kwargs: P.kwargs) -> T | Text:
        return Text("") if chapter.result.listed else show(chapter, *args, **kwargs)

    return shown


def row_of_a_list(chapter: AgencyYearChapter) -> str:
    """Where the figures of a listed agency come from, as the list tells."""
    source = chapter.words.text(chapter.result.source.document)
    said = f"ซึ่งระบุที่มาว่า “{escape(source)}”" if source else "ซึ่งไม่ระบุที่มาของคะแนน"
    return f"ตัวเลขในบทนี้คัดจากแถวของหน่วยงานใน{LIST}{chapter.words.year(chapter.result.fiscal_year)} {said}"
