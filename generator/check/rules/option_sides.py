"""Each option has two sides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_BOTH = re.compile(
    r"\b(?:both|each|either|beide[nrs]?|ambos|ambas|tous (?:les )?deux|toutes (?:les )?deux|les deux|entramb[ie]"
    r"|her iki)\b|كلا|كلتا",
    re.IGNORECASE,
)
"""Words by which a text outside the parts of the options speaks of all of them."""


@rule("balance", "IPDAS: positive and negative features of each option; MDR, article 7 c", guess=True)
def option_sides(m: Manuscript) -> Iterator[Finding]:
    """Of a compared option no benefit is said, or no risk."""
    owned = {id(passage) for passages in m.of_options.values() for passage in passages}
    shared = [passage.clean for passage in m.running if id(passage) not in owned]
    for option, passages in m.of_options.items():
        own = "\n".join(passage.clean for passage in passages)
        told = [one for one in shared if _BOTH.search(one) or str(option).lower() in one.lower()]
        text = "\n".join([own, *told]) if own else ""
        sides = {"benefit": m.says(m.vocabulary.benefit, text), "risk": next(m.risks(text), None)}
        for side, words in (("benefit", m.vocabulary.benefit), ("risk", m.vocabulary.risk)):
            if text and words and not sides[side]:
                yield found(
                    m.place(option),
                    f"no {side} of '{option}' is said where it is described",
                    "say what is good and what can go wrong, for each option",
                    f"{option} {side}",
                )
