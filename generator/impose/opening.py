"""How a folded leaflet opens in a reader's hands, stage by stage: what a moving picture of it needs.

    letter fold:   cover  →  inside-1 and the flap  →  all of the inside  →  all of the outside  →  back, closed

A stage says which folds are still closed, and which face of one panel, the one that is held, one looks at. All else
follows: at each fold two panels are hinged, and a closed fold brings the faces together that its kind says.
"""

from __future__ import annotations

from ..model.layout import FoldSpec, LayoutSpec, Paper
from ..model.record import record
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
    """The panels that show whole, left to right."""


@record(frozen=True, slots=True)
class Opening:
    """A folded sheet and the stages of its opening. Panels and folds as they stand on the printed outside."""

    outside: tuple[str, ...]
    """Panels of the outside, left to right."""
    inside: tuple[str, ...]
    """What is printed on the back of each of these."""
    valley: tuple[bool, ...]
    """Of each fold: whether it brings outside faces together."""
    held: int
    """Number of the panel that stays where it is."""
    up: tuple[bool, ...]
    """Of each panel: whether its outside lies on top when all is closed."""
    heights: tuple[int, ...]
    """Of each panel: how many lie under it then, in the stack of all of them."""
    stages: tuple[Stage, ...]


def opening(spec: LayoutSpec, paper: Paper, direction: str = "ltr") -> Opening | None:
    """How a sheet opens; None for layouts without a fold. Expects a spec without problems."""
    fold = spec.fold
    if fold is None:
        return None
    stages, ups, heights = _stages(fold, paper, trim(spec, paper)[0])
    count, last = len(fold.outside), len(fold.folds) - 1
    # A panel is held that need not be turned over from stage to stage.
    held = min(range(count), key=lambda at: (_turns(stages, ups, at), abs(2 * at - count + 1)))
    outside, inside, valley = list(fold.outside), list(fold.inside)[::-1], [kind == "valley" for kind in fold.folds]
    made = [Stage(closed, above == up[held], seen) for (closed, above, seen), up in zip(stages, ups)]
    up = ups[0]
    if direction == "rtl":  # all is mirrored, the faces one sees are not
        outside, inside, valley, held = outside[::-1], inside[::-1], valley[::-1], count - 1 - held
        up, heights = up[::-1], heights[::-1]
        made = [Stage(tuple(sorted(last - at for at in one.closed)), one.outside, one.seen[::-1]) for one in made]
    return Opening(tuple(outside), tuple(inside), tuple(valley), held, tuple(up), tuple(heights), tuple(made))


def _turns(stages: list, ups: list[list[bool]], at: int) -> int:
    """How often a panel would be turned over while the leaflet is opened; the last two stages turn it anyway."""
    faces = [above == up[at] for (_, above, _), up in zip(stages, ups)][:-2]
    return sum(one != other for one, other in zip(faces, faces[1:]))


Seen = tuple[tuple[int, ...], bool, tuple[str, ...]]
"""(folds that are closed, whether one looks from above, panels that show)"""


def _stages(fold: FoldSpec, paper: Paper, width: float) -> tuple[list[Seen], list[list[bool]], list[int]]:
    """Every stage; for each of them, of every panel whether its outside lies on top; and the panels' heights. As in
    fold.fold_flat, whose views these are."""
    order = list(fold.order) or list(range(1, len(fold.folds) + 1))
    edges = fold_edges(fold, width, paper)
    strip = Strip(list(fold.outside), list(fold.inside), edges, list(fold.folds))
    flat = [True] * len(fold.outside)
    before: list[tuple[tuple[int, ...], bool, tuple[str, ...], list[bool]]] = []
    """Of each fold: what one sees when it alone has been opened again."""
    for number in order:
        if number - 1 in strip.made:
            continue
        closed, views, lying = tuple(sorted(strip.made)), (strip.look(True), strip.look(False)), _lying(strip)
        upwards = strip.fold(number - 1)
        before.append((closed, upwards, views[not upwards].panels, lying))
    every = tuple(sorted(strip.made))
    above, below = strip.look(True).panels, strip.look(False).panels
    front = "cover" not in below  # as one looks at it first: from above
    stages = [(every, front, above if front else below)]
    ups = [_lying(strip)]
    for closed, upwards, seen, lying in reversed(before[1:]):
        stages.append((closed, upwards, seen))
        ups.append(lying)
    stages += [((), False, tuple(fold.inside)), ((), True, tuple(fold.outside)),
               (every, not front, below if front else above)]
    return stages, [*ups, flat, flat, _lying(strip)], [strip.layers.index(leaf) for leaf in strip.leaves]


def _lying(strip: Strip) -> list[bool]:
    return [leaf.up for leaf in strip.leaves]
