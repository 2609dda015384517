"""Crew turns a list of jobs into what each makes, in the order of the list, on as many processors as there are.

A few jobs are done in this process, where everything is loaded already; many are shared out by content file, so that each file
is read by one worker only, once. What comes out is the same bytes in the same order either way.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from .composed import Job
from .model.problem import Place, Problem, Rejected
from .model.record import record
from .shelf import Shelf

MANY = 12
"""Jobs from which on workers are worth their start."""


@record(slots=True)
class Made:
    """What a job made; `problems` where it was rejected."""

    files: dict[str, bytes]
    inputs: dict[Path, Place | None] | list[Path]
    warnings: Sequence[Problem]
    layouts: list[str]
    """Those that the content file asks for."""
    milliseconds: float = 0.0
    problems: tuple[Problem, ...] = ()


def processors() -> int:
    """How many processes are worth it. A process that runs threads is not copied: its copy could wait for ever on a lock that
    a thread held at that moment, and no thread would be there to let go of it."""
    if os.path.isdir("/proc/self/task") and len(os.listdir("/proc/self/task")) > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def carried_out(shelf: Shelf, jobs: Sequence[Job], workers: int | None = None) -> Iterator[Made]:
    """Carry out jobs. workers: how many processes; None: as many as processors, or none but this for a few jobs."""
    first = 1  # done here, so that workers which are copies of this process find everything loaded
    if workers is None:
        workers = processors() if len(jobs) >= MANY else 1
    if workers < 2:
        first = len(jobs)
    for number, job in enumerate(jobs[:first]):
        yield _made(shelf, job)
        if number + 1 == len(jobs) or jobs[number + 1].content != job.content:
            _forget(shelf, job)
    shares = [list(share) for _, share in groupby(jobs[first:], lambda job: job.content)]
    if not shares:
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(min(workers, len(shares)), context, _begin, (shelf.project,))
    try:
        for made in pool.map(_share, shares):
            yield from made
    finally:
        pool.shutdown(cancel_futures=True)


def _made(shelf: Shelf, job: Job) -> Made:
    from .pipeline import make

    began = time.perf_counter()
    try:
        files, inputs, warnings = make(shelf, job)
        layouts = [str(name) for name in shelf.content(job.content).layouts]
        return Made(files, inputs, warnings, layouts, (time.perf_counter() - began) * 1000)
    except Rejected as rejected:
        return Made({}, [], (), [], problems=rejected.problems)


def _forget(shelf: Shelf, job: Job) -> None:
    for path in job.contents:
        shelf.forget(path)


# ── in a worker ──────────────────────────────────────────────────────────────────────────────────────────────────────

_shelf: Shelf


def _begin(project: Path) -> None:
    import signal

    global _shelf
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that was started; it ends its workers
    _shelf = Shelf(project)


def _share(jobs: list[Job]) -> list[Made]:
    made = [_made(_shelf, job) for job in jobs]
    _forget(_shelf, jobs[0])
    return made
