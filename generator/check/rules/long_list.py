"""Lists that are long."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...model.editorial import Finding
from ...model.problem import Place
from ..manuscript import Manuscript, text_of
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 8", "items")
def long_list(m: Manuscript) -> Iterator[Finding]:
    """A list has more items than the limit."""
    for (_, kind), group in groupby(m.running, lambda passage: (passage.path, passage.kind)):
        items = list(group)
        if kind == "item" and len(items) > m.limit:
            yield _long(items[0].place_at(0), len(items), items[0].clean, m)
    for block in m.blocks:
        sides = (block.listing,) if block.listing else (block.advice.do, block.advice.dont) if block.advice else ()
        for side in sides:
            if len(side.items) > m.limit and getattr(block.listing, "kind", "") != "steps":  # many-steps tells those
                first = text_of(side.items[0] if isinstance(side.items[0], str) else side.items[0].text)
                yield _long(m.place(first), len(side.items), str(first), m)


def _long(place: Place | None, number: int, first: str, m: Manuscript) -> Finding:
    return found(place, f"a list of {number} items",
                 f"part it into groups with a line above each; {m.limit:g} items are the most", first)
