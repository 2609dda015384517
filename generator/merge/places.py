"""Carries places through a template, so that every word of the story knows the file and line that it came from.

Jinja gives plain strings. So places travel in them as marks of control characters, which content and templates may not
hold:

    \\x01 12 \\x01            what follows was written in a template at `stamps[12]`
    \\x02 7 \\x03 … \\x02 \\x03   the words between are the author's, from `places[7]` of this merge
    \\x02 +8 \\x03            from here on: `places[8]`, which is further down in that text

Words in another language than the leaflet's (fixed phrases that it lacks) are marked in the same way: `tongues` has the
language of their place. markup.py takes the marks out again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from jinja2 import TemplateRuntimeError
from jinja2.runtime import Context, Undefined, missing
from markupsafe import Markup, escape

from ..model.content import Entry
from ..model.problem import Foreign, Joined, Place, Problem, Text, Within
from ..model.record import field, names, record

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BELOW = re.compile("\x02\\+(\\d{1,9})\x03")
"""As markdown.py writes it, which knows the numbers of lines and no places."""
MARK = re.compile("\x01\\d{1,9}\x01|\x02\\+?\\d{0,9}\x03")
MERGE = " merge"
"""Name of the Merge among a template's variables; the space keeps it out of a template's reach."""

LARGEST = 20_000_000
"""The most that one merge may cost. A character printed costs 1, and again for every macro that it passes through; a
long leaflet costs about 200,000. Without a limit, a template could fill the memory or never end."""
ROUND = 10
"""Cost of a round of a loop."""
CALL = 60
"""Cost of a call of a macro or function."""


class Fault(TemplateRuntimeError):
    """A mistake in a template, found while it runs; its place is found from the traceback."""

    def __init__(self, message: str, hint: str = "", word: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.word = word
        """What to look for in the line to find the column."""


@record(slots=True)
class Merge:
    """The state of one merge: places that were given out, problems, and what the template has cost so far."""

    language: str
    words_file: str
    """Where a missing phrase is to be written."""
    words: object = None
    """The Words of the language."""
    places: list[Place] = field(default_factory=list)
    said: list[Text] = field(default_factory=list)
    """The text of each of `places`."""
    ways: list[str] = field(default_factory=list)
    """How each of them is printed (story.Origin)."""
    tongues: dict[int, str] = field(default_factory=dict)
    """Index of a place → the language of its words, where that is not the leaflet's."""
    problems: list[Problem] = field(default_factory=list)
    cost: int = 0
    sources: int = 0
    """How many references the leaflet has."""

    def charge(self, amount: int) -> None:
        """Raises Fault when the template has cost too much."""
        self.cost += max(0, amount)
        if self.cost > LARGEST:
            raise Fault("the template prints too much or does not come to an end", "look for loops within loops")

    def mark(self, markup: str, text: str, way: str = "plain") -> Markup:
        """Finished markup of a text; it keeps the text's place, where it has one. way: as in story.Origin."""
        place = getattr(text, "place", None)
        if place is None:
            return Markup(_BELOW.sub("", markup))
        if isinstance(text, Foreign) and any(map(str.isalpha, text)):
            self.tongues[len(self.places)] = text.language
        self.places.append(place)
        self.said.append(text)
        self.ways.append(way)
        number = len(self.places) - 1
        if "\x02+" in markup:
            lines = lines_of(text)

            def below(found: re.Match[str]) -> str:
                self.places.append(lines(int(found[1])))
                self.said.append(text)
                self.ways.append(way)
                return f"\x02+{len(self.places) - 1}\x03"

            markup = _BELOW.sub(below, markup)
        return Markup(f"\x02{number}\x03{markup}\x02\x03")

    def printed(self, value: object) -> object:
        """What `{{ value }}` prints: escaped and marked. Raises Fault for what has no words."""
        if isinstance(value, Undefined):
            return value  # raises as soon as it is escaped
        if isinstance(value, Markup):
            self.charge(len(value))
            return value
        if isinstance(value, str):
            self.charge(len(value))
            clean = escape(CONTROL.sub("", value))
            return self.mark(clean, value)
        if value is None:
            return ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if hasattr(value, "__html__"):
            return value
        hint = "use {% for … %}" if isinstance(value, (list, tuple, dict)) else ""
        if isinstance(value, Entry):
            hint = f"print one of its parts: {', '.join(names(value))}"
        raise Fault(f"{kind(value)} cannot be printed", hint)


class Piece(Text):
    """A text that a template made of others: it joined several, or took a part of one."""

    __slots__ = ("made_of",)
    made_of: tuple[tuple[Place, int, int], ...]
    """(place of a text, which of its parts, of how many)."""

    def __new__(cls, value: str, made_of: tuple[tuple[Place, int, int], ...]) -> Piece:
        self = super().__new__(cls, value, made_of[0][0])
        self.made_of = made_of
        return self


def made_of(text: str) -> tuple[tuple[Place, int, int], ...]:
    """The texts that a text is made of. None where it is not from a file, or is a phrase in another language."""
    if isinstance(text, Piece):
        return text.made_of
    return ((text.place, 0, 1),) if isinstance(text, Text) and text.place and not isinstance(text, Foreign) else ()


def whole(texts: Iterable[Text]) -> frozenset[Place]:
    """Places of the texts of which all parts are there."""
    found: dict[tuple[Place, int], set[int]] = {}
    for text in texts:
        for place, part, parts in made_of(text):
            found.setdefault((place, parts), set()).add(part)
    return frozenset(place for (place, parts), there in found.items() if len(there) == parts)


def like(source: str, text: str) -> Text:
    """A text that stands where another one stands, in its language."""
    place = getattr(source, "place", None)
    made = Foreign(text, place, source.language) if isinstance(source, Foreign) else Text(text, place)
    return within(source, made)


def part_of(source: Text, text: str, start: int) -> Text:
    """The characters of a text from `start` on."""
    made = like(source, text)
    if source.written is not None:
        made.written = Within(source, start)
    return made


def within(source: str, made: Text) -> Text:
    """A text made of another one, with the places of its characters where it is a part of it."""
    if isinstance(source, Text) and source.written is not None and (at := source.find(made)) >= 0:
        made.written = Within(source, at)
    return made


def joined(made: Text, between: str, parts: list[str]) -> Text:
    """A text that was joined of parts, with the places of their characters."""
    known, starts, at = [], [], 0
    for part in parts:
        if isinstance(part, Text) and part.place is not None:
            known.append(part)
            starts.append(at)
        at += len(part) + len(between)
    if known:
        made.written = Joined(known, starts)
    return made


def lines_of(text: Text) -> Callable[..., Place]:
    """A function from the number of a line of the text (from 0) to the place of its first words; or of certain words in
    it, as far as they are found there (what stands between marks is known without the marks)."""
    place = text.place
    if text.written is None:
        return lambda number, words="": Place(place.file, place.line + number, place.column)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line(number: int, words: str = "") -> Place:
        number = min(number, len(starts) - 1)
        at, end = starts[number], starts[number + 1] if number + 1 < len(starts) else len(text)
        for length in range(len(words), 0, -1):
            spot = text.find(words[:length], at, end)
            if spot >= 0:
                return text.place_at(spot)
        return text.place_at(at + len(text[at : at + 100]) - len(text[at : at + 100].lstrip(" \t")))

    return line


def merge_of(context: Context) -> Merge:
    """The Merge that a filter or function is called in."""
    merge = context.resolve_or_missing(MERGE)
    assert merge is not missing
    return merge


def kind(value: object) -> str:
    """What a template author calls this kind of value. Raises the Fault of a value that is missing."""
    if isinstance(value, Undefined):
        str(value)
    name = type(value).__name__
    known = {"list": "a list", "tuple": "a list", "dict": "a mapping", "bool": "true or false", "NoneType": "nothing",
             "str": "a text", "Text": "a text", "Markup": "markup", "int": "a number", "float": "a number",
             "Words": "words", "function": "a function", "Macro": "a macro (without its brackets)",
             "TemplateModule": getattr(value, "__name__", None) or "an imported file", "LoopContext": "loop",
             "Namespace": "a namespace"}
    return known.get(name, f"'{name}'")
