"""Claims to be better."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("claims", "Regulation (EU) 2017/745, article 7; FDA 21 CFR 202.1(e)(6)", guess=True)
def superlative(m: Manuscript) -> Iterator[Finding]:
    """A claim is made to be better than others, without a source."""
    for passage, match in m.claims(m.vocabulary.superlative):
        yield found(
            passage.place_at(match.start()),
            f"a claim to be better: '{match[0]}'",
            "name the source, or leave it out",
            match[0].lower(),
        )
