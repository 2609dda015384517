"""What lies under the words: grounds and borders of boxes, grounds that reach to the panel's edges, bubbles' tails,
discs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ..model.layout import MM
from ..model.page import Fill, Ground, Line, Page, Shape, Stroke
from ..model.signs import circle, rounded
from .canvas import Canvas, paint_line
from .flow import NEVER, Leaf, Piece, TextLeaf
from .look import Look

ALL_SIDES = {"start", "end", "top", "bottom"}


def reaching(canvas: Canvas, look: Look, top: float, bottom: float) -> None:
    """Paint a ground from side to side of the panel, and the stripe under it."""
    page = canvas.page
    framed = look.ground == "framed"
    border = look.border if set(look.border_sides) == ALL_SIDES else None
    if look.background or border:
        page.grounds.append(
            Ground(0.0, top, page.width, bottom - top, look.background, framed, border, look.border_width)
        )
    part = page.width / (len(look.stripe) or 1)
    for number, colour in enumerate(look.stripe):
        left = page.width - (number + 1) * part if look.rtl else number * part
        page.grounds.append(Ground(left, bottom, part, look.border_width, colour, framed))


def tail(canvas: Canvas, look: Look, x: float, y: float, width: float, height: float) -> None:
    """A speech bubble's tail: below the box near its start, or beside it at its end."""
    turn = -1.0 if look.rtl else 1.0
    if look.tail == "below":
        left = x + width - TAIL[0] if look.rtl else x + TAIL[0]
        path = (
            ("M", left, y + height - 0.2), ("L", left + turn * TAIL[1], y + height - 0.2),
            ("L", left, y + height + TAIL[2]), ("Z",),
        )
    else:
        side = x if look.rtl else x + width
        at = y + look.pad_top + look.size * 0.3
        path = (
            ("M", side - turn * 0.2, at), ("L", side + turn * TAIL[1], at), ("L", side - turn * 0.2, at + TAIL[2]),
            ("Z",),
        )
    canvas.items.append(Shape(0.0, 0.0, 1.0, path, look.background, round=False))


TAIL = (5 * MM, 2.6 * MM, 2 * MM)
"""Of a bubble's tail: distance from the box's start edge, width, height."""


def ground(canvas: Canvas, look: Look, x: float, y: float, width: float, height: float, *, top=True,
           bottom=True) -> None:
    """Paint a box's ground and borders; top/bottom: whether the box begins/ends here (else that border is left out)."""
    if look.background:
        canvas.items.append(Fill(x, y, width, height, look.background, look.radius, look.corners))
        if look.tail in ("below", "beside"):
            tail(canvas, look, x, y, width, height)
    if look.border and look.radius and top and bottom and set(look.border_sides) == ALL_SIDES:
        half = look.border_width / 2
        path = rounded(
            x + half, y + half, width - 2 * half, height - 2 * half, max(0.1, look.radius - half), look.corners
        )
        canvas.items.append(Shape(0.0, 0.0, 1.0, path, None, look.border, look.border_width, False))
    elif look.border:
        start, end = (x + width, x) if look.rtl else (x, x + width)
        w, half = look.border_width, look.border_width / 2
        inward = half if not look.rtl else -half
        for side in look.border_sides:
            if side == "top" and top:
                canvas.items.append(Stroke(x, y + half, x + width, y + half, w, look.border))
            elif side == "bottom" and bottom:
                canvas.items.append(Stroke(x, y + height - half, x + width, y + height - half, w, look.border))
            elif side == "start":
                canvas.items.append(Stroke(start + inward, y, start + inward, y + height, w, look.border))
            elif side == "end":
                canvas.items.append(Stroke(end - inward, y, end - inward, y + height, w, look.border))


def topmost(page: Page, y: float) -> Ground | None:
    """The ground that lies at this height."""
    return next((ground for ground in reversed(page.grounds) if ground.y <= y < ground.y + ground.height), None)


class GroundLeaf(Leaf):
    """A ground of the panel, or, without a colour of its own, what is drawn on the band that it stands in. It takes no
    room."""

    __slots__ = ("art", "look", "paper")

    def __init__(self, place, look: Look, paper: str = "#ffffff") -> None:
        super().__init__(place, penalty=NEVER)
        self.look, self.paper = look, paper
        self.art: Callable[[tuple[float, float, float, float], float], list[Shape]] | None = None
        """x, y, width and height of the ground, and where the words on it end → what is drawn on it."""

    def make(self, width: float, at: Any) -> list[Piece]:
        return [GroundPiece(self)]

    def let_go(self) -> None:
        super().let_go()
        self.art = None


class GroundPiece(Piece):
    __slots__ = ("leaf",)

    def __init__(self, leaf: GroundLeaf) -> None:
        super().__init__(0.0, None, NEVER)
        self.leaf = leaf

    def paint(self, canvas, x, y, width):
        look = self.leaf.look
        if not look.background and not look.border:
            if self.leaf.art is not None:
                canvas.later.append(partial(self._draw_on_band, canvas.page, y))
            return
        page, (begin, end) = canvas.page, look.extent or (0.0, 1.0)
        top, bottom = begin * page.height, end * page.height
        reaching(canvas, self.leaf.look, top, bottom)
        if self.leaf.art is not None and page.grounds:
            canvas.later.append(partial(self._draw, page.grounds[-1], page, top, bottom))

    def _draw(self, ground: Ground, page: Page, top: float, bottom: float) -> None:
        words = [item.y + DESCENT * max(run.size for run in item.runs) for item in page.items
                 if item.__class__ is Line and item.runs and top < item.y < bottom]
        ground.art = self.leaf.art((0.0, top, page.width, bottom - top), max(words, default=top))

    def _draw_on_band(self, page: Page, y: float) -> None:
        """Draw at the end side of the band that lies at y; on one as white as the paper, nothing."""
        band = topmost(page, y)
        if band is None or not band.colour or band.colour == self.leaf.paper:
            return
        look = self.leaf.look
        width = page.width * (look.widths[0] if look.widths else 1.0)
        left = 0.0 if look.rtl else page.width - width
        words = [item.y + DESCENT * max(run.size for run in item.runs) for item in page.items
                 if item.__class__ is Line and item.runs and band.y < item.y < band.y + band.height
                 and item.runs[0].x < left + width and item.runs[-1].x + item.runs[-1].width > left]
        band.art = self.leaf.art((left, band.y, width, band.height), max(words, default=band.y))


DESCENT = 0.25
"""How far letters reach below the baseline, in multiples of the type size."""


class DiscPiece(Piece):
    """A disc with a few letters, centred on the edge between two blocks, or, with `align: end`, at the end of the line
    before it; it takes no room."""

    __slots__ = ("leaf",)

    def __init__(self, leaf: TextLeaf) -> None:
        super().__init__(0.0, None, NEVER)
        self.leaf = leaf

    def paint(self, canvas, x, y, width):
        leaf, look = self.leaf, self.leaf.look
        line = leaf.paragraph.lines(leaf.paragraph.natural_width() + 1)[0]
        radius = max(look.disc / 2, line.width / 2 + look.size * 0.35)
        if look.align == "end":  # beside the end of the line before it
            before = next((item for item in reversed(canvas.items) if item.__class__ is Line and item.runs), None)
            y = y if before is None else before.y - 0.3 * before.runs[0].size
        at_right = leaf.rtl != (look.align == "end")
        centre = x + (width - leaf.right - radius if at_right else leaf.left + radius)
        shape = Shape(centre, y, radius, circle(0, 0, 1), look.background)
        if look.border:
            shape.stroke, shape.stroke_width = look.border, look.border_width / radius
        canvas.items.append(shape)
        paint_line(canvas, line, centre - line.width / 2, y + look.size * 0.26, leaf.place, leaf.origins,
                   leaf.paragraph.text)


class DiscLeaf(TextLeaf):
    """A few letters on a disc."""

    __slots__ = ()

    def make(self, width: float, at: Any) -> list[Piece]:
        return [DiscPiece(self)]
