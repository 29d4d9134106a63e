"""Text of a cell as people type it, made comparable: Thai digits, sara am, dashes, item codes."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
MEMORY = 2**14
"""How many cells of numbers are remembered: more than all scores of two decimals, which fill the peers of a year."""
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff\u00ad]")
_LINE_END = re.compile("[\x85\u2028\u2029]")
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_MISSING = frozenset({"", "-", "–", "—", "−", "ไม่มีข้อมูล", "n/a", "N/A"})
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?")
_CODE = re.compile(r"([IEOo0๐])\s*[.-]?\s*([\d๐-๙]{1,2})((?:\.[\d๐-๙]{1,2})?)")


def clean(text: str) -> str:
    """Text without invisible characters and doubled blanks, sara am and sara ae in one code point each.

    >>> clean("ดํา\u200bเนิน  เเผน")
    'ดำเนิน แผน'
    """
    text = _LINE_END.sub("\n", _INVISIBLE.sub("", text)).replace("\u00a0", " ")
    text = _SARA_AM.sub("\\1\u0e33", text).replace("\u0e40\u0e40", "\u0e41")
    return re.sub(r"[ \t\r\f\v]*\n[ \t\r\f\v]*", "\n", re.sub(r"[ \t\r\f\v]+", " ", text)).strip()


def arabic(text: str) -> str:
    """Thai digits as Arabic ones."""
    return text.translate(ARABIC)


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no value: blank, a dash, or words for it."""
    return clean(text) in _MISSING


@lru_cache(maxsize=MEMORY)
def number(text: str) -> Decimal | None:
    """A number as printed: Thai or Arabic digits, thousands commas, a sign, a percent sign.

    None for a missing value; ValueError for anything else that is not a number.

    >>> number("๑,๐๙๕.๕๐")
    Decimal('1095.50')
    """
    if is_missing(text):
        return None
    plain = arabic(clean(text)).replace("−", "-").replace("–", "-").replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    try:
        return Decimal(plain.replace(",", "").rstrip("%"))
    except InvalidOperation as error:  # pragma: no cover - the pattern admits no such text
        raise ValueError(text) from error


def item_code(text: str) -> str:
    """An item code in its official form; text that is no item code is returned cleaned.

    OIT codes are typed with a zero or a Thai zero for the letter O.

    >>> item_code("๐๑๒"), item_code("I30.2"), item_code("o 7")
    ('O12', 'I30.2', 'O7')
    """
    plain = clean(text)
    match = _CODE.fullmatch(plain)
    if not match:
        return plain
    letter = match[1] if match[1] in "IE" else "O"
    return f"{letter}{int(arabic(match[2]))}{arabic(match[3])}"
