"""Words in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ...model.wording import quoted
from ..manuscript import Manuscript
from ..rule import found, rule

_WORD = r"[A-ZÀ-ÖØ-ÞİŞĞА-ЯΑ-Ω]{2,}"
_RUN = re.compile(rf"\b{_WORD}(?:[\s,/&-]+(?:[A-ZÀ-ÞA-Я]\s+)?{_WORD}){{2,}}\b")


@rule("words", "RNIB Clear Print; NHS: no capitals, no underlining")
def capitals(m: Manuscript) -> Iterator[Finding]:
    """More than two words in a row are written in capitals."""
    for passage in m.passages:
        if passage.key.startswith(("references", "review", "publisher", "contacts")):
            continue
        for match in _RUN.finditer(passage.text):
            if any(len(word) > 4 for word in re.findall(r"\w+", match[0])):  # not a row of abbreviations
                yield found(
                    passage.place_at(match.start()),
                    f"words in capitals: {quoted(match[0])}",
                    "capitals are hard to read; write small letters, and **bold** for what matters",
                    match[0],
                )
