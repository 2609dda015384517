"""Panels that are half empty."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..pages import bottom
from ..rule import found, rule


@rule(
    "page",
    "a panel is filled to four fifths; look at the leaflet with leaflet proof",
    "least part that is filled, 0 to 1",
)
def half_empty(m: Manuscript) -> Iterator[Finding]:
    """A panel of a folded layout, but for the last one with text, holds less than the limit."""
    for name, composition in m.pages:
        if composition.loose:
            continue
        filled = [(page.name, bottom(page) / page.height) for page in composition.pages if page.items]
        for panel, part in filled[1:-1]:
            if part < m.limit:
                yield found(
                    m.place(m.content.title),
                    f"{name}: the panel '{panel}' is {int(100 * part)}% full",
                    "a layout with fewer panels, or more text, fills the paper",
                    f"{name} {panel}",
                )
