"""How the commands tell what of data/raw cannot be read, and that they go on with the rest."""

from collections.abc import Sequence

from itabook.cli.console import err, fault_table, tell
from itabook.data.library import Library
from itabook.data.parquet import Pair
from itabook.data.unread import Unread, faults_in
from itabook.language import tr
from itabook.run.plan import beside

NAMED = 10
"""So many folders are named in a warning."""


def print_faults(unread: Sequence[Unread]) -> bool:
    """Every fault of what cannot be read, and which forms are still blank; whether there are faults."""
    faulty, blank = _faulty(unread), [one for one in unread if one.blank]
    faults = faults_in(faulty)
    if faults:
        title = tr("พบข้อผิดพลาด {faults} แห่ง อ่านข้อมูลไม่ได้ {parts} ชุด", parts=len(faulty), faults=len(faults))
        err.print(fault_table(title, faults))
    if blank:
        tell(tr("ยังไม่ได้กรอก: {listed}", listed=_listed(blank)))
    return bool(faults)


def warn(unread: Sequence[Unread]) -> None:
    """That something cannot be read, which the command does not need; nothing for forms that are still blank."""
    if faulty := _faulty(unread):
        said = tr(
            "คำเตือน: อ่าน {listed} ไม่ได้ จึงทำต่อโดยไม่มีข้อมูลนี้ · วิธีแก้: สั่ง itabook check เพื่อดูข้อผิดพลาดทุกแห่ง",
            listed=_listed(faulty),
        )
        tell(said)


def lost_beside(library: Library, pairs: Sequence[Pair]) -> tuple[Unread, ...]:
    """What cannot be read of all that some agency-years are proofread against."""
    return library.lost(beside(pairs))


def _faulty(unread: Sequence[Unread]) -> list[Unread]:
    return [one for one in unread if not one.blank]


def _listed(unread: Sequence[Unread]) -> str:
    """Their folders; of many the first ones and how many more there are."""
    named = ", ".join(f"data/raw/{one.name}" for one in unread[:NAMED])
    more = len(unread) - NAMED
    return tr("{named} และอีก {more} แห่ง", named=named, more=more) if more > 0 else named
