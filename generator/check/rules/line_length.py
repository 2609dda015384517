"""Lines that the eye can follow."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..pages import line_text
from ..rule import found, rule

SOME = 4
"""Lines that are too long from which on it is told."""
SHARE = 0.25
"""Of the lines that hold at least half as many signs as the limit: a few that are long tire no eye."""


@rule("page", "RNIB Clear Print: 60 to 70 signs; Bringhurst 2.1.2", "signs")
def line_length(m: Manuscript) -> Iterator[Finding]:
    """A quarter of the longer lines, and four at least, have more signs than the limit."""
    for name, composition in m.pages if m.spaced else ():
        lines = [(len(said), line) for page in composition.pages for line in page.items if (said := line_text(line))]
        long = [one for one in lines if one[0] > m.limit]
        full = sum(length > m.limit / 2 for length, _ in lines)
        if len(long) >= max(SOME, SHARE * full):
            most, line = max(long, key=lambda one: one[0])
            yield found(
                line.place,
                f"{name}: {len(long)} of {full} long lines have more than {m.limit:g} signs, up to {most}",
                "a matter of the layout, not of the text: wider margins, or a larger size",
                name,
            )
