"""What it is about, at the top."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

FEWEST = 8
"""Words of an introduction that can say what a leaflet is about."""
STEM = 4
"""Letters that two forms of one word have in common: stye and styes."""


@rule("structure", "AHRQ PEMAT-P 1; CDC Clear Communication Index 1 and 2")
def summary(m: Manuscript) -> Iterator[Finding]:
    """Nothing at the top says what the leaflet is about: no summary, no key points, and no introduction that takes up
    the title."""
    if not m.content.summary and not m.content.key_points and not _introduced(m):
        yield found(
            m.content.place,
            "nothing at the top says what the leaflet is about, and for whom",
            "give summary:, one or two sentences",
            "none",
        )


def _introduced(m: Manuscript) -> bool:
    """Whether the introduction has sentences of some length with a word of the title."""
    title = next((one.clean for one in m.passages if one.kind == "title"), "").lower()
    said = [one for one in m.running if one.key.startswith("introduction") and one.clean.lower() != title]
    text = " ".join(one.clean for one in said).lower()
    if not m.spaced:
        return len(text) > 2 * FEWEST and any(title[at : at + 2] in text for at in range(len(title) - 1))
    stems = {word[:STEM] for word in re.findall(r"[^\W\d_]+", title) if len(word) >= STEM}
    return sum(len(one.words) for one in said) >= FEWEST and any(
        word[:STEM] in stems for word in re.findall(r"[^\W\d_]+", text)
    )
