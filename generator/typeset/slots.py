"""Places for words that each copy has of its own: a number of lines, or a square for a QR code, whatever will stand there."""

from __future__ import annotations

from typing import Any

from ..model.layout import MM
from ..model.page import Slot
from ..model.story import Node
from ..model.structure import Elem
from ..text.fonts import Fonts
from .canvas import Canvas, baseline
from .flow import Leaf, Piece
from .look import Look

CODE = 24 * MM
"""Edge of a code, its empty margin included: 41 modules of 0.5 mm, an address of 60 characters; more are smaller."""


class SlotLeaf(Leaf):
    """A slot, at the start edge."""

    __slots__ = ("elem", "fonts", "look", "slot")

    def __init__(self, node: Node, look: Look, fonts: Fonts, elem: Elem, **kw) -> None:
        super().__init__(node.place, **kw)
        self.slot, self.look, self.fonts, self.elem = node, look, fonts, elem

    @property
    def lines(self) -> int:
        """0: a code."""
        return int(self.slot.attributes.get("lines", 1)) if self.slot.name == "slot" else 0

    def make(self, width: float, at: Any) -> list[Piece]:
        height = self.lines * self.look.leading or min(CODE, width - self.left - self.right)
        return [SlotPiece(self, height, None, self.penalty, self.before, self.after)]

    def widths(self) -> tuple[float, float]:
        least = 4 * self.look.size if self.lines else CODE
        return self.left + self.right + least, self.left + self.right + max(least, 12 * self.look.size)


class SlotPiece(Piece):
    __slots__ = ("leaf",)

    def __init__(self, leaf: SlotLeaf, *a) -> None:
        super().__init__(*a)
        self.leaf = leaf

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        leaf, look, lines = self.leaf, self.leaf.look, self.leaf.lines
        wide = width - leaf.left - leaf.right if lines else self.height
        x = x + width - leaf.left - wide if leaf.rtl and not lines else x + (leaf.right if leaf.rtl else leaf.left)
        elem = None if canvas.mute else leaf.elem.kids[0] if lines else leaf.elem
        a = leaf.slot.attributes
        canvas.items.append(
            Slot(a["name"], x, y + (baseline(look) if lines else 0.0), wide, lines, look.leading, look.size,
                 (look.font, look.bold, look.italic), look.colour, look.align, look.rtl, look.language, leaf.fonts, elem,
                 a.get("words", ""), leaf.place)
        )
