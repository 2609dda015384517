"""Lays out the sheet: where on a paper each panel of a layout stands, and where the sheet is folded or cut.

sheet.py   LayoutSpec × Paper → Geometry: pure arithmetic
bind.py    Geometry × number of pages → the sides of booklets, and of pages that are cut apart
duplex.py  back sides turned round or moved, as a printer needs them
fold.py    folds a strip of panels flat and looks at it: what is in front, what opens when, what does not fit
across.py  the same for a sheet that is folded in both directions, as maps are
opening.py the same backwards, stage by stage, for a picture of the leaflet that moves
rules.py   what is wrong with a layout's numbers, at its place in layout.yaml

A new way of folding (folds side by side) needs no code: a folder of layouts/ lists panels and folds in its
layout.yaml, and fold.py checks them.
"""

from .bind import faces, sides
from .duplex import moved, tumbled
from .opening import opening
from .rules import problems
from .sheet import geometry

__all__ = ["faces", "geometry", "moved", "opening", "problems", "sides", "tumbled"]
