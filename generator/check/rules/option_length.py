"""Options get as much room as each other."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("balance", "IPDAS: equal detail for each option", "most difference, as a share of the longer one", guess=True)
def option_length(m: Manuscript) -> Iterator[Finding]:
    """One of the compared options gets far more words than another."""
    words = {option: sum(len(p.words) for p in passages) for option, passages in m.of_options.items()}
    words = {option: number for option, number in words.items() if number}
    if len(words) < 2 or not m.spaced:
        return
    (less, few), (more, many) = min(words.items(), key=lambda x: x[1]), max(words.items(), key=lambda x: x[1])
    if many - few > m.limit * many:
        yield found(
            m.place(m.content.options[0]),
            f"'{more}' gets {many} words, '{less}' {few}",
            f"say as much of each; {m.limit:.0%} is the most that they may differ",
            f"{more} {less}",
        )
