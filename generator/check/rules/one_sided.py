"""Benefits without risks."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

SOME = 3
"""Words of benefit from which on a text is one that tells benefits."""


@rule("claims", "Regulation (EU) 2017/745, article 7 c; FDA fair balance; IPDAS", guess=True)
def one_sided(m: Manuscript) -> Iterator[Finding]:
    """Benefits are told and no risk."""
    if not m.vocabulary.risk or next(m.risks(m.whole), None):
        return
    hits = list(m.hits(m.vocabulary.benefit, [one for one in m.passages if one.running or one.kind == "heading"]))
    if len(hits) >= SOME:
        passage, match = hits[0]
        yield found(
            passage.place_at(match.start()),
            "benefits are told, and no risk",
            "say what can go wrong, and how often",
            "no risk",
        )
