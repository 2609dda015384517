"""Keys of a drawing's views: what a label names, drawn small, and the label's words beside it."""

from __future__ import annotations

from typing import Any

from ..model.layout import MM
from ..model.page import Shape
from ..model.record import record
from ..model.story import Origins
from ..model.structure import Elem
from ..text.line import LineBox
from ..text.paragraph import Paragraph
from .canvas import Canvas, paint_line
from .flow import Leaf, Piece

SAMPLE = (4.6 * MM, 3.0 * MM)
"""Room for what a key names."""
AROUND = (1.9 * MM, 0.75 * MM)
"""Inside space of a strip of keys: at its sides, above and below."""
APART = 3.0 * MM
"""Between keys."""
BESIDE = 1.1 * MM
"""Between a sample and its words."""


@record(slots=True)
class Key:
    """Words of a label, and the shapes that it names."""

    words: Paragraph
    shapes: list[Shape]
    origins: Origins | None = None
    """Where its words come from."""


def fits(key: Key, width: float) -> bool:
    """Whether a strip of this width has room for a key, whose words may go on in the next line."""
    return SAMPLE[0] + BESIDE + key.words.min_width() <= width - 2 * AROUND[0]


class Strip:
    """Keys side by side in lines, as many as have room in a width; one that is wider goes on in the next line."""

    def __init__(self, keys: list[Key], width: float) -> None:
        self.lines: list[list[tuple[float, Key, LineBox]]] = []
        """On each line: x, key and words."""
        x, room = 0.0, width - 2 * AROUND[0]
        for key in keys:
            wide = SAMPLE[0] + BESIDE + key.words.natural_width()
            if not self.lines or x + wide > room:
                self.lines.append([])
                x = 0.0
            said = key.words.lines(
                max(key.words.min_width(), min(key.words.natural_width(), room - SAMPLE[0] - BESIDE)) + 1,
                align="end" if key.words.rtl else "start",  # the left edge: `paint` puts each line where it stands
            )
            self.lines[-1].append((x, key, said[0]))
            self.lines += [[(0.0, key, line)] for line in said[1:]]
            x += wide + APART
        self.pitch = max((key.words.spans[0].size * 1.25 for key in keys), default=0.0)
        self.height = len(self.lines) * self.pitch + 2 * AROUND[1] if keys else 0.0

    def paint(self, canvas: Canvas, x: float, y: float, width: float, rtl: bool, elem: Elem | None, place) -> None:
        for number, line in enumerate(self.lines):
            top = y + AROUND[1] + number * self.pitch
            for at, key, words in line:
                start = x + AROUND[0] + at
                text = start + SAMPLE[0] + BESIDE
                if rtl:
                    start = x + width - AROUND[0] - at - SAMPLE[0]
                    text = start - BESIDE - words.width
                if words.start == 0:  # else the words of the line above go on
                    _sample(canvas, key.shapes, start, top + (self.pitch - SAMPLE[1]) / 2, elem)
                paint_line(canvas, words, text, top + self.pitch * 0.78, place, key.origins, key.words.text)


def _sample(canvas: Canvas, shapes: list[Shape], x: float, y: float, elem: Elem | None) -> None:
    """What a key names, as large as the room for it; its strokes stay strong enough to be told."""
    xs = [op[-2] for s in shapes for op in s.path if len(op) > 1]
    ys = [op[-1] for s in shapes for op in s.path if len(op) > 1]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(SAMPLE[0] / (wide or 1), SAMPLE[1] / (high or 1))
    left = x + (SAMPLE[0] - wide * scale) / 2 - min(xs) * scale
    top = y + (SAMPLE[1] - high * scale) / 2 - min(ys) * scale
    for s in shapes:
        width = max(s.stroke_width * scale, 0.9) / scale
        canvas.items.append(Shape(left, top, scale, s.path, s.fill, s.stroke, width, s.round, elem, s.evenodd, s.dash))


class KeysLeaf(Leaf):
    """The keys of views that stand on a field, each once."""

    __slots__ = ("elem", "keys")

    def __init__(self, place, keys: list[Key], elem: Elem | None, **kw) -> None:
        super().__init__(place, **kw)
        self.elem = elem
        self.keys = list({key.words.spans[0].text: key for key in keys}.values())

    def make(self, width: float, at: Any) -> list[Piece]:
        strip = Strip(self.keys, width - self.left - self.right + 2 * AROUND[0])
        return [KeysPiece(self, strip)] if self.keys else []

    def widths(self) -> tuple[float, float]:
        return self.left + self.right + 20.0, self.left + self.right + 100.0


class KeysPiece(Piece):
    __slots__ = ("leaf", "strip")

    def __init__(self, leaf: KeysLeaf, strip: Strip) -> None:
        super().__init__(strip.height - 2 * AROUND[1], None, leaf.penalty, leaf.before, leaf.after)
        self.leaf, self.strip = leaf, strip

    def paint(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        leaf = self.leaf
        left, room = x + (leaf.right if leaf.rtl else leaf.left), width - leaf.left - leaf.right
        self.strip.paint(canvas, left - AROUND[0], y - AROUND[1], room + 2 * AROUND[0], leaf.rtl, leaf.elem, leaf.place)
