"""`make torture`: damaged inputs, killed builds, full disks, two builds in one folder, large inputs, for as long as one
likes. Exit code 1 where anything was found."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
MOST = 512
"""Megabytes that a process may take."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="damaged files to try")
    parser.add_argument("--builds", type=int, default=100, help="one in so many is built, the others are only read")
    parser.add_argument("--kind", action="append", default=[], help="kind of file to damage; without it, every kind")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes that damage files")
    parser.add_argument("--kills", type=int, default=20, help="builds to kill")
    parser.add_argument("--disks", type=int, default=20, help="runs that find the disk full")
    parser.add_argument("--pairs", type=int, default=20, help="times that two runs meet in one folder")
    parser.add_argument("--large", type=float, default=1,
                        help="size of the large inputs, as a part of the whole; 0: none")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same damages")
    asked = parser.parse_args()
    bad = False
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # SQLite waits for a disk after every note
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        os.environ["LEAFLET_CACHE"] = str(Path(folder) / "cache")
        import builds
        import campaign
        import large
        import mutants

        if asked.inputs:
            began = time.perf_counter()
            tally = campaign.inputs(Path(folder), asked.inputs, asked.builds, tuple(asked.kind), asked.seed,
                                    asked.workers)
            print(tally.report(time.perf_counter() - began), flush=True)
            seen = set()
            for kind, said, data in tally.found:
                if said not in seen:
                    seen.add(said)
                    print(f"── {kind}, {len(data)} bytes: {data[:300]!r}\n{said}")
            bad |= bool(tally.found) or tally.memory > MOST
        for what, count, said in (("kills", asked.kills, "builds, {} of them killed in the midst"),
                                  ("disks", asked.disks, "runs, {} of which found the disk full"),
                                  ("pairs", asked.pairs, "times two runs in one folder, {} times with one killed")):
            if count:
                number, wrong = getattr(builds, what)(mutants.project(Path(folder) / what), count, asked.seed)
                print(f"{count} {said.format(number)}; {len(wrong)} not as they would have been", *wrong, sep="\n",
                      flush=True)
                bad |= bool(wrong)
        if asked.large:
            for line, wrong in large.all_of(Path(folder) / "large", asked.large):
                print(f"{line}{': ' if wrong else ''}{wrong}", flush=True)
                bad |= bool(wrong)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
