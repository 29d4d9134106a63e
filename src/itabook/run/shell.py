"""The shell in a forked child: the kernel's own shell, its messages sent over pipes instead of ZeroMQ.

The shell of ipykernel is kept as it is, so that magics, tracebacks and displays are those of a kernel. What differs is
the transport: `PipeSession` hands messages to the parent, and what is written to the file descriptors 1 and 2, by
Python or by anything else, goes to two pipes of which the parent reads.
"""

import asyncio
import atexit
import builtins
import contextlib
import ctypes
import faulthandler
import gc
import getpass
import io
import logging
import os
import random
import signal
import socket
import sys
import threading
import traceback
import warnings
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, Never, NoReturn, TextIO

import matplotlib.pyplot as plt
import numpy as np
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
PR_SET_PDEATHSIG = 1
"""Of Linux: the child is sent a signal when its parent dies."""


@dataclass(frozen=True, slots=True)
class Wires:
    """The child's ends: cells to run, messages and their answers, what is written to standard output and error."""

    requests: int
    messages: int
    stdout: int
    stderr: int
    not_mine: tuple[int, ...]
    """The parent's ends: while the child holds them too, it does not notice that the parent is gone."""


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


def live(wires: Wires) -> NoReturn:
    """The life of a child from the fork to its end: run cells as they come, until there are no more."""
    try:
        gc.freeze()  # what was there before the fork is neither looked through nor copied by the collector
        _leave_the_parent(wires)
        shell = prepared_shell()
        shell.settle(Link(wires.messages))
        asyncio.run(_serve(shell, wires.requests))
    except BaseException:  # of this module: those of cells are shown by the shell
        os.write(2, traceback.format_exc().encode("utf-8", "replace"))
    finally:
        os._exit(0)


def _leave_the_parent(wires: Wires) -> None:
    """Cut what the child shares with its parent: signals, files, chance, figures, warnings, logging."""
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    _redirect(wires)
    random.seed()
    np.random.seed()
    plt.close("all")
    _reset_warnings()
    logging.root.handlers[:] = []
    logging.root.setLevel(logging.WARNING)


def _redirect(wires: Wires) -> None:
    for fd in wires.not_mine:
        os.close(fd)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for fd, place in ((nothing, 0), (wires.stdout, 1), (wires.stderr, 2)):
        os.dup2(fd, place)
        os.close(fd)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    if faulthandler.is_enabled():
        faulthandler.enable(file=2)


def _reset_warnings() -> None:
    """Undo what a caller asked for all warnings, keep what libraries asked for theirs, then as Python starts."""
    kept = [entry for entry in warnings.filters if entry[1] is not None or entry[3] is not None]
    warnings.resetwarnings()
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    warnings.filters = [*kept, *warnings.filters]
    warnings._filters_mutated()  # type: ignore[attr-defined] # else what was decided by the filters before is kept
    warnings.showwarning = _show_warning


def _show_warning(  # noqa: PLR0917 - as in Python
    message: Warning | str, category: type[Warning], filename: str, lineno: int,
    file: TextIO | None = None, line: str | None = None,
) -> None:  # fmt: skip
    """As Python does; a caller that records warnings has replaced it."""
    with contextlib.suppress(OSError):
        (file or sys.stderr).write(warnings.formatwarning(message, category, filename, lineno, line))


async def _serve(shell: ForkShell, requests: int) -> None:
    """Run cells; between them, what they left running in the event loop goes on, as in a kernel."""
    with os.fdopen(requests, "rb") as file:
        while not shell.exit_now:
            await _readable(requests)
            header = file.read(LENGTH.size)
            if not header:
                return
            source = file.read(*LENGTH.unpack(header)).decode("utf-8", "surrogatepass")
            await _run(shell, source)


async def _readable(fd: int) -> None:
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(fd, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(fd)


async def _run(shell: Any, source: str) -> None:  # noqa: ANN401 - IPython is typed by halves
    """Run one cell and tell its outputs and how it ended, in the order of messages of a kernel."""
    shell.session.send(None, "execute_input", {"code": source, "execution_count": shell.execution_count})
    result = await _run_cell(shell, source)
    error = result.error_before_exec or result.error_in_exec
    failed = not result.success or shell._last_traceback_during_displayhook
    shell.payload_manager.clear_payload()
    content = {
        "status": "error" if failed else "ok",
        "ename": type(error).__name__,
        "evalue": str(error),
        "traceback": shell._last_traceback or [],
        "execution_count": shell.execution_count - 1,
    }
    shell.session.send(None, "execute_reply", content)


async def _run_cell(shell: Any, source: str) -> Any:  # noqa: ANN401 - IPython is typed by halves
    """As `do_execute` of ipykernel does: cells that await share the event loop, others run by themselves."""
    problem = None
    try:
        transformed = shell.transform_cell(source)
    except Exception:  # whatever it is, the shell shows it
        transformed, problem = source, sys.exc_info()
    if not shell.should_run_async(source, transformed_cell=transformed, preprocessing_exc_tuple=problem):
        return shell.run_cell(source, store_history=True)
    shell._last_traceback, shell._last_traceback_during_displayhook = None, False
    result = None
    try:
        result = await shell.run_cell_async(
            source, store_history=True, transformed_cell=transformed, preprocessing_exc_tuple=problem
        )
    finally:
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
    return result
