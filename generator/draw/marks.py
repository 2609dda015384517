"""Printer's marks: where to cut, where to fold, and whether the inks meet. They stand around the bleed, never on it."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.layout import MM, Mark
from ..model.page import Shape, Stroke
from .ink import REGISTRATION
from .surface import ARTIFACT, Surface

CLEAR, LENGTH = 1 * MM, 5 * MM
"""Distance from the bleed, and length of a mark."""
ROOM = CLEAR + LENGTH + 1 * MM
"""What the marks take on each side, beyond the bleed."""
WIDTH = 0.25
DASHES = {"valley": b"[3 2]0 d", "mountain": b"[6 1.5 1 1.5]0 d"}
_ROUND = 0.5523
_CIRCLE = (
    ("M", 1, 0),
    ("C", 1, _ROUND, _ROUND, 1, 0, 1),
    ("C", -_ROUND, 1, -1, _ROUND, -1, 0),
    ("C", -1, -_ROUND, -_ROUND, -1, 0, -1),
    ("C", _ROUND, -1, 1, -_ROUND, 1, 0),
    ("Z",),
)


def around(surface: Surface, bleed: float, folds: Iterable[Mark]) -> None:
    """Draw the marks of a page; `folds` are those of the sheet, of which only the direction and the place count."""
    width, height = surface.trim
    near = bleed + CLEAR
    surface.place(0, 0, False)

    def line(x1: float, y1: float, x2: float, y2: float, dash: bytes = b"") -> None:
        surface.stroke(Stroke(x1, y1, x2, y2, WIDTH, REGISTRATION), ARTIFACT, dash)

    def upright(x: float, dash: bytes = b"") -> None:
        line(x, -near - LENGTH, x, -near, dash)
        line(x, height + near, x, height + near + LENGTH, dash)

    def level(y: float, dash: bytes = b"") -> None:
        line(-near - LENGTH, y, -near, y, dash)
        line(width + near, y, width + near + LENGTH, y, dash)

    for x in (0.0, width):
        upright(x)
    for y in (0.0, height):
        level(y)
    for x, kind in sorted({(mark.x1, mark.kind) for mark in folds if mark.x1 == mark.x2}):
        upright(x, DASHES.get(kind, b""))
    for y, kind in sorted({(mark.y1, mark.kind) for mark in folds if mark.y1 == mark.y2 and mark.x1 != mark.x2}):
        level(y, DASHES.get(kind, b""))
    away, arm = near + LENGTH / 2, LENGTH / 2
    # Where no layout folds: at halves, thirds, quarters and sixths.
    aside, down = width / 8, height / 8
    for x, y in ((aside, -away), (aside, height + away), (-away, down), (width + away, down)):
        line(x - arm, y, x + arm, y)
        line(x, y - arm, x, y + arm)
        surface.shape(Shape(x, y, arm * 0.6, _CIRCLE, None, REGISTRATION, WIDTH / (arm * 0.6)), ARTIFACT, "")
