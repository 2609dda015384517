"""A cluster of processes on this machine, for the tests; all that it logs goes to standard error.

    python tests/copies/cluster.py      says the scheduler's address, that of one without workers, and the process
                                        numbers of the workers; ends when standard input does
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from distributed import LocalCluster

    how = {"dashboard_address": "127.0.0.1:0", "silence_logs": False, "host": "127.0.0.1", "protocol": "tcp"}
    with (LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **how) as cluster,
          LocalCluster(n_workers=0, processes=False, **how) as idle):
        numbers = [worker.process.pid for worker in cluster.workers.values()]
        print(cluster.scheduler_address, idle.scheduler_address, *numbers, flush=True)
        sys.stdin.read()
