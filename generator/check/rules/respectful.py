"""Words that name people by their illness."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_THING = re.compile(
    r"\s(?!(?:who|whose|is|was|has|had|can|may|might|must|should|will|would|needs?|and|or|but|with|in|on|to|at|for|of|as"
    r"|by|from|if|when|does|do|often|also|then|than)\b)[a-z]"
)
"""A noun behind 'a diabetic': a diabetic diet is no person."""


@rule("words", "AMA Manual of Style 11.12; SHeLL Health Literacy Editor, person-first language")
def respectful(m: Manuscript) -> Iterator[Finding]:
    """People are named by their illness, or pitied for it."""
    words = {key.strip("*").lower(): said for key, said in m.vocabulary.respectful.items()}
    for passage, match in m.hits(tuple(m.vocabulary.respectful), m.running):
        said = " ".join(match[0].split()).lower()
        if said.startswith(("a ", "an ")) and _THING.match(passage.text, match.end()):
            continue
        better = words.get(said) or next((value for key, value in words.items() if said.startswith(key)), "")
        yield found(
            passage.place_at(match.start()),
            f"'{match[0]}' names people by their illness, or pities them",
            f"say: {better}",
            said,
        )
