"""What it is about, at the top."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 1; CDC Clear Communication Index 1 and 2")
def summary(m: Manuscript) -> Iterator[Finding]:
    """Nothing at the top says what the leaflet is about."""
    if not m.content.summary and not m.content.key_points:
        yield found(
            m.content.place,
            "nothing at the top says what the leaflet is about, and for whom",
            "give summary:, one or two sentences",
            "none",
        )
