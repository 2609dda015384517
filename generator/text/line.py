"""Puts the pieces of one line side by side, as runs of words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple
from unicodedata import bidirectional

from ..model.late import Late
from ..model.page import Run, Word
from ..model.record import field, record
from .bidi import visual
from .fonts import Face
from .shape import LEFT_TO_RIGHT, RIGHT_TO_LEFT, marked, shape

_NUMBER = Late(r"[^\w\s]*\d.*?(?:[^\W\d]|[-+ ])")
"""A number with more than digits and the points, commas and slashes between them."""

_DASHES = frozenset("–—‑−")
TURNING = 0.3
"""pdf.js takes a string with fewer right-to-left characters, as a part of all, for one that runs to the right."""

Part = tuple["tuple[Word, ...] | None", int, int]
"""(words in logical order, number of their span, embedding level); None in place of words is the span's inline
object."""
Shown = tuple["tuple[Word, ...] | None", Any, int]
"""The same with the span.Span itself."""


class Pieces(NamedTuple):
    """What stands between break opportunities, in order; points at the sizes at which it was measured."""

    ends: list[int]
    """Index of the character after each piece."""
    parts: list[tuple[Part, ...]]
    widths: list[float]
    """Without the spaces at the end."""
    trails: list[float]
    """The spaces at the end."""
    before: list[float]
    """Running sum of widths and trails before each piece."""
    reach: list[float]
    """before + width: never falls."""
    stops: list[int]
    """Numbers of the pieces before which a line must begin, and the number of pieces."""


@record(slots=True)
class Setting:
    """What stands on a line."""

    runs: list[Run] = field(default_factory=list)
    """In logical order; each is a stretch in one face, size, colour and structure leaf. The spaces at the end hang
    outside the width."""
    boxes: list[tuple[float, Any]] = field(default_factory=list)
    """Inline objects: (x, span.Span). An object is as wide as its type size and stands at the start of its box."""
    ascent: float = 0.0
    descent: float = 0.0
    """Upwards and downwards from the baseline, both positive."""
    links: list[tuple[float, float, Any]] = field(default_factory=list)
    """Areas of links: (x, width, span.Span); left to right."""


class LineBox:
    """A line of a paragraph. Points; x from the left edge of the frame.

    Its words are put side by side when they are first asked for: most lines are only counted, while breaks are chosen.
    """

    __slots__ = ("_given", "_make", "_setting", "end", "start", "torn", "width")

    def __init__(
        self, start: int = 0, end: int = 0, width: float = 0.0, make: Callable[..., Setting] = Setting,
        given: tuple = (),
    ) -> None:
        self.start, self.end = start, end
        """Characters of the paragraph: start to before end, the space or line feed at the end included."""
        self.width = width
        """Of the ink: without the spaces at the end."""
        self.torn = False
        """It ends within a word that is wider than the line, without a hyphen."""
        self._make, self._given, self._setting = make, given, None

    @property
    def setting(self) -> Setting:
        if self._setting is None:
            self._setting = self._make(*self._given)
        return self._setting

    @property
    def runs(self) -> list[Run]:
        return self.setting.runs

    @property
    def boxes(self) -> list[tuple[float, Any]]:
        return self.setting.boxes

    @property
    def links(self) -> list[tuple[float, float, Any]]:
        return self.setting.links

    @property
    def ascent(self) -> float:
        return self.setting.ascent

    @property
    def descent(self) -> float:
        return self.setting.descent


def set_line(parts: list[Shown], left: float, width: float, trail: float, rtl: bool, bidi: bool) -> Setting:
    """A line whose ink begins at `left` and is `width` wide, with `trail` of spaces after it.

    rtl: the paragraph's direction. bidi: some level is not 0.
    """
    line = Setting()
    areas: list[tuple[float, float, Any]] = []
    if bidi:
        _in_visual_order(line, areas, parts, left - trail if rtl else left, int(rtl))
    else:
        _in_order(line, areas, parts, left)
        _join_last_space(line.runs)
    for run in line.runs:
        line.ascent = max(line.ascent, run.face.ascender * run.size + run.rise)
        line.descent = max(line.descent, -run.face.descender * run.size - run.rise)
    if areas:
        line.links = _merged(areas, left, left + width)
    return line


def _join_last_space(runs: list[Run]) -> None:
    """A line's last space is set like the word before it: readers of PDF drop a space that is shown by itself."""
    if len(runs) > 1 and runs[-1].elem is runs[-2].elem and all(word.text == " " for word in runs[-1].words):
        spaces, run = len(runs.pop().words), runs[-1]
        space = shape(run.face, " ")
        run.words += [space] * spaces
        run.width += spaces * space.width * run.size


def set_run(words: list[Word], face: Face, span: Any, left: float, width: float, trail: float) -> Setting:
    """A line that is one run from left to right: what most lines are."""
    run = Run(left, words, face, span.size, span.colour, span.elem, width + trail, span.rise)
    links = [(left, width, span)] if span.href and width else []
    return Setting([run], [], face.ascender * span.size + span.rise, -face.descender * span.size - span.rise, links)


def _in_order(line: Setting, areas: list, parts: list[Shown], x: float) -> None:
    """Left-to-right text: one pass, words joined to runs."""
    current = face = run = None
    for words, span, _ in parts:
        if words is None:
            line.boxes.append((x, span))
            if span.href:
                areas.append((x, span.box, span))
            x += span.box
            current = run = None
            continue
        for word in words:
            if word.face is not face or span is not current or run is None:
                if run is not None:
                    run.width = x - run.x
                current, face = span, word.face
                if run is None or not _same(run, word, span):
                    run = Run(x, [], face, span.size, span.colour, span.elem, 0.0, span.rise)
                    line.runs.append(run)
            run.words.append(word)
            x += word.width * run.size
        if run is not None:
            run.width = x - run.x
        if span.href:
            width = sum(word.width for word in words) * span.size
            areas.append((x - width, width, span))


def _in_visual_order(line: Setting, areas: list, parts: list[Shown], x: float, base: int) -> None:
    """Words find their x in visual order (UAX #9, L2) and are put down in logical order."""
    items = [(word, span, level) for words, span, level in parts for word in (words if words is not None else (None,))]
    levels = [level for _, _, level in items]
    for at in range(len(items) - 1, -1, -1):  # L1: spaces at the end of a line
        if items[at][0] is None or items[at][0].text != " ":
            break
        levels[at] = base
    places = [(0, 0.0)] * len(items)
    for rank, at in enumerate(visual(levels)):
        places[at] = rank, x
        word, span, _ = items[at]
        x += span.box if word is None else word.width * span.size
    group: list[int] = []
    for at, ((word, span, _), level, (_, x)) in enumerate(zip(items, levels, places)):
        if span.href:
            areas.append((x, span.box if word is None else word.width * span.size, span))
        if word is None:
            line.boxes.append((x + (span.box - span.size if level % 2 else 0.0), span))
        if group and (word is None or not _alike(items[group[0]], items[at])):
            line.runs += _stretches(group, items, places, base)
            group = []
        if word is not None:
            group.append(at)
    if group:
        line.runs += _stretches(group, items, places, base)


def _stretches(group: list[int], items: list, places: list[tuple[int, float]], base: int) -> list[Run]:
    """Words in one style that follow each other, as runs: one for each stretch of the line that they fill.

    places: each word's number from the left, and its x.
    """
    made: list[list[int]] = []
    for at in sorted(group, key=places.__getitem__):
        if made and places[at][0] == places[made[-1][-1]][0] + 1:
            made[-1].append(at)
        else:
            made.append([at])
    made = [part for stretch in made for part in ([stretch] if _whole(stretch, items, base) else _ways(stretch))]
    runs = []
    for stretch in sorted(made, key=min):
        logical = sorted(stretch)
        word, span, _ = items[stretch[0]]
        marks = _marks(stretch, items) if base else {}
        words = [marked(items[at][0], marks[at]) if at in marks else items[at][0] for at in logical]
        order = None if stretch == logical else tuple(logical.index(at) for at in stretch)
        width = sum(one.width for one in words) * span.size
        runs.append(
            Run(places[stretch[0]][1], words, word.face, span.size, span.colour, span.elem, width, span.rise, order)
        )
    return runs


def _whole(stretch: list[int], items: list, base: int) -> bool:
    """Whether a stretch is one run: its words follow each other in logical order, too (between two words of one face
    there may be others), and in right-to-left lines readers turn it round. pdf.js does where 3 of 10 characters run to
    the left."""
    if max(stretch) - min(stretch) >= len(stretch):
        return False
    if not base:
        return True
    text = "".join(items[at][0].text for at in stretch)
    return sum(bidirectional(char) in ("R", "AL", "AN") for char in text) >= TURNING * len(text)


def _ways(stretch: list[int]) -> list[list[int]]:
    """A stretch, from left to right, cut where its words change their direction."""
    made = [stretch[:1]]
    for before, at in pairwise(stretch):
        if at == before + 1:
            made[-1].append(at)
        else:
            made.append([at])
    return made


def _marks(stretch: list[int], items: list) -> dict[int, str]:
    """Words that need a mark before them, since readers find the order of a line by the rules of UAX #9: numbers that
    run to the right with what follows them although the rules would turn them round ("5 mg", telephone numbers); and
    numbers of which the right one is the first, and the dash between them, which some readers take for one number."""
    found = {}
    for part in _ways(stretch):
        text = "".join(items[at][0].text for at in part)
        if _NUMBER.match(text) and not items[part[0]][0].rtl:
            found[part[0]] = LEFT_TO_RIGHT
    for left, sign, right in zip(stretch, stretch[1:], stretch[2:]):
        numbers = items[left][0].text[:1] + items[right][0].text[-1:]
        if sign == left - 1 == right + 1 and items[sign][0].text in _DASHES and numbers.isdecimal():
            found[sign] = found[right] = RIGHT_TO_LEFT
    return found


def _alike(one: tuple, other: tuple) -> bool:
    (word, span, _), (word2, span2, _) = one, other
    return word.face is word2.face and (
        (span.size, span.colour, span.elem, span.rise) == (span2.size, span2.colour, span2.elem, span2.rise)
    )


def _same(run: Run, word: Word, span: Any) -> bool:
    return (
        run.face is word.face and run.size == span.size and run.colour == span.colour
        and run.elem is span.elem and run.rise == span.rise
    )


def _merged(areas: list, left: float, right: float) -> list[tuple[float, float, Any]]:
    """Areas of one link that touch become one; what hangs over the line's ink is cut off."""
    made: list[tuple[float, float, Any]] = []
    for x, width, span in sorted(areas, key=lambda area: area[0]):
        start, end = max(x, left), min(x + width, right)
        if end - start < 1e-6:
            continue
        if made:
            last, wide, other = made[-1]
            if other.link is span.link and other.href == span.href and start - (last + wide) < 1e-6:
                made[-1] = (last, end - last, other)
                continue
        made.append((start, end - start, span))
    return made
