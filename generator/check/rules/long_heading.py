"""Headings that are long."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 9", "words")
def long_heading(m: Manuscript) -> Iterator[Finding]:
    """A heading has more words than the limit."""
    for passage in m.passages if m.spaced else ():
        if passage.kind == "heading" and len(passage.words) > m.limit:
            yield found(
                passage.place_at(0),
                f"a heading of {len(passage.words)} words",
                f"{m.limit:g} are the most that one takes in at a glance",
                passage.clean,
            )
