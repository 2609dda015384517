"""Tables that are wide."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("structure", "AHRQ PEMAT-P 19", "columns")
def table_size(m: Manuscript) -> Iterator[Finding]:
    """A table has more columns than the limit."""
    for table in m.tables:
        if len(table.columns) > m.limit:
            yield found(
                m.place(table.columns[0]),
                f"a table of {len(table.columns)} columns",
                f"make two of it; {m.limit:g} columns are the most",
                str(table.columns[0]),
            )
