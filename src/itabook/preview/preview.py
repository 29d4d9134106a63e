"""The preview itself: build, show, wait for a save, build again."""

import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from itabook.data.project import Project
from itabook.language import tr
from itabook.preview.processes import Built, build
from itabook.preview.quarto import Changed, quarto_preview
from itabook.preview.saves import Saves, watched
from itabook.preview.site import Site

SHOWN = 3
"""So many of the files that were saved are named."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown, and how.

    Attributes:
        book: name of a book in params/books.
        jobs: notebooks that run at once.
        port: where to serve; 0 for any that is free.
        browser: whether to open one.
        tell: is given each line for the terminal.
        quarto: the program that sets and serves the pages; None for the built-in renderer and server.
    """

    project: Project
    book: str
    jobs: int
    port: int
    browser: bool
    tell: Callable[[str], None]
    quarto: Path | None = None

    async def run(self) -> None:
        """Go on until cancelled; nothing that was started outlives this. ItabookError where no port is free."""
        async with watched(self.project) as saves:
            await (self._with_quarto(saves, self.quarto) if self.quarto else self._with_site(saves))

    async def _with_site(self, saves: Saves) -> None:
        site = Site(self.project.outputs / "book")
        server, address = site.serve(self.port)
        try:
            await self._build_into(site)
            self.tell(tr("ดูหนังสือที่ {address}\nบันทึกแฟ้มต้นทางเมื่อใด หนังสือสร้างใหม่เมื่อนั้น กด Ctrl-C เพื่อหยุด", address=address))
            if self.browser:
                webbrowser.open(address)
            while True:
                self._tell_saved(await saves.take())
                await self._build_into(site)
        finally:
            server.stop()

    async def _build_into(self, site: Site) -> None:
        site.begin()
        built = await self._build("html")
        site.end(None if built.good else built.said)

    async def _with_quarto(self, saves: Saves, quarto: Path) -> None:
        while not (await self._build("notebooks")).good:
            self._tell_saved(await saves.take())
        async with quarto_preview(quarto, self.project.root, self.port, browser=self.browser) as shown:
            while True:
                self._tell_saved(await shown.unless_ended(saves.take()))
                changed = Changed(self.project)
                if (await shown.unless_ended(self._build("notebooks"))).good:
                    changed.touch()

    async def _build(self, to: str) -> Built:
        renderer = () if self.quarto else ("--renderer", "builtin")
        built = await build(self.project.root, [self.book, "--to", to, "--jobs", str(self.jobs), *renderer], self.tell)
        ended = tr("สร้างเสร็จ") if built.good else tr("สร้างไม่สำเร็จ หนังสือเดิมยังอยู่ แก้แล้วบันทึกอีกครั้ง")
        self.tell(tr("{ended} ({seconds:.1f} วินาที)", ended=ended, seconds=built.seconds))
        return built

    def _tell_saved(self, saved: tuple[Path, ...]) -> None:
        names = [path.relative_to(self.project.root).as_posix() for path in saved]
        more = tr(" และอีก {number} แฟ้ม", number=len(names) - SHOWN) if len(names) > SHOWN else ""
        self.tell(tr("บันทึก {files}{more}", files=", ".join(names[:SHOWN]), more=more))
