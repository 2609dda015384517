"""Instructions that are long."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript, text_of
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 22", "steps")
def many_steps(m: Manuscript) -> Iterator[Finding]:
    """Instructions have more steps than the limit."""
    for block in m.blocks:
        if block.steps and len(block.steps) > m.limit:
            yield found(
                m.place(text_of(block.steps[0].text)),
                f"{len(block.steps)} steps in a row",
                f"part them into stages; {m.limit:g} steps are the most",
                str(text_of(block.steps[0].text)),
            )
