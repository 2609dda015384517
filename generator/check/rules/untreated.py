"""Doing nothing is an option."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("balance", "IPDAS: the option of no treatment", guess=True)
def untreated(m: Manuscript) -> Iterator[Finding]:
    """Options are compared, and nothing says what happens without treatment."""
    if len(m.content.options) > 1 and m.vocabulary.untreated and not m.says(m.vocabulary.untreated):
        yield found(
            m.place(m.content.options[0]),
            "nothing says what happens without treatment, or what else there is",
            "add a sentence on waiting, or on other treatments",
            "none",
        )
