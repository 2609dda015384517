"""How a folded leaflet opens in a reader's hands, stage by stage: what a moving picture of it needs.

    letter fold:   cover  →  inside-1 and the flap  →  all of the inside  →  all of the outside  →  back, closed

A stage says which folds are still closed, and which face of one panel, the one that is held, one looks at. All else
follows: at each fold two panels are hinged, and a closed fold brings the faces together that its kind says.
"""

from __future__ import annotations

from ..model.layout import FoldSpec, LayoutSpec, Paper
from ..model.record import record, replace
from .across import below, fold_sheet, halve, strip_of
from .fold import Strip
from .sheet import fold_edges, trim


@record(frozen=True, slots=True)
class Stage:
    """What a reader holds at a moment."""

    closed: tuple[int, ...]
    """Folds that are closed, numbered from 0, left to right on the outside."""
    outside: bool
    """Whether one looks at the outside of the panel that is held, else at its inside."""
    seen: tuple[str, ...]
    """The panels that show whole, left to right (of two rows, the upper one first)."""
    halved: bool = False
    """Whether the upper row is folded over the lower one."""


@record(frozen=True, slots=True)
class Opening:
    """A folded sheet and the stages of its opening. Panels and folds as they stand on the printed outside."""

    outside: tuple[str, ...]
    """Panels of the outside, left to right; of two rows, the upper one first."""
    inside: tuple[str, ...]
    """What is printed on the back of each of these."""
    valley: tuple[bool, ...]
    """Of each fold: whether it brings outside faces together."""
    held: int
    """Number of the column whose panel (of two rows: whose lower panel) stays where it is."""
    up: tuple[bool, ...]
    """Of each panel: whether its outside lies on top when all is closed."""
    heights: tuple[int, ...]
    """Of each panel: how many lie under it then, in the stack of all of them."""
    stages: tuple[Stage, ...]
    across: tuple[bool, ...] = ()
    """Of two rows: of each column, whether the fold across brings its outside faces together."""
    turned: tuple[str, ...] = ()
    """Panels that are printed upside down."""


def opening(spec: LayoutSpec, paper: Paper, direction: str = "ltr") -> Opening | None:
    """How a sheet opens; None for layouts without a fold. Expects a spec without problems."""
    fold = spec.fold
    if fold is None:
        return None
    edges = fold_edges(fold, trim(spec, paper)[0], paper)
    strip = strip_of(fold, edges)
    stages, ups = _stages(fold, strip)
    count, last = fold.columns, len(fold.folds) - 1
    # A panel is held that need not be turned over from stage to stage.
    held = min(range(count), key=lambda at: (_turns(stages, ups, at), abs(2 * at - count + 1)))
    made = [Stage(closed, above == up[held], seen, halved) for (closed, above, seen, halved), up in zip(stages, ups)]
    heights = [strip.layers.index(leaf) for leaf in strip.leaves]
    rows = [Row(fold.outside[at : at + count], fold.inside[at : at + count][::-1], ups[0], heights)
            for at in range(0, len(fold.outside), count)]
    valley, across, turned = [kind == "valley" for kind in fold.folds], [], frozenset()
    if fold.across:
        folded = fold_sheet(fold, edges)
        across, turned = [kind == "valley" for kind in folded.across], folded.turned
        above = halve(strip, fold.across, below(fold)).upwards
        rows[0].up = [not up for up in rows[0].up]
        rows[0].heights = [2 * count - 1 - height if above else count - 1 - height for height in heights]
        rows[1].heights = [height if above else count + height for height in heights]
    if direction == "rtl":  # all is mirrored, the faces one sees are not
        rows = [Row(row.outside[::-1], row.inside[::-1], row.up[::-1], row.heights[::-1]) for row in rows]
        valley, across, held = valley[::-1], across[::-1], count - 1 - held
        made = [replace(one, closed=tuple(sorted(last - at for at in one.closed)),
                        seen=_mirrored(one.seen, fold.across is not None and not one.halved)) for one in made]
    outside, inside, up, heights = ([one for row in rows for one in getattr(row, key)]
                                    for key in ("outside", "inside", "up", "heights"))
    return Opening(tuple(outside), tuple(inside), tuple(valley), held, tuple(up), tuple(heights), tuple(made),
                   tuple(across), tuple(sorted(turned)))


@record(slots=True)
class Row:
    """Panels beside each other, from the left."""

    outside: list[str]
    inside: list[str]
    up: list[bool]
    heights: list[int]


def _mirrored(seen: tuple[str, ...], two: bool) -> tuple[str, ...]:
    """The names that one sees, from right to left; `two`: they stand in two rows."""
    half = len(seen) // 2 if two else 0
    return seen[:half][::-1] + seen[half:][::-1]


def _turns(stages: list[Seen], ups: list[list[bool]], at: int) -> int:
    """How often a panel would be turned over while the leaflet is opened; the last two stages turn it anyway."""
    faces = [above == up[at] for (_, above, _, _), up in zip(stages, ups)][:-2]
    return sum(one != other for one, other in zip(faces, faces[1:]))


Seen = tuple[tuple[int, ...], bool, tuple[str, ...], bool]
"""(folds that are closed, whether one looks from above, panels that show, whether the upper row is folded over)"""


def _stages(fold: FoldSpec, strip: Strip) -> tuple[list[Seen], list[list[bool]]]:
    """Close a strip; every stage of its opening, and for each of them, of every column whether its outside lies on top.
    As in fold.fold_flat and across.fold_sheet, whose views these are."""
    order = list(fold.order) or list(range(1, len(fold.folds) + 1))
    flat = [True] * fold.columns
    before: list[tuple[tuple[int, ...], bool, tuple[str, ...], list[bool]]] = []
    """Of each fold: what one sees when it alone has been opened again."""
    for number in order:
        if number - 1 in strip.made:
            continue
        closed, views, lying = tuple(sorted(strip.made)), (strip.look(True), strip.look(False)), _lying(strip)
        upwards = strip.fold(number - 1)
        before.append((closed, upwards, views[not upwards].panels, lying))
    every, closed_up = tuple(sorted(strip.made)), _lying(strip)
    above, under = strip.look(True).panels, strip.look(False).panels
    front = "cover" not in under  # as one looks at it first: from above
    stages: list[Seen] = []
    if fold.across is None:
        stages.append((every, front, above if front else under, False))
    else:
        pairs = below(fold)
        halved = halve(strip, fold.across, pairs)
        above, under, front = halved.above.panels, halved.below.panels, "cover" not in halved.below.panels
        stages += [(every, front, above if front else under, True),
                   (every, halved.upwards, halved.opened.panels, False)]
        before = [(closed, upwards, (*seen, *(pairs[name] for name in seen)), lying)
                  for closed, upwards, seen, lying in before]
    ups = [closed_up] * len(stages)
    for closed, upwards, seen, lying in reversed(before[1:]):
        stages.append((closed, upwards, seen, False))
        ups.append(lying)
    stages += [((), False, tuple(fold.inside), False), ((), True, tuple(fold.outside), False),
               (every, not front, under if front else above, fold.across is not None)]
    return stages, [*ups, flat, flat, closed_up]


def _lying(strip: Strip) -> list[bool]:
    return [leaf.up for leaf in strip.leaves]
