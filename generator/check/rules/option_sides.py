"""Each option has two sides."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("balance", "IPDAS: positive and negative features of each option; MDR, article 7 c", guess=True)
def option_sides(m: Manuscript) -> Iterator[Finding]:
    """Of a compared option no benefit is said, or no risk."""
    for option, passages in m.of_options.items():
        text = "\n".join(passage.clean for passage in passages)
        told = {"benefit": m.says(m.vocabulary.benefit, text), "risk": next(m.risks(text), None)}
        for side, words in (("benefit", m.vocabulary.benefit), ("risk", m.vocabulary.risk)):
            if text and words and not told[side]:
                yield found(
                    m.place(option),
                    f"no {side} of '{option}' is said where it is described",
                    "say what is good and what can go wrong, for each option",
                    f"{option} {side}",
                )
