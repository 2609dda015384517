"""What a drawing may hold: its elements, their attributes, the colours, and hints for what it may not."""

from __future__ import annotations

from ..model.record import record
from .paths import SAME, Malformed, Matrix, numbers

SPARE = 0.02
"""How far a shape may reach out of the viewBox, as a part of its longer side."""
HEAVIEST = 2_000_000
"""Bytes of a drawing; a hand-made one has 10,000."""
COLOURS = (
    *("ink", "dark", "mid", "cool", "warm", "paper", "muted", "line", "alert", "lit", "ghost", "ghost-light"),
    *(f"option-{k}{kind}" for k in range(1, 5) for kind in ("", "-tint", "-light")),
)
"""Palette names that classes may end in."""

SPACE = "http://www.w3.org/2000/svg"
PAINT = ("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin")
ALL = ("id", "class", "transform")
ATTRIBUTES = {
    "svg": ("viewBox", "version", "width", "height", *ALL, *PAINT),
    "g": (*ALL, *PAINT),
    "path": ("d", *ALL, *PAINT),
    "line": ("x1", "y1", "x2", "y2", *ALL, *PAINT),
    "polyline": ("points", *ALL, *PAINT),
    "polygon": ("points", *ALL, *PAINT),
    "rect": ("x", "y", "width", "height", "rx", "ry", *ALL, *PAINT),
    "circle": ("cx", "cy", "r", *ALL, *PAINT),
    "ellipse": ("cx", "cy", "rx", "ry", *ALL, *PAINT),
    "text": ("x", "y", "text-anchor", "font-weight", "fill", *ALL),
    "view": ("id", "viewBox", "preserveAspectRatio"),
    "title": ("id",),
    "desc": ("id",),
}
NO_COLOUR = 'write none or #rrggbb, or better a colour of the theme: class="fill-dark", class="stroke-mid"'
PLAIN = "save it as plain SVG, without the drawing program's own data"
ELEMENT_HINTS = {
    "style": "colours come by class: fill-NAME, stroke-NAME",
    "script": "drawings run nothing",
    "image": "give a PNG or JPEG in the content instead",
    "foreignObject": "only shapes and labels are read",
    "use": "draw the shape itself",
    "symbol": "draw the shape itself",
    "defs": "draw shapes themselves; gradients, filters and clips are not read",
    "linearGradient": "use a flat colour",
    "radialGradient": "use a flat colour",
    "pattern": "use a flat colour",
    "tspan": "a label is one line; use one text element each",
    "textPath": "a label is one straight line",
    "a": "drawings have no links",
    "metadata": PLAIN,
}
ATTRIBUTE_HINTS = {
    "style": 'write fill, stroke, stroke-width as attributes, or class="fill-NAME stroke-NAME"',
    "href": "drawings have no links and read nothing else",
    "opacity": "use a lighter colour",
    "fill-opacity": "use a lighter colour",
    "stroke-opacity": "use a lighter colour",
    "fill-rule": "draw a hole in the other direction",
    "stroke-dasharray": "draw the dashes",
    "font-family": "labels are set in the theme's type",
    "font-size": "labels are set in the theme's size",
}


@record(frozen=True, slots=True)
class Pen:
    """What an element hands on to those inside it."""

    fill: str | None = "ink"
    stroke: str | None = None
    width: float = 1.0
    cap: str = ""
    join: str = ""
    matrix: Matrix = SAME
    label: str = ""
    whole: bool = False


def sides_of(attributes: dict[str, str]) -> tuple[float, float, float, float] | None:
    """x, y, width and height of a viewBox; None where it is none."""
    try:
        x, y, width, height = numbers(attributes.get("viewBox", "").replace(",", " "))
    except (Malformed, ValueError):
        return None
    return (x, y, width, height) if width > 0 and height > 0 else None
