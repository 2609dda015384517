"""A table for a measure, in one of three forms; the structure tree is the same for all.

    wide      columns, where they have room
    stacked   a row's name across, its cells side by side under it; the headings once, above, in the same pattern
    card      a row's name across, then a line for each column: its heading, and the cell
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import or_
from typing import Any

from ..model.layout import MM
from ..model.record import replace
from . import narrow
from .flow import NEVER, Flow, Leaf, Piece, Rest
from .frame import START
from .heads import Piled, headed
from .narrow import GUTTER, Line, TableCell, TableRow, card, deepen, first_card, lines_of, loose, patterns, ruled, share
from .rows import Cell, RowPiece
from .views import ViewsLeaf

NARROW = 115 * MM
"""Measure below which a table of three columns or more is stacked, or set as cards; one of two columns with long cells
is set as cards."""
MANY = 128 * MM
"""The same for a table of five columns or more that compares nothing, with cells of more than FEW_LINES lines."""
FEW_LINES = 2
FACTOR = 0.33
"""Part of the measure that the first column of a comparison may take."""
LONG_CELL = 4
"""Lines of a cell that a narrow table may have before it is set as cards."""


class TableLeaf(Leaf):
    """Rows of cells. A position is the number of a body row, ("head", the cells of heading rows that were read, whether
    cards read the others), or ("cut", row, positions in its cells). Where the rows before it were cards, not all
    headings were read: then it is ("card", row) or ("card", row, positions in its cells), and a fourth part says that
    the heading of the next cell was read."""

    __slots__ = ("again", "breaks", "compare", "count", "gap", "made", "plans", "rows_in", "sets", "sight")

    def __init__(
        self, place, rows_in: Callable[[str], tuple[list[TableRow], list[TableRow]]], compare: bool, gap: float = 0.0,
        again: Callable[[TableRow], Flow] | None = None, **kw,
    ) -> None:
        """rows_in: form → (heading rows, body rows), their looks being those of the form. gap: between the columns
        after the first, points. again: a group's row → what stands in place of its heading where its rows go on in
        another frame."""
        super().__init__(place, **kw)
        self.rows_in, self.compare, self.gap, self.again = rows_in, compare, gap, again
        self.sets: dict[str, tuple[list[TableRow], list[TableRow]]] = {}
        self.count = max((sum(c.colspan for c in row.cells) for row in self.head + self.body), default=0)
        self.plans: dict[float, tuple[str, list]] = {}
        self.made: dict[tuple[float, bool], tuple[list[Piece], list[int]]] = {}
        self.breaks: list[tuple[int | None, float]] = []
        self.sight: ViewsLeaf | None = None
        """Pictures of the columns, between their headings and the rows."""

    def row_set(self, form: str) -> tuple[list[TableRow], list[TableRow]]:
        """Heading rows and body rows in a form."""
        if form not in self.sets:
            self.sets[form] = self.rows_in(form)
        return self.sets[form]

    @property
    def spanned(self) -> bool:
        """Whether a cell, but for the headings of groups, spans columns: then all headings stand above the cards."""
        return len(self.head) > 1 or any(len(row.cells) != self.count for row in self.head + self.body if not row.group)

    @property
    def write(self) -> bool:
        """Whether it is to be written in, and so needs its empty cells: it says so, or all but the rows' names are."""
        said = self.node is not None and "write" in self.node.classes
        return said or all(cell.empty for row in self.body for cell in row.cells[1:])

    @property
    def head(self) -> list[TableRow]:
        return self.row_set("")[0]

    @property
    def body(self) -> list[TableRow]:
        return self.row_set("")[1]

    def widths(self) -> tuple[float, float]:
        least, natural = self._needs()
        inset = self.left + self.right
        return max(least, default=0.0) * 2 + inset, sum(natural) + inset

    def word_count(self, at: Any = None) -> int:
        first, starts = _from(at)
        count = sum(cell.flow.words_from(START) for row in self.body[first:] for cell in row.cells if not cell.reached)
        if starts:  # without what stands in an earlier frame
            cells = self.body[first].cells
            count += sum(c.flow.words_from(start) - c.flow.words_from(START) for c, start in zip(cells, starts))
        return count + (sum(c.flow.words_from(START) for row in self.head for c in row.cells) if at is None else 0)

    def let_go(self) -> None:
        super().let_go()
        self.made.clear()
        self.sets.clear()
        self.plans.clear()
        self.rows_in = self.again = self.sight = None

    # ── columns ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _needs(self) -> tuple[list[float], list[float]]:
        """Narrowest and natural width of each column, padding and the gap before it included."""
        least, natural = [0.0] * self.count, [0.0] * self.count
        for row in self.head + self.body:
            column = 0
            for cell in row.cells:
                if cell.colspan == 1:
                    a, b = cell.flow.widths()
                    pad = 2 * cell.look.pad_side + (self.gap if column > 1 else 0.0)
                    least[column] = max(least[column], a + pad)
                    natural[column] = max(natural[column], b + pad)
                column += cell.colspan
        return least, natural

    def columns(self, width: float) -> list[float] | None:
        """Widths of the columns for a measure; None: it is stacked, or set as cards."""
        form, plan = self.plan(width)
        return plan if form == "" else None

    def plan(self, width: float) -> tuple[str, list]:
        """(form, widths of its columns, or of a stacked row: the columns on each of its lines with their widths)."""
        if width not in self.plans:
            room = width - self.left - self.right
            wide = self._wide(room)
            if wide is not None:
                self.plans[width] = "", wide
            else:
                stacked = patterns(self, room)
                self.plans[width] = ("stacked", stacked) if stacked else ("card", [])
        return self.plans[width]

    def _wide(self, room: float) -> list[float] | None:
        least, natural = self._needs()
        if sum(least) > room or room < NARROW and self.count > 2 and not self.write:
            return None
        if self.compare and self.count > 2:
            first = max(least[0], min(natural[0] + GUTTER, room * FACTOR))
            if sum(least[1:]) > room - first:
                first = least[0]
            plan = [first, *share(room - first, least[1:], natural[1:])]
        else:
            plan = share(room, least, natural)
        if room < NARROW and not self.write and self._tallest(plan) > LONG_CELL:
            return None
        if room < MANY and self.count > 4 and not self.compare and not self.write and self._tallest(plan) > FEW_LINES:
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

    def make(self, width: float, at: Any) -> Sequence[Piece]:
        form, plan = self.plan(width)
        head, body = self.row_set(form)
        first, starts = _from(at)
        again = at is not None and not (isinstance(at, tuple) and at[0] == "head")
        cards = form == "card" and self._headings_in_cards(at)
        out = self._head(head, form, plan, width, at, cards)
        if at is None and self.sight is not None:
            out[0] = self._with_sight(out[0], form, plan, width - self.left - self.right)
        if again and self.again is not None and (group := self._group(body, first)) is not None:
            cell = group.cells[0]
            room = width - self.left - self.right
            again_said = Cell(self.again(group), 0.0, room, cell.look, START, True)
            out.append(RowPiece([again_said], group.look, self, None, at, NEVER))
        whole, begins = self._rows(width, form, plan, body, cards)
        if starts:
            end, penalty = self._breaks(body)[first]
            out += self._made(body[first], form, plan, width, first, end, penalty, cards, starts, titled=len(at) > 3)
            first += 1
        made = Rest(whole, begins[first], out)
        if made:
            made[0].before = max(made[0].before, 0.0 if again else self.before)
            made[-1].after = self.after
        return made

    def _with_sight(self, piece: Piece, form: str, plan: list, room: float) -> Piece:
        """The first heading row with the pictures below it, or above where the headings stand in cards."""
        if form == "card":
            count = len(self.sight.options)
            each = (room - GUTTER * (count - 1)) / (count or 1)
            return Piled(self.sight.strip([(n * (each + GUTTER), each) for n in range(count)]), piece, piece.end)
        if form == "stacked":
            columns = [(x, width) for _, x, width in plan[1]]
        else:
            gaps = [0.0 if k == 1 else self.gap for k in range(1, len(plan))]
            columns = [(sum(plan[:k]) + gap, plan[k] - gap) for k, gap in enumerate(gaps, 1)]
            if self.sight.look.height:
                return headed(self.sight, columns, piece)
        return Piled(piece, self.sight.strip(columns), piece.end)

    def _headings_in_cards(self, at: Any) -> bool:
        """Whether, from a position on, headings of columns are read in the first card that shows them: not all of them
        were read before, as they are where the table began in another form."""
        begun = at is None or isinstance(at, tuple) and (at[0] == "card" or at[0] == "head" and at[2])
        return self.count > 2 and not self.spanned and begun

    def _rows(self, width: float, form: str, plan: list, body: list[TableRow],
              cards: bool) -> tuple[list[Piece], list[int]]:
        """The pieces of all body rows, made once for a measure, and the number of each row's first piece."""
        if (width, cards) not in self.made:
            pieces: list[Piece] = []
            begins = [0]
            for i, (row, (end, penalty)) in enumerate(zip(body, self._breaks(body))):
                pieces += loose(row, self._made(row, form, plan, width, i, end, penalty, cards))
                begins.append(len(pieces))
            if form == "":
                deepen(body, pieces)
            self.made[width, cards] = pieces, begins
        return self.made[width, cards]

    def _breaks(self, body: list[TableRow]) -> list[tuple[int | None, float]]:
        """The position after each body row, and the penalty of a break there."""
        if not self.breaks:
            # whether a group began before the row
            grouped = list(accumulate((row.group for row in body), or_, initial=False))
            for i, row in enumerate(body):
                last = i == len(body) - 1
                inner = NEVER if row.group or row.joined else 80.0 + (100.0 if i in (0, len(body) - 2) else 0)
                penalty = self.penalty if last else inner
                ends_group = not last and grouped[i + 1] and (i + 2 == len(body) or body[i + 2].group)
                if not last and i and body[i - 1].group or ends_group:
                    penalty = max(penalty, 180.0)  # two rows of a group at least on either side
                self.breaks.append((None if last else i + 1, penalty))
        return self.breaks

    @staticmethod
    def _group(body: list[TableRow], first: int) -> TableRow | None:
        """The heading of the group whose rows go on with row `first`; None where there is none, or it begins just
        there."""
        if first >= len(body) or body[first].group:
            return None
        return next((body[i] for i in range(first - 1, -1, -1) if body[i].group), None)

    def _head(self, head: list[TableRow], form: str, plan: list, width: float, at: Any, cards: bool) -> list[Piece]:
        """The heading rows: those that were read in an earlier frame are repeated, and not read again."""
        begun = at is None or isinstance(at, tuple) and at[0] == "head"
        read = (
            {(n, k) for n, row in enumerate(head) for k in range(len(row.cells)) if not self._unread(at, k)}
            if not begun
            else set(at[1] if at else ())
        )
        room, made = width - self.left - self.right, []
        for n, row in enumerate(head):
            mute = frozenset(k for m, k in read if m == n)
            if form == "":
                made.append((n, self._row(row, plan, at, NEVER, mute=mute), range(len(row.cells))))
                continue
            if form == "card" and self.count == 2:
                lines = [
                    [
                        (k, Cell(cell.flow, k * room / 2, room / 2, cell.look, START, k in mute))
                        for k, cell in enumerate(row.cells)
                    ]
                ]
            elif form == "card":
                lines = [
                    [(k, Cell(cell.flow, 0.0, room, cell.look, START, k in mute))]
                    for k, cell in enumerate(row.cells)
                    if k == 0 or self.spanned or begun and not cards or first_card(self, k) is None
                ]
            else:
                lines = lines_of(row, narrow.heads(row, plan, room) if self.compare else plan, None, mute)
                if self.compare:
                    lines = [*lines[1:], lines[0]]  # the options' chips stand above the name of the rows
            for number, line in enumerate(lines):
                look = row.look if number == len(lines) - 1 else None
                below = narrow.BELOW if form == "stacked" and self.compare and 0 < number < len(lines) - 1 else 0.0
                cells = [cell for _, cell in line]
                made.append((n, RowPiece(cells, look, self, None, at, NEVER, before=below), [k for k, _ in line]))
        if begun:  # where a frame ends within the headings, those that are left are not yet read
            if form != "":
                made = [one for one in made if not {(one[0], k) for k in one[2]} <= read]
            for n, piece, columns in made:
                read |= {(n, k) for k in columns}
                piece.end = ("head", tuple(sorted(read)), cards)
            if made:
                made[-1][1].end = ("card", 0) if cards else 0
        return [piece for _, piece, _ in made]

    def _unread(self, at: Any, k: int) -> bool:
        """Whether the heading of column `k` was not read before the position `at`, at which the rows before it were
        cards."""
        first_shown = first_card(self, k)
        if not (isinstance(at, tuple) and at[0] == "card") or not k or first_shown is None:
            return False
        first, starts = _from(at)
        if first_shown != first or not starts:
            return first_shown >= first
        cells = self.body[first].cells
        titled = (
            next((n for n, cell in enumerate(cells) if not (cell.empty and n) and starts[n] != _end(cell)), -1)
            if len(at) > 3
            else -1
        )
        return starts[k] == START and k != titled

    def _made(self, row: TableRow, form: str, plan: list, width: float, i: int, end: Any, penalty: float, cards: bool,
              starts=None, titled: bool = False) -> list[Piece]:
        """The pieces of body row `i`, from the positions `starts` in its cells on."""
        if cards and end is not None:
            end = "card", end
        if form == "":
            tied = row.joined or any(cell.reached for cell in row.cells)
            return [self._row(row, plan, end, penalty, None if tied else i, starts)]
        room = width - self.left - self.right
        if row.group:
            lines: list[Line] = [
                [(0, Cell(row.cells[0].flow, 0.0, room, row.cells[0].look, starts[0] if starts else START))]
            ]
        elif form == "stacked":
            lines = lines_of(row, plan, starts)
        else:
            lines = card(self, row, room, i, starts, titled, not cards)
        return self._lines(row, lines, i, end, penalty, "card" if cards else "cut", starts)

    def _lines(self, row: TableRow, lines: list[Line], i: int, end: Any, penalty: float, kind: str,
               starts=None) -> list[Piece]:
        """Lines of a row under each other; each may be cut, and goes on with the lines after it."""
        out: list[Piece] = []
        begun = starts or (START,) * len(row.cells)
        done = {k for k, cell in enumerate(row.cells) if starts and starts[k] == _end(cell)}
        for number, line in enumerate(lines):
            last = number == len(lines) - 1
            here = [k for k, cell in line if not cell.mute]

            def cut(ends: tuple, line: Line = line, done: frozenset[int] = frozenset(done)) -> tuple | None:
                if any(k < 0 and not cell.mute and end != _end(cell) for (k, cell), end in zip(line, ends)):
                    return None  # a heading is not cut
                reached = {k: end for (k, cell), end in zip(line, ends) if not cell.mute}
                return (
                    kind, i, tuple(_end(c) if k in done else reached.get(k, begun[k]) for k, c in enumerate(row.cells)),
                )

            done.update(here)
            after = (
                end if last else (kind, i, tuple(_end(c) if k in done else begun[k] for k, c in enumerate(row.cells)))
            )
            if [k for k, _ in line] == [-1]:
                after = (*after, True)
            out.append(
                RowPiece(
                    [cell for _, cell in line], row.look if last else None, self, cut if here else None, after,
                    penalty if last else NEVER,
                )
            )
        return out

    def _row(self, row: TableRow, plan: list[float], end: Any, penalty: float, i: int | None = None, starts=None,
             mute: frozenset[int] = frozenset()) -> RowPiece:
        """A row of columns; `i`: its number in the body, without which it is never cut."""
        cells, x, column = [], 0.0, 0
        named = bool(starts) and starts[0] == _end(row.cells[0])
        for k, cell in enumerate(row.cells):
            w = sum(plan[column: column + cell.colspan])
            gap = self.gap if column > 1 else 0.0
            start, again = (starts[k] if starts else START), k in mute
            if named and k == 0:  # a row that goes on keeps its name
                start, again = START, True
            if not cell.reached:
                own = ruled(cell, row) if row.joined and cell.rowspan == 1 else cell.look
                cells.append(Cell(cell.flow, x + gap, w - gap, own, start, again, cell.rowspan > 1))
            x += w
            column += cell.colspan
        cut = None if i is None else lambda ends: ("cut", i, (_end(row.cells[0]), *ends[1:]) if named else ends)
        look = replace(row.look, border=None) if row.joined else row.look
        return RowPiece(cells, look, self, cut, end, penalty)


def _from(at: Any) -> tuple[int, tuple | None]:
    """A position → number of the body row, and the positions in its cells where it was cut."""
    if at is None or isinstance(at, tuple) and at[0] == "head":
        return 0, None
    return (at[1], at[2] if len(at) > 2 else None) if isinstance(at, tuple) else (at, None)


def _end(cell: TableCell | Cell) -> tuple[int, None]:
    """The position after all of a cell."""
    return len(cell.flow.leaves), None
