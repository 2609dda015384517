"""Pieces → places in a frame: spacing, the baseline grid, where a frame may end, and the painting of what it holds."""

from __future__ import annotations

import math
from typing import Any

from ..model.layout import Panel
from ..model.record import record, replace
from .canvas import Canvas
from .flow import KEEP, NEVER, Box, EdgeLeaf, Flow, Leaf, Piece
from .grounds import ground, reaching
from .ruled import RuleLeaf

EPS = 0.01
Position = tuple[int, Any]
EMPTY = 1000.0
"""Weight of the room that a page leaves empty (squared part of its depth) against the penalty of a break."""
START: Position = (0, None)
PARTED = 40.0
"""Penalty of a break within a long block after a paragraph: a fifth of a page would stay empty otherwise."""
MOVED = 36.0
"""Points below a frame's head from which a ground that begins the frame does not reach up to the panel's head: it was
moved down."""
WELL = 0.88
"""Part of a panel that is filled where it is filled well."""
ENDLESS = 1e6
"""Points: the depth of a frame that holds anything."""


@record(slots=True)
class Placed:
    """A piece at its height in the frame."""

    y: float
    piece: Piece
    leaf: Leaf


@record(slots=True)
class Break:
    """A place where the frame may end."""

    end: Position
    used: float
    """Height used, boxes closed."""
    penalty: float
    count: int
    """Number of pieces before it."""


@record(slots=True)
class Filling:
    """A frame filled as far as its depth allows."""

    placed: list[Placed]
    breaks: list[Break]
    """In order; the last may be the end of the flow."""
    done: bool
    """Everything fits."""
    height: float
    """What the pieces placed take."""


def fill(flow: Flow, start: Position, width: float, depth: float, grid: float = 0.0, whole: float = 1.0,
         panel: Panel | None = None, below: bool = False) -> Filling:
    """Place pieces from `start` down a frame of `width` × `depth` points; grid > 0: snap text that asks for it.
    `panel`: whose frame it is, for blocks that ask for a height on it. below: something else stands above, so that
    nothing here begins the panel.

    Space above the first piece of a frame is dropped; of two meeting spaces the larger counts. What is to be kept whole
    is, up to the part `whole` of the depth; higher things may be cut.
    """
    placed: list[Placed] = []
    breaks: list[Break] = []
    leaves = flow.leaves
    index, at = start
    y = 0.0
    space = 0.0
    fresh = True
    phase: float | None = None
    if index < len(leaves):
        y += sum(box.look.pad_top for box in _continued(leaves[index]))
    most = depth + EPS
    while index < len(leaves):
        leaf = leaves[index]
        # Nested flows have no panel: no page begins in them.
        if placed and panel is not None and (leaf.fresh or leaf.sideways != leaves[index - 1].sideways):
            here = [b for b in breaks[-1:] if b.end == (index, None)]
            return Filling(placed, [replace(here[0], penalty=0.0)] if here else breaks, False, y)
        following = leaves[index + 1] if index + 1 < len(leaves) else None
        edge = leaf.__class__ is EdgeLeaf
        closing = sum([box.look.pad_bottom for box in _continuing(leaf)]) if leaf.boxes else 0.0
        groups, snap = leaf.groups, grid and leaf.snap
        pieces = leaf.pieces(width, at)
        if (
            edge
            and leaf.boxes[-1].look.ground != "box"
            and (not placed and not below and not leaf.at if leaf.open else following is None)
        ):
            pieces = [_flat(pieces[0])]  # a ground that begins or ends the panel: the panel's margin is its padding
        elif edge and not leaf.open and leaf.boxes[-1].look.height:
            y = _deepened(placed, leaf, y)
        wish = None if panel is None or at is not None else _wish(leaf, pieces, panel)
        for piece in pieces:
            top = y
            if not (fresh or edge and not leaf.open):  # else a box's padding is the space
                before = piece.before
                before = max(before, space)
                top += before
            if wish is not None:
                top, wish = max(top, wish), None
            if snap:
                if phase is None:  # below a heading that begins the frame, the lines are those of this frame alone
                    phase = top if placed and _head(placed) == 0 else 0.0
                top = _snapped(top, grid, placed, phase)
            bottom = top + piece.height
            end = piece.end
            inside = end is not None
            over = bottom > most
            if over and panel is not None and all(b.penalty >= NEVER for b in breaks):  # nothing but headings above it
                smaller = piece.shrunk(depth - closing - top - _belongs(leaves, index, width))
                if smaller is not None:
                    piece, bottom, over = smaller, top + smaller.height, False
            if over or not breaks and bottom + closing > most:
                part = (
                    piece.split(depth - closing - top)
                    if not breaks or piece.soft or piece.height > depth * 0.6
                    else None
                )
                if part is not None:
                    placed.append(Placed(top, part, leaf))
                    cost = (40.0 if piece.soft else 500.0) + _kept(
                        leaf, leaf, flow, width, depth * whole, depth, part.clean
                    )
                    breaks.append(Break((index, part.end), top + part.height + closing, cost, len(placed)))
                    return Filling(placed, breaks, False, top + part.height)
                if over:
                    return Filling(placed, breaks, False, bottom)
            placed.append(Placed(top, piece, leaf))
            y, space, fresh = bottom, piece.after, False
            penalty = piece.penalty
            if not inside and following is None:
                breaks.append(Break((index + 1, None), y, 0.0, len(placed)))
                return Filling(placed, breaks, True, y)
            if penalty >= NEVER:
                penalty = NEVER if y + closing <= most else 2 * NEVER
            elif y + closing > most:
                continue
            elif groups:
                penalty += _kept(leaf, leaf if inside else following, flow, width, depth * whole, depth)
            breaks.append(Break((index, end) if inside else (index + 1, None), y + closing, penalty, len(placed)))
        fresh = fresh or edge and leaf.open  # the padding is the space
        index, at = index + 1, None
    breaks.append(Break((index, None), y, 0.0, len(placed)))
    return Filling(placed, breaks, True, y)


def _belongs(leaves: list[Leaf], index: int, width: float) -> float:
    """Height of what follows a leaf in the innermost group that it is in, such as the line under a picture."""
    groups, height = leaves[index].groups, 0.0
    for leaf in leaves[index + 1:index + 4]:
        if not groups or groups[-1] not in leaf.groups:
            break
        height += sum(max(piece.before, 0.0) + piece.height for piece in leaf.pieces(width))
    return height


def _flat(edge: Piece) -> Piece:
    return Piece(0.0, edge.end, edge.penalty, edge.before, edge.after)


def _wish(leaf: Leaf, pieces: list[Piece], panel: Panel) -> float | None:
    """Where a block asks to stand, measured from the top of the panel's frame."""
    if leaf.at is not None:
        return leaf.at * panel.height - panel.top
    if leaf.until is not None:
        return leaf.until * panel.height - panel.top - sum(piece.height for piece in pieces)
    return None


def _deepened(placed: list[Placed], leaf: Leaf, y: float) -> float:
    """The foot of a box that has a least height: what it holds moves down to it. Returns where its closing edge
    begins."""
    box = leaf.boxes[-1]
    first = next((k for k, p in enumerate(placed) if p.leaf.boxes and box in p.leaf.boxes), len(placed))
    if first == len(placed):
        return y
    lack = box.look.height - (y + box.look.pad_bottom - placed[first].y)
    if lack <= 0 or not _opens(placed[first].leaf):
        return y
    for p in placed[first + 1:]:
        p.y += lack
    return y + lack


def _kept(leaf: Leaf, following: Leaf, flow: Flow, width: float, depth: float, page: float,
          clean: bool = False) -> float:
    """Penalty of a break between two leaves, or within one (`following` is then the same), that are to be kept
    together.

    A group is kept whole where it is no higher than `depth`, one that its author keeps (keep=whole) where it is no
    higher than `page`. clean: the break within a leaf is after a paragraph."""
    cost = 0.0
    for group in leaf.groups:
        if group in following.groups and flow.group_height(group, width) <= (depth if group >= 0 else page):
            if not (group in flow.parted and clean or leaf is not following and flow.may_part(group, leaf, width)):
                return KEEP
            cost = PARTED
    return cost


def _head(placed: list[Placed]) -> int:
    """Number of the first piece of the heading that stands last; of as many as there are where none does."""
    first = len(placed)
    while first and (placed[first - 1].leaf.penalty >= NEVER or _opens(placed[first - 1].leaf)):
        first -= 1
    return first


def _snapped(top: float, grid: float, placed: list[Placed], phase: float) -> float:
    """The next line of the grid, which has a line at `phase`. What this adds goes above a heading that stands directly
    before, not below it, so that all headings have one distance from their texts."""
    on = phase + math.ceil((top - phase - EPS) / grid) * grid
    if abs(on - top) < 1e-6:
        return on  # nearly all lines after the first of a text
    first = _head(placed)
    if first in (0, len(placed)) or placed[first].leaf.boxes and not _opens(placed[first].leaf):
        return on  # at the top of a frame the first heading stays where it is
    for p in placed[first:]:
        p.y += on - top
    return on


def _opens(leaf: Leaf) -> bool:
    return isinstance(leaf, EdgeLeaf) and leaf.open


def _closes(leaf: Leaf) -> bool:
    return isinstance(leaf, EdgeLeaf) and not leaf.open


def _continued(leaf: Leaf) -> tuple[Box, ...]:
    """Boxes that were opened in an earlier frame and go on in this one."""
    return leaf.boxes[:-1] if _opens(leaf) else leaf.boxes


def _continuing(leaf: Leaf) -> tuple[Box, ...]:
    """Boxes that are open after this leaf."""
    return leaf.boxes[:-1] if _closes(leaf) else leaf.boxes


def best_break(filling: Filling, depth: float) -> Break | None:
    """The break that costs least: its penalty against the room it leaves empty; None where nothing at all was
    placed."""
    best, cost = None, math.inf
    for b in filling.breaks:
        slack = max(0.0, 1 - b.used / depth)
        c = b.penalty + EMPTY * slack * slack
        if c <= cost:
            best, cost = b, c
    return best


def last_break(filling: Filling, depth: float) -> Break | None:
    """The break that leaves least room empty, and cuts nothing that is to be kept whole if it can be helped."""
    for most in (KEEP, NEVER, 2 * NEVER, math.inf):
        allowed = [b for b in filling.breaks if b.penalty < most]
        if allowed and (most > KEEP or allowed[-1].used > depth / 2):
            return allowed[-1]
    return None


def fullest_break(filling: Filling, depth: float) -> Break | None:
    """The break that leaves least room empty, also within what is to be kept whole, but below no heading."""
    return next((b for b in reversed(filling.breaks) if b.penalty < NEVER), last_break(filling, depth))


def paint(filling: Filling, stop: Break | None, canvas: Canvas, x: float, y: float, width: float,
          depth: float) -> float:
    """Paint what was placed up to `stop` (all where None), with the grounds of boxes behind it.

    x, y: the frame's top left corner. Blocks that push move down to the frame's foot; lines to write on that may become
    more fill the room above. Returns the height used, 0 to depth.
    """
    placed = filling.placed if stop is None else filling.placed[: stop.count]
    if not placed:
        return 0.0
    used = filling.height if stop is None else stop.used
    shift_from, shift = len(placed), 0.0
    for i, p in enumerate(placed):
        if p.leaf.push and (i == 0 or not placed[i - 1].leaf.push):
            shift_from, shift = i, max(0.0, depth - used)
            break
    lines = next(
        (i for i in range(len(placed) - 1, shift_from - 1, -1) if isinstance(placed[i].leaf, RuleLeaf)), len(placed)
    )
    more, pitch = placed[lines].leaf.room_for(shift) if lines < len(placed) else (0, 0.0)
    tops = [
        y + p.y + (0.0 if i < shift_from else shift if i > lines else shift - more * pitch)
        for i, p in enumerate(placed)
    ]
    _boxes(placed, tops, canvas, x, y, width)
    for i, (p, top) in enumerate(zip(placed, tops)):
        p.piece.paint(canvas, x, top, width)
        for k in range(more if i == lines else 0):
            p.piece.paint(canvas, x, top + (k + 1) * pitch, width)
    return depth if shift else used


def _boxes(placed: list[Placed], tops: list[float], canvas: Canvas, x: float, y: float, width: float) -> None:
    """Grounds and borders, outer boxes first."""
    spans: dict[int, list] = {}
    for p, top in zip(placed, tops):
        for i, box in enumerate(p.leaf.boxes):
            span = spans.get(id(box))
            if span is None:
                starts = _opens(p.leaf) and p.leaf.boxes[-1] is box
                above = sum(b.look.pad_top for b in _continued(p.leaf)[i:])
                spans[id(box)] = [box, top - above, top + p.piece.height, starts, p.leaf]
            else:
                span[2], span[4] = top + p.piece.height, p.leaf
    for box, top, bottom, starts, last in spans.values():
        ends = _closes(last) and last.boxes[-1] is box
        bottom += sum(b.look.pad_bottom for b in _continuing(last)[last.boxes.index(box):])
        if box.look.ground != "box" and canvas.page is not None:
            head = 0.0 if not canvas.below and box in placed[0].leaf.boxes and tops[0] < y + MOVED else top
            to_foot = box.look.ground == "panel" and last is placed[-1].leaf
            reaching(canvas, box.look, head, canvas.page.height if to_foot else bottom)
            continue
        left, right = (box.right, box.left) if box.look.rtl else (box.left, box.right)
        ground(canvas, box.look, x + left, top, width - left - right, bottom - top, top=starts, bottom=ends)
