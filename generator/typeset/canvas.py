"""Where pieces are painted, and how a line of text is."""

from __future__ import annotations

from collections.abc import Callable

from ..model.page import Line, LinkArea, Page, Run, Shape
from ..model.problem import Problem
from ..model.record import field, record
from ..model.signs import MIRRORED, SIGNS, mirrored
from .look import Look


@record(slots=True)
class Canvas:
    """Where pieces are painted."""

    items: list
    furniture: list
    mute: bool = False
    """Paint as furniture: a repeated heading, which is not read again."""
    page: Page | None = None
    """The panel, for grounds that reach to its edges."""
    below: bool = False
    """Something stands above on the same panel."""
    told: list[Problem] = field(default_factory=list)
    """Warnings about what was painted."""
    later: list[Callable[[], None]] = field(default_factory=list)
    """Called when all words of the page are in their places: art on grounds keeps away from them."""

    badges: dict[int, tuple[float, float]] = field(default_factory=dict)
    """List of steps → middle and foot of the last disc that was painted of it."""

    def muted(self) -> Canvas:
        return Canvas(self.furniture, self.furniture, True, self.page, self.below, self.told)


def baseline(look: Look) -> float:
    """Distance of the baseline from the top of its line, points."""
    return look.leading / 2 + look.size * 0.335


def paint_line(canvas: Canvas, line, x: float, base: float, place, origins=None, text: str = "") -> None:
    """Put a text.paragraph.LineBox on the canvas, its left edge at x. origins, text: of its paragraph."""
    mute = canvas.mute
    if line.runs:
        canvas.items.append(Line(base, [
            Run(x + r.x, r.words, r.face, r.size, r.colour, None if mute else r.elem, r.width, r.rise, r.order) for r in line.runs
        ], place, None if origins is None else (origins, text, line.start)))
    for at, span in line.boxes:
        ops, kind, weight = SIGNS[span.sign]
        scale = span.size
        if span.turned and span.sign in MIRRORED:
            ops = mirrored(ops)
        shape = Shape(x + at, base - scale - span.rise, scale, ops)
        if kind == "fill":
            shape.fill = span.colour
        else:
            shape.stroke, shape.stroke_width = span.colour, weight
        canvas.items.append(shape)
    if not mute:
        for at, width, span in line.links:
            canvas.items.append(LinkArea(x + at, base - span.size, width, span.size * 1.3, span.href, span.link))
