"""A disclaimer where a device is sold."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("claims", "Regulation (EU) 2017/745, article 7; market profiles", guess=True)
def no_disclaimer(m: Manuscript) -> Iterator[Finding]:
    """A device is what the leaflet is about, and nothing limits the use of the text."""
    if m.content.disclaimer or not m.vocabulary.disclaims or m.says(m.vocabulary.disclaims):
        return
    for passage, match in m.devices():
        yield found(
            passage.place_at(match.start()),
            f"a device is described ('{match[0]}') without a disclaimer",
            "give disclaimer:, who decides and what the text is not",
            "none",
        )
        return
