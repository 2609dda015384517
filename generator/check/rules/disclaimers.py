"""One disclaimer."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("claims", "one disclaimer, for the same readers as the text; FDA and MDR variants by profile", "most", guess=True)
def disclaimers(m: Manuscript) -> Iterator[Finding]:
    """The same disclaimer stands in several places."""
    places = {}
    for passage, match in m.hits(m.vocabulary.disclaims):
        places.setdefault(passage.path, (passage, match))
    if len(places) > m.limit:
        *_, (passage, match) = places.values()
        yield found(
            passage.place_at(match.start()),
            f"it is disclaimed in {len(places)} places that this is no medical advice",
            "say it once, under disclaimer:",
            "several",
        )
