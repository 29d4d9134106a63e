"""Options that several commands have, each with its help."""

import os
from enum import StrEnum
from typing import Annotated

import typer

from itabook.errors import ItabookError
from itabook.language import tr
from itabook.run.engines import Engine, fork_is_safe


class EngineName(StrEnum):
    """What runs the cells."""

    auto = "auto"
    fork = "fork"
    kernel = "kernel"


CORES = os.cpu_count() or 1
Jobs = Annotated[int, typer.Option(min=1, help=tr("จำนวนงานที่ทำพร้อมกัน"))]
EngineOption = Annotated[EngineName, typer.Option("--engine", help=tr("สิ่งที่สั่งเซลล์ให้ทำงาน (auto เลือก fork เมื่อปลอดภัย)"))]
KeepGoing = Annotated[bool, typer.Option("--keep-going", help=tr("ทำรายการอื่นต่อเมื่อมีรายการล้มเหลว"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=tr("บอกว่าจะทำอะไรเพราะเหตุใด โดยไม่เขียนอะไรลงดิสก์"))]
Force = Annotated[bool, typer.Option("--force", help=tr("สร้างใหม่ทั้งหมดแม้ไม่มีอะไรเปลี่ยน"))]


def engine_of(name: EngineName) -> Engine:
    """The engine of that name; by itself fork where that is safe. ItabookError for fork where it is not."""
    if name is EngineName.auto:
        return "fork" if fork_is_safe() else "kernel"
    if name is EngineName.fork and not fork_is_safe():
        raise ItabookError(tr("ระบบนี้ใช้ --engine fork ไม่ได้ · วิธีแก้: ใช้ --engine kernel"))
    return "fork" if name is EngineName.fork else "kernel"
