"""The nodes of a YAML file, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..model.problem import Place, Problem
from .places import lines_above, spots_of

DEEPEST = 50
"""Levels of lists and mappings; the deepest content needs about 16."""
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces (Unicode Zs) that are none to YAML, but letters of a text."""
_WIDE_SPACE = re.compile(rf" *(?:- +)*(?:(?:-|[a-z][a-z\d_-]*:)?([{_WIDE}])|[a-z][a-z\d_-]*([{_WIDE}]) *:)")
"""One where YAML needs a plain space: as indentation, behind the "-" of an item, before or behind a key's colon."""
WIDE_THEN_SIGN = re.compile(rf"[{_WIDE}]\s*(?:[\"'\[{{|>&*!%@`]|- )")
"""One that keeps YAML from seeing the sign behind it."""


class Scalar:
    """A piece of text."""

    __slots__ = ("place", "plain", "prose", "raw", "spots", "text")

    def __init__(self, text: str, place: Place, plain: bool, prose: str | None = None, raw: str | None = None) -> None:
        self.text = text
        self.prose = text if prose is None else prose
        """The text with its paragraphs apart, see paragraphs.py."""
        self.place = place
        """Where it begins; of a block (| or >) where its first words stand; of a missing value its key."""
        self.plain = plain
        """Not in quotes and no block: YAML would guess a type."""
        self.raw = raw
        """As it stands in the file, with quotes, the head of a block, and line ends; None: not known."""
        self.spots: tuple[str, list[int], list[int]] | None = None
        """The text that was last asked about, where in `raw` each of its characters
        stands, and where lines end there."""

    def __reduce__(self) -> tuple[type[Scalar], tuple[str, Place, bool, None, str | None]]:
        return Scalar, (self.text, self.place, self.plain, None, self.raw)  # its prose is in a Text already

    @property
    def void(self) -> bool:
        """Whether YAML takes it for no value (YAML 1.2.2, 10.3.2)."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")

    def place_at(self, text: str, offset: int) -> Place:
        """As model.problem.Written; `text` is the value of the field that was read from this (see paragraphs.py,
        prose.composed)."""
        if self.raw is None:
            return self.place
        if self.spots is None or self.spots[0] != text:
            ends = [at for at, sign in enumerate(self.raw) if sign == "\n"]
            self.spots = text, spots_of(text, self.text, self.raw, self.plain), ends
        _, spots, ends = self.spots
        if not spots:
            return self.place
        spot = spots[max(offset, 0)] if offset < len(spots) else spots[-1] + 1
        line = bisect_left(ends, spot)
        if not line:
            return Place(self.place.file, self.place.line, self.place.column + spot)
        first = self.place.line - lines_above(self.raw, self.plain)
        return Place(self.place.file, first + line, spot - ends[line - 1])


class Sequence(list):
    """A list of nodes."""

    __slots__ = ("place",)

    def __init__(self, place: Place) -> None:
        self.place = place


class Mapping(dict):
    """Key (a `Text`) → node."""

    __slots__ = ("allowed", "marks", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.marks: dict[str, Place] = {}
        """Key → where it stands."""
        self.allowed: tuple[str, ...] = ()
        """Keys that the schema knows here; filled in by schema.py."""


Node = Scalar | Sequence | Mapping


def wide_space(text: str, place: Place) -> Problem | None:
    """The problem of a line, or of a text without quotes, in which YAML does not see a space that an author sees."""
    found = _WIDE_SPACE.match(text)
    if not found:
        return None
    at = found.start(found.lastindex)
    name = "a no-break space" if text[at] == "\xa0" else f"the space U+{ord(text[at]):04X}"
    where = Place(place.file, place.line, place.column + at)
    hint = "type the space anew; such come with pasted text"
    return Problem(where, f"{name} stands where YAML needs a plain one", hint)
