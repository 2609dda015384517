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
        steps = block.steps or (block.listing.items if block.listing and block.listing.kind == "steps" else [])
        if len(steps) > m.limit:
            first = text_of(steps[0] if isinstance(steps[0], str) else steps[0].text)
            yield found(
                m.place(first),
                f"{len(steps)} steps in a row",
                f"part them into stages; {m.limit:g} steps are the most",
                str(first),
            )
