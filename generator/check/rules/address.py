"""Words to the reader."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

FEWEST = 8
"""Sentences from which on a share says something."""


@rule("structure", "AHRQ PEMAT-P 21; NHS: we and you", "least share of all sentences, 0 to 1", guess=True)
def address(m: Manuscript) -> Iterator[Finding]:
    """The text of a leaflet for patients seldom speaks to the reader."""
    if not m.for_patients or not m.vocabulary.address or m.counts.sentences < FEWEST:
        return
    said = sum(bool(m.says(m.vocabulary.address, s.text)) or m.acts(s.text) for _, s in m.sentences)
    if said < m.limit * m.counts.sentences:
        yield found(
            m.running[0].place_at(0),
            f"{said or 'none'} of {m.counts.sentences} sentences speak to the reader",
            "say 'you' and 'your', and what to do",
            "seldom",
        )
