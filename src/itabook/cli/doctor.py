"""`itabook doctor`: what is there, and what to do where something is not."""

import importlib.metadata
import os
import platform
import shutil
from pathlib import Path

import fontpkg
from rich.table import Table

from itabook.cli.console import out
from itabook.errors import ItabookError
from itabook.language import tr


def doctor() -> None:
    """Tell what is installed and what to do where something is not."""
    table = Table(title="itabook doctor", title_justify="left")
    for name in (tr("รายการ"), tr("ที่พบ"), tr("สิ่งที่ต้องทำ")):
        table.add_column(name, overflow="fold")
    table.add_row("Python", platform.python_version(), "")
    for package in ("itabook", "papermill", "matplotlib", "great-tables", "pypandoc-binary", "typst", "jupyterlab"):
        table.add_row(package, *_package(package))
    font = Path(fontpkg.path("Sarabun"))
    table.add_row(
        tr("แบบอักษร Sarabun"), font.name if font.is_file() else tr("ไม่พบ"), "" if font.is_file() else "make .venv"
    )
    table.add_row("Quarto", *_quarto())
    table.add_row(tr("Chromium (ใช้ในการทดสอบ)"), shutil.which("chromium") or tr("ไม่พบ"), tr("ไม่จำเป็นสำหรับการสร้างหนังสือ"))
    out.print(table)


def _package(name: str) -> tuple[str, str]:
    try:
        return importlib.metadata.version(name), ""
    except importlib.metadata.PackageNotFoundError:
        return tr("ไม่พบ"), "make lab" if name == "jupyterlab" else "make .venv"


def _quarto() -> tuple[str, str]:
    remedy = tr("ไม่จำเป็น ใช้ตัวจัดหน้าในตัวแทนได้ ติดตั้งด้วย conda (environment.yml) หรือ make quarto")
    from itabook.publish import find_quarto

    try:
        quarto = find_quarto()
    except ItabookError as error:
        return str(error), tr("ติดตั้ง Quarto 1.9 ขึ้นไป")
    if quarto is None:
        return tr("ไม่พบ"), remedy if not os.environ.get("QUARTO_PATH") else tr("ตรวจค่า QUARTO_PATH")
    return f"{quarto.version} ({quarto.path})", ""
