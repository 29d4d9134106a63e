"""One family of errors: each says where the fault is, what is there, and what to do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from itabook.language import tr

LONGEST_SHOWN = 120
"""Letters of a value that a message shows; the rest of it is in the file."""
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that move the cursor, colour the terminal, or turn the direction of text."""


def code_points(letters: Iterable[str]) -> str:
    r"""Characters by their numbers, for those that nobody can see.

    >>> code_points("\x1b\u202e")
    'U+001B U+202E'
    """
    return " ".join(f"U+{ord(letter):04X}" for letter in letters)


def visible(text: str) -> str:
    r"""Text for a terminal: what would steer it is shown by its number, lines stay lines.

    >>> visible("9\x1b[2J1")
    '9<U+001B>[2J1'
    """
    return _UNSAFE.sub(lambda found: f"<{code_points(found[0])}>", text)


def shortened(text: str) -> str:
    """Text for a message: visible, and cut where it is long."""
    return visible(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")


class ItabookError(Exception):
    """Any fault that a user can act on; its text is a full message, printed without a traceback."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in one place of the input.

    Attributes:
        file: path of the file, relative to the project where it lies in it.
        problem: what is wrong, in the language of the program, one sentence.
        remedy: what to do, in the language of the program, one sentence.
        sheet: sheet of a workbook, empty for other files.
        row: row as the user's program numbers it (the header is row 1), or None.
        column: name of the column or key, empty where the fault is of the whole row or file.
        value: what stands there, as typed.
    """

    file: str
    problem: str
    remedy: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    @property
    def place(self) -> str:
        """File, sheet, row and column, the parts that are known."""
        parts = [visible(self.file)]
        if self.sheet:
            parts.append(tr("แผ่นงาน {sheet}", sheet=shortened(self.sheet)))
        if self.row is not None:
            parts.append(tr("แถว {row}", row=self.row))
        if self.column:
            parts.append(tr("คอลัมน์ {column}", column=shortened(self.column)))
        return " ".join(parts)

    @property
    def shown(self) -> str:
        """The value as a message shows it."""
        return shortened(self.value)

    def __str__(self) -> str:
        """One line: place, problem, value, remedy."""
        value = f" {tr('(พบ {shown!r})', shown=self.shown)}" if self.value else ""
        return tr(
            "{place}: {problem}{value} · วิธีแก้: {remedy}",
            place=self.place,
            problem=visible(self.problem),
            value=value,
            remedy=visible(self.remedy),
        )


class DataError(ItabookError):
    """Raw data or parameters that cannot be read; carries every fault found, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """One line a fault."""
        return "\n".join(str(fault) for fault in self.faults)
