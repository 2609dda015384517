"""The text of a block in a look, as the spans that a paragraph is made of: words, drawn signs, raised and lowered words."""

from __future__ import annotations

from typing import Any

from ..model.layout import SMALLEST
from ..model.record import record
from ..model.signs import SIZES
from ..model.story import HEADINGS, Node
from ..text.hyphens import hyphenated
from ..text.span import Span
from .look import Look

SIGN = 1.3
"""Room that a drawn sign takes on its line, in multiples of the type size: the sign, and the space behind it."""
SIZE, RISES = 0.72, {"sup": 0.33, "sub": -0.16}
"""Size and rise of raised and lowered words, in multiples of the size of the words around; type is never smaller than
the legible floor."""


@record(slots=True)
class Inline(Span):
    """A span that is a drawn sign."""

    sign: str = ""
    turned: bool = False
    """The sign stands in text that runs from right to left."""


def spans_of(builder: Any, node: Node, look: Look) -> tuple[list[Span], bool]:
    """The text of a node in a look, as spans; whether the number of a page is among it. builder: a build.Builder."""
    spans: list[Span] = []
    looks, last, numbered, bits = builder.looks, look, False, builder.tree.bits[id(node)]
    for bit in bits:
        lk, rise = look, 0.0
        for inline in bit.chain:
            lk = looks.of(inline, lk)
            rise = lk.size * RISES.get(inline.name, 0.0) or rise
        size = max(SMALLEST, lk.size * SIZE) if rise else lk.size
        if bit.object is not None and bit.object.name == "sign":
            sign, room = bit.object.attributes["name"], SIGN - 1 if len(bits) > 1 else 0.0
            high = lk.size * (SIZES.get(sign, 1.0) if len(bits) > 1 else 1.0)
            spans.append(Inline("", lk.font, lk.bold, lk.italic, high, lk.colour, None, box=high + lk.size * room,
                                rise=-0.405 * (high - lk.size), place=bit.place, sign=sign, turned=look.rtl))
            continue
        text = bit.text
        if bit.object is not None:
            numbered = True
            if bit.object.name == "running":
                text = builder.section
            else:
                text = builder.numeral(builder.numbers[0 if bit.object.name == "page" else 1], look)
        elif looks.theme.hyphenate and node.name not in HEADINGS:
            text = hyphenated(text, bit.language or look.language)
        if text.isspace() and spans and spans[-1].box is None:
            lk = last  # set like the word before it: readers of PDF drop a space that is shown by itself
            size, rise = spans[-1].size, spans[-1].rise
        spans.append(Span(text, lk.font, lk.bold, lk.italic, size, lk.colour, bit.leaf, bit.href, bit.language,
                          rise, bit.place, None, bit.link))
        last = lk
    return spans, numbered
