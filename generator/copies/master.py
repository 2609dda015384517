"""A master: the bytes of a leaflet that was set once, and how a copy's own words come into them.

A copy is the master's bytes (`prefix`: everything that no copy changes) and a `tail`: the elements, streams and
fonts of its words, and the cross-reference. So a copy costs as much as its words do. It is the same file, in text, tags
and pixels, as the leaflet set for this person alone: the words go through the same functions (draw/slots.py).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import md5
from typing import TypeVar
from unicodedata import normalize

from ..draw.document import HEADER, Body, packed, stream
from ..draw.font import Font
from ..draw.glyphs import SILENT
from ..draw.master import Drawn
from ..draw.slots import NOTHING, Filled, Hole, attributes, filled
from ..model.page import Run
from ..text.fonts import Face
from ..text.shape import words
from ..text.slot import unfit

KEPT = 5_000
"""Words and values whose operators are kept at hand; then they begin anew, so that memory stays flat."""
WIDE = 4
"""Bytes of an offset in a cross-reference."""
PLAIN = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ƀŞşȘșȚț,.'’]+| ")
"""Words that have one way to be set, without a place to break them."""
SAID = ("date", "time")
"""Kinds of values that each language writes in its own way."""
Known = TypeVar("Known", dict, set)
Said = Callable[[str, str], str]
"""(kind of a field, its value) → the value as the leaflet's language writes it: a date in words, say."""


class Foreign(dict[str, Font]):
    """Faces that the master lacks, or whose glyphs it lacks: Face.key → the font of this copy."""

    uses = 0
    """How often one of them was asked for."""


class Master:
    """A leaflet with empty places. Make copies with `copy`, or `tail` after `prefix`."""

    def __init__(self, drawn: Drawn, kinds: Mapping[str, str], said: Said) -> None:
        """kinds: of each field. said: how the leaflet's language writes a value."""
        self.drawn, self.kinds, self.said = drawn, dict(kinds), said
        self.holes: list[Hole] = []
        """The places of words, in the order of the pages."""
        self._pieces: dict[int, tuple[list[bytes], range]] = {}
        """Number of a stream → what never changes in it, and between these pieces the holes with these numbers."""
        for number, parts in drawn.streams.items():
            first = len(self.holes)
            self.holes += [part for part in parts if part.__class__ is Hole]
            self._pieces[number] = _constants(parts), range(first, len(self.holes))
        self._fields = [hole.slot.name for hole in self.holes]
        self._values: list[dict[str, Filled]] = [{} for _ in self.holes]
        """Of each hole: value → its operators."""
        self._fit: set[tuple[str, str]] = set()
        """(field, value) that fit their places."""
        self._words: list[dict[str, tuple[bytes, float] | None]] = [{} for _ in self.holes]
        self._heads = [self._head(hole) for hole in self.holes]
        self._assemble()

    # ── the master's bytes ───────────────────────────────────────────────────────────────────────────────────────────

    def _assemble(self) -> None:
        drawn = self.drawn
        streams = {n: body for n, body in drawn.objects.items() if body.endswith(b"endstream")}
        plain = [(n, body) for n, body in drawn.objects.items() if n not in streams]
        own = [drawn.resources, *(n for n, _ in drawn.elements.values()), *drawn.streams]
        self.last = max([*drawn.objects, *own])
        """The highest number of the drawn objects."""
        out, offset, rows = [HEADER], len(HEADER), {0: (0, 0, 65535)}
        for number, body in streams.items():
            rows[number] = 1, offset, 0
            out.append(_object(number, body))
            offset += len(out[-1])
        packer = self.last + 1
        rows |= {number: (2, packer, index) for index, (number, _) in enumerate(plain)}
        rows[packer] = 1, offset, 0
        out.append(_object(packer, packed(plain)))
        self.prefix = b"".join(out)
        self.crc = zlib.crc32(self.prefix)
        self.digest = md5(self.prefix + repr(sorted(self.kinds.items())).encode(), usedforsecurity=False).digest()
        self._md5 = md5(self.prefix, usedforsecurity=False)
        elements = dict(drawn.elements.values())
        bodies = elements | {drawn.resources: drawn.resource_body}
        self._usual = {number: _object(number, body) for number, body in bodies.items()}
        """Objects that change with few copies."""
        self._said = [drawn.elements.get(id(hole.elem), (0, b"")) for hole in self.holes]
        """Of each hole: number and body of the element that says something of its words."""
        own = sorted(own)
        before = {number: b"".join(_row(*rows[one]) for one in range(begin, number))
                  for begin, number in zip([0, *(number + 1 for number in own)], [*own, packer + 1])}
        ends = [b"", *[b"\0\0"] * len(own)]
        self._own = [(number, end + before[number] + b"\1") for end, number in zip(ends, own)]
        """The objects of a copy, and what stands in the cross-reference before the offset of each."""
        self._rows = b"\0\0" + before[packer + 1] + b"\1"

    def tail(self, values: Mapping[str, str]) -> bytes:
        """What follows `prefix` in the copy with these values. A field that is missing stays empty."""
        fonts = Foreign()
        made = self.fill(values, fonts)
        drawn, usual = self.drawn, self._usual
        changed: dict[int, bytes] = {}
        for (number, body), one, name in zip(self._said, made, self._fields):
            if number and (one.language or one.turned):
                said = attributes(one, self.shown(name, values[name]))
                changed[number] = _object(number, body[:-2] + said + b">>")
        xref = self.last + 2
        extra: list[tuple[int, bytes]] = []
        if fonts:
            resources, extra = self._with_fonts(fonts, xref + 1)
            changed[drawn.resources] = _object(drawn.resources, resources)
        offset = len(self.prefix)
        out: list[bytes] = []
        rows: list[bytes] = []
        for number, before in self._own:
            piece = changed.get(number) or usual.get(number) or _object(number, self.stream(number, made))
            rows += (before, offset.to_bytes(WIDE, "big"))
            out.append(piece)
            offset += len(piece)
        more = []
        for number, body in extra:
            more += (b"\0\0\1", offset.to_bytes(WIDE, "big"))
            out.append(_object(number, body))
            offset += len(out[-1])
        rows += (self._rows, offset.to_bytes(WIDE, "big"), *more, b"\0\0")
        table = b"".join(rows)
        body = b"".join(out)
        digest = self._md5.copy()
        digest.update(body)
        name = digest.hexdigest().encode()
        return (
            b"%b%d 0 obj\n<</Type/XRef/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/W[1 %d 2]/Length %d>>\n"
            b"stream\n%b\nendstream\nendobj\n"
            b"startxref\n%d\n%%%%EOF\n"
            % (body, xref, xref + 1 + len(extra), drawn.root, drawn.info, name, name, WIDE, len(table), table, offset)
        )

    def stream(self, number: int, made: Sequence[Filled]) -> bytes:
        """A stream with the words in its holes. made: of `fill`."""
        constants, holes = self._pieces[number]
        pieces = [constants[0]]
        for hole, constant in zip(holes, constants[1:]):
            pieces += (made[hole].operators, constant)
        data = b"".join(pieces)
        return b"<</Length %d>>\nstream\n%b\nendstream" % (len(data), data)

    def copy(self, values: Mapping[str, str]) -> bytes:
        """The PDF with these values. Raises KeyError for a field that the leaflet does not have, ValueError (which
        quotes no value) for one that does not fit its place or has characters that no font has."""
        for name, value in values.items():
            if name not in self.kinds:
                raise KeyError(name)
            if fault := self.fault(name, value):
                raise ValueError(f"{name}: {fault[0]}")
        return self.prefix + self.tail(values)

    # ── a person's words ─────────────────────────────────────────────────────────────────────────────────────────────

    def shown(self, name: str, value: str) -> str:
        """A value as it is printed."""
        kind = self.kinds[name]
        return self.said(kind, value) if value and kind in SAID else clean(value)

    def fault(self, name: str, value: str) -> tuple[str, str] | None:
        """(what is wrong, what to do), where a value cannot stand in its place."""
        if (name, value) in self._fit:
            return None
        try:
            words = self.shown(name, value)
        except ValueError:
            kind = self.kinds[name]
            return f"this is no {kind}", "write it as 2026-07-03" if kind == "date" else "write it as 14:30"
        for number, hole in enumerate(self.holes):
            if hole.slot.name != name or not words:
                continue
            if plain := self._plain(number, words):
                _keep(self._values[number])[value] = plain
            elif fault := unfit(hole.slot, words):
                return fault
        _keep(self._fit).add((name, value))
        return None

    def fill(self, values: Mapping[str, str], fonts: Foreign) -> list[Filled]:
        """The words of each of the holes; the faces that they need besides the master's go into `fonts`."""
        made = []
        for number, name in enumerate(self._fields):
            value = values.get(name)
            if value:
                made.append(self._values[number].get(value) or self._filled(number, name, value, fonts))
            else:
                made.append(NOTHING)
        return made

    def _filled(self, number: int, name: str, value: str, fonts: Foreign) -> Filled:
        words = self.shown(name, value)
        made, before = self._plain(number, words) if words else NOTHING, fonts.uses
        if made is None:
            made = filled(self.holes[number], words, partial(self._font, fonts))
        if fonts.uses == before:  # else its operators name a font of this copy
            _keep(self._values[number])[value] = made
        return made

    def _font(self, fonts: Foreign, face: Face, run: Run) -> Font:
        mine = self.drawn.fonts.get(face.key)
        if mine is not None and all(map(mine.knows, run.words)):
            return mine.again()
        fonts.uses += 1
        if face.key not in fonts:
            fonts[face.key] = Font(face, len(self.drawn.fonts) + len(fonts) + 1)
        return fonts[face.key].again()

    def _with_fonts(self, fonts: Foreign, first: int) -> tuple[bytes, list[tuple[int, bytes]]]:
        """The resources with these fonts, and the fonts' objects, numbered from `first` on."""
        document = Numbered(first)
        named = b"".join(b"/%b %b" % (font.name, font.write(document).encode()) for font in fonts.values())
        return self.drawn.resource_body.replace(b"/Font<<", b"/Font<<" + named, 1), document.made()

    # ── the short way ────────────────────────────────────────────────────────────────────────────────────────────────
    # Words in Latin letters on one line, which nearly all are, need none of what paragraphs can do. A word's
    # operators are kept, and a value is those of its words. It gives the same bytes as the long way (tests/copies
    # shows it), and 20,000 values a second in place of 4,000.

    def _head(self, hole: Hole) -> tuple[bytes, bytes, float] | None:
        """What stands before a value's first word: all but the words is the same for all values; the operators of a
        space, and its width in em. None: the slot goes the long way."""
        slot = hole.slot
        if slot.lines != 1 or slot.rtl or slot.align != "start" or not (space := self._token(hole, " ")):
            return None
        probe = filled(hole, "n", partial(self._font, Foreign())).operators
        return probe[: probe.index(b"[(") + 2], *space

    def _token(self, hole: Hole, token: str) -> tuple[bytes, float] | None:
        """The operators of a word and its width in em; None where it goes the long way."""
        slot = hole.slot
        if not PLAIN.fullmatch(token):
            return None
        made, missing = words(slot.fonts, slot.style, token, False, slot.language)
        if missing or len(made) != 1:
            return None
        word = made[0]
        font = self.drawn.fonts.get(word.face.key)
        if font is None or word.face is not slot.fonts.face(*slot.style) or not font.knows(word):
            return None
        once = font.again()
        shown = once.show(Run(0.0, [word], word.face, 1.0, slot.colour, None))
        if once.raised or SILENT in (pair[1] for pair in word.cache[1]):
            return None
        return shown[2:-4], word.width

    def _plain(self, number: int, value: str) -> Filled | None:
        head = self._heads[number]
        if head is None:
            return None
        start, space, gap = head
        known, slot = self._words[number], self.holes[number].slot
        parts, width = [], -gap
        for token in value.split(" "):
            one = known.get(token)
            if one is None:
                if token in known:
                    return None
                one = _keep(known)[token] = self._token(self.holes[number], token)
                if one is None:
                    return None
            parts.append(one[0])
            width += one[1] + gap
        if width * slot.size > slot.width:
            return None
        return Filled(b"%b%b)]TJ" % (start, space.join(parts)))


class Numbered:
    """Takes the objects of a font, numbered from a number on, as draw.document.Document does."""

    def __init__(self, first: int) -> None:
        self.first, self._bodies = first, []

    def add(self, body: str | bytes = b"") -> Body:
        self._bodies.append(Body(self.first + len(self._bodies), body))
        return self._bodies[-1]

    def stream(self, entries: str, data: bytes) -> Body:
        return self.add(stream(entries, data))

    def made(self) -> list[tuple[int, bytes]]:
        """(number, body) of each."""
        return [(self.first + at, body.format(None)) for at, body in enumerate(self._bodies)]


def _constants(parts: list[bytes | Hole]) -> list[bytes]:
    """What stands before, between and after the holes of a stream."""
    made, here = [], b""
    for part in parts:
        if part.__class__ is Hole:
            made.append(here + b"\n")
            here = b"\n"
        else:
            here += part if here in (b"", b"\n") else b"\n" + part
    return [*made, here]


def _keep(known: Known) -> Known:
    """What is kept at hand, with room for one more."""
    if len(known) >= KEPT:
        known.clear()
    return known


def _object(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)


def _row(kind: int, place: int, index: int) -> bytes:
    return b"%b%b%b" % (kind.to_bytes(1, "big"), place.to_bytes(WIDE, "big"), index.to_bytes(2, "big"))


def clean(value: str) -> str:
    """A value as it is set: composed, and single spaces."""
    return " ".join(normalize("NFC", value).split())
