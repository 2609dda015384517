"""Things side by side: table rows, blocks in proportion, balanced columns. Each is a Piece that can be cut when it
must."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from typing import Any

from ..model.layout import MM
from ..model.record import record
from .canvas import Canvas
from .flow import KEEP, NEVER, ORPHANS, EdgeLeaf, Flow, Leaf, Piece
from .frame import START, Break, Filling, best_break, fill, last_break, paint
from .grounds import ground
from .look import Look

TALL = 1e7
NARROW = 24 * MM
"""Width below which text does not stand side by side."""
LISTED = 30 * MM
"""The same for lists whose items stand level."""
LOW = 50.0
"""Points: columns do not begin where there is less room."""
STACKED = 8.0
"""Penalty of a break between blocks that would stand side by side."""
HIGHEST = 4000.0
"""Points: no page, and no folded side's panels together, are as high. What is higher is certainly cut, so that no more
of a long text is looked at for every page it goes through."""


@record(slots=True)
class Cell:
    """A flow with the place it takes in its row; x from the row's START edge."""

    flow: Flow
    x: float
    width: float
    look: Look | None = None
    """Ground and padding."""
    start: Any = START
    mute: bool = False
    """A repeated heading, which is not read again."""
    deep: bool = False
    """It goes on beside the rows below, whose height it may use."""


class RowPiece(Piece):
    """Cells side by side, tops aligned."""

    __slots__ = ("above", "cells", "cut", "ends", "extra", "fillings", "leaf", "look", "spare")

    def __init__(self, cells: list[Cell], look: Look | None, leaf: Leaf, cut: Callable[[tuple], Any] | None, *a,
                 room: float = TALL, **kw) -> None:
        """leaf: says the row's insets and direction. cut: positions in the cells → position in the leaf, for a row that
        goes on in another frame; None: it does not."""
        super().__init__(0.0, *a, **kw)
        self.cells, self.look, self.leaf, self.cut = cells, look, leaf, cut
        self.fillings, self.ends = [], []
        self.spare, self.extra, self.above = 0.0, 0.0, 0.5
        """What its padding may grow by, what it has grown by, and the part of that which is above its cells."""
        height = 0.0
        for c in cells:
            top, side, bottom = _pads(c.look)
            depth = (room if cut is None else min(room, HIGHEST)) - top - bottom
            f = fill(c.flow, c.start, c.width - 2 * side, depth)
            stop = f.breaks[-1] if f.done else self.stop(f, depth) or Break(c.start, 0.0, NEVER, 0)
            self.fillings.append((f, stop))
            self.ends.append(stop.end)
            if not c.deep:
                height = max(height, stop.used + top + bottom)
            if not f.done and room == TALL:
                height = max(height, HIGHEST)
        self.height = max(height, look.height) if look is not None else height

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        leaf = self.leaf
        row_width = width - leaf.left - leaf.right
        x0 = x + (leaf.right if leaf.rtl else leaf.left)
        lefts = [x0 + (row_width - c.x - c.width if leaf.rtl else c.x) for c in self.cells]
        if self.look is not None and self.look.background:
            ground(canvas, self.look, x0, y, row_width, self.height)
        for c, cx in zip(self.cells, lefts):
            if c.look is not None:
                ground(canvas, c.look, cx, y, c.width, self.height)
        if self.look is not None and not self.look.background:  # a rule goes on over the grounds of cells
            ground(canvas, self.look, x0, y, row_width, self.height)
        for c, cx, (f, stop) in zip(self.cells, lefts, self.fillings):
            top, side, bottom = _pads(c.look)
            depth = self.height - top - bottom - self.extra
            top += self.extra * self.above
            lift = max(0.0, depth - stop.used) if c.look is not None and c.look.height else 0.0
            paint(
                f, stop, canvas.muted() if c.mute else canvas, cx + side, y + top + lift, c.width - 2 * side,
                depth - lift,
            )

    def padded(self, part: float) -> Piece:
        """This row with so much of what its padding may grow by."""
        piece = copy(self)
        piece.extra, piece.spare = self.spare * part, 0.0
        piece.height = self.height + piece.extra
        return piece

    def stop(self, filling: Filling, depth: float) -> Break | None:
        """Where a cell that has no room is cut; None: nowhere."""
        return last_break(filling, depth)

    def split(self, room: float, kind: type[RowPiece] | None = None) -> Piece | None:
        """kind: of the row that is cut off; None: of this one."""
        if self.cut is None:
            return None
        part = (kind or type(self))(self.cells, self.look, self.leaf, self.cut, None, self.penalty,
                                    self.before, 0.0, room=room)
        if all(end == c.start for end, c in zip(part.ends, self.cells)) or part.height > room + 0.01:
            return None
        part.end = self.cut(tuple(part.ends))
        return part if part.end is not None else None


class SoftRow(RowPiece):
    """Text side by side: it may be cut wherever all of its cells may."""

    __slots__ = ()
    soft = True

    def stop(self, filling: Filling, depth: float) -> Break | None:
        return next((one for one in reversed(filling.breaks) if one.penalty < NEVER), None)

    def split(self, room: float, kind: type[RowPiece] | None = None) -> Piece | None:
        part = super().split(room, kind)
        stuck = part is not None and any(
            end == c.start != (len(c.flow.leaves), None) for end, c in zip(part.ends, self.cells)
        )
        return None if stuck else part


class ParagraphRow(SoftRow):
    """A row that goes on in another frame after a paragraph, with a few lines on either side; one that no frame holds
    is cut like other text."""

    __slots__ = ()
    clean = True

    def stop(self, filling: Filling, depth: float) -> Break | None:
        return next((one for one in reversed(filling.breaks) if one.penalty < KEEP and one.end[1] is None
                     and line_count(p.leaf for p in filling.placed[: one.count]) >= ORPHANS), None)

    def split(self, room: float, kind: type[RowPiece] | None = None) -> Piece | None:
        part = super().split(room) if any(len(cell.flow.leaves) > 1 for cell in self.cells) else None
        if part is not None and all(stop.end[0] == len(cell.flow.leaves) or self._goes_on(cell, stop)
                                    for (_, stop), cell in zip(part.fillings, self.cells)):
            return part
        return super().split(room, SoftRow)

    @staticmethod
    def _goes_on(cell: Cell, stop: Break) -> bool:
        """Whether a few lines of a cell are left."""
        left = cell.flow.leaves[stop.end[0]:]
        return line_count(leaf for leaf in left for _ in leaf.pieces(cell.width)) >= ORPHANS


def line_count(leaves: Iterable[Leaf]) -> int:
    """Number of lines, rows and pictures, each given by its leaf; the edges of boxes are none."""
    return sum(not isinstance(leaf, EdgeLeaf) for leaf in leaves)


class LevelRow(SoftRow):
    """Lists side by side, an item of each on one height: what one does, and beside it what one does not."""

    __slots__ = ()

    def __init__(self, cells: list[Cell], *a, **kw) -> None:
        super().__init__(cells, *a, **kw)
        if all(filling.done and cell.start == START for cell, (filling, _) in zip(cells, self.fillings)):
            self._level()

    def _level(self) -> None:
        columns = [filling.placed for filling, _ in self.fillings]
        items = [[k for k, p in enumerate(placed) if p.leaf.begins and p.piece is p.leaf.pieces(cell.width)[0]]
                 for cell, placed in zip(self.cells, columns)]
        for row in range(max(map(len, items))):
            begins = [(placed, at[row]) for placed, at in zip(columns, items) if row < len(at)]
            top = max(placed[k].y for placed, k in begins)
            for placed, k in begins:
                for p in placed[k:] if (down := top - placed[k].y) > 0 else ():
                    p.y += down
        for (filling, stop), placed in zip(self.fillings, columns):
            if placed:
                foot = placed[-1].y + placed[-1].piece.height
                stop.used, filling.height = max(stop.used, foot), max(filling.height, foot)
                self.height = max(self.height, foot)


def _pads(look: Look | None) -> tuple[float, float, float]:
    return (0.0, 0.0, 0.0) if look is None else (look.pad_top, look.pad_side, look.pad_bottom)


class SideBySide(Leaf):
    """Blocks side by side in given proportions (a title beside a picture; the three parts of a footer)."""

    __slots__ = ("blank", "flows", "gap", "least", "level", "numbered", "paragraphs", "shares")

    def __init__(self, place, flows: list[Flow], shares: tuple[float, ...], gap: float, numbered: tuple[bool, ...] = (),
                 **kw) -> None:
        """numbered: which of the flows hold page numbers."""
        super().__init__(place, **kw)
        self.flows, self.shares, self.gap, self.numbered = flows, shares, gap, numbered
        self.paragraphs = False
        """It goes on in another frame after a paragraph."""
        self.blank = 0.0
        """Share that stays empty, at the end."""
        self.level = False
        """Lists, whose items stand on one height."""
        self.least: list[float] = []
        """Width of each flow at the least, beside that of its widest word, where that is more than its share and the
        others can do with less; points."""

    def make(self, width: float, at: Any) -> list[Piece]:
        room = width - self.left - self.right - self.gap * (len(self.flows) - 1)
        starts = at or (START,) * len(self.flows)
        shares = self._shared(room)
        if self._too_narrow(shares):
            return self._stacked(width - self.left - self.right, starts, at is None)
        cells, x = [], 0.0
        for flow, w, start in zip(self.flows, shares, starts):
            cells.append(Cell(flow, x, w, None, start))
            x += w + self.gap
        row = LevelRow if self.level else ParagraphRow if self.paragraphs else SoftRow
        return [row(cells, None, self, tuple, None, self.penalty,
                    before=self.before if at is None else 0.0, after=self.after)]

    def _too_narrow(self, shares: list[float]) -> bool:
        """Whether blocks stand below each other instead: a word has no room, or lines are very short."""
        if any(self.numbered) or not all(flow.words_from(START) for flow in self.flows):
            return False  # a footer has its height; a sign, a code or a picture alone stays beside its words
        for flow, w in zip(self.flows, shares):
            least, natural = flow.widths()
            if least > w + 0.01:
                return True
            if (
                w < (LISTED if self.level else NARROW)
                and natural > w
                and all(leaf.word_count() or isinstance(leaf, EdgeLeaf) for leaf in flow.leaves)
            ):
                return True  # a picture may be as narrow as that, not text
        return False

    def _stacked(self, room: float, starts: tuple, whole: bool) -> list[Piece]:
        """The blocks one below the other. starts: where each goes on; whole: this is the beginning of all."""
        done = tuple((len(flow.leaves), None) for flow in self.flows)
        left = [k for k, flow in enumerate(self.flows) if starts[k] != done[k]]
        out: list[Piece] = []
        row = ParagraphRow if self.paragraphs else SoftRow
        space = self.gap / 2
        for k in left:
            last = k == left[-1]
            end = None if last else (*done[: k + 1], *starts[k + 1:])
            before = max((leaf.before for leaf in self.flows[k].leaves[:1]), default=0.0)
            out.append(
                row(
                    [Cell(self.flows[k], 0.0, room, None, starts[k])], None, self,
                    lambda ends, k=k: (*done[:k], *ends, *starts[k + 1 :]), end, self.penalty if last else STACKED,
                    before=max(before, space) if out else self.before if whole else 0.0,
                    after=self.after if last else 0.0,
                )
            )
            space = max(self.gap / 2, *(leaf.after for leaf in self.flows[k].leaves[-1:]))
        return out

    def _shared(self, room: float) -> list[float]:
        """The width of each flow."""
        whole = sum(self.shares[: len(self.flows)]) + self.blank
        wide = [room * share / whole for _, share in zip(self.flows, self.shares)]
        words = [flow.widths()[0] for flow in self.flows]
        leasts = list(map(max, self.least, words)) if self.least else words
        if not any(map(float.__gt__, leasts, wide)):
            return wide
        rest = room - sum(least for least, w in zip(leasts, wide) if least > w)
        whole = sum(share for share, least, w in zip(self.shares, leasts, wide) if least <= w)
        given = [
            least if least > w else rest * share / (whole or 1) for share, least, w in zip(self.shares, leasts, wide)
        ]
        room_for_all = all(least > w or word <= new for word, least, w, new in zip(words, leasts, wide, given))
        return given if room_for_all and rest >= 0 else wide

    def widths(self) -> tuple[float, float]:
        both = [f.widths() for f in self.flows]
        inset = self.left + self.right + self.gap * (len(self.flows) - 1)
        return sum(b[0] for b in both) + inset, sum(b[1] for b in both) + inset

    def word_count(self, at: Any = None) -> int:
        starts = at or (START,) * len(self.flows)
        return sum(f.words_from(s) for f, s in zip(self.flows, starts))


class Columns(Leaf):
    """A flow in balanced columns. A position is the position in that flow."""

    __slots__ = ("count", "flow", "gap")

    def __init__(self, place, flow: Flow, count: int, gap: float, **kw) -> None:
        super().__init__(place, **kw)
        self.flow, self.count, self.gap = flow, count, gap

    def make(self, width: float, at: Any) -> list[Piece]:
        return [ColumnsPiece(self, width, at or START, TALL, self.before if at is None else 0.0)]

    def widths(self) -> tuple[float, float]:
        least, natural = self.flow.widths()
        rest = self.gap * (self.count - 1) + self.left + self.right
        return least * self.count + rest, natural * self.count + rest

    def word_count(self, at: Any = None) -> int:
        return self.flow.words_from(at or START)


class ColumnsPiece(Piece):
    """Balanced columns: the least depth at which the flow, or as much of it as `room` allows, fits."""

    __slots__ = ("fillings", "leaf", "pitch", "start")
    soft = True

    def __init__(self, leaf: Columns, width: float, start, room: float, before: float) -> None:
        super().__init__(0.0, None, leaf.penalty, before, leaf.after)
        self.leaf, self.start = leaf, start
        self.pitch = (width - leaf.left - leaf.right + leaf.gap) / leaf.count
        measure = self.pitch - leaf.gap
        all_of_it = fill(leaf.flow, start, measure, min(room, HIGHEST) * leaf.count)
        if not all_of_it.done and room == TALL:
            self.fillings, self.height = [], HIGHEST
            return
        whole = all_of_it.height
        low, high = whole / leaf.count, min(room, whole)
        best = self._at(measure, high) if all_of_it.done and high >= low else None
        depth = min(low * 1.02, high)  # most columns come out even
        while best is not None and high - low > 1.0:
            got = self._at(measure, depth)
            if got is not None:
                best, high = got, depth
            else:
                low = depth
            depth = (low + high) / 2
        if best is None:  # more than the room: fill the columns one after the other, the rest goes on
            best = self._at(measure, room, whole=False)
        self.fillings = best
        self.height = max((stop.used for _, stop in best if stop), default=0.0)
        last = best[-1][1] if best else None
        if last is not None and last.end[0] < len(leaf.flow.leaves):
            self.end = last.end

    def _at(self, measure: float, depth: float, whole: bool = True):
        position, out = self.start, []
        for _ in range(self.leaf.count):
            f = fill(self.leaf.flow, position, measure, depth)
            stop = f.breaks[-1] if f.done else best_break(f, depth)
            if stop is None:
                return None if whole else out
            out.append((f, stop))
            position = stop.end
            if f.done:
                return out
        return None if whole else out

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        measure = self.pitch - self.leaf.gap
        for i, (f, stop) in enumerate(self.fillings):
            offset = self.leaf.left + i * self.pitch
            cx = x + (width - offset - measure if self.leaf.rtl else offset)
            paint(f, stop, canvas, cx, y, measure, self.height)

    def split(self, room: float) -> Piece | None:
        width = self.pitch * self.leaf.count - self.leaf.gap + self.leaf.left + self.leaf.right
        if room < LOW:
            return None
        part = ColumnsPiece(self.leaf, width, self.start, room, self.before)
        return part if part.fillings and part.end is not None and part.height <= room + 0.01 else None
