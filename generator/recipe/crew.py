"""Who makes the copies of a run: this process for a few, all processors for many, in the order of the list.

What goes to a worker is rows of the list; what comes back is what they were made into. Never more than a few parts
are under way, so that memory does not grow with the list.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..copies.encryption import encrypted
from ..copies.volume import Template, Volume
from ..kept.write import PART, write_private
from .people import Leaflets, Order
from .workers import _end_with_parent, _threads, processors

if TYPE_CHECKING:
    from ..copies.recipients import Person

MANY = 1_500
"""From so many rows on, other processes are worth the time that they take to start."""
AHEAD = 2
"""Parts under way for each worker."""


class Crew:
    """The workers of a run."""

    part: int | None = None
    """Rows that a worker takes at once, where it is another number than usual."""

    def __init__(self, order: Order, leaflets: Leaflets) -> None:
        self.order, self.leaflets = order, leaflets
        self.pool = None
        self.workers = order.workers if order.workers is not None else processors()

    def dismiss(self) -> None:
        """No more work."""
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)
            self.pool = None

    def looked_at(self, batches: Iterable[list[Person]]) -> Iterator[tuple[Person, list[tuple[str, str, str]]]]:
        """Persons of whom a value cannot be printed, with what is wrong."""
        for batch, found in self._share(_look, ((batch,) for batch in batches)):
            yield from ((batch[0][at], faults) for at, faults in found)

    def written(self, batches: Iterable[list[Person]]) -> Iterator[tuple[list[Person], tuple[list[str], int]]]:
        """Batches whose files are written: their names, and how many were typeset anew."""
        for (batch,), made in self._share(_write, ((batch,) for batch in batches)):
            yield batch, made

    def tails(self, batches: Iterable[list[Person]]) -> Iterator[tuple[list[Person], list]]:
        """For each person (name of the file, master, CRC-32, what follows the master's bytes); without a master, the
        whole."""
        for (batch,), made in self._share(_tail, ((batch,) for batch in batches)):
            out = []
            for person, (name, stamped, check, tail) in zip(batch, made):
                out.append((name, self.leaflets.maker(person).master if stamped else None, check, tail))
            yield batch, out

    def bound(self, todo: Iterable[tuple[int, int, Path, list[Person]]]) -> Iterator[tuple[int, list[Person], int]]:
        """Volumes that are written: number, persons, how many were typeset anew."""
        for (number, _, _, batch), anew in self._share(_bind, todo):
            yield number, batch, anew

    def _share(self, work: Callable, todo: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
        """Each task with its result, in order."""
        global _leaflets
        todo = iter(todo)
        ahead: deque = deque()
        first = list(_some(todo, MANY if work is not _bind else 2 * self.order.volume))
        rest = list(islice(todo, 1))
        tasks = chain(first, rest, todo)
        if self.workers < 2 or not rest and len(first) < 2:
            _leaflets = self.leaflets
            yield from ((task, work(*task)) for task in tasks)
            return
        self._begin()
        for task in tasks:
            ahead.append((task, self.pool.submit(work, *task)))
            if len(ahead) >= AHEAD * self.workers:
                done, future = ahead.popleft()
                yield done, future.result()
        for done, future in ahead:
            yield done, future.result()

    def _begin(self) -> None:
        global _leaflets
        if self.pool is not None:
            return
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        copies = sys.platform == "linux" and not _threads()
        _leaflets = self.leaflets
        context = multiprocessing.get_context("fork" if copies else "spawn")
        begin = (None, ()) if copies else (self.order, tuple(self.leaflets.names))
        self.pool = ProcessPoolExecutor(self.workers, context, _start, begin)


def _some(todo: Iterator[tuple], most: int) -> Iterator[tuple]:
    """The first tasks, of so many rows together."""
    rows = 0
    while rows < most and (task := next(todo, None)) is not None:
        rows += len(task[-1])
        yield task


# ── in a worker ──────────────────────────────────────────────────────────────────────────────────────────────────────

_leaflets: Leaflets


def _start(order: Order | None, names: tuple[str, ...]) -> None:
    import gc
    import signal
    from threading import Thread

    gc.set_threshold(100_000, 20, 100)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    if order is not None:
        begin(order, names)


def begin(order: Order, names: Iterable[str]) -> None:
    """Make ready for the work of an order."""
    leaflets = Leaflets(order)
    leaflets.names = list(names)
    take(leaflets)


def take(leaflets: Leaflets) -> None:
    """Work for this run from now on."""
    global _leaflets
    _leaflets = leaflets


def _look(batch: list[Person]) -> list[tuple[int, list[tuple[str, str, str]]]]:
    found = []
    for at, person in enumerate(batch):
        faults = _leaflets.maker(person).flow_faults(person)
        if faults:
            found.append((at, faults))
    return found


def _copy(person: Person) -> tuple[bytes, bytes, int]:
    """(the master's bytes, what follows them, CRC-32 of both) of a person's copy; encrypted: nothing, the whole."""
    maker = _leaflets.maker(person)
    master = maker.master_for(person)
    tail = master.tail(maker.values(person))
    if _leaflets.order.encrypted:
        data = encrypted(master.prefix + tail, person.values[PASSWORD])
        return b"", data, zlib.crc32(data)
    return master.prefix, tail, zlib.crc32(tail, master.crc)


PASSWORD = " password"
"""Name of the password among a person's values; no column can be named so."""


def _write(batch: list[Person]) -> tuple[list[str], int]:
    order, names, anew = _leaflets.order, [], 0
    temporary = f"{PART}{_leaflets.main.name}-{os.getpid()}.part"
    for person in batch:
        prefix, tail, _ = _copy(person)
        name = _leaflets.file_name(person)
        write_private(order.output / name, (prefix, tail), temporary)
        names.append(name)
        anew += _leaflets.maker(person).flows
    return names, anew


def _tail(batch: list[Person]) -> list[tuple[str, bool, int, bytes]]:
    made = []
    for person in batch:
        prefix, tail, check = _copy(person)
        stamped = bool(prefix) and not _leaflets.maker(person).flows
        made.append((_leaflets.file_name(person), stamped, check, tail if stamped else prefix + tail))
    return made


def _bind(number: int, first: int, file: Path, batch: list[Person]) -> int:
    """Write a volume; returns how many of its copies were typeset anew."""
    pieces, anew = bound(first, batch)
    write_private(file, pieces, f"{PART}{_leaflets.main.name}-{os.getpid()}.part")
    return anew


def bound(first: int, batch: list[Person]) -> tuple[Callable[[Callable[[bytes], object]], None], int]:
    """What gives the bytes of a volume to a sink, and how many of its copies are typeset anew. first: number of its
    first copy."""
    makers = {id(maker): maker for maker in map(_leaflets.maker, batch)}.values()
    anew = sum(_leaflets.maker(person).flows for person in batch)
    hundreds = max(Template(maker.master).hundreds + maker.flows for maker in makers)

    def pieces(sink: Callable[[bytes], object]) -> None:
        volume = Volume(sink, len(batch), hundreds, len(makers) + anew, first)
        for person in batch:
            maker = _leaflets.maker(person)
            volume.add(maker.master_for(person), maker.values(person))
        volume.close()

    return pieces, anew
