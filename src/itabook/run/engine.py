"""The papermill engine "fork": the cells of a notebook run in a child forked from this process.

The child has what this process has imported, so that it starts in milliseconds where a kernel takes seconds. The parent
forks, sends cells, reads outputs and ends the child; `itabook.run.child` is the child's side.

papermill loads its engines, and so this module, while it is itself being imported; therefore nothing here imports
papermill at the top, nor what only a fork needs.
"""

import codecs
import contextlib
import json
import os
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from itabook.run.engines import fork_is_safe

Message = dict[str, Any]
LENGTH = struct.Struct("!Q")
"""Each message and each cell is preceded by its length."""
TAKEN = b"."
CHUNK = 1 << 20
"""At least what a pipe holds, so that one read takes all that was written before it."""
TICK_SECONDS = 0.5


def prepare() -> None:
    """Do ahead of the forks what they share: import the libraries of the child and make its shell."""
    from itabook.run.shell import prepared_shell  # noqa: PLC0415

    prepared_shell()


class ForkEngine:
    """The engine that `papermill.execute_notebook(..., engine_name="fork")` uses."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **options: Any) -> Any:  # noqa: ANN401
        """Run a notebook as papermill's own engine does; options as there."""
        from papermill.engines import Engine  # noqa: PLC0415

        return Engine.execute_notebook.__func__(cls, nb, kernel_name, **options)

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, execution_timeout: float | None = None,  # noqa: ANN401
        failed_output_path: str | None = None, **options: Any,  # noqa: ANN401
    ) -> Any:  # fmt: skip  # noqa: ANN401
        """Run the cells of a notebook in a child.

        Where papermill is not to save the notebook after each cell, which takes longer than most cells do,
        `failed_output_path` takes it as far as it came when the child dies or takes too long.

        CellTimeoutError where a cell takes longer than `execution_timeout` seconds, DeadKernelError where the child
        dies, RuntimeError where forks are not safe.
        """
        from papermill.clientwrap import PapermillNotebookClient  # noqa: PLC0415
        from papermill.log import logger  # noqa: PLC0415

        if not fork_is_safe():
            raise RuntimeError(f"fork is not safe on {sys.platform}, use the engine of the kernel")
        dropped = {"input_path", "timeout", "startup_timeout", "start_timeout"}
        kept = {name: value for name, value in options.items() if name not in dropped}
        timeout = execution_timeout or options.get("timeout")
        client = PapermillNotebookClient(nb_man, kernel_name=kernel_name, timeout=timeout, log=logger, **kept)
        try:
            return _execute(client)
        except BaseException:
            nb_man.output_path = failed_output_path or nb_man.output_path  # saved as papermill ends the notebook
            raise

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Name of the kernel that the notebook asks for; it is not started."""
        from papermill.utils import nb_kernel_name  # noqa: PLC0415

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Language of the notebook, for the cell of parameters."""
        from papermill.utils import nb_language  # noqa: PLC0415

        return str(nb_language(nb, language))


def _execute(client: Any) -> Any:  # noqa: ANN401 - papermill has no types
    """What `PapermillNotebookClient.execute` does, with a child in the place of a kernel."""
    from ipykernel.ipkernel import IPythonKernel  # noqa: PLC0415

    client.reset_execution_trackers()
    with forked() as child:
        client.execute_cell = lambda cell, index: _execute_cell(client, child, cell, index)
        client.papermill_execute_cells()
    client.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
    client.set_widgets_metadata()
    return client.nb


def _execute_cell(client: Any, child: "Child", cell: NotebookNode, index: int) -> None:  # noqa: ANN401
    """What `NotebookClient.execute_cell` does; CellExecutionError where the cell fails and may not."""
    tags = cell.metadata.get("tags", [])
    if cell.cell_type != "code" or not cell.source.strip() or client.skip_cells_with_tag in tags:
        return
    if client.record_timing:
        cell.metadata["execution"] = {}
    cell.outputs = []
    client.clear_before_next_output = False
    client.code_cells_executed += 1
    timeout = client._get_timeout(cell)
    _time(client, cell, "iopub.status.busy")
    try:
        reply = child.run(cell.source, timeout, lambda message: client.process_message(message, cell, index))
    except TimeoutError:
        raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, cell) from None
    _time(client, cell, "iopub.status.idle", "shell.execute_reply")
    allowed = client.allow_errors or reply["ename"] in client.allow_error_names or "raises-exception" in tags
    if reply["status"] == "error" and (client.force_raise_errors or not allowed):
        raise CellExecutionError.from_cell_and_msg(cell, reply)


def _time(client: Any, cell: NotebookNode, *events: str) -> None:  # noqa: ANN401
    """Note the time as a client of a kernel does."""
    if client.record_timing:
        cell.metadata["execution"].update(dict.fromkeys(events, timestamp()))


class Child:
    """The parent's ends of the pipes to a child."""

    def __init__(self, pid: int, requests: int, messages: socket.socket, streams: dict[str, int]) -> None:
        self._pid, self._requests, self._messages, self._streams = pid, requests, messages, streams
        self._decoders = {name: codecs.getincrementaldecoder("utf-8")("replace") for name in streams}
        self._texts: dict[str, list[str]] = {name: [] for name in streams}
        self._received, self._unsent = bytearray(), b""
        self._poll = select.poll()
        for fd in (messages.fileno(), *streams.values()):
            self._poll.register(fd, select.POLLIN)

    def run(self, source: str, timeout: float | None, show: Callable[[Message], object]) -> Message:
        """Run one cell, give each of its messages to `show`, and return the content of the reply.

        TimeoutError after `timeout` seconds, DeadKernelError where the child dies; what the cell had written until
        then has been shown.
        """
        code = source.encode("utf-8", "surrogatepass")
        self._unsent = LENGTH.pack(len(code)) + code
        self._poll.register(self._requests, select.POLLOUT)
        deadline = None if timeout is None else time.monotonic() + timeout
        try:
            while True:
                self._exchange(deadline)
                for message in self._messages_taken():
                    if message["msg_type"] == "execute_reply":
                        return dict(message["content"])
                    self._show(message, show)
        finally:
            self._read_streams()
            for name in self._streams:
                self._show_stream(name, show)

    def _exchange(self, deadline: float | None) -> None:
        """Wait for the child, then write and read what can be without waiting."""
        left = TICK_SECONDS if deadline is None else min(TICK_SECONDS, deadline - time.monotonic())
        if left <= 0:
            raise TimeoutError
        events = dict(self._poll.poll(left * 1000))
        if not events and _has_ended(self._pid):
            raise DeadKernelError("Kernel died")
        if self._requests in events:
            self._send()
        if events.keys() & self._streams.values():
            self._read_streams()
        if self._messages.fileno() in events:
            self._receive()

    def _send(self) -> None:
        try:
            self._unsent = self._unsent[os.write(self._requests, self._unsent) :]
        except BrokenPipeError:
            raise DeadKernelError("Kernel died") from None
        if not self._unsent:
            self._poll.unregister(self._requests)

    def _receive(self) -> None:
        try:
            data = self._messages.recv(CHUNK)
        except ConnectionError:
            data = b""
        if not data:
            raise DeadKernelError("Kernel died")
        self._received += data

    def _read_streams(self) -> None:
        """Read what is there now."""
        for name, fd in self._streams.items():
            with contextlib.suppress(BlockingIOError):
                data = os.read(fd, CHUNK)
                self._texts[name].append(self._decoders[name].decode(data))
                if not data:  # a cell has closed it: do not be woken by that again
                    with contextlib.suppress(KeyError):
                        self._poll.unregister(fd)

    def _messages_taken(self) -> Iterator[Message]:
        """Messages that have come in full; the child goes on as soon as what it wrote before has been read."""
        size = LENGTH.size
        while len(self._received) >= size and len(self._received) >= size + LENGTH.unpack_from(self._received)[0]:
            end = size + LENGTH.unpack_from(self._received)[0]
            message = json.loads(bytes(self._received[size:end]).decode("utf-8", "replace"))
            del self._received[:end]
            self._read_streams()
            with contextlib.suppress(ConnectionError):  # a child that is dead is noticed when nothing more comes
                self._messages.send(TAKEN)
            yield message

    def _show(self, message: Message, show: Callable[[Message], object]) -> None:
        if message["msg_type"] == "flush":
            self._show_stream(message["content"]["name"], show)
        else:
            show(message)

    def _show_stream(self, name: str, show: Callable[[Message], object]) -> None:
        """Make an output of what has been read of a stream since the last time."""
        text = "".join(self._texts[name])
        self._texts[name].clear()
        if text:
            header = {"msg_type": "stream"}
            show({"msg_type": "stream", "header": header, "parent_header": {}, "content": {"name": name, "text": text}})


@contextmanager
def forked() -> Iterator[Child]:
    """A child for one notebook; at the end it is killed with all that it started, and waited for."""
    from itabook.run.child import Wires, live  # noqa: PLC0415

    prepare()
    with ExitStack() as ours, ExitStack() as theirs:
        code_in, code_out = _pipe(theirs, ours)
        (out, out_in), (err, err_in) = _pipe(ours, theirs), _pipe(ours, theirs)
        near, far = (side.enter_context(end) for side, end in zip((ours, theirs), socket.socketpair(), strict=True))
        for fd in (code_out, out, err, near.fileno()):
            os.set_blocking(fd, False)
        wires = Wires(code_in, far.fileno(), out_in, err_in, not_mine=(code_out, out, err, near.fileno()))
        with _undisturbed():
            _flush()
            pid = os.fork()
            if not pid:
                live(wires)
            ours.callback(_end, pid)
        theirs.close()
        yield Child(pid, code_out, near, {"stdout": out, "stderr": err})


def _pipe(reader: ExitStack, writer: ExitStack) -> tuple[int, int]:
    ends = os.pipe()
    for side, fd in zip((reader, writer), ends, strict=True):
        side.callback(os.close, fd)
    return ends


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No signal in between, so that no child is started or ended by half."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _flush() -> None:
    """Leave the child nothing of this process to write."""
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(AttributeError, ValueError, OSError):  # none there, closed, or broken
            stream.flush()  # type: ignore[union-attr]


def _has_ended(pid: int) -> bool:
    """Whether a child has come to its end; it can still be waited for."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _end(pid: int) -> None:
    """Kill a child with its process group; it is waited for last, so that its id is nobody else's until then."""
    with _undisturbed():
        for kill in (os.killpg, os.kill):  # the group is there as soon as the child has made it
            with contextlib.suppress(ProcessLookupError):
                kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
