"""Sentences that are long throughout."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("words", "CDC Clear Communication Index 7; NHS: 15 to 20 words", "words")
def mean_sentence(m: Manuscript) -> Iterator[Finding]:
    """The sentences are longer, on average, than the limit."""
    if m.spaced and m.counts.sentences >= 5 and (mean := m.counts.words / m.counts.sentences) > m.limit:
        yield found(
            m.running[0].place_at(0),
            f"sentences have {mean:.1f} words on average",
            f"{m.limit:g} are the most; begin with the longest",
            "mean",
        )
