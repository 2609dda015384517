"""Views of a drawing by themselves: beside each other by option and step, on a field of colour; and their keys."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

from ..model.layout import MM, SMALLEST
from ..model.page import Cut, Fill, Shape
from ..model.picture import Drawing, Picture, Stroked, View
from ..model.problem import Problem
from ..model.record import record
from ..model.signs import circle, rounded
from ..model.story import Node
from ..model.structure import Elem
from ..text.paragraph import Paragraph
from ..text.span import Span
from .artwork import drawn, placed, shown
from .canvas import Canvas
from .flow import Leaf, Piece
from .grounds import topmost
from .keys import Key, KeysLeaf, Strip, fits
from .look import Look

GUTTER, BETWEEN, PARTING = 2.6 * MM, 1.6 * MM, 0.8 * MM
"""Between options, between steps below each other, and between steps side by side on a field."""
STEP = 0.53
"""Height of a step, in parts of its width, where an option has several below each other."""
WIDE, HIGH = 52 * MM, 31 * MM
"""Width of an option from which its steps stand beside each other, and how high they then are at the most."""
TALLEST = 58 * MM
"""Height up to which pictures grow where a panel has room."""
ARROW = 2.6 * MM
"""Radius of the disc with an arrow between two steps."""



@record(slots=True)
class Step:
    """A view, and its keys."""

    view: View
    shapes: list[Shape]
    keys: list[Key]


@record(slots=True)
class Option:
    """The views of an option, step by step."""

    colour: str
    """Its own, solid."""
    tint: str
    steps: list[Step]


class Maker:
    """What the views of one node are made of."""

    def __init__(
        self, node: Node, drawing: Drawing, elem: Elem | None, look: Look, ink: Callable[[str], str], manner: tuple,
        problems: list[Problem], told: set[tuple],
    ) -> None:
        """told: keys of the leaflet's pictures so far; what looks the same and is called the same is not explained
        twice."""
        self.node, self.drawing, self.elem, self.look, self.ink, self.manner, self.problems = (
            node, drawing, elem, look, ink, manner, problems,
        )
        self.told = told
        self.solid = look.background if look.background != ink("paper") else None
        self.words = dict(item.split("=", 1) for item in node.attributes.get("labels", "").split("\n") if item)

    def options(self) -> list[Option]:
        out: dict[str, Option] = {}
        for name, colour in shown(self.node.attributes["views"]):
            view = self.drawing.view(name)
            if view is None:
                there = ", ".join(view.name for view in self.drawing.views)
                self.problems.append(
                    Problem(
                        self.node.place, f"the drawing has no view '{name}'",
                        f"it has: {there}" if there else "it has none",
                    )
                )
                continue
            shapes = self.drawing.shown(view)
            step = Step(
                view, drawn(shapes, self.ink, self.solid),
                [key for one in self.words if (key := self._key(one, shapes))],
            )
            if (
                self.look.height and not self.look.background
            ):  # the pictures are the heads of columns: on the option's own colour
                step.shapes = drawn(
                    shapes, self.ink, self.ink(colour) if self.ink(f"{colour}-tint") != self.ink("paper") else None
                )
            option = out.setdefault(colour, Option(self.ink(colour), self.ink(f"{colour}-tint"), []))
            option.steps.append(step)
        return list(out.values())

    def _key(self, name: str, shapes: tuple[Stroked, ...]) -> Key | None:
        look, shapes = self.look, tuple(shape for shape in shapes if shape.label == name)
        key = (self.drawing.file, self.words[name], *((shape.fill, shape.stroke) for shape in shapes))
        if not shapes or key in self.told:
            return None
        self.told.add(key)
        span = Span(
            self.words[name] + " ", look.font, False, False, max(SMALLEST, look.size * 0.86), self.ink("ink"),
            self.elem, place=self.node.place,
        )
        words = Paragraph([span], *self.manner)
        self.problems += words.problems
        return Key(words, drawn(shapes, self.ink, None), (self.node.origins or {}).get(name))


def arrow(canvas: Canvas, x: float, y: float, colour: str, ink: str, angle: int, elem: Elem | None) -> None:
    """A disc with an arrow. angle: 0 down, 1 to the right, -1 to the left."""
    canvas.items.append(Shape(x, y, ARROW, circle(0, 0, 1), colour, elem=elem))
    points = [(0.0, -0.5), (0.0, 0.5), (-0.36, 0.14), (0.0, 0.5), (0.36, 0.14)]
    turned = [(a, b) if not angle else (b * angle, a) for a, b in points]
    path = (("M", *turned[0]), ("L", *turned[1]), ("M", *turned[2]), ("L", *turned[3]), ("L", *turned[4]))
    canvas.items.append(Shape(x, y, ARROW, path, None, ink, 0.2, True, elem))


class ViewsLeaf(Leaf):
    """The views of a drawing by option, each with its keys below; on a ground of their own without keys, side by
    side."""

    __slots__ = ("elem", "look", "options", "paper")

    def __init__(self, place, options: list[Option], elem: Elem | None, look: Look, paper: str, **kw) -> None:
        super().__init__(place, **kw)
        self.options, self.elem, self.look, self.paper = options, elem, look, paper

    def make(self, width: float, at: Any) -> list[Piece]:
        room = width - self.left - self.right
        if self.look.background:
            return [FieldPiece(self, self.look.height)]
        each = (room - GUTTER * (len(self.options) - 1)) / (len(self.options) or 1)
        return [self.strip([(number * (each + GUTTER), each) for number in range(len(self.options))])]

    def strip(self, columns: list[tuple[float, float]]) -> Piece:
        """columns: x, from the start edge, and width of each option."""
        return StripPiece(self, columns)

    def widths(self) -> tuple[float, float]:
        return self.left + self.right + 20.0, self.left + self.right + 100.0


class FieldPiece(Piece):
    """Views side by side on a solid ground, below each other where it is higher than wide; an arrow between two
    steps."""

    __slots__ = ("leaf",)

    def __init__(self, leaf: ViewsLeaf, height: float) -> None:
        super().__init__(height, None, leaf.penalty, leaf.before, leaf.after)
        self.leaf = leaf

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        leaf, look = self.leaf, self.leaf.look
        x, width = x + (leaf.right if leaf.rtl else leaf.left), width - leaf.left - leaf.right
        elem = None if canvas.mute else leaf.elem
        steps = [step for option in leaf.options for step in option.steps]
        if self.height > width:
            cuts = self._stacked(canvas, x, y, width, steps, elem)
            if cuts and leaf.boxes and leaf.boxes[-1].look.ground == "band":
                ends = [Cut(x, y, width, 0.0, cuts[0].shapes), Cut(x, y + self.height, width, 0.0, cuts[-1].shapes)]
                canvas.items += ends
                canvas.later.append(partial(_run_off, canvas, *ends))
            return
        each = (width - PARTING * (len(steps) - 1)) / (len(steps) or 1)
        lefts = [
            x + (width - (n + 1) * each - n * PARTING if leaf.rtl else n * (each + PARTING)) for n in range(len(steps))
        ]
        seams = [left + each if leaf.rtl else left - PARTING for left in lefts[1:]]
        canvas.items += [Fill(seam, y, PARTING, self.height, leaf.paper) for seam in seams]
        for step, left in zip(steps, lefts):
            box = (left, y, each, self.height)
            canvas.items.append(
                Cut(*box, placed(step.shapes, step.view, box, look.scale or self.height / step.view.height), elem)
            )
        for seam in seams:
            arrow(
                canvas, seam + PARTING / 2, y + self.height / 2, leaf.paper, leaf.options[0].colour,
                -1 if leaf.rtl else 1, elem,
            )


    def _stacked(self, canvas: Canvas, x: float, y: float, width: float, steps: list[Step],
                 elem: Elem | None) -> list[Cut]:
        leaf, count, cuts = self.leaf, len(steps), []
        each = (self.height - PARTING * (count - 1)) / (count or 1)
        for number, step in enumerate(steps):
            top = y + number * (each + PARTING)
            box = (x, top, width, each)
            scale = leaf.look.scale or each / step.view.height
            cuts.append(Cut(*box, placed(step.shapes, step.view, box, scale), elem))
            canvas.items.append(cuts[-1])
            if number:
                canvas.items.append(Fill(x, top - PARTING, width, PARTING, leaf.paper))
                across = x + width * (0.8 if leaf.rtl else 0.2)
                arrow(canvas, across, top - PARTING / 2, leaf.paper, leaf.options[0].colour, 0, elem)
        return cuts


def _run_off(canvas: Canvas, above: Cut, below: Cut) -> None:
    """Let views run on to the edges of the band that they stand on; words and marks on the band are painted over
    that. Where an edge is the paper's, draw/ takes both as far as the sheet allows."""
    band = topmost(canvas.page, above.y)
    if band is not None:
        above.y, above.height = band.y, above.y - band.y
        below.height = band.y + band.height - below.y


class StripPiece(Piece):
    """A card for each option, all at one scale."""

    __slots__ = ("beside", "columns", "hidden", "leaf", "scale", "steps")

    def __init__(self, leaf: ViewsLeaf, columns: list[tuple[float, float]]) -> None:
        super().__init__(0.0, None, leaf.penalty, leaf.before, leaf.after)
        self.leaf, self.columns = leaf, columns
        steps = [step for option in leaf.options for step in option.steps]
        width, most = min(w for _, w in columns), max((len(option.steps) for option in leaf.options), default=1)
        narrow = (
            min(self._parted(w, len(option.steps)) for option, (_, w) in zip(leaf.options, columns))
            if leaf.options
            else 0.0
        )
        self.beside = width >= WIDE and all(fits(key, narrow) for step in steps for key in step.keys)
        each = (width - BETWEEN * (most - 1)) / most if self.beside else width
        self.scale = each / max((step.view.width for step in steps), default=1.0)
        if leaf.look.scale:
            self.scale = min(self.scale, leaf.look.scale)
        highest = max((step.view.height for step in steps), default=1.0) * self.scale
        picture = min(highest, HIGH if self.beside else width * STEP if most > 1 else width)
        self.hidden = (highest - picture) * (1 if self.beside else most)
        self.steps = [[Strip(step.keys, self._part(w, len(option.steps))) for step in option.steps]
                      for option, (_, w) in zip(leaf.options, columns)]
        for strips in self.steps:
            highs, gaps = [strip.height for strip in strips], (len(strips) - 1) * BETWEEN
            self.height = max(
                self.height,
                max(highs, default=0.0) + picture if self.beside else sum(highs) + len(strips) * picture + gaps,
            )

    def larger(self, room: float, width: float) -> Piece | None:
        by = min(room, TALLEST - self.height, self.hidden)
        if by <= 0:
            return None
        piece = copy(self)
        piece.height, piece.hidden = self.height + by, self.hidden - by
        return piece

    def _part(self, width: float, count: int) -> float:
        """Width of a step of an option that has so many."""
        return self._parted(width, count) if self.beside else width

    @staticmethod
    def _parted(width: float, count: int) -> float:
        return (width - BETWEEN * (count - 1)) / count

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        leaf, radius = self.leaf, self.leaf.look.radius
        elem = None if canvas.mute else leaf.elem
        room = width - leaf.left - leaf.right
        x0 = x + (leaf.right if leaf.rtl else leaf.left)
        cards = []
        for option, strips, (at, wide) in zip(leaf.options, self.steps, self.columns):
            left, top = x0 + (room - at - wide if leaf.rtl else at), y
            taken, part = (
                sum(strip.height for strip in strips) + (len(strips) - 1) * BETWEEN,
                self._part(wide, len(strips)),
            )
            for number, (step, strip) in enumerate(zip(option.steps, strips)):
                if self.beside:
                    at = len(strips) - 1 - number if leaf.rtl else number
                    cards.append(
                        (
                            option, number, step, strip,
                            (left + at * (part + BETWEEN), top, part, self.height - max(s.height for s in strips)),
                        )
                    )
                else:
                    picture = (self.height - taken) / len(strips)
                    cards.append((option, number, step, strip, (left, top, wide, picture)))
                    top += picture + strip.height + BETWEEN
        for option, _, _, strip, (left, top, wide, picture) in cards:
            foot = y + self.height - top - picture if self.beside else strip.height
            canvas.items.append(Fill(left, top, wide, picture + foot, option.tint, radius))
            canvas.items.append(Fill(left, top, wide, picture, leaf.paper, radius, "top"))
            if option.tint == leaf.paper:  # to save ink: a frame in place of the tint
                path = rounded(left + 0.5, top + 0.5, wide - 1.0, picture + foot - 1.0, max(0.1, radius - 0.5), "all")
                canvas.items.append(Shape(0.0, 0.0, 1.0, path, None, option.colour, 1.0, False))
        for option, number, step, strip, box in cards:
            left, top, wide, picture = box
            canvas.items.append(Cut(*box, placed(step.shapes, step.view, box, self.scale), elem, radius, "top"))
            strip.paint(canvas, left, top + picture, wide, leaf.rtl, elem, leaf.place)
            if number and self.beside:
                seam = left + wide + BETWEEN / 2 if leaf.rtl else left - BETWEEN / 2
                arrow(canvas, seam, top + picture / 2, option.colour, leaf.paper, -1 if leaf.rtl else 1, elem)
            elif number:
                arrow(
                    canvas, left + wide * (0.4 if leaf.rtl else 0.6), top - BETWEEN / 2, option.colour, leaf.paper, 0,
                    elem,
                )


def leaf_of(node: Node, picture: Picture, elem: Elem | None, look: Look, ink: Callable[[str], str], manner: tuple,
            problems: list[Problem], told: set[tuple], **where) -> Leaf | None:
    """The leaf of <img views=…>, <views> or <keys>; None where it is a problem."""
    if elem is None:
        problems.append(
            Problem(
                node.place, f"<{node.name}> stands before the <img> of its picture",
                f'an <img> with src="{node.attributes["src"]}" comes first',
            )
        )
    elif not isinstance(picture, Drawing):
        problems.append(Problem(node.place, f"{node.attributes['src']} has no views", "only an .svg drawing has"))
    else:
        options = Maker(node, picture, elem, look, ink, manner, problems, told).options()
        if node.name == "keys":
            return KeysLeaf(
                node.place, [key for option in options for step in option.steps for key in step.keys], elem, **where
            )
        return ViewsLeaf(node.place, options, elem, look, ink("paper"), **where)
    return None
