"""Lays mails down in a mailbox as drafts, which any mail program opens, edits and sends (APPEND: RFC 9051, 6.3.12)."""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Callable, Sequence

from ..model.problem import Problem, Rejected
from .account import Account, Answer, bearer, certificate, no_encryption, not_taken, plain, unreachable

PATIENCE = 60.0
"""Seconds until an answer has to come."""
LINE = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (?P<name>"(?:[^"\\]|\\.)*"|[^\s"]+)\s*')
"""A folder in the answer to LIST."""
SHOWN = 8
"""Folders that a problem names."""


class Folder:
    """The folder for drafts. Opened by the first mail, opened anew where the line broke."""

    def __init__(self, account: Account, folder: str | None = None, context: ssl.SSLContext | None = None) -> None:
        """folder: None: the one that the server calls \\Drafts (RFC 6154)."""
        self.account, self.folder, self.context = account, folder, context
        self._imap: imaplib.IMAP4 | None = None
        self._name = ""
        """The folder as the server knows it, in quotes."""
        self._met = False
        """Whether the server was reached before."""

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *error: object) -> None:
        if self._imap is not None:
            try:
                self._imap.logout()
            except (imaplib.IMAP4.error, OSError):
                self.drop()

    def drop(self) -> None:
        """Close the line without a word."""
        if self._imap is not None:
            try:
                self._imap.shutdown()
            except OSError:
                pass
            self._imap = None

    def send(self, sender: str, recipients: Sequence[str], mail: bytes, intent: Callable[[], None]) -> Answer:
        """Lay one mail down. intent: is called just before it goes out. Raises Rejected where none can be laid down: a
        wrong password, a certificate that does not hold, no such folder, a full mailbox."""
        begun = False
        try:
            imap = self._open()
            intent()
            begun = True
            kind, said = imap.append(self._name, r"(\Draft)", None, mail)
            if kind == "OK":
                return Answer("sent")
            raise self._refused(said)
        except (imaplib.IMAP4.abort, TimeoutError, ConnectionError, ssl.SSLError) as error:
            self.drop()
            if isinstance(error, ssl.SSLCertVerificationError):
                raise Rejected([certificate(self.account, error)]) from None
            return Answer("unknown" if begun else "later")
        except imaplib.IMAP4.error as error:
            self.drop()
            raise Rejected([Problem(None, f"{self.account.host} does not understand a draft: {type(error).__name__}",
                                    "--as files makes drafts as files")]) from None
        except BaseException:
            self.drop()
            raise

    def _refused(self, said: Sequence[bytes | None]) -> Rejected:
        """Why the server did not take a draft. Its words may hold an address, so only its code is looked at (RFC
        5530)."""
        code = next((found[1].upper() for one in said if one and (found := re.match(rb"\[([A-Za-z]+)", one))), b"")
        if code == b"OVERQUOTA":
            return Rejected([Problem(None, f"the mailbox of {self.account.user} is full", "make room in it")])
        if code == b"TRYCREATE":
            message = f"{self.account.host} has no folder {self.folder!r}"
            return Rejected([Problem(None, message, "look at imap: drafts: in mail.yaml")])
        why = f" ({code.decode()})" if code else ""
        return Rejected([Problem(None, f"{self.account.host} does not take a draft{why}",
                                 "--as files makes drafts as files")])

    def _open(self) -> imaplib.IMAP4:
        if self._imap is not None:
            return self._imap
        account, context = self.account, self.context or ssl.create_default_context()
        no_encryption(account)
        try:
            if account.security == "tls":
                imap = imaplib.IMAP4_SSL(account.host, account.port, ssl_context=context, timeout=PATIENCE)
            else:
                imap = imaplib.IMAP4(account.host, account.port, timeout=PATIENCE)
        except ssl.SSLCertVerificationError as error:
            raise Rejected([certificate(account, error)]) from None
        except imaplib.IMAP4.error:
            if self._met:
                raise
            raise Rejected([Problem(None, f"{account.host}, port {account.port}, is no mailbox",
                                    "look at imap: in mail.yaml")]) from None
        except OSError as error:
            if isinstance(error, (TimeoutError, ConnectionResetError)) or self._met:
                raise ConnectionError from None
            raise Rejected([unreachable(account, error)]) from None
        self._imap, self._met = imap, True
        if account.security == "starttls":
            if "STARTTLS" not in imap.capabilities:
                message = f"{account.host} offers no encryption on port {account.port}, so that nothing is laid down"
                raise Rejected([Problem(None, message, "try security: tls in mail.yaml")])
            try:
                imap.starttls(context)
            except ssl.SSLCertVerificationError:
                raise
            except ssl.SSLError as error:
                raise Rejected([unreachable(account, error)]) from None
        self._log_in(imap)
        self._name = self._found(imap)
        return imap

    def _log_in(self, imap: imaplib.IMAP4) -> None:
        account = self.account
        secret = account.secret() if account.secret else ""
        try:
            if account.token:
                answers = iter([bearer(account.user, secret)])  # then an empty line: the server has said why not
                imap.authenticate("XOAUTH2", lambda _: next(answers, b""))
            elif "AUTH=PLAIN" in imap.capabilities:
                imap.authenticate("PLAIN", lambda _: plain(account.user, secret))
            else:
                imap.login(imap._quote(account.user or ""), secret)  # the library puts the password alone in quotes
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, UnicodeEncodeError):
            raise Rejected([not_taken(account)]) from None

    def _found(self, imap: imaplib.IMAP4) -> str:
        """The folder for drafts, as it is written in a command."""
        if self.folder is not None:
            return quoted(self.folder)
        folders = _folders(imap.list()[1])
        if not any(b"\\drafts" in flags for flags, _ in folders) and "SPECIAL-USE" in imap.capabilities:
            kind, _ = imap._simple_command("LIST", '""', '"*"', "RETURN", "(SPECIAL-USE)")
            folders += _folders(imap._untagged_response(kind, [None], "LIST")[1])
        marked = [name for flags, name in folders if b"\\drafts" in flags]
        named = [name for _, name in folders if name.strip(b'"').lower() == b"drafts"]
        if found := (marked or named):
            return found[0].decode("ascii", "replace")
        there = ", ".join(readable(name) for _, name in folders[:SHOWN])
        raise Rejected([Problem(None, f"{self.account.host} does not say which folder is for drafts",
                                f"write it as imap: drafts: in mail.yaml; there is: {there}")])


def _folders(said: Sequence) -> list[tuple[bytes, bytes]]:
    """(flags in small letters, name as the server writes it) of each folder that LIST has told of."""
    found = []
    for one in said:
        if isinstance(one, bytes) and (line := LINE.fullmatch(one)):
            found.append((line["flags"].lower(), line["name"]))
        elif isinstance(one, tuple) and (line := re.match(rb"\(([^)]*)\)", one[0])):  # a name as a literal
            found.append((line[1].lower(), b'"' + one[1].replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'))
    return found


def quoted(name: str) -> str:
    """The name of a folder as a command has it: in quotes, in UTF-7 as IMAP changes it (RFC 3501, 5.1.3)."""
    out, other = [], ""
    for letter in f"{name}\0":
        if " " <= letter <= "~" or letter == "\0":
            if other:
                digits = base64.b64encode(other.encode("utf-16-be", "replace")).decode().rstrip("=")
                out.append(f"&{digits.replace('/', ',')}-")
                other = ""
            out.append("&-" if letter == "&" else "" if letter == "\0" else letter)
        else:
            other += letter
    return '"' + "".join(out).replace("\\", "\\\\").replace('"', '\\"') + '"'


def readable(name: bytes) -> str:
    """The name of a folder as a person reads it."""
    plain = name.decode("ascii", "replace").strip('"').replace('\\"', '"').replace("\\\\", "\\")

    def letters(found: re.Match) -> str:
        if not found[1]:
            return "&"
        data = found[1].replace(",", "/")
        return base64.b64decode(data + "=" * (-len(data) % 4)).decode("utf-16-be", "replace")

    return re.sub(r"&([A-Za-z0-9+,]*)-", letters, plain)
