"""Paragraphs that are long."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 8; CDC Clear Communication Index 9", "words")
def long_paragraph(m: Manuscript) -> Iterator[Finding]:
    """A paragraph has more words than the limit; of answers long-answer speaks."""
    for passage in m.running if m.spaced else ():
        if ".answer" not in passage.key and (number := len(passage.words)) > m.limit:
            yield found(
                passage.place_at(0),
                f"a paragraph of {number} words",
                f"part it, or make a list of it; {m.limit:g} words are the most",
                passage.clean[:80],
            )
