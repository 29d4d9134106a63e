"""What became of a run."""

from dataclasses import dataclass
from typing import Literal

from itabook.language import later, tr
from itabook.run.plan import Run

Status = Literal["ran", "skipped", "failed in a cell", "failed before running", "failed to publish", "not started"]
STATUS_NAMES: dict[Status, str] = {
    "ran": later("สร้างใหม่"),
    "skipped": later("ใช้ของเดิม"),
    "failed in a cell": later("ล้มเหลวในเซลล์"),
    "failed before running": later("ล้มเหลวก่อนเริ่ม"),
    "failed to publish": later("จัดหน้าไม่สำเร็จ"),
    "not started": later("ยังไม่ได้เริ่ม"),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a run failed.

    Attributes:
        cell: number of the cell, counted from 1; None where no cell had begun.
        source: source of that cell.
        error: the exception, one line.
        traceback: as Python prints it, without colours; empty where there is none.
        message: what a user reads, with the remedy.
    """

    cell: int | None
    source: str
    error: str
    traceback: str
    message: str

    @classmethod
    def without_a_cell(cls, run: Run, said: str, remedy: str) -> "Failure":
        """Of a run whose process came to nothing and cannot tell where."""
        message = tr(
            "สมุดบันทึก {notebook} ({slug}) {said}\n{remedy}",
            notebook=run.notebook.name,
            slug=run.slug,
            said=said,
            remedy=remedy,
        )
        return cls(None, "", said, "", message)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run and what became of it.

    Attributes:
        why: why it ran; empty where it was skipped.
        seconds: how long it took, all attempts together.
        attempts: how often it was started.
    """

    run: Run
    status: Status
    why: str = ""
    seconds: float = 0.0
    attempts: int = 0
    failure: Failure | None = None

    @property
    def failed(self) -> bool:
        """Whether it was started and came to nothing."""
        return self.failure is not None
