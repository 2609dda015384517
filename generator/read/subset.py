"""What a drawing may hold: its elements, their attributes, the colours, and hints for what it may not."""

from __future__ import annotations

from typing import Any

from ..model.record import record
from ..model.wording import nearest, quoted
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
PAINT = ("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "fill-rule")
ALL = ("id", "class", "transform", "clip-path")
PNG = "draw it without that, or export it as PNG (300 pixels per inch)"
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
WORDS = ("write them in the content: figure: labels: {id: words}; "
         "or turn them into paths in the drawing program")
PLAIN = "save it as plain SVG, without the drawing program's own data"
ELEMENT_HINTS = {
    "script": "drawings run nothing",
    "image": "export the whole drawing as PNG, or give the picture in the content",
    "foreignObject": "only shapes and labels are read: export the drawing as PNG",
    "tspan": "a label is one line; use one text element each",
    "textPath": "a label is one straight line",
    "a": "drawings have no links",
}
ATTRIBUTE_HINTS = {
    "href": "drawings have no links and read nothing else",
    "opacity": "use a lighter colour",
    "fill-opacity": "use a lighter colour",
    "stroke-opacity": "use a lighter colour",
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
    evenodd: bool = False
    dash: tuple[float, ...] = ()
    clip: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom of what is seen, in the drawing's coordinates."""


def worn(classes: str) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """What the classes of an element say, by field of Pen; (message, hint) of those that say nothing."""
    new: dict[str, Any] = {}
    faults = []
    for word in classes.split():
        key, _, colour = word.partition("-")
        if word == "whole":
            new["whole"] = True
        elif key == "is" and colour:
            new["label"] = colour
        elif key not in ("fill", "stroke"):
            faults.append((f"unknown class {quoted(word)}", "classes are fill-NAME, stroke-NAME, is-LABEL and whole"))
        elif colour not in COLOURS:
            there = nearest(colour, COLOURS) or "there are: " + ", ".join(COLOURS[:13]) + " …"
            faults.append((f"unknown colour {quoted(colour)} in the class '{key}-…'", there))
        else:
            new[key] = colour
    return new, faults


def sides_of(attributes: dict[str, str]) -> tuple[float, float, float, float] | None:
    """x, y, width and height of a viewBox; None where it is none."""
    try:
        x, y, width, height = numbers(attributes.get("viewBox", "").replace(",", " "))
    except (Malformed, ValueError):
        return None
    return (x, y, width, height) if width > 0 and height > 0 else None
