"""Where the figures of a chapter come from."""

from itabook.domain.rules import Confidence
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Text
from itabook.report.words import escape, join

CONFIDENCE: dict[Confidence, str] = {"certain": "ยืนยันแล้ว", "likely": "น่าเชื่อถือ", "unsure": "ยังไม่ยืนยัน"}


def provenance(chapter: AgencyYearChapter) -> Text:
    """One paragraph: the report, the places in it, the rules used and how sure they are."""
    result, words = chapter.result, chapter.words
    source, rules = result.source, result.rules
    published = f" เผยแพร่ พ.ศ.\u00a0{words.text(source.published)}" if source.published else ""
    document = f"ตัวเลขในบทนี้คัดจากรายงาน “{escape(words.text(source.document))}” ของ{escape(source.publisher)}{published}"
    places = list(dict.fromkeys(row.where for row in result.scores if row.where))[:3]
    where = f"คะแนนอยู่ใน{join(escape(words.text(place)) for place in places)}" if places else ""
    used = (
        f"เกณฑ์ที่ใช้คือเกณฑ์ของ{words.year(result.fiscal_year)} "
        f"(น้ำหนักแบบวัด: {CONFIDENCE[rules.weights.confidence]} ระดับผลการประเมิน: {CONFIDENCE[rules.levels.confidence]})"
    )
    mean = chapter.national_mean
    country = f"ค่าเฉลี่ยระดับประเทศ: {CONFIDENCE[mean.confidence]}" if mean else ""
    note = escape(words.text(source.note)) if source.note else ""
    return Text("\n\n".join(part for part in (f"{document} {where}", f"{used} {country}", note) if part.strip()))
