"""What the types of the model's records ask of nodes, and which record of several a mapping is.

The reader (schema.py) and the JSON Schema for editors (editor.py) are both built on it, so that both ask the same.
"""

from __future__ import annotations

import functools
import re
import sys
import types
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from ..model.content import Block, Entry, Section
from ..model.problem import Problem, Text
from ..model.record import MISSING, fields, hint_of, is_record, names
from .kinds import FLOAT, INT, KINDS, boolean, choice
from .nodes import Mapping, Node, Scalar, Sequence

NESTED = {Section: 3, Block: 3}
"""Class that may stand within itself → the levels below the first. On the last one, a block is text."""

CrossRule = Callable[[Mapping, Node], Iterator[Problem]]
"""A rule between keys of one mapping: gives the problems of (this mapping, the whole file). The mapping may have other
faults, so a rule looks at nodes, through `text_of` and `list_of`."""


# ── records ──────────────────────────────────────────────────────────────────────────────────────────────────────


names_of = functools.cache(names)


@functools.cache
def required_of(cls: type) -> frozenset[str]:
    """The fields that must be given."""
    return frozenset(name for name in names_of(cls) if default_of(cls, name) == {})


def default_of(cls: type, name: str) -> dict[str, Any]:
    """{"default": …}, {"default_factory": …}, or {} where there is neither."""
    field = fields(cls)[name]
    said = {"default": field.default, "default_factory": field.default_factory}
    return {key: value for key, value in said.items() if value is not MISSING}


@functools.cache
def _reached(cls: type) -> frozenset[type]:
    """The classes of NESTED that a class may hold, itself included, by the names in its annotations."""
    found: set[type] = set()
    todo, seen = [cls], set()
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in NESTED:
            found.add(one)
        known = vars(sys.modules[one.__module__])
        said = " ".join(one.__annotations__.values())
        todo += [known[name] for name in re.findall(r"[A-Z]\w+", said) if is_record(known.get(name))]
    return frozenset(found)


def level_of(cls: type, outer: tuple[type, ...]) -> int:
    """How deep a class stands in those of NESTED that it could hold. `outer`: the classes around it."""
    around = [one for one in NESTED if one in outer]
    return sum(outer.count(one) for one in around if one in _reached(cls))


def keys_of(cls: type, level: int) -> tuple[str, ...]:
    """The keys that a class may have on a level."""
    return ("text", "plain") if cls is Block and level == NESTED[Block] else names_of(cls)


def orders(cls: type, keys: frozenset[str]) -> tuple[str, ...]:
    """The fields, in order, of the first record within a class that has all of these keys; () where none has."""
    todo, seen = [cls], set()
    while todo:
        one = todo.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if keys <= set(names_of(one)):
            return names_of(one)
        todo += [inner for name in names_of(one) for inner in records_in(hint_of(one, name))]
    return ()


def records_in(hint: Any) -> Iterator[type]:
    """The records within a type hint."""
    if is_record(hint):
        yield hint
    for argument in get_args(hint):
        yield from records_in(argument)


# ── nodes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def member_of(members: list[type], node: Any) -> int:
    """Which record of a union a node is: the (first) one that has the most of its keys."""
    if not isinstance(node, Mapping):
        return 0
    shared = [len(node.keys() & names_of(member)) for member in members]
    return shared.index(max(shared))


def is_empty(node: Any) -> bool:
    """Whether an item of a list is empty: nothing, ~ or ""."""
    return isinstance(node, Scalar) and (not node.text.strip() or (node.plain and node.text == "~"))


def as_blocks(node: Any) -> Any:
    """A string where blocks may stand is one text block."""
    if not isinstance(node, Scalar) or node.void:
        return node
    block = Mapping(node.place)
    block[Text("text", node.place)] = node
    block.marks["text"] = node.place
    blocks = Sequence(node.place)
    blocks.append(block)
    return blocks


def placed(made: Any, node: Mapping) -> Any:
    """An instance, told where its mapping stands."""
    if isinstance(made, Entry):
        object.__setattr__(made, "place", node.place)
    return made


# ── type hints ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Shapes:
    """Builds something from type hints: the reader's functions, or a JSON Schema. Those who inherit say what is made of
    each shape. `outer`: the classes around, the outermost first."""

    def value(self, hint: Any, outer: tuple[type, ...], filled: bool = False, item: bool = False) -> Any:
        """Of a type. `filled`: a list must have items; `item`: of a list, where None means an empty item."""
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            kind = KINDS[arguments[1].kind]
            return self.leaf(kind.read, kind.editor)
        if origin in (Union, types.UnionType):
            members = [one for one in arguments if one is not type(None)]
            records = [one for one in members if is_record(one)]
            if len(members) == 1:
                inner = self.value(members[0], outer, filled)
            elif len(records) == len(members):
                inner = self.union(members, outer)
            else:  # a text, or a record where a text is not enough
                (text,) = (one for one in members if not is_record(one))
                inner = self.text_or(self.value(text, outer), records[0], self.entry(records[0], outer))
            return self.empty_or(inner) if item and len(members) < len(arguments) else inner
        if origin is Literal:
            return self.leaf(functools.partial(choice, choices=arguments), lambda: {"enum": list(arguments)})
        if origin is list:
            if arguments[0] in NESTED and outer.count(arguments[0]) > NESTED[arguments[0]]:
                return self.no_items(NESTED[arguments[0]])
            made = self.items(self.value(arguments[0], outer, item=True), filled)
            return self.or_text(made) if arguments[0] is Block else made
        if origin is tuple:
            return self.fixed(self.value(list[arguments[0]], outer))
        if origin is dict:
            names = get_args(arguments[0]) if get_origin(arguments[0]) is Literal else None
            return self.mapping(names, self.value(arguments[1], outer))
        if is_record(hint):
            return self.entry(hint, outer)
        if hint is bool:
            return self.leaf(boolean, lambda: {"type": "boolean"})
        kind = {str: KINDS["line"], float: FLOAT, int: INT}[hint]
        return self.leaf(kind.read, kind.editor)

    def field(self, cls: type, name: str, outer: tuple[type, ...]) -> Any:
        """Of a field of a record."""
        return self.value(hint_of(cls, name), (*outer, cls), filled=name in required_of(cls) or cls is Block)

    def leaf(self, read: Callable[[Any], Any], editor: Callable[[], dict[str, Any]]) -> Any:
        """Of what `read` makes of a node, or raises Wrong; `editor` gives its JSON Schema."""
        raise NotImplementedError

    def entry(self, cls: type, outer: tuple[type, ...]) -> Any:
        """Of a record; one for each level of a class within itself."""
        raise NotImplementedError

    def union(self, members: list[type], outer: tuple[type, ...]) -> Any:
        """Of one of these records, see `member_of`."""
        raise NotImplementedError

    def text_or(self, text: Any, cls: type, entry: Any) -> Any:
        """Of a text, or of a record of the class `cls`."""
        raise NotImplementedError

    def empty_or(self, inner: Any) -> Any:
        """Of an item that may be empty: None, see `is_empty`."""
        raise NotImplementedError

    def items(self, inner: Any, filled: bool) -> Any:
        """Of a list."""
        raise NotImplementedError

    def no_items(self, most: int) -> Any:
        """Of a list that is nested too deeply to have items; `most`: the levels that there may be."""
        raise NotImplementedError

    def or_text(self, inner: Any) -> Any:
        """Of a list of blocks, see `as_blocks`."""
        raise NotImplementedError

    def fixed(self, inner: Any) -> Any:
        """Of a tuple, by the reader of a list."""
        raise NotImplementedError

    def mapping(self, names: tuple[str, ...] | None, inner: Any) -> Any:
        """Of a dict with these keys, each of which may be missing; None: with any."""
        raise NotImplementedError
