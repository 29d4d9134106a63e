"""One family of errors: each says where the fault is, what is there, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass


class ItabookError(Exception):
    """Any fault that a user can act on; its text is a full message, printed without a traceback."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in one place of the input.

    Attributes:
        file: path of the file, relative to the project where it lies in it.
        problem: what is wrong, in Thai, one sentence.
        remedy: what to do, in Thai, one sentence.
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
        """File, sheet, row and column in Thai, the parts that are known."""
        parts = [self.file]
        if self.sheet:
            parts.append(f"แผ่นงาน {self.sheet}")
        if self.row is not None:
            parts.append(f"แถว {self.row}")
        if self.column:
            parts.append(f"คอลัมน์ {self.column}")
        return " ".join(parts)

    def __str__(self) -> str:
        """One line: place, problem, value, remedy."""
        value = f" (พบ {self.value!r})" if self.value else ""
        return f"{self.place}: {self.problem}{value} · วิธีแก้: {self.remedy}"


class DataError(ItabookError):
    """Raw data or parameters that cannot be read; carries every fault found, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """One line a fault."""
        return "\n".join(str(fault) for fault in self.faults)
