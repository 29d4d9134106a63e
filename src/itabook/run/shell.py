"""The shell in a forked child: the kernel's own shell, its messages sent over pipes instead of ZeroMQ.

The shell of ipykernel is kept as it is, so that magics, tracebacks and displays are those of a kernel. What differs is
the transport: `PipeSession` hands messages to the parent. `itabook.run.child` is the process that the shell lives in.
"""

import atexit
import builtins
import getpass
import io
import os
import socket
import sys
import threading
import warnings
from functools import cache
from types import SimpleNamespace
from typing import Any, Never

import pandas as pd
from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.builtin_trap import BuiltinTrap
from IPython.core.error import StdinNotImplementedError, UsageError
from IPython.core.profiledir import ProfileDir
from IPython.core.pylabtools import activate_matplotlib
from jupyter_client.session import Session
from matplotlib.backends.registry import backend_registry
from matplotlib_inline.backend_inline import configure_inline_support
from traitlets.config import Config

from itabook.run.engine import LENGTH

INLINE = "module://matplotlib_inline.backend_inline"

IN_TERMINAL, IN_NOTEBOOK = 0, 20
"""Columns that pandas shows; it chooses when it is imported, by whether there is a kernel then."""


class Link:
    """The way of messages to the parent.

    Each message waits until the parent has taken it. By then the parent has also read what had been written to the
    streams before, so that text and displays stay in the order in which a cell made them.
    """

    def __init__(self, fd: int) -> None:
        self._socket = socket.socket(fileno=fd)
        self._lock = threading.RLock()
        self._owner = os.getpid()

    def tell(self, message: bytes) -> None:
        """Send one message; a process that a cell forked says nothing. Ends the process where the parent is gone."""
        if os.getpid() != self._owner:
            return
        with self._lock:
            try:
                self._socket.sendall(LENGTH.pack(len(message)) + message)
                taken = self._socket.recv(1)
            except OSError:
                taken = b""
        if not taken:
            os._exit(1)


class PipeSession(Session):
    """A Jupyter session whose messages go to the parent process."""

    link: Link | None = None

    def send(self, stream: object, msg_or_type: Any, *args: Any, ident: object = None, **parts: Any) -> dict[str, Any]:  # noqa: ANN401 - as in jupyter_client
        """Send a message, or make one of its type and parts and send it."""
        message: dict[str, Any] = msg_or_type
        if not isinstance(msg_or_type, dict):
            message = self.msg(msg_or_type, **dict(zip(("content", "parent"), args, strict=False)), **parts)
        if self.link is not None:
            self.link.tell(self.pack(message))
        return message


class Stream(io.TextIOBase):
    """`sys.stdout` and `sys.stderr` of a cell: text goes to the file descriptor at once, `flush` makes it an output."""

    encoding = "UTF-8"

    def __init__(self, name: str, fd: int, session: PipeSession) -> None:
        self.name, self._fd, self._session = name, fd, session

    def fileno(self) -> int:
        """The file descriptor, for programs that a cell starts."""
        return self._fd

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str, /) -> int:
        """Write all of a text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        rest = memoryview(text.encode("utf-8", "replace"))
        while rest:
            rest = rest[os.write(self._fd, rest) :]
        return len(text)

    def flush(self) -> None:
        """Have the parent take what has been written as one output."""
        self._session.send(None, "flush", {"name": self.name})


class ForkShell(ZMQInteractiveShell):
    """The shell of a kernel, made before the fork and moved into after it.

    Making it changes nothing of its process: what shells do to `sys`, `builtins` and `os.environ` waits for `settle`.
    """

    session: PipeSession

    def init_environment(self) -> None:
        """Wait for `settle`."""

    def init_sys_modules(self) -> None:
        """Wait for `settle`."""

    def init_prompts(self) -> None:
        """Wait for `settle`."""

    def init_builtins(self) -> None:
        """Wait for `settle`, but for what the shell needs itself."""
        self.builtin_trap = BuiltinTrap(shell=self)

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no event loop of a window system here; the inline figures of `%matplotlib inline` need none."""
        if gui not in {None, "inline"}:
            raise UsageError(f"Invalid GUI request {gui!r}")

    def settle(self, link: Link) -> None:
        """Make this shell the one of the process."""
        self.session.link = link
        for kind in type(self)._walk_mro():
            kind._instance = self  # type: ignore[assignment] # as `instance` does
        super().init_environment()  # type: ignore[no-untyped-call]
        super().init_sys_modules()  # type: ignore[no-untyped-call]
        super().init_prompts()  # type: ignore[no-untyped-call]
        super().init_builtins()  # type: ignore[no-untyped-call]
        sys.stdout = Stream("stdout", 1, self.session)
        sys.stderr = Stream("stderr", 2, self.session)
        builtins.input = refuse("raw_input")
        getpass.getpass = refuse("getpass")
        _import_from_here()
        if os.environ.setdefault("MPLBACKEND", INLINE) == INLINE:
            activate_matplotlib(INLINE)  # type: ignore[no-untyped-call]
        if pd.get_option("display.max_columns") == IN_TERMINAL:
            pd.set_option("display.max_columns", IN_NOTEBOOK)


# Libraries know a notebook by the name of its shell (pandas, rich, tqdm) and choose their displays by it.
ForkShell.__name__ = ForkShell.__qualname__ = ZMQInteractiveShell.__name__
ForkShell.__module__ = ZMQInteractiveShell.__module__


def refuse(name: str) -> Any:  # noqa: ANN401 - stands in for functions of two signatures
    """What a kernel without standard input puts in the place of `input` and `getpass`."""

    def ask(*_: object, **__: object) -> Never:
        raise StdinNotImplementedError(f"{name} was called, but this frontend does not support input requests.")

    return ask


def _import_from_here() -> None:
    """Make the notebook's folder importable, behind the standard library, before what is installed, as IPython does."""
    if "" not in sys.path:
        parts = [os.path.split(path)[1] in {"site-packages", "dist-packages"} for path in sys.path]
        sys.path.insert(parts.index(True) if True in parts else 0, "")


@cache
def prepared_shell() -> ForkShell:
    """A shell in which nothing has run, made once a process; each child gets its own copy by the fork.

    It has no history file, no profile and no configuration of the user.
    """
    config = Config()
    config.HistoryManager.enabled = False
    session = PipeSession()
    with warnings.catch_warnings():
        shell = ForkShell(  # type: ignore[no-untyped-call]
            config=config, ipython_dir="", profile_dir=ProfileDir(), user_ns={}, compiler_class=XCachingCompiler
        )
    atexit.unregister(shell.atexit_operations)
    _connect(shell, session)
    configure_inline_support(shell, INLINE)  # type: ignore[no-untyped-call]
    # Else each child would do this with its first cell: imports, and reading the entry points of all packages.
    _ = shell.logger, backend_registry.list_all()  # type: ignore[no-untyped-call]
    return shell


def _connect(shell: Any, session: PipeSession) -> None:  # noqa: ANN401 - IPython is typed by halves
    shell.session = session
    shell.displayhook.session = shell.display_pub.session = session
    shell.displayhook.topic = b"execute_result"
    shell.kernel = SimpleNamespace(shell=shell, session=session, eventloop=None, get_parent=shell.get_parent)
    shell.db = {}
    shell.extension_manager.load_extension("storemagic")
    shell.user_ns_hidden.update(shell.user_ns)
