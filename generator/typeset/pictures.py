"""Pictures in the vertical list: raster files and drawings with their labels."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

from ..model.layout import MM, SMALLEST
from ..model.page import Image, Shape
from ..model.picture import Drawing, Picture, Raster
from ..model.problem import Place, Problem
from ..model.story import Origins
from ..model.structure import Elem
from ..text.paragraph import Paragraph
from ..text.span import Span
from .canvas import Canvas, paint_line
from .flow import Leaf, Piece
from .look import Look

SHARP = 150.0
"""A raster picture is not printed coarser than this (pixels per inch) by default."""
LEAST_PART = 0.5
"""Part of its height to which a picture may shrink so that its heading stands with it."""
UNIT = MM
"""Natural size of a drawing: one unit of its viewBox is a millimetre."""
SHIFTS = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Anchor of a label → the part of its words that stands left of its place."""
SLACK = 1.0
"""Points that a label may reach out of its column: letters have room at their sides."""


class PictureLeaf(Leaf):
    """A picture, as wide as its `width` says (percent of the measure, or "60mm"), else its natural width, never wider
    than the measure."""

    __slots__ = ("align", "colours", "elem", "labels", "picture", "problems", "wish")

    def __init__(self, place, picture: Picture, wish: str | None, elem: Elem, **kw) -> None:
        super().__init__(place, **kw)
        self.picture, self.wish, self.elem = picture, wish, elem
        self.labels: list = []
        self.colours: dict[str, str] = {}
        self.problems: list[Problem] = []
        """The builder's: whether labels have room is known when they are painted."""
        self.align = "start"

    def say(self, words: dict[str, str], place: Place | None, look: Look, ink: Callable[[str], str], manner: tuple,
            origins: dict[str, Origins]) -> None:
        """Give a drawing its words, by id, and where they come from; one that the content does not give, or the drawing
        has no place for, is a problem."""
        drawing = self.picture
        there = [label.id for label in drawing.labels]
        self.problems += [
            Problem(
                place, f"the drawing has no label '{name}'", f"it has: {', '.join(there)}" if there else "it has none"
            )
            for name in words
            if name not in there
        ]
        self.colours = {s: ink(s) for shape in drawing.shapes for s in (shape.fill, shape.stroke) if s}
        for label in drawing.labels:
            if label.id not in words:
                self.problems.append(
                    Problem(
                        place, f"the drawing has a label '{label.id}' without words",
                        "add it under labels: of this figure",
                    )
                )
                continue
            # the space keeps one label's words from the next one's when they are read back
            span = Span(
                words[label.id] + " ", look.font, label.bold, False, max(SMALLEST, look.size * 0.8), ink(label.colour),
                self.elem, place=place,
            )
            paragraph = Paragraph([span], *manner)
            self.problems += paragraph.problems
            self.labels.append((label, paragraph, origins.get(label.id)))

    def size(self, room: float) -> tuple[float, float]:
        """Width and height on paper for a measure of `room` points."""
        p = self.picture
        if self.wish and self.wish.endswith("%"):
            width = room * float(self.wish[:-1]) / 100
        elif self.wish:
            width = float(self.wish[:-2]) * MM
        elif isinstance(p, Raster):
            width = p.width * 72 / SHARP
        else:
            width = p.width * UNIT
        width = min(width, room)
        return width, width * p.height / p.width

    def extent(self, width: float) -> tuple[float, float]:
        """From where to where a drawing that is `width` points wide reaches with its labels, from its own left side."""
        low, high, scale = 0.0, width, width / self.picture.width
        for label, paragraph, _ in self.labels:
            line = paragraph.lines(paragraph.natural_width() + 1)[0]
            start = label.x * scale - SHIFTS[label.anchor] * line.width
            low, high = min(low, start), max(high, start + line.width)
        return low, high

    def make(self, width: float, at: Any) -> list[Piece]:
        w, h = self.size(width - self.left - self.right)
        if self.labels and not self.wish:  # where its labels have no room, it is smaller, as long as it is not small
            sizes = [w * share / 20 for share in range(20, 11, -1)]
            fits = (one for one in sizes if (reach := self.extent(one))[1] - reach[0] <= width + SLACK)
            w, h = (found := next(fits, w)), h * found / w
        return [PicturePiece(self, w, h, None, self.penalty, self.before, self.after)]

    def widths(self) -> tuple[float, float]:
        inset = self.left + self.right
        return inset + 20.0, inset + self.size(1e6)[0] if not (self.wish or "").endswith("%") else inset + 100.0


class PicturePiece(Piece):
    __slots__ = ("leaf", "width")

    def __init__(self, leaf: PictureLeaf, width: float, height: float, *a) -> None:
        super().__init__(height, *a)
        self.leaf, self.width = leaf, width

    def shrunk(self, room: float) -> Piece | None:
        if room < LEAST_PART * self.height:
            return None
        return PicturePiece(
            self.leaf, self.width * room / self.height, room, self.end, self.penalty, self.before, self.after
        )

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        leaf, p = self.leaf, self.leaf.picture
        left, right = (leaf.right, leaf.left) if leaf.rtl else (leaf.left, leaf.right)
        spare, beginning = width - left - right - self.width, x
        at_end = leaf.align == ("start" if leaf.rtl else "end")
        x += left + (spare / 2 if leaf.align == "centre" else spare if at_end else 0.0)
        if leaf.labels:  # labels that reach out move it
            low, high = leaf.extent(self.width)
            if high - low <= width + SLACK:
                x += max(0.0, beginning - x - low - SLACK) - max(0.0, x + high - beginning - width - SLACK)
        elem = None if canvas.mute else leaf.elem
        if isinstance(p, Drawing):
            scale = self.width / p.width
            for s in p.shapes:
                canvas.items.append(
                    Shape(
                        x, y, scale, s.path, leaf.colours.get(s.fill) if s.fill else None,
                        leaf.colours.get(s.stroke) if s.stroke else None, s.width, s.round, elem, s.evenodd, s.dash,
                    )
                )
            for label, paragraph, origins in leaf.labels:
                line = paragraph.lines(paragraph.natural_width() + 1)[0]
                start = x + label.x * scale - SHIFTS[label.anchor] * line.width
                beyond = max(beginning - start, start + line.width - beginning - width)
                if beyond > SLACK + 0.01:
                    message = f"the words of the label '{label.id}' reach {ceil(beyond / MM)} mm out of the column"
                    hint = "shorten them, or give the picture more width: fewer side by side, or a wider width:"
                    leaf.problems.append(Problem(leaf.place, message, hint))
                paint_line(canvas, line, start, y + label.y * scale, leaf.place, origins, paragraph.text)
        else:
            canvas.items.append(Image(x, y, self.width, self.height, p.file, elem, p.data, leaf.elem is None))
