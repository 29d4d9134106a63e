"""The forked child that runs the cells of one notebook: what it leaves of its parent, and its life cell by cell.

What is written to the file descriptors 1 and 2, by Python or by anything else, goes to two pipes that the parent reads.
"""

import asyncio
import builtins
import contextlib
import ctypes
import faulthandler
import gc
import logging
import os
import random
import signal
import sys
import traceback
import warnings
from dataclasses import dataclass
from typing import Any, NoReturn, TextIO

import matplotlib.pyplot as plt
import numpy as np

from itabook.run.engine import LENGTH
from itabook.run.shell import ForkShell, Link, prepared_shell

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
    vars(builtins).pop("_", None)  # of doctest or gettext: with it, the shell does not keep the last output as _
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
