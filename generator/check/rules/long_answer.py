"""Answers that are long."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript, text_of
from ..rule import found, rule


@rule("structure", "A short answer to a question is read; CDC Clear Communication Index 9", "words")
def long_answer(m: Manuscript) -> Iterator[Finding]:
    """The answer to a question has more words than the limit."""
    for question in m.questions if m.spaced else ():
        own = {id(text) for text in m.texts(question.answer)}
        words = sum(len(p.words) for p in m.passages if id(p.source) in own)
        if words > m.limit:
            yield found(
                m.place(text_of(question.answer)),
                f"an answer of {words} words",
                f"answer first, in one sentence; {m.limit:g} words are the most",
                str(question.question),
            )
