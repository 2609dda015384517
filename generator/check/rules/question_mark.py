"""Questions that ask nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ...model.wording import quoted
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "a question of the reader's reads as one")
def question_mark(m: Manuscript) -> Iterator[Finding]:
    """A question does not end with a question mark."""
    for passage in m.passages:
        if passage.kind == "question" and not passage.clean.rstrip("\"'”’»)").endswith(("?", "؟", "？", ";")):
            yield found(
                passage.place_at(0),
                f"a question without a question mark: {quoted(passage.clean)}",
                "ask it as a reader would",
                passage.clean,
            )
