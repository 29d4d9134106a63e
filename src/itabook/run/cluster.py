"""Many runs at once on the workers of a Dask cluster, which need the package and nothing of the project."""

import contextlib
import logging
import pickle
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import dask
from distributed import Client, Future
from distributed.scheduler import KilledWorker

from itabook.data.library import Library
from itabook.errors import ItabookError
from itabook.language import tr
from itabook.run import cluster_worker
from itabook.run.cluster_faults import DIED, LOST, differences, failure_of, no_worker
from itabook.run.engines import Engine
from itabook.run.job import Done
from itabook.run.parcel import Packer, Returned
from itabook.run.plan import Run
from itabook.run.schedule import Ended, Places

CONNECT_SECONDS = 5
"""How long to wait for a scheduler, and for its first worker."""
ABSENT_SECONDS = 60
"""How long to wait for a worker where all are gone in the middle of a batch."""
TICK_SECONDS = 1.0


@dataclass
class _Active:
    """A run that is under way.

    Attributes:
        whole: whether it has all data with it.
        starts: how often it was started, as the workers tell.
        killed: how often Dask has given it up, workers having died with it.
    """

    run: Run
    future: "Future[tuple[str, bytes | None]]"
    whole: bool
    starts: int = 0
    killed: int = 0
    since: float = field(default_factory=time.perf_counter)


def execute_all(
    runs: Sequence[Run], places: Places, library: Library, scheduler: str, *, engine: Engine, keep_going: bool
) -> Iterator[Ended]:
    """Execute runs on the workers of a scheduler, as many at once as these have threads, and yield each as it ends.

    After a failure no new run is started unless `keep_going`; those under way are finished. When the caller stops, or
    Ctrl-C is pressed, the rest is cancelled. ItabookError where there is no scheduler or no worker, and where a worker
    has other versions than this process.
    """
    with connected(scheduler) as client:
        refuse_other_versions(client)
        batch = _Batch(client, scheduler, places, Packer(library, engine, uuid.uuid4().hex))
        waiting, stop = list(reversed(runs)), False
        with batch.stopped_at_the_end():
            while batch.active or (waiting and not stop):
                while waiting and not stop and len(batch.active) < batch.room():
                    batch.start(waiting.pop())
                for ended in batch.ended():
                    stop = stop or (ended.done.failure is not None and not keep_going)
                    yield ended


@contextmanager
def connected(scheduler: str) -> Iterator[Client]:
    """A client of a scheduler that has at least one worker. ItabookError where there is none of either."""
    # What the client logs of a lost connection is told by an error that says what to do.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set({"distributed.comm.timeouts.connect": CONNECT_SECONDS}):
        try:
            client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            remedy = tr("วิธีแก้: เปิด dask scheduler ก่อน แล้วใช้ที่อยู่ที่แสดงไว้ เช่น tcp://10.0.0.5:8786")
            raise ItabookError(
                tr(
                    "ติดต่อ Dask scheduler ที่ {scheduler} ไม่ได้ ({error}) · {remedy}",
                    scheduler=scheduler,
                    error=error,
                    remedy=remedy,
                )
            ) from error
        with client:
            try:
                client.wait_for_workers(1, timeout=CONNECT_SECONDS)
            except (TimeoutError, OSError) as error:
                raise ItabookError(no_worker(scheduler)) from error
            yield client


def refuse_other_versions(client: Client) -> None:
    """ItabookError where a worker has another version of anything than this process; it names all that differ."""
    found: dict[str, Any] = client.run(cluster_worker.ready, on_error="return")
    problems = [problem for worker, theirs in sorted(found.items()) for problem in differences(worker, theirs)]
    if problems:
        raise ItabookError("\n".join(problems))


class _Batch:
    """The runs of one build on a cluster."""

    def __init__(self, client: Client, scheduler: str, places: Places, packer: Packer) -> None:
        self._client, self._scheduler, self._places, self._packer = client, scheduler, places, packer
        self.active: dict[str, _Active] = {}
        self._done: SimpleQueue[str] = SimpleQueue()
        self._seen = time.monotonic()
        client.subscribe_topic(cluster_worker.TOPIC, self._note_start)

    def room(self) -> int:
        """How many runs can be under way: as many as the workers that are there now have threads."""
        try:
            return sum(self._client.nthreads().values())
        except OSError as error:
            raise ItabookError(tr(LOST)) from error

    def start(self, run: Run, *, whole: bool = False) -> None:
        """Send a run."""
        self.active[run.slug] = _Active(run, self._submit(run, whole=whole), whole)

    def ended(self) -> Iterator[Ended]:
        """Runs that have come to their end within the next moment. ItabookError where the cluster is gone."""
        try:
            slug = self._done.get(timeout=TICK_SECONDS)
        except Empty:
            self._refuse_without_workers()
            return
        one = self.active[slug]
        if one.future.status not in {"finished", "error"}:
            raise ItabookError(tr(LOST))
        returned = self._returned(one)
        if returned is not None:
            yield self._end(one, returned)

    def _submit(self, run: Run, *, whole: bool) -> "Future[tuple[str, bytes | None]]":
        parcel = self._packer.pack(run, whole=whole)
        key = f"itabook-{run.slug}-{uuid.uuid4().hex}"
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}):
            packed = (self._packer.batch, run.slug, pickle.dumps(parcel))
            future = self._client.submit(cluster_worker.carry_out, *packed, key=key, pure=False, retries=1)
        future.add_done_callback(lambda _: self._done.put(run.slug))
        return future

    def _returned(self, one: _Active) -> Returned | None:
        """What came back; None where the run was sent once more."""
        try:
            worker, packed = one.future.result()
        except KilledWorker:
            one.killed += 1
            if one.killed < cluster_worker.ATTEMPTS:
                one.future = self._submit(one.run, whole=one.whole)
                return None
            return Returned()
        except (CancelledError, OSError, TimeoutError) as error:
            raise ItabookError(tr(LOST)) from error
        except Exception as error:  # of Dask, on a worker
            return Returned(Done(failure=failure_of(one.run, f"{type(error).__name__}: {error}")))
        returned: Returned = Returned() if packed is None else pickle.loads(packed)  # noqa: S301 - as Dask itself
        if returned.versions is not None:  # of a worker that came later
            raise ItabookError("\n".join(differences(worker, returned.versions)))
        if returned.lacking and not one.whole:
            one.whole = True
            one.future = self._submit(one.run, whole=True)
            return None
        return returned

    def _end(self, one: _Active, returned: Returned) -> Ended:
        done = returned.done or Done(seconds=time.perf_counter() - one.since, failure=failure_of(one.run, tr(DIED)))
        if returned.notebook is not None:
            good = done.failure is None
            _put(returned.notebook, self._places.notebook(one.run) if good else self._places.failed_notebook(one.run))
        del self.active[one.run.slug]
        return Ended(one.run, done, max(one.starts, 1))

    def _note_start(self, event: tuple[float, Sequence[str]]) -> None:
        batch, slug = event[1]
        one = self.active.get(slug)
        if batch == self._packer.batch and one is not None:
            one.starts += 1

    def _refuse_without_workers(self) -> None:
        """ItabookError where the scheduler is gone, or all workers have been for long."""
        if self._client.status != "running":
            raise ItabookError(tr(LOST))
        if self.room():
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > ABSENT_SECONDS:
            raise ItabookError(no_worker(self._scheduler))

    @contextmanager
    def stopped_at_the_end(self) -> Iterator[None]:
        """Whatever happens, what is under way is cancelled."""
        try:
            yield
        finally:
            if self.active and self._client.status == "running":
                with contextlib.suppress(OSError, TimeoutError):
                    self._client.cancel([one.future for one in self.active.values()], force=True)
                    self._client.run(cluster_worker.stop, self._packer.batch, on_error="ignore")


def _put(notebook: bytes, place: Path) -> None:
    """Write a notebook in its place, whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.part")
    try:
        aside.write_bytes(notebook)
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)
