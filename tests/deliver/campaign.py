"""Many mails through a server that fails at random, by a program that is killed again and again (SIGKILL).

    python tests/deliver/campaign.py --mails 10000 --kills 50 --faults 0.05 --seed 1
    python tests/deliver/campaign.py --mails 1000 --kills 50 --faults 0.02 --command

The first sends by the library, which does not wait between two tries; --command by `leaflet mail --recipients LIST`,
with letters and copies. Prints what became of them; the exit code is 1 where one is lost, doubled, or unknown without
being named.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from deliver.post_office import PostOffice
from project_kit import new_project

from generator.deliver.account import Account
from generator.deliver.journal import FILE, Journal
from generator.deliver.queue import Mail, send
from generator.deliver.smtp import Line

LEAFLET = "format: 1\nlanguage: en\ntitle: Your hip\nintroduction: Read and keep.\n"


def sender(folder: Path, port: int, count: int) -> None:
    """One run of the library."""
    (folder / "output").mkdir(exist_ok=True)
    with Journal(folder / "output") as journal, Line(Account("127.0.0.1", port, "none")) as line:
        mails = [Mail("campaign", row, str(row), "ward@clinic.example", (f"{row}@x.example",), written)
                 for row in range(1, count + 1)]
        send(mails, journal, line, rate=1e9, sleep=lambda seconds: time.sleep(min(seconds, 0.01)))


def written(number: str) -> bytes:
    return f"Message-ID: <{number}>\r\nSubject: Hip\r\n\r\nRead and keep.\r\n".encode()


def prepared(folder: Path, port: int, count: int) -> None:
    """A project with a list of people, for the command."""
    new_project(folder, {"hip/en.yaml": LEAFLET}, ["handout", "shared"])
    rows = "".join(f"Person {row},{row}@x.example,yes\n" for row in range(1, count + 1))
    (folder / "list.csv").write_text(f"name,email,consent\n{rows}", "utf-8")
    (folder / "mail.yaml").write_text("sender: ward@clinic.example\nrate: 10000\n"
                                      f"smtp: {{host: 127.0.0.1, port: {port}, security: none}}\n", "utf-8")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, kind, usual in (("mails", int, 10_000), ("kills", int, 50), ("faults", float, 0.05), ("seed", int, 1)):
        asked.add_argument(f"--{name}", type=kind, default=usual)
    asked.add_argument("--command", action="store_true")
    asked.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.run:
        sender(Path(given.run[0]), int(given.run[1]), int(given.run[2]))
        return 0
    refused = frozenset(f"{row}@x.example" for row in range(100, given.mails + 1, 100))
    dice, kills, began = random.Random(given.seed), 0, time.monotonic()
    with TemporaryDirectory() as name, PostOffice(given.seed, given.faults, refused) as office:
        share = given.mails // (given.kills + 1)
        command = [sys.executable, __file__, "--run", name, str(office.port), str(given.mails)]
        if given.command:
            prepared(Path(name), office.port, given.mails)
            command = [sys.executable, "-m", "generator", "mail", "hip/en", "-r", "list.csv", "--as", "send"]
        for _ in range(given.kills + 100):
            goal = sum(office.taken.values()) + dice.randint(share // 2, share) if kills < given.kills else None
            with subprocess.Popen(command, cwd=name, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  env={**os.environ, "PYTHONPATH": str(ROOT)}) as run:
                while run.poll() is None and (goal is None or sum(office.taken.values()) < goal):
                    time.sleep(0.001)
                if run.poll() is None:
                    run.kill()
                    kills += 1
                    continue
            found = states(Path(name) / "output" / FILE)
            if not found["waiting"] or run.returncode not in (0, int(given.command)):
                break
        taken, sent, unknown = office.taken, found["sent"], found["unknown"]
        doubled = sum(count > 1 for count in taken.values())
        lost = len(sent - set(taken)) + given.mails - sum(map(len, found.values()))
        unnamed = len(set(taken) - sent - unknown)
        print(f"{given.mails} mails, {kills} kills, {office.cut} lines that broke at the end of the data, "
              f"{time.monotonic() - began:.0f} s")
        print(f"{len(sent)} sent, {len(found['refused'])} refused, {len(unknown)} unknown, {len(found['waiting'])} "
              f"waiting; {lost} lost, {doubled} doubled, {unnamed} unknown and not named")
        return int(bool(lost or doubled or unnamed or len(unknown) > office.cut + kills or found["waiting"]))


def states(file: Path) -> dict[str, set[str]]:
    """State → the Message-IDs of the mails that are in it."""
    base = sqlite3.connect(file)
    rows = base.execute("SELECT state, number FROM mails").fetchall()
    base.close()
    return {state: {number for one, number in rows if one == state} for state in ("waiting", "sent", "refused",
                                                                                 "unknown", "intent")}


if __name__ == "__main__":
    sys.exit(main())
