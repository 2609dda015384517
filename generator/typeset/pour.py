"""The story through its panels: page after page on flat layouts; on folded and bound ones, breaks chosen for all at
once."""

from __future__ import annotations

from functools import cache

from ..model.layout import Panel
from ..model.record import record
from .flow import NEVER, Flow
from .frame import START, Break, Filling, Position, best_break, fill, last_break

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

Frames = list[tuple[Panel, Filling, Break | None]]
"""Panel, what was placed in it, and where to stop (None: all of it)."""


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


def pour(flow: Flow, chain: list[Panel], grid: float, repeat: bool, most: int | None,
         hopeless: bool = False) -> Pouring:
    """Pour a flow through panels; `repeat`: the last one as often as needed, `most` times at most. `hopeless`: it is
    known that it does not fit, so that no breaks are sought that would make it."""
    pouring = _poured(flow, chain, grid, repeat, most, hopeless)
    if pouring.rest is not None and (fresh := [leaf for leaf in flow.leaves if leaf.fresh]):
        for leaf in fresh:  # pages that its author wants to begin, for which there are too few
            leaf.fresh = False
        pouring = _poured(flow, chain, grid, repeat, most, hopeless)
        pouring.cut = True
    return pouring


def _poured(flow: Flow, chain: list[Panel], grid: float, repeat: bool, most: int | None, hopeless: bool) -> Pouring:
    if repeat:
        frames, rest = _pages(flow, chain, grid, most, tight=False)
        return Pouring(frames, rest, _cut(flow, frames), _astray(frames))
    frames, rest = None if hopeless else _panels(flow, chain, grid), None
    if frames is None:
        frames, rest = _pages(flow, chain, grid, len(chain), tight=True)
    return Pouring(frames, rest, _cut(flow, frames), _astray(frames))


def bind(flow: Flow, page: Panel, grid: float, most: int | None, unit: int, others: int) -> Pouring:
    """Pour a flow through pages of which, with `others` pages that stand around them, always `unit` make a sheet: what
    would stay blank is used, so that all pages are filled evenly."""
    pouring = pour(flow, [page], grid, True, most)
    pages = -(-(len(pouring.frames) + others) // unit) * unit - others
    if pouring.rest is None and pages <= MANY:
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
        if after == len(flow.leaves):
            continue
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


def _pages(flow: Flow, chain: list[Panel], grid: float, most: int | None,
           tight: bool) -> tuple[Frames, Position | None]:
    """One frame after the other, each ending at its best break; `tight`: as full as can be, to tell what is too
    much."""
    out: Frames = []
    position: Position = START
    been: set[Position] = set()
    while True:
        been.add(position)
        panel = chain[min(len(out), len(chain) - 1)]
        filling = fill(flow, position, panel.measure, panel.depth, grid, 1.0 if tight else WHOLE, panel)
        stop = filling.breaks[-1] if filling.done else (last_break if tight else best_break)(filling, panel.depth)
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
    room = sum(panel.depth for panel in chain)
    used = sum(piece.height + piece.before for leaf in flow.leaves for piece in leaf.pieces(chain[0].measure))
    torn = 1 + TORN * max(0.0, SHORT - used / room)

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

    @cache
    def best(k: int, start: Position) -> tuple[float, Break | None] | None:
        """(cost of frames k … last from `start` on, the break that ends frame k)."""
        f = filling(k, start)
        depth = chain[k].depth
        answer = None
        if f.done:
            slack = 1 - f.height / depth
            rest = (last - k) * UNEVEN * 1.5  # panels that stay empty
            answer = (
                UNEVEN * slack * slack * (0.4 if k == last else 1.0)
                + rest
                + misplaced(k, start, (len(flow.leaves), None)),
                None,
            )
        if k == last:
            return answer
        for b in reversed(f.breaks[:-1] if f.done else f.breaks):
            if b.penalty >= NEVER or b.end == start:
                continue
            slack = 1 - b.used / depth
            if slack > 0.75 and len(f.breaks) > 1:
                break
            penalty = b.penalty * torn if b.end[1] is not None else b.penalty
            here = penalty + UNEVEN * slack * slack + misplaced(k, start, b.end)
            if answer is not None and here >= answer[0]:
                continue
            rest = best(k + 1, b.end)
            if rest is not None and (answer is None or here + rest[0] < answer[0]):
                answer = here + rest[0], b
            if len(filled) > TRIED:
                break
        return answer

    out: Frames = []
    position = START
    if best(0, START) is not None:
        for k in range(len(chain)):
            stop = best(k, position)[1]
            out.append((chain[k], filling(k, position), stop))
            if stop is None:
                break
            position = stop.end
    best = None  # it holds itself, and with it everything that was tried
    return out or None
