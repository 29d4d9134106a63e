"""Numbers, names and phrases as a Thai official writes them, in the digits of the book."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from itabook.data.text import ARABIC, THAI
from itabook.domain.rules import Instrument
from itabook.domain.scores import rounded

Digits = Literal["arabic", "thai"]
REPORT, LIST = "รายงาน", "บัญชีผลการประเมิน"
"""What the figures of a chapter are printed in: the report of the agency, or a list of many agencies."""
MINUS = "−"

INSTRUMENT_NAMES: dict[Instrument, str] = {
    "IIT": "IIT บุคลากรภายใน",
    "EIT": "EIT ผู้รับบริการภายนอก",
    "OIT": "OIT การเปิดเผยข้อมูล",
}
"""Short names of the instruments, as the look of the book gives them."""

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip

TESTED_NAMES = {
    "total": "คะแนนรวม",
    "IIT": "IIT",
    "EIT": "EIT",
    "EIT1": "EIT ส่วนที่ 1",
    "EIT2": "EIT ส่วนที่ 2",
    "OIT": "OIT",
}

_SUBJECTS = {
    **TESTED_NAMES,
    "agency": "ชื่อหน่วยงาน",
    "changes": "ผลต่างระหว่างปี",
    "national": "ค่าเฉลี่ยระดับประเทศ",
    "national mean": "ค่าเฉลี่ยระดับประเทศ",
    "instrument": "คะแนนแบบวัด",
    "part": "คะแนนรายส่วน",
}
_INDICATOR = re.compile(r"indicator ?(\d*)")
_ISSUE = re.compile(r"issue-(\d+)")
_ITEM = re.compile(r"[IEO]\d+(\.\d+)?")
_SPECIAL = re.compile(r"""[\\`*_{}\[\]#!|<>~^$@&"']|(?<=[-.])[-.]|\A[-+:=]""")
_BLANKS = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_ENUMERATED = re.compile(r"\A(\d+)([.)])")
_SHORT_CODE = re.compile(r"(?<=\{\{<) | (?=>\}\})")
"""The blanks by which Quarto knows a short code in a title, escaped or not."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:lt|gt|amp);)")
_IN_HTML = re.compile(r"\\([<>&])")


@dataclass(frozen=True, slots=True)
class Words:
    """Formatting in the digits of one book; `document` is what the figures are printed in."""

    digits: Digits = "arabic"
    document: str = REPORT

    def document_of(self, name: str) -> str:
        """The document as that of an agency, of which only a part of a list is: รายงานของหน่วยงาน."""
        return f"{self.document}{'ส่วน' if self.document == LIST else ''}ของ{name}"

    def text(self, text: object) -> str:
        """Any text with its digits changed to those of the book."""
        return str(text).translate(THAI if self.digits == "thai" else ARABIC)

    def score(self, value: Decimal | None) -> str:
        """A score with two decimals; an en dash where there is none."""
        return "–" if value is None else self.text(f"{rounded(value):,.2f}")

    def short(self, value: Decimal) -> str:
        """A number without needless decimals: 85, 62.5."""
        return self.text(f"{value.normalize():f}")

    def signed(self, value: Decimal | None) -> str:
        """A change with its sign: +0.91, −2.15, 0.00."""
        if value is None:
            return "–"
        change = rounded(value)
        sign = "+" if change > 0 else MINUS if change < 0 else ""
        return self.text(f"{sign}{abs(change):,.2f}")

    def arrow(self, value: Decimal | None) -> str:
        """A change for a chart: a triangle and the points, a dash where nothing changed."""
        if value is None or rounded(value) == 0:
            return "–"
        return self.text(f"{'▲' if value > 0 else '▼'} {abs(rounded(value)):,.2f}")

    def moved(self, value: Decimal) -> str:
        """A change in words: เพิ่มขึ้น 0.91 คะแนน."""
        change = rounded(value)
        if change == 0:
            return "ไม่เปลี่ยนแปลง"
        return f"{'เพิ่มขึ้น' if change > 0 else 'ลดลง'} {self.text(f'{abs(change):,.2f}')} คะแนน"

    def count(self, value: int) -> str:
        """A whole number with thousands commas."""
        return self.text(f"{value:,}")

    def year(self, year: int) -> str:
        """A fiscal year in full: ปีงบประมาณ พ.ศ. 2564, never broken before the number."""
        return f"ปีงบประมาณ พ.ศ.\u00a0{self.text(year)}"


def long_date(day: date) -> str:
    """A date in full in Thai, with the year of the Buddhist era.

    >>> long_date(date(2026, 11, 21))
    '21 พฤศจิกายน พ.ศ. 2569'
    """
    return f"{day.day} {MONTHS[day.month - 1]} พ.ศ. {day.year + 543}"


def short_date(day: date) -> str:
    """A date where there is little room.

    >>> short_date(date(2026, 11, 21))
    '21 พ.ย. 2569'
    """
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year + 543}"


def one_line(text: str) -> str:
    """Text on one line, each run of blanks as one; a no-break space stays what it is."""
    return _BLANKS.sub(" ", text).strip(" ")


def escape(text: str) -> str:
    r"""Text for markdown in which nothing is taken as markup, HTML, a citation, a short code or a list.

    >>> print(escape("1. <b>x</b> {{< video >}} @fig"))
    1\. \<b\>x\</b\> \{\{\< video \>\}\} \@fig
    """
    plain = _SPECIAL.sub(r"\\\g<0>", _SHORT_CODE.sub("\u00a0", one_line(text)))
    return _ENUMERATED.sub(r"\1\\\2", plain)


def escape_title(text: str) -> str:
    r"""A title as markdown that does no harm where Quarto puts it in a page unread, as in the way to a chapter.

    >>> print(escape_title("<b> & *ก*"))
    &lt;b&gt; &amp; \*ก\*
    """
    return _IN_HTML.sub(lambda sign: html.escape(sign[1]), escape(text))


def unescape(markdown: str) -> str:
    """The text that was escaped; one in which nothing is escaped is as it was.

    >>> unescape(escape_title("<b> & *ก*"))
    '<b> & *ก*'
    """
    return _ESCAPED.sub(lambda sign: sign[1] or html.unescape(sign[2]), markdown)


def join(parts: Iterable[str]) -> str:
    """A list in Thai: blanks between the names, และ before the last, set off where it is not Thai.

    >>> join(["การใช้งบประมาณ", "การใช้อำนาจ"]), join(["IIT", "EIT", "OIT"])
    ('การใช้งบประมาณ และการใช้อำนาจ', 'IIT EIT และ OIT')
    """
    names = list(parts)
    if len(names) < 2:
        return "".join(names)
    return f"{' '.join(names[:-1])} และ{after_thai(names[-1])}"


def after_thai(name: str) -> str:
    """A name to go after a Thai word: a blank before digits and what is not Thai.

    >>> after_thai("คะแนนรวม"), after_thai("EIT"), after_thai("๙๙.๗๖")
    ('คะแนนรวม', ' EIT', ' ๙๙.๗๖')
    """
    return name if "\u0e00" <= name[:1] <= "\u0e4f" else f" {name}"


def subject_name(subject: str, words: Words) -> str:
    r"""What a finding is about, in Thai; empty for an item that is known by its title only.

    >>> subject_name("indicator 8", Words("thai")), subject_name("I20", Words())
    ('ตัวชี้วัดที่\xa0๘', 'ข้อ\xa0I20')
    """
    if subject in _SUBJECTS:
        return words.text(_SUBJECTS[subject])
    if found := _INDICATOR.fullmatch(subject):
        return words.text(f"ตัวชี้วัดที่\u00a0{found[1]}" if found[1] else "ตัวชี้วัด")
    if found := _ISSUE.fullmatch(subject):
        return words.text(f"ประเด็นที่\u00a0{found[1]}")
    return words.text(f"ข้อ\u00a0{subject}") if _ITEM.fullmatch(subject) else ""
