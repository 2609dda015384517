"""Quick reads a file that is right without pydantic, which takes longer to load than a file takes to read.

It gives up at the first doubt and says nothing: schema.py then reads the file from its beginning, finds all that is wrong
and words it. The functions that read are made as they are first needed, so that a file costs only the keys it has.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from .kinds import Wrong
from .shapes import Run, Shapes, as_blocks, is_empty, member_of, names_of, placed, required_of
from .source import Mapping, Sequence

Read = Callable[[Any, Run], Any]
"""Makes the value of a node; raises _Doubt or Wrong."""


def read_quickly(model: Any, run: Run) -> Any:
    """An instance of a record, or a dict; None where there is any doubt."""
    try:
        return _reader(model)(run.root, run)
    except (_Doubt, Wrong):
        return None


class _Doubt(Exception):
    """It is not beyond doubt that the file is right."""


@functools.cache
def _reader(model: Any) -> Read:
    return _Readers().value(model, ())


class _Readers(Shapes):
    def __init__(self) -> None:
        self.entries: dict[tuple[type, int], Read] = {}
        """Dataclass and level → what reads it."""

    def entry(self, cls: type, outer: tuple[type, ...]) -> Read:
        level = outer.count(cls)
        if (cls, level) not in self.entries:
            self.entries[cls, level] = self.new_entry(cls, outer)
        return self.entries[cls, level]

    def new_entry(self, cls: type, outer: tuple[type, ...]) -> Read:
        reads: dict[str, tuple[str, Read]] = {}
        """Key → the field's name (which, unlike the key, is found at once among arguments) and what reads it."""
        required = required_of(cls)

        def new_field(key: str) -> tuple[str, Read]:
            for name in names_of(cls):
                if name == key:
                    reads[name] = name, self.field(cls, name, outer)
                    return reads[name]
            raise _Doubt

        def read(node: Any, run: Run) -> Any:
            if type(node) is not Mapping:
                raise _Doubt
            run.mind(cls, node)
            if run.found:
                raise _Doubt
            values = {}
            for key, inner in node.items():
                name, read_field = reads.get(key) or new_field(key)
                values[name] = read_field(inner, run)
            if required and not required <= values.keys():
                raise _Doubt
            return placed(cls(**values), node)

        return read

    def leaf(self, read: Callable[[Any], Any], editor: Any) -> Read:
        return lambda node, run: read(node)

    def union(self, members: list[type], outer: tuple[type, ...]) -> Read:
        reads = [self.entry(member, outer) for member in members]
        return lambda node, run: reads[member_of(members, node)](node, run)

    def empty_or(self, inner: Read) -> Read:
        return lambda node, run: None if is_empty(node) else inner(node, run)

    def items(self, inner: Read, filled: bool) -> Read:
        def read(node: Any, run: Run) -> list[Any]:
            if type(node) is not Sequence or (filled and not node):
                raise _Doubt
            return [inner(one, run) for one in node]

        return read

    def no_items(self) -> Read:
        def read(node: Any, run: Run) -> list[Any]:
            if type(node) is not Sequence or node:
                raise _Doubt
            return []

        return read

    def or_text(self, inner: Read) -> Read:
        return lambda node, run: inner(as_blocks(node), run)

    def fixed(self, inner: Read) -> Read:
        return lambda node, run: tuple(inner(node, run))

    def mapping(self, names: tuple[str, ...] | None, inner: Read) -> Read:
        def read(node: Any, run: Run) -> dict[str, Any]:
            if type(node) is not Mapping:
                raise _Doubt
            if names is None:
                return {key: inner(value, run) for key, value in node.items()}
            if not node.keys() <= set(names):
                raise _Doubt
            return {name: inner(node[name], run) for name in names if name in node}

        return read
