"""The size of the text."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("page", "RNIB Clear Print: 12 pt; EU readability guideline: 9 pt", "points")
def body_size(m: Manuscript) -> Iterator[Finding]:
    """The text is smaller than the limit."""
    for name, composition in m.pages:
        if composition.body_size < m.limit - 0.05:
            yield found(
                m.place(m.content.title),
                f"{name}: the text is {composition.body_size:.1f} pt",
                f"{m.limit:g} pt at least; choose another layout, or fewer words",
                name,
            )
