"""Pictures of a table's columns as their heads: on the options' colours, with the headings and the keys below."""

from __future__ import annotations

from typing import Any

from ..model.page import Cut, Fill, Shape
from ..model.signs import rounded
from .artwork import placed
from .canvas import Canvas
from .flow import NEVER, Piece
from .keys import Strip
from .views import PARTING, ViewsLeaf, arrow

Columns = list[tuple[float, float]]
"""x, from the start edge, and width of each option."""
FRAME = 1.2
"""Width of a frame in place of a field, points."""


class Piled(Piece):
    """Two pieces under each other that are never parted."""

    __slots__ = ("lower", "upper")

    def __init__(self, upper: Piece, lower: Piece, end: Any) -> None:
        super().__init__(upper.height + lower.before + lower.height + lower.after, end, NEVER, upper.before, 0.0)
        self.upper, self.lower = upper, lower

    def larger(self, room: float, width: float) -> Piece | None:
        upper = self.upper.larger(room, width)
        lower = self.lower.larger(room, width) if upper is None else None
        if upper is None and lower is None:
            return None
        piece = Piled(upper or self.upper, lower or self.lower, self.end)
        piece.before, piece.after, piece.penalty = self.before, self.after, self.penalty
        return piece

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        self.upper.paint(canvas, x, y, width)
        self.lower.paint(canvas, x, y + self.upper.height + self.lower.before, width)


class _InColumns(Piece):
    """Something for each option, in its column."""

    __slots__ = ("columns", "leaf")

    def __init__(self, leaf: ViewsLeaf, columns: Columns, height: float) -> None:
        super().__init__(height, None, NEVER)
        self.leaf, self.columns = leaf, columns

    def lefts(self, x: float, width: float) -> list[float]:
        leaf = self.leaf
        start, room = x + (leaf.right if leaf.rtl else leaf.left), width - leaf.left - leaf.right
        return [start + (room - at - wide if leaf.rtl else at) for at, wide in self.columns]


class HeadsPiece(_InColumns):
    """The views of each option side by side on its colour; an arrow between two steps."""

    __slots__ = ()

    def __init__(self, leaf: ViewsLeaf, columns: Columns) -> None:
        super().__init__(leaf, columns, leaf.look.height)

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        leaf, high = self.leaf, self.height
        elem = None if canvas.mute else leaf.elem
        for option, left, (_, wide) in zip(leaf.options, self.lefts(x, width), self.columns):
            count = len(option.steps)
            each = (wide - PARTING * (count - 1)) / (count or 1)
            if option.tint == leaf.paper:  # a theme that saves ink: a frame in place of the field
                path = rounded(left + FRAME / 2, y + FRAME / 2, wide - FRAME, high - FRAME / 2, leaf.look.radius, "top")
                canvas.items.append(Shape(0.0, 0.0, 1.0, path, None, option.colour, FRAME))
            else:
                canvas.items.append(Fill(left, y, wide, high, option.colour, leaf.look.radius, "top"))
            for number, step in enumerate(option.steps):
                at = left + (count - 1 - number if leaf.rtl else number) * (each + PARTING)
                box = (at, y, each, high)
                scale = leaf.look.scale or high / step.view.height
                canvas.items.append(Cut(*box, placed(step.shapes, step.view, box, scale), elem))
                if number:
                    seam = at + each if leaf.rtl else at - PARTING
                    canvas.items.append(Fill(seam, y, PARTING, high, leaf.paper))
                    arrow(
                        canvas, seam + PARTING / 2, y + high / 2, leaf.paper, option.colour, -1 if leaf.rtl else 1, elem
                    )


class KeysBelow(_InColumns):
    """The keys of each option's views, in one strip."""

    __slots__ = ("strips",)

    def __init__(self, leaf: ViewsLeaf, columns: Columns) -> None:
        self.strips = [
            Strip([key for step in option.steps for key in step.keys], wide)
            for option, (_, wide) in zip(leaf.options, columns)
        ]
        super().__init__(leaf, columns, max((strip.height for strip in self.strips), default=0.0))

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        leaf = self.leaf
        elem = None if canvas.mute else leaf.elem
        for option, strip, left, (_, wide) in zip(leaf.options, self.strips, self.lefts(x, width), self.columns):
            canvas.items.append(Fill(left, y, wide, self.height, option.tint))
            strip.paint(canvas, left, y, wide, leaf.rtl, elem, leaf.place)


def headed(leaf: ViewsLeaf, columns: Columns, headings: Piece) -> Piece:
    """The heading row of a table with the pictures of its columns as heads above it, and their keys below."""
    return Piled(HeadsPiece(leaf, columns), Piled(headings, KeysBelow(leaf, columns), headings.end), headings.end)
