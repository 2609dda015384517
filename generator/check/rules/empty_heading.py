"""Headings that say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 9; CDC Clear Communication Index 9")
def empty_heading(m: Manuscript) -> Iterator[Finding]:
    """A heading could stand over any text."""
    empty = {str(one).lower() for one in m.vocabulary.empty_headings}
    for passage in m.passages:
        if passage.kind == "heading" and passage.clean.lower().strip(" :.") in empty:
            yield found(
                passage.place_at(0),
                f"the heading '{passage.clean}' says nothing of what follows",
                "say what the reader finds there, or ask what the reader asks",
                passage.clean.lower(),
            )
