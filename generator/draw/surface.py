"""One PDF page in the making: operators, and which structure leaf each mark of it paints.

Everything painted lies in exactly one marked-content sequence: a leaf's, or an artifact's. Sequences never nest. A
sequence of text opens and closes within its text object; one of a Figure stands around text and paths alike.
"""

from __future__ import annotations

from ..model.page import Cut, Fill, Image, LinkArea, Run, Shape, Stroke
from ..model.signs import rounded
from ..model.structure import Elem
from .font import Font
from .ink import FINE, SCREEN, Press, Screen

ARTIFACT = Elem("Artifact")
"""Owner of grounds and rules."""
FOOTER = Elem("Footer")
"""Owner of page furniture (ISO 32000-1, 14.8.2.2)."""
_OPENERS = {
    id(ARTIFACT): b"/Artifact BMC",
    id(FOOTER): b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC",
}
_ROUND = 0.5523
"""Control points of a quarter circle as a Bézier curve."""


_numbers: dict[int, bytes] = {}


def hundredths(value: int) -> bytes:
    """A number given in hundredths, as short as can be."""
    known = _numbers.get(value)
    if known is None:
        known = (f"{value / 100:.2f}".rstrip("0").rstrip(".")).encode()
        if len(_numbers) < 100_000:
            _numbers[value] = known
    return known


def number(value: float) -> bytes:
    """A length, rounded to 0.01 pt."""
    return hundredths(round(value * 100))


class Surface:
    """A PDF page: width and height of its trim in points, with a margin around it. Panels are painted on it one after
    another, in reading order.

    marks: id(leaf) → (page, number) of each of its marks in the order of painting; all pages of a document share it.
    """

    def __init__(
        self, page: int, width: float, height: float, marks: dict[int, list[tuple[int, int]]],
        inks: Screen | Press = SCREEN, margin: float = 0.0,
    ) -> None:  # fmt: skip
        self.page, self.marks, self.inks, self.margin = page, marks, inks, margin
        self.trim = width, height
        self.width, self.height = width + 2 * margin, height + 2 * margin
        self.operators: list[bytes] = []
        self.owners: list[Elem] = []
        """Leaf of each mark, by its number."""
        self.boxes: dict[int, tuple[float, float, float, float]] = {}
        """id(Figure) → what it covers on this page: left, bottom, right, top."""
        self.tops: dict[int, tuple[float, float]] = {}
        """id(leaf) → left and top of where it begins on this page."""
        self._owner: Elem | None = None
        self._owner_in_text = False
        self._apart: list[tuple[Font, float, bytes, int, int, bytes]] = []
        """Marks of the owner that stand off their lines: font, size, ink, place in hundredths, code."""
        self._in_text = False
        self._origin = (0, 0)
        self._forget()
        self.place(0, 0, False)

    # ── where ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def place(self, x: float, y: float, turned: bool, width: float = 0, height: float = 0) -> None:
        """What follows is painted on a panel whose left top corner stands at x, y from the trim's left top corner."""
        self._close()
        self.turned = turned
        x, y = x + self.margin, y + self.margin
        self.left, self.top = (x + width, self.height - y - height) if turned else (x, self.height - y)
        if turned:
            self.operators.append(b"q -1 0 0 -1 %b %b cm" % (number(self.left), number(self.top)))
            self.dx = self.dy = 0.0
        else:
            self.dx, self.dy = self.left, self.top

    def leave(self) -> None:
        """The panel is done."""
        self._close()
        if self.turned:
            self.operators.append(b"Q")
            self._forget()

    def _forget(self) -> None:
        self._font: tuple[Font | None, float] = (None, 0.0)
        self._fill, self._stroke = self.inks.beginning
        self._rise = 0.0
        self._pencil = (1.0, False)

    def on_page(self, x: float, y: float) -> tuple[float, float]:
        """A panel's point in the page's own coordinates."""
        return (self.left - x, self.top + y) if self.turned else (self.left + x, self.top - y)

    def _cover(self, figure: Elem, around: float, *points: tuple[float, float]) -> None:
        """Widen a Figure's BBox by these points of the panel, and so much around them."""
        xs, ys = zip(*(self.on_page(*point) for point in points))
        sides = min(xs) - around, min(ys) - around, max(xs) + around, max(ys) + around
        left, bottom, right, top = self.boxes.get(id(figure), sides)
        self.boxes[id(figure)] = min(left, sides[0]), min(bottom, sides[1]), max(right, sides[2]), max(top, sides[3])

    # ── marks ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _close(self) -> None:
        if self._apart:
            self._marks_apart()
        if self._owner is not None and self._owner_in_text:
            self.operators.append(b"EMC")
        if self._in_text:
            self.operators.append(b"ET")
            self._in_text = False
        if self._owner is not None and not self._owner_in_text:
            self.operators.append(b"EMC")
        self._owner = None

    def _mark(self, owner: Elem, tag: str, in_text: bool) -> None:
        """Make `owner` the owner of what is painted next, and be inside or outside of a text object as asked."""
        if owner is self._owner and not (self._owner_in_text and not in_text):
            if in_text != self._in_text:
                self._switch(in_text)
            return
        if self._apart:
            self._marks_apart()
        figure = tag == "Figure"
        if self._owner is not None and self._owner_in_text and in_text and not figure:
            self.operators.append(b"EMC")  # from one text to the next within the text object
        else:
            self._close()
            if in_text and not figure:
                self._switch(True)
        opener = _OPENERS.get(id(owner))
        if opener is None:
            opener = b"/%b<</MCID %d>>BDC" % (tag.encode(), self._number(owner))
        self.operators.append(opener)
        self._owner, self._owner_in_text = owner, self._in_text
        if in_text and not self._in_text:
            self._switch(True)

    def _number(self, owner: Elem) -> int:
        """The number of a new mark of a leaf."""
        number = len(self.owners)
        self.marks.setdefault(id(owner), []).append((self.page, number))
        self.owners.append(owner)
        return number

    def _switch(self, in_text: bool) -> None:
        self.operators.append(b"BT" if in_text else b"ET")
        self._in_text, self._origin = in_text, (0, 0)

    # ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def run(self, run: Run, baseline: float, font: Font, owner: Elem, tag: str) -> None:
        """Show a run; `tag` is the name of its leaf's marks. Td counts from the run before within one text object."""
        self._mark(owner, tag, True)
        ink = self.inks.text[run.colour]
        x, y = self.dx + run.x, self.dy - baseline
        self._text(font, run.size, ink, run.rise, round(x * 100), round(y * 100), font.show(run))
        for right, up, code in font.marks(run):
            self._apart.append((font, run.size, ink, round((x + right) * 100), round((y + up) * 100), b"(%b)Tj" % code))
        if id(owner) not in self.tops:
            self.tops[id(owner)] = self.on_page(run.x, baseline - run.size)
        if tag == "Figure":
            width = sum(word.width for word in run.words) * run.size
            self._cover(owner, 0, (run.x, baseline - run.size), (run.x + width, baseline + run.size * 0.25))

    def _text(self, font: Font, size: float, ink: bytes, rise: float, x: int, y: int, shown: bytes) -> None:
        out = self.operators
        if self._font[0] is not font or self._font[1] != size:
            self._font = font, size
            out.append(b"/%b %b Tf" % (font.name, number(size)))
        if self._fill != ink:
            self._fill = ink
            out.append(ink)
        if self._rise != rise:
            self._rise = rise
            out.append(number(rise) + b" Ts")
        left, base = self._origin
        out.append(b"%b %b Td" % (hundredths(x - left), hundredths(y - base)))
        self._origin = x, y
        out.append(shown)

    def _marks_apart(self) -> None:
        """Paint the owner's marks that stand off their lines. Blanks in the lines have said them (see glyphs.py), so
        here they say a tab and nothing else: an empty text would be as none to pdfium."""
        marks, self._apart = self._apart, []
        nested = not self._owner_in_text or id(self._owner) in _OPENERS
        if nested:
            self.operators.append(b"/Span<</ActualText(\\t)>>BDC")
        else:
            self.operators.append(b"EMC\n/Span<</MCID %d/ActualText(\\t)>>BDC" % self._number(self._owner))
        for font, size, ink, x, y, code in marks:
            self._text(font, size, ink, 0.0, x, y, code)
        if nested:
            self.operators.append(b"EMC")

    # ── graphics ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _paint(self, fill: str | None, stroke: str | None, width: float = 1.0, round_ends: bool = False) -> bytes:
        """Set colours and pencil; returns the painting operator."""
        out = self.operators
        if fill and self._fill != (ink := self.inks.fill[fill]):
            self._fill = ink
            out.append(ink)
        if stroke:
            width = max(width, self.inks.thinnest)
            ink = self.inks.stroke[stroke, width < FINE]
            if self._stroke != ink:
                self._stroke = ink
                out.append(ink)
            if self._pencil != (width, round_ends):
                if self._pencil[0] != width:
                    out.append(number(width) + b" w")
                if self._pencil[1] != round_ends:
                    out.append(b"1 J 1 j" if round_ends else b"0 J 0 j")
                self._pencil = width, round_ends
        return b"B" if fill and stroke else b"f" if fill else b"S" if stroke else b"n"

    def fill(self, item: Fill, owner: Elem) -> None:
        self._mark(owner, "", False)
        paint = self._paint(item.colour, None)
        x, y = self.dx + item.x, self.dy - item.y - item.height
        right, top, radius = x + item.width, y + item.height, min(item.radius, item.width / 2, item.height / 2)
        if not radius:
            self.operators.append(b"%b %b %b %b re f" % tuple(map(number, (x, y, item.width, item.height))))
            return
        k = radius * (1 - _ROUND)
        if item.corners == "top":
            path = rounded(item.x, item.y, item.width, item.height, radius, "top")
            self.shape(Shape(0.0, 0.0, 1.0, path, item.colour), owner, "")
            return
        path = [b"%b %b m" % (number(x + radius), number(y))]
        for *points, end_x, end_y in (
            (right - radius, y, right - k, y, right, y + k, right, y + radius),
            (right, top - radius, right, top - k, right - k, top, right - radius, top),
            (x + radius, top, x + k, top, x, top - k, x, top - radius),
            (x, y + radius, x, y + k, x + k, y, x + radius, y),
        ):
            path.append(b"%b %b l" % tuple(map(number, points[:2])))
            path.append(b"%b %b %b %b %b %b c" % tuple(map(number, (*points[2:], end_x, end_y))))
        self.operators.append(b" ".join(path) + b" " + paint)

    def stroke(self, item: Stroke, owner: Elem, dash: bytes = b"") -> None:
        self._mark(owner, "", False)
        paint = self._paint(None, item.colour, item.width)
        ends = (self.dx + item.x1, self.dy - item.y1, self.dx + item.x2, self.dy - item.y2)
        path = b"%b %b m %b %b l " % tuple(map(number, ends)) + paint
        self.operators.append(dash + b" " + path + b" []0 d" if dash else path)

    def shape(self, item: Shape, owner: Elem, tag: str) -> None:
        self._mark(owner, tag, False)
        points = self._outline(item)
        if tag == "Figure":
            self._cover(owner, item.stroke_width * item.scale / 2 if item.stroke else 0, *points)

    def cut(self, item: Cut, owner: Elem, tag: str) -> None:
        """Shapes within a rectangle. What the clip changes of the graphics state ends with it (ISO 32000-1, 8.5.4)."""
        self._mark(owner, tag, False)
        corners = item.x, item.y, item.width, item.height
        if item.radius:
            edge, _ = self._path(rounded(*corners, item.radius, item.corners), 0.0, 0.0, 1.0)
        else:
            edge = b"%b %b %b %b re" % tuple(
                map(number, (self.dx + item.x, self.dy - item.y - item.height, item.width, item.height))
            )
        before = self._fill, self._stroke, self._pencil
        self.operators.append(b"q " + edge + b" W n")
        for shape in item.shapes:
            self._outline(shape)
        self.operators.append(b"Q")
        self._fill, self._stroke, self._pencil = before
        if tag == "Figure":
            self._cover(owner, 0, (item.x, item.y), (item.x + item.width, item.y + item.height))

    def _outline(self, item: Shape) -> list[tuple[float, float]]:
        """Paint a shape; returns the points of its path on the panel."""
        paint = self._paint(item.fill, item.stroke, item.stroke_width * item.scale, item.round)
        path, points = self._path(item.path, item.x, item.y, item.scale)
        paint += b"*" if item.evenodd and item.fill else b""
        if item.dash and item.stroke:
            lengths = b" ".join(number(length * item.scale) for length in item.dash)
            self.operators.append(b"[%b]0 d " % lengths + path + b" " + paint + b" []0 d")
            return points
        self.operators.append(path + b" " + paint)
        return points

    def _path(self, operators: tuple[tuple, ...], left: float, top: float,
              scale: float) -> tuple[bytes, list[tuple[float, float]]]:
        """A path as operators of a page, and its points on the panel."""
        path, points = [], []
        for name, *values in operators:
            here = [(left + x * scale, top + y * scale) for x, y in zip(values[::2], values[1::2])]
            points += here
            path += [number(value) for x, y in here for value in (self.dx + x, self.dy - y)]
            path.append({"M": b"m", "L": b"l", "C": b"c", "Z": b"h"}[name])
        return b" ".join(path), points

    def image(self, item: Image, owner: Elem, tag: str, name: str) -> None:
        self._mark(owner, tag, False)
        place = (item.width, item.height, self.dx + item.x, self.dy - item.y - item.height)
        self.operators.append(b"q %b 0 0 %b %b %b cm /%b Do Q" % (*map(number, place), name.encode()))
        if tag == "Figure":
            self._cover(owner, 0, (item.x, item.y), (item.x + item.width, item.y + item.height))

    def area(self, item: LinkArea) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a link's area on this page."""
        x1, y1 = self.on_page(item.x, item.y)
        x2, y2 = self.on_page(item.x + item.width, item.y + item.height)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def content(self) -> bytes:
        """The content stream."""
        return b"\n".join(self.finished())

    def finished(self) -> list[bytes]:
        """The operators; in a master, a slots.Hole stands where words will be."""
        self._close()
        return self.operators
