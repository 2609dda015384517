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
from collections.abc import Iterator
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
        if not stat.S_ISREG(os.lstat(self.file).st_mode):  # what is written into a device or a pipe is lost
            raise Rejected([Problem(None, f"{self.file.name} is no journal, but a link, a device or a pipe",
                                    "move it away; who was mailed before is not known then")])
        self._base = sqlite3.connect(self.file, timeout=0, isolation_level=None)
        try:
            self._run("PRAGMA locking_mode=EXCLUSIVE")
            self._run("PRAGMA synchronous=FULL")
            self._run("BEGIN EXCLUSIVE")
            self._run("CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
            self._run("CREATE TABLE IF NOT EXISTS mails (number TEXT PRIMARY KEY, run TEXT, row INTEGER, state TEXT, "
                      "tries INTEGER, code TEXT) WITHOUT ROWID")
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
        """The Message-ID of what a run sends to a recipient: the same each time, and nothing can be told from it."""
        digest = hmac.new(self._key, f"{run}\0{recipient}".encode(), "sha256").hexdigest()
        return f"{digest[:32]}@{DOMAIN}"

    def plan(self, run: str, rows: list[tuple[int, str]]) -> list[Entry]:
        """Enter the mails of a run, (row, number), where they are not there yet; gives all of them as they stand."""
        with self._together():
            for row, number in rows:
                self._run("INSERT OR IGNORE INTO mails VALUES (?, ?, ?, 'waiting', 0, '')", number, run, row)
        return [self.entry(number) for _, number in rows]

    def entry(self, number: str) -> Entry:
        """A mail that was planned."""
        ((row, state, tries, code),) = self._run("SELECT row, state, tries, code FROM mails WHERE number = ?", number)
        return Entry(number, row, state, tries, code)

    def note(self, number: str, state: State, code: str = "") -> None:
        """Record a mail's new state. It is on disk when this returns. Each intent is one more try."""
        self._run("UPDATE mails SET state = ?, code = ?, tries = tries + ? WHERE number = ?", state, code,
                  int(state == "intent"), number)

    def of(self, run: str, state: State) -> list[Entry]:
        """The mails of a run that are in a state, in the order of the list."""
        found = self._run("SELECT number, row, state, tries, code FROM mails WHERE run = ? AND state = ? ORDER BY row",
                          run, state)
        return [Entry(*one) for one in found]

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
        except sqlite3.DatabaseError as error:
            said = str(error).lower()
            if any(one in said for one in FULL):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.file)) from None
            if "locked" in said:
                message = "another program is sending from this folder"
                raise Rejected([Problem(None, message, "wait until it has ended")]) from None
            raise Rejected([Problem(None, f"the journal {self.file.name} can't be read: {error}",
                                    "move it away; who was mailed before is not known then")]) from None
