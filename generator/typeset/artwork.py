"""Drawings as they are painted: a view in line or reversed, at a place; on a ground, small or as a large sign.

*line*: in the drawing's own colours, on paper. *reversed*: on a solid ground; what is in the background of the drawing
(its strokes are `mid`, `line` or `muted`) becomes a ghost of the ground, what is in front (`dark`) becomes paper, and
tools (`ink`) keep their colour with an edge of paper. Where a ground is left out to save ink, the front is drawn alone.
"""

from __future__ import annotations

from collections.abc import Callable

from ..model.layout import MM
from ..model.page import Shape
from ..model.picture import Drawing, Stroked, View
from .look import Look

BEHIND = ("mid", "line", "muted", "cool")
"""Strokes of what is in the background of a drawing."""
GHOST, FAINT = 0.12, 0.05
"""Part of paper in the ghost of a shape filled with paper, and of one filled with a tint."""
HALO = 0.37
"""Width of the edge of paper around a tool, in units of the drawing."""
SIGN_PART, SIGN_LEAST, SIGN_GAP, SIGN_CLEAR = 0.6, 20 * MM, 4 * MM, 3.2 * MM
"""Of the large sign on a cover: its part of the ground's height at the most; its least height; its distance from the
words, and from the edge at its start side, which is a fold."""
BAND_PART = 0.8
"""SIGN_PART, of a band across a page."""
ON_LIGHT = {"ghost": "mid", "ghost-light": "dark"}
"""Shade of a large sign → the colour that stands for it on a light ground."""


def shown(text: str) -> list[tuple[str, str]]:
    """The attribute `views` → (view, palette name of the option that it shows)."""
    return [(name, colour) for name, _, colour in (one.partition("=") for one in text.split())]


def mixed(colour: str, other: str, part: float) -> str:
    """`colour` with a part of another in it."""
    pairs = ((int(colour[i: i + 2], 16), int(other[i: i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def drawn(shapes: tuple[Stroked, ...], ink: Callable[[str], str], ground: str | None,
          front: bool = False) -> list[Shape]:
    """Shapes in the drawing's units, in line or, on a solid `ground`, reversed. front: without what is behind."""
    out = []
    for s in shapes:
        behind = s.stroke in BEHIND
        if front and behind:
            continue
        fill, stroke = s.fill and ink(s.fill), s.stroke and ink(s.stroke)
        if ground is not None:
            paper = ink("paper")
            if behind:
                fill, stroke = fill and mixed(ground, paper, GHOST if s.fill == "paper" else FAINT), None
            elif s.stroke == "dark":
                fill, stroke = (paper, None) if s.fill else (None, ground)
            elif s.stroke == "ink":
                out.append(Shape(0.0, 0.0, 1.0, s.path, None, paper, s.width + 2 * HALO, True))
        if fill or stroke:
            out.append(Shape(0.0, 0.0, 1.0, s.path, fill, stroke, s.width, s.round, None, s.evenodd, s.dash))
    return out


def placed(shapes: list[Shape], view: View, box: tuple[float, float, float, float], scale: float,
           focus: tuple[float, float] = (0.5, 0.5)) -> list[Shape]:
    """Shapes where a view stands in a box (x, y, width, height); a side that has no room is cut as the view says."""
    x, y, width, height = box

    def edge(start: float, room: float, size: float, kept: float, middle: float) -> float:
        return start + (room - size) * kept if size > room and middle == 0.5 else start + room * middle - size / 2

    left = edge(x, width, view.width * scale, view.across, focus[0])
    top = edge(y, height, view.height * scale, view.down, focus[1])
    return [
        Shape(
            left - view.x * scale, top - view.y * scale, scale, s.path, s.fill, s.stroke, s.stroke_width, s.round,
            None, s.evenodd, s.dash,
        )
        for s in shapes
    ]


def ground_art(
    drawing: Drawing, text: str, look: Look, ink: Callable[[str], str], box: tuple[float, float, float, float],
    free: float,
) -> list[Shape]:
    """The first view of `text` on a ground; without views, the whole drawing as a large sign at the ground's foot.

    free: y below which no words stand on the ground.
    """
    if not text:
        return _large_sign(drawing, look, ink, box, free)
    view = next((found for name, _ in shown(text) if (found := drawing.view(name))), None)
    if view is None:
        return []
    focus = (1 - look.focus[0], look.focus[1]) if look.rtl else look.focus
    solid = look.background if look.background and look.background != ink("paper") else None
    shapes = drawn(drawing.shown(view), ink, solid, front=solid is None)
    return placed(shapes, view, box, look.scale or 2.42 * MM, focus)


def _large_sign(drawing: Drawing, look: Look, ink: Callable[[str], str], box: tuple[float, float, float, float],
                free: float) -> list[Shape]:
    """A drawing that stands on the foot of a ground, its first view as high as there is room below the words, what is
    beside the view cut by the ground's edges; where its ground is left out to save ink, in outlines. Where reading runs
    from right to left, it is turned round, so that what is high stays at the end side."""
    x, y, width, height = box
    light = not look.background and not look.border
    """The ground is another's: the light band of a page's head."""
    high = min((BAND_PART if light else SIGN_PART) * height, y + height - free - SIGN_GAP / (2 if light else 1))
    if high < SIGN_LEAST or not drawing.views:
        return []
    view = drawing.views[0]
    scale = high / view.height
    middle = view.x + view.width / 2
    left = x + width * (1 - look.focus[0] if look.rtl else look.focus[0]) - middle * scale
    top = y + height - (view.y + view.height) * scale
    first = min(
        op[-2] for shape in drawing.shapes for op in shape.path if len(op) > 1
    )  # at the start side, where the fold of a cover is
    lack = max(
        0.0,
        x
        + SIGN_CLEAR
        - (left + first * scale if not look.rtl else 2 * x + width - left - (2 * middle - first) * scale),
    )
    left += -lack if look.rtl else lack
    out = []
    for shape in drawing.shapes:
        path = _turned_round(shape.path, 2 * middle) if look.rtl else shape.path
        fill = shape.fill and ink(ON_LIGHT.get(shape.fill, shape.fill) if light else shape.fill)
        if look.background or light:
            out.append(Shape(left, top, scale, path, fill))
        elif shape.fill != "ghost":
            shade = mixed(ink("paper"), ink("ink"), GHOST if shape.fill == "lit" else 0.0)
            out.append(Shape(left, top, scale, path, shade, ink("dark"), look.border_width / scale, True))
    return out


def _turned_round(path: tuple, across: float) -> tuple:
    return tuple(
        (name, *(across - value if k % 2 == 0 else value for k, value in enumerate(values))) for name, *values in path
    )
