"""Reviews that are due."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("provenance", "PIF TICK 4: kept up to date")
def review_due(m: Manuscript) -> Iterator[Finding]:
    """The day of the next review has come."""
    due = m.content.review.next_review
    if due and m.today and m.today[: len(due)] > due:
        yield found(
            m.place(due),
            f"the review was due in {due}",
            "have it reviewed, then change reviewed: and next_review:",
            due,
        )
