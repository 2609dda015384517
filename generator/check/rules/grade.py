"""How hard the whole text is to read."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..readability import counts
from ..rule import found, rule

FEWEST = 40
"""Words from which on a formula says something."""
NAMED = 3
"""So many of the costliest sentences are named."""
SHORTEST = 8
"""Words of a sentence that can be made shorter: a name alone, like that of an agency, costs much, and stays."""


@rule(
    "words",
    "AHRQ PEMAT-P 3; NIH and AMA: grade 6 to 8; formulas in check/readability.py",
    "value of the formula of the language",
)
def grade(m: Manuscript) -> Iterator[Finding]:
    """The text is harder than the limit by the formula of its language."""
    limit = m.limit
    if m.counts.words < FEWEST or limit is None or not m.scores or not m.scores[0].beyond(limit):
        return
    score = m.scores[0]
    costly = costliest(m)
    worst = [one for one in costly if one[2] >= SHORTEST][:NAMED] or costly[:NAMED]
    lines = ", ".join(
        f"line {place.line} ({words} words)" if (place := passage.place_at(sentence.start)) else f"{words} words"
        for passage, sentence, words in worst
    )
    than = "at most" if score.formula.harder == "high" else "at least"
    yield found(
        worst[0][0].place_at(worst[0][1].start),
        f"the text is hard to read: {score}; {than} {limit:g} is wanted",
        f"the sentences that cost most: {lines}",
        score.formula.name,
    )


def costliest(m: Manuscript) -> list:
    """(passage, sentence, number of its words), those first that make the text hardest."""
    formula = m.scores[0].formula
    sign = 1 if formula.harder == "high" else -1

    def cost(sentence) -> float:
        return sign * formula.value(counts([sentence], m.content.language)) * len(sentence.words)

    whole = sign * m.scores[0].value
    rated = [
        (cost(sentence) - whole * len(sentence.words), passage, sentence)
        for passage, sentence in m.sentences
        if sentence.words
    ]
    rated.sort(key=lambda one: -one[0])
    return [(passage, sentence, len(sentence.words)) for _, passage, sentence in rated]
