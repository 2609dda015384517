"""Spaces around punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_MISSING = re.compile(
    r"(?<![\w./@-])(?P<word>[^\W\d_]{3,})(?:(?P<stop>[.!?])[A-ZÀ-ÖØ-ÞŞĞİА-Я][^\W\d_]*(?=[\s,.!?;:]|$)"
    r"|(?P<comma>[,;])[^\W\d_]{2,}(?![\w.]*[/@]))"
)
"""'days.You may' and 'pain,swelling', and no address (www.nhs.uk), no name of a file."""
_BEFORE = re.compile(r"\w\s(?P<sign>[,;]|(?:[?!]|\.(?!\.|\w))(?=\s|$))")
CLOSE = ("en", "de", "es", "it", "nl", "pt", "tr", "ru", "pl", "sv", "da", "nb", "fi")
"""Languages that set no space before these signs, as French does."""


@rule("words", "a slip of the pen")
def spacing(m: Manuscript) -> Iterator[Finding]:
    """No space follows a full stop or a comma, or one stands before it."""
    abbreviations = {str(one).lower() for one in m.vocabulary.ends_no_sentence}
    for passage in m.passages if m.spaced else ():
        if passage.key.startswith(("references", "review", "publisher", "contacts")):
            continue
        for match in _MISSING.finditer(passage.text):
            if match["stop"] and f"{match['word']}.".lower() in abbreviations:
                continue
            sign = match["stop"] or match["comma"]
            yield found(
                passage.place_at(match.start()), f"no space follows '{sign}': '{match[0]}'", "put a space in", match[0]
            )
        for match in _BEFORE.finditer(passage.text) if m.root in CLOSE else ():
            said = passage.text[max(0, match.start() - 12) : match.end()].split(" ", 1)[-1]
            yield found(
                passage.place_at(match.start("sign")),
                f"a space stands before '{match['sign']}': '{' '.join(said.split())}'",
                "take the space away",
                said,
            )
