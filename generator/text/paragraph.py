"""Sets spans of text as lines: where they break, and what stands where on each.

Lines are ragged; fit.py chooses where they end. The pieces between break opportunities are measured once; a line of
any width is then one bisection in their running sums.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from operator import add

from ..model.problem import Place, Problem
from .breaks import ADDRESS, FORCED, breaks
from .cuts import EPSILON, Cuts
from .direction import directed
from .fit import Fit, cost_at_end, leaning
from .fonts import Face, Fonts, without_font
from .hyphens import points
from .line import LineBox, Part, Pieces, Setting, set_line, set_run
from .shape import LIMIT, hyphen, words
from .span import Span

FITS = 32
"""Widths for which a paragraph keeps where its lines end."""


class Paragraph:
    """A paragraph, shaped once, to be set in lines of any width."""

    def __init__(self, spans: list[Span], fonts: Fonts, language: str = "en", direction: str = "ltr",
                 whole: tuple[str, ...] = ()) -> None:
        """whole: terms within which no line ends, unless one is wider than its line."""
        self.spans = [span for span in spans if span.text or span.box is not None] or spans[:1]
        self.fonts, self.language = fonts, language
        self.rtl = direction == "rtl"
        """Which side its start is on; its text may run the other way."""
        texts = ["\ufffc" if span.box is not None else span.text for span in self.spans]
        self.text = "".join(texts)
        """All characters; an inline object is one U+FFFC. Indices of lines point into it."""
        self._missing: dict[tuple[Place | None, str, str], dict[str, None]] = {}
        """(place, role, language) → the characters that no font has, in order; they are left out of the lines."""
        self._soft = "\xad" in self.text
        self._span_ends = list(accumulate(map(len, texts)))
        # A line feed within a paragraph separates lines, not paragraphs: embeddings go on after it.
        self._backwards, self._levels = directed(self.text.replace("\n", "\u2028"), self.rtl)
        self._base: Paragraph | None = None
        """The paragraph that was measured, where it was another."""
        self._face: Face | None = None
        """Of every word, where the paragraph is one span and one face has all of it."""
        self._cuts: dict[int, Cuts] = {}
        """Number of a piece that was too wide for a line → where it may be cut: measured once for all."""
        self._scale = 1.0
        """How much larger this one is than that."""
        self._parted: set[int] = set()
        """Where words that were too wide for their lines were parted with a hyphen."""
        self._whole = whole
        ends = breaks(self.text, language)
        kept = self._unbroken(ends)
        self._pieces = self._measure(kept)
        self._widest = max(self._pieces.widths, default=0.0)
        self._least = self._widest if kept is ends else max(self._measure(ends).widths)
        """Width of the widest piece, where terms may break."""
        self._addresses: dict[int, bool] = {}
        """Where a word begins → whether it is a web or mail address."""
        self._lean = leaning(language)
        self._costs: dict[bool, list[float]] = {}
        """Balanced → cost of a line that ends before each piece."""
        self._fits: dict[tuple[int, float, bool], Fit] = {}
        """(number of the piece after the last, width, balanced) → where lines end."""

    def resized(self, spans: list[Span]) -> Paragraph:
        """The same text in other spans. Where sizes change by one factor and faces do not, nothing is measured."""
        spans = [span for span in spans if span.text or span.box is not None] or spans[:1]
        scale = spans[0].size / self.spans[0].size if spans else 1.0
        if len(spans) != len(self.spans) or not all(new.is_scaled(old, scale) for old, new in zip(self.spans, spans)):
            return Paragraph(spans, self.fonts, self.language, "rtl" if self.rtl else "ltr", self._whole)
        made = Paragraph.__new__(Paragraph)
        made.__dict__.update(self.__dict__, spans=spans, _base=self._base or self, _scale=self._scale * scale)
        return made

    def lines(self, width: float, *, start: int = 0, indent: float = 0.0, balance: bool = False, align: str = "start",
              until: Callable[[int], bool] | None = None) -> list[LineBox]:
        """The lines from character `start` on, in a frame of this width.

        indent: shift of the first line's start edge. balance: as narrow as the same number of lines allows. align:
        start, centre or end. until: says of the character after a line whether the lines from there on are known; the
        first such line is then the last one. A word wider than the frame is broken between grapheme clusters.
        """
        scale, made = self._scale, []
        for line in (self._base or self)._broken(width / scale, start, indent / scale, balance, until):
            made.append(self._line(*line, width, indent, align))
            indent = 0.0
        return made

    def min_width(self) -> float:
        """Width of the widest piece that does not break."""
        if not self._soft:
            return self._least * self._scale
        pieces, hyphen = self._pieces, (self._base or self)._hyphen
        return max((width + hyphen(end) for end, width in zip(pieces.ends, pieces.widths)), default=0.0) * self._scale

    def inked(self) -> float:
        """Width of all that is not space, on one line: what any lines take together at the least."""
        return sum(self._pieces.widths) * self._scale

    def natural_width(self) -> float:
        """Width of the longest line where only forced breaks break."""
        pieces, widest, first = self._pieces, 0.0, 0
        for stop in pieces.stops:
            if stop > first:
                widest = max(widest, pieces.reach[stop - 1] - pieces.before[first])
            first = stop
        return widest * self._scale

    def _unbroken(self, ends: tuple[int, ...]) -> tuple[int, ...]:
        """Break opportunities without those within terms."""
        text = self.text.casefold() if self._whole else ""
        never: set[int] = set()
        if len(text) == len(self.text):
            for term in map(str.casefold, self._whole):
                at = text.find(term)
                while at >= 0:
                    never.update(range(at + 1, at + len(term)))
                    at = text.find(term, at + 1)
        return tuple(end for end in ends if end not in never) if never else ends

    # ── pieces ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _measure(self, ends: Sequence[int], start: int = 0) -> Pieces:
        if len(self.spans) == 1 and self._levels is None and self.spans[0].box is None:
            parts, widths, trails = self._in_one_style(ends, start)
        else:
            parts, widths, trails = [], [], []
            for begin, end in zip((start, *ends), ends):
                part, width, trail = self._piece(begin, end)
                parts.append(part)
                widths.append(width)
                trails.append(trail)
        text, count = self.text, len(parts)
        stops = [count]
        if not FORCED.isdisjoint(text):
            stops = [number for number, end in enumerate(ends, 1) if text[end - 1] in FORCED]
            if not stops or stops[-1] != count:
                stops.append(count)
        before = list(accumulate(map(add, widths, trails), initial=0.0))
        return Pieces(ends, parts, widths, trails, before, list(map(add, before, widths)), stops)

    def _in_one_style(self, ends: Sequence[int], start: int) -> tuple[list, list[float], list[float]]:
        """The pieces of a paragraph that is one span, which most are."""
        text, span = self.text, self.spans[0]
        size, known = span.size, self._known(span, False)
        strings = [text[begin:end] for begin, end in zip((start, *ends), ends)]
        found = list(map(known.get, strings))
        if None in found:
            found = [known.get(string) or self._shaped(known, string, span, 0) for string in strings]
        if not found:
            return [], [], []
        _, inked, spaces, missing, parts, faces = zip(*found)
        for lacking in filter(None, missing):
            self._report(lacking, span)
        self._face = faces[0] if len(set(faces)) == 1 else None
        return list(parts), [wide * size for wide in inked], [wide * size for wide in spaces]

    def _piece(self, start: int, end: int) -> tuple[tuple[Part, ...], float, float]:
        """Characters start to end as (parts, width, width of the spaces at the end), across spans and levels."""
        parts: list[Part] = []
        width = trail = 0.0
        number = bisect_right(self._span_ends, start)
        while start < end:
            while self._span_ends[number] <= start:
                number += 1
            span = self.spans[number]
            stop = min(end, self._span_ends[number])
            level = 0
            if self._levels is not None:
                level = self._levels[start]
                stop = next((at for at in range(start + 1, stop) if self._levels[at] != level), stop)
            if span.box is not None:
                parts.append((None, number, level))
                width, trail = width + trail + span.box, 0.0
            else:
                rtl = level % 2 == 1
                string, before, after = self.text[start:stop], self._joined(start, -1), self._joined(stop, 1)
                known = self._known(span, rtl)
                if before or after:
                    made, wide, space, missing, *_ = self._shaped({}, string, span, level, before, after)
                else:
                    made, wide, space, missing, *_ = known.get(string) or self._shaped(known, string, span, level)
                if missing:
                    self._report(missing, span)
                parts.append((made, number, level))
                if wide:
                    width, trail = width + trail + wide * span.size, space * span.size
                else:
                    trail += space * span.size
            start = stop
        return tuple(parts), width, trail

    def _known(self, span: Span, rtl: bool) -> dict:
        key = (span.role, span.bold, span.italic, span.language or self.language, rtl)
        known = self.fonts.pieces.get(key)
        if known is None or len(known) >= LIMIT:
            known = self.fonts.pieces[key] = {}
        return known

    def _shaped(self, known: dict, string: str, span: Span, level: int, before: str = "", after: str = ""):
        """(words, width, width of the spaces at the end, what no font has; the words as a piece of a first
        span, their face if they have the same); em."""
        style = (span.role, span.bold, span.italic)
        made, missing = words(self.fonts, style, string, level % 2 == 1, span.language or self.language, before, after)
        wide = sum(word.width for word in made)
        space = 0.0
        for word in reversed(made):
            if word.text != " ":
                break
            space += word.width
        inked = 0.0 if space and all(word.text == " " for word in made) else wide - space
        together = tuple(made)
        faces = {word.face for word in made}
        face = faces.pop() if len(faces) == 1 else None
        known[string] = result = together, inked, space, missing, ((together, 0, 0),), face
        return result

    def _joined(self, at: int, side: int) -> str:
        """The neighbouring characters across a cut at `at`, where letters join (Arabic and its like)."""
        text = self.text
        if not 0 < at < len(text) or self._levels is None:
            return ""
        before, after = map(unicodedata.bidirectional, text[at - 1 : at + 1])
        if before not in ("AL", "NSM") or after not in ("AL", "NSM"):
            return ""
        return text[max(0, at - 3) : at] if side < 0 else text[at : at + 3]

    def _report(self, missing: list[str], span: Span) -> None:
        place = span.place or getattr(span.text, "place", None)
        self._missing.setdefault((place, span.role, span.language or self.language), {}).update(dict.fromkeys(missing))

    @property
    def problems(self) -> list[Problem]:
        """One for each place with characters that no font has."""
        return [
            without_font(list(missing), place, self.fonts.chain(role, language))
            for (place, role, language), missing in self._missing.items()
        ]

    def _hyphen(self, end: int) -> float:
        """Width of the hyphen that a line ending at this index needs."""
        if self.text[end - 1] != "\xad" and end not in self._parted or end == len(self.text):
            return 0.0
        span = self.spans[bisect_left(self._span_ends, end)]
        return hyphen(self.fonts.face(span.role, span.bold, span.italic)).width * span.size

    # ── breaking ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _broken(self, width: float, start: int, indent: float, balance: bool,
                until: Callable[[int], bool] | None = None) -> list[tuple[Pieces, int, int, int]]:
        """The lines from a character on: (pieces, number of the first, number after the last, first character)."""
        pieces, first = self._pieces_from(start, width - max(indent, 0.0), until)
        made: list[tuple[Pieces, int, int, int]] = []
        for stop in pieces.stops:
            if stop <= first:
                continue
            alone = pieces.reach[stop - 1] - pieces.before[first] <= width - indent + EPSILON
            for end in (stop,) if alone else self._fit(pieces, stop, width, balance).ends(first, indent):
                made.append((pieces, first, end, start))
                start, first, indent = pieces.ends[end - 1], end, 0.0
                if until is not None and until(start):
                    return made
        return made

    def _fit(self, pieces: Pieces, stop: int, width: float, even: bool) -> Fit:
        key = (stop, width, even)
        fit = self._fits.get(key) if pieces is self._pieces else None
        if fit is None:
            end = pieces.ends[stop - 1]
            closes = end == len(self.text) or self.text[end - 1] in FORCED
            parted = self._soft or pieces is not self._pieces and not self._parted.isdisjoint(pieces.ends)
            fit = Fit(pieces, stop, width, even, " " in self.text, closes, self._costs_of(pieces, even),
                      partial(self._drawn, pieces) if parted else None)
            if pieces is self._pieces:
                if len(self._fits) >= FITS:
                    self._fits.clear()
                self._fits[key] = fit
        return fit

    def _costs_of(self, pieces: Pieces, even: bool) -> list[float]:
        """Cost of a line that ends before each piece: found once for all widths and sizes."""
        costs = self._costs.get(even) if pieces is self._pieces else None
        if costs is None:
            text, lean, may_part = self.text, self._lean, self._soft or bool(self._parted)
            costs, begin = [0.0], 0
            for end in pieces.ends[:-1]:
                parted = may_part and self._hyphen(end) > 0.0
                costs.append(cost_at_end(text[begin:end].strip().lower(), parted, lean, even))
                begin = end
            if pieces is self._pieces and not self._parted:
                self._costs[even] = costs
        return costs

    def _drawn(self, pieces: Pieces, number: int) -> float:
        """Width of the hyphen of a line that ends before a piece."""
        return self._hyphen(pieces.ends[number - 1])

    def _pieces_from(self, start: int, limit: float, until: Callable[[int], bool] | None = None) -> tuple[Pieces, int]:
        """Pieces and the number of the one that begins at a character; those wider than the limit are cut up, but not
        beyond a cut of which `until` says that it is known."""
        pieces = self._pieces
        if not start and self._widest <= limit + EPSILON:
            return pieces, 0
        skipped = bisect_right(pieces.ends, start) if start else 0
        inside = start and skipped < len(pieces.ends) and start != (pieces.ends[skipped - 1] if skipped else 0)
        if inside or self._widest > limit + EPSILON and max(pieces.widths[skipped:], default=0.0) > limit + EPSILON:
            cut: list[int] = []
            at = start
            for number, end in enumerate(pieces.ends[skipped:], skipped):
                if pieces.widths[number] > limit + EPSILON:
                    ends, met = self._cut(number, at, limit, until)
                    cut += ends
                    if met:
                        break
                cut.append(end)
                at = end
            return self._measure(cut, start), 0
        return pieces, skipped

    def _cut(self, number: int, start: int, limit: float,
             until: Callable[[int], bool] | None) -> tuple[list[int], bool]:
        """Where piece `number`, which is too wide, breaks from a character on."""
        cuts = self._cuts.get(number)
        if cuts is None:
            begin, end = self._pieces.ends[number - 1] if number else 0, self._pieces.ends[number]
            span = self.spans[min(bisect_right(self._span_ends, begin), len(self.spans) - 1)]
            found = {begin + at for at in points(self.text[begin:end], span.language or self.language)}
            found = {at for at in found if not self._in_address(at)}  # a piece may be a part of an address
            wide = hyphen(self.fonts.face(span.role, span.bold, span.italic)).width * span.size if found else 0.0
            cuts = self._cuts[number] = Cuts(self.text, begin, end, self._piece, found, wide, self._parted)
        return cuts.within(start, limit, until)

    def _line(self, pieces: Pieces, first: int, end: int, start: int, width: float, indent: float,
              align: str) -> LineBox:
        last, scale = end - 1, self._scale
        wide = (pieces.reach[last] - pieces.before[first]) * scale
        stop = pieces.ends[last]
        extra, base = 0.0, self._base or self
        if self._soft or base._parted:
            extra = base._hyphen(stop) * scale
            if wide + extra > width - indent + EPSILON:
                extra = 0.0
            wide += extra
        left = 0.0 if self.rtl else indent
        spare = width - indent - wide
        if align == "centre":
            left += spare / 2
        elif (align == "end") != self.rtl:
            left += spare
        made = LineBox(start, stop, wide, self._words, (pieces, first, end, start, left, wide, extra > 0.0))
        made.torn = pieces is not base._pieces and not extra and self._tears(stop)
        return made

    def _tears(self, end: int) -> bool:
        """Whether a line that ends here parts a word where it should not, without a hyphen."""
        ends, text = (self._base or self)._pieces.ends, self.text
        if ends[bisect_left(ends, end)] == end or not (text[end - 1].isalpha() and text[end].isalpha()):
            return False
        return not self._in_address(end)

    def _in_address(self, at: int) -> bool:
        """Whether the word around an index is a web or mail address; each word is looked at once."""
        begin = self.text.rfind(" ", 0, at) + 1
        if begin not in self._addresses:
            self._addresses[begin] = ADDRESS.search(self.word_at(at)) is not None
        return self._addresses[begin]

    def word_at(self, at: int) -> str:
        """The word around an index, up to the spaces."""
        return self.text[:at].rpartition(" ")[2] + self.text[at:].partition(" ")[0]

    def _words(self, pieces: Pieces, first: int, end: int, start: int, left: float, wide: float,
               hyphened: bool) -> Setting:
        """The words of a line, side by side."""
        spans, space = self.spans, pieces.trails[end - 1] * self._scale
        if self._face is not None and not hyphened:
            words = [word for piece in pieces.parts[first:end] for word in piece[0][0]]
            return set_run(words, self._face, spans[0], left, wide, space)
        parts = [(made, spans[number], level) for piece in pieces.parts[first:end] for made, number, level in piece]
        if hyphened:
            span, level = parts[-1][1:]
            parts.append(((hyphen(self.fonts.face(span.role, span.bold, span.italic)),), span, level))
        line = set_line(parts, left, wide, space, self._backwards, self._levels is not None)
        if not line.runs:
            span = spans[min(bisect_right(self._span_ends, start), len(spans) - 1)]
            face = self.fonts.face(span.role, span.bold, span.italic)
            line.ascent, line.descent = face.ascender * span.size, -face.descender * span.size
        return line
