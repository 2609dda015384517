"""The few things to remember."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

FEWEST = 200
"""Words of a leaflet from which on it needs a summary."""


@rule("structure", "AHRQ PEMAT-P 11; CDC Clear Communication Index 1 and 10", "most points")
def key_points(m: Manuscript) -> Iterator[Finding]:
    """A leaflet of some length has no `key_points:`, or more of them than the limit."""
    points = m.content.key_points
    if not points and m.counts.words >= FEWEST:
        yield found(
            m.content.place,
            "nothing says what to remember",
            "give three to five key_points:, the most important first",
            "none",
        )
    elif len(points) > m.limit:
        yield found(
            m.place(points[0]), f"{len(points)} key points", f"{m.limit:g} are the most that one remembers", "many"
        )
