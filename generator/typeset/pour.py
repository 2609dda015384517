"""The story through its panels: page after page on flat layouts; on folded and bound ones, breaks chosen for all at
once."""

from __future__ import annotations

import math
from collections.abc import Callable

from ..model.layout import Panel
from ..model.record import record
from .flow import NEVER, Flow, Piece
from .frame import ENDLESS, START, Break, Filling, Position, best_break, fill, fullest_break, last_break
from .rows import Columns

WHOLE = 0.7
"""Part of a page up to which a thing is kept whole, at the price of an empty foot; in a panel all of it."""
UNEVEN = 260.0
"""Weight of a panel's emptiness (squared part of its depth) against the penalties of breaks."""
SHORT, TORN = 0.5, 20.0
"""Part of the panels that a short text fills at the most, and how much more a break within one of its paragraphs counts
for each part that it fills less: it is not torn while a panel has room."""
ASTRAY = 400.0
"""Penalty where a part that asks to begin a panel begins elsewhere."""
MANY = 16
"""Pages of a bound leaflet up to which all breaks are chosen at once."""
TRIED = 1000
"""Fillings of panels that are looked at for a leaflet; after so many each panel ends at its fullest break. Ordinary
text takes 200, as lines meet again wherever they began; those of a word of thousands of letters do not."""

SURE = 0.95
"""How exact the height of a rest is that was not set: it is at least this part of what is reckoned."""

Frames = list[tuple[Panel, Filling, Break | None]]
"""Panel, what was placed in it, and where to stop (None: all of it)."""


Stop = Callable[[Filling, float], Break | None]
"""A filling and its frame's depth → where the frame ends."""


@record(slots=True)
class Pouring:
    """A flow in its frames."""

    frames: Frames
    rest: Position | None
    """Where what does not fit begins."""
    cut: bool = False
    """Something that should stay whole is cut."""
    astray: int = 0
    """Parts that begin in another panel than they ask for."""


def pour(flow: Flow, chain: list[Panel], grid: float, repeat: bool, most: int | None, hopeless: bool = False,
         sideways: Panel | None = None) -> Pouring:
    """Pour a flow through panels; `repeat`: the last one as often as needed, `most` times at most. `hopeless`: it is
    known that it does not fit, so that no breaks are sought that would make it. `sideways`: the page that stands in for
    the repeated one where leaves ask for it."""
    pouring = _poured(flow, chain, grid, repeat, most, hopeless, sideways)
    if pouring.rest is not None and (fresh := [leaf for leaf in flow.leaves if leaf.fresh]):
        for leaf in fresh:  # pages that its author wants to begin, for which there are too few
            leaf.fresh = False
        pouring = _poured(flow, chain, grid, repeat, most, hopeless, sideways)
        pouring.cut = True
    return pouring


def _poured(flow: Flow, chain: list[Panel], grid: float, repeat: bool, most: int | None, hopeless: bool,
            sideways: Panel | None) -> Pouring:
    if repeat:
        frames, rest = _pages(flow, chain, grid, most, best_break, sideways)
        return Pouring(frames, rest, _cut(flow, frames), _astray(frames))
    frames, rest = None if hopeless else _panels(flow, chain, grid), None
    if frames is None:
        frames, rest = _pages(flow, chain, grid, len(chain), last_break)
        if rest is not None:  # what is too much is told as if every panel were full
            frames, rest = _pages(flow, chain, grid, len(chain), fullest_break)
    return Pouring(frames, rest, _cut(flow, frames), _astray(frames))


def bind(flow: Flow, page: Panel, grid: float, most: int | None, unit: int, others: int) -> Pouring:
    """Pour a flow through pages of which, with `others` pages that stand around them, always `unit` make a sheet: what
    would stay blank is used, so that all pages are filled evenly. A sheet less does where nothing is cut for it."""
    pouring = pour(flow, [page], grid, True, most)

    def sheets(count: int) -> int:
        return -(-(count + others) // unit) * unit - others

    pages = sheets(len(pouring.frames))
    if pouring.rest is None and pages <= MANY:
        held = sum(p.piece.height for _, f, stop in pouring.frames for p in f.placed[: stop.count if stop else None])
        fewer = sheets(math.ceil(held / page.depth))
        frames = _panels(flow, [page] * fewer, grid) if 0 < fewer < pages else None
        if frames is not None and not _cut(flow, frames):
            return Pouring(frames, None, False, _astray(frames))
        frames = _panels(flow, [page] * pages, grid)
        if frames is not None:
            return Pouring(frames, None, _cut(flow, frames), _astray(frames))
    return pouring


def _cut(flow: Flow, frames: Frames) -> bool:
    """Whether a frame ends within something that should stay whole, be it higher than the frame or not."""
    for panel, filling, stop in frames:
        if stop is None:
            continue
        index, at = stop.end
        before, after = (index, index) if at is not None else (index - 1, index)
        if after == len(flow.leaves) or flow.leaves[before].sideways != flow.leaves[after].sideways:
            continue  # upright and landscape pages cannot be one
        leaf = flow.leaves[before]
        for group in set(leaf.groups) & set(flow.leaves[after].groups):
            if at is not None and filling.placed[stop.count - 1].piece.clean and group in flow.parted:
                continue
            if at is not None or not flow.may_part(group, leaf, panel.measure):
                return True
    return False


def _astray(frames: Frames) -> int:
    """Parts that begin in another panel than they ask for, or not at its top."""
    chain, count = {panel.name for panel, _, _ in frames}, 0
    for panel, filling, stop in frames:
        shown = filling.placed if stop is None else filling.placed[: stop.count]
        count += len({id(p.leaf) for p in shown if p.leaf.panel in chain and not (
            p.leaf is shown[0].leaf and p.leaf.panel == panel.name)})
    return count


def _pages(flow: Flow, chain: list[Panel], grid: float, most: int | None, stop_of: Stop,
           sideways: Panel | None = None) -> tuple[Frames, Position | None]:
    """One frame after the other, each ending where `stop_of` says."""
    out: Frames = []
    position: Position = START
    been: set[Position] = set()
    while True:
        been.add(position)
        panel = chain[min(len(out), len(chain) - 1)]
        if sideways is not None and position[0] < len(flow.leaves) and flow.leaves[position[0]].sideways:
            panel = sideways
        filling = fill(flow, position, panel.measure, panel.depth, grid, WHOLE if stop_of is best_break else 1.0,
                       panel)
        stop = filling.breaks[-1] if filling.done else stop_of(filling, panel.depth)
        if stop is None or stop.end in been and not filling.done:
            return out, position  # nothing more fits: the frame is too small for a single piece
        out.append((panel, filling, None if filling.done else stop))
        position = stop.end
        if filling.done:
            return out, None
        if most is not None and len(out) >= most:
            return out, position


def _panels(flow: Flow, chain: list[Panel], grid: float) -> Frames | None:
    """The breaks that make all panels together look best; None where the flow does not fit them."""
    last = len(chain) - 1
    filled: dict = {}
    ahead = Ahead(flow, chain, grid)
    torn = 1 + TORN * max(0.0, SHORT - ahead.used / ahead.room)

    def filling(k: int, start: Position) -> Filling:
        panel = chain[k]
        key = (start, panel.measure, panel.depth)
        if key not in filled:
            filled[key] = fill(flow, start, panel.measure, panel.depth, grid, panel=panel)
        return filled[key]

    def misplaced(k: int, start: Position, end: Position) -> float:
        """Parts that begin inside this panel though they ask for the top of another, or of this one."""
        cost = 0.0
        first, stop = start[0], end[0] + (end[1] is not None)
        for i in range(first, min(stop, len(flow.leaves))):
            wish = flow.leaves[i].panel
            goes_on = i == first and start[1] is not None
            if wish and not goes_on and not (i == first and wish == chain[k].name):
                cost += ASTRAY
        return cost

    solved: dict[tuple[int, Position], tuple[float, Break | None]] = {}
    refused: dict[tuple[int, Position], float] = {}
    """Number of a frame and where it begins → no way from there on costs less than this."""

    def best(k: int, start: Position, left: float, limit: float) -> tuple[float, Break | None] | None:
        """(cost of frames k … last from `start` on, the break that ends frame k); None where it is `limit` or more.
        left: about how much is still to be set."""
        answer = solved.get((k, start))
        if answer is not None:
            return answer if answer[0] < limit else None
        if refused.get((k, start), -1.0) >= limit or ahead.least(k, start, left) >= limit:
            return None
        asked, limit = limit, math.inf if (k, start) in refused else limit  # no place is looked through a third time
        f = filling(k, start)
        depth = chain[k].depth
        bound = limit
        if f.done:
            slack = 1 - f.height / depth
            rest = (last - k) * UNEVEN * 1.5  # panels that stay empty
            cost = (
                UNEVEN * slack * slack * (0.4 if k == last else 1.0)
                + rest
                + misplaced(k, start, (len(flow.leaves), None))
            )
            if cost < bound:
                answer, bound = (cost, None), cost
        for b in () if k == last else reversed(f.breaks[:-1] if f.done else f.breaks):
            if b.penalty >= NEVER or b.end == start:
                continue
            slack = 1 - b.used / depth
            if slack > 0.75 and len(f.breaks) > 1:
                break
            penalty = b.penalty * torn if b.end[1] is not None else b.penalty
            here = penalty + UNEVEN * slack * slack
            if here < bound:
                here += misplaced(k, start, b.end)
            if here >= bound:
                continue
            rest = best(k + 1, b.end, ahead.left(b.end, left - b.used), bound - here)
            if rest is not None and here + rest[0] < bound:
                bound = here + rest[0]
                answer = bound, b
            if len(filled) > TRIED:
                break
        if answer is None:
            refused[k, start] = limit
            return None
        solved[k, start] = answer
        return answer if answer[0] < asked else None

    out: Frames = []
    position = START
    if best(0, START, ahead.all, math.inf) is not None:
        for k in range(len(chain)):
            stop = solved[k, position][1]
            out.append((chain[k], filling(k, position), stop))
            if stop is None:
                break
            position = stop.end
    best = None  # it holds itself, and with it everything that was tried
    return out or None


class Ahead:
    """About how high the rest of a flow is, without setting it: from what it takes in one endless frame.

    It exists for speed alone: where the rest surely needs more room than the panels have, or surely leaves so much of
    them empty that a known way is better, no panel is filled to find that out. A brochure takes 42 ms with it and 61
    without (the article, all texts new). What it costs is this class; a property test holds that the breaks are those
    of a search without it.
    """

    def __init__(self, flow: Flow, chain: list[Panel], grid: float) -> None:
        widths = [panel.measure for panel in chain]
        whole = fill(flow, START, widths[0], ENDLESS, grid)
        self.used = sum(p.piece.height + p.piece.before for p in whole.placed)
        self.room = sum(panel.depth for panel in chain)
        self.all = whole.height
        self._ends = {b.end: b.used for b in whole.breaks}
        self._narrow, self._wide = widths[0] / min(widths), widths[0] / max(widths)
        self._slip = 6 * grid
        """What may be won or lost where a frame ends: a gap, the padding of boxes, lines that break elsewhere."""
        # Pictures that shrink may take any room; blocks that ask for a height, and columns, may leave any.
        self._soft = sum(p.piece.height for p in whole.placed
                         if p.piece.__class__.shrunk is not Piece.shrunk or isinstance(p.leaf, Columns))
        names = [panel.name for panel in chain]
        tops: dict[int, float] = {}
        for p in whole.placed:
            tops.setdefault(id(p.leaf), p.y)
        self._wishes = [(i, names.index(leaf.panel) if leaf.panel in names else -1, tops.get(id(leaf), 0.0))
                        for i, leaf in enumerate(flow.leaves) if leaf.panel]
        self._free = any(leaf.at is not None or leaf.until is not None or isinstance(leaf, Columns)
                         for leaf in flow.leaves)
        depths = [panel.depth for panel in chain]
        self._rooms = [sum(depths[k:]) for k in range(len(chain) + 1)]
        weights = [1.0] * (len(chain) - 1) + [0.4]
        self._shares = [sum(d * d / w for d, w in zip(depths[k:], weights[k:])) for k in range(len(chain) + 1)]

    def left(self, position: Position, about: float) -> float:
        """Height from a position on; `about`, where it is a place at which the endless frame has no line's end."""
        used = self._ends.get(position)
        return about if used is None else self.all - used

    def least(self, k: int, start: Position, left: float) -> float:
        """What frames k … last cost at least, from a position on with so much to set."""
        if self._surely(left, len(self._rooms) - 1 - k) > self._rooms[k]:
            return math.inf
        cost, (index, at) = 0.0, start
        for i, wished, top in self._wishes:
            if i > index:
                above = top - self.all + left  # what stands before it, from the position on
                if wished <= k or self._surely(above, wished - k) > self._rooms[k] - self._rooms[wished]:
                    cost += ASTRAY
            elif i == index and at is None and wished != k:
                cost += ASTRAY
        empty = self._rooms[k] - left / SURE * self._narrow - self._slip * (len(self._rooms) - 1 - k)
        return cost + (UNEVEN * empty * empty / self._shares[k] if empty > 0 and not self._free else 0.0)

    def _surely(self, height: float, frames: int) -> float:
        """What text of this height takes at least in so many frames."""
        return height * SURE * self._wide - self._slip * frames - self._soft
