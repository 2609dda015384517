"""Tables without a title."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 17 and 25")
def table_caption(m: Manuscript) -> Iterator[Finding]:
    """A table has no caption that says what it shows."""
    for table in m.tables:
        if not table.caption:
            yield found(
                m.place(table.columns[0]),
                "a table without a caption",
                "give caption:, what the table shows and how to read it",
                str(table.columns[0]),
            )
