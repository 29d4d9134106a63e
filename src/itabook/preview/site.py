"""The finished pages over HTTP, for browsers on this machine; a page is told when there is a new book."""

import json
import mimetypes
import socket
import time
from collections.abc import Awaitable
from dataclasses import asdict, dataclass, field, replace
from errno import EADDRINUSE
from importlib.resources import files
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.routing import Matcher
from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketHandler

from itabook.errors import ItabookError, visible
from itabook.language import tr

HERE = "127.0.0.1"
NAMES = {HERE, "localhost"}
"""What a browser on this machine calls it; another name is that of a page elsewhere that wants to read the book."""
TRIED = 20
LONGEST_FAULT = 8000
SCRIPT = "/-/reload.js"
_END = b"</body>"
_MISSING = """<!doctype html>
<html lang="th">
<meta charset="utf-8">
<title>itabook</title>
<body><p>ยังไม่มีหน้านี้ในหนังสือ</p></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class State:
    """What a page is told: which book is there, whether another is being built, why the last build failed."""

    book: str
    busy: bool = False
    fault: str = ""


@dataclass
class Site:
    """A folder of pages, and the pages that are open in browsers."""

    folder: Path
    state: State = field(default_factory=lambda: State(_stamp()))
    links: set["Link"] = field(default_factory=set)

    def begin(self) -> None:
        """Tell that a build is under way."""
        self._tell(replace(self.state, busy=True))

    def end(self, fault: str | None) -> None:
        """Tell how it ended: None for a new book, else why there is none."""
        self._tell(State(_stamp()) if fault is None else State(self.state.book, fault=visible(fault)[-LONGEST_FAULT:]))

    def serve(self, port: int) -> tuple[HTTPServer, str]:
        """Serve on this port, or on the next one that is free; returns the server and the address of the book."""
        bound = _bind(port)
        own = {"site": self}
        routes: list[tuple[str | Matcher, Any, dict[str, Any]]] = [
            (SCRIPT, Script, {}), ("/-/state", Link, own), ("/(.*)", Page, own),
        ]  # fmt: skip
        server = HTTPServer(Application(routes, log_function=lambda _: None))
        server.add_socket(bound)
        return server, f"http://{HERE}:{bound.getsockname()[1]}/"

    def _tell(self, state: State) -> None:
        self.state = state
        for link in tuple(self.links):
            link.tell(state)


class Local(RequestHandler):
    """Answers browsers on this machine only, and nothing that another site embeds."""

    def prepare(self) -> Awaitable[None] | None:
        """Refuse a request that names another host (DNS rebinding)."""
        if self.request.host_name not in NAMES:
            raise HTTPError(403)
        return None

    def set_default_headers(self) -> None:
        """No copy is kept: the next request asks for the next book."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")


class Page(Local):
    """A file of the book; a page of it gets the script that listens for the next one."""

    def initialize(self, site: Site) -> None:
        """Takes the site."""
        self.site = site

    def get(self, name: str) -> None:
        """Send a file inside the folder, and no other."""
        folder = self.site.folder.resolve()
        place = _place(folder, name or "index.html")
        kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
        is_page = kind == "text/html"
        try:
            content = place.read_bytes()
        except OSError:
            if not is_page:
                raise HTTPError(404) from None
            self.set_status(404)
            content = _MISSING.encode()
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.finish(with_script(content, self.site.state.book) if is_page else content)


class Script(Local):
    """The script that listens."""

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(files("itabook.preview").joinpath("reload.js").read_bytes())


class Link(Local, WebSocketHandler):
    """The way to a page that is open in a browser."""

    def initialize(self, site: Site) -> None:
        """Takes the site."""
        self.site = site

    def open(self, *_: str, **__: str) -> None:
        """Tell how things stand; the page may be of an older book."""
        self.site.links.add(self)
        self.tell(self.site.state)

    def on_message(self, message: str | bytes) -> None:
        """Pages have nothing to say."""

    def on_close(self) -> None:
        """The page was left."""
        self.site.links.discard(self)

    def tell(self, state: State) -> None:
        """Send a state; a page that was just left does not mind."""
        if self.ws_connection is not None and not self.ws_connection.is_closing():
            self.write_message(json.dumps(asdict(state)))


def with_script(page: bytes, book: str) -> bytes:
    """A page with the script before its end.

    >>> with_script(b"<p>x</p></body></html>", "7")
    b'<p>x</p><script src="/-/reload.js" data-book="7"></script></body></html>'
    """
    script = f'<script src="{SCRIPT}" data-book="{book}"></script>'.encode()
    before, end, after = page.rpartition(_END)
    return before + script + end + after if end else page + script


def _place(folder: Path, name: str) -> Path:
    """A file of the folder by the path in its address. HTTPError 403 where it leads out of the folder."""
    try:
        place = (folder / name).resolve()
    except (OSError, ValueError):  # a loop of links; a NUL
        raise HTTPError(404) from None
    if not place.is_relative_to(folder):
        raise HTTPError(403)
    return place


def _bind(port: int) -> socket.socket:
    for candidate in range(port, min(port + TRIED, 65536)) if port else (0,):
        try:
            bound = socket.create_server((HERE, candidate))
        except OSError as error:
            if error.errno != EADDRINUSE:
                said = tr(
                    "เปิดพอร์ต {port} ไม่ได้ ({why}) · วิธีแก้: ใช้ --port กับเลขพอร์ตตั้งแต่ 1024 ขึ้นไป",
                    port=candidate,
                    why=error.strerror,
                )
                raise ItabookError(said) from error
            continue
        bound.setblocking(False)
        return bound
    said = tr("พอร์ต {first} ถึง {last} ไม่ว่าง · วิธีแก้: ระบุพอร์ตอื่นด้วย --port", first=port, last=port + TRIED - 1)
    raise ItabookError(said)


def free_port(port: int) -> int:
    """This port, or the next one that is free, for a program that binds it itself."""
    with _bind(port) as bound:
        return int(bound.getsockname()[1])


def _stamp() -> str:
    """A name for a book that no other has, not even one of an earlier preview."""
    return str(time.time_ns())
