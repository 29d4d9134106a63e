"""The worker's side of a cluster: runs are handed to a helper process, for a process with threads must not be forked.

Each worker process starts one helper, which ends with it; see `itabook.run.cluster_helper`. Parcels pass through here
unopened, so that neither a worker nor the scheduler, which imports this too, loads what only the helper needs.
"""

import asyncio
import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from distributed import get_worker

ATTEMPTS = 2
"""How often a run is started whose process dies before it can tell why."""
RUN, VERSIONS = b"r", b"v"
"""What a helper is asked for."""
TOPIC = "itabook"
"""Of the events by which a client learns that a run was started: (batch, slug)."""
END_SECONDS = 5


class Helper:
    """A helper process, and the temporary folder that holds all that it writes."""

    def __init__(self, within: str) -> None:
        self.folder = tempfile.mkdtemp(prefix="itabook-", dir=within)
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        own = {"TMPDIR": self.folder, "MPLCONFIGDIR": self.folder}  # also what matplotlib keeps for the next time
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this very Python
                [sys.executable, "-P", "-m", "itabook.run.cluster_helper", str(theirs.fileno()), self.folder],
                stdin=subprocess.DEVNULL,
                env={**os.environ, **own},
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C in the worker's terminal is for the worker, which then ends this
            )

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def versions(self) -> dict[str, str]:
        """What it makes runs with; empty where it can do none. RuntimeError where it did not start."""
        with contextlib.suppress(EOFError, OSError), self._asked(VERSIONS) as pipe:
            found: dict[str, str] = json.loads(pipe.recv_bytes())
            return found
        raise RuntimeError("itabook.run.cluster_helper did not start, see the log of the worker")

    def run(self, batch: str, parcel: bytes) -> bytes | None:
        """Have a child of the helper do a run; None where it died without a word."""
        with contextlib.suppress(EOFError, OSError), self._asked(RUN) as pipe:
            pid = int(pipe.recv_bytes())
            with _under_way(batch, pid):
                pipe.send_bytes(parcel)
                return pipe.recv_bytes()
        return None

    @contextmanager
    def _asked(self, what: bytes) -> Iterator[Connection]:
        """A connection with whoever answers: the helper, or a child of it."""
        ours, theirs = socket.socketpair()
        with Connection(ours.detach()) as pipe:
            with theirs, self._lock:
                socket.send_fds(self._control, [what], [theirs.fileno()])
            yield pipe

    def close(self) -> None:
        """End the helper with its children, and remove its folder."""
        self._control.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class _State:
    """Of this process: its helper, the ids of the children that do runs of a batch, batches that were stopped."""

    lock = threading.Lock()
    helper: Helper | None = None
    children: set[tuple[str, int]] = set()  # noqa: RUF012 - there is one
    stopped: set[str] = set()  # noqa: RUF012


def carry_out(batch: str, slug: str, parcel: bytes) -> tuple[str, bytes | None]:
    """Do one run in a worker of a cluster; it is tried again where its process dies without a word.

    The address of the worker, and what came back: a pickled `Returned`, None where the process died every time.
    """
    worker = get_worker()
    for _ in range(ATTEMPTS):
        worker.log_event(TOPIC, (batch, slug))
        returned = _helper(worker.local_directory).run(batch, parcel)
        if returned is not None or batch in _State.stopped:
            break
    return worker.address, returned


async def ready(dask_worker: Any) -> dict[str, str]:  # noqa: ANN401 - Dask calls it with the worker by this name
    """Start the helper, and wait until it is warm; what it makes runs with, empty where the platform cannot do runs."""
    if not hasattr(socket, "send_fds"):
        return {}
    return await asyncio.to_thread(lambda: _helper(dask_worker.local_directory).versions())


def stop(batch: str) -> None:
    """End the runs of a batch that are under way."""
    with _State.lock:
        _State.stopped.add(batch)
        for one, pid in _State.children:
            if one == batch:
                _end(pid)


def _end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)


@contextmanager
def _under_way(batch: str, pid: int) -> Iterator[None]:
    with _State.lock:
        _State.children.add((batch, pid))
        if batch in _State.stopped:
            _end(pid)
    try:
        yield
    finally:
        with _State.lock:
            _State.children.discard((batch, pid))


def _helper(within: str) -> Helper:
    """The helper of this process, started where there is none, or none any more."""
    with _State.lock:
        if _State.helper is None:
            atexit.register(_close)
        elif not _State.helper.alive:
            _State.helper.close()
            _State.helper = None
        if _State.helper is None:
            _State.helper = Helper(within)
        return _State.helper


def _close() -> None:
    if _State.helper is not None:
        _State.helper.close()
