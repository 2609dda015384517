"""Terms that are explained and not used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 4: terms are explained where they are used")
def unused_term(m: Manuscript) -> Iterator[Finding]:
    """A word of the glossary stands nowhere in the text."""
    text = " ".join(p.clean for p in m.passages if not p.key.endswith(("glossary.term", "glossary.meaning"))).lower()
    for term in m.glossary:
        words = re.sub(r"\s*\(.*?\)|[*_]", "", str(term.term)).strip().lower()
        stem = words[: max(4, len(words) - 3)] if m.root not in ("en",) else words.rstrip("s")
        if words and stem not in text:
            yield found(
                m.place(term.term),
                f"'{term.term}' is explained, and stands nowhere in the text",
                "take it away, or use the same word in the text",
                words,
            )
