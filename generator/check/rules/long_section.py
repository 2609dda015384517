"""Sections without a stop."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 8; CDC Clear Communication Index 9", "words")
def long_section(m: Manuscript) -> Iterator[Finding]:
    """A section has more words than the limit before the next heading; of answers long-answer speaks."""
    if not m.spaced:
        return
    words, begun, name = 0, None, ""
    for passage in (*m.passages, None):
        if passage is None or passage.kind in ("heading", "question"):
            if begun is not None and words > m.limit:
                yield found(
                    begun.place_at(0),
                    f"{words} words without a heading between them",
                    f"put headings in; {m.limit:g} words at most below each",
                    name or "begin",
                )
            words, begun, name = 0, passage, passage.clean if passage else ""
        elif passage.running and ".answer" not in passage.key:
            begun = begun or passage
            words += len(passage.words)
