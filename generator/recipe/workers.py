"""Jobs over several processes: what each job makes, in the order of the jobs.

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

from ..model.problem import Rejected
from ..model.run import Job, Made
from .leaflet import make
from .project import ProjectFiles

MANY = 12
"""Jobs from which on workers are worth their start."""


def processors() -> int:
    """How many processes are worth it. A process that runs threads is not copied: its copy could wait for ever on a lock that
    a thread held at that moment, and no thread would be there to let go of it."""
    if os.path.isdir("/proc/self/task") and len(os.listdir("/proc/self/task")) > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make_all(project: ProjectFiles, jobs: Sequence[Job], workers: int | None = None) -> Iterator[Made]:
    """Carry out jobs. workers: how many processes; None: as many as processors, or none but this for a few jobs."""
    first = 1  # done here, so that workers which are copies of this process find everything loaded
    if workers is None:
        workers = processors() if len(jobs) >= MANY else 1
    if workers < 2:
        first = len(jobs)
    for number, job in enumerate(jobs[:first]):
        yield _made(project, job)
        if number + 1 == len(jobs) or jobs[number + 1].content != job.content:
            _forget(project, job)
    shares = [list(share) for _, share in groupby(jobs[first:], lambda job: job.content)]
    if not shares:
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(min(workers, len(shares)), context, _begin, (project.root,))
    try:
        for made in pool.map(_share, shares):
            yield from made
    finally:
        pool.shutdown(cancel_futures=True)


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


def _begin(root: Path) -> None:
    import signal

    global _project
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that was started; it ends its workers
    _project = ProjectFiles(root)


def _share(jobs: list[Job]) -> list[Made]:
    made = [_made(_project, job) for job in jobs]
    _forget(_project, jobs[0])
    return made
