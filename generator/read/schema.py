"""Schema turns nodes and a dataclass of the model into an instance, or into every problem with its place.

The dataclasses are the schema. pydantic's core validates: its schema is built here from their fields, once for each
class. The values it is given are nodes that know their places, so every error comes back with its place.
Unions of dataclasses are told apart by their keys. A class that holds itself (Section) may do so to NESTED levels.
"""

from __future__ import annotations

import dataclasses
import functools
import types
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from generator.model.content import Block, Entry
from generator.model.problem import Place, Problem, Rejected, Text
from generator.model.record import record

from .kinds import FILL, FLOAT, INT, KINDS, Wrong, boolean, choice, nearest
from .source import Mapping, Node, Scalar, Sequence, Source

NESTED = 2
"""Levels of a class below itself."""

Model = TypeVar("Model")
CrossRule = Callable[[Mapping, Node], Iterator[Problem]]
"""What keys of one mapping must be to each other: the problems of (this mapping, the whole file). It is called whether
or not the mapping is right otherwise, so it looks at nodes, through `text_of` and `list_of`."""


def read_as(model: type[Model], source: Source, rules: dict[type, tuple[CrossRule, ...]] | None = None) -> Model:
    """An instance of a dataclass (or a dict[str, Line]) from a file. Raises Rejected with all problems, in file order.

    `rules`: dataclass → what is checked of each of its mappings besides.
    """
    from pydantic_core import ValidationError

    found: list[Problem] = []
    made = None
    try:
        made = validator(model).validate_python(source.root, context=_Context(source.root, rules or {}, found))
    except ValidationError as error:
        found += _problems(model, source.root, error.errors(include_url=False))
    known = {problem.place for problem in source.problems}
    problems = source.problems + [problem for problem in found if problem.place not in known]
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


# ── from dataclasses to pydantic's schema ────────────────────────────────────────────────────────────────────────────


@record(frozen=True, slots=True)
class _Context:
    """What validators are told of a run."""

    root: Node
    rules: dict[type, tuple[CrossRule, ...]]
    found: list[Problem]


@functools.cache
def validator(model: Any) -> Any:
    """The SchemaValidator of a dataclass or dict type."""
    from pydantic_core import SchemaValidator

    return SchemaValidator(core_schema_of(model))


def core_schema_of(model: Any) -> Any:
    """pydantic's core schema of a dataclass or dict type. Leaves carry JSON Schema in metadata["editor"]."""
    from pydantic_core import core_schema

    builder = _Builder(core_schema)
    top = builder.value(model, ())
    return core_schema.definitions_schema(top, list(builder.definitions.values()))


class _Builder:
    def __init__(self, core: Any) -> None:
        self.core = core
        self.definitions: dict[str, Any] = {}

    def entry(self, cls: type, outer: tuple[type, ...]) -> Any:
        """Schema of a dataclass; one definition for each level of a class within itself."""
        level = outer.count(cls)
        name = cls.__name__ + (str(level + 1) if level else "")
        reference = self.core.definition_reference_schema(name)
        if name in self.definitions:
            return reference
        self.definitions[name] = None  # taken; filled below
        fields = dataclasses.fields(cls)
        hints = type_hints(cls)
        arguments = [self.field(field, hints[field.name], cls, (*outer, cls)) for field in fields]
        names = tuple(field.name for field in fields)
        made = self.core.dataclass_schema(
            cls,
            self.core.dataclass_args_schema(cls.__name__, arguments),
            list(names),
            config={"extra_fields_behavior": "forbid"},
        )
        self.definitions[name] = self.core.with_info_wrap_validator_function(
            functools.partial(_entry, cls, names), made, ref=name, metadata={"entry": cls}
        )
        return reference

    def field(self, field: dataclasses.Field, hint: Any, cls: type, outer: tuple[type, ...]) -> Any:
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        schema = self.value(hint, outer, filled=required or cls is Block)
        if field.default is not dataclasses.MISSING:
            schema = self.core.with_default_schema(schema, default=field.default)
        elif field.default_factory is not dataclasses.MISSING:
            schema = self.core.with_default_schema(schema, default_factory=field.default_factory)
        return self.core.dataclass_field(field.name, schema)

    def value(self, hint: Any, outer: tuple[type, ...], filled: bool = False, item: bool = False) -> Any:
        """Schema of a value. `filled`: a list must have items; `item`: of a list, where None means an empty item."""
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self.leaf(KINDS[arguments[1].kind].read, KINDS[arguments[1].kind].editor())
        if origin in (Union, types.UnionType):
            members = [one for one in arguments if one is not type(None)]
            if len(members) > 1:
                return self.union(members, outer)
            inner = self.value(members[0], outer, filled)
            return self.empty_or(inner) if item and len(arguments) > 1 else inner
        if origin is Literal:
            return self.leaf(functools.partial(choice, choices=arguments), {"enum": list(arguments)})
        if origin is list:
            if arguments[0] in outer and outer.count(arguments[0]) > NESTED:
                return self.core.list_schema(self.core.any_schema(), strict=True, max_length=0)
            inner = self.value(arguments[0], outer, item=True)
            made = self.core.list_schema(inner, strict=True, min_length=1 if filled else None)
            if arguments[0] is Block:
                editor = {"or": KINDS["prose"].editor()}
                return self.core.no_info_before_validator_function(_one_block, made, metadata=editor)
            return made
        if origin is tuple:
            return self.core.no_info_after_validator_function(tuple, self.value(list[arguments[0]], outer))
        if origin is dict:
            return self.mapping(arguments[0], self.value(arguments[1], outer))
        if dataclasses.is_dataclass(hint):
            return self.entry(hint, outer)
        if hint is bool:
            return self.leaf(boolean, {"type": "boolean"})
        kind = {str: KINDS["line"], float: FLOAT, int: INT}[hint]
        return self.leaf(kind.read, kind.editor())

    def leaf(self, read: Callable[[Any], Any], editor: dict[str, Any]) -> Any:
        from pydantic_core import PydanticCustomError

        def check(node: Any) -> Any:
            try:
                return read(node)
            except Wrong as wrong:
                raise PydanticCustomError("wrong", "{says}", {"says": wrong.says, "hint": wrong.hint}) from None

        return self.core.no_info_plain_validator_function(check, metadata={"editor": editor})

    def empty_or(self, inner: Any) -> Any:
        """None for an item that is empty: nothing, ~ or ""."""

        def check(node: Any, handler: Callable[[Any], Any]) -> Any:
            if isinstance(node, Scalar) and (not node.text.strip() or (node.plain and node.text == "~")):
                return None
            return handler(node)

        return self.core.no_info_wrap_validator_function(check, inner, metadata={"empty": True})

    def union(self, members: list[type], outer: tuple[type, ...]) -> Any:
        """Dataclasses, told apart by how many of their keys are there."""
        names = [{field.name for field in dataclasses.fields(member)} for member in members]

        def choose(node: Any) -> int:
            if not isinstance(node, Mapping):
                return 0
            return max(range(len(members)), key=lambda n: (len(names[n] & node.keys()), -n))

        return self.core.tagged_union_schema({n: self.entry(member, outer) for n, member in enumerate(members)}, choose)

    def mapping(self, key: Any, value: Any) -> Any:
        if get_origin(key) is Literal:
            names = get_args(key)
            fields = {name: self.core.typed_dict_field(value, required=False) for name in names}
            made = self.core.typed_dict_schema(fields, extra_behavior="forbid")
            return self.core.no_info_before_validator_function(functools.partial(_allow, names), made)
        return self.core.dict_schema(self.core.any_schema(), value, strict=True)


@functools.cache
def type_hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)


def _entry(cls: type, names: tuple[str, ...], node: Any, handler: Callable[[Any], Any], info: Any) -> Any:
    """A dataclass from its mapping, with its place."""
    if isinstance(node, Mapping):
        node.allowed = names
        for rule in info.context.rules.get(cls, ()):
            info.context.found.extend(rule(node, info.context.root))
    made = handler(node)
    if issubclass(cls, Entry):
        object.__setattr__(made, "place", node.place)
    return made


def _allow(names: tuple[str, ...], node: Any) -> Any:
    if isinstance(node, Mapping):
        node.allowed = names
    return node


def _one_block(node: Any) -> Any:
    """A string where blocks may stand is one text block."""
    if not isinstance(node, Scalar) or node.void:
        return node
    block = Mapping(node.place)
    block[Text("text", node.place)] = node
    block.marks["text"] = node.place
    blocks = Sequence(node.place)
    blocks.append(block)
    return blocks


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
    layer: list[tuple[type, tuple[str, ...], tuple[type, ...]]] = [(model, (), ())] if dataclasses.is_dataclass(model) else []
    while layer:
        below = []
        for cls, path, outer in layer:
            for name, hint in type_hints(cls).items():
                home = f"in {'.'.join(path)}" if path else "at the top of the file, not indented"
                found.append(("introduction" in path, name, home))
                members = [one for one in _classes(hint) if one is not cls and one not in outer]
                below += [(member, (*path, name), (*outer, cls)) for member in members]
        layer = below
    return [(name, home) for _, name, home in sorted(found, key=lambda one: one[0])]


def _classes(hint: Any) -> Iterator[type]:
    """The dataclasses within a type hint."""
    if dataclasses.is_dataclass(hint):
        yield hint
    for argument in get_args(hint):
        yield from _classes(argument)
