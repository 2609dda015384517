"""Lists that are long."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 8", "items")
def long_list(m: Manuscript) -> Iterator[Finding]:
    """A list has more items than the limit."""
    for (path, kind), group in groupby(m.running, lambda passage: (passage.path, passage.kind)):
        items = list(group)
        if kind == "item" and len(items) > m.limit:
            yield found(
                items[0].place_at(0),
                f"a list of {len(items)} items",
                f"part it into groups with a line above each; {m.limit:g} items are the most",
                items[0].clean,
            )
