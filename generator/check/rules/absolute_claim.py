"""Claims without limits."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("claims", "Regulation (EU) 2017/745, article 7; FDA 21 CFR 202.1(e)")
def absolute_claim(m: Manuscript) -> Iterator[Finding]:
    """A claim has no limits: no risk, guaranteed, 100 % safe."""
    for passage, match in m.claims(m.vocabulary.absolute):
        yield found(
            passage.place_at(match.start()),
            f"a claim without limits: '{match[0]}'",
            "say how often, for whom, and what can go wrong",
            match[0].lower(),
        )
