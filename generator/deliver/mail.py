"""An e-mail draft with a leaflet's PDF attached: an .eml file that a mail program opens for editing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote

from ..model.content import Content
from ..model.problem import Problem, Rejected

LARGE = 7_000_000
"""Bytes of a PDF above which mail systems may refuse it: Base64 makes 7 MB into 9.6 MB, and many stop at 10 MB."""

ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")
"""One plain address (RFC 5321, 4.1.2, Dot-string; no quoted local part, no name, no list)."""


def draft(content: Content, summary: str, pdf: bytes, filename: str, to: str | None = None) -> bytes:
    """A message with title, summary and web address of the leaflet as text and as HTML, and the PDF attached.

    `summary` is the content's summary as markup (p, ul, ol, li, blockquote, strong, em, a, br). The same input gives
    the same bytes: no date, no Message-ID, boundaries made from the message itself. `X-Unsent: 1` lets mail programs
    open it as a draft. Raises Rejected where `to` is not one plain address.
    """
    # Parts keep the header lines that are written out below; the standard library would drop the second file name.
    policy = SMTP.clone(refold_source="none")
    message = EmailMessage(policy)
    message["Subject"] = " ".join(content.title.split())
    if to is not None:
        message["To"] = checked(to)
    message["X-Unsent"] = "1"
    message.set_content(_text(content, summary), cte="quoted-printable")
    html = _html(content, summary)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf")
    name, disposition = _names(filename)
    attached = message.get_payload()[1]
    del attached["Content-Type"], attached["Content-Disposition"]
    attached.set_raw("Content-Type", f'application/pdf;\r\n name="{name}"')
    attached.set_raw("Content-Disposition", disposition)

    seed = hashlib.sha256(b"\0".join((html.encode(), filename.encode(), pdf))).hexdigest()
    message.set_boundary(f"=_mixed_{seed[:32]}")
    message.get_payload()[0].set_boundary(f"=_text_{seed[32:]}")
    return message.as_bytes()


def checked(address: str) -> str:
    """The address itself. Raises Rejected where it is not one plain address, so that
    nothing else gets into a header."""
    if not ADDRESS.fullmatch(address) or ".." in address or address[0] == "." or ".@" in address or len(address) > 254:
        raise Rejected([Problem(None, f"{address!r} is not an e-mail address",
                                "write one address, as in name@example.org")])
    return address


def _html(content: Content, summary: str) -> str:
    title, web = escape(content.title), escape(content.web or "")
    link = f'<p><a href="{web}">{web}</a></p>\n' if web else ""
    summary = re.sub('<li label="([^"]*)">', _labelled, summary)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(content.language)}" '
        f'dir="{_direction(content)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n{summary}\n{link}</body>\n</html>\n"
    )


def _labelled(item: re.Match) -> str:
    """The tag of an item whose number or sign its author typed. HTML counts by itself; any
    other sign stands among the words."""
    number = re.fullmatch(r"([0-9]+)\.", item[1])
    return f'<li value="{number[1]}">' if number else f'<li style="list-style-type: none">{item[1]} '


def _text(content: Content, summary: str) -> str:
    return "\n\n".join(part for part in (content.title, _Plain.of(summary), content.web) if part) + "\n"


class _Plain(HTMLParser):
    """Markup as plain text: paragraphs apart, items behind a hyphen or a number,
    addresses behind the words of a link."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.items: list[int | None] = []
        """For each list around: the number of its next item; None: not numbered."""
        self.address = ""

    @classmethod
    def of(cls, markup: str) -> str:
        self = cls()
        self.feed(markup)
        self.close()
        return re.sub(r"\n{3,}", "\n\n", "".join(self.out)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("ul", "ol"):
            self.items.append(int(given.get("start") or 1) if tag == "ol" else None)
            self.out.append("\n")
        elif tag == "li":
            number = self.items[-1]
            label = given.get("label") or ("-" if number is None else f"{number}.")
            self.out.append("  " * (len(self.items) - 1) + label + " ")
            self.items[-1] = None if number is None else number + 1
        elif tag == "br":
            self.out.append("\n")
        elif tag == "a":
            self.address = (given.get("href") or "").removeprefix("mailto:").removeprefix("tel:")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.items.pop()
        elif tag == "a" and self.address != self.out[-1]:
            self.out.append(f" ({self.address})")
        if tag in ("p", "li", "ul", "ol"):
            self.out.append("\n" if tag == "li" else "\n\n")

    def handle_data(self, data: str) -> None:
        self.out.append(data)


def _direction(content: Content) -> str:
    """rtl or ltr, by the letters that the text is written in (bidirectional classes of UAX #9)."""
    classes = [unicodedata.bidirectional(letter) for letter in f"{content.title} {content.summary or ''}"]
    return "rtl" if classes.count("R") + classes.count("AL") > classes.count("L") else "ltr"


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
