"""Kinds of text in a content file, what is said of them for those who read, translate and print them, and the names of
the fixed phrases.

Kinds of string:  `Line` one line of plain words · `Inline` one line with marks (bold, italic, links) ·
`Prose` paragraphs and lists with marks (docs/content.md, "Marks in text").
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from .problem import Place
from .record import record

GUIDES = ("\xad\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u061c\u200e\u200f"
          + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x2070)))))
"""Characters that only guide breaking, direction and reckoning and are not drawn: soft hyphen, zero-width space, word
joiner, invisible operators, byte order mark, controls of direction."""
UNSEEN = re.compile(rf"[\s{GUIDES}]+")
"""A text without anything to see on a page: white space and guides alone."""


@record(frozen=True, slots=True)
class Rule:
    """A marker for `Annotated`: what read/ checks of a value, and says in the JSON Schema."""

    kind: str
    """line, inline, prose, date, language, slug, url, colour, picture, email, address, host."""
    words: bool = True
    """False: a line that is the same in every language."""


UNPRINTED = "not printed"
"""A marker for `Annotated`: text that no layout prints. All other text that has a Rule is printed by every layout, or
is told as missing (check/unprinted.py)."""


@record(frozen=True, slots=True)
class SameAs:
    """A marker for `Annotated`: the text says the same as another field of its entry;
    where one is printed, both are."""

    field: str


Line = Annotated[str, Rule("line")]
Verbatim = Annotated[str, Rule("line", words=False)]
"""One line that no translator is asked for: a number, or a name that something else is found by."""
Inline = Annotated[str, Rule("inline")]
Prose = Annotated[str, Rule("prose")]
Date = Annotated[str, Rule("date")]
"""ISO date, possibly partial: 2017, 2017-07 or 2017-07-03."""
Period = Annotated[str, Rule("period")]
"""A Date, or two with – or / between them (ISO 8601): 2017–2019, 2017-07/2018-02."""
Url = Annotated[str, Rule("url")]
"""https:, http:, mailto: or tel:."""
Language = Annotated[str, Rule("language"), UNPRINTED]
"""BCP 47 tag."""
Colour = Annotated[str, Rule("colour"), UNPRINTED]
"""#rrggbb."""
Picture = Annotated[str, Rule("picture")]
"""Path of a picture (.png, .jpg, .webp, .gif or .svg) beside the content file."""


Phrase = Literal[
    "questions", "key_points", "glossary", "abbreviations", "references", "addresses", "contents", "contact",
    "disclaimer", "your_notes", "written_by", "reviewed_by", "published", "reviewed", "next_review", "version",
    "page_of", "status_draft", "status_unreviewed-translation", "status_stale", "status_expired", "status_changed",
    "phone", "email", "web", "qr_code", "hours", "step", "table_continued", "fact", "person", "yes", "no", "name",
    "date", "time", "clinic", "clinician", "appointment",
]
"""Names of the fixed phrases of a language, as layouts/shared/words/en.yaml has them."""
SLOTS = {"version": ("version",), "page_of": ("page", "pages"), "qr_code": ("web",), "step": ("number",),
         "fact": ("label", "value"), "person": ("name", "role")}
"""Phrase → what is filled in where it has it in braces; the others have nothing in braces."""


class Entry:
    """Base of all classes of content; `place` says where the mapping begins in the file."""

    __slots__ = ()
    place: Place | None = None
