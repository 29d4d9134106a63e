"""The helper of a worker in a cluster: a process without threads, which forks a child for each run.

It has imported all that runs need, so that a child starts in milliseconds. It ends when the other end of its socket is
closed, and so also when the worker is killed; children and what they wrote go with it.
"""

import contextlib
import ctypes
import gc
import json
import os
import pickle
import select
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from itabook.data.library import preload
from itabook.data.slices import NOTE, SliceError
from itabook.language import VARIABLE, tr
from itabook.run.child import PR_SET_PDEATHSIG
from itabook.run.cluster_worker import VERSIONS
from itabook.run.engines import fork_is_safe
from itabook.run.job import Done, Job, work
from itabook.run.outcome import Failure
from itabook.run.parcel import Parcel, Returned, made_with, unpack
from itabook.run.plan import Run
from itabook.run.rehearsal import rehearse

END_SECONDS = 3


def main() -> None:
    """Serve until the worker is gone."""
    control, folder = socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2])
    control.set_inheritable(False)
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if fork_is_safe():
        rehearse()
    made_with()  # from now on as it is now, whatever is installed later
    try:
        serve(control, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def serve(control: socket.socket, folder: Path) -> None:
    """Fork a child for each socket that comes over `control`; remove what it wrote when it has ended."""
    children: dict[int, Path] = {}
    woken, waker = os.pipe()
    for end in (woken, waker):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    poll = select.poll()
    poll.register(control, select.POLLIN)
    poll.register(woken, select.POLLIN)
    try:
        while True:
            events = dict(poll.poll())
            if woken in events:
                os.read(woken, select.PIPE_BUF)
                _reap(children)
            if control.fileno() in events:
                message, fds, *_ = socket.recv_fds(control, 1, 1)
                if not message:
                    return
                if message == VERSIONS:
                    _tell_versions(fds[0])
                    continue
                place = Path(tempfile.mkdtemp(dir=folder))
                children[_fork(fds[0], control, place)] = place
    finally:
        _end_all(children)


def _tell_versions(fd: int) -> None:
    with Connection(fd) as pipe, contextlib.suppress(OSError):
        pipe.send_bytes(json.dumps(made_with() if fork_is_safe() else {}).encode())


def _fork(fd: int, control: socket.socket, place: Path) -> int:
    """The id of a child that does the run which comes over a socket."""
    parent = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.close(fd)
        return pid
    try:
        _leave(parent, control, place)
        os.set_inheritable(fd, False)
        with Connection(fd) as pipe:
            pipe.send_bytes(str(os.getpid()).encode())
            pipe.send_bytes(pickle.dumps(_do(pickle.loads(pipe.recv_bytes()), place)))  # noqa: S301 - as Dask itself
    except SystemExit:
        pass
    except BaseException:  # the worker sees the end of the socket; why, stands in its log
        traceback.print_exc()
    finally:
        os._exit(0)


def _leave(parent: int, control: socket.socket, place: Path) -> None:
    """Cut what a child shares with the helper: signals, the socket, temporary files."""
    gc.freeze()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    control.close()
    temporary = place / "tmp"
    temporary.mkdir()
    tempfile.tempdir = str(temporary)
    # A kernel would else keep connection files and a profile in the home of the user.
    os.environ |= dict.fromkeys(("TMPDIR", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR"), str(temporary))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            raise SystemExit


def _do(parcel: Parcel, place: Path) -> Returned:
    """Do a run in a folder of its own; nothing where it asks for other versions than there are."""
    os.environ[VARIABLE] = parcel.language
    if made_with() != parcel.versions:
        return Returned(versions=made_with())
    try:
        project, run = unpack(parcel, place / "project")
        preload(project, project.processed)
        made, failed = project.outputs / f"{run.slug}.ipynb", project.outputs / "failed" / f"{run.slug}.ipynb"
        done = work(Job(run, made, failed, project.root, parcel.engine))
    except Exception as error:  # the disk of this machine is full, or the like
        return Returned(Done(failure=_failure(run=parcel.run, error=error)))
    path = made if done.failure is None else failed
    notebook = _with_the_paths_of_the_client(path, parcel.run) if path.is_file() else None
    return Returned(done, notebook, lacking=_lacking(done))


def _lacking(done: Done) -> bool:
    """Whether the cells asked for what was not in their slice, whatever they made of that."""
    failed = done.failure is not None and SliceError.__name__ in done.failure.error + done.failure.traceback
    return failed or any(key.startswith(NOTE) for key in done.keys)


def _with_the_paths_of_the_client(path: Path, run: Run) -> bytes:
    """A notebook in which papermill names the notebook that the client has, not the copy made here."""
    notebook = json.loads(path.read_text("utf-8"))
    notebook["metadata"]["papermill"] |= {"input_path": str(run.notebook), "output_path": path.name}
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _failure(run: Run, error: Exception) -> Failure:
    said = f"{type(error).__name__}: {error}"
    place = tr(
        "สมุดบันทึก {notebook} ({slug}) ล้มเหลวก่อนเซลล์แรก ที่เครื่อง {machine}",
        notebook=run.notebook.name,
        slug=run.slug,
        machine=socket.gethostname(),
    )
    remedy = tr("วิธีแก้: ตรวจเนื้อที่ดิสก์และสิทธิ์เขียนของเครื่องนั้น แล้วสั่งอีกครั้ง งานที่เสร็จแล้วไม่ต้องทำซ้ำ")
    return Failure(None, "", said, traceback.format_exc(), f"{place}\n{said}\n{remedy}")


def _reap(children: dict[int, Path]) -> None:
    """Take note of the children that have ended."""
    for pid in list(children):
        if os.waitpid(pid, os.WNOHANG)[0]:
            shutil.rmtree(children.pop(pid), ignore_errors=True)


def _end_all(children: dict[int, Path]) -> None:
    """End the children, by force those that do not end by themselves."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        for pid in children:
            os.kill(pid, sign)
        for _ in range(END_SECONDS * 20):
            _reap(children)
            if not children:
                return
            select.select([], [], [], 0.05)


def _end(*_: object) -> NoReturn:
    raise SystemExit(1)


if __name__ == "__main__":
    main()
