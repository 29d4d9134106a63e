"""Programs that are started for a preview and ended with it."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

LONGEST_LINE = 1 << 24
PATIENCE = 5.0
"""Seconds in which a program may end by itself after Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Built:
    """A build that came to an end.

    Attributes:
        good: whether the book is there.
        said: all that the build printed.
        seconds: how long it took.
    """

    good: bool
    said: str
    seconds: float


async def build(root: Path, arguments: Sequence[str], tell: Callable[[str], None]) -> Built:
    """Run `itabook build` with some arguments in a project; `tell` is given each line that it prints, as it comes."""
    begun, lines = time.perf_counter(), []
    # -P: as the installed command does it, Python finds no modules in the project's folder.
    command = [sys.executable, "-P", "-m", "itabook", "build", *arguments]
    async with started(command, root, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        async for line in process.stdout:
            lines.append(line.decode("utf-8", "replace").rstrip("\r\n"))
            tell(lines[-1])
        status = await process.wait()
    return Built(status == 0, "\n".join(lines), time.perf_counter() - begun)


@asynccontextmanager
async def started(
    command: Sequence[str],
    root: Path,
    *,
    stdin: int | None = None,
    stdout: int | None = None,
    stderr: int | None = None,
) -> AsyncIterator[Process]:
    """A program under way; it and what it started are ended with the context.

    It has a process group of its own, so that Ctrl-C in the terminal comes to the preview alone.
    """
    process = await asyncio.create_subprocess_exec(
        *command, cwd=root, stdin=stdin, stdout=stdout, stderr=stderr, limit=LONGEST_LINE, start_new_session=True
    )
    try:
        yield process
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    _signal(process, signal.SIGINT)
    with suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), PATIENCE)
        return
    _signal(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    await process.wait()


def _signal(process: Process, sign: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.terminate()
        else:
            os.killpg(process.pid, sign)
