"""What the place of a row in the report tells: its number in a list, its section, its issue, its instrument."""

import re
from functools import lru_cache

from itabook.domain.rules import INSTRUMENTS, Instrument

_NUMBER = re.compile(r"ข้อ (\d+\.\d+)")
_ISSUE = re.compile(r"ประเด็นที่ (\d+)")
_INSTRUMENT = re.compile("|".join(INSTRUMENTS))


def row_number(where: str) -> str:
    """The number that the report gives a row of a list; empty where it gives none.

    >>> row_number("ประเด็นที่ 3 ตารางผลการวิเคราะห์ ข้อ 3.5")
    '3.5'
    """
    numbers = _NUMBER.findall(where) if _ISSUE.search(where) else []
    return numbers[-1] if numbers else ""


def section(where: str) -> str:
    """The place without the number of the row in it.

    >>> section("ประเด็นที่ 3 ตารางผลการวิเคราะห์ ข้อ 3.5")
    'ประเด็นที่ 3 ตารางผลการวิเคราะห์'
    """
    return _NUMBER.split(where)[0].strip()


def issue(where: str) -> str:
    """The issue that a row stands under, as plans name it ("issue-3"); empty for none."""
    found = _ISSUE.search(where)
    return f"issue-{found[1]}" if found else ""


def heading(where: str) -> Instrument | None:
    """The instrument of the heading that a row stands under: the first one named; None where none is."""
    found = _INSTRUMENT.search(where)
    return next((code for code in INSTRUMENTS if found and code == found[0]), None)


@lru_cache(maxsize=4096)
def same_words(text: str) -> str:
    """Wording without blanks and punctuation, so that two prints of one title are equal."""
    return re.sub(r"[^\w\u0e31\u0e34-\u0e4e]", "", text).casefold()
