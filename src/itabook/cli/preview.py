"""`itabook preview`: the book in a browser, built again when a source of it is saved."""

import asyncio
import signal
from contextlib import suppress
from typing import Annotated

import typer

from itabook.cli.build import Renderer
from itabook.cli.console import faults_as_messages, tell
from itabook.cli.options import CORES, Jobs
from itabook.data.project import Project, find_project
from itabook.errors import ItabookError
from itabook.language import tr
from itabook.run.book import load_book

PORT = 4200


def preview(
    book: Annotated[str, typer.Argument(metavar=tr("หนังสือ"), help=tr("ชื่อหนังสือใน params/books"))] = "annual",
    port: Annotated[int, typer.Option(min=0, max=65535, help=tr("พอร์ต ถ้าไม่ว่างใช้พอร์ตถัดไป (0 คือพอร์ตใดก็ได้ที่ว่าง)"))] = PORT,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=tr("เปิดเบราว์เซอร์ให้"))] = True,
    jobs: Jobs = CORES,
    renderer: Annotated[Renderer, typer.Option(help=tr("โปรแกรมจัดหน้า"))] = Renderer.auto,
) -> None:
    """Serve the pages of a book and build again what changes."""
    with faults_as_messages(), suppress(KeyboardInterrupt):
        project = find_project()
        if load_book(project, book).layout == "annex":
            raise ItabookError(tr("หนังสือ {book} เป็น PDF เท่านั้น ไม่มีหน้าเว็บ · วิธีแก้: สั่ง itabook build {book}", book=book))
        _end_in_order()
        asyncio.run(_run(project, book, port, jobs, renderer, browser=browser))


async def _run(project: Project, book: str, port: int, jobs: int, renderer: Renderer, *, browser: bool) -> None:
    from itabook.preview.preview import Preview
    from itabook.publish.publish import choose_renderer

    quarto = choose_renderer(renderer.value, tell)
    await Preview(project, book, jobs, port, browser, tell, quarto.path if quarto else None).run()


def _end_in_order() -> None:
    """Being ended, or the terminal being closed, is as good as Ctrl-C, which counts even where a shell ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: signal.raise_signal(signal.SIGINT))
