"""All values of a content file, each with its path, found by the types and Rule markers of the model.

Nothing here knows a field by its name but for OWN, `cover_title` and the two links to `options`: a new field of the
model is found by its type.
"""

from __future__ import annotations

import functools
import re
import types
from collections.abc import Callable
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from .content import Content, Section, Table
from .problem import Place
from .record import is_record, names, record, replace

OWN = frozenset((
    "format", "language", "layouts", "phrases", "translation.source", "translation.units",
    "review.status", "review.published", "review.reviewed", "review.next_review", "review.version",
))
"""What each language's file says of itself: neither translated nor compared."""
WORDS = ("line", "inline", "prose", "lines")


@record(frozen=True, slots=True)
class Leaf:
    """A value of a content file that holds no others."""

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

    @property
    def own(self) -> bool:
        return re.sub(r"\[.*\]", "", self.path) in OWN

    @property
    def linked(self) -> bool:
        """Whether it repeats one of the options (which the reader demands): it follows their translation."""
        if isinstance(self.owner, Table):
            return self.name == "columns" and self.owner.compare and self.index > 0
        return isinstance(self.owner, Section) and self.name == "option"

    @property
    def text(self) -> str:
        return "\n".join(self.value) if self.kind == "lines" else str(self.value)

    @property
    def place(self) -> Place | None:
        value = self.value[0] if self.kind == "lines" else self.value
        return getattr(value, "place", None) or self.owner.place


Visit = Callable[[Leaf], Any]


def mapped(content: Content, visit: Visit) -> Content:
    """A copy with each leaf replaced by what `visit` gives for it; leaves are visited in reading order."""
    return _entry(content, visit, "", "")


def leaves(content: Content) -> list[Leaf]:
    """All leaves, in reading order. What is not given (None) is none."""
    found: list[Leaf] = []

    def visit(leaf: Leaf) -> Any:
        found.append(leaf)
        return leaf.value

    mapped(content, visit)
    return found


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    return {name: hints[name] for name in names(cls)}


def _entry(entry: Any, visit: Visit, path: str, heading: str) -> Any:
    if isinstance(entry, Section):
        heading = str(entry.heading)
    changed = {}
    hints = _hints(type(entry))
    for name in sorted(hints, key=lambda name: name != "heading"):  # a heading is read first, wherever the model has it
        hint = hints[name]
        value = getattr(entry, name)
        inner = f"{path}.{name}" if path else name
        if name == "cover_title" and value:  # another language may break the title into more lines, or fewer
            changed[name] = visit(Leaf(inner, value, "lines", True, entry, name, 0, heading))
        else:
            changed[name] = _value(value, hint, visit, inner, heading, entry, name, 0)
    made = replace(entry, **changed)
    object.__setattr__(made, "place", entry.place)
    return made


def _value(value: Any, hint: Any, visit: Visit, path: str, heading: str, owner: Any, name: str, index: int) -> Any:
    if value is None:
        return None
    if is_record(value):
        return _entry(value, visit, path, heading)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (one for one in arguments if one is not types.NoneType)
        return _value(value, inner, visit, path, heading, owner, name, index)
    if origin is list:
        return [_value(item, arguments[0], visit, f"{path}[{n}]", heading, owner, name, n) for n, item in enumerate(value)]
    if origin is dict:
        return {key: _value(item, arguments[1], visit, f"{path}[{key}]", heading, owner, name, 0) for key, item in value.items()}
    rule = arguments[1] if origin is Annotated else None
    words = rule is not None and rule.words and rule.kind in WORDS
    return visit(Leaf(path, value, rule.kind if rule else "choice", words, owner, name, index, heading))
