"""What a person is asked for when something new is put into a content file, made from the types of the model.

A new kind of block, or a new field, is asked for without a word here: its docstring is the help, its Rule the kind.
"""

from __future__ import annotations

import functools
import re
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from ..model.content import Block, Table
from ..model.record import hint_of, is_record, names, record
from .editor import describe
from .shapes import required_of

MANY = "lines"
"""Kind of a list of texts: one is typed on each line."""
PAIRS = "pairs"
"""Kind of texts by name: "name: text" is typed on each line."""
YES = "yes"
"""Kind of what is either given or not."""
GRID = "grid"
"""Kind of a table: cells are parted by tabs or |, the first line names the columns."""

RARE = (GRID, PAIRS, YES, "choice", "number", "picture")
"""Kinds that a form for something new does not ask for, where they may be left out; they can be given afterwards."""


@record(frozen=True, slots=True)
class Ask:
    """One thing that is asked for."""

    path: str
    """Where it goes within the new entry, like text or do.heading; "" for the whole of it."""
    label: str
    help: str
    kind: str
    """A Rule's kind, "choice", "number", MANY, PAIRS, YES or GRID."""
    choices: tuple[str, ...] = ()
    needed: bool = True


@record(frozen=True, slots=True)
class Kind:
    """Something that can be put into a list, or given to an entry."""

    key: str
    """Of a block: its key. Else ""."""
    label: str
    help: str
    asks: tuple[Ask, ...]


_YAML = re.compile(r":? ?text with marks, or a list of blocks|, or a list of blocks| ?\(A string is[^)]*\)",
                   re.IGNORECASE)
"""What a docstring says to those alone who write YAML."""


@functools.cache
def described(cls: type) -> dict[str, str]:
    """Field of a record → what it is for, as somebody reads it who does not see the file."""
    found = {name: _YAML.sub("", words).strip(" .") for name, words in describe(cls).items()}
    return {name: f"{words}." if words else "Paragraphs and lists." for name, words in found.items()}


def readable(name: str) -> str:
    """The name of a field or of a class in words: key points, row group."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()


@functools.cache
def kinds_of(hint: Any, name: str = "") -> tuple[Kind, ...]:
    """What can be put where a value of a type stands. name: of the field, for what has no class of its own."""
    hints = _members(hint)
    if Block in hints:
        known = described(Block)
        found = [(key, known[key], asks_of(hint_of(Block, key), key, known[key])) for key in names(Block)]
        return tuple(Kind(key, readable(key), words, asks) for key, words, asks in found if asks)
    made = []
    for one in hints:
        if is_record(one):
            words = re.split(r"\n\n", one.__doc__ or "")[0].strip()
            made.append(Kind("", readable(one.__name__), words, asks_of(one, "", words)))
        elif not made:
            made.append(Kind("", readable(name), "", asks_of(one, name, "")))
    return tuple(kind for kind in made if kind.asks)


def asks_of(hint: Any, label: str, words: str, path: str = "", outer: tuple[type, ...] = ()) -> tuple[Ask, ...]:
    """What is asked for to make a value of a type; () where nobody can be asked for that."""
    origin, arguments = get_origin(hint), get_args(hint)
    label = readable(label)
    if origin is Annotated:
        return (Ask(path, label, words, arguments[1].kind),)
    if hint is bool:
        return (Ask(path, label, words, YES, ("true",)),)
    if hint is int:
        return (Ask(path, label, words, "number"),)
    if origin is dict and arguments[0] is str and get_origin(arguments[1]) is Annotated:
        return (Ask(path, label, words, PAIRS),)
    if origin in (Union, types.UnionType):
        return asks_of(_members(hint)[0], label, words, path, outer)
    if origin is Literal:
        return (Ask(path, label, words, "choice", tuple(map(str, arguments))),)
    if origin is list:
        inner = _members(arguments[0])[0]
        if inner is Block:
            return (Ask(path, label, words, "prose"),)
        if not is_record(inner):
            return (Ask(path, label, words, MANY),)
        return asks_of(inner, label, words, f"{path}[0]", outer)
    if hint is Table:
        return (Ask(path, label, words, GRID),)
    if is_record(hint):
        if hint in outer:
            return ()
        return _of_record(hint, path, (*outer, hint))
    return ()


def _of_record(cls: type, path: str, outer: tuple[type, ...]) -> tuple[Ask, ...]:
    """The fields that must be given, and those that are a single text; where there is none that must, at least one is
    to be filled in."""
    found: list[Ask] = []
    known = described(cls)
    for name in names(cls):
        inner = f"{path}.{name}".lstrip(".")
        needed = name in required_of(cls)
        asks = asks_of(hint_of(cls, name), name, known[name], inner, outer)
        if needed and not asks:
            return ()
        simple = len(asks) == 1 and asks[0].path == inner and asks[0].kind not in RARE
        if needed or (simple and not _holds_blocks(hint_of(cls, name))):
            found += [Ask(one.path, one.label, one.help, one.kind, one.choices, needed and one.needed) for one in asks]
        elif simple and name == "body":
            found += [Ask(one.path, one.label, one.help, one.kind, one.choices, False) for one in asks]
    return tuple(found)


def _holds_blocks(hint: Any) -> bool:
    return get_origin(hint) is list and Block in _members(get_args(hint)[0])


def _members(hint: Any) -> list[Any]:
    """The types of a union without None, texts first."""
    if get_origin(hint) in (Union, types.UnionType):
        members = [one for one in get_args(hint) if one is not type(None)]
        return sorted(members, key=is_record)
    return [hint]
