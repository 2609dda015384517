"""Schema turns nodes and a record of the model into an instance, or into every problem with its place.

The records of the model are the schema; shapes.py tells what they mean. A file that is right is read by quick.py. What is wrong is
found and told by pydantic's core: its schema is built here, once for each class. The values it is given are nodes that
know their places, so every error comes back with its place.
Unions of records are told apart by their keys. A class that holds itself (Section) may do so to NESTED levels.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, get_args

from generator.model.problem import Place, Problem, Rejected, Text
from generator.model.record import is_record
from generator.model.wording import nearest

from .kinds import FILL, KINDS, Wrong
from .quick import read_quickly
from .shapes import (
    NESTED,
    CrossRule,
    Run,
    Shapes,
    as_blocks,
    default_of,
    hint_of,
    is_empty,
    member_of,
    names_of,
    placed,
)
from .source import Mapping, Node, Scalar, Sequence, Source

Model = TypeVar("Model")


def read_as(model: type[Model], source: Source, rules: dict[type, tuple[CrossRule, ...]] | None = None) -> Model:
    """An instance of a record (or a dict[str, Line]) from a file. Raises Rejected with all problems, in file order.

    `rules`: record → what is checked of each of its mappings besides.
    """
    made = None if source.problems else read_quickly(model, Run(source.root, rules or {}))
    return validated(model, source, rules) if made is None else made


def validated(model: type[Model], source: Source, rules: dict[type, tuple[CrossRule, ...]] | None = None) -> Model:
    """As `read_as`, by pydantic."""
    from pydantic_core import ValidationError

    run = Run(source.root, rules or {})
    made = None
    try:
        made = validator(model).validate_python(source.root, context=run)
    except ValidationError as error:
        run.found.extend(_problems(model, source.root, error.errors(include_url=False)))
    known = {problem.place for problem in source.problems}
    problems = source.problems + [problem for problem in run.found if problem.place not in known]
    if problems:
        raise Rejected(sorted(dict.fromkeys(problems), key=lambda problem: problem.place or Place("")))
    return made


def text_of(mapping: Node, key: str) -> Text | None:
    """The text at a key, stripped; None where there is none."""
    node = mapping.get(key) if isinstance(mapping, Mapping) else None
    return Text(node.text.strip(), node.place) if isinstance(node, Scalar) and not node.void else None


def list_of(mapping: Node, key: str) -> list[Node]:
    """The items of the list at a key; none where there is no list."""
    node = mapping.get(key) if isinstance(mapping, Mapping) else None
    return node if isinstance(node, Sequence) else []


def texts_of(mapping: Node, key: str) -> list[Text]:
    """The texts of the list at a key, stripped."""
    items = list_of(mapping, key)
    return [Text(node.text.strip(), node.place) for node in items if isinstance(node, Scalar) and not node.void]


# ── from records to pydantic's schema ────────────────────────────────────────────────────────────────────────────


@functools.cache
def validator(model: Any) -> Any:
    """The SchemaValidator of a record or dict type."""
    from pydantic_core import SchemaValidator

    return SchemaValidator(core_schema_of(model))


def core_schema_of(model: Any) -> Any:
    """pydantic's core schema of a record or dict type. Leaves carry JSON Schema in metadata["editor"]."""
    from pydantic_core import core_schema

    builder = _Builder(core_schema)
    top = builder.value(model, ())
    return core_schema.definitions_schema(top, list(builder.definitions.values()))


class _Builder(Shapes):
    def __init__(self, core: Any) -> None:
        self.core = core
        self.definitions: dict[str, Any] = {}

    def entry(self, cls: type, outer: tuple[type, ...]) -> Any:
        """A reference to its definition."""
        level = outer.count(cls)
        name = cls.__name__ + (str(level + 1) if level else "")
        reference = self.core.definition_reference_schema(name)
        if name in self.definitions:
            return reference
        self.definitions[name] = None  # taken; filled below
        names = names_of(cls)
        made = self.core.dataclass_schema(
            cls,
            self.core.dataclass_args_schema(cls.__name__, [self.argument(cls, name, outer) for name in names]),
            list(names),
            config={"extra_fields_behavior": "forbid"},
        )
        self.definitions[name] = self.core.with_info_wrap_validator_function(
            functools.partial(_entry, cls), made, ref=name, metadata={"entry": cls}
        )
        return reference

    def argument(self, cls: type, name: str, outer: tuple[type, ...]) -> Any:
        schema = self.field(cls, name, outer)
        default = default_of(cls, name)
        return self.core.dataclass_field(name, self.core.with_default_schema(schema, **default) if default else schema)

    def leaf(self, read: Callable[[Any], Any], editor: Callable[[], dict[str, Any]]) -> Any:
        from pydantic_core import PydanticCustomError

        def check(node: Any) -> Any:
            try:
                return read(node)
            except Wrong as wrong:
                raise PydanticCustomError("wrong", "{says}", {"says": wrong.says, "hint": wrong.hint}) from None

        return self.core.no_info_plain_validator_function(check, metadata={"editor": editor()})

    def union(self, members: list[type], outer: tuple[type, ...]) -> Any:
        choices = {n: self.entry(member, outer) for n, member in enumerate(members)}
        return self.core.tagged_union_schema(choices, lambda node: member_of(members, node))

    def empty_or(self, inner: Any) -> Any:
        def check(node: Any, handler: Callable[[Any], Any]) -> Any:
            return None if is_empty(node) else handler(node)

        return self.core.no_info_wrap_validator_function(check, inner, metadata={"empty": True})

    def items(self, inner: Any, filled: bool) -> Any:
        return self.core.list_schema(inner, strict=True, min_length=1 if filled else None)

    def no_items(self) -> Any:
        return self.core.list_schema(self.core.any_schema(), strict=True, max_length=0)

    def or_text(self, inner: Any) -> Any:
        editor = {"or": KINDS["prose"].editor()}
        return self.core.no_info_before_validator_function(as_blocks, inner, metadata=editor)

    def fixed(self, inner: Any) -> Any:
        return self.core.no_info_after_validator_function(tuple, inner)

    def mapping(self, names: tuple[str, ...] | None, inner: Any) -> Any:
        if names is None:
            return self.core.dict_schema(self.core.any_schema(), inner, strict=True)
        fields = {name: self.core.typed_dict_field(inner, required=False) for name in names}
        made = self.core.typed_dict_schema(fields, extra_behavior="forbid")
        return self.core.no_info_before_validator_function(functools.partial(_allow, names), made)


def _entry(cls: type, node: Any, handler: Callable[[Any], Any], info: Any) -> Any:
    """A record from its mapping, with its place."""
    if isinstance(node, Mapping):
        info.context.mind(cls, node)
    return placed(handler(node), node)


def _allow(names: tuple[str, ...], node: Any) -> Any:
    if isinstance(node, Mapping):
        node.allowed = names
    return node


# ── from pydantic's errors to problems ───────────────────────────────────────────────────────────────────────────────


def _problems(model: type, root: Node, errors: list[dict[str, Any]]) -> Iterator[Problem]:
    suspects: dict[int, set[str]] = {}
    """Mapping (by id) → the missing keys that a misspelt one stands for."""
    later = []
    for error in errors:
        if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
            mapping, key = _walk(root, error["loc"][:-1]), error["loc"][-1]
            hint = _unknown(model, key, mapping)
            suspects.setdefault(id(mapping), set()).update(name for name in mapping.allowed if f"mean '{name}'" in hint)
            yield Problem(mapping.marks[key], f"unknown key '{key}'", hint)
        else:
            later.append(error)
    for error in later:
        if error["type"] != "missing":
            yield _problem(error)
        elif error["loc"][-1] not in suspects.get(id(error["input"]), ()):
            key = error["loc"][-1]
            yield Problem(error["input"].place, f"the key '{key}' is missing here", _ASK.get(key, ""))


_ASK = {
    "alt": "say what the picture shows, for someone who cannot see it",
    "format": "write 'format: 1' at the top",
    "language": "a language tag like en or zh-Hans, the same as the file's name",
}


def _problem(error: dict[str, Any]) -> Problem:
    node, kind = error["input"], error["type"]
    key = next((step for step in reversed(error["loc"]) if isinstance(step, str)), None)
    item = bool(error["loc"]) and isinstance(error["loc"][-1], int) and not isinstance(node, Mapping)
    subject = "the file" if key is None else f"an item of '{key}'" if item else f"'{key}'"
    if kind == "wrong":
        hint = error["ctx"]["hint"]
        return Problem(node.place, f"{subject} {error['ctx']['says']}", _ASK.get(key, hint) if FILL in hint else hint)
    if kind == "too_short":
        return Problem(node.place, f"{subject} is empty", FILL)
    if kind == "too_long":
        return Problem(node.place, f"{subject} are nested too deeply", f"{NESTED} levels below the first at most")
    if isinstance(node, Scalar) and node.void:
        return Problem(node.place, f"{subject} has no value", FILL)
    wanted, hint = {
        "list_type": ("a list", "begin each item with '- '"),
        "dataclass_type": ("a mapping of keys", ""),
        "dict_type": ("a mapping of keys", ""),
    }[kind]
    got = "text" if isinstance(node, Scalar) else "a list" if isinstance(node, Sequence) else "a mapping of keys"
    return Problem(node.place, f"{subject} must be {wanted}, not {got}", hint)


def _walk(node: Any, steps: tuple[int | str, ...]) -> Any:
    """The node at a path of pydantic's, which names the members of unions (by number) besides keys and indexes."""
    for step in steps:
        if isinstance(node, Scalar):  # a text that stands for [{text: …}]
            break
        if isinstance(node, Mapping) == isinstance(step, str):
            node = node[step]
    return node


def _unknown(model: type, key: str, mapping: Mapping) -> str:
    """A hint for a key that the schema does not know here: a near name, where it belongs, or what is allowed."""
    near = nearest(key, [name for name in mapping.allowed if name not in mapping], 0.7) or nearest(key, mapping.allowed)
    homes = [home for name, home in _homes(model) if name == key][:2]
    hints = [f"'{key}' belongs {' or '.join(homes)}"] * bool(homes) + [near] * bool(near)
    return ", or ".join(hints) or f"known here: {', '.join(mapping.allowed)}"


@functools.cache
def _homes(model: type) -> list[tuple[str, str]]:
    """Every key of a model with the place it belongs, the nearest to the top first, the rare introduction last."""
    found: list[tuple[bool, str, str]] = []
    # the keys of a dict are the author's own names
    layer: list[tuple[type, tuple[str, ...], tuple[type, ...]]] = [(model, (), ())] if is_record(model) else []
    while layer:
        below = []
        for cls, path, outer in layer:
            for name in names_of(cls):
                home = f"in {'.'.join(path)}" if path else "at the top of the file, not indented"
                found.append(("introduction" in path, name, home))
                members = [one for one in _classes(hint_of(cls, name)) if one is not cls and one not in outer]
                below += [(member, (*path, name), (*outer, cls)) for member in members]
        layer = below
    return [(name, home) for _, name, home in sorted(found, key=lambda one: one[0])]


def _classes(hint: Any) -> Iterator[type]:
    """The records within a type hint."""
    if is_record(hint):
        yield hint
    for argument in get_args(hint):
        yield from _classes(argument)
