"""Many mails through a server that fails at random, by a program that is killed again and again (SIGKILL).

    python tests/deliver/campaign.py --mails 10000 --kills 50 --faults 0.05 --seed 1

Prints what became of them; the exit code is 1 where one is lost, doubled, or unknown without being named.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from deliver.post_office import PostOffice

from generator.deliver.account import Account
from generator.deliver.journal import Journal
from generator.deliver.queue import Mail, counted, send
from generator.deliver.smtp import Line


def sender(folder: Path, port: int, count: int) -> None:
    """One run of the program."""
    with Journal(folder) as journal, Line(Account("127.0.0.1", port, "none")) as line:
        mails = [Mail("campaign", row, str(row), "ward@clinic.example", (f"{row}@x.example",), written)
                 for row in range(1, count + 1)]
        send(mails, journal, line, rate=1e9, sleep=lambda seconds: time.sleep(min(seconds, 0.01)))


def written(number: str) -> bytes:
    return f"Message-ID: <{number}>\r\nSubject: Hip\r\n\r\nRead and keep.\r\n".encode()


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    for name, kind, usual in (("mails", int, 10_000), ("kills", int, 50), ("faults", float, 0.05), ("seed", int, 1)):
        asked.add_argument(f"--{name}", type=kind, default=usual)
    asked.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.run:
        sender(Path(given.run[0]), int(given.run[1]), int(given.run[2]))
        return 0
    refused = frozenset(f"{row}@x.example" for row in range(100, given.mails + 1, 100))
    dice, kills, began = random.Random(given.seed), 0, time.monotonic()
    with TemporaryDirectory() as name, PostOffice(given.seed, given.faults, refused) as office:
        folder, share = Path(name), given.mails // (given.kills + 1)
        while True:
            command = [sys.executable, __file__, "--run", name, str(office.port), str(given.mails)]
            goal = sum(office.taken.values()) + dice.randint(share // 2, share) if kills < given.kills else None
            with subprocess.Popen(command) as run:
                while run.poll() is None and (goal is None or sum(office.taken.values()) < goal):
                    time.sleep(0.001)
                if run.poll() is None:
                    run.kill()
                    kills += 1
                    continue
            with Journal(folder) as journal:
                found = counted("campaign", journal)
                sent = {entry.number for entry in journal.of("campaign", "sent")}
                unknown = {entry.number for entry in journal.of("campaign", "unknown")}
            if not found["waiting"] or run.returncode:
                break
        taken = office.taken
        doubled = sum(count > 1 for count in taken.values())
        lost = len(sent - set(taken)) + given.mails - sum(found.values())
        unnamed = len(set(taken) - sent - unknown)
        print(f"{given.mails} mails, {kills} kills, {office.cut} lines that broke at the end of the data, "
              f"{time.monotonic() - began:.0f} s")
        print(f"{found['sent']} sent, {found['refused']} refused, {len(unknown)} unknown, {found['waiting']} waiting; "
              f"{lost} lost, {doubled} doubled, {unnamed} unknown and not named")
        return int(bool(lost or doubled or unnamed or len(unknown) > office.cut + kills or found["waiting"]))


if __name__ == "__main__":
    sys.exit(main())
