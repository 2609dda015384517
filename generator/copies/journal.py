"""What a run has done so far, so that one that was killed goes on where it stopped, and all it made can be removed.

A journal is a sqlite3 file beside what it tells of, for its owner alone. It holds numbers, offsets and keyed digests:
nobody's name, nor anything that could be looked up without the list.
"""

from __future__ import annotations

import errno
import hmac
import json
import os
import secrets
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ..kept.files import absent
from ..model.problem import Problem, Rejected

SUFFIX = ".journal"
_TABLES = ("about (name text primary key, value text)",
           "done (number integer primary key, persons integer, row integer, offset integer)",
           "files (digest blob primary key) without rowid")


class Part(NamedTuple):
    """A part of a run that is done."""

    number: int
    persons: int
    row: int
    """The last of its persons."""
    offset: int = 0
    """Where the archive then ends."""
    names: Sequence[str] = ()
    """The files that were made."""


class Journal:
    """The journal of one run."""

    def __init__(self, file: Path) -> None:
        """Opens the journal, or begins one. Here and in every method, Rejected is raised where the file is no journal,
        is damaged, or another run has it open; OSError where the disk is full."""
        self.file = file
        if absent(file):
            with suppress(FileExistsError):  # another run was quicker; it is told below that it has the journal open
                os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if not stat.S_ISREG(os.lstat(file).st_mode):  # a pipe would be waited for, a link may lead anywhere
            raise self._unread("it is a link, a folder, a device or a pipe")
        try:
            self._store = sqlite3.connect(file, timeout=0.2, isolation_level=None)
        except sqlite3.OperationalError as error:
            raise self._unread(str(error)) from None
        try:
            self._run("pragma synchronous = full")
            self._run("begin exclusive")  # of two runs that begin at one moment, one gets it
            self._run("pragma locking_mode = exclusive")  # and keeps it: no two runs at the same output
            for table in _TABLES:
                self._run(f"create table if not exists {table}")
            self._run("insert or ignore into about values ('key', ?)", secrets.token_hex(32))
            self._run("commit")
            try:
                self.key = bytes.fromhex(self.about("key"))
            except (ValueError, TypeError):
                raise self._unread("its key is damaged") from None
        except BaseException:
            self._store.close()
            raise

    def digest(self, data: bytes) -> bytes:
        """A digest that says nothing to who does not have this journal."""
        return hmac.digest(self.key, data, "sha256")

    def about(self, name: str) -> str:
        """What was noted, or ""."""
        found = self._run("select value from about where name = ?", name)
        return found[0][0] if found else ""

    def note(self, **values: object) -> None:
        """Note values; all of them or none."""
        with self._transaction():
            for name, value in values.items():
                self._run("insert or replace into about values (?, ?)", name,
                          value if isinstance(value, str) else json.dumps(value))

    def done(self, *parts: Part) -> None:
        """Parts of the run are done, and on the disk."""
        with self._transaction():
            for part in parts:
                self._run("insert or replace into done values (?, ?, ?, ?)", *part[:4])
                for name in part.names:
                    self._run("insert or ignore into files values (?)", self.digest(name.encode())[:16])

    def parts(self) -> list[Part]:
        """The parts that are done, in the order of their numbers."""
        rows = self._run("select * from done order by number")
        if not all(type(value) is int for row in rows for value in row):
            raise self._unread("it tells of parts of another kind")
        return [Part(*row) for row in rows]

    def state(self) -> Part:
        """Parts that follow one another, as one: its number is that of the next part."""
        parts = self.parts()
        return Part(len(parts), sum(part.persons for part in parts), max((part.row for part in parts), default=0),
                    max((part.offset for part in parts), default=0))

    def made(self, name: str) -> bool:
        """Whether a file of this name was made by the run."""
        return bool(self._run("select 1 from files where digest = ?", self.digest(name.encode())[:16]))

    def begin_parts_anew(self) -> None:
        """Forget the parts: what they made is not there any more."""
        with self._transaction():
            self._run("delete from done")

    def begin_anew(self) -> None:
        """Forget what was done and what was noted."""
        with self._transaction():
            self._run("delete from done")
            self._run("delete from about where name <> 'key'")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._run("begin immediate")
        try:
            yield
            self._run("commit")
        except BaseException:
            if self._store.in_transaction:
                with suppress(sqlite3.DatabaseError):  # what went wrong before is told
                    self._store.execute("rollback")
            raise

    def _run(self, statement: str, *values: object) -> list[tuple]:
        try:
            return self._store.execute(statement, values).fetchall()
        except (sqlite3.DatabaseError, OverflowError, UnicodeDecodeError) as error:
            said = str(error).lower()
            if "disk is full" in said or "disk i/o error" in said:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.file)) from None
            if "locked" in said:
                raise Rejected([Problem(None, "another run makes copies in this folder",
                                        "wait until it has ended, or give another --output")]) from None
            raise self._unread(said) from None

    def _unread(self, why: str) -> Rejected:
        return Rejected([Problem(None, f"the journal {self.file.name} can't be read: {why}",
                                 "move it away; all copies are made anew then")])

    def close(self) -> None:
        self._store.close()


def is_journal(file: Path) -> bool:
    """Whether a file is the journal of a run."""
    try:
        with closing(sqlite3.connect(f"{Path(os.path.abspath(file)).as_uri()}?mode=ro", uri=True)) as store:
            return bool(store.execute("select 1 from about where name = 'key'").fetchone())
    except (sqlite3.Error, UnicodeDecodeError):
        return False
