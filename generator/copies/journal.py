"""What a run has done so far, so that one that was killed goes on where it stopped, and all it made can be removed.

A journal is a sqlite3 file beside what it tells of, for its owner alone. It holds numbers, offsets and keyed digests:
nobody's name, nor anything that could be looked up without the list.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

SUFFIX = ".journal"
_TABLES = """
create table if not exists about (name text primary key, value text);
create table if not exists done (number integer primary key, persons integer, row integer, offset integer);
create table if not exists files (digest blob primary key) without rowid;
"""


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
        """Opens the journal, or begins one. Raises sqlite3.DatabaseError where the file is none."""
        self.file = file
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
        self._store = sqlite3.connect(file, timeout=0.2, isolation_level=None)
        self._store.execute("pragma locking_mode = exclusive")  # no two runs at the same output
        self._store.execute("pragma synchronous = full")
        self._store.executescript(_TABLES)
        self._store.execute("insert or ignore into about values ('key', ?)", (secrets.token_hex(32),))
        self.key = bytes.fromhex(self.about("key"))

    def digest(self, data: bytes) -> bytes:
        """A digest that says nothing to who does not have this journal."""
        return hmac.digest(self.key, data, "sha256")

    def about(self, name: str) -> str:
        """What was noted, or ""."""
        found = self._store.execute("select value from about where name = ?", (name,)).fetchone()
        return found[0] if found else ""

    def note(self, **values: object) -> None:
        """Note values; all of them or none."""
        with self._transaction():
            self._store.executemany("insert or replace into about values (?, ?)",
                                    [(name, value if isinstance(value, str) else json.dumps(value))
                                     for name, value in values.items()])

    def done(self, *parts: Part) -> None:
        """Parts of the run are done, and on the disk."""
        with self._transaction():
            self._store.executemany("insert or replace into done values (?, ?, ?, ?)", [part[:4] for part in parts])
            self._store.executemany("insert or ignore into files values (?)",
                                    ((self.digest(name.encode())[:16],) for part in parts for name in part.names))

    def parts(self) -> Iterator[Part]:
        """The parts that are done, in the order of their numbers."""
        return (Part(*row) for row in self._store.execute("select * from done order by number"))

    def state(self) -> Part:
        """Parts that follow one another, as one: its number is that of the next part."""
        return Part(*self._store.execute("select count(*), coalesce(sum(persons), 0), coalesce(max(row), 0),"
                                         " coalesce(max(offset), 0) from done").fetchone())

    def made(self, name: str) -> bool:
        """Whether a file of this name was made by the run."""
        found = self._store.execute("select 1 from files where digest = ?", (self.digest(name.encode())[:16],))
        return found.fetchone() is not None

    def begin_parts_anew(self) -> None:
        """Forget the parts: what they made is not there any more."""
        with self._transaction():
            self._store.execute("delete from done")

    def begin_anew(self) -> None:
        """Forget what was done and what was noted."""
        with self._transaction():
            self._store.execute("delete from done")
            self._store.execute("delete from about where name <> 'key'")

    def _transaction(self):
        return _Transaction(self._store)

    def close(self) -> None:
        self._store.close()


class _Transaction:
    """All or nothing."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self.store = store

    def __enter__(self) -> None:
        self.store.execute("begin immediate")

    def __exit__(self, kind, *_) -> None:
        self.store.execute("commit" if kind is None else "rollback")


def is_journal(file: Path) -> bool:
    """Whether a file is the journal of a run."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as store:
            return bool(store.execute("select 1 from about where name = 'key'").fetchone())
    except sqlite3.Error:
        return False
