"""Where a line of Thai may end: between the words that PyThaiNLP finds, never inside a term of the glossary.

Pages and charts share what is decided here: `assets/filters/words.lua` sets what `pieces` gives, `parts` is for charts.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from itabook.data.project import find_project

GLOSSARY = "assets/glossary.txt"
RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
"""Thai letters and their marks in a row; digits, blanks and all other signs end it."""
LONGEST = 18
"""Letters of the longest piece: it fits on a line of 60 mm at the size of body text."""
SHORT = 9
"""Letters of the longest word where a line is too narrow for a piece."""
HEADS = frozenset({"การ", "ความ", "ผู้", "นัก", "ไม่"})
"""Words that are read with the one after them: a line does not end with them."""
BEFORE = ("ที่", "ข้อ", "ร้อยละ", "พ.ศ.", "ปี", "หน้า", "บท", "รูป", "ตาราง", "ระดับ", "จำนวน", "ส่วน", "รุ่น", "มาตรา")
"""What a number after it stays with."""
UNITS = frozenset({
    "คะแนน", "ข้อ", "คน", "ราย", "รายการ", "หน่วยงาน", "แห่ง", "ตัวชี้วัด", "ประเด็น", "ด้าน", "ปี", "เดือน", "วัน", "ครั้ง",
    "ฉบับ", "หน้า", "บาท", "ล้าน", "ร้อยละ", "จุด", "มาตรการ", "โครงการ", "กิจกรรม", "ส่วน", "ระดับ", "คำถาม",
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
})  # fmt: skip
"""What stays with the number before it."""
_REPEAT = "ๆ"
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_TOKEN = re.compile(f"{RUN.pattern}| +|[^ \u0e01-\u0e3a\u0e40-\u0e4e]+")


def letters(text: str) -> int:
    """How many letters take room: vowels and tones above and below take none.

    >>> letters("ประเมิน"), letters("ผู้รับ")
    (6, 3)
    """
    return len(text) - len(_MARKS.findall(text))


def warm() -> None:
    """Load the dictionary once, for all processes forked from this one."""
    _dictionary()


class _Words:
    """The words of a dictionary by how they begin, for PyThaiNLP, whose tree of 62,000 words takes a second to grow."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._lengths: dict[str, list[int]] = {}
        for head, length in sorted({(word[:2], len(word)) for word in self._words}):
            self._lengths.setdefault(head, []).append(length)

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """The words that stand at a place of a text, the shortest first."""
        heads = dict.fromkeys((text[start : start + 1], text[start : start + 2]))
        lengths = (length for head in heads for length in self._lengths.get(head, ()))
        found = (text[start : start + length] for length in lengths if start + length <= len(text))
        return [word for word in found if word in self._words]

    def __len__(self) -> int:
        """How many words there are."""
        return len(self._words)


@cache
def _dictionary(longest: int = LONGEST) -> _Words:
    """That of PyThaiNLP, without the names of ministries and the like that are too long for one piece."""
    from pythainlp.corpus import thai_words  # noqa: PLC0415 - slow to import, and many charts wrap no text

    return _Words(word.strip() for word in thai_words() if letters(word) <= longest)


class LineBreaks:
    """Finds the pieces of Thai text between which a line may end.

    Args:
        terms: words that stay whole; one longer than `LONGEST` may be broken between its words.

    Example:
        >>> breaks = LineBreaks(["คะแนนเฉลี่ย"])
        >>> breaks.pieces("คะแนนเฉลี่ยของการประเมินต่างๆ")
        ('คะแนนเฉลี่ย', 'ของ', 'การประเมิน', 'ต่างๆ')
        >>> breaks.parts("ได้ 85 คะแนน ใน พ.ศ. 2564")
        ['ได้ ', '85 คะแนน ', 'ใน ', 'พ.ศ. 2564']
    """

    def __init__(self, terms: Collection[str]) -> None:
        self._terms = _Words(term for term in terms if 1 < letters(term) <= LONGEST)

    @lru_cache(maxsize=2**14)  # noqa: B019 - a process has few of these, and words come again on every page
    def pieces(self, run: str) -> tuple[str, ...]:
        """A run of Thai letters (see `RUN`) in pieces."""
        ends = set(_ends(_words_of(run, LONGEST))) - set(self._inside_terms(run))
        return tuple(_with_heads(_cut(run, sorted(ends))))

    def parts(self, text: str) -> list[str]:
        """Any text in parts, blanks at their ends: a line may end after each."""
        parts = [""]
        for token in _TOKEN.findall(text):
            if RUN.fullmatch(token):
                first, *rest = self.pieces(token)
                joined = not parts[-1].endswith(" ") or self._belongs(parts[-1], first)
                parts[-1:] = [parts[-1] + first] if joined else [parts[-1], first]
                parts += rest
            elif token.startswith(" ") or not parts[-1].endswith(" ") or self._belongs(parts[-1], token):
                parts[-1] += token
            else:
                parts.append(token)
        return [part for part in parts if part]

    @staticmethod
    def _belongs(before: str, after: str) -> bool:
        """Whether what stands after a blank stays with what stands before it."""
        said = before.rstrip(" ")
        if after[:1].isdigit():
            return said.endswith(BEFORE)
        return after.startswith(_REPEAT) or (said[-1:].isdigit() and after in UNITS)

    def _inside_terms(self, run: str) -> Iterator[int]:
        """Every place inside a term, the longest term at each place."""
        at = 0
        while at < len(run):
            found = max(self._terms.prefixes(run, at), key=len, default="")
            yield from range(at + 1, at + len(found))
            at += len(found) or 1


def words(run: str) -> tuple[str, ...]:
    """A run of Thai letters in short words, no term or compound kept: for a line that is too narrow for these.

    >>> words("เทคโนโลยีสารสนเทศ")
    ('เทคโนโลยี', 'สารสนเทศ')
    """
    return tuple(_with_heads([part for word in _words_of(run, LONGEST) for part in _parts_of(word)]))


def _parts_of(word: str) -> list[str]:
    """A compound in its words; a word from abroad, whose syllables look like words, stays whole."""
    parts = _words_of(word, SHORT) if letters(word) > SHORT else [word]
    return parts if all(letters(part) > 2 for part in parts) else [word]


def _words_of(run: str, longest: int) -> list[str]:
    from pythainlp.tokenize import word_tokenize  # noqa: PLC0415

    dictionary: Any = _dictionary(longest)  # what it asks of a tree of words: `prefixes`, and whether it is empty
    return word_tokenize(run, custom_dict=dictionary, engine="newmm-safe")


def _ends(words: Iterable[str]) -> Iterator[int]:
    at = 0
    for word in words:
        at += len(word)
        yield at


def _cut(run: str, ends: list[int]) -> list[str]:
    return [run[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _with_heads(words: list[str]) -> list[str]:
    """Words with what may not end or begin a line: a head with the next word, a sign of repetition with the last."""
    pieces: list[str] = []
    for word in words:
        last = pieces[-1] if pieces else ""
        headed = last in HEADS and letters(last + word) <= LONGEST
        if last and (headed or letters(word) < 2 or word.startswith((_REPEAT, "ฯ"))):
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces


def read_glossary(path: Path) -> tuple[str, ...]:
    """The terms of a glossary: one a line; a line that begins with # is a remark."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def project_breaks() -> LineBreaks:
    """What charts use: the glossary of the project."""
    return _breaks_of(read_glossary(find_project().root / GLOSSARY))


@lru_cache
def _breaks_of(terms: tuple[str, ...]) -> LineBreaks:
    return LineBreaks(terms)
