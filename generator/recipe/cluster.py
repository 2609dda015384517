"""The copies of a run made by the workers of a Dask cluster, in place of this machine's processors (crew.py).

    this process                                        each worker
    the leaflet's files, scattered once          →      sets the masters from them, and compares them with ours
    50 rows of the list, a volume's rows         →      makes the copies
    writes files, archive, volumes and journal   ←      their bytes

What a cluster writes into its logs is what it sees: keys, the `repr` of what is sent, the text of errors. So rows and
copies travel as `Sealed`, keys are numbers, and no error of a worker's task is raised there: `work` answers with the
kind of the error and the line of the program.
"""

from __future__ import annotations

import logging
import os
import pickle
import secrets
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from traceback import extract_tb
from typing import Any

from ..copies.encryption import available
from ..kept.files import leads_out
from ..kept.hashes import HERE, of_tree
from ..kept.write import PART, write_private
from ..model import VERSION
from ..model.problem import Problem, Rejected
from ..model.run import Job
from . import crew
from .crew import AHEAD, Crew
from .people import Leaflets, Order

PATIENCE = 20
"""Seconds for the scheduler to answer, and for a worker to be there."""
TRIES = 3
"""How often a part is sent out when the workers that had the leaflet are all gone, and others have come."""
GOES_ON = "what is made is kept: the same command goes on, with or without --dask"


class Sealed:
    """Something that travels through a cluster. Who prints it sees the label alone."""

    __slots__ = ("data", "label")

    def __init__(self, label: str, value: Any) -> None:
        self.label, self.data = label, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    def open(self) -> Any:
        return pickle.loads(self.data)  # the cluster runs our programs: it is trusted as this machine is

    def __repr__(self) -> str:
        return f"<{self.label}>"

    def __sizeof__(self) -> int:
        return len(self.data)


class Cluster(Crew):
    """The workers of a cluster. What they make is written here, in the order of the list."""

    part = 50

    def __init__(self, order: Order, leaflets: Leaflets) -> None:
        """Raises Rejected where there is no cluster, or one with another version of this program."""
        super().__init__(order, leaflets)
        self.run = secrets.token_hex(8)
        self.sent = 0
        """How often something was sent: numbers the keys."""
        self.kit: Any = None
        """The future of the leaflet's files. Dask keeps one worker's copy of them; where that worker is ended, they are
        sent anew."""
        self.ahead: deque[tuple[tuple, Any]] = deque()
        """Tasks under way, in the order of the list, and their futures."""
        self.client = _connected(order.dask or "")
        try:
            self._same_program()
        except BaseException:
            self.dismiss()
            raise

    def dismiss(self) -> None:
        with suppress(Exception):  # what is not done is not wanted; the cluster may be gone
            if self.client.status == "running":
                self.client.cancel([future for _, future in self.ahead])
                self.client.run(forget, self.run, on_error="ignore")
        self.kit = None
        with suppress(Exception):
            self.client.close(timeout=PATIENCE)

    def written(self, batches: Iterable[list]) -> Iterator[tuple[list, tuple[list[str], int]]]:
        temporary = f"{PART}{self.leaflets.main.name}-{os.getpid()}.part"
        for batch, made in self.tails(batches):
            for name, master, _, tail in made:
                write_private(self.order.output / name, (master.prefix, tail) if master else (tail,), temporary)
            anew = sum(self.leaflets.maker(person).flows for person in batch)
            yield batch, ([name for name, *_ in made], anew)

    def bound(self, todo: Iterable[tuple[int, int, Path, list]]) -> Iterator[tuple[int, list, int]]:
        temporary = f"{PART}{self.leaflets.main.name}-{os.getpid()}.part"
        for (number, _, file, batch), (data, anew) in self._share(crew._bind, todo):
            write_private(file, (data,), temporary)
            yield number, batch, anew

    # ── what is sent, what comes back ────────────────────────────────────────────────────────────────────────────────

    def _share(self, work: Callable, todo: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
        for task in todo:
            self.ahead.append((task, self._send(work.__name__, task)))
            if len(self.ahead) >= AHEAD * max(len(self._workers()), 1):
                yield self._next(work)
        while self.ahead:
            yield self._next(work)

    def _next(self, work: Callable) -> tuple[tuple, Any]:
        task, future = self.ahead[0]
        made = self._result(work.__name__, task, future)
        self.ahead.popleft()
        return task, made

    def _send(self, name: str, task: tuple) -> Any:
        try:
            if self.kit is None or self.kit.status != "finished":
                key = self._key()
                self.kit = self.client.scatter({key: _kit(self.order, self.leaflets, self.run)}, broadcast=True)[key]
            rows = Sealed(f"rows from {task[-1][0].number}", [one for one in task if not isinstance(one, Path)])
            return self.client.submit(_work, self.kit, name, rows, key=self._key(), pure=False)
        except OSError:  # time that ran out is one, too
            raise self._gone() from None

    def _key(self) -> str:
        self.sent += 1
        return f"leaflet-{self.run}-{self.sent}"

    def _result(self, name: str, task: tuple, future: Any) -> Any:
        for _ in range(TRIES):
            try:
                return self._opened(self._awaited(future), task)
            except CancelledError:  # nobody has the leaflet's files any more
                if self.client.status != "running":
                    break
                future = self._send(name, task)
        raise self._gone()

    def _awaited(self, future: Any) -> Sealed:
        """The answer to a task. Raises CancelledError where it was lost, Rejected where there is nobody who could give
        one."""
        from distributed import KilledWorker

        there = time.monotonic()
        while True:
            try:
                return future.result(timeout=1)
            except TimeoutError:
                if self.kit.status != "finished":
                    raise CancelledError from None
                if self._workers():
                    there = time.monotonic()
                elif time.monotonic() - there > PATIENCE:
                    raise self._gone() from None
            except CancelledError:
                raise
            except (OSError, KilledWorker):
                raise self._gone() from None
            except Exception as error:  # a task raises nothing: the program itself was not found there
                raise _foreign(type(error).__name__) from None

    def _opened(self, sealed: Sealed, task: tuple) -> Any:
        kind, *said = sealed.open()
        if kind == "made":
            return said[0]
        if kind == "other":
            raise _foreign(*said)
        rows = task[-1]
        raise Rejected([Problem(None, f"a worker of the cluster failed with rows {rows[0].number} to "
                                f"{rows[-1].number}: {said[0]}", GOES_ON)])

    def _workers(self) -> dict:
        try:
            return self.client.ncores()
        except (OSError, CancelledError):
            return {}

    def _gone(self) -> Rejected:
        if self.client.status == "running" and self._workers():
            said = "workers of the cluster were ended again and again"
        else:
            said = "the cluster is gone, or all of its workers are"
        return Rejected([Problem(None, said, GOES_ON)])

    def _same_program(self) -> None:
        try:
            self.client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise Rejected([Problem(None, f"no worker has come to {self.order.dask}",
                                    f"start some:  dask worker {self.order.dask} --nthreads 1")]) from None
        for said in self.client.run(program, on_error="return").values():
            if said != program():
                raise _foreign("" if isinstance(said, Exception) else said)


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise Rejected([Problem(None, "--dask needs dask.distributed, which is not installed",
                                "pip install distributed")]) from None
    for name in ("distributed", "distributed.client"):  # what is wrong is told as a problem
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except OSError:
        raise Rejected([Problem(None, f"no scheduler of a cluster answers at {address}",
                                "start one with  dask scheduler  and give its address")]) from None
    except (TypeError, ValueError, RuntimeError) as error:
        hint = "tls:// needs the certificates that Dask's configuration names" if address.startswith("tls") else ""
        raise Rejected([Problem(None, f"{address} cannot be used: {error}", hint)]) from None


def _foreign(said: str = "") -> Rejected:
    """Workers that would make other copies."""
    there = f": {said}" if said else ""
    return Rejected([Problem(None, f"a worker of the cluster has another version of this program, or none{there}",
                             "install the same version and the same packages on all workers and for the scheduler")])


def _kit(order: Order, leaflets: Leaflets, run: str) -> Sealed:
    """What a worker needs to set the masters: the leaflet's files, how copies are made, and what the masters must be.
    Nothing about persons."""
    root, jobs = order.root, [maker.job for maker in leaflets.known.values()]
    files = {file for file in leaflets.project.hashes if file.is_relative_to(root)}
    for folder in {root / "layouts" / name for name in ("shared", *(job.layout for job in jobs))}:
        for path, _, names in os.walk(folder):
            files.update(Path(path, name) for name in names)
    return Sealed(f"leaflet {run}", {
        "run": run,
        "program": program(),
        "files": {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(files)
                  if file.is_file() and not leads_out(file, root)},
        "content": order.job.content.relative_to(root).as_posix(),
        "job": {name: getattr(order.job, name)
                for name in ("layout", "paper", "theme", "allow_stale", "allow_expired")},
        "how": {"into": order.into, "sheet": order.sheet, "password_from": order.encrypted and "password" or None},
        "names": leaflets.names,
        "masters": {key: maker.fingerprint for key, maker in leaflets.known.items()},
        "today": os.environ.get("SOURCE_DATE_EPOCH"),
    })


# ── in a worker ──────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def program() -> str:
    """Version and hash of this program. What its libraries make of it is compared by the masters."""
    return f"{VERSION} {of_tree(HERE)[:12]}"


_one_at_a_time = Lock()
"""A worker may have several threads; setting a leaflet is for one."""
_runs: dict[str, tuple[tempfile.TemporaryDirectory, Leaflets, str | None]] = {}
"""Label of a run → folder of its files, its leaflets, its SOURCE_DATE_EPOCH."""
_over: set[str] = set()
"""Labels of runs that have ended."""
MOST_RUNS = 4
"""Of runs that were killed, nobody says that they have ended."""


class _Other(Exception):
    """This worker would make other copies."""


def _work(kit: Sealed, name: str, rows: Sealed) -> Sealed:
    """Do `name` for some rows. Raises nothing: the text of an error may quote a person's words."""
    try:
        with _one_at_a_time:
            try:
                crew.take(_ready(kit))
                return Sealed("copies", ("made", _WORK[name](*rows.open())))
            finally:
                if kit.label in _over:  # it ended meanwhile
                    _drop(kit.label)
    except _Other as other:
        return Sealed("refusal", ("other", str(other)))
    except Exception as error:
        at = extract_tb(error.__traceback__)[-1]
        return Sealed("refusal", ("failed", f"{type(error).__name__}, {Path(at.filename).name} line {at.lineno}"))


def _bind(number: int, first: int, batch: list) -> tuple[bytes, int]:
    out: list[bytes] = []
    pieces, anew = crew.bound(first, batch)
    pieces(out.append)
    return b"".join(out), anew


_WORK: dict[str, Callable] = {"_look": crew._look, "_tail": crew._tail, "_bind": _bind}


def _ready(kit: Sealed) -> Leaflets:
    """The leaflets of a run: set from the files that were sent when its first rows come. Raises _Other where they are
    not what they are elsewhere."""
    if kit.label not in _runs:
        known = kit.open()
        if known["program"] != program():
            raise _Other(program())
        while len(_runs) >= MOST_RUNS:
            _drop(next(iter(_runs)))
        from distributed import get_worker

        place = get_worker().local_directory  # which Dask removes even when a worker is killed
        folder = tempfile.TemporaryDirectory(prefix="leaflet-", dir=place, ignore_cleanup_errors=True)
        root = Path(folder.name).resolve()
        for name, data in known["files"].items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        (root / "layouts").mkdir(exist_ok=True)
        _today(known["today"])
        _runs[kit.label] = folder, _set(root, known), known["today"]
    _, leaflets, today = _runs[kit.label]
    _today(today)
    return leaflets


def _today(said: str | None) -> None:
    """The day of a run is that of the machine that asked for it, where it was told to it."""
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    if said is not None:
        os.environ["SOURCE_DATE_EPOCH"] = said


def _set(root: Path, known: dict) -> Leaflets:
    job = Job(root / known["content"], **known["job"])
    try:
        if known["how"]["password_from"]:
            available()
        leaflets = Leaflets(Order(root, job, root, "", root, **known["how"]))
        leaflets.names = known["names"]
        for key, master in known["masters"].items():
            if leaflets.of(key).fingerprint != master:
                raise _Other("it sets the leaflet in another way; its libraries or fonts may be others")
    except Rejected as rejected:  # of the leaflet: there are no rows yet
        raise _Other(rejected.problems[0].message) from None
    return leaflets


def forget(run: str) -> None:
    """A run has ended. This waits for no task: what one still makes of that run, nobody wants."""
    _over.add(f"leaflet {run}")
    _drop(f"leaflet {run}")


def _drop(label: str) -> None:
    known = _runs.pop(label, None)
    if known is not None:
        known[0].cleanup()
