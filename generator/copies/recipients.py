"""The list of people: rows of a file as values by field, and all that is wrong with it before the first copy is made.

    people = People(file, "list.csv", [Wanted("name", required=True), Wanted("date", "date")])
    problems = people.check()              all of them, file:row:column, never a value
    for person in people:                  the rows that have no problem, in the order of the file
        person.values["name"], person.place("name"), person.id

Columns are found by their names. Further columns (of a mail, say: email, consent) are asked for as fields are.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from ..model.layout import EVERY_PAPER
from ..model.names import LANGUAGE
from ..model.problem import Place, Problem, Problems
from ..model.record import field, record
from ..model.wording import nearest
from .tables import Row, Table

CHOOSING = ("content", "language", "layout", "paper")
"""Columns that choose which leaflet somebody gets."""
MAILING = ("email", "consent")
"""Columns of one list for copies and for mail; copies pass over them."""
ID = re.compile(r"\w(?:[\w .+@-]{0,98}[\w+@-])?")
RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))
"""File names that Windows keeps for itself."""
LONGEST_ADDRESS = 1_000
AT_HAND = 20_000
"""Digests of ids that are kept in memory; more go to a temporary database."""


@record(frozen=True, slots=True)
class Wanted:
    """A column that is asked for."""

    name: str
    kind: str = "text"
    """text, date, time, phone, qr (an address), email."""
    required: bool = False
    """Every row has a value."""
    needed: bool = False
    """The column must be there, though cells may be empty."""


class Person(NamedTuple):
    """One row of the list without problems."""

    number: int
    """Row in the file."""
    id: str
    """Names the copy: the column `id`, or a running number of the row, 00001 …"""
    values: dict[str, str]
    """Field → value; dates are ISO dates, times HH:MM. "" or missing where the cell is empty."""
    choice: dict[str, str]
    """content, language, layout, paper: what this row chooses."""
    shown: str
    headings: tuple[str, ...]

    def place(self, name: str) -> Place:
        """Where the value of a field stands."""
        return Place(self.shown, self.number, self.headings.index(name) + 1 if name in self.headings else 1)


Look = Callable[[Person], Sequence[tuple[str, str, str]]]
"""What else may be wrong with a person: (field, message, hint) each, such as a name that does not fit its line."""


@record(slots=True)
class People:
    """A list of people. Iterating reads the file anew; rows that `check` found faulty are passed over."""

    file: Path
    shown: str
    """The file's name in problems."""
    wanted: Sequence[Wanted]
    allowed: Collection[str] = ()
    """Columns that may be there besides, whose values are given as they stand."""
    encoding: str | None = None
    table: Table = field(default=None, repr=False)
    faulty: set[int] = field(default_factory=set)
    """Rows with problems; known after `check`."""
    count: int = 0
    """Rows without problems; known after `check`. 0 where a column is missing that every row needs."""
    _headings: tuple[str, ...] = ()
    _names: Sequence[str] = ()
    _kinds: Sequence[tuple[str, str]] = ()

    def headings(self) -> list[str]:
        """Names of the columns; of JSON Lines they are known after `check`. Raises Rejected, OSError."""
        return self._open().headings

    def _open(self) -> Table:
        if self.table is None:
            self.table = Table(self.file, self.shown, self.encoding)
        return self.table

    def check(self, look: Look | None = None) -> Problems:
        """Reads the whole list and gives all that is wrong with it. Raises OSError, and Rejected where the file is no
        list."""
        table = self._open()
        problems = Problems()
        lines = self.file.suffix.lower() in (".jsonl", ".ndjson")
        for problem in () if lines else self._columns(table, 1):
            problems.add(problem)
        seen = _Seen()
        self.count = 0
        self._plan()
        for row in table.rows():
            if len(table.headings) > len(self._headings):  # a line of JSON may name a column for the first time
                self._plan()
            found = self._faults(row, seen)
            if look is not None and not found:
                found = list(look(self._person(row)))
            for heading, message, hint in found:
                problems.add(Problem(table.place(row.number, heading), message, hint))
            if found:
                self.faulty.add(row.number)
            else:
                self.count += 1
        if lines:
            for problem in self._columns(table, 1):
                problems.add(problem)
        if any(one.required and one.name not in table.headings for one in self.wanted):
            self.count = 0  # each row lacks what it needs, which is told once
        if not self.count and not problems:
            problems.add(Problem(Place(self.shown), "the list names nobody"))
        return problems

    def __iter__(self) -> Iterator[Person]:
        return self.after(0)

    def after(self, number: int) -> Iterator[Person]:
        """The persons below this row."""
        self._plan()
        for row in self._open().rows():
            if row.number > number and row.number not in self.faulty:
                yield self._person(row)

    def _person(self, row: Row) -> Person:
        cells = row.cells
        values = {name: cells.get(name, "") for name in self._names}
        for name, kind in self._kinds:
            if values[name]:
                values[name] = _value(kind, values[name])
        choice = {name: cells[name] for name in CHOOSING if cells.get(name)}
        return Person(row.number, cells.get("id") or f"{row.number - 1:05}", values, choice, self.shown, self._headings)

    def _plan(self) -> None:
        """What is the same for all rows."""
        headings = self._open().headings
        self._headings = tuple(headings)
        names = [one.name for one in self.wanted]
        self._names = [*names, *(name for name in self.allowed if name in headings and name not in names)]
        self._kinds = [(one.name, one.kind) for one in self.wanted if one.kind in ("date", "time")]

    def _columns(self, table: Table, number: int) -> Iterator[Problem]:
        """Columns that are missing, and those that nobody asked for."""
        names = [one.name for one in self.wanted]
        known = dict.fromkeys([*names, "id", *CHOOSING, *self.allowed])
        for one in self.wanted:
            if (one.required or one.needed) and one.name not in table.headings:
                message = f"there is no column '{one.name}'"
                yield Problem(Place(table.shown, number), message, "name it in the first row")
        for heading in table.headings:
            if heading and heading not in known:
                hint = nearest(heading, known) or (f"take it out of the list, or name it under personal: of the "
                                                   f"publisher; known are {', '.join(known)}")
                yield Problem(table.place(number, heading), "no field has the name of this column", hint)
            elif not heading:
                at = table.headings.index(heading) + 1
                yield Problem(Place(table.shown, number, at), "a column without a name", "name it, or take it away")

    def _faults(self, row: Row, seen: _Seen) -> list[tuple[str, str, str]]:
        found = list(row.faults)
        headings = self._headings
        wrong = {heading for heading, _, _ in found}
        if "" in wrong:  # the row as a whole: its cells may not be what they seem
            return found
        cells = row.cells
        for one in self.wanted:
            if one.name in wrong:
                continue
            cell = cells.get(one.name, "")
            if not cell:
                if one.required and one.name in headings:
                    found.append((one.name, f"'{one.name}' is empty", "every row needs one"))
            elif one.kind != "text" and (fault := _fault(one.kind, cell)):
                found.append((one.name, *fault))
        own = cells.get("id", "")
        if own and "id" not in wrong:
            if not ID.fullmatch(own) or own.lower() in RESERVED:
                found.append(("id", "an id that can name no file", "letters, digits, hyphens and spaces, 100 at most"))
            elif not seen.add(own.casefold()):
                found.append(("id", "an id that another row has, too", "each row has one of its own"))
        elif "id" in headings and "id" not in wrong:
            found.append(("id", "'id' is empty", "every row needs one, or take the column away"))
        for name, allowed in _CHOICES.items():
            if name in cells and cells[name] and name not in wrong and not re.fullmatch(allowed, cells[name]):
                found.append((name, f"this names no {name}", _HINTS[name]))
        return found


_CHOICES = {"language": LANGUAGE, "layout": r"[\w-]+", "paper": f"(?i:{'|'.join(EVERY_PAPER)})", "content": r"[\w-]+"}
_HINTS = {"language": "a tag, such as en, tr or zh-Hans", "layout": "the name of a folder in layouts/",
          "paper": "A4, Letter or another that leaflet build --help names",
          "content": "the name of a folder in content/, no path"}


class _Seen:
    """Which ids were there. Only a digest of each is kept, in a temporary database that spills to disk."""

    def __init__(self) -> None:
        self.known: set[int] = set()
        self.store: sqlite3.Connection | None = None

    def add(self, own: str) -> bool:
        """Whether this id is new."""
        digest = blake2b(own.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        number = int.from_bytes(digest, "big", signed=True)
        if self.store is None:
            if number in self.known:
                return False
            self.known.add(number)
            if len(self.known) >= AT_HAND:
                self.store = sqlite3.connect("")  # a file without a name, gone with the connection
                self.store.execute("create table seen (number integer primary key)")
                self.store.executemany("insert into seen values (?)", ((one,) for one in self.known))
                self.known.clear()
            return True
        return self.store.execute("insert or ignore into seen values (?)", (number,)).rowcount == 1


# ── kinds of values ──────────────────────────────────────────────────────────────────────────────────────────────────

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00(?::00)?)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::00)?")
_PHONE = re.compile(r"\+?[\d ()/.\-–]{3,30}(?: ?(?:ext\.?|x|#) ?\d{1,6})?")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_MAIL = re.compile(r"[^\s@<>(),;:\\\"\[\]]+@[^\s@<>(),;:\\\"\[\].]+(?:\.[^\s@<>(),;:\\\"\[\].]+)+")


def _value(kind: str, cell: str) -> str:
    """A cell as the value of a field: dates as ISO dates, times as HH:MM."""
    if not cell or kind not in ("date", "time"):
        return cell
    if kind == "date":
        if parts := _ISO.fullmatch(cell):
            return f"{parts[1]}-{parts[2]}-{parts[3]}"
        parts = _DOTTED.fullmatch(cell)
        return f"{parts[3]}-{int(parts[2]):02}-{int(parts[1]):02}" if parts else cell
    parts = _TIME.fullmatch(cell)
    return f"{int(parts[1]):02}:{parts[2]}" if parts else cell


def _fault(kind: str, cell: str) -> tuple[str, str] | None:
    """What is wrong with a cell of this kind, and what to do."""
    if kind == "date":
        try:
            date.fromisoformat(_value(kind, cell))
            return None
        except ValueError:
            return "this is no date", "write it as 2026-07-03, or as 3.7.2026"
    if kind == "time":
        return None if _TIME.fullmatch(cell) else ("this is no time of day", "write it as 14:30")
    if kind == "phone":
        return None if _PHONE.fullmatch(cell) else ("this is no telephone number", "digits, spaces, + ( ) - / and ext.")
    if kind == "qr":
        if len(cell) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(cell):
            return None
        return "this is no web address", f"it begins with https:// and has {LONGEST_ADDRESS:,} characters at most"
    if kind == "email":
        return None if _MAIL.fullmatch(cell) and len(cell) <= 254 else ("this is no e-mail address", "")
    return None


def empty_list(names: Sequence[str]) -> bytes:
    """A list to fill in: CSV with its headings, that spreadsheets read as UTF-8."""
    return ("\ufeff" + ",".join(names) + "\r\n").encode()
