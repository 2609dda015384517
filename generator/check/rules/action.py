"""Something to do."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 20; CDC Clear Communication Index 5", guess=True)
def action(m: Manuscript) -> Iterator[Finding]:
    """No sentence tells the reader what to do."""
    if (
        m.for_patients
        and m.counts.words >= 60
        and m.vocabulary.asks
        and not any(m.acts(s.text) for _, s in m.sentences)
    ):
        yield found(
            m.content.place,
            "no sentence tells the reader what to do",
            "begin sentences with what to do: 'Ask your doctor …', 'Call us if …'",
            "none",
        )
