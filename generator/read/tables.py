"""Rules of tables in a content file: every row fits the columns, and every cell has a heading (see rules.py)."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.problem import Problem
from ..model.wording import count, quoted
from .nodes import Mapping, Node, Scalar, Sequence
from .schema import list_of, text_of, texts_of
from .shapes import is_empty

MOST = 40
"""Columns or rows that a cell may go over, and rows to write in."""

MOST_ROWS = 4_000
"""Rows of all tables of a file together; they take 400 MB in large print. Ninety pages of rows are no leaflet."""


def rows_are_not_too_many(content: Mapping, root: Node) -> Iterator[Problem]:
    """All tables of a file together have no more than MOST_ROWS rows. The first row beyond is told."""
    left, waiting = MOST_ROWS, [content]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            rows = node.get("rows")
            if isinstance(rows, Sequence):
                if len(rows) > left:
                    yield Problem(rows[left].place, f"the tables of this file have more than {MOST_ROWS:,} rows",
                                  "divide them among several leaflets")
                    return
                left -= len(rows)
            waiting += reversed(node.values())
        elif isinstance(node, Sequence):
            waiting += reversed(node)


def rows_fit_header(table: Mapping, root: Node) -> Iterator[Problem]:
    """No row has more cells than its table has columns after the first, and no cell reaches out of the table."""
    heads = _headings(table)
    yield from _numbers(table, ("blank_rows",), 0)
    if not list_of(table, "rows") and not _number(table, "blank_rows", 0) and "rows" not in table:
        yield Problem(table.place, "a table needs rows", "rows: with a head and cells each, or blank_rows: to write in")
    for rows in _runs(table):
        below: dict[int, int] = {}
        """Column → how many rows more a cell from above fills it."""
        for number, row in enumerate(rows):
            left = len(rows) - number
            yield from _numbers(row, ("head_rows",), 1)
            if _number(row, "head_rows", 1) > left:
                yield _too_deep(row["head_rows"], left)
            at = 1
            taken = {column for column, more in below.items() if more}
            below = {column: more - 1 for column, more in below.items() if more > 1}
            if 0 not in taken and _number(row, "head_rows", 1) > 1:
                below[0] = _number(row, "head_rows", 1) - 1
            cells = list_of(row, "cells")
            for cell in cells:
                while at in taken:
                    at += 1
                wide, deep = _spans(cell)
                if isinstance(cell, Mapping):
                    yield from _numbers(cell, ("columns", "rows"), 1)
                    if deep > left:
                        yield _too_deep(cell["rows"], left)
                if heads and (at + wide > len(heads) or taken & set(range(at, at + wide))):
                    yield _too_wide(cell, len(cells), wide, len(heads) - 1, bool(taken))
                    break
                below |= {column: deep - 1 for column in range(at, at + wide) if deep > 1}
                at += wide


def cells_have_headings(table: Mapping, root: Node) -> Iterator[Problem]:
    """Each cell that says something has a heading: of its row or of its column. Else nobody who hears the table knows
    what the cell is about (ISO 14289-1, 7.5)."""
    heads = _headings(table)
    for rows in _runs(table):
        covered = 0
        for row in rows:
            covered -= 1
            if (head := row.get("head")) is not None and not is_empty(head):
                covered = _number(row, "head_rows", 1)
            elif not heads:
                yield Problem(row.place, "this row has no heading, and its table has none for its columns",
                              "give the row a head:, or the table columns:")
            elif covered < 1:
                for at, cell in enumerate(list_of(row, "cells"), 1):
                    if at < len(heads) and not heads[at] and not is_empty(cell) and _spans(cell) == (1, 1):
                        yield Problem(cell.place, "this cell has no heading: neither its row nor its column has one",
                                      "give the row a head:, or the column a heading")


def compared_columns_are_options(table: Mapping, root: Node) -> Iterator[Problem]:
    """The columns of a comparing table are the options, in their order."""
    compare, columns, options = text_of(table, "compare"), texts_of(table, "columns")[1:], texts_of(root, "options")
    if (compare or "").lower() != "true" or not list_of(table, "columns"):
        return
    for one in [*list_of(table, "columns"), *(cell for row in _all_rows(table) for cell in list_of(row, "cells"))]:
        if isinstance(one, Mapping) and ("columns" in one or "rows" in one):
            yield Problem(one.place, "no cell of a table that compares goes over columns or rows",
                          "give each option a cell of its own")
            return
    if not options:
        yield Problem(compare.place, "the file names no 'options' to compare", "list them, or drop 'compare'")
    elif len(columns) != len(options):
        message = f"{count(len(columns), 'compared column')} for {count(len(options), 'option')}"
        yield Problem(table.marks["columns"], message, f"the options are: {', '.join(options)}")
    else:
        for column, option in zip(columns, options):
            if column != option:
                yield Problem(column.place, f"the column {quoted(column)} should be the option {quoted(option)}")


def kinds_fit_columns(table: Mapping, root: Node) -> Iterator[Problem]:
    """No more kinds than columns, and none where the columns are the options."""
    kinds = list_of(table, "kinds")
    if kinds and (text_of(table, "compare") or "").lower() == "true":
        yield Problem(table.marks["kinds"], "the columns of a table that compares are the options", "leave kinds: away")
    elif kinds and not _headings(table):
        yield Problem(table.marks["kinds"], "a table without columns has no kinds of columns",
                      "give its columns: headings")
    elif len(kinds) > len(_headings(table)):
        yield Problem(kinds[len(_headings(table))].place,
                      f"{count(len(kinds), 'kind')} for a table of {count(len(_headings(table)), 'column')}",
                      "one kind for each column, from the first")


def _headings(table: Mapping) -> list[bool]:
    """For each column, whether it has a heading, or stands below that of a group."""
    out: list[bool] = []
    for column in list_of(table, "columns"):
        if isinstance(column, Mapping):
            out += [True] * max(1, len(list_of(column, "columns")))
        else:
            out.append(not is_empty(column))
    return out


def _runs(table: Mapping) -> list[list[Mapping]]:
    """The rows, in runs that no cell goes beyond: those between the headings of groups."""
    runs: list[list[Mapping]] = [[]]
    for row in list_of(table, "rows"):
        if isinstance(row, Mapping) and "group" in row:
            runs += [[one for one in list_of(row, "rows") if isinstance(one, Mapping)], []]
        elif isinstance(row, Mapping):
            runs[-1].append(row)
    return runs


def _all_rows(table: Mapping) -> list[Mapping]:
    return [row for run in _runs(table) for row in run]


def _spans(cell: Node) -> tuple[int, int]:
    """Columns and rows that a cell goes over."""
    if not isinstance(cell, Mapping):
        return 1, 1
    return max(1, _number(cell, "columns", 1)), max(1, _number(cell, "rows", 1))


def _number(mapping: Mapping, key: str, default: int) -> int:
    node = mapping.get(key)
    return int(node.text) if isinstance(node, Scalar) and node.text.isdecimal() and len(node.text) < 4 else default


def _numbers(mapping: Mapping, keys: tuple[str, ...], least: int) -> Iterator[Problem]:
    """A number that is too small or too large; that it is a number at all, its kind says."""
    for key in keys:
        node = mapping.get(key)
        if isinstance(node, Scalar) and node.text.lstrip("+-").isdecimal() and not least <= int(node.text) <= MOST:
            yield Problem(node.place, f"'{key}' must be from {least} to {MOST}, not {node.text}")


def _too_deep(number: Node, left: int) -> Problem:
    return Problem(number.place, f"this goes over more rows than there are: {count(left, 'row')} from here on",
                   "a cell does not go beyond its table or its group")


def _too_wide(cell: Node, cells: int, wide: int, columns: int, reached: bool) -> Problem:
    if wide > 1 or reached:
        return Problem(cell.place, f"this cell has no room in a table of {count(columns, 'column')} after the first",
                       "cells that go over several columns or rows take the place of others")
    message = f"a row of {count(cells, 'cell')} in a table of {count(columns, 'column')} after the first"
    return Problem(cell.place, message, "cells that belong together stand in one item")
