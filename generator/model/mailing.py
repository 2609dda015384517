"""Where mails go out, and as whom: what mail.yaml of a project says. No secret stands there."""

from __future__ import annotations

from typing import Annotated, Literal

from .address import Address
from .record import record
from .texts import Entry, Rule

RATE = 25.0
"""Mails a minute. Exchange Online takes 30, many others less than 60."""
LOCAL = ("localhost", "127.0.0.1", "::1")
"""Servers on this machine: the only ones that are spoken to without encryption."""
Security = Literal["starttls", "tls", "none"]


@record(frozen=True)
class Smtp(Entry):
    """The server that sends mails (submission, RFC 6409)."""

    host: Annotated[str, Rule("host")]
    """Its name."""
    security: Security = "starttls"
    """How the line is encrypted: from the first byte (`tls`), or after a greeting (`starttls`). `none` is for a server
    on this machine alone."""
    port: int | None = None
    """Without it: 587 with `starttls`, 465 with `tls`, 25 with `none`."""


@record(frozen=True)
class Imap(Entry):
    """The mailbox in which drafts are laid down (IMAP, RFC 9051)."""

    host: Annotated[str, Rule("host")]
    """Its name."""
    security: Security = "tls"
    """As for `smtp`."""
    port: int | None = None
    """Without it: 993 with `tls`, else 143."""
    drafts: str | None = None
    """Folder for drafts. Without it: the one that the server calls so."""


@record(frozen=True)
class Mailing(Entry):
    """How leaflets are mailed. Passwords and tokens do not stand here."""

    sender: Annotated[Address, Rule("address")] | None = None
    """From whom mails come, with or without a name, where `--from` does not say it."""
    reply_to: Annotated[Address, Rule("address")] | None = None
    """Where answers go, if not to the sender."""
    user: str | None = None
    """Who logs in to the servers. Without it, nobody does."""
    rate: float = RATE
    """Mails a minute, at most."""
    smtp: Smtp | None = None
    """For `leaflet mail --as send`."""
    imap: Imap | None = None
    """For `leaflet mail --as draft`."""


PORTS = {Smtp: {"starttls": 587, "tls": 465, "none": 25}, Imap: {"starttls": 143, "tls": 993, "none": 143}}


def port_of(server: Smtp | Imap) -> int:
    """The port that is meant."""
    return server.port or PORTS[type(server)][server.security]
