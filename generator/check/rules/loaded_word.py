"""Words that take sides."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("balance", "IPDAS: balanced display of options", guess=True)
def loaded_word(m: Manuscript) -> Iterator[Finding]:
    """A word takes sides where options are compared."""
    if len(m.content.options) < 2:
        return
    for passage, match in m.hits(
        m.vocabulary.loaded, [p for p in m.passages if p.running or p.kind in ("cell", "head")]
    ):
        yield found(
            passage.place_at(match.start()), f"'{match[0]}' takes sides", "say the fact alone", match[0].lower()
        )
