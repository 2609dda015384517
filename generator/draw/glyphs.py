"""A shaped word as a PDF shows it: every character said by one code, in an order that all readers understand.

Programs that search and copy text (poppler, pdfium, pdf.js) take the codes of a line from left to right, turn stretches of
right-to-left characters round, and take a code that stands off its place for a gap. They turn, drop or tear what does not
fit that picture. So this is what they get:

- Codes stand from left to right, in right-to-left words, too. What is read aloud goes by the structure tree instead.
- A code says one character. Where one glyph stands for several (ligatures: lam-alef, Devanagari), a blank glyph without
  width says each further one. Where several glyphs stand for one character, those without width say nothing.
- A mark above or below its letter stands off the line. A blank in the line says it; its ink is painted after the line.
- A glyph that has width never says a mark (Unicode's Mn): pdf.js believes that what says one has no width.
- A joiner is said together with a letter: pdf.js drops every code that ends with one.

A font without a blank glyph of no width says several characters with one code.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

from ..model.page import Word
from ..text.fonts import Face

SILENT = "\u2060"
"""What is said by a glyph that says nothing: every code needs a text (ISO 19005-2, 6.2.11.7.2)."""
_JOINERS = frozenset("\u061c\u200c\u200d\u200e\u2060")
GAP = 0.09
"""Less than what any reader takes for a space, em."""
STEP = 0.02
"""Blanks that follow each other stand so far apart, em."""


class Shown(NamedTuple):
    """A glyph of a word; em from the word's left end."""

    glyph: int
    x: float
    y: float
    text: str


@lru_cache(maxsize=64)
def blank(face: Face) -> int | None:
    """A glyph without ink and width; None where the font has none."""
    for char in "\u200b\ufeff":
        glyph = face.font.get_nominal_glyph(ord(char))
        if glyph and not face.font.get_glyph_h_advance(glyph):
            ink = face.font.get_glyph_extents(glyph)
            if ink is None or not ink.width and not ink.height:
                return glyph
    return None


def shown(word: Word) -> tuple[list[Shown], list[Shown]]:
    """The glyphs that say a word, from left to right, and those that are painted after its line and say nothing."""
    empty = blank(word.face)
    line: list[Shown] = []
    apart: list[Shown] = []
    for cluster, text in _clusters(word):
        if empty is None:
            line += _together(cluster, text)
        else:
            codes, silent = _one_by_one(cluster, text, empty)
            line += codes
            apart += silent
    return (_staggered(_bridged(_joined(line), word.face), empty) if empty is not None else line), apart


class _Glyph(NamedTuple):
    glyph: int
    pen: float
    advance: float
    x: float
    """From the pen."""
    y: float


def _clusters(word: Word) -> list[tuple[list[_Glyph], str]]:
    """From left to right: glyphs, and characters in the order in which they are to be said."""
    made: list[tuple[list[_Glyph], str]] = []
    pen, waiting = 0.0, []
    for glyph, advance, x, y, text in word.glyphs:
        one = _Glyph(glyph, pen, advance, x, y)
        pen += advance
        if word.rtl:  # the text stands on the last glyph of its cluster
            waiting.append(one)
            if text:
                made.append((waiting, text[::-1]))
                waiting = []
        elif text or not made:
            made.append(([one], text))
        else:
            made[-1][0].append(one)
    return made


def _one_by_one(cluster: list[_Glyph], text: str, empty: int) -> tuple[list[Shown], list[Shown]]:
    """A code for each character; and the glyphs that are painted apart and say nothing."""
    codes: list[Shown] = []
    bearers = [glyph for glyph in cluster if glyph.advance]
    edge = cluster[0].pen
    for char in text:
        if bearers and char not in _JOINERS and category(char) != "Mn":
            bearer = bearers.pop(0)
            codes.append(_at(bearer, char))
            edge = bearer.pen + bearer.advance
        else:
            codes.append(Shown(empty, edge, 0.0, char))
    codes += [_at(glyph, SILENT) for glyph in bearers]
    return codes, [_at(glyph, SILENT) for glyph in cluster if not glyph.advance]


def _at(glyph: _Glyph, text: str) -> Shown:
    return Shown(glyph.glyph, glyph.pen + glyph.x, glyph.y, text)


def _together(cluster: list[_Glyph], text: str) -> list[Shown]:
    """The characters shared out over the glyphs, one each and what is left to the last."""
    last = len(cluster) - 1
    return [_at(glyph, (text[at:] if at == last else text[at : at + 1]) or SILENT) for at, glyph in enumerate(cluster)]


def _joined(said: list[Shown]) -> list[Shown]:
    """Joiners go to the code on their right, before its text, so that no text ends with one."""
    made: list[Shown] = []
    before = ""
    for code in said:
        if code.text in _JOINERS and code.text != SILENT:
            before += code.text
        else:
            made.append(code._replace(text=before + code.text) if before else code)
            before = ""
    if before:
        made.append(said[-1]._replace(text=before))
    return made


def _bridged(line: list[Shown], face: Face) -> list[Shown]:
    """Where a letter stands off to make room for a mark before it, a space says the mark: its width fills the gap."""
    made = list(line)
    for at in range(1, len(line)):
        mark, letter = line[at - 1], line[at]
        if letter.x - mark.x > GAP and category(mark.text[-1]) == "Mn":
            made[at - 1] = mark._replace(glyph=face.font.get_nominal_glyph(ord(" ")))
    return made


def _staggered(line: list[Shown], empty: int) -> list[Shown]:
    """Blanks a little before the place where the next glyph begins, each at its own: poppler sorts codes by where they are."""
    made: list[Shown] = []
    back = 0.0
    for code in reversed(line):
        back = back + STEP if code.glyph == empty else 0.0
        made.append(code._replace(x=code.x - back) if back else code)
    return made[::-1]
