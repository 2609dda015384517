"""A shaped word as a PDF shows it: every character said by one code, in an order that all readers understand.

Programs that search and copy text (poppler, pdfium, pdf.js) take the codes of a line from left to right, turn stretches
of right-to-left characters round, and take a code that stands off its place for a gap. They turn, drop or tear what
does not fit that picture. So this is what they get:

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
from unicodedata import category, normalize

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
def blanks(face: Face) -> tuple[int, ...]:
    """Glyphs without ink and width, two at most."""
    found = []
    for char in "\u200b\ufeff\u2060\u200c\u200d":
        glyph = face.font.get_nominal_glyph(ord(char))
        if glyph and not face.font.get_glyph_h_advance(glyph):
            ink = face.font.get_glyph_extents(glyph)
            if ink is None or not ink.width and not ink.height:
                found.append(glyph)
    return tuple(dict.fromkeys(found))[:2]


def shown(word: Word) -> tuple[list[Shown], list[Shown]]:
    """The glyphs that say a word, from left to right, and those that are painted after its line and say nothing."""
    empty = blanks(word.face)
    line: list[Shown] = []
    apart: list[Shown] = []
    for cluster, text in _clusters(word):
        if not empty or not any(map(_letter, text)):
            line += _together(cluster, text)
        else:
            codes, silent = _one_by_one(cluster, text, empty[0])
            line += codes
            apart += silent
    return (_staggered(_bridged(_joined(line, empty[0]), word.face, empty[0]), empty) if empty else line), apart


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
    if len(bearers) > sum(map(_letter, text)):
        text = normalize("NFD", text)  # vowel signs that stand on both sides of their letter
    edge = cluster[0].pen
    for char in text:
        if bearers and _letter(char):
            bearer = bearers.pop(0)
            codes.append(_at(bearer, char))
            edge = bearer.pen + bearer.advance
        else:
            codes.append(Shown(empty, edge, 0.0, char))
    codes += [_at(glyph, SILENT) for glyph in bearers]
    return codes, [_at(glyph, SILENT) for glyph in cluster if not glyph.advance]


def _letter(char: str) -> bool:
    """Whether a glyph that has width may say it."""
    return char not in _JOINERS and category(char) != "Mn"


def _at(glyph: _Glyph, text: str) -> Shown:
    return Shown(glyph.glyph, glyph.pen + glyph.x, glyph.y, text)


def _together(cluster: list[_Glyph], text: str) -> list[Shown]:
    """The characters shared out over the glyphs, one each and what is left to the last."""
    last = len(cluster) - 1
    return [_at(glyph, (text[at:] if at == last else text[at : at + 1]) or SILENT) for at, glyph in enumerate(cluster)]


def _joined(said: list[Shown], empty: int) -> list[Shown]:
    """Joiners go to the code on their right, before its text, so that no text ends with one."""
    made: list[Shown] = []
    before = ""
    for code in said:
        if code.text in _JOINERS and code.glyph == empty:
            before += code.text
        else:
            made.append(code._replace(text=before + code.text) if before else code)
            before = ""
    if before:
        made.append(said[-1]._replace(text=before))
    return made


def _bridged(line: list[Shown], face: Face, empty: int) -> list[Shown]:
    """Where a letter stands off to make room for a mark before it, a space says the mark: its width fills the gap."""
    made = list(line)
    end = 0.0
    for at, code in enumerate(line):
        width = face.font.get_glyph_h_advance(code.glyph) / face.upem
        if not width:
            continue
        before = line[at - 1]
        if code.x - end > GAP and before.glyph == empty and category(before.text[-1]) == "Mn":
            made[at - 1] = Shown(face.font.get_nominal_glyph(ord(" ")), end, 0.0, before.text)
        end = code.x + width
    return made


def _staggered(line: list[Shown], empty: tuple[int, ...]) -> list[Shown]:
    """Blanks a little before the place where the next glyph begins, each at its own: poppler sorts codes by where they
    are. What is said twice there is said by two glyphs: pdfium drops a code that is there again in nearly the same
    place."""
    made: list[Shown] = []
    texts: list[str] = []
    """Of the blanks at this place."""
    for code in reversed(line):
        if code.glyph == empty[0]:
            glyph = empty[-1] if code.text in texts else code.glyph
            texts.append(code.text)
            made.append(Shown(glyph, code.x - STEP * len(texts), 0.0, code.text))
        else:
            made.append(code)
            texts = []
    return made[::-1]
