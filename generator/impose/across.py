"""A sheet that is folded in both directions: its columns first, as a strip is, then the pile in half.

Map fold (columns to and fro like an accordion; the upper half is then folded down over the lower one):

    outside                                    inside
    +--------+--------+--------+--------+      +--------+--------+--------+--------+
    | cover* :   o1   :   o3   : first1 |      |   i1   :   i3   :   i5   :   i7   |     * upside down on the
    +--------+--------+--------+--------+      +--------+--------+--------+--------+       flat sheet
    |  back  :   o2   :   o4   : first2 |      |   i2   :   i4   :   i6   :   i8   |
    +--------+--------+--------+--------+      +--------+--------+--------+--------+

    One sees: cover · lifted: first1 over first2 · pulled open: i1 i3 over i2 i4 … · all of the inside · turned over:
    all of the outside · closed: back

The fold across goes through all layers. What it brings together are the outside faces of one column and, of the column
that is turned the other way, the inside faces: so its kind changes from panel to panel. The upper half comes to lie on
its head, and with it the cover, which therefore is printed upside down (printers call this head to head).
"""

from __future__ import annotations

from ..model.layout import FoldSpec
from ..model.record import record, replace
from .fold import Folded, Strip, View, close, fold_flat

FLIPPED = {"valley": "mountain", "mountain": "valley"}


@record(frozen=True, slots=True)
class Halved:
    """A closed strip of columns whose upper half is folded over the lower one."""

    upwards: bool
    """Whether the upper half came to lie on top (else below)."""
    above: View
    below: View
    """What one sees from above, and from below with the leaflet turned over like a page."""
    opened: View
    """What one sees when this fold alone is opened again."""
    kinds: tuple[str, ...]
    """Of the fold, for each column of the outside from the left."""


def fold_sheet(fold: FoldSpec, edges: list[float]) -> Folded:
    """Fold the sheet of a layout; `edges` are those of the outside's columns (see sheet.fold_edges). Raises Jam."""
    order = list(fold.order) or list(range(1, len(fold.folds) + 1))
    if fold.across is None:
        return fold_flat(fold.outside, fold.inside, edges, fold.folds, order)
    strip, under = strip_of(fold, edges), below(fold)
    stages = [both_rows(view, under) for view in close(strip, order)]
    halved = halve(strip, fold.across, under)
    front, behind = (halved.below, halved.above) if "cover" in halved.below.panels else (halved.above, halved.below)
    opening = (front, halved.opened, *reversed(stages), View(tuple(fold.inside), rows=2),
               View(tuple(fold.outside), rows=2), behind)
    turned = frozenset(front.inverted + behind.inverted)
    opening = tuple(replace(view, inverted=tuple(name for name in view.panels
                                                 if (name in view.inverted) != (name in turned))) for view in opening)
    hinge = "top" if "cover" in front.inverted else None
    return Folded(opening[0], opening[-1], opening, hinge, turned, halved.kinds)


def strip_of(fold: FoldSpec, edges: list[float]) -> Strip:
    """The columns of a sheet; of two rows, named by the upper panel."""
    count = fold.columns
    return Strip(list(fold.outside[:count]), list(fold.inside[:count]), edges, list(fold.folds))


def below(fold: FoldSpec) -> dict[str, str]:
    """Panel of the upper row → the one below it."""
    count = fold.columns
    return {upper: lower for side in (fold.outside, fold.inside) for upper, lower in zip(side, side[count:])}


def both_rows(view: View, under: dict[str, str]) -> View:
    """A view of columns, which are named by their upper panels, as one of panels."""
    lower = tuple((under[name], shows) for name, shows in view.partly)
    return View(view.panels + tuple(under[name] for name in view.panels), view.partly + lower, rows=2)


def halve(strip: Strip, kind: str, under: dict[str, str]) -> Halved:
    """Fold the upper half of a closed strip over the lower one; `kind` is that of the fold at the leftmost column."""
    first = strip.leaves[0]
    upwards = (kind == "valley") == first.up
    kinds = tuple(kind if leaf.up == first.up else FLIPPED[kind] for leaf in strip.leaves)
    met, away = strip.look(upwards), strip.look(not upwards)
    rested = View(tuple(under[name] for name in away.panels),
                  tuple((under[name], shows) for name, shows in away.partly))
    moved = View(away.panels[::-1], away.partly, inverted=away.panels[::-1])
    above, beneath = (moved, rested) if upwards else (rested, moved)
    return Halved(upwards, above, beneath, both_rows(met, under), kinds)
