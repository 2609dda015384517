"""Columns of the cells of a table in which cells go over several columns or rows."""

from __future__ import annotations

from collections.abc import Sequence

from .story import Node


def columns_of(rows: Sequence[Sequence[tuple[int, int]]]) -> list[list[int]]:
    """Rows of cells, each as (columns, rows that it goes over) → the number of the first column of each, from 0: a cell
    stands in the first columns that no cell from above fills."""
    filled: dict[int, int] = {}
    """Column → for how many rows more a cell from above fills it."""
    out = []
    for row in rows:
        taken = {column for column, left in filled.items() if left}
        filled = {column: left - 1 for column, left in filled.items() if left}
        starts, at = [], 0
        for wide, deep in row:
            while at in taken:
                at += 1
            starts.append(at)
            for column in range(at, at + wide):
                filled[column] = deep - 1
            at += wide
        out.append(starts)
    return out


def spans(cell: Node) -> tuple[int, int]:
    """The columns and the rows that a cell of a story's table goes over."""
    return int(cell.attributes.get("colspan", 1)), int(cell.attributes.get("rowspan", 1))
