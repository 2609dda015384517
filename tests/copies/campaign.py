"""Runs of `leaflet copies` that take longer than a test may.

    python tests/copies/campaign.py --kills 30                 in each mode: kill a run again and again (SIGKILL)
    python tests/copies/campaign.py --sample 200               in each mode: judge so many random copies, and read them
    python tests/copies/campaign.py --million 1000000          one command into PDFs: its time, and the memory it needs

The exit code is 1 where a copy is lost, doubled, not valid, or has somebody else's words.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "copies")]

from project_kit import new_project
from referees import verapdf
from test_copies_runs import CONTENT, everybody, order, people, read_back, said

from generator.recipe import copying

MODES = ("files", "zip", "pdf")
PAUSE = 0.03
"""Seconds after each part of a run that will be killed."""


def run(root: Path, file: Path, into: str) -> None:
    """One run, in parts so small that a short list has many."""
    copying.PART_SIZE, copying.OFTEN = 50, 0.02
    os.sync = lambda: None  # what a killed program has written is not lost; only a power cut would show the difference

    def tell(done: int, total: int) -> None:
        print(flush=True)
        time.sleep(PAUSE)  # so that most of the time copies are made

    print(copying.run(order(root, file, into, workers=2, volume=100), tell).kept)


def whole(out: Path) -> dict[str, str]:
    """Name → digest of each file that a run has made."""
    return {entry.name: hashlib.sha256(entry.read_bytes()).hexdigest() for entry in out.iterdir()
            if not entry.name.endswith(".journal")}


def kills(folder: Path, root: Path, into: str, count: int, seed: int, number: int) -> list[str]:
    """What went wrong with runs of which `count` were killed, each at a random moment, and gone on with."""
    chance, wrong = random.Random(f"{seed}{into}"), []
    file = people(folder, number)
    command = [sys.executable, __file__, "--run", str(root), str(file), into]
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        first = time.monotonic() - began
        process.stdout.read()
    took = time.monotonic() - began
    expected, out = whole(folder / "out"), folder / "out"
    if read_back(out, into) != everybody(number):
        wrong.append(f"{into}: a run that nobody killed has lost or doubled somebody")
    killed = finished = kept = 0
    shutil.rmtree(out)
    while killed < count or finished == 0:
        with subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True) as process:
            try:
                moment, told = None, ""
                if killed < count:
                    moment = chance.random() * (took - first)
                    if chance.random() < 0.8:  # else it is killed before the first copies are there
                        told = process.stdout.readline()
                process.wait(moment)
            except subprocess.TimeoutExpired:
                # now this process alone, now its workers, too
                (os.kill if chance.random() < 0.5 else os.killpg)(process.pid, signal.SIGKILL)
                process.wait()
                killed += 1
                continue
            kept += int(([0] + (told + process.stdout.read()).split())[-1])
        finished += 1
        if process.returncode:
            wrong.append(f"{into}: a run ended with {process.returncode}")
        elif whole(out) != expected:
            differing = sorted({name for name, _ in whole(out).items() ^ expected.items()})
            wrong.append(f"{into}: after {killed} kills these are not as they should be: {', '.join(differing[:9])}")
        shutil.rmtree(out)
    print(f"{into}: {number} copies, {killed} kills; {finished} runs came to their end, which kept {kept} copies of "
          f"those before; {len(wrong)} faults", flush=True)
    return wrong


def sample(folder: Path, root: Path, into: str, count: int, seed: int, number: int) -> list[str]:
    """What is wrong with `count` random copies of a run."""
    chance, wrong, out = random.Random(f"{seed}{into}"), [], folder / "out"
    copying.run(order(root, people(folder, number), into, volume=10))
    chosen = sorted(chance.sample(range(number), count))
    if into == "pdf":
        files = sorted(out.glob("*.pdf"))
        judged = sorted({files[one // 10] for one in chosen})
        texts = [page for file in files for page in said(file.read_bytes()) if page.strip()]
        found = [re.findall(r"Person \d{5}", texts[one]) for one in chosen]
    else:
        for archive in out.glob("*.zip"):
            with zipfile.ZipFile(archive) as opened:
                opened.extractall(out, [opened.namelist()[one] for one in chosen])
        files = sorted(out.glob("*.pdf"))
        judged = files if into == "zip" else [files[one] for one in chosen]
        found = [re.findall(r"Person \d{5}", "".join(said(file.read_bytes()))) for file in judged]
    wrong += [f"{into}: {one:05} has the words of {names}" for one, names in zip(chosen, found, strict=True)
              if names != [f"Person {one:05}"]]
    for file, faults in verapdf(judged).items():
        wrong += [f"{into}: {Path(file).name}: {fault}" for fault in faults]
    print(f"{into}: {count} of {number} copies read, {len(judged)} files judged, {len(wrong)} faults", flush=True)
    return wrong


def million(folder: Path, root: Path, number: int) -> list[str]:
    """The time of one command for a long list, and the memory of it and of shorter ones. Up to 20,000 people what
    is kept at hand fills up (words, values, ids); from there on nothing may grow."""
    used = []
    for count in (1_000, 20_000, number):
        file = people(folder, count)
        command = [sys.executable, "-m", "generator", "copies", "visit/en", "-r", str(file), "--into", "pdf", "-o",
                   str(folder / "out")]
        began = time.monotonic()
        subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
                       stdout=subprocess.DEVNULL)
        took = time.monotonic() - began
        used.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
        files = sorted((folder / "out").glob("*.pdf"))
        size = sum(file.stat().st_size for file in files)
        print(f"{count:,} copies in {took:.0f} s, {len(files)} PDFs, {size / count:,.0f} bytes a copy; the largest "
              f"process had {used[-1] / 1024:.0f} MB", flush=True)
        shutil.rmtree(folder / "out")
    grown = (used[2] - used[1]) / 1024
    print(f"from 20,000 people to {number:,}, memory grew by {grown:.0f} MB")
    return ["memory is not flat"] if grown > 8 else []


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("kills", "sample", "million"):
        asked.add_argument(f"--{name}", type=int, default=0, metavar="N")
    asked.add_argument("--people", type=int, default=2_000, metavar="N", help="of a list for kills or a sample")
    asked.add_argument("--into", choices=MODES, action="append", help="without it: each mode")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.run:
        run(Path(given.run[0]), Path(given.run[1]), given.run[2])
        return 0
    wrong = []
    with TemporaryDirectory() as name:
        root = Path(name) / "project"
        root.mkdir()
        new_project(root, {"visit/en.yaml": CONTENT.replace("{hello}", "")})
        for into in given.into or MODES:
            for work, count in ((kills, given.kills), (sample, given.sample)):
                if count:
                    folder = Path(name) / f"{work.__name__}-{into}"
                    folder.mkdir()
                    wrong += work(folder, root, into, count, given.seed, given.people)
                    shutil.rmtree(folder)
        if given.million:
            wrong += million(Path(name), root, given.million)
    print(*wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
