"""The XML parts of a workbook before they are parsed: no definitions of entities, and no more cells than are honest."""

import re
from collections import Counter
from collections.abc import Mapping
from xml.parsers import expat
from itabook.language import later, tr

MOST_AREA = 2_000_000
"""Cells from A1 to the last one that holds something: a reader keeps them all, the empty ones too."""
MOST_LETTERS = 20_000_000
"""Letters of all cells: a text that is stored once may stand in any number of cells."""
_CELL = re.compile(r"([A-Z]{1,5})([0-9]{1,9})")
_VALUES = ("v", "f", "is")
_AGAIN = later("เปิดด้วยเอกเซลหรือ LibreOffice แล้วบันทึกเป็น .xlsx ใหม่")
_CLEAR = later("ลบเนื้อหาในช่องที่อยู่ไกลจากตาราง (กด Ctrl+End เพื่อไปช่องสุดท้าย) แล้วบันทึกใหม่")


class PartError(Exception):
    """A part that is refused: problem and remedy, and the value found."""


class Parts:
    """Looks at the parts of one workbook, one after the other; PartError for the first that is refused."""

    def __init__(self) -> None:
        self._strings: list[int] = []
        self._used: Counter[int] = Counter()
        self._letters = 0

    def look(self, content: bytes) -> None:
        """Look at one part. PartError where it is no XML, defines entities, or fills cells too far out."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        part = _Part(self._strings, self._used)
        parser.StartElementHandler = part.start
        parser.EndElementHandler = part.end
        parser.CharacterDataHandler = part.text
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError, UnicodeError) as error:
            raise PartError(tr("แฟ้มข้างในสมุดงานไม่ใช่ XML ที่ถูกต้อง"), tr(_AGAIN), "") from error
        self._letters += part.letters

    def finish(self) -> None:
        """After all parts: PartError where their cells hold more text than is honest."""
        lengths = dict(enumerate(self._strings))
        letters = self._letters + sum(lengths.get(number, 0) * times for number, times in self._used.items())
        if letters > MOST_LETTERS:
            raise PartError(tr("ข้อความในสมุดงานยาวรวมเกิน {most:,} ตัวอักษร", most=MOST_LETTERS), tr(_CLEAR), tr("{letters:,} ตัวอักษร", letters=letters))


class _Part:
    """What one part holds, told element by element; names of elements are taken without their prefix."""

    def __init__(self, strings: list[int], used: Counter[int]) -> None:
        self.letters = 0
        self._strings, self._used = strings, used
        self._row = self._column = self._last_row = self._last_column = 0
        self._shared = self._in_value = self._in_string = False
        self._value = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
        elif local == "c":
            self._row, self._column = _place(attributes.get("r", ""), self._row, self._column + 1)
            self._shared = attributes.get("t") == "s"
        elif local == "si":
            self._strings.append(0)
            self._in_string = True
        elif local in _VALUES:
            self._in_value, self._value = local == "v" and self._shared, ""
            self._fill()

    def end(self, name: str) -> None:
        if self._in_value:
            self._used[_number(self._value.strip(), -1)] += 1
        local = name.rpartition(":")[2]
        self._in_value = self._in_value and local not in _VALUES
        self._in_string = self._in_string and local != "si"

    def text(self, text: str) -> None:
        self.letters += len(text)
        if self._in_string:
            self._strings[-1] += len(text)
        if self._in_value:
            self._value += text

    def _fill(self) -> None:
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._last_row * self._last_column > MOST_AREA:
            problem = tr("มีข้อมูลอยู่ไกลจากตาราง รวมพื้นที่เกิน {most:,} ช่อง", most=MOST_AREA)
            raise PartError(problem, tr(_CLEAR), tr("แถว {row:,} คอลัมน์ที่ {column:,}", row=self._last_row, column=self._last_column))


def _refuse_doctype(*_: object) -> None:
    raise PartError(tr("แฟ้มข้างในสมุดงานมี DOCTYPE ซึ่งสมุดงานปกติไม่มี"), tr(_AGAIN), "<!DOCTYPE")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def _place(name: str, row: int, column: int) -> tuple[int, int]:
    """Row and column of a cell by its name (B12); the given ones where it has none."""
    found = _CELL.fullmatch(name.upper())
    if found is None:
        return row, column
    number = 0
    for letter in found[1]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return int(found[2]), number
