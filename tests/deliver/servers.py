"""Mail servers for tests, on this machine: one that sends (aiosmtpd, with TLS), and a mailbox that knows just enough
IMAP."""

from __future__ import annotations

import asyncio
import base64
import re
import ssl
from functools import partial
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult
from deliver.post_office import Running

CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = CERTIFICATES / "authority.pem"
USER, PASSWORD = "ward@clinic.example", "pass word ü"
PLAIN = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
BEARER = base64.b64encode(f"user={USER}\x01auth=Bearer token-1\x01\x01".encode()).decode()


def context(certificate: str = "good") -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
    return made


class Submission(Running):
    """Takes mails. `mails`: (from, to, bytes) of each; `refused`: addresses that it does not take."""

    def __init__(self, security: str = "starttls", certificate: str = "good", refused: tuple[str, ...] = ()) -> None:
        self.security, self.certificate, self.refused = security, certificate, refused
        self.mails: list[tuple[str, list[str], bytes]] = []

    async def begin(self):
        tls = None if self.security == "none" else context(self.certificate)
        if self.security == "tls":
            make = partial(SMTP, self, hostname="here", enable_SMTPUTF8=True, auth_require_tls=False)
            return await self._loop.create_server(make, "127.0.0.1", 0, ssl=tls)
        make = partial(SMTP, self, hostname="here", enable_SMTPUTF8=True, tls_context=tls,
                       auth_required=tls is not None, require_starttls=tls is not None)
        return await self._loop.create_server(make, "127.0.0.1", 0)

    async def auth_PLAIN(self, server, arguments) -> AuthResult:
        return AuthResult(success=arguments[-1] == PLAIN, handled=False)

    async def auth_XOAUTH2(self, server, arguments) -> AuthResult:
        return AuthResult(success=arguments[-1] == BEARER, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address in self.refused:
            return "550 5.1.1 who is that"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope) -> str:
        self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 2.0.0 taken"


class Mailbox(Running):
    """A mailbox. `laid`: (folder, flags, bytes) of each mail that was put into it."""

    def __init__(self, security: str = "tls", certificate: str = "good", folders: tuple[str, ...] = (
            r'(\HasNoChildren) "/" "INBOX"', r'(\HasNoChildren \Drafts) "/" "Entw&APw-rfe"'), special: bool = False,
            refuses: str = "") -> None:
        self.security, self.certificate, self.folders = security, certificate, folders
        self.special = special
        """\\Drafts is shown to who asks for it alone (RFC 6154)."""
        self.refuses = refuses
        """What is said to APPEND, in place of yes; "drop": the line breaks after the data."""
        self.laid: list[tuple[str, str, bytes]] = []

    async def begin(self):
        tls = context(self.certificate) if self.security == "tls" else None
        return await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=tls)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(text: str) -> None:
            writer.write(text.encode() + b"\r\n")

        try:
            say("* OK ready")
            while line := (await reader.readline()).decode().strip():
                tag, command, *rest = line.split(" ", 2)
                said, command = rest[0] if rest else "", command.upper()
                if command == "CAPABILITY":
                    more = " STARTTLS" * (self.security == "starttls") + " SPECIAL-USE" * self.special
                    say(f"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2{more}\r\n{tag} OK done")
                elif command == "STARTTLS":
                    say(f"{tag} OK begin")
                    await writer.drain()
                    await writer.start_tls(context(self.certificate))
                elif command == "AUTHENTICATE":
                    say("+ ")
                    right = (await reader.readline()).decode().strip() in (PLAIN, BEARER)
                    if not right and said == "XOAUTH2":  # first it says why, and waits for an empty line
                        say("+ e30=")
                        await reader.readline()
                    say(f"{tag} OK in" if right else f"{tag} NO [AUTHENTICATIONFAILED] who are you")
                elif command == "LIST":
                    for folder in self.folders:
                        shown = folder if not self.special or "RETURN" in said else folder.replace(r" \Drafts", "")
                        say(f"* LIST {shown}")
                    say(f"{tag} OK done")
                elif command == "APPEND":
                    name, flags, size = re.fullmatch(r'(".*"|\S+) \(([^)]*)\) \{(\d+)\}', said).groups()
                    say("+ go on")
                    data = await reader.readexactly(int(size))
                    await reader.readline()
                    if self.refuses == "drop":
                        return
                    if not self.refuses:
                        self.laid.append((name, flags, data))
                    say(f"{tag} {self.refuses or 'OK laid down'}")
                else:
                    say(f"{tag} OK done")
                    if command == "LOGOUT":
                        return
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()
