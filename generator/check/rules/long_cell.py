"""Cells that are no longer short."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 19", "words")
def long_cell(m: Manuscript) -> Iterator[Finding]:
    """A cell of a table has more words than the limit."""
    for passage in m.passages if m.spaced else ():
        if passage.kind == "cell" and len(passage.words) > m.limit:
            yield found(
                passage.place_at(0),
                f"a cell of {len(passage.words)} words",
                f"a table is for a few words; {m.limit:g} at most",
                passage.clean,
            )
