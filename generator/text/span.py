"""span: text in one style, of which paragraphs are made."""

from __future__ import annotations

from ..model.problem import Place
from ..model.record import record
from ..model.structure import Elem

SAME = 1e-6
"""Points."""


@record(slots=True)
class Span:
    """Text in one style. White space was collapsed before; a line feed is a forced break."""

    text: str
    role: str
    """Font role of the theme: body, heading …"""
    bold: bool
    italic: bool
    size: float
    """Points."""
    colour: str
    elem: Elem | None
    href: str | None = None
    language: str | None = None
    """BCP 47 tag; the paragraph's where it is None."""
    rise: float = 0
    """Baseline shift upwards, points."""
    place: Place | None = None
    box: float | None = None
    """Width in points of an inline object (a drawn sign) that stands here in place of text; counts as one character."""
    link: Elem | None = None
    """The Link element, for the link's area."""

    def is_scaled(self, other: Span, scale: float) -> bool:
        """Whether it takes `scale` times the room of another with the same text."""
        return (abs(self.size - other.size * scale) < SAME and self.bold == other.bold and self.italic == other.italic
                and self.role == other.role and (self.box is None) == (other.box is None)
                and (self.box is None or abs(self.box - other.box * scale) < SAME))
