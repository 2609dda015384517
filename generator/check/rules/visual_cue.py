"""Something that stands out."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

FEWEST = 100
"""Words from which on a text needs something that stands out."""


@rule("structure", "AHRQ PEMAT-P 12; CDC Clear Communication Index 3 and 8")
def visual_cue(m: Manuscript) -> Iterator[Finding]:
    """Nothing stands out in a text of some length: no list, no box, no bold word, no step, no key point."""
    if m.counts.words < FEWEST or any(block.box or block.steps or block.listing or block.advice for block in m.blocks):
        return
    if not any(passage.kind == "item" or "**" in passage.source for passage in m.running):
        yield found(m.content.place, "nothing stands out: there is no list, no box, no bold word",
                    "make a list of what is one, put what matters in a box:", "none")
