"""How long a leaflet may stand."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("provenance", "NHS trusts: every three years at least", "years")
def review_span(m: Manuscript) -> Iterator[Finding]:
    """More years than the limit lie between two reviews."""
    review = m.content.review
    if review.reviewed and review.next_review and _years(review.next_review) - _years(review.reviewed) > m.limit + 0.01:
        yield found(
            m.place(review.next_review),
            f"from {review.reviewed} to {review.next_review} nobody looks at it",
            f"review it after {m.limit:g} years at most",
            "span",
        )


def _years(date: str) -> float:
    """A date, possibly partial, as a number of years."""
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 365
