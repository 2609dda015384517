"""E-mail addresses: one at a time, with a name or without, also in letters beyond ASCII (RFC 5322, 6531)."""

from __future__ import annotations

import re
import unicodedata

from .record import record

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+"
_LABEL = r"[A-Za-z0-9\u0080-\U0010ffff](?:[A-Za-z0-9\u0080-\U0010ffff-]*[A-Za-z0-9\u0080-\U0010ffff])?"
LOCAL = rf"{_ATOM}(?:\.{_ATOM})*"
"""Before the @: RFC 5321, 4.1.2, Dot-string, with the letters of RFC 6531, 3.3. No quoted ones."""
DOMAIN = rf"(?:{_LABEL}\.)+{_LABEL}"
NAMED = re.compile(r'\s*(?:"(?P<quoted>[^"\\]*)"|(?P<name>[^<>"@,;:\\]*?))\s*<(?P<address>[^<>\s]+)>\s*')
"""`Ann Smith <ann@example.org>`, also with quotes around the name."""
LONGEST = 254
"""Octets of an address (RFC 5321, 4.5.3.1)."""


@record(frozen=True, slots=True)
class Address:
    """One address."""

    local: str
    domain: str
    """In ASCII (RFC 5891: xn--…)."""
    name: str = ""
    """Of the person; "" where none was given."""

    @property
    def bare(self) -> str:
        return f"{self.local}@{self.domain}"

    def __str__(self) -> str:
        """As it is written."""
        return f"{self.name} <{self.bare}>" if self.name else self.bare

    @property
    def international(self) -> bool:
        """Whether only servers that know SMTPUTF8 (RFC 6531) take it."""
        return not self.local.isascii()


def address(text: str) -> Address:
    """The address that is written so. Raises ValueError where it is not one address, and nothing else: no list, no line
    break, no control character, so that nothing else can get into a header."""
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp", "Cf") for letter in text):
        raise ValueError("it holds a character that cannot be seen")
    named = NAMED.fullmatch(text)
    bare, name = (named["address"], (named["quoted"] or named["name"] or "").strip()) if named else (text, "")
    local, at, domain = bare.rpartition("@")
    right = at and re.fullmatch(LOCAL, local) and re.fullmatch(DOMAIN, domain)
    if not right or domain.rpartition(".")[2].isdigit():
        raise ValueError("it is not one address")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise ValueError("its domain is none") from None
    if len(local.encode()) > 64 or len(f"{local}@{domain}".encode()) > LONGEST:
        raise ValueError("it is too long")
    return Address(unicodedata.normalize("NFC", local), domain, unicodedata.normalize("NFC", name))
