"""The cells of a table in their rows and columns, as templates print them: the filter `grid`."""

from __future__ import annotations

from ..model.content import Cell, ColumnGroup, Entry, Row, RowGroup, Table
from ..model.problem import Text
from ..model.record import field, record, replace
from .places import Fault, kind


@record(frozen=True)
class Slot(Entry):
    """A cell of the grid."""

    cell: Text | Cell | None = None
    """What it holds."""
    head: str = ""
    """"col" or "row" where it is a heading."""
    column: int = 0
    """Number of its first column, from 0."""
    columns: int = 1
    rows: int = 1
    kind: str = ""
    """"amount", "morning", "noon", "evening" or "night": what its column holds."""
    tinted: bool = False
    """Its column has a ground of its own: an amount, every second time of day."""


@record(frozen=True)
class GridRow(Entry):
    """A row of the grid."""

    slots: list[Slot] = field(default_factory=list)
    group: Text | None = None
    """Heading of a group, which spans the table."""
    last: bool = False
    blank: bool = False
    """All its cells but headings are empty: it is to be written in."""


@record(frozen=True)
class Grid(Entry):
    """A table, filled up to a rectangle."""

    width: int = 0
    head: list[GridRow] = field(default_factory=list)
    body: list[GridRow] = field(default_factory=list)


def grid(value: object) -> Grid:
    """Filter `grid`: a table → its heading rows and rows, each with all its cells but those that a cell of a row above
    reaches into. The first column is that of the row headings."""
    if not isinstance(value, Table):
        raise Fault(f"grid is for tables, not for {kind(value)}", word="grid")
    rows = [row for one in value.rows for row in (one.rows if isinstance(one, RowGroup) else [one])]
    leaves = [one for column in value.columns
              for one in (column.columns if isinstance(column, ColumnGroup) else [column])]
    width = len(leaves) or 1 + max((_reach(row) for row in rows), default=0)
    body: list[GridRow] = []
    run: list[Row] = []
    for one in [*value.rows, *[Row()] * value.blank_rows]:
        if isinstance(one, RowGroup):
            body += _filled(run, width)
            run = []
            body.append(GridRow([], one.group))
            body += _filled(one.rows, width)
        else:
            run.append(one)
    body += _filled(run, width)
    if body:
        last = body.pop()
        body.append(replace(last, last=True))
    head = _head(value.columns, leaves)
    return Grid(width, _of_kind(head, value.kinds), _of_kind(body, value.kinds))


def _of_kind(rows: list[GridRow], kinds: list[str]) -> list[GridRow]:
    """Rows whose cells of one column know what it holds."""
    if not kinds:
        return rows
    times = [at for at, one in enumerate(kinds) if one not in ("text", "amount")]
    tinted = {*times[::2], *(at for at, one in enumerate(kinds) if one == "amount")}

    def known(slot: Slot) -> Slot:
        kind = kinds[slot.column] if slot.column < len(kinds) and slot.columns == 1 else "text"
        return slot if kind == "text" else replace(slot, kind=str(kind), tinted=slot.column in tinted)

    return [replace(row, slots=[known(slot) for slot in row.slots]) for row in rows]


def _reach(row: Row) -> int:
    """Columns that the cells of a row go over."""
    return sum(cell.columns if isinstance(cell, Cell) else 1 for cell in row.cells)


def _head(columns: list, leaves: list) -> list[GridRow]:
    """The heading rows: one, or two where columns are grouped. A heading without a group stands in the second."""
    if not columns:
        return []
    below = GridRow([Slot(words, "col" if words else "", at) for at, words in enumerate(leaves)])
    if len(leaves) == len(columns):
        return [below]
    above, at = [], 0
    for column in columns:
        if isinstance(column, ColumnGroup):
            above.append(Slot(column.heading, "col", at, len(column.columns)))
        else:
            above.append(Slot(None, "", at))
        at += above[-1].columns
    return [GridRow(above), below]


def _filled(rows: list[Row], width: int) -> list[GridRow]:
    """Rows that no cell leaves; the empty cells that their author left out are filled in."""
    out: list[GridRow] = []
    taken = [0] * width
    """For how many rows more a cell from above fills a column."""
    for number, row in enumerate(rows):
        slots: list[Slot] = []
        cells = iter(row.cells)
        at = 0
        if not taken[0]:
            deep = min(row.head_rows, len(rows) - number)
            slots.append(Slot(row.head, "row" if row.head is not None else "", 0, 1, deep))
            taken[0], at = deep, 1
        while at < width:
            if taken[at]:
                at += 1
                continue
            cell = next(cells, None)
            wide, deep = (cell.columns, cell.rows) if isinstance(cell, Cell) else (1, 1)
            free = next((n for n in range(wide) if at + n >= width or taken[at + n]), wide)
            wide, deep = min(wide, free), min(deep, len(rows) - number)
            slots.append(Slot(cell, "", at, wide, deep))
            taken[at : at + wide] = [deep] * wide
            at += wide
        taken = [max(0, left - 1) for left in taken]
        held = [slot.cell for slot in slots if not slot.head]
        out.append(GridRow(slots, blank=bool(held) and not any(held)))
    return out
