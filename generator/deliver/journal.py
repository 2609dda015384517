"""What became of each mail, on disk before anything else happens, so that a run that was killed can go on.

    waiting   not sent; it may be tried
    intent    the end of its data is about to be sent
    sent      the server has said yes (250)
    refused   the server has said no (5xx)
    unknown   the line broke, or the program was killed, between the end of the data and the answer: nobody can tell
              whether the server has it (RFC 1047). It is never sent again by itself.

No address and no name stands in it: a mail is known by its Message-ID, a keyed digest, and its row in the list.
"""

from __future__ import annotations

import errno
import hmac
import os
import secrets
import sqlite3
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from ..model.problem import Problem, Rejected
from ..model.record import record

FILE = ".mail.sqlite"
"""Name of a journal, in the output folder."""
DOMAIN = "leaflet.invalid"
"""Right side of a Message-ID (RFC 2606: it belongs to nobody, and says nothing of the sender's machine)."""
State = Literal["waiting", "intent", "sent", "refused", "unknown"]
FULL = ("disk is full", "disk i/o error")


@record(frozen=True, slots=True)
class Entry:
    """A mail in the journal."""

    number: str
    """Its Message-ID, without brackets."""
    row: int
    """Of the list of recipients, from 1."""
    state: State
    tries: int
    """How many times it was offered to the server."""
    code: str
    """The server's last answer, as numbers alone ("450 4.2.1"): its words may hold an address."""


class Journal:
    """The journal of a folder. One program at a time has it open."""

    def __init__(self, folder: Path) -> None:
        """What a killed run left at intent is unknown from here on. Raises Rejected where another program has the
        journal open or the file is none, OSError where the disk is full."""
        self.file = folder / FILE
        os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))
        self._rounds: dict[str, int] = {}
        if not stat.S_ISREG(os.lstat(self.file).st_mode):  # what is written into a device or a pipe is lost
            raise Rejected([Problem(None, f"{self.file.name} is no journal, but a link, a device or a pipe",
                                    "move it away; who was mailed before is not known then")])
        self._base = sqlite3.connect(self.file, timeout=0, isolation_level=None)
        try:
            self._run("PRAGMA locking_mode=EXCLUSIVE")
            self._run("PRAGMA synchronous=FULL")
            self._run("BEGIN EXCLUSIVE")
            self._run("CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
            self._run("CREATE TABLE IF NOT EXISTS mails (number TEXT PRIMARY KEY, run TEXT, person TEXT, row INTEGER, "
                      "state TEXT, tries INTEGER, code TEXT) WITHOUT ROWID")
            self._run("INSERT OR IGNORE INTO facts VALUES ('key', ?)", secrets.token_bytes(32))
            self._run("UPDATE mails SET state = 'unknown' WHERE state = 'intent'")
            self._run("COMMIT")
            ((self._key,),) = self._run("SELECT value FROM facts WHERE name = 'key'")
        except BaseException:
            self._base.close()
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *error: object) -> None:
        self._base.close()

    def number(self, run: str, recipient: str) -> str:
        """The Message-ID of what a run sends to a recipient: the same each time until the run is begun anew. It says
        nothing of either."""
        return self._digest(f"{run}\0{recipient}\0{self._round(run)}") + f"@{DOMAIN}"

    def plan(self, mails: Sequence[tuple[str, int, str]]) -> list[Entry]:
        """Enter mails, (run, row, recipient), where they are not there yet; gives all of them as they stand."""
        with self._together():
            numbers = []
            for run, row, recipient in mails:
                numbers.append(self.number(run, recipient))
                self._run("INSERT OR IGNORE INTO mails VALUES (?, ?, ?, ?, 'waiting', 0, '')", numbers[-1], run,
                          self._digest(recipient), row)
        return [self.entry(number) for number in numbers]

    def begin_anew(self, run: str) -> None:
        """Everybody gets the mails of this run once more, with other Message-IDs: servers drop one that they know."""
        with self._together():
            self._run("DELETE FROM mails WHERE run = ?", run)
            self._run("INSERT OR REPLACE INTO facts VALUES (?, ?)", f"round {run}", self._round(run) + 1)
            self._rounds.pop(run, None)

    def waiting(self, begins: str, but: Collection[str] = ()) -> dict[str, int]:
        """Run → how many of its mails wait, of the runs whose names begin so; `but`: without these runs."""
        found = self._run("SELECT run, count(*) FROM mails WHERE state = 'waiting' AND substr(run, 1, ?) = ? "
                          "GROUP BY run ORDER BY run", len(begins), begins)
        return {run: count for run, count in found if run not in but}

    def had(self, runs: Collection[str], recipients: Iterable[str]) -> int:
        """How many of these recipients have, or may have, a mail of these runs."""
        persons = {self._digest(one) for one in recipients}
        return sum(person in persons for run in runs for (person,) in self._run(
            "SELECT DISTINCT person FROM mails WHERE run = ? AND state IN ('sent', 'unknown')", run))

    def _digest(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), "sha256").hexdigest()[:32]

    def _round(self, run: str) -> int:
        """How often a run was begun anew."""
        if run not in self._rounds:
            found = self._run("SELECT value FROM facts WHERE name = ?", f"round {run}")
            self._rounds[run] = found[0][0] if found else 0
        return self._rounds[run]

    def entry(self, number: str) -> Entry:
        """A mail that was planned."""
        ((row, state, tries, code),) = self._run("SELECT row, state, tries, code FROM mails WHERE number = ?", number)
        return Entry(number, row, state, tries, code)

    def state(self, number: str) -> State | None:
        """How a mail stands; None where it was never planned."""
        found = self._run("SELECT state FROM mails WHERE number = ?", number)
        return found[0][0] if found else None

    def note(self, number: str, state: State, code: str = "") -> None:
        """Record a mail's new state. It is on disk when this returns. Each intent is one more try."""
        self._run("UPDATE mails SET state = ?, code = ?, tries = tries + ? WHERE number = ?", state, code,
                  int(state == "intent"), number)

    def of(self, run: str, state: State) -> list[Entry]:
        """The mails of a run that are in a state, in the order of the list."""
        found = self._run("SELECT number, row, state, tries, code FROM mails WHERE run = ? AND state = ? ORDER BY row",
                          run, state)
        return [Entry(*one) for one in found]

    def unknown(self) -> list[str]:
        """The Message-IDs of all mails of which nobody knows whether they were sent."""
        return [number for (number,) in self._run("SELECT number FROM mails WHERE state = 'unknown' ORDER BY run, row")]

    def forget(self, run: str | None = None) -> int:
        """Remove the mails of a run, or of all; gives their number. Whoever is mailed again after that may get a mail
        twice."""
        with self._together():
            ((count,),) = self._run("SELECT count(*) FROM mails WHERE run = ? OR ? IS NULL", run, run)
            self._run("DELETE FROM mails WHERE run = ? OR ? IS NULL", run, run)
        return count

    @contextmanager
    def _together(self) -> Iterator[None]:
        self._run("BEGIN")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise

    def _run(self, statement: str, *values: object) -> list[tuple]:
        try:
            return self._base.execute(statement, values).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite quotes a damaged file
            said = str(error).lower()
            if any(one in said for one in FULL):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.file)) from None
            if "locked" in said:
                message = "another program is sending from this folder"
                raise Rejected([Problem(None, message, "wait until it has ended")]) from None
            raise Rejected([Problem(None, f"the journal {self.file.name} can't be read: {error}",
                                    "move it away; who was mailed before is not known then")]) from None
