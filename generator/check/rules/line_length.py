"""Lines that the eye can follow."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..pages import line_text
from ..rule import found, rule

SOME = 4
"""Lines that are too long from which on it is told."""


@rule("page", "RNIB Clear Print: 60 to 70 signs; Bringhurst 2.1.2", "signs")
def line_length(m: Manuscript) -> Iterator[Finding]:
    """Lines have more signs than the limit."""
    for name, composition in m.pages if m.spaced else ():
        long = [
            (len(said), line)
            for page in composition.pages
            for line in page.items
            if (said := line_text(line)) and len(said) > m.limit
        ]
        if len(long) >= SOME:
            most, line = max(long, key=lambda one: one[0])
            yield found(
                line.place,
                f"{name}: {len(long)} lines have up to {most} signs",
                f"{m.limit:g} at most: wider margins, or a larger size",
                name,
            )
