"""The faults of publishing."""

from itabook.errors import ItabookError
from itabook.language import tr


class PublishError(ItabookError):
    """A book that cannot be published: a chapter, a reference, a font or a tool is at fault."""


def missing_target(reference: str) -> str:
    """What is said of a reference to nothing, by either renderer."""
    return tr("อ้างถึง @{reference} ซึ่งไม่มีในเล่ม · วิธีแก้: ตรวจ label ของรูปหรือตาราง", reference=reference)
