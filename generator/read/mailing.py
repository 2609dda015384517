"""Reads mail.yaml of a project.

    sender: Hip clinic <ward@clinic.example>
    user: ward@clinic.example
    smtp: {host: smtp.clinic.example}
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..kept.files import Read, absent, read_bytes
from ..model.mailing import LOCAL, Mailing
from ..model.names import MAIL
from ..model.problem import Problem, Problems, Rejected
from .schema import read_as
from .source import Source, read_source

FASTEST = 10_000
"""Mails a minute that anybody may ask for."""


def read_mailing(project: Path, read: Read = read_bytes) -> Mailing:
    """The settings of a project; without a mail.yaml, those that need no file. Raises Rejected."""
    if absent(project / MAIL):
        return Mailing()
    source = read_source(project / MAIL, project, read)
    mailing = read_as(Mailing, source)
    if wrong := Problems(_wrong(mailing, source)):
        raise Rejected(sorted(wrong, key=lambda problem: problem.place))
    return mailing


def _wrong(mailing: Mailing, source: Source) -> Iterator[Problem]:
    """What no type can say."""
    if not 0 < mailing.rate <= FASTEST:
        yield Problem(source.root["rate"].place, f"'rate' must be more than 0 and at most {FASTEST:,} mails a minute",
                      "25 is what most servers take")
    for name in ("smtp", "imap"):
        server = getattr(mailing, name)
        if server is None:
            continue
        node = source.root[name]
        if server.port is not None and not 0 < server.port < 65_536:
            yield Problem(node["port"].place, "'port' must be a number from 1 to 65535")
        if server.security == "none" and server.host not in LOCAL:
            yield Problem(node["security"].place, f"'none' is for a server on this machine, not for {server.host}",
                          "tls or starttls: else everybody on the way could read the mails")
