"""Finds all values of a content file, each with its path, by the types and Rule markers of the model.

A new field of the model is found by its type. Only OWN, `cover_title` and the two keys that repeat an option are named
here.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from .content import UNPRINTED, Block, Cell, Content, Figure, Listing, Passage, Row, SameAs, Section, Table
from .problem import Place
from .record import fields, hint_of, is_record, names, record, replace

OWN = frozenset((
    "format", "language", "layouts", "phrases", "translation.source", "translation.units", "translation.passages",
    "checks.profile", "checks.silence.rule", "checks.silence.reason", "checks.silence.by", "checks.silence.words",
    "checks.words", "review.status", "review.published", "review.reviewed", "review.next_review", "review.version",
    "review.fingerprint",
))
"""Keys in which each language's file speaks of itself: neither translated nor compared."""
WORDS = ("line", "inline", "prose", "lines")
SIGNS = ("kind", "start", "kinds", "columns", "rows", "head_rows")
"""Names of the values that `Value.signs` is about."""


@record(frozen=True, slots=True)
class Value:
    """A single value of a content file: a text, a number, true or false."""

    path: str
    """As in sections[2].body[0].table.rows[1].head; numbers from 0."""
    value: Any
    """A Text, True or False, a number; the list of lines for the kind "lines"."""
    kind: str
    """The Rule's kind; "lines" of cover_title, whose lines are one text; "choice" of anything without a Rule."""
    words: bool
    """Whether it is written in the file's language."""
    owner: Any
    """The Entry whose field it is."""
    name: str
    """Of the field."""
    index: int
    """In its list; 0 elsewhere."""
    heading: str
    """Of the section around it, or ""."""
    printed: bool
    """Whether layouts print it: it has a Rule and is not marked UNPRINTED."""
    twin: str
    """Path of the text that says the same, so that one of the two need be printed; or ""."""

    @property
    def known(self) -> bool:
        """Whether the texts themselves know where they stand."""
        return all(getattr(value, "place", None) for value in (self.value if self.kind == "lines" else [self.value]))

    @property
    def key(self) -> str:
        """The path without numbers and ids: sections.body.table.rows.head."""
        return without_numbers(self.path)

    @property
    def own(self) -> bool:
        return self.key in OWN

    @property
    def linked(self) -> bool:
        """Whether it repeats one of the options (which the reader demands): it follows their translation."""
        if isinstance(self.owner, Table):
            return self.name == "columns" and self.owner.compare and self.index > 0
        if isinstance(self.owner, Figure):
            return self.name == "views"
        return isinstance(self.owner, Section) and self.name == "option"

    @property
    def signs(self) -> bool:
        """Whether it gives words another meaning though it is no word: a tick or a cross, the first number of a list,
        the sign of a time of day, the rows and columns that a cell is about."""
        return (isinstance(self.owner, (Cell, Listing, Row, Table)) and self.name in SIGNS
                and self.value != fields(self.owner)[self.name].default)

    @property
    def text(self) -> str:
        return "\n".join(self.value) if self.kind == "lines" else str(self.value)

    @property
    def place(self) -> Place | None:
        return self.places[0]

    @property
    def places(self) -> list[Place | None]:
        """Where it stands; of each line for the kind "lines"."""
        values = self.value if self.kind == "lines" else [self.value]
        return [getattr(value, "place", None) or self.owner.place for value in values]


Visit = Callable[[Value], Any]


def without_numbers(path: str) -> str:
    return re.sub(r"\[[^\]]*\]", "", path)


def mapped(content: Content, visit: Visit) -> Content:
    """A copy in which each value is replaced by what `visit` returns for it; values are visited in reading order."""
    return _entry(content, visit, "", "")


def values(content: Content) -> list[Value]:
    """All values that are given, in reading order."""
    found: list[Value] = []

    def visit(value: Value) -> Any:
        found.append(value)
        return value.value

    mapped(content, visit)
    return found


def in_plain_words(content: Content) -> Content:
    """A copy in which each text that has a plainer one beside it is that one."""
    return mapped(content, lambda value: value.owner.plain or value.value
                  if value.name == "text" and isinstance(value.owner, Block) else value.value)


def has_plain(content: Content) -> bool:
    """Whether a text of it has a plainer one beside it."""
    return any(value.name == "plain" for value in values(content))


def printed_keys(hint: Any = Content, above: str = "", outer: tuple[type, ...] = ()) -> Iterator[str]:
    """The keys (Value.key) of everything that layouts print, and of the entries around it: sections, sections.heading …

    In a class that holds itself (sections.sections) the keys are those of the first level.
    """
    if is_record(hint):
        if hint in outer:
            yield above
            return
        for name in names(hint):
            yield from printed_keys(hint_of(hint, name), f"{above}.{name}" if above else name, (*outer, hint))
    elif get_origin(hint) is Annotated:
        if UNPRINTED not in hint.__metadata__:
            yield from (above[:end] for end in (*(dot.start() for dot in re.finditer(r"\.", above)), None))
    else:
        for inner in get_args(hint):
            yield from printed_keys(inner, above, outer)


def _entry(entry: Any, visit: Visit, path: str, heading: str) -> Any:
    if isinstance(entry, Section):
        heading = str(entry.heading)
    if isinstance(entry, Passage):
        visit = _foreign(visit)
    changed = {}
    cls = type(entry)
    # a heading is read first, wherever the model has it
    for name in sorted(names(cls), key=lambda name: name != "heading"):
        value = getattr(entry, name)
        inner = f"{path}.{name}" if path else name
        if name == "cover_title" and value:  # another language may break the title into more lines, or fewer
            twin = _twin(get_args(hint_of(cls, name))[0], inner, name)
            changed[name] = visit(Value(inner, value, "lines", True, entry, name, 0, heading, True, twin))
        else:
            changed[name] = _value(value, hint_of(cls, name), visit, inner, heading, entry, name, 0)
    made = replace(entry, **changed)
    object.__setattr__(made, "place", entry.place)
    return made


def _foreign(visit: Visit) -> Visit:
    """`visit` for the texts of a passage, which are in no translator's language: they stay in a translation."""
    return lambda value: visit(replace(value, words=False))


def _value(value: Any, hint: Any, visit: Visit, path: str, heading: str, owner: Any, name: str, index: int) -> Any:
    if value is None:
        return None
    if is_record(value):
        return _entry(value, visit, path, heading)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = next(one for one in arguments if one is not types.NoneType and not is_record(one))
        return _value(value, inner, visit, path, heading, owner, name, index)
    if origin is list:
        return [_value(item, arguments[0], visit, f"{path}[{n}]", heading, owner, name, n)
                for n, item in enumerate(value)]
    if origin is dict:
        return {key: _value(item, arguments[1], visit, f"{path}[{key}]", heading, owner, name, 0)
                for key, item in value.items()}
    _, rule, *marks = arguments if origin is Annotated else (hint, None)
    words = rule is not None and rule.words and rule.kind in WORDS
    printed = rule is not None and UNPRINTED not in marks
    return visit(Value(path, value, rule.kind if rule else "choice", words, owner, name, index, heading, printed,
                      _twin(hint, path, name)))


def _twin(hint: Any, path: str, name: str) -> str:
    """Path of the field beside `name` that says the same, or ""."""
    return next((path.removesuffix(name) + mark.field
                 for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, SameAs)), "")
