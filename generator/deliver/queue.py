"""Sends many mails, no faster than the server allows, and each at most once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from ..model.record import record
from .journal import Entry, Journal
from .smtp import Line

TRIES = 6
"""Of a mail in one run, where the server asks for patience or the line breaks; it then waits for the next run."""
PAUSE, LONGEST = 5.0, 600.0
"""Seconds before the second try of a mail; each further one waits twice as long, up to the longest."""


@record(frozen=True, slots=True)
class Mail:
    """One mail to be sent."""

    row: int
    """Of the list of recipients, from 1."""
    number: str
    """Message-ID, without brackets."""
    sender: str
    recipients: tuple[str, ...]
    make: Callable[[], bytes]
    """Gives its bytes, when its turn comes."""


class Stopped(Exception):
    """The server wants no more mails from this account for now. The argument is its code."""


def send(mails: Sequence[Mail], run: str, journal: Journal, line: Line, *, rate: float,
         tell: Callable[[Entry], None] = lambda entry: None, sleep: Callable[[float], None] = time.sleep,
         clock: Callable[[], float] = time.monotonic) -> None:
    """Send what the journal says is waiting, in order; `tell` hears of each mail whose state changes. rate: mails a
    minute.

    A mail is sent at most once: what is sent, refused or unknown is not tried again. What the server does not take yet
    is tried again later, TRIES times in all. Raises Stopped where the server wants no more mails, Rejected and OSError
    as Line and Journal do. Whatever is raised, and wherever the program is killed, the next run goes on from there.
    """
    planned = {entry.number: entry for entry in journal.plan(run, [(one.row, one.number) for one in mails])}
    todo = [mail for mail in mails if planned[mail.number].state == "waiting"]
    due, pause, next_slot = todo, PAUSE, clock()
    for _ in range(TRIES):
        again = []
        for mail in due:
            if (wait := next_slot - clock()) > 0:
                sleep(wait)
            next_slot = max(clock(), next_slot) + 60.0 / rate
            answer = line.send(mail.sender, mail.recipients, mail.make(),
                               lambda number=mail.number: journal.note(number, "intent"))
            if answer.kind in ("later", "stop"):
                journal.note(mail.number, "waiting", answer.code)
                again.append(mail)
                if answer.kind == "stop":
                    raise Stopped(answer.code)
                continue
            journal.note(mail.number, answer.kind, answer.code)
            tell(journal.entry(mail.number))
        if not again:
            return
        due = again
        sleep(pause)
        pause = min(pause * 2, LONGEST)


def counted(run: str, journal: Journal) -> dict[str, int]:
    """State → how many mails of a run are in it."""
    states: Iterable = ("waiting", "sent", "refused", "unknown")
    return {state: len(journal.of(run, state)) for state in states}
