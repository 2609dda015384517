"""The JSON Schemas (2020-12) of the files that people write, made from the shapes that the readers use."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise
from typing import Any

from ..model.content import Block, Content, Publisher
from ..model.layout import LayoutSpec
from ..model.mailing import Mailing
from ..model.printing import Printer
from .kinds import KINDS
from .shapes import Shapes, keys_of, level_of, required_of
from .theme import ThemeFile

Schema = dict[str, Any]


FILES: dict[str, tuple[str, type]] = {
    "content": ("Leaflet", Content),
    "publisher": ("Publisher", Publisher),
    "layout": ("Layout", LayoutSpec),
    "theme": ("Theme", ThemeFile),
    "printers": ("Printers", Printer),
    "mail": ("Mail", Mailing),
}
"""Kind of file → title of its schema, and the record it holds; a file of printers holds one by each name."""


def json_schema(kind: str = "content") -> Schema:
    """The JSON Schema of a kind of file (a key of FILES), described by the model's docstrings.

    An editor may take text without quotes for another type (`1.10` for a number). That is allowed where the reader
    reads text.
    """
    title, record = FILES[kind]
    builder = _Schemas()
    builder.entry(record, ())
    if kind == "printers":
        top: Schema = {"type": "object", "additionalProperties": {"$ref": f"#/$defs/{record.__name__}"}}
    else:
        top = builder.made.pop(record.__name__)
    made = {"$defs": dict(sorted(builder.made.items())), **top}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **_in_order(made)}


class _Schemas(Shapes):
    def __init__(self) -> None:
        self.made: dict[str, Schema] = {}
        """Name of a record, with its level within itself → its schema."""

    def entry(self, cls: type, outer: tuple[type, ...]) -> Schema:
        level = level_of(cls, outer)
        name = cls.__name__ + (str(level + 1) if level else "")
        if name not in self.made:
            self.made[name] = {}  # the name is taken; what belongs to it follows
            words = describe(cls)
            fields = {key: {"description": words[key]} | self.field(cls, key, outer) for key in keys_of(cls, level)}
            made = {"type": "object", "additionalProperties": False, "properties": fields}
            made["description"] = inspect.cleandoc(cls.__doc__)
            if cls is Block:
                made |= {"minProperties": 1, "maxProperties": 1}
            if required := [key for key in keys_of(cls, level) if key in required_of(cls)]:
                made["required"] = required
            self.made[name] = made
        return {"$ref": f"#/$defs/{name}"}

    def leaf(self, read: Any, editor: Any) -> Schema:
        return editor()

    def union(self, members: list[type], outer: tuple[type, ...]) -> Schema:
        return {"oneOf": [self.entry(member, outer) for member in members]}

    def text_or(self, text: Schema, cls: type, entry: Schema) -> Schema:
        return {"anyOf": [text, entry]}

    def empty_or(self, inner: Schema) -> Schema:
        if "anyOf" in inner:
            text, entry = inner["anyOf"]
            return {"anyOf": [self.empty_or(text), entry]}
        kinds = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        return inner | {"type": [*kinds, "null"], "pattern": rf"^\s*$|{inner['pattern']}"}

    def items(self, inner: Schema, filled: bool) -> Schema:
        return {"items": inner, "type": "array"} | ({"minItems": 1} if filled else {})

    def no_items(self, most: int) -> Schema:
        return {"items": {}, "maxItems": 0, "type": "array"}

    def or_text(self, inner: Schema) -> Schema:
        return {"anyOf": [KINDS["prose"].editor(), inner]}

    def fixed(self, inner: Schema) -> Schema:
        return inner

    def mapping(self, names: tuple[str, ...] | None, inner: Schema) -> Schema:
        if names is None:
            return {"additionalProperties": inner, "type": "object"}
        return {"additionalProperties": False, "properties": dict.fromkeys(names, inner), "type": "object"}


def _in_order(schema: Any, fields: bool = False) -> Any:
    """The schema with its keywords sorted, so that two versions differ only where rules do; fields keep their order."""
    if isinstance(schema, list):
        return [_in_order(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _in_order(schema[key], key == "properties") for key in (schema if fields else sorted(schema))}


@cache
def describe(cls: type) -> dict[str, str]:
    """The docstrings under the fields of a record, by field: found in the source once, which takes 20 ms."""
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0].body
    return {
        field.target.id: inspect.cleandoc(words.value.value).replace("\n", " ")
        for field, words in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(words, ast.Expr) and isinstance(words.value, ast.Constant)
    }
