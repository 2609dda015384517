"""QR codes (ISO/IEC 18004): an address → the outline of a code's dark modules, set as a picture."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..model.layout import MM
from ..model.page import Fill, Shape
from ..model.structure import Elem
from .flow import Canvas, Leaf, Piece

MODULE = 0.5 * MM
"""Edge of a module. 0.4 mm is the least that telephones read well from office paper."""
LEAST = 0.4 * MM
QUIET = 4
"""Modules of empty paper around the code (ISO/IEC 18004, 6.3.8)."""
DARK, LIGHT = "#000000", "#ffffff"
"""Whatever the theme's colours: scanners need the contrast."""


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


@lru_cache(maxsize=64)
def outline(address: str) -> tuple[int, tuple[tuple, ...]]:
    """(modules along an edge, path around the dark ones, a unit for a module). Holes run the other way round.

    Medium error correction (15 %): a fold or a stain may cross the code.
    """
    import segno

    rows = segno.make_qr(address, error="m", boost_error=False).matrix
    size = len(rows)

    def dark(x: int, y: int) -> bool:
        return 0 <= x < size and 0 <= y < size and bool(rows[y][x])

    ways: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for y in range(size):
        for x in range(size):
            if not dark(x, y):
                continue
            # the sides of the module that have light beyond them, with the dark to their right
            for beyond, start, end in (
                ((x, y - 1), (x, y), (x + 1, y)),
                ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
                ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
                ((x - 1, y), (x, y + 1), (x, y)),
            ):
                if not dark(*beyond):
                    ways.setdefault(start, []).append(end)
    path: list[tuple] = []
    while ways:
        first = next(iter(ways))
        path.append(("M", *first))
        point, last = first, None
        while True:
            ends = ways[point]
            end = ends.pop()
            if not ends:
                del ways[point]
            step = (end[0] - point[0], end[1] - point[1])
            if step == last:
                path[-1] = ("L", *end)
            elif end != first:
                path.append(("L", *end))
            point, last = end, step
            if point == first:
                break
        path.append(("Z",))
    return size, tuple(path)
