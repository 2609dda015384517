"""QR codes (ISO/IEC 18004), set as a picture."""

from __future__ import annotations

from typing import Any

from ..model.layout import MM
from ..model.page import Fill, Shape
from ..model.structure import Elem
from ..text.qr import DARK, LIGHT, QUIET, outline
from .canvas import Canvas
from .flow import Leaf, Piece

MODULE = 0.5 * MM
"""Edge of a module. 0.4 mm is the least that telephones read well from office paper."""
LEAST = 0.4 * MM


class CodeLeaf(Leaf):
    """A QR code, at the start edge."""

    __slots__ = ("elem", "href")

    def __init__(self, place, href: str, elem: Elem, **kw) -> None:
        super().__init__(place, **kw)
        self.href, self.elem = href, elem

    @property
    def readable(self) -> bool:
        """Whether a code can hold the address (2,331 bytes at most)."""
        try:
            return bool(outline(self.href))
        except ValueError:  # segno's DataOverflowError
            return False

    def make(self, width: float, at: Any) -> list[Piece]:
        room = width - self.left - self.right
        modules = outline(self.href)[0] + 2 * QUIET
        module = max(LEAST, min(MODULE, room / modules))
        return [CodePiece(self, module, modules * module, None, self.penalty, self.before, self.after)]

    def widths(self) -> tuple[float, float]:
        modules = outline(self.href)[0] + 2 * QUIET
        return self.left + self.right + modules * LEAST, self.left + self.right + modules * MODULE


class CodePiece(Piece):
    __slots__ = ("leaf", "module")

    def __init__(self, leaf: CodeLeaf, module: float, *a) -> None:
        super().__init__(*a)
        self.leaf, self.module = leaf, module

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        leaf, size = self.leaf, self.height
        x = x + width - leaf.left - size if leaf.rtl else x + leaf.left
        canvas.items.append(Fill(x, y, size, size, LIGHT))
        quiet = QUIET * self.module
        path = outline(leaf.href)[1]
        canvas.items.append(Shape(x + quiet, y + quiet, self.module, path, DARK, elem=None if canvas.mute else leaf.elem))
