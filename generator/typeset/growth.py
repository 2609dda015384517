"""What grows where a panel has room left, in the order of the look: pictures, the padding of tables, fine print and the
introduction, then gaps between blocks. Lines to write on, the last in that order, fill what is left (frame.py).

Nothing is set again but the block that grows, and only on the pages that are painted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from ..model.record import record
from .flow import NEVER, Flow, Leaf
from .frame import ENDLESS, START, WELL, Break, Filling, Placed, fill

GAP = 0.6
"""What a gap between blocks may grow by, in grid units."""
LARGEST = 3.5
"""Gap between questions that has grown, in multiples of what others grow by."""
LEAST = 2.0
"""Points: less room is left as it is."""
STEP = 0.1
"""Points between the sizes of a block that grows."""


@record(slots=True)
class Growing:
    """A block whose type may be larger where its panel has room."""

    leaves: list[Leaf]
    size: float
    """Of its type, points."""
    most: float
    """Its largest."""
    again: Callable[[float], Flow]
    """Its size → the block, set in it."""


def grown(filling: Filling, stop: Break | None, blocks: list[Growing], width: float, depth: float, grid: float,
          last: bool = False) -> Filling:
    """What stands in a frame of `width` × `depth` points, up to `stop`, with what may grow made larger until the frame
    is filled well. blocks: those of the leaflet, fine print before the introduction; last: nothing comes after this
    page, so that only type grows."""
    placed = filling.placed if stop is None else filling.placed[: stop.count]
    used = filling.height if stop is None else stop.used
    room = WELL * depth - used
    if room < LEAST or not placed or any(p.leaf.at is not None or p.leaf.until is not None for p in placed):
        return Filling(placed, [], True, used)  # full, or a cover, where each thing has its place
    placed = [Placed(p.y, p.piece, p.leaf) for p in placed]
    if not last:
        room -= _pictures(placed, width, room)
        room -= _padding(placed, width, room)
    for block in blocks:
        if room > LEAST:
            room -= _type(placed, block, width, room)
    if not last and not any(p.leaf.push for p in placed):
        room -= _spread(placed, room, GAP * grid)
    return Filling(placed, [], True, WELL * depth - room)


def to_grow(filling: Filling, stop: Break | None, blocks: list[Growing], width: float, grid: float) -> float:
    """About what `grown` can make of a frame at the most, points; nothing is set for it."""
    placed = filling.placed if stop is None else filling.placed[: stop.count]
    taken = sum(_limits(placed, GAP * grid).values())
    high: dict[int, float] = {}
    for p in placed:
        larger = p.piece.larger(ENDLESS, width)
        taken += p.piece.spare + (larger.height - p.piece.height if larger is not None else 0.0)
        high[id(p.leaf)] = high.get(id(p.leaf), 0.0) + p.piece.height
    for block in blocks:
        if all(id(leaf) in high for leaf in block.leaves):
            taken += ((block.most / block.size) ** 2 - 1) * sum(high[id(leaf)] for leaf in block.leaves)
    return taken


def _pictures(placed: list[Placed], width: float, room: float) -> float:
    """Pictures grow one after the other; returns what they take."""
    taken = 0.0
    for p in placed:
        p.y += taken
        larger = p.piece.larger(room - taken, width) if room - taken > LEAST else None
        if larger is not None:
            taken += larger.height - p.piece.height
            p.piece = larger
    return taken


def _padding(placed: list[Placed], width: float, room: float) -> float:
    """The rows of tables grow alike, but for tables that go on in another frame; returns what they take."""
    count = Counter(id(p.leaf) for p in placed if p.piece.spare)
    tables = {id(p.leaf) for p in placed if id(p.leaf) in count and p.piece is p.leaf.pieces(width)[-1]
              and count[id(p.leaf)] == sum(piece.spare > 0 for piece in p.leaf.pieces(width))}
    whole = sum(p.piece.spare for p in placed if id(p.leaf) in tables)
    part = min(1.0, room / whole) if whole else 0.0
    taken = 0.0
    for p in placed if part else ():
        p.y += taken
        if p.piece.spare and id(p.leaf) in tables:
            p.piece = p.piece.padded(part)
            taken += p.piece.extra
    return taken


def _type(placed: list[Placed], block: Growing, width: float, room: float) -> float:
    """A block that stands here as a whole takes the largest type that the room holds; returns what it takes."""
    first = next((i for i, p in enumerate(placed) if p.leaf is block.leaves[0]), len(placed))
    pieces = [piece for leaf in block.leaves for piece in leaf.pieces(width)]
    held = placed[first:first + len(pieces)]
    if len(held) < len(pieces) or any(p.piece is not piece for p, piece in zip(held, pieces)):
        return 0.0
    if not (high := _height(held)):
        return 0.0  # a rule alone
    size = min(block.most, block.size * ((high + room) / high) ** 0.5)  # an area grows with the square
    while size >= block.size + STEP:
        size = int(size / STEP + 0.001) * STEP
        made = fill(block.again(size), START, width, ENDLESS).placed
        more, down = _height(made) - high, held[0].y - made[0].y
        if more <= room:
            for p in placed[first + len(pieces):]:
                p.y += more
            placed[first:first + len(pieces)] = [Placed(p.y + down, p.piece, p.leaf) for p in made]
            return more
        size -= STEP
    return 0.0


def _height(placed: list[Placed]) -> float:
    return placed[-1].y + placed[-1].piece.height - placed[0].y


def _limits(placed: list[Placed], most: float) -> dict[int, float]:
    """What the gap before a piece may grow by: up to `most`, and up to LARGEST times that in all for large ones; the
    gap below a heading stays."""
    limits: dict[int, float] = {}
    for i, (above, p) in enumerate(zip(placed, placed[1:]), 1):
        gap = p.y - above.y - above.piece.height
        if gap > most / 2 and above.piece.penalty < NEVER and p.leaf is not above.leaf:
            limits[i] = max(most, LARGEST * most - gap) if gap > most else most
    return limits


def _spread(placed: list[Placed], room: float, most: float) -> float:
    """Share `room` among the gaps between blocks; returns what they take."""
    limits = _limits(placed, most)
    whole = sum(limits.values())
    part = min(1.0, room / whole) if whole else 0.0
    if part <= 0:
        return 0.0
    taken = 0.0
    for i, p in enumerate(placed):
        taken += limits.get(i, 0.0) * part
        p.y += taken
    return taken
