"""The command line: check, build, doctor."""

import importlib.metadata
import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import fontpkg
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from itabook.data.project import find_project
from itabook.data.raw import digest, read_raw
from itabook.data.store import write
from itabook.errors import DataError, Fault, ItabookError
from itabook.publish import find_quarto, publish
from itabook.run.book import load_book
from itabook.run.build import run_book
from itabook.run.plan import plan

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="หนังสือผลการประเมิน ITA จากข้อมูลดิบถึงเล่ม",
)
out = Console()
err = Console(stderr=True)


class Renderer(StrEnum):
    """Who makes the book."""

    auto = "auto"
    quarto = "quarto"
    builtin = "builtin"


@contextmanager
def _faults_as_messages() -> Iterator[None]:
    """Print a fault that a user can act on, and end with status 1."""
    try:
        yield
    except DataError as error:
        err.print(_fault_table(f"พบข้อผิดพลาด {len(error.faults)} แห่ง ข้อมูลเดิมไม่ถูกแก้ไข", error.faults))
        raise typer.Exit(1) from error
    except ItabookError as error:
        err.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from error


def _fault_table(title: str, faults: tuple[Fault, ...]) -> Table:
    table = Table(title=title, title_justify="left", show_lines=True, expand=False)
    for name in ("ตำแหน่ง", "ปัญหา", "ค่าที่พบ", "วิธีแก้"):
        table.add_column(name, overflow="fold")
    for fault in faults:
        cells = (fault.place, fault.problem, fault.value, fault.remedy)
        table.add_row(*(cell.replace("[", "\\[") for cell in cells))
    return table


@app.command(epilog="ตัวอย่าง: itabook check")
def check() -> None:
    """อ่านและตรวจ data/raw แล้วเขียนตารางที่ตรวจแล้วลง data/processed"""
    with _faults_as_messages():
        project = find_project()
        data = read_raw(project)
        write(project, data, digest(project))
    rows = sum(len(frame) for frame in data.tables.values())
    if data.notices:
        out.print(_fault_table(f"ข้อสังเกต {len(data.notices)} แห่ง (เก็บไว้ตามที่พิมพ์)", data.notices))
    out.print(f"อ่านได้ครบ {len(data.agencies)} หน่วยงาน {len(data.sources)} ชุดข้อมูล {rows:,} แถว", highlight=False)


@app.command(epilog="ตัวอย่าง: itabook build annual --renderer builtin")
def build(
    book: Annotated[str, typer.Argument(help="ชื่อหนังสือใน params/books")] = "annual",
    renderer: Annotated[Renderer, typer.Option(help="โปรแกรมจัดหน้า")] = Renderer.auto,
) -> None:
    """สร้างหนังสือ: สั่งสมุดบันทึกทุกบทผ่าน papermill แล้วจัดหน้าเป็น HTML และ PDF ใน outputs/book"""
    with _faults_as_messages():
        project = find_project()
        chosen = load_book(project, book)
        runs = plan(project, chosen)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=err) as progress:
            task = progress.add_task("สมุดบันทึก", total=len(runs))
            run_book(project, chosen, runs, lambda run: progress.update(task, advance=1, description=run.slug))
        done = publish(project.root, renderer=renderer.value, formats=chosen.formats, report=err.print)
    for path in (done.html, done.pdf):
        if path is not None:
            out.print(f"{path.relative_to(project.root)}", highlight=False)
    out.print(f"จัดหน้าด้วย {done.renderer} {done.version}", highlight=False)


@app.command(epilog="ตัวอย่าง: itabook doctor")
def doctor() -> None:
    """บอกรุ่นของโปรแกรม แบบอักษร และ Quarto ที่พบ พร้อมวิธีแก้เมื่อขาด"""
    table = Table(title="itabook doctor", title_justify="left")
    for name in ("รายการ", "ที่พบ", "สิ่งที่ต้องทำ"):
        table.add_column(name, overflow="fold")
    table.add_row("Python", platform.python_version(), "")
    for package in ("itabook", "papermill", "matplotlib", "great-tables", "pypandoc-binary", "typst", "jupyterlab"):
        table.add_row(package, *_package(package))
    font = Path(fontpkg.path("Sarabun"))
    table.add_row("แบบอักษร Sarabun", font.name if font.is_file() else "ไม่พบ", "" if font.is_file() else "make .venv")
    table.add_row("Quarto", *_quarto())
    table.add_row("Chromium (ใช้ในการทดสอบ)", shutil.which("chromium") or "ไม่พบ", "ไม่จำเป็นสำหรับการสร้างหนังสือ")
    out.print(table)


def _package(name: str) -> tuple[str, str]:
    try:
        return importlib.metadata.version(name), ""
    except importlib.metadata.PackageNotFoundError:
        return "ไม่พบ", "make lab" if name == "jupyterlab" else "make .venv"


def _quarto() -> tuple[str, str]:
    remedy = "ไม่จำเป็น ใช้ตัวจัดหน้าในตัวแทนได้ ติดตั้งด้วย conda (environment.yml) หรือ make quarto"
    try:
        quarto = find_quarto()
    except ItabookError as error:
        return str(error), "ติดตั้ง Quarto 1.9 ขึ้นไป"
    if quarto is None:
        return "ไม่พบ", remedy if not os.environ.get("QUARTO_PATH") else "ตรวจค่า QUARTO_PATH"
    return f"{quarto.version} ({quarto.path})", ""


if __name__ == "__main__":
    app()
