"""Rows and cells of tables, the widths of their columns, and tables in a narrow measure: which columns stand on which
line of a row, and the row as a card.

A line is a list of (number of the row's cell, Cell); a Cell that is mute repeats a heading and is not read again.
"""

from __future__ import annotations

from typing import Protocol

from ..model.layout import MM
from ..model.record import record, replace
from .flow import Flow
from .frame import START
from .look import Look
from .rows import Cell, RowPiece


@record(slots=True)
class TableCell:
    flow: Flow
    look: Look
    colspan: int
    empty: bool
    rowspan: int = 1
    reached: bool = False
    """It is the lower part of a cell that goes over rows: not set in columns, and repeated unread where rows are
    cards."""


@record(slots=True)
class TableRow:
    cells: list[TableCell]
    look: Look
    group: bool = False
    """One heading cell that spans the table."""
    joined: bool = False
    """A cell goes on in the row below."""


def reach_down(rows: list[TableRow]) -> None:
    """Put the lower parts of cells that go over rows into the rows below, so that every row has all its columns."""
    for above, row in zip(rows, rows[1:]):
        column = 0
        for cell in above.cells:
            if cell.rowspan > 1:
                at = _index(row.cells, column)
                row.cells.insert(at, replace(cell, rowspan=cell.rowspan - 1, reached=True))
                above.joined = True
            column += cell.colspan


def _index(cells: list[TableCell], column: int) -> int:
    """Where among the cells of a row one of a column stands."""
    for at, cell in enumerate(cells):
        if column <= 0:
            return at
        column -= cell.colspan
    return len(cells)


class TableLeaf(Protocol):
    """What is asked of a table here."""

    count: int
    compare: bool

    @property
    def spanned(self) -> bool: ...

    @property
    def body(self) -> list[TableRow]: ...

    def row_set(self, form: str) -> tuple[list[TableRow], list[TableRow]]: ...


Line = list[tuple[int, Cell]]
Pattern = list[list[tuple[int, float, float]]]
"""Lines of a stacked row: (column, its x, its width) of what stands side by side."""

PADDED = 2.2 * MM
"""Padding above and below a cell up to which it grows where a panel has room."""
GUTTER = 2.6 * MM
"""Between cells side by side."""
STACKED = 50 * MM
"""Measure under which nothing is stacked."""
NAME = 0.72
"""Part of the measure that a name takes at the least where names stand below each other."""
BELOW = 2.5
"""Points between names below each other."""
THREE = 85 * MM
"""Measure from which three options stand side by side."""
SIDE = 3
"""Cells of a row that may stand side by side; of a longer row the last stands across, below them."""
BESIDE = 0.5
"""Part of the measure that the headings in cards may take beside their cells; longer ones stand above them."""


def patterns(table: TableLeaf, room: float) -> Pattern | None:
    """How the rows of a table are stacked in a measure; None where they can't be."""
    others = list(range(1, table.count))
    if room < STACKED or table.spanned or len(others) < 2 or (table.compare and len(others) > 2 and room < THREE):
        return None
    if table.compare:
        sides, across = others, []
    else:
        sides, across = (others, []) if len(others) < SIDE else (others[:-1], others[-1:])
    if len(sides) > SIDE:
        return None
    least, natural = _needs(table)
    inner = room - GUTTER * (len(sides) - 1)
    widths: list[float] | None = [inner / len(sides)] * len(sides)
    if table.compare and any(least[k] > inner / len(sides) for k in sides):  # a name is longer than its share
        needs = [least[k] for k in sides]
        uneven = _by_need(inner, needs, needs)
        if uneven is None:  # the names stand below each other (`heads`)
            least, _ = _needs(table, heads=False)
        widths = uneven or widths
    elif not table.compare:
        whole = _headings(table)  # a heading stays on one line where there is room for all
        widths = _by_need(inner, [max(least[k], whole[k]) for k in sides], [max(natural[k], whole[k]) for k in sides])
        widths = widths or _by_need(inner, [least[k] for k in sides], [natural[k] for k in sides])
    if widths is None or any(least[k] > width + 0.01 for k, width in zip(sides, widths)):
        return None
    line, x = [], 0.0
    for k, width in zip(sides, widths):
        line.append((k, x, width))
        x += width + GUTTER
    return [[(0, 0.0, room)], line, *([(k, 0.0, room)] for k in across)]


def heads(row: TableRow, pattern: Pattern, room: float) -> Pattern:
    """How the names of options stand above stacked rows: side by side; where one is too long for its column, below each
    other, the first at the start, the last at the end, so that each still touches its column."""
    _, sides, *rest = pattern
    needs = {k: row.cells[k].flow.widths()[0] + 2 * row.cells[k].look.pad_side for k, _, _ in sides}
    if all(needs[k] <= width + 0.01 for k, _, width in sides):
        return pattern
    apart: Pattern = []
    for k, x, width in sides:
        wide = min(room, max(needs[k], width, room * NAME))
        apart.append([(k, max(0.0, min(x, room - wide)), wide)])
    return [pattern[0], *apart, *rest]


def _needs(table: TableLeaf, heads: bool = True) -> tuple[list[float], list[float]]:
    """Narrowest and natural width of each column's cells, padding included. heads: with those of the headings."""
    head, body = table.row_set("stacked")
    least, natural = [0.0] * table.count, [0.0] * table.count
    for row in [*head, *body] if heads else body:
        if len(row.cells) == table.count:
            for k, cell in enumerate(row.cells):
                a, b = cell.flow.widths()
                least[k] = max(least[k], a + 2 * cell.look.pad_side)
                natural[k] = max(natural[k], b + 2 * cell.look.pad_side)
    return least, natural


def _headings(table: TableLeaf) -> list[float]:
    """Width of each column's heading on one line, padding included."""
    cells = table.row_set("stacked")[0][-1].cells if table.row_set("stacked")[0] else []
    return [cell.flow.widths()[1] + 2 * cell.look.pad_side for cell in cells] or [0.0] * table.count


def _by_need(room: float, least: list[float], natural: list[float]) -> list[float] | None:
    if sum(least) > room:
        return None
    wish = sum(natural) - sum(least)
    spare = room - sum(least)
    if wish <= spare:
        return [n + (spare - wish) / len(natural) for n in natural]
    return [a + spare * (b - a) / wish for a, b in zip(least, natural)]


def lines_of(row: TableRow, pattern: Pattern, starts: tuple | None, mute: frozenset[int] = frozenset()) -> list[Line]:
    """A row, stacked; without what stands in an earlier frame. mute: cells that are not read again."""
    out: list[Line] = []
    for places in pattern:
        line: Line = []
        for k, x, width in places:
            if k < len(row.cells):
                cell = row.cells[k]
                start = starts[k] if starts else START
                line.append((k, Cell(cell.flow, x, width, cell.look, start, k in mute or cell.reached)))
        done = starts and all(starts[k] == (len(row.cells[k].flow.leaves), None) for k, _ in line)
        if line and not done:
            out.append(line)
    if out:
        out[-1] = [(k, replace_foot(cell, row)) for k, cell in out[-1]]
    return out


def replace_foot(cell: Cell, row: TableRow) -> Cell:
    """A cell at the foot of its row, with as much room below as there is above the row's name."""
    look = cell.look
    if row.look.border and row.look.border_sides and look is not None:
        cell.look = replace(look, pad_bottom=max(look.pad_bottom, row.cells[0].look.pad_top))
    return cell


def first_card(table: TableLeaf, k: int) -> int | None:
    """Number of the first row that has something in column `k`; None where none has, so that its heading stands above
    all."""
    body = table.body
    return next(
        (n for n, row in enumerate(body) if not row.group and k < len(row.cells) and not row.cells[k].empty), None
    )


def card(table: TableLeaf, row: TableRow, room: float, i: int, starts: tuple | None, titled: bool,
         read: bool) -> list[Line]:
    """The row's heading over the full measure, then a line for each column: its heading, and the cell.

    A column's heading is read in the first card that shows it and repeated in the others. A table of two columns has
    its headings above all cards, and no heading is repeated. `titled`: the heading of the first cell that is left was
    read in an earlier frame; `read`: all headings were.
    """
    head, _ = table.row_set("card")
    titles = head[-1].cells if head else []
    label = max((t.flow.widths()[1] + 2 * t.look.size for t in titles[1:]), default=0.0)
    beside = label <= room * BESIDE
    out: list[Line] = []
    column = 0
    for k, cell in enumerate(row.cells):
        start = starts[k] if starts else START
        title = titles[column] if table.count > 2 and k and column < len(titles) and cell.colspan == 1 else None
        title = None if title is not None and title.empty else title
        column += cell.colspan
        first = (
            not read
            and not titled
            and title is not None
            and not table.spanned
            and first_card(table, k) == i
            and start == START
        )
        if cell.empty and k or starts and start == (len(cell.flow.leaves), None):
            continue
        titled = False
        if title is None:
            out.append([(k, Cell(cell.flow, 0.0, room, cell.look, start, cell.reached))])
        elif beside:
            out.append([(-1, Cell(title.flow, 0.0, label, title.look, START, not first)),
                        (k, Cell(cell.flow, label, room - label, cell.look, start, cell.reached))])
        else:
            out.append([(-1, Cell(title.flow, 0.0, room, replace(title.look, pad_bottom=0.0), START, not first))])
            out.append([(k, Cell(cell.flow, 0.0, room, replace(cell.look, pad_top=0.0), start, cell.reached))])
    if out:
        out[-1] = [(k, replace_foot(cell, row)) for k, cell in out[-1]]
    return out


def ruled(cell: TableCell, row: TableRow) -> Look:
    """The look of a cell that ends in a row beside one that goes on: with the row's rule below."""
    rule = row.look
    return cell.look if cell.look.border else replace(
        cell.look, border=rule.border, border_sides=rule.border_sides, border_width=rule.border_width)


def share(room: float, least: list[float], natural: list[float]) -> list[float]:
    """Widths that fill `room`: columns that need no more than their fair share get what they need, the others the
    rest."""
    if sum(natural) <= room:
        scale = room / (sum(natural) or 1)
        return [n * scale for n in natural]
    plan = list(least)
    left, open_columns = room, list(range(len(least)))
    while open_columns:
        fair = left / len(open_columns)
        modest = [i for i in open_columns if natural[i] <= fair]
        if not modest:
            break
        for i in modest:
            plan[i] = natural[i]
            left -= natural[i]
            open_columns.remove(i)
    need, wish = sum(least[i] for i in open_columns), sum(natural[i] - least[i] for i in open_columns)
    if need > left:  # the modest columns took too much: everyone gets the least, and a share of what is left
        need, wish, left, open_columns = sum(least), sum(natural) - sum(least), room, list(range(len(least)))
    for i in open_columns:
        plan[i] = least[i] + (left - need) * (natural[i] - least[i]) / (wish or 1)
    return plan


def deepen(rows: list[TableRow], pieces: list[RowPiece]) -> None:
    """The last row that a cell goes over is as high as the cell needs. pieces: one for each row."""
    for at, (row, piece) in enumerate(zip(rows, pieces)):
        for cell, (_, stop) in zip(piece.cells, piece.fillings):
            if cell.deep:
                reach = next(c.rowspan for c in row.cells if c.flow is cell.flow)
                over = pieces[at : at + reach]
                over[-1].height += max(
                    0.0, stop.used + cell.look.pad_top + cell.look.pad_bottom - sum(p.height for p in over)
                )


def loose(row: TableRow, pieces: list[RowPiece]) -> list[RowPiece]:
    """The pieces of a row, whose padding may grow: that of a row in columns above and below, else above its first
    line."""
    tops = [cell.look.pad_top for cell in pieces[0].cells if cell.look is not None] if pieces else []
    if tops and not row.joined and not any(cell.reached for cell in row.cells):
        pieces[0].spare = max(0.0, PADDED - max(tops)) * (2 if len(pieces) == 1 else 1)
        pieces[0].above = 0.5 if len(pieces) == 1 else 1.0
    return pieces
