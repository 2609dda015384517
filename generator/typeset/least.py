"""How few pages a flow could take at a smaller body size, told without setting it anew.

What is told is a lower bound: the heights of all lines and the spaces between blocks; nothing is snapped, kept whole or cut.
Copy-fit asks it whether a smaller size could save a page; most times it could not, and half of its work is saved instead.
"""

from __future__ import annotations

from .flow import EdgeLeaf, Flow, Leaf, RuleLeaf, TextLeaf
from .look import FLOOR
from .rows import Columns, SideBySide
from .table import NARROW, TableLeaf

SURE = 1.0
"""Points by which a page may seem to be too small for what it holds, for all roundings together."""


def least_pages(flow: Flow, width: float, depth: float, scale: float) -> int:
    """Pages of `width` × `depth` points below which the flow cannot be set when all its sizes are `scale` (up to 1) times
    what they are. (Sizes that have a floor shrink by less.)"""
    gaps = [scale * gap for gap in _gaps(flow)]
    height = least_height(flow, width, scale) + sum(gaps)
    dropped = max(gaps, default=0.0)  # space above the first block of a page
    pages = 1
    while height - (pages - 1) * dropped > pages * depth + SURE:
        pages += 1
    return pages


def least_height(flow: Flow, width: float, scale: float) -> float:
    """Height of the blocks alone, without the spaces between them."""
    return sum(_height(leaf, width - scale * (leaf.left + leaf.right), scale) for leaf in flow.leaves)


def _gaps(flow: Flow) -> list[float]:
    """Spaces between blocks; there is none within the edges of a box."""
    return [
        max(above.after, below.before)
        for above, below in zip(flow.leaves, flow.leaves[1:])
        if not (isinstance(above, EdgeLeaf) and above.open or isinstance(below, EdgeLeaf) and not below.open)
    ]


def _height(leaf: Leaf, room: float, scale: float) -> float:
    if isinstance(leaf, TextLeaf):
        return _text(leaf, room, scale)
    if isinstance(leaf, EdgeLeaf):
        return leaf.height * scale
    if isinstance(leaf, RuleLeaf):
        return leaf.count * leaf.pitch * scale
    if isinstance(leaf, TableLeaf):
        return _table(leaf, room, scale)
    if isinstance(leaf, Columns):
        return least_height(leaf.flow, (room - scale * leaf.gap * (leaf.count - 1)) / leaf.count, scale) / leaf.count
    if isinstance(leaf, SideBySide):
        room -= scale * leaf.gap * (len(leaf.flows) - 1)
        whole = sum(leaf.shares[: len(leaf.flows)])
        return max((least_height(flow, room * share / whole, scale) for flow, share in zip(leaf.flows, leaf.shares)), default=0.0)
    return 0.0  # pictures keep their size


def _text(leaf: TextLeaf, room: float, scale: float) -> float:
    """In a wider measure there are as many lines of the size that the leaf has as in this one of a smaller size."""
    if leaf.refit is not None and leaf.paragraph.min_width() > room:
        return 0.0
    return leaf.paragraph.count(room / scale) * leaf.look.leading * scale


def _table(table: TableLeaf, room: float, scale: float) -> float:
    """Of columns; a table that is or may be set as cards is higher."""
    plan = table.columns(room / scale + table.left + table.right) if room >= NARROW and _shrinks(table, scale) else None
    if plan is None:
        return 0.0
    height = 0.0
    for row in table.head + table.body:
        column, highest = 0, 0.0
        for cell in row.cells:
            width = sum(plan[column : column + cell.colspan])
            column += cell.colspan
            inner = least_height(cell.flow, (width - 2 * cell.look.pad_side) * scale, scale)
            highest = max(highest, inner + (cell.look.pad_top + cell.look.pad_bottom) * scale)
        height += highest
    return height


def _shrinks(table: TableLeaf, scale: float) -> bool:
    """Whether all words of a table become smaller by the whole of the scale, so that its columns do, too."""
    return all(
        isinstance(leaf, TextLeaf) and leaf.look.size * scale >= FLOOR and not leaf.look.points
        for row in table.head + table.body for cell in row.cells for leaf in cell.flow.leaves
    )  # fmt: skip
