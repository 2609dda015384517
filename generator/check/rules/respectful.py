"""Words that name people by their illness."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("words", "AMA Manual of Style 11.12; SHeLL Health Literacy Editor, person-first language")
def respectful(m: Manuscript) -> Iterator[Finding]:
    """People are named by their illness, or pitied for it."""
    words = {key.strip("*").lower(): said for key, said in m.vocabulary.respectful.items()}
    for passage, match in m.hits(tuple(m.vocabulary.respectful), m.running):
        said = " ".join(match[0].split()).lower()
        better = words.get(said) or next((value for key, value in words.items() if said.startswith(key)), "")
        yield found(
            passage.place_at(match.start()),
            f"'{match[0]}' names people by their illness, or pities them",
            f"say: {better}",
            said,
        )
