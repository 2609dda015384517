"""The vertical list: a Flow of Leaves, each of which gives Pieces (lines, rows, pictures) for a measure.

A position in a flow is (index of the leaf, where in the leaf); `None` in the leaf is its beginning. A leaf gives its
pieces afresh for any measure and position, so that text goes on in a frame of another width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..model.page import Shape, Stroke
from ..model.problem import Place
from ..model.record import field, record, replace
from ..model.signs import circle
from ..model.story import Node
from ..text.line import LineBox
from .canvas import Canvas, baseline, paint_line
from .look import Look
from .torn import torn

NEVER = 1e6
"""Penalty of a break that only an emergency takes."""
KEEP = 2000.0
"""Penalty of a break inside something that is to be kept whole."""


@record(slots=True, eq=False)
class Box:
    """A ground or border around leaves."""

    look: Look
    left: float
    right: float
    """Distance of the box's edges from those of the flow (start and end edge)."""


class Piece:
    """A horizontal slice that is never cut: a line, a row, a picture, the edge of a box."""

    __slots__ = ("after", "before", "end", "height", "penalty")
    soft = False
    """It may be cut like running text, not only where it is higher than a frame."""
    clean = False
    """What was cut off it ends after a paragraph."""
    spare = 0.0
    """Points by which its padding may grow; `padded` makes it so."""

    def __init__(self, height: float, end: Any, penalty: float, before: float = 0.0, after: float = 0.0) -> None:
        self.height = height
        self.end = end
        """Position in the leaf after this piece; None: the leaf is done."""
        self.penalty = penalty
        """Of a break after it."""
        self.before = before
        self.after = after

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Put items on the canvas; x, y: top left of the flow's measure at this piece's top."""

    def split(self, room: float) -> Piece | None:
        """As much of this piece as fits `room`; None where it can't be cut."""
        return None

    def shrunk(self, room: float) -> Piece | None:
        """This piece made smaller, to fit `room`; None where it can't be."""
        return None

    def larger(self, room: float, width: float) -> Piece | None:
        """This picture made higher, by `room` at the most, in a measure of `width`; None where it stays as it is."""
        return None


class Rest(Sequence):
    """Some pieces, and those of a list from a number on, without a copy of them: every page of a long text has its
    own."""

    __slots__ = ("ahead", "first", "pieces")

    def __init__(self, pieces: list[Piece], first: int, ahead: Sequence[Piece] = ()) -> None:
        self.pieces, self.first, self.ahead = pieces, first, ahead

    def __len__(self) -> int:
        return len(self.ahead) + len(self.pieces) - self.first

    def __getitem__(self, at: int) -> Piece:
        at = range(len(self))[at]
        return self.ahead[at] if at < len(self.ahead) else self.pieces[at - len(self.ahead) + self.first]

    def __iter__(self) -> Iterator[Piece]:
        yield from self.ahead
        yield from map(self.pieces.__getitem__, range(self.first, len(self.pieces)))


@record(slots=True, eq=False)
class Leaf:
    """One thing in the vertical list. Insets are points from the start and end edges of the measure."""

    place: Place | None
    left: float = 0.0
    right: float = 0.0
    boxes: tuple[Box, ...] = ()
    rtl: bool = False
    """Its start edge is the right one."""
    groups: tuple[int, ...] = ()
    """The keep-together groups it is in; those below 0 are the author's, who means the whole height of a page."""
    before: float = 0.0
    after: float = 0.0
    penalty: float = 10.0
    """Of a break after it."""
    snap: bool = False
    """Stands on the baseline grid."""
    push: bool = False
    at: float | None = None
    until: float | None = None
    """Begins, or ends, at this part of the panel's height, or below it."""
    panel: str | None = None
    """Begins this panel where that is possible."""
    fresh: bool = False
    """Begins a page or panel, as its author wants it."""
    begins: bool = False
    """Begins an item of a list."""
    sideways: bool = False
    """Stands on a landscape page."""
    node: Node | None = None
    """The block, for problems."""
    rows: dict = field(default_factory=dict)
    """Pieces by (measure, position)."""

    @property
    def words(self) -> str:
        """How the block begins."""
        return " ".join(self.node.words().split()[:6]) if self.node is not None else ""

    def pieces(self, width: float, at: Any = None) -> Sequence[Piece]:
        """The pieces from position `at` on, for a measure of `width`; kept."""
        key = (width, at)
        found = self.rows.get(key)
        if found is None:
            found = self.rows[key] = self.make(width, at)
        return found

    def let_go(self) -> None:
        """Drop the pieces, which hold the leaf that holds them."""
        self.rows.clear()

    def make(self, width: float, at: Any) -> Sequence[Piece]:
        raise NotImplementedError

    def widths(self) -> tuple[float, float]:
        """(narrowest, natural) width, insets included."""
        return self.left + self.right, self.left + self.right

    def word_count(self, at: Any = None) -> int:
        return 0


class EdgeLeaf(Leaf):
    """The top or bottom padding of a box, or a blank."""

    __slots__ = ("height", "open")

    def __init__(self, place, height: float, open: bool, **kw) -> None:
        super().__init__(place, **kw)
        self.height = height
        self.open = open

    def make(self, width: float, at: Any) -> Sequence[Piece]:
        return [Piece(self.height, None, NEVER if self.open else self.penalty, self.before, self.after)]


class TextLeaf(Leaf):
    """A paragraph, heading, list item …: lines of text, with a label before the first where it is a list item."""

    __slots__ = (
        "badge", "heading", "joined", "known", "label", "label_gap", "look", "origins", "paragraph", "refit",
        "siblings",
    )

    def __init__(self, place, paragraph, look: Look, *, label=None, label_gap: float = 0.0, heading: bool = False,
                 **kw):
        super().__init__(place, **kw)
        self.paragraph = paragraph
        self.look = look
        self.label = label
        """Paragraph of the bullet or number, set before the start edge."""
        self.label_gap = label_gap
        self.heading = heading
        self.origins = None
        """Where its words come from (story.Origins)."""
        self.known: dict[float, dict[int, tuple[list[Piece], int]]] = {}
        """Measure → where a line ends → the pieces it is in, and the number after its own: lines are set once, however
        many frames they are tried in."""
        self.refit = None
        """size → (paragraph, look) of that size: for a title whose longest word is wider than the measure."""
        self.siblings: list[TextLeaf] = []
        """Lines of a title that have the same size, with this one: the largest at which the longest fits the
        measure."""
        self.badge: str | None = None
        """Colour of the disc that the label stands on."""
        self.joined: tuple[int, str] | None = None
        """Of a disc: the list that it belongs to, and the colour of the line from the disc before it in that list."""

    def let_go(self) -> None:
        super().let_go()
        self.known.clear()
        self.refit, self.siblings = None, []

    def make(self, width: float, at: Any) -> Sequence[Piece]:
        known = self.known.setdefault(width, {})
        if at in known:
            return Rest(*known[at])
        look, paragraph, measure = self.look, self.paragraph, width - self.left - self.right
        if self.siblings:
            widest = max(leaf.paragraph.natural_width() for leaf in self.siblings)
            least, most = look.fit
            size = min(most, max(least, int(look.size * measure / widest * 10) / 10))
            paragraph, look = self.refit(size)
            if size < most and len(self.siblings) == 1 and (size == least or self.node.name == "line"):
                title, larger = self._title(measure)  # it takes several lines anyway, or is much larger in several
                if size == least or larger.size > 1.25 * size:
                    paragraph, look = title, larger
        if self.refit is not None and (least := paragraph.min_width()) > measure:
            paragraph, look = self.refit(look.size * measure / least * 0.995)
        meets = (
            None if at is None or look.balance else lambda end: end in known and len(known[end][0]) - known[end][1] > 3
        )
        lines = paragraph.lines(measure, start=at or 0, balance=look.balance, align=look.align, until=meets)
        tail = (
            Rest(*known[lines[-1].end]) if meets and lines and meets(lines[-1].end) else ()
        )  # its last lines are alike, too
        if not lines and self.label is not None:
            lines = [LineBox()]  # an item without text of its own: its bullet stands alone
        out: list[Piece] = []
        count = len(lines) + len(tail)
        for i, line in enumerate(lines):
            last = i == count - 1
            if last:
                penalty = self.penalty
            elif self.heading or (i == 0 and at is None) or i == count - 2:
                penalty = NEVER  # a heading is never cut; two lines at least on either side of a break
            else:
                penalty = 40.0
            if look.points:  # the lines of a title may differ in size
                most = max((run.size for run in line.runs if not run.words[0].text.isspace()), default=look.size)
                line_look = replace(look, size=most, leading=look.leading * (0.35 + 0.65 * most / look.size))
            else:
                line_look = look
            out.append(LinePiece(self, line, line_look, i == 0 and at is None, None if last else line.end, penalty,
                                 self.before if i == 0 and at is None else 0.0, self.after if last else 0.0))
        for number, line in enumerate(lines, 1):
            known.setdefault(line.end, (out, number))
        out += tail
        return out

    def _title(self, measure: float) -> tuple[Any, Look]:
        """The largest size of a title at which no word is wider than the measure, and which takes four lines at the
        most."""
        least, size = self.look.fit
        while size > least:
            paragraph, look = self.refit(size)
            if paragraph.min_width() <= measure and len(paragraph.lines(measure)) <= 4:
                return paragraph, look
            size -= 1.0
        return self.refit(least)

    def widths(self) -> tuple[float, float]:
        inset = self.left + self.right
        return self.paragraph.min_width() + inset, self.paragraph.natural_width() + inset

    def word_count(self, at: Any = None) -> int:
        return len(self.paragraph.text[at or 0:].split())


class LinePiece(Piece):
    """A line of text. Its baseline stands so that the face's ascent and descent are centred in the leading."""

    __slots__ = ("first", "leaf", "line", "look")

    def __init__(
        self, leaf: TextLeaf, line: LineBox, look: Look, first: bool, end: Any, penalty: float, before: float,
        after: float,
    ) -> None:
        self.leaf, self.line, self.look, self.first = leaf, line, look, first
        self.height, self.end, self.penalty, self.before, self.after = look.leading, end, penalty, before, after

    def paint(self, canvas, x, y, width):
        leaf, line = self.leaf, self.line
        base = y + baseline(self.look)
        left = x + (leaf.right if leaf.rtl else leaf.left)
        if self.first and leaf.label is not None:
            label = leaf.label.lines(leaf.label.natural_width() + 1)[0]
            wide = max(label.width, BADGE * self.look.size if leaf.badge else 0.0)
            if leaf.rtl:
                lx = x + width - leaf.left + leaf.label_gap
            else:
                lx = x + leaf.left - leaf.label_gap - wide
            if leaf.badge:
                radius = wide / 2
                self._join(canvas, lx + radius, base - self.look.size * CAPITAL / 2, radius)
                canvas.items.append(
                    Shape(lx + radius, base - self.look.size * CAPITAL / 2, radius, circle(0, 0, 1), leaf.badge)
                )
                lx += (wide - label.width) / 2
            paint_line(canvas, label, lx, base, leaf.place)
        paint_line(canvas, line, left, base, leaf.place, leaf.origins, leaf.paragraph.text)
        if line.torn and not canvas.mute:
            canvas.told.append(torn(leaf.place, leaf.paragraph.word_at(line.end)))


    def _join(self, canvas: Canvas, x: float, y: float, radius: float) -> None:
        """A line from the disc before this one, where that stands above it."""
        if self.leaf.joined is None or canvas.mute:
            return
        steps, colour = self.leaf.joined
        before, gap = canvas.badges.get(steps), radius * 0.25
        if before and abs(before[0] - x) < 0.1 and y - radius - before[1] > 3 * gap:
            canvas.items.append(Stroke(x, before[1] + gap, x, y - radius - gap, JOIN, colour))
        canvas.badges[steps] = x, y + radius


JOIN = 1.0
"""Width of the line between two steps, points."""
BADGE = 1.62
"""Diameter of the disc behind a step's number, in multiples of the type size."""
CAPITAL = 0.69
"""Height of a figure, in multiples of the type size."""


ORPHANS = 3
"""Lines of a long block that stand together at least on either side, where it goes on in another frame."""


def _line_count(leaves: list[Leaf], width: float) -> int:
    """Number of lines, rows and pictures, without headings and the edges of boxes."""
    return sum(len(leaf.pieces(width)) for leaf in leaves
               if not isinstance(leaf, EdgeLeaf) and not (isinstance(leaf, TextLeaf) and leaf.heading))


@record(slots=True)
class Flow:
    """Leaves in reading order."""

    leaves: list[Leaf] = field(default_factory=list)
    parted: set[int] = field(default_factory=set)
    """Keep-together groups that may go on in another frame after a paragraph."""
    _heights: dict = field(default_factory=dict)
    _members: dict[int, list[Leaf]] = field(default_factory=dict)

    def group_height(self, group: int, width: float) -> float:
        """Height of what a keep-together group holds, about."""
        height = self._heights.get((group, width))
        if height is None:
            height = self._heights[group, width] = sum(
                piece.before + piece.height for leaf in self._inside(group) for piece in leaf.pieces(width))
        return height

    def may_part(self, group: int, leaf: Leaf, width: float) -> bool:
        """Whether a group may go on in another frame after a leaf: it holds paragraphs, with a few lines on either
        side."""
        if group not in self.parted:
            return False
        members = self._inside(group)
        first = members.index(leaf) + 1
        return min(_line_count(members[:first], width), _line_count(members[first:], width)) >= ORPHANS

    def _inside(self, group: int) -> list[Leaf]:
        if not self._members:
            for leaf in self.leaves:
                for one in leaf.groups:
                    self._members.setdefault(one, []).append(leaf)
        return self._members[group]

    def widths(self) -> tuple[float, float]:
        """(narrowest, natural) width of the widest leaf."""
        both = [leaf.widths() for leaf in self.leaves] or [(0.0, 0.0)]
        return max(b[0] for b in both), max(b[1] for b in both)

    def words_from(self, position) -> int:
        index, at = position
        if index >= len(self.leaves):
            return 0
        return self.leaves[index].word_count(at) + sum(leaf.word_count() for leaf in self.leaves[index + 1:])
