"""Sums that are left to the reader."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("words", "AHRQ PEMAT-P 7; CDC Clear Communication Index 17", guess=True)
def calculation(m: Manuscript) -> Iterator[Finding]:
    """The reader has to calculate."""
    if not m.for_patients:
        return
    for passage, match in m.hits(m.vocabulary.calculates, m.running):
        yield found(
            passage.place_at(match.start()),
            f"the reader has to calculate: '{match[0]}'",
            "give the result, or a table to look it up in",
            match[0].lower(),
        )
