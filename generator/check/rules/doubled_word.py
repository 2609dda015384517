"""The same word twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_TWICE = re.compile(r"(?<![\w-])([^\W\d_]{2,})\s+\1(?![\w-])", re.IGNORECASE)
RIGHT = {"en": {"that", "had", "very", "bye", "cha", "beta"}, "es": {"muy", "poco"}}
"""Languages in which a word seldom stands twice in a row, with those that may."""


@rule("words", "a slip of the pen")
def doubled_word(m: Manuscript) -> Iterator[Finding]:
    """A word stands twice in a row. English and Spanish."""
    right = RIGHT.get(m.root)
    for passage in m.passages if right is not None else ():
        for match in _TWICE.finditer(passage.text):
            if match[1].lower() not in right and not match[1].isupper():
                yield found(
                    passage.place_at(match.start()),
                    f"a word stands twice: '{match[0]}'",
                    "take one away",
                    match[0].lower(),
                )
