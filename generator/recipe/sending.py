"""Mails that leave: by a submission server, or into a mailbox as drafts. The journal says what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..kept.files import absent
from ..model.address import Address
from ..model.mailing import Mailing, port_of
from ..model.names import MAIL
from ..model.problem import Place, Problem, Rejected
from ..model.record import record, replace
from .mail import Piece, envelope

if TYPE_CHECKING:
    from ..deliver.imap import Folder
    from ..deliver.journal import Entry, Journal
    from ..deliver.smtp import Line

As = Literal["send", "draft"]
MEANINGS = {
    "5.1.1": "there is no such address", "5.1.2": "there is no such domain", "5.1.3": "this is no address",
    "5.1.6": "the person has moved", "5.1.10": "there is no such address", "5.2.1": "the mailbox takes no mails",
    "5.2.2": "the mailbox is full", "5.2.3": "the mail is too large for the mailbox",
    "5.3.4": "the mail is too large for the server", "5.6.7": "the server knows no addresses in these letters",
}
"""Enhanced status codes (RFC 3463, 6531, 7505) in words."""


@record(frozen=True, slots=True)
class Order:
    """What is asked for."""

    root: Path
    name: str
    """Of what is sent, without anything personal."""
    way: As
    output: Path
    """Folder of the journal."""
    sender: Address | None = None
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    password_command: str | None = None
    token_command: str | None = None
    force: bool = False
    """Everybody gets it, whatever an earlier run has sent."""


@record(slots=True)
class Outcome:
    """What became of the mails."""

    done: int
    """Sent, or laid down, now."""
    before: int
    """By earlier runs."""
    waiting: int
    problems: list[Problem]
    journal: Path


Tell = Callable[[int, int], None]
"""(mails that are dealt with, mails in all): called as they go."""


def settings(root: Path) -> Mailing:
    """mail.yaml of a project. Raises Rejected."""
    from ..read.mailing import read_mailing

    return read_mailing(root)


def hand_over(order: Order, mailing: Mailing, pieces: Sequence[Piece], tell: Tell = lambda done, total: None,
              **clock) -> Outcome:
    """Send mails, or lay them down as drafts: each at most once, over all runs of the same command. Raises Rejected,
    and OSError where the journal can't be written. clock: `sleep` and `clock` of deliver.queue.send."""
    from ..deliver.journal import Journal
    from ..deliver.message import message
    from ..deliver.queue import Mail, Stopped, send

    sender = order.sender or mailing.sender
    if sender is None:
        raise Rejected([_lacking(order.root, "the mails have no sender",
                                 "give sender: in mail.yaml, or --from ADDRESS")])
    way = _way(order, mailing)
    reply_to = order.reply_to or mailing.reply_to

    def made(piece: Piece, number: str) -> bytes:
        return message(piece.letter(), replace(envelope(piece, sender, order.cc, reply_to), number=number))

    begins = _run_of(order)
    mails = [Mail(_run_of(order, piece), piece.row, piece.known, sender.bare,
                  tuple(one.bare for one in (piece.to, *order.cc) if one), partial(made, piece)) for piece in pieces]
    order.output.mkdir(parents=True, exist_ok=True)
    with Journal(order.output) as journal:
        runs = list(dict.fromkeys(mail.run for mail in mails))
        if order.force:
            for run in runs:
                journal.begin_anew(run)
        elif half := journal.had(journal.waiting(begins, runs), {mail.known for mail in mails}):
            raise Rejected([Problem(None, "the leaflet or its letter has changed since a run that is not finished: "
                                    f"{half} of these people have it already",
                                    f"leaflet forget {journal.file}, or --force: then they get it once more")])
        before = sum(entry.state == "sent" for entry in _entries(journal, mails))
        problems: list[Problem] = []
        dealt = [0]

        def heard(entry: Entry) -> None:
            dealt[0] += 1
            tell(dealt[0], len(mails))

        try:
            with way:
                send(mails, journal, way, rate=mailing.rate, tell=heard, **clock)
        except Stopped as stopped:
            problems.append(_stopped(way, str(stopped)))
        except Rejected as rejected:
            problems += rejected.problems
        entries = _entries(journal, mails)
        waiting = sum(entry.state == "waiting" for entry in entries)
        if waiting and not problems:
            problems.append(Problem(None, "the server asked for patience again and again",
                                    "give the same command later"))
        problems += _told(pieces, entries)
        if others := sum(journal.waiting(begins, runs).values()):
            wait = "1 mail of an earlier command still waits" if others == 1 else (
                f"{others} mails of an earlier command still wait")
            hint = f"give that command again, or leaflet forget {journal.file}"
            problems.append(Problem(None, wait, hint, "warning"))
        sent = sum(entry.state == "sent" for entry in entries)
        return Outcome(sent - before, before, waiting, problems, journal.file)


def states(order: Order, pieces: Sequence[Piece]) -> list[str | None]:
    """How each mail stands in the journal; None where it is not known there. Nothing is written. Raises Rejected."""
    from ..deliver.journal import FILE, Journal

    if order.force or not (order.output / FILE).exists():
        return [None] * len(pieces)
    with Journal(order.output) as journal:
        return [journal.state(journal.number(_run_of(order, piece), piece.known)) for piece in pieces]


def forget(file: Path) -> tuple[int, list[str]]:
    """Remove a journal of mails; gives how many stood in it, and the Message-IDs of those of which nobody knows whether
    they were sent. Raises Rejected where it is none."""
    from ..deliver.journal import FILE, Journal

    if file.name != FILE:
        raise Rejected([Problem(None, f"{file.name} is not a journal of mails")])
    with Journal(file.parent) as journal:
        unknown = journal.unknown()
        count = journal.forget()
    file.unlink()
    return count, unknown


def is_journal(file: Path) -> bool:
    """Whether a file has the name of a journal of mails."""
    from ..deliver.journal import FILE

    return file.name == FILE


def _run_of(order: Order, piece: Piece | None = None) -> str:
    """The name of a mail's run: what is sent, how, and in which state it is; without a mail, how all of them begin."""
    return f"{order.name} {order.way} {piece.state if piece else ''}"


def _entries(journal: Journal, mails: Sequence) -> list[Entry]:
    return journal.plan([(mail.run, mail.row, mail.known) for mail in mails])


def _way(order: Order, mailing: Mailing) -> Line | Folder:
    """The line to the server. Raises Rejected where it is not known, or nothing is known to log in with."""
    from ..deliver.account import VARIABLE, Account, secret_of
    from ..deliver.imap import Folder
    from ..deliver.smtp import Line

    server = mailing.smtp if order.way == "send" else mailing.imap
    if server is None:
        what, key = (("sending mails", "smtp") if order.way == "send" else ("drafts", "imap"))
        raise Rejected([_lacking(order.root, f"no server is named for {what}",
                                 f"give {key}: {{host: …}} in mail.yaml")])
    secret = secret_of(order.password_command, order.token_command)
    if mailing.user is None and (order.password_command or order.token_command or order.way == "draft"):
        raise Rejected([_lacking(order.root, "no user is named who logs in", "give user: in mail.yaml")])
    if mailing.user is not None and secret is None:
        raise Rejected([Problem(None, f"there is no password for {mailing.user}",
                                f"give it in {VARIABLE}, or with --password-command or --token-command")])
    account = Account(server.host, port_of(server), server.security, mailing.user, secret, bool(order.token_command))
    return Line(account) if order.way == "send" else Folder(account, server.drafts)


def _lacking(root: Path, message: str, hint: str) -> Problem:
    return Problem(None if absent(root / MAIL) else Place(MAIL), message, hint)


def _stopped(way: Line | Folder, code: str) -> Problem:
    host = way.account.host
    if code:
        return Problem(None, f"{host} wants no more mails from this account for now ({code})",
                       "ask whoever runs the server; the same command goes on from here")
    return Problem(None, f"the line to {host} broke again and again",
                   "look at the network; the same command goes on from here")


def _told(pieces: Sequence[Piece], entries: Sequence[Entry]) -> list[Problem]:
    """What a person has to look at: mails that were refused, and those of which nobody knows. No address is named: a
    row of a list is."""
    problems = []
    for piece, entry in zip(pieces, entries):
        subject = "the mail" if piece.place else f"mail {piece.row}"
        if entry.state == "refused":
            status = entry.code.partition(" ")[2]
            why = MEANINGS.get(status, "")
            problems.append(Problem(piece.place, f"the server does not take {subject} ({entry.code})"
                                    + (f": {why}" if why else ""), "look at the address"))
        elif entry.state == "unknown":
            problems.append(Problem(piece.place, f"whether {subject} has gone out is not known: the line broke before "
                                    f"the answer", f"look for Message-ID <{entry.number}> where sent mails are kept; "
                                    "it is not sent again by itself"))
    return problems
