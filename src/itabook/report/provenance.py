"""Where the figures of a chapter come from."""

import re
from urllib.parse import urlparse

from itabook.domain.facts import NationalFigure
from itabook.domain.rules import Confidence
from itabook.report.chapter import AgencyYearChapter
from itabook.report.display import Text
from itabook.report.listed import row_of_a_list
from itabook.words import escape, join

CONFIDENCE: dict[Confidence, str] = {"certain": "ยืนยันแล้ว", "likely": "น่าเชื่อถือ", "unsure": "ยังไม่ยืนยัน"}
_REMARK = re.compile(r"\s*\([^()]*\)$")
PLACES = 3
"""So many places are named in full; more are said to be more."""


def provenance(chapter: AgencyYearChapter) -> Text:
    """The report and the places in it, the rules used and how sure they are, the source of the national mean."""
    result, words = chapter.result, chapter.words
    source, rules = result.source, result.rules
    published = f" เผยแพร่ พ.ศ.\u00a0{escape(words.text(source.published))}" if source.published else ""
    document = f"ตัวเลขในบทนี้คัดจากเอกสาร “{escape(source.document)}” ของ{escape(source.publisher)}{published}"
    if result.listed:
        document = row_of_a_list(chapter)
    used = (
        f"เกณฑ์ที่ใช้คือเกณฑ์ของ{words.year(result.fiscal_year)} "
        f"(น้ำหนักแบบวัด: {CONFIDENCE[rules.weights.confidence]} ระดับผลการประเมิน: {CONFIDENCE[rules.levels.confidence]})"
    )
    note = escape(words.text(source.note)) if source.note else ""
    parts = (f"{document} {_places(chapter)}", f"{used} {_national(chapter)}", note)
    return Text("\n\n".join(part.strip() for part in parts if part.strip()))


def _places(chapter: AgencyYearChapter) -> str:
    """Where in the report the scores stand, without the remarks on how they were copied."""
    places = list(dict.fromkeys(_REMARK.sub("", row.where) for row in chapter.result.scores if row.where))
    if not places:
        return ""
    named = [escape(chapter.words.text(place)) for place in places[:PLACES]]
    listed = join(named) if len(places) <= PLACES else f"{' '.join(named)} เป็นต้น"
    return f"คะแนนปรากฏที่ {listed}"


def _national(chapter: AgencyYearChapter) -> str:
    mean = chapter.national_mean
    if mean is None:
        return ""
    listed = " ".join(escape(name) for name in _source_names(chapter, mean))
    return f"ค่าเฉลี่ยระดับประเทศมาจาก {listed} ({CONFIDENCE[mean.confidence]})"


def _source_names(chapter: AgencyYearChapter, figure: NationalFigure) -> list[str]:
    """The sources of a figure as a reader can find them: a web address by its host, a report by its title."""
    names = []
    for key in figure.source.split(";"):
        described = chapter.sources.get(key.strip(), key.strip())
        names.append(urlparse(described).netloc.removeprefix("www.") or described)
    return list(dict.fromkeys(names))
