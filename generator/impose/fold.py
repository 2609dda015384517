"""A folding machine of numbers: folds a strip of panels flat, layer by layer, and says what one would see.

Letter fold (outside flap | back | cover, both folds away from the viewer, the flap's fold first):

        fold 1   fold 2                                from above, folded:
    +------+--------+--------+                            ____________________
    |      :        :        |                           (  back ___________
    | flap :  back  : cover  |    outside                 (          flap   )  <- the flap is narrower:
    |      :        :        |                           (_________________(      it lies inside fold 2
    +------+--------+--------+                              cover
    +--------+--------+------+
    |        :        :      |
    |   2    :   3    :  4   |    inside: 2 is the back of cover, 3 of back, 4 of flap
    |        :        :      |
    +--------+--------+------+

    One sees: cover · opened once: 2, flap · opened again: 2, 3, 4 · turned over: flap, back, cover · closed: back

Half-fold (outside back | cover; the page numbers are 4 | 1 and 2 | 3):

    +--------+--------+      +--------+--------+
    |        :        |      |        :        |
    |  back  : cover  |      |   2    :   3    |
    |   (4)  :  (1)   |      |        :        |
    +--------+--------+      +--------+--------+
         outside                   inside

    One sees: cover · opened: 2, 3 · turned over: back, cover · closed: back

A valley fold brings the OUTSIDE faces of its two panels together, a mountain fold the inside faces. Positions are
points from the left edge of the outside; of the paper's thickness only the room it needs inside a fold is known.
"""

from __future__ import annotations

from itertools import pairwise

from ..model.layout import INCH, MM
from ..model.record import record

TIGHT = INCH / 32
"""Room that paper folded into another fold needs before it: trade rule, 1/32 inch on normal paper."""
SLIVER = 3.5 * MM
"""What shows this little of itself counts as hidden: between two doors, or beside a narrower back."""
TOGETHER = 5 * MM
"""Folds that lie on each other this closely are made in one go, through all layers."""
HAIR = 0.01
"""Less than this, in points, is arithmetic."""


class Jam(Exception):
    """The strip cannot be folded so; the message says which fold and why."""


@record(slots=True)
class Leaf:
    """A panel as it lies now."""

    index: int
    left: float
    right: float
    up: bool = True
    """Its outside face is on top."""


@record(frozen=True, slots=True)
class View:
    """What one sees from one side: the panels that show whole, left to right, and those that show in part."""

    panels: tuple[str, ...]
    partly: tuple[tuple[str, float], ...] = ()
    """Panel and the width, in points, that shows of it."""
    rows: int = 1
    """The panels stand in so many rows, named one after the other."""
    inverted: tuple[str, ...] = ()
    """Those that one sees upside down."""

    def read(self, by_columns: bool = False) -> list[str]:
        """The panels that can be read, row by row or column by column."""
        across = len(self.panels) // self.rows
        order = self.panels if not by_columns else [name for at in range(across) for name in self.panels[at::across]]
        return [name for name in order if name not in self.inverted]


@record(frozen=True, slots=True)
class Folded:
    """A strip folded flat. The front is the side that shows `cover` (without one: the upper side)."""

    front: View
    behind: View
    opening: tuple[View, ...]
    """What the reader sees, in order: the front, every stage of opening, the open inside, the open outside, the leaflet
    closed again and turned over."""
    hinge: str | None
    """Edge of the cover, "left", "right" or "top", at which it opens; None without a cover in front, or where it lies
    below what opens."""
    turned: frozenset[str] = frozenset()
    """Panels that stand upside down on the flat sheet, so that one reads them upright."""
    across: tuple[str, ...] = ()
    """Of two rows of panels: kinds of the fold between them, for each panel of the outside from the left."""


class Strip:
    """A strip of panels on a table, outside up; fold() it, look() at it.

    `layers` is the stack from bottom to top; the order of panels that do not overlap has no meaning. Where panels lie
    follows from which of them are turned: the strip runs to the right through a panel with its outside up, else back.
    """

    def __init__(self, outside: list[str], inside: list[str], edges: list[float], kinds: list[str]) -> None:
        self.outside = outside
        self.backs = inside[::-1]  # by number of the outside's panel: the inside is its mirror image
        self.kinds = kinds
        self.leaves = [Leaf(i, left, right) for i, (left, right) in enumerate(pairwise(edges))]
        self.layers = list(self.leaves)
        self.made: set[int] = set()

    def crease(self, fold: int) -> float:
        """Where fold `fold` (0-based, between panels fold and fold + 1) lies now."""
        leaf = self.leaves[fold]
        return leaf.right if leaf.up else leaf.left

    def rises(self, fold: int) -> bool:
        """Whether paper goes up and over at this fold (else down and under): the faces that shall meet are on top."""
        return (self.kinds[fold] == "valley") == self.leaves[fold].up

    def fold(self, fold: int) -> bool:
        """Make a fold, and with it all that lie on it and go the same way; True if paper went up. Raises Jam."""
        upwards = self.rises(fold)
        folds = self.in_one_go(fold)
        # The folds cut the strip into parts that move and rest in turns.
        moving = {i for i in range(len(self.leaves)) if sum(made < i for made in folds) % 2 == 0}
        self.refuse_if_blocked(folds, moving, upwards)
        x = 0.0
        for leaf in self.leaves:
            leaf.up ^= leaf.index in moving
            width = leaf.right - leaf.left
            leaf.left, leaf.right = (x, x + width) if leaf.up else (x - width, x)
            x = leaf.right if leaf.up else leaf.left
        moved = [leaf for leaf in reversed(self.layers) if leaf.index in moving]
        rested = [leaf for leaf in self.layers if leaf.index not in moving]
        self.layers = rested + moved if upwards else moved + rested
        self.made.update(folds)
        for made in folds:
            self.refuse_if_tight(made, folds)
        return upwards

    def in_one_go(self, fold: int) -> list[int]:
        """This fold and those that are made together with it, through all layers, in the strip's order."""
        folds = [fold]
        for step in (-1, 1):
            last, other = fold, fold + step
            while 0 <= other < len(self.kinds):
                if (
                    other not in self.made
                    and abs(self.crease(other) - self.crease(fold)) <= TOGETHER
                    and self.rises(other) == self.rises(fold)
                    and self.leaves[other].up != self.leaves[last].up  # so that paper moves on the same side of both
                ):
                    folds.append(other)
                    last = other
                other += step
        return sorted(folds)

    def refuse_if_blocked(self, folds: list[int], moving: set[int], upwards: bool) -> None:
        """Nothing that rests may lie over what moves on its side of the fold, nor the other way about beyond it."""
        creases = [self.crease(fold) for fold in folds]
        start, end = min(creases), max(creases)
        first = self.leaves[folds[0]]
        moves_left = (first.index in moving) == first.up
        stack = self.layers if upwards else self.layers[::-1]
        for height, low in enumerate(stack):
            for high in stack[height + 1 :]:
                if (low.index in moving) == (high.index in moving):
                    continue
                left, right = max(low.left, high.left), min(low.right, high.right)
                over = min(right, start) - left if (low.index in moving) == moves_left else right - max(left, end)
                if over > HAIR:
                    one, two = self.outside[high.index], self.outside[low.index]
                    raise Jam(f"fold {folds[0] + 1} jams: {one!r} lies {over / MM:.1f} mm over {two!r}, in its way")

    def refuse_if_tight(self, fold: int, folds: list[int]) -> None:
        """What lies inside a fold just made must end before it, or be folded with it without being longer."""
        one, two = self.leaves[fold], self.leaves[fold + 1]
        x = self.crease(fold)
        between = sorted((self.layers.index(one), self.layers.index(two)))
        for leaf in self.layers[between[0] + 1 : between[1]]:
            if min(leaf.right, one.right) - max(leaf.left, one.left) <= HAIR:
                continue
            gap = x - leaf.right if one.right - HAIR < x else leaf.left - x
            needed = 0.0 if leaf.index in folds or leaf.index - 1 in folds else TIGHT
            if gap < needed - HAIR:
                name = self.outside[leaf.index]
                raise Jam(f"{name!r} lies inside fold {fold + 1} and is {(needed - gap) / MM:.1f} mm too wide for it")

    def look(self, above: bool) -> View:
        """What one sees from above, or from below (with the strip turned over like a page, so mirrored)."""
        seen: list[tuple[float, float]] = []
        whole: list[tuple[float, str]] = []
        partly: list[tuple[str, float]] = []
        for leaf in reversed(self.layers) if above else self.layers:
            free = leaf.right - leaf.left - covered(leaf.left, leaf.right, seen)
            name = (self.outside if leaf.up == above else self.backs)[leaf.index]
            if free > leaf.right - leaf.left - HAIR:
                whole.append((leaf.left if above else -leaf.right, name))
            elif free > SLIVER:
                partly.append((name, free))
            seen.append((leaf.left, leaf.right))
        return View(tuple(name for _, name in sorted(whole)), tuple(partly))


def covered(left: float, right: float, parts: list[tuple[float, float]]) -> float:
    """How much of left…right lies under `parts`."""
    total, end = 0.0, left
    for a, b in sorted(parts):
        a, b = max(a, end), min(b, right)
        if b > a:
            total += b - a
            end = b
    return total


def fold_flat(outside: list[str], inside: list[str], edges: list[float], kinds: list[str], order: list[int]) -> Folded:
    """Fold a strip. `edges` and `kinds` are the outside's, left to right; `order` holds 1-based folds. Raises Jam.

    A fold that is made together with an earlier one may stand in `order` all the same, or be left out of it.
    """
    strip = Strip(outside, inside, edges, kinds)
    stages = close(strip, order)
    above, below = strip.look(True), strip.look(False)
    front, behind = (below, above) if "cover" in below.panels else (above, below)
    opening = (front, *reversed(stages), View(tuple(inside)), View(tuple(outside)), behind)
    return Folded(front, behind, opening, hinge(outside, order, strip, front))


def close(strip: Strip, order: list[int]) -> list[View]:
    """Make all folds. Returns what one sees when each but the first is opened again, in the order in which they are
    made. Raises Jam."""
    stages: list[View] = []
    for number in order:
        if number - 1 in strip.made:
            continue
        before = strip.look(True), strip.look(False)
        first = not strip.made
        upwards = strip.fold(number - 1)
        if not first:
            # Opened again, the fold shows the faces that it brought together.
            stages.append(before[0] if upwards else before[1])
    for fold in range(len(strip.kinds)):
        if fold not in strip.made:
            raise Jam(f"fold {fold + 1} is never made")
    return stages


def hinge(outside: list[str], order: list[int], strip: Strip, front: View) -> str | None:
    """The cover opens at the fold that was made last of the two beside it."""
    if "cover" not in front.panels or "cover" not in outside:
        return None
    index = outside.index("cover")
    for number in reversed(order):
        if number - 1 in (index - 1, index):
            return "left" if number - 1 == index - 1 else "right"
    return None


def reads_in_order(panels: list[str], opening: tuple[View, ...], by_columns: bool = False) -> str | None:
    """The first of `panels` that one would have to turn back for, or None.

    Reading goes on from view to view and, within a view, from left to right (mirror the names first for right to left),
    row after row or column after column. What stands upside down is not read.
    """
    stage, position = 0, -1
    for name in panels:
        while stage < len(opening):
            seen = opening[stage].read(by_columns)
            if name in seen[position + 1 :]:
                position = seen.index(name, position + 1)
                break
            stage, position = stage + 1, -1
        else:
            return name
    return None
