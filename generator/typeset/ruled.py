"""Rules, and lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..model.page import Stroke
from .flow import NEVER, Leaf, Piece


class RuleLeaf(Leaf):
    """A rule, or ruled lines to write on."""

    __slots__ = ("colour", "count", "most", "part", "pitch", "thickness")

    def __init__(self, place, count: int, most: int, pitch: float, thickness: float, colour: str, **kw) -> None:
        """most: lines that there may be where a frame has room left."""
        super().__init__(place, **kw)
        self.count, self.most, self.pitch, self.thickness, self.colour = count, most, pitch, thickness, colour
        self.part = 1.0
        """Of the measure, from its start."""

    def room_for(self, height: float) -> tuple[int, float]:
        """How many more lines are painted where `height` points are left, and their distance."""
        return (min(self.most - self.count, int(height / self.pitch)) if self.pitch else 0), self.pitch

    def make(self, width: float, at: Any) -> Sequence[Piece]:
        out = []
        for i in range(at or 0, self.count):
            last = i == self.count - 1
            out.append(RulePiece(self, self.pitch, None if last else i + 1, self.penalty if last else NEVER,
                                 self.before if i == 0 else 0, self.after if last else 0))
        return out


class RulePiece(Piece):
    __slots__ = ("leaf",)

    def __init__(self, leaf: RuleLeaf, *a) -> None:
        super().__init__(*a)
        self.leaf = leaf

    def paint(self, canvas, x, y, width):
        left, right = (self.leaf.right, self.leaf.left) if self.leaf.rtl else (self.leaf.left, self.leaf.right)
        base, leaf = y + self.height, self.leaf
        x1, x2 = x + left, x + width - right
        away = (1 - leaf.part) * (x2 - x1)
        x1, x2 = (x1 + away, x2) if leaf.rtl else (x1, x2 - away)
        canvas.items.append(Stroke(x1, base, x2, base, leaf.thickness, leaf.colour))
