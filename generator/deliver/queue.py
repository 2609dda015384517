"""Sends many mails, no faster than the server allows, and each at most once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from ..model.record import record
from .account import Answer
from .journal import Entry, Journal

TRIES = 6
"""Of a mail in one run, where the server asks for patience or the line breaks; it then waits for the next run."""
PAUSE, LONGEST = 5.0, 600.0
"""Seconds before the second try of a mail; each further one waits twice as long, up to the longest."""


BROKEN = 20
"""Lines in a row that broke before anything was said: then there is no network."""


class Way(Protocol):
    """Where mails go: a submission server (smtp.Line), or a folder for drafts (imap.Folder)."""

    def send(self, sender: str, recipients: Sequence[str], mail: bytes, intent: Callable[[], None]) -> Answer: ...


@record(frozen=True, slots=True)
class Mail:
    """One mail to be sent."""

    run: str
    """What is sent, such as a leaflet in one state. Nobody gets a mail of a run twice."""
    row: int
    """Of the list of recipients, from 1."""
    known: str
    """What a recipient is known by within a run."""
    sender: str
    recipients: tuple[str, ...]
    make: Callable[[str], bytes]
    """Gives its bytes when its turn comes, from its Message-ID (without brackets)."""


class Stopped(Exception):
    """The server wants no more mails from this account for now, or cannot be reached any more. The argument is its
    code; "" where it said nothing."""


def send(mails: Sequence[Mail], journal: Journal, line: Way, *, rate: float,
         tell: Callable[[Entry], None] = lambda entry: None, sleep: Callable[[float], None] = time.sleep,
         clock: Callable[[], float] = time.monotonic) -> list[str]:
    """Send what the journal says is waiting, in order; `tell` hears of each mail whose state changes. rate: mails a
    minute. Gives the Message-IDs of all.

    A mail is sent at most once: what is sent, refused or unknown is not tried again. What the server does not take yet
    is tried again later, TRIES times in all. Raises Stopped where the server wants no more mails, Rejected and OSError
    as Line and Journal do. Whatever is raised, and wherever the program is killed, the next run goes on from there.
    """
    entries = journal.plan([(one.run, one.row, one.known) for one in mails])
    todo = {entry.number: mail for entry, mail in zip(entries, mails) if entry.state == "waiting"}
    due, pause, next_slot, broken = list(todo), PAUSE, clock(), 0
    for last in [False] * (TRIES - 1) + [True]:
        again = []
        for number in due:
            mail = todo[number]
            if (wait := next_slot - clock()) > 0:
                sleep(wait)
            next_slot = max(clock(), next_slot) + 60.0 / rate
            answer = line.send(mail.sender, mail.recipients, mail.make(number),
                               lambda number=number: journal.note(number, "intent"))
            broken = broken + 1 if answer.kind == "later" and not answer.code else 0
            if answer.kind in ("later", "stop"):
                journal.note(number, "waiting", answer.code)
                again.append(number)
                if answer.kind == "stop" or broken >= BROKEN:
                    raise Stopped(answer.code)
                continue
            journal.note(number, answer.kind, answer.code)
            tell(journal.entry(number))
        if not again or last:
            break
        due = again
        sleep(pause)
        pause = min(pause * 2, LONGEST)
    return [entry.number for entry in entries]


def counted(run: str, journal: Journal) -> dict[str, int]:
    """State → how many mails of a run are in it."""
    states: Iterable = ("waiting", "sent", "refused", "unknown")
    return {state: len(journal.of(run, state)) for state in states}
