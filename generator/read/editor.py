"""Editor turns the records of a content file into JSON Schema (2020-12), by the schema that the reader uses."""

from __future__ import annotations

import ast
import inspect
import textwrap
from itertools import pairwise
from typing import Any

from generator.model.content import Block, Content

from .schema import core_schema_of


def json_schema() -> dict[str, Any]:
    """JSON Schema of a content file, described by the model's docstrings, as content/content.schema.json has it.

    What unquoted text may be taken for by an editor (`1.10` for a number) is allowed where the reader reads text.
    """
    from pydantic.json_schema import GenerateJsonSchema

    class Generator(GenerateJsonSchema):
        """pydantic's, with our leaves and descriptions."""

        def function_plain_schema(self, schema: Any) -> dict[str, Any]:
            return dict(schema["metadata"]["editor"])

        def function_wrap_schema(self, schema: Any) -> dict[str, Any]:
            made = super().function_wrap_schema(schema)
            if schema.get("metadata", {}).get("empty"):  # an item of a list may be empty
                kinds = made["type"] if isinstance(made["type"], list) else [made["type"]]
                made = made | {"type": [*kinds, "null"], "pattern": rf"^\s*$|{made['pattern']}"}
            return made

        def function_before_schema(self, schema: Any) -> dict[str, Any]:
            made = super().function_before_schema(schema)
            other = schema.get("metadata", {}).get("or")
            return {"anyOf": [other, made]} if other else made

        def default_schema(self, schema: Any) -> dict[str, Any]:
            return self.generate_inner(schema["schema"])

        def field_title_should_be_set(self, schema: Any) -> bool:
            return False

        def dataclass_schema(self, schema: Any) -> dict[str, Any]:
            made = super().dataclass_schema(schema)
            cls = schema["cls"]
            words = describe(cls)
            made.pop("title", None)
            made["description"] = inspect.cleandoc(cls.__doc__)
            for name, value in made["properties"].items():
                if name in words:
                    made["properties"][name] = {"description": words[name]} | value
            made["additionalProperties"] = False
            if cls is Block:
                made |= {"minProperties": 1, "maxProperties": 1}
            return made

    made = Generator(by_alias=False).generate(core_schema_of(Content))
    return {"$schema": Generator.schema_dialect, "title": "Leaflet", **made}


def describe(cls: type) -> dict[str, str]:
    """The docstrings under the fields of a record, by field."""
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0].body
    return {
        field.target.id: inspect.cleandoc(words.value.value).replace("\n", " ")
        for field, words in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(words, ast.Expr) and isinstance(words.value, ast.Constant)
    }
