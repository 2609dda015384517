"""A person's words as operators: the same ones, whether a leaflet is set for one person or its master is stamped.

In a master a Hole stands among a page's operators where the words will be. It knows everything but the words: what
stands before and after it (a graphics state of its own, a mark, a text object) is written once, with the page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..model.page import Fill, Run, Shape, Slot
from ..model.structure import Elem
from ..text.fonts import Face
from ..text.qr import DARK, LIGHT, QUIET, outline
from ..text.slot import lines_of, voice
from .document import string
from .font import Font
from .ink import Press, Screen
from .surface import _OPENERS, ARTIFACT, Surface

WORDS = Elem("Words")
"""Owner of what a hole holds: its mark is open already."""
_OPENERS[id(WORDS)] = b""


class Hole(NamedTuple):
    """The place of a person's words among the operators of a page."""

    slot: Slot
    dx: float
    dy: float
    """What is added to the slot's x, and from what its y is taken, for the page's own coordinates."""
    inks: Screen | Press
    elem: Elem | None
    """The element of its words; None: an artifact."""


class Filled(NamedTuple):
    """A person's words as they stand on a page."""

    operators: bytes
    language: str | None = None
    """That of their element, where it is not the leaflet's."""
    turned: bool = False
    """Some codes do not stand in logical order: the words stand beside their element (14.9.4)."""


NOTHING = Filled(b"")
FontOf = Callable[[Face, Run], Font]
"""The font of a document in which a run is shown."""


def drawn(surface: Surface, slot: Slot, owner: Elem | None, tag: str, font_of: FontOf | None) -> Filled:
    """Put a slot on a page, with its words by `font_of`; None: a hole."""
    surface._close()
    out = surface.operators
    out.append(b"q")
    hole = Hole(slot, surface.dx, surface.dy, surface.inks, owner)
    opener = b"/Artifact BMC" if owner is None else b"/%b<</MCID %d>>BDC" % (tag.encode(), surface._number(owner))
    if slot.lines:
        out += [b"BT", opener]
    else:
        out.append(opener)
        if owner is not None:
            surface._cover(owner, 0, (slot.x, slot.y), (slot.x + slot.width, slot.y + slot.width))
    made = NOTHING if font_of is None else filled(hole, slot.words, font_of)
    out.append(hole if font_of is None else made.operators)
    out += [b"EMC", b"ET", b"Q"] if slot.lines else [b"EMC", b"Q"]
    return made


def filled(hole: Hole, words: str, font_of: FontOf) -> Filled:
    """The operators of a person's words."""
    slot = hole.slot
    if not words:
        return NOTHING
    pen = Surface(0, 0, 0, {}, hole.inks)
    pen.dx, pen.dy, pen._fill = hole.dx, hole.dy, b""
    if not slot.lines:
        return Filled(_code(pen, slot, words))
    pen.dx += slot.x
    pen._in_text, pen._owner, pen._owner_in_text = True, WORDS, True
    pen._rise = None  # whatever it is on the page, it is said anew
    lines = lines_of(slot, words)
    turned = False
    for number, line in enumerate(lines):
        for run in line.runs:
            pen.run(run, slot.y + number * slot.leading, font_of(run.face, run), WORDS, "")
            turned = turned or run.order is not None or any(word.rtl for word in run.words)
    if pen._apart:
        pen._marks_apart()
    return Filled(b"\n".join(pen.operators), voice(words, slot.language), turned)


def _code(pen: Surface, slot: Slot, words: str) -> bytes:
    """A QR code as large as its place."""
    modules, path = outline(words)
    module = slot.width / (modules + 2 * QUIET)
    pen._owner = ARTIFACT  # an owner is needed, and no mark of its own: the code's is open
    pen.fill(Fill(slot.x, slot.y, slot.width, slot.width, LIGHT), ARTIFACT)
    pen.shape(Shape(slot.x + QUIET * module, slot.y + QUIET * module, module, path, DARK, elem=None), ARTIFACT, "")
    return b"\n".join(pen.operators)


def attributes(made: Filled, words: str) -> bytes:
    """What the element of a person's words says of them, as tags.py writes it."""
    lang = f"/Lang{string(made.language)}" if made.language else ""
    return (lang + (f"/ActualText{string(words)}" if made.turned else "")).encode()
