"""`make torture`: damaged inputs and killed builds, for as long as one likes. Exit code 1 where anything was found."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="damaged files to try")
    parser.add_argument("--builds", type=int, default=100, help="one in so many is built, the others are only read")
    parser.add_argument("--kills", type=int, default=20, help="builds to kill")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same damages")
    parser.add_argument("--kind", action="append", default=[], help="kind of file to damage; without it, every kind")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LEAFLET_CACHE"] = str(Path(folder) / "cache")
        import campaign
        import mutants

        work = campaign.Campaign(mutants.project(Path(folder) / "project"), asked.seed)
        work.inputs(asked.inputs, asked.builds, tuple(asked.kind))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
        print(work.report(), f"most memory: {memory:.0f} MB", sep="\n")
        seen = set()
        for kind, said, data in work.found:
            if said not in seen:
                seen.add(said)
                print(f"── {kind}, {len(data)} bytes: {data[:300]!r}\n{said}")
        killed, wrong = (campaign.kills(mutants.project(Path(folder) / "killed"), asked.kills, asked.seed)
                         if asked.kills else (0, []))
        print(f"{asked.kills} builds, {killed} of them killed in the midst; {len(wrong)} not as they would have been",
              *wrong, sep="\n")
    return 1 if work.found or wrong or memory > 512 else 0


if __name__ == "__main__":
    sys.exit(main())
