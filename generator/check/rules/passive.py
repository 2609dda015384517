"""Sentences in the passive voice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_IRREGULAR = (
    "given|taken|done|made|seen|shown|known|put|held|kept|left|sent|told|cut|found|brought|worn|drawn|broken|chosen|written|"
    "driven|eaten|felt|lost|paid|read|said|set|shut|sold|sewn|stuck|thought|understood|injected|laid|led|begun|born"
)
PATTERNS = {
    "en": re.compile(
        rf"\b(?:is|are|was|were|be|been|being)\s+(?:not\s+|also\s+|often\s+|usually\s+|typically\s+|generally\s+|then\s+|always\s+)?"
        rf"(?!(?:interested|worried|concerned|tired|supposed|used to|related|involved|located|swollen|need|"
        rf"infected|caused by|painted|blessed|aged|advanced|limited|married|pleased|prepared|experienced|unused|bed)\b)"
        rf"(?:\w+ed|{_IRREGULAR})\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:wird|werden|wurde|wurden|worden)\b[^.!?]*?\b(?:ge\w+(?:t|en)|(?:be|ver|ent|er|zer)\w+(?:t|en))\b(?=\s*[.,;:!?]|\s*$)",
        re.IGNORECASE,
    ),
    "es": re.compile(r"\b(?:es|son|fue|fueron|ser|será|serán|sido)\s+\w+(?:ad|id)[oa]s?\b", re.IGNORECASE),
    "fr": re.compile(
        r"\b(?:est|sont|sera|seront|était|étaient|été|être)\s+(?:\w+ment\s+)?\w{3,}(?:é|ée|és|ées)\b", re.IGNORECASE
    ),
    "nl": re.compile(
        r"\b(?:wordt|worden|werd|werden)\b[^.!?]*?\b(?:ge\w+(?:t|d|en)|(?:be|ver|ont|her)\w+(?:t|d|en))\b",
        re.IGNORECASE,
    ),
}
"""Languages in which a passive can be told by its form, roughly."""
FEWEST = 8
"""Sentences from which on a share says something."""


@rule("words", "AHRQ PEMAT-P 5; CDC Clear Communication Index 6", "share of all sentences, 0 to 1", guess=True)
def passive(m: Manuscript) -> Iterator[Finding]:
    """More sentences than the limit are in the passive voice: who does it comes last, or nowhere. English, German,
    Spanish, French, Dutch."""
    pattern = PATTERNS.get(m.root)
    if pattern is None or m.counts.sentences < FEWEST:
        return
    hits = [(passage, sentence) for passage, sentence in m.sentences if pattern.search(sentence.text)]
    share = len(hits) / m.counts.sentences
    if share > m.limit:
        lines = [place.line for passage, sentence in hits if (place := passage.place_at(sentence.start))]
        passage, sentence = hits[0]
        yield found(
            passage.place_at(sentence.start),
            f"{len(hits)} of {m.counts.sentences} sentences are in the passive voice",
            f"say who: 'your doctor checks', not 'it is checked'; lines {', '.join(map(str, lines[:8]))}"
            + (" …" if len(lines) > 8 else ""),
            "passive",
        )
