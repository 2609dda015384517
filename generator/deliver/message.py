"""One mail: headers, the words as text and as HTML, and PDFs attached (RFC 5322, 2045, 2046, 2231)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime
from email.header import Header
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from urllib.parse import quote

from ..model.address import Address
from ..model.record import record

LONGEST_SUBJECT = 250
"""Characters."""


@record(frozen=True, slots=True)
class Attachment:
    """A PDF."""

    name: str
    data: bytes


@record(frozen=True, slots=True)
class Letter:
    """What a mail says, whoever gets it."""

    subject: str
    text: str
    html: str
    language: str
    attachments: tuple[Attachment, ...] = ()


@record(frozen=True, slots=True)
class Envelope:
    """From whom, to whom, when."""

    to: Address | None = None
    """None: to be filled in by who sends the draft."""
    sender: Address | None = None
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    date: datetime | None = None
    """With its time zone; None: the mail program writes it."""
    number: str = ""
    """The Message-ID, without its brackets; "": the mail program or server gives one."""
    draft: bool = False
    """Marked with X-Unsent, by which some mail programs open it for editing."""

    @property
    def everybody(self) -> tuple[Address, ...]:
        """All who get it."""
        return (*((self.to,) if self.to else ()), *self.cc)

    @property
    def international(self) -> bool:
        named = (*self.everybody, *(one for one in (self.sender, self.reply_to) if one))
        return any(one.international for one in named)


def message(letter: Letter, envelope: Envelope) -> bytes:
    """The mail, in lines that end in CR LF. The same input gives the same bytes.

    Boundaries are made from what stands between them. What a header says has no control characters, so that nothing can
    become a header of its own.
    """
    # Parts keep the header lines that are written out below; the standard library would drop the second file name.
    policy = (SMTPUTF8 if envelope.international else SMTP).clone(refold_source="none")
    mail = EmailMessage(policy)
    mail["Subject"] = subject(letter.subject)
    if envelope.sender:
        mail["From"] = _header(envelope.sender)
    if envelope.to:
        mail["To"] = _header(envelope.to)
    if envelope.cc:
        mail["Cc"] = tuple(map(_header, envelope.cc))
    if envelope.reply_to:
        mail["Reply-To"] = _header(envelope.reply_to)
    if envelope.date:
        mail["Date"] = envelope.date
    if envelope.number:
        mail["Message-ID"] = f"<{envelope.number}>"
    if envelope.draft:
        mail["X-Unsent"] = "1"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    seed = hashlib.sha256(f"{letter.text}\0{letter.html}".encode())
    if letter.attachments:
        for one in letter.attachments:
            mail.add_attachment(one.data, maintype="application", subtype="pdf")
            seed.update(one.name.encode() + one.data)
        for part, one in zip(mail.get_payload()[1:], letter.attachments):
            name, disposition = _names(one.name)
            del part["Content-Type"], part["Content-Disposition"]
            part.set_raw("Content-Type", f'application/pdf;\r\n name="{name}"')
            part.set_raw("Content-Disposition", disposition)
        mail.get_payload()[0].set_boundary(f"=_text_{seed.hexdigest()[32:]}")
    mail["Content-Language"] = letter.language  # here at last: what is added would take it along
    mail.set_boundary(f"=_mixed_{seed.hexdigest()[:32]}")
    return mail.as_bytes()


def subject(text: str) -> str:
    """A text as a Subject: one line of characters that can be seen, not too long."""
    line = seen(text)
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def seen(text: str) -> str:
    """A text as one line of characters that can be seen."""
    letters = "".join(" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in text
                      if unicodedata.category(one) != "Cs")
    return " ".join(letters.split())


def _header(address: Address) -> HeaderAddress:
    return HeaderAddress(seen(address.name), address.local, address.domain)


def _names(filename: str) -> tuple[str, str]:
    """`name` for Content-Type and the whole of Content-Disposition.

    Every reader finds a form that it knows: RFC 2231 (`filename*`), encoded words in `name` (what mail programs of
    before RFC 2231 expect), and plain ASCII (`filename`).
    """
    if re.fullmatch(r"[A-Za-z0-9._ -]+", filename):
        return filename, f'attachment; filename="{filename}"'
    stem, dot, suffix = filename.rpartition(".")
    letters = unicodedata.normalize("NFKD", stem or suffix).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", letters).strip("-") or "leaflet"
    fallback = f"{plain}.{suffix}" if dot and suffix.isascii() and suffix.isalnum() else plain
    encoded = quote(filename, safe="")
    return (Header(filename, "utf-8").encode(linesep="\r\n"),
            f"attachment;\r\n filename*=utf-8''{encoded};\r\n filename=\"{fallback}\"")
