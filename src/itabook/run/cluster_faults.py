"""What can go wrong with a cluster, told to whoever builds."""

import platform
from collections.abc import Iterator

from itabook.language import later, tr
from itabook.run.outcome import Failure
from itabook.run.parcel import made_with
from itabook.run.plan import Run

NAMES = {"itabook": later("โปรแกรม itabook"), "fonts": later("แบบอักษร"), "python": "Python"}
"""Of what is no package, or is known by another name."""
LOST = later(
    "การติดต่อกับ Dask scheduler ขาดไปกลางคัน · วิธีแก้: ตรวจว่า dask scheduler ยังทำงานอยู่ แล้วสั่งอีกครั้ง งานที่เสร็จแล้วไม่ต้องทำซ้ำ"
)
DIED = later("กระบวนการของสมุดบันทึกหยุดทำงานโดยไม่บอกสาเหตุ อาจเพราะหน่วยความจำของเครื่องในคลัสเตอร์ไม่พอ")


def differences(worker: str, theirs: dict[str, str] | Exception) -> Iterator[str]:
    """What keeps a worker from doing runs as this process would: `theirs` is what it has, or why it cannot tell."""
    if isinstance(theirs, Exception):
        said = f"{type(theirs).__name__}: {theirs}"
        remedy = tr("ติดตั้ง itabook[cluster] รุ่นเดียวกันในเครื่องนั้น แล้วเปิด dask worker ใหม่")
        yield tr("เครื่อง {worker} ไม่มี itabook ที่ใช้ได้ ({said}) · วิธีแก้: {remedy}", worker=worker, said=said, remedy=remedy)
    elif not theirs:
        yield tr(
            "เครื่อง {worker} ทำสมุดบันทึกไม่ได้ เพราะระบบปฏิบัติการแยกกระบวนการ (fork) ไม่ได้ · วิธีแก้: ใช้เครื่อง Linux", worker=worker
        )
    else:
        mine = made_with()
        for name in dict.fromkeys((*mine, *theirs)):
            here, there = mine.get(name, tr("ไม่มี")), theirs.get(name, tr("ไม่มี"))
            if here != there:
                remedy = _same(name, here)
                yield tr(
                    "เครื่อง {worker}: {what} รุ่น {there} แต่เครื่องนี้ใช้รุ่น {here} · วิธีแก้: {remedy}",
                    worker=worker,
                    what=tr(NAMES[name]) if name in NAMES else name,
                    there=there,
                    here=here,
                    remedy=remedy,
                )


def _same(name: str, here: str) -> str:
    """What makes a worker have the same version."""
    if name == "python":
        return tr("ใช้ Python {version} ในเครื่องนั้น แล้วเปิด dask worker ใหม่", version=platform.python_version())
    if name == "itabook":
        return tr("ติดตั้ง itabook จากต้นฉบับชุดเดียวกันในทั้งสองเครื่อง แล้วเปิด dask worker ใหม่")
    if name == "fonts" or here == tr("ไม่มี"):
        return tr("ติดตั้งตาม requirements.lock ในทั้งสองเครื่อง แล้วเปิด dask worker ใหม่")
    return tr("สั่ง pip install {name}=={here} ในเครื่องนั้น แล้วเปิด dask worker ใหม่", name=name, here=here)


def no_worker(scheduler: str) -> str:
    """That a scheduler has nobody to give work to."""
    remedy = tr("สั่ง dask worker {scheduler} ในเครื่องที่จะให้ช่วยทำงาน แล้วสั่งอีกครั้ง", scheduler=scheduler)
    return tr("Dask scheduler ที่ {scheduler} ไม่มี worker เลย · วิธีแก้: {remedy}", scheduler=scheduler, remedy=remedy)


def failure_of(run: Run, said: str) -> Failure:
    """Of a run that came to nothing on its worker."""
    remedy = tr(
        "วิธีแก้: ดูข้อความของ dask worker หรือลดงานพร้อมกัน (dask worker --nthreads 1) แล้วสั่งอีกครั้ง งานที่เสร็จแล้วไม่ต้องทำซ้ำ"
    )
    return Failure.without_a_cell(run, said, remedy)
