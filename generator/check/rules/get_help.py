"""Whom to turn to."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "PIF TICK 7 (signposting); NHS: when to get help", guess=True)
def get_help(m: Manuscript) -> Iterator[Finding]:
    """Nothing says when to get help, or where."""
    if (
        m.for_patients
        and m.vocabulary.help
        and not m.content.contacts
        and not any(block.contact or block.box and block.box.kind == "call" for block in m.blocks)
        and not any(
            m.says(m.vocabulary.help, passage.clean)
            for passage in m.passages
            if passage.running or passage.kind in ("heading", "cell") and not passage.key.startswith("disclaimer")
        )
    ):
        yield found(
            m.content.place,
            "nothing says when to get help, or where",
            "add a box with kind: call, or contacts:",
            "none",
        )
