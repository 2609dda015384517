"""Carries out jobs, over several processes where there are many. The results come in the order of the jobs.

A few jobs are done in this process, where everything is loaded already. Many are shared out; those of one content file
in one layout stay together, whatever the papers. The bytes are the same either way.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any, TypeVar

from ..model.problem import Rejected
from ..model.run import Job, Made
from .leaflet import make
from .project import ProjectFiles

MANY = 12
"""From so many jobs on, workers are worth the time that they take to start."""
TOGETHER = 4
"""Items that a worker takes at once from `spread`."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def processors() -> int:
    """The number of processes that can work at the same time."""
    if _threads():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _threads() -> bool:
    """Whether this process runs threads, where that can be told. Then it is not copied: its copy could wait for ever on
    a lock that a thread held at that moment, and no thread would be there to let go of it."""
    return os.path.isdir("/proc/self/task") and len(os.listdir("/proc/self/task")) > 1


def make_all(project: ProjectFiles, jobs: Sequence[Job], workers: int | None = None) -> Iterator[Made]:
    """Carry out jobs. workers: how many processes; None: one for each processor, or this one alone for a few jobs."""
    if workers is None:
        workers = processors() if len(jobs) >= MANY else 1
    if workers > 1 and len(jobs) > 1:
        yield from _together(project, jobs, workers)
        return
    for number, job in enumerate(jobs):
        yield _made(project, job)
        if number + 1 == len(jobs) or jobs[number + 1].content != job.content:
            _forget(project, job)


def _together(project: ProjectFiles, jobs: Sequence[Job], workers: int) -> Iterator[Made]:
    # One job is done here first. Workers that are copies of this process then find everything loaded, and the words of
    # the file with the most jobs shaped. `make bench` measures it as a library over all processors.
    (most, _), = Counter(job.content for job in jobs).most_common(1)
    first = next(number for number, job in enumerate(jobs) if job.content == most)
    made = _made(project, jobs[first])
    others = [job for number, job in enumerate(jobs) if number != first]
    shares = [list(share) for _, share in groupby(others, lambda job: (job.contents, job.layout))]

    pool = _pool(project, min(workers, len(shares)))
    try:
        results = chain.from_iterable(pool.map(_share, shares))
        for number in range(len(jobs)):
            yield made if number == first else next(results)
    finally:
        pool.shutdown(cancel_futures=True)
        for path in {path for job in jobs for path in job.contents}:
            project.forget(path)


def spread(project: ProjectFiles, work: Callable[[ProjectFiles, Item], Result], items: Sequence[Item],
           workers: int | None = None) -> Iterator[Result]:
    """work(project, item) of each item, in their order. `work` is a function of a module, so that another process finds
    it, and forgets by itself what it need not keep of an item. workers: as for make_all."""
    if workers is None:
        workers = processors() if len(items) >= MANY else 1
    if workers < 2 or len(items) < 2:
        yield from (work(project, item) for item in items)
        return
    yield work(project, items[0])  # copies of this process then find everything loaded
    pool = _pool(project, min(workers, len(items) - 1))
    try:
        yield from pool.map(_work, [work] * (len(items) - 1), items[1:], chunksize=TOGETHER)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(project: ProjectFiles, workers: int) -> Any:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    copies = sys.platform == "linux" and not _threads()
    context = multiprocessing.get_context("fork" if copies else "spawn")
    return ProcessPoolExecutor(workers, context, _begin, (project if copies else ProjectFiles(project.root),))


def _made(project: ProjectFiles, job: Job) -> Made:
    began = time.perf_counter()
    try:
        made = make(project, job)
    except Rejected as rejected:
        return Made({}, {}, (), problems=rejected.problems)
    made.layouts = [str(name) for name in project.content(job.content).layouts]
    made.milliseconds = (time.perf_counter() - began) * 1000
    return made


def _forget(project: ProjectFiles, job: Job) -> None:
    for path in job.contents:
        project.forget(path)


# ── in a worker ──────────────────────────────────────────────────────────────────────────────────────────────────────

_project: ProjectFiles
_before: Job | None = None
"""The last job that was done."""


def _begin(project: ProjectFiles) -> None:
    import gc
    import signal
    from threading import Thread

    global _project
    _project = project
    gc.set_threshold(100_000, 20, 100)  # as in door/commands.py
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends its workers
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            # likewise: these signals are often sent to all processes at once
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this worker when the first process ends, for whatever reason. It would wait for work for ever otherwise, and
    a program that reads its output would wait, too."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _share(jobs: list[Job]) -> list[Made]:
    """The results of jobs of one content file, which is kept in memory until the jobs of another file come."""
    global _before
    if _before is not None and _before.content != jobs[0].content:
        _forget(_project, _before)
    _before = jobs[0]
    return [_made(_project, job) for job in jobs]


def _work(work: Callable[[ProjectFiles, Item], Result], item: Item) -> Result:
    return work(_project, item)
