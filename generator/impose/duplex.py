"""Adapts back sides to a printer: turned round where it flips on the wrong edge, moved where it prints them a little
off.

A sheet's sides are printed in pairs, front and back. A landscape sheet flips on its short edge; a printer that can flip
on the long edge only prints the back upside down, so there the back is turned by 180 degrees beforehand (leaflets of
print shops call it tumble).
"""

from __future__ import annotations

from ..model.layout import Geometry, Mark, Placement, Side
from ..model.printing import Printer
from ..model.record import replace


def tumbled(geometry: Geometry) -> Geometry:
    """The same sheet for a printer that flips on the long edge only; one that flips there already is not changed."""
    if geometry.duplex != "DuplexFlipShortEdge":
        return geometry
    sizes = _sizes(geometry)
    sides = tuple(_turned(side, sizes) if number % 2 else side for number, side in enumerate(geometry.sides))
    return replace(geometry, sides=sides, duplex="DuplexFlipLongEdge")


def moved(geometry: Geometry, printer: Printer) -> Geometry:
    """Back sides moved as the printer's readings say (right and up, as one looks at the back side)."""
    sides = tuple(_moved(side, printer.right, -printer.up) if number % 2 else side
                  for number, side in enumerate(geometry.sides))
    return replace(geometry, sides=sides)


def _sizes(geometry: Geometry) -> dict[str, tuple[float, float]]:
    """Width and height of every panel on the sheet; bound pages are all alike."""
    if geometry.bound is not None:
        names = {place.panel for side in geometry.sides for place in side.placements}
        return dict.fromkeys(names, (geometry.bound.width / 2, geometry.bound.height))
    return {panel.name: (panel.width, panel.height) for panel in geometry.panels}


def _turned(side: Side, sizes: dict[str, tuple[float, float]]) -> Side:
    places = tuple(
        Placement(place.panel, side.width - place.x - sizes[place.panel][0],
                  side.height - place.y - sizes[place.panel][1], not place.turned)
        for place in side.placements
    )
    marks, folds = (
        tuple(Mark(side.width - mark.x1, side.height - mark.y1, side.width - mark.x2, side.height - mark.y2, mark.kind)
              for mark in lines)
        for lines in (side.marks, side.folds)
    )
    return replace(side, placements=places, marks=marks, folds=folds)


def _moved(side: Side, right: float, down: float) -> Side:
    places = tuple(replace(place, x=place.x + right, y=place.y + down) for place in side.placements)
    marks, folds = (tuple(Mark(m.x1 + right, m.y1 + down, m.x2 + right, m.y2 + down, m.kind) for m in lines)
                    for lines in (side.marks, side.folds))
    return replace(side, placements=places, marks=marks, folds=folds)
