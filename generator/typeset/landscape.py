"""Landscape pages of their own: for tables whose columns have no room on an upright page and have it on one that lies
on its side."""

from __future__ import annotations

from ..model.layout import Panel
from .flow import NEVER, EdgeLeaf, Flow, Leaf, TextLeaf
from .table import TableLeaf

COLUMNS = 4
"""A table of fewer columns is not so wide that it would need a page of its own."""
OPENING = 0.3
"""Part of a landscape page that a heading, and what stands between it and its table, may take to go with the table."""


def lay_sideways(flow: Flow, upright: Panel, sideways: Panel) -> None:
    """Say of the leaves of a story which of them stand on landscape pages: each table that is too wide for the upright
    page, with its caption and note, and with the heading above it."""
    leaves = flow.leaves
    for at, leaf in enumerate(leaves):
        if leaf.__class__ is TableLeaf and too_wide(leaf, upright, sideways):
            first, last = _whole(leaves, at)
            first = _headed(leaves, first, upright.measure, OPENING * sideways.depth)
            # Lines as wide as the page could not be read: text keeps the measure of the upright pages.
            less = sideways.measure - upright.measure
            for other in leaves[first : last + 1]:
                other.sideways = True
                if other.__class__ is TextLeaf and not other.heading and not other.boxes:
                    other.right += less


def too_wide(table: TableLeaf, upright: Panel, sideways: Panel) -> bool:
    """Whether a table would be set as cards, and has room for its columns on a landscape page."""
    if table.count < COLUMNS or table.plan(upright.measure)[0] != "card":
        return False
    return table.plan(sideways.measure)[0] == ""


def _whole(leaves: list[Leaf], at: int) -> tuple[int, int]:
    """Numbers of the first and last leaf of a table: its caption and note stand in the same group, its ground in the
    same box."""
    table = leaves[at]

    def belongs(leaf: Leaf) -> bool:
        return bool(table.groups[-1:] and table.groups[-1] in leaf.groups
                    or table.boxes and leaf.boxes[:1] == table.boxes[:1])

    first = last = at
    while first and belongs(leaves[first - 1]):
        first -= 1
    while last + 1 < len(leaves) and belongs(leaves[last + 1]):
        last += 1
    return first, last


def _headed(leaves: list[Leaf], first: int, measure: float, most: float) -> int:
    """Number of the leaf with which the heading above leaf `first` begins, where what stands between them is no
    higher than `most`; else that of what is tied to leaf `first`."""
    tied = _tied(leaves, first)
    at, height = tied, 0.0
    while at and not _heading(leaves[at]):
        at -= 1
        height += sum(piece.before + piece.height for piece in leaves[at].pieces(measure))
        if height > most or leaves[at].__class__ is TableLeaf:
            return tied
    begins = _tied(leaves, at)
    titled = leaves[at].node is None or leaves[at].node.name == "h1"  # the leaflet's title opens an upright page
    return tied if titled or not begins else begins


def _tied(leaves: list[Leaf], first: int) -> int:
    """Number of the first of the leaves that may not be parted from leaf `first`."""
    while first and (leaves[first - 1].penalty >= NEVER or leaves[first - 1].__class__ is EdgeLeaf
                     and leaves[first - 1].open):
        first -= 1
    return first


def _heading(leaf: Leaf) -> bool:
    return leaf.__class__ is TextLeaf and leaf.heading
