"""A new content file, and the schema by which editors check content files."""

from __future__ import annotations

import json


def starter(slug: str, language: str, title: str, kind: str = "") -> str:
    """Text of a new content file; kind: of the leaflet (read.content.STARTER_KINDS), or "". Raises Rejected where a
    name, the title or the kind is not well formed."""
    from ..read.content import starter as text_of

    return text_of(slug, language, title, kind)


def picture() -> tuple[str, bytes]:
    """(name, bytes) of the picture that stands beside a new content file."""
    from ..read.content import PICTURE, starter_picture

    return PICTURE, starter_picture()


def schema(kind: str = "content") -> str:
    """The JSON Schema of a kind of file (read.editor.FILES), as text."""
    from ..read.editor import json_schema

    return json.dumps(json_schema(kind), indent=1, ensure_ascii=False) + "\n"
