"""A table for a measure: columns where they have room, else cards, one for each row, with the options under each other."""

from __future__ import annotations

from typing import Any

from ..model.record import record, replace
from .flow import NEVER, Flow, Leaf, Piece
from .frame import START
from .look import Look
from .rows import Cell, RowPiece

NARROW = 300.0
"""Measure (points) below which a table with long cells is set as cards."""
CARD_TOP, CARD_LINE = 1.0, 0.35
"""Part of a cell's padding that is left above a card's heading and below its end, and between its lines."""
BESIDE = 0.5
"""Part of the measure that the headings in cards may take beside their cells; longer ones stand above them."""
LONG_CELL = 4
"""Lines of a cell that a narrow table may have before it is set as cards."""


@record(slots=True)
class TableCell:
    flow: Flow
    look: Look
    colspan: int
    empty: bool


@record(slots=True)
class TableRow:
    cells: list[TableCell]
    look: Look
    group: bool = False
    """One heading cell that spans the table."""


class TableLeaf(Leaf):
    """Rows of cells. A position is the number of a body row, or ("cut", row, positions in its cells)."""

    __slots__ = ("body", "count", "equal", "head", "made", "plans")

    def __init__(self, place, head: list[TableRow], body: list[TableRow], equal: bool, **kw) -> None:
        super().__init__(place, **kw)
        self.head, self.body, self.equal = head, body, equal
        self.count = max((sum(c.colspan for c in row.cells) for row in head + body), default=0)
        self.plans: dict[float, list[float] | None] = {}
        self.made: dict[tuple[float, int], list[Piece]] = {}
        """Pieces of whole body rows, by measure and row: a long table makes them once, not once a page."""

    def widths(self) -> tuple[float, float]:
        least, natural = self._needs()
        inset = self.left + self.right
        return max(least, default=0.0) * 2 + inset, sum(natural) + inset

    def word_count(self, at: Any = None) -> int:
        first, starts = _from(at)
        count = sum(cell.flow.words_from(START) for row in self.body[first:] for cell in row.cells)
        if starts:  # without what stands in an earlier frame
            cells = self.body[first].cells
            count += sum(c.flow.words_from(start) - c.flow.words_from(START) for c, start in zip(cells, starts))
        return count + (sum(c.flow.words_from(START) for row in self.head for c in row.cells) if at is None else 0)

    def let_go(self) -> None:
        super().let_go()
        self.made.clear()

    # ── columns ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _needs(self) -> tuple[list[float], list[float]]:
        """Narrowest and natural width of each column, padding included."""
        least, natural = [0.0] * self.count, [0.0] * self.count
        for row in self.head + self.body:
            column = 0
            for cell in row.cells:
                if cell.colspan == 1:
                    a, b = cell.flow.widths()
                    pad = 2 * cell.look.pad_side
                    least[column] = max(least[column], a + pad)
                    natural[column] = max(natural[column], b + pad)
                column += cell.colspan
        return least, natural

    def columns(self, width: float) -> list[float] | None:
        """Widths of the columns for a measure; None: cards."""
        if width not in self.plans:
            self.plans[width] = self._plan(width - self.left - self.right)
        return self.plans[width]

    def _plan(self, room: float) -> list[float] | None:
        least, natural = self._needs()
        if sum(least) > room:
            return None
        if self.equal and self.count > 2:
            others = self.count - 1
            first = min(natural[0], max(least[0], room * 1.15 / self.count))
            each = (room - first) / others
            if each < max(least[1:]):
                each = max(least[1:])
                first = room - others * each
            plan = [first] + [each] * others if first >= least[0] else None
        else:
            plan = None
        if plan is None:
            plan = _share(room, least, natural)
        if room < NARROW and self._tallest(plan) > LONG_CELL:
            return None
        return plan

    def _tallest(self, plan: list[float]) -> float:
        """Lines in the tallest single-column cell."""
        most = 0
        for row in self.body:
            column = 0
            for cell in row.cells:
                if cell.colspan == 1:
                    lines = sum(len(leaf.pieces(plan[column] - 2 * cell.look.pad_side)) for leaf in cell.flow.leaves)
                    most = max(most, lines)
                column += cell.colspan
        return most

    # ── pieces ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def make(self, width: float, at: Any) -> list[Piece]:
        plan = self.columns(width)
        first, starts = _from(at)
        out: list[Piece] = []
        before = self.before if at is None else 0.0
        again = at is not None
        here = at if again else 0
        head = self._legend(width, here, again) if plan is None else [
            self._row(row, plan, here, NEVER, mute=again) for row in self.head]
        out += head
        for i in range(first, len(self.body)):
            last = i == len(self.body) - 1
            row = self.body[i]
            penalty = self.penalty if last else NEVER if row.group else 80.0 + (100.0 if i in (0, len(self.body) - 2) else 0)
            end = None if last else i + 1
            if i == first and starts:
                made = self._made(row, width, plan, i, end, penalty, starts)
            elif (made := self.made.get((width, i))) is None:
                made = self.made[width, i] = self._made(row, width, plan, i, end, penalty)
            out += made
        if out:
            out[0].before = max(out[0].before, before)
            out[-1].after = self.after
        return out

    def _made(self, row: TableRow, width: float, plan: list[float] | None, i: int, end: Any, penalty: float,
              starts=None) -> list[Piece]:
        """The pieces of body row `i`, from the positions `starts` in its cells on."""
        if plan is None:
            return self._card(row, width, i, end, penalty, starts)
        return [self._row(row, plan, end, penalty, i, starts)]

    def _row(self, row: TableRow, plan: list[float], end: Any, penalty: float, i: int | None = None, starts=None,
             mute: bool = False) -> RowPiece:
        """A row of columns; `i`: its number in the body, without which it is never cut."""
        cells, x, column = [], 0.0, 0
        for k, cell in enumerate(row.cells):
            w = sum(plan[column: column + cell.colspan])
            cells.append(Cell(cell.flow, x, w, cell.look, starts[k] if starts else START, mute))
            x += w
            column += cell.colspan
        cut = None if i is None else lambda ends: ("cut", i, ends)
        return RowPiece(cells, row.look, self, cut, end, penalty)

    def _legend(self, width: float, end: Any, mute: bool) -> list[Piece]:
        """The heading row of a table set as cards; headings under each other where they have no room side by side."""
        out: list[Piece] = []
        room = width - self.left - self.right
        for row in self.head:
            widths = [[w + 2 * c.look.pad_side for w in c.flow.widths()] for c in row.cells]
            least, natural = [w[0] for w in widths], [w[1] for w in widths]
            if sum(least) <= room:
                out.append(self._row(row, _share(room, least, natural), end, NEVER, mute=mute))
                continue
            first, *others = row.cells
            out.append(self._line(first, self._close(first.look), room, end, mute))
            if sum(least[1:]) <= room:  # the first stands alone, so that the columns' headings are side by side
                below = TableRow(others, row.look)
                out.append(self._row(below, _share(room, least[1:], natural[1:]), end, NEVER, mute=mute))
                continue
            for cell in others:
                out.append(self._line(cell, replace(self._close(cell.look), border=None), room, end, mute))
            out[-1].look = row.look
        return out

    def _line(self, cell: TableCell, look: Look, room: float, end: Any, mute: bool) -> RowPiece:
        """A heading on a line of its own."""
        return RowPiece([Cell(cell.flow, 0.0, room, look, START, mute)], None, self, None, end, NEVER)

    def _card(self, row: TableRow, width: float, i: int, end: Any, penalty: float, starts) -> list[Piece]:
        """The row's heading over the full measure, then a line for each column: its heading, and the cell."""
        room = width - self.left - self.right
        titles = self.head[-1].cells if self.head else []
        label = max((t.flow.widths()[1] + 3 * t.look.pad_side for t in titles[1:]), default=0.0)
        beside = label <= room * BESIDE
        rows: list[tuple[int, list[Cell]]] = []
        """Number of the row's cell that is set, and what stands on the line."""
        column = 0
        for k, cell in enumerate(row.cells):
            start = starts[k] if starts else START
            title = titles[column] if k and column < len(titles) and cell.colspan == 1 else None
            column += cell.colspan
            if cell.empty and k or starts and start == _end(cell):
                continue
            if k == 0 or row.group:
                cells = [Cell(cell.flow, 0.0, room, self._close(cell.look, CARD_TOP), start)]
            elif title is not None:
                plain = replace(self._close(title.look), border=None, background=None)
                if not beside:
                    rows.append((k, [Cell(title.flow, 0.0, room, replace(plain, pad_bottom=0.0), START, True)]))
                    rows.append((k, [Cell(cell.flow, 0.0, room, replace(self._close(cell.look), pad_top=0.0), start)]))
                    continue
                cells = [Cell(title.flow, 0.0, label, plain, START, True),
                         Cell(cell.flow, label, room - label, self._close(cell.look), start)]
            else:
                cells = [Cell(cell.flow, 0.0, room, self._close(cell.look), start)]
            rows.append((k, cells))
        if not rows:
            return []
        foot = rows[-1][1][-1]
        foot.look = replace(foot.look, pad_bottom=CARD_TOP * row.cells[-1].look.pad_bottom)
        out = []
        for number, (k, cells) in enumerate(rows):
            last = number == len(rows) - 1
            done = tuple(_end(cell) for cell in row.cells[:k])
            rest = (START,) * (len(row.cells) - k - 1)
            if not last and rows[number + 1][0] == k:  # a heading over its cell
                here = starts[k] if starts else START
                out.append(RowPiece(cells, None, self, None, ("cut", i, (*done, here, *rest)), NEVER))
                continue
            out.append(RowPiece(
                cells, row.look if last else None, self,
                lambda ends, done=done, rest=rest: ("cut", i, (*done, ends[-1], *rest)),
                end if last else ("cut", i, (*done, _end(row.cells[k]), *rest)), penalty if last else NEVER))
        return out

    @staticmethod
    def _close(look: Look, top: float = CARD_LINE) -> Look:
        """A cell's look within a card: the lines stand closer, at the measure's edge."""
        return replace(look, pad_top=look.pad_top * top, pad_bottom=look.pad_bottom * CARD_LINE, pad_side=0.0)


def _from(at: Any) -> tuple[int, tuple | None]:
    """A position → number of the body row, and the positions in its cells where it was cut."""
    return (0, None) if at is None else at[1:] if isinstance(at, tuple) else (at, None)


def _end(cell: TableCell) -> tuple[int, None]:
    """The position after all of a cell."""
    return len(cell.flow.leaves), None


def _share(room: float, least: list[float], natural: list[float]) -> list[float]:
    """Widths that fill `room`: columns that need no more than their fair share get what they need, the others the rest."""
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
