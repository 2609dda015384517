"""An account of a mail server, what comes of one mail, and why a server can't be used at all."""

from __future__ import annotations

import os
import shlex
import ssl
import subprocess
from collections.abc import Callable, Mapping

from ..model.mailing import LOCAL
from ..model.problem import Problem, Rejected
from ..model.record import record

VARIABLE = "LEAFLET_MAIL_PASSWORD"
"""Of the environment: the password of the account."""
PATIENCE = 120
"""Seconds that a command has to give a password or a token: it may ask a person."""


@record(frozen=True, slots=True)
class Account:
    """Where mails are handed over, and as whom."""

    host: str
    port: int
    security: str
    """starttls, tls, or none (a server on this machine)."""
    user: str | None = None
    secret: Callable[[], str] | None = None
    """Gives the password, or the token where `token` is true. Asked once for each connection."""
    token: bool = False
    """Log in by XOAUTH2."""


@record(frozen=True, slots=True)
class Answer:
    """What came of one mail. kind: sent · refused (5xx) · later (4xx, or the line broke before the end of the data:
    the server does not have it) · unknown (the line broke after it) · stop (the server wants no mails at all)."""

    kind: str
    code: str = ""
    """Numbers of the server's answer, such as "550 5.1.1"."""


def secret_of(password_command: str | None, token_command: str | None,
              environment: Mapping[str, str] = os.environ) -> Callable[[], str] | None:
    """What gives the password or the token: a command, or the environment; None where nothing does."""
    if command := token_command or password_command:
        option = "--token-command" if token_command else "--password-command"
        return lambda: said_by(command, option)
    if VARIABLE in environment:
        return lambda: environment[VARIABLE]
    return None


def said_by(command: str, option: str) -> str:
    """The first line that a command of the user's says. It is run without a shell; what it says on its standard error
    is shown as it comes. Raises Rejected; no problem quotes what the command said."""
    try:
        # on Windows each program takes its command line apart by itself, and \ is no escape
        words = command.strip() if os.name == "nt" else shlex.split(command)
    except ValueError as error:
        raise Rejected([Problem(None, f"the command of {option} can't be read: {str(error).lower()}")]) from None
    if not words:
        raise Rejected([Problem(None, f"the command of {option} is empty")])
    try:
        run = subprocess.run(words, stdout=subprocess.PIPE, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise Rejected([Problem(None, f"the command of {option} took more than {PATIENCE} seconds")]) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Rejected([Problem(None, f"the command of {option} can't be run: {why}",
                                "it is run without a shell: give the whole path of the program")]) from None
    if run.returncode:
        raise Rejected([Problem(None, f"the command of {option} failed, with exit code {run.returncode}",
                                "run it by itself and see")])
    lines = run.stdout.decode("utf-8", "replace").splitlines()
    if not lines or not lines[0].strip():
        raise Rejected([Problem(None, f"the command of {option} says nothing", "its first line is what is taken")])
    return lines[0].strip()


def bearer(user: str | None, token: str) -> bytes:
    """What XOAUTH2 says, before base64."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01".encode()


def plain(user: str | None, password: str) -> bytes:
    """What PLAIN says (RFC 4616), before base64."""
    return f"\0{user}\0{password}".encode()


# ── why nothing can be handed over ───────────────────────────────────────────────────────────────────────────────────


def no_encryption(account: Account) -> None:
    """Raises Rejected where the line would not be encrypted and leaves this machine."""
    if account.security == "none" and account.host not in LOCAL:
        message = f"{account.host} is not on this machine, so that it is not spoken to without encryption"
        raise Rejected([Problem(None, message, "security: tls, or starttls, in mail.yaml")])


def certificate(account: Account, error: ssl.SSLCertVerificationError) -> Problem:
    return Problem(None, f"the certificate of {account.host} does not hold: {error.verify_message}",
                   "nothing was sent; ask whoever runs the server")


def not_taken(account: Account, code: str = "") -> Problem:
    what = "token" if account.token else "password"
    return Problem(None, f"{account.host} does not take the {what} of {account.user}{f' ({code})' if code else ''}",
                   f"look at user: in mail.yaml, and at the {what}")


def unreachable(account: Account, error: OSError) -> Problem:
    if isinstance(error, ssl.SSLError):
        other = "starttls" if account.security == "tls" else "tls"
        return Problem(None, f"{account.host}, port {account.port}, does not speak TLS as it was asked to",
                       f"look at port: in mail.yaml, or try security: {other}")
    why = (error.strerror or str(error)).lower()
    return Problem(None, f"{account.host}, port {account.port}, can't be reached: {why}",
                   "look at host: and port: in mail.yaml, and at the network")
