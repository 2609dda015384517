"""Sentences that are too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ...model.wording import quoted
from ..manuscript import Manuscript
from ..rule import found, rule

_ITEMS = re.compile(r"\s[-–•]\s.*\s[-–•]\s|;.*;")


@rule("words", "NHS, How to write good questions and information (2020): 15 to 20 words; here those far above", "words")
def long_sentence(m: Manuscript) -> Iterator[Finding]:
    """A sentence has more words than the limit."""
    for passage, sentence in m.sentences if m.spaced else ():
        if len(sentence.words) > m.limit:
            better = "a list" if _ITEMS.search(sentence.text) else "two or three"
            yield found(
                passage.place_at(sentence.start),
                f"a sentence of {len(sentence.words)} words: {quoted(sentence.text)}",
                f"make {better} of it; {m.limit:g} words are the most",
                sentence.text,
            )
