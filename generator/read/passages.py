"""Passages that several leaflets use (`use: NAME`), from content/shared/: their blocks take the place of the key."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..kept.files import Read, absent, read_bytes
from ..model.content import Block, Content, Figure, Shared
from ..model.names import SHARED
from ..model.problem import Problem, Rejected, Text
from ..model.record import is_record, names, replace
from ..model.wording import nearest, quoted, shown
from .figures import picture_rule
from .kinds import KINDS
from .nodes import Mapping, Node
from .rules import CONTENT_RULES
from .schema import read_as
from .source import parse, read_source

Passages = Callable[[Text, str], list[Block]]
"""(the name of a passage, a language) → its blocks. Raises Rejected."""


def read_shared(name: Text, language: str, project: Path, read: Read = read_bytes,
                data: bytes | None = None) -> list[Block]:
    """The blocks of a passage; their texts know their places in its file. `data`: what the file held once, to be read
    in its place; its pictures may be gone. Raises Rejected."""
    path = shared_file(name, language, project)
    if not re.search(KINDS["slug"].pattern, name) or data is None and absent(path):
        folder = project / SHARED
        there = os.listdir(folder) if folder.is_dir() else ()
        known = sorted({file.removesuffix(f".{language}.yaml") for file in there if file.endswith(f".{language}.yaml")})
        hint = nearest(name, known) or f"it would be in {SHARED.as_posix()}/{name}.{language}.yaml"
        raise Rejected([Problem(name.place, f"there is no shared passage {quoted(name)} in '{language}'", hint)])
    rules = CONTENT_RULES | {
        Block: (*CONTENT_RULES[Block], stands_alone),
        Figure: (*CONTENT_RULES[Figure], *([picture_rule(path, project)] if data is None else ())),
    }
    source = read_source(path, project, read) if data is None else parse(data, shown(path, project))
    return _pictured(read_as(Shared, source, rules).body)


def _pictured(value: Any) -> Any:
    """Blocks whose pictures lie beside a passage: named as from content/, where every leaflet finds them."""
    if isinstance(value, list):
        return [_pictured(one) for one in value]
    if not is_record(type(value)):
        return value
    changed = {name: made for name in names(value) if (made := _pictured(old := getattr(value, name))) is not old}
    if isinstance(value, Figure):
        changed["file"] = Text(f"{SHARED.name}/{value.file}", value.file.place)
    new = replace(value, **changed)
    object.__setattr__(new, "place", value.place)
    return new


def shared_file(name: str, language: str, project: Path) -> Path:
    return project / SHARED / f"{name}.{language}.yaml"


def stands_alone(block: Mapping, root: Node) -> Iterator[Problem]:
    """A passage holds no other passage."""
    if "use" in block:
        yield Problem(block.marks["use"], "a shared passage holds no other passages",
                      "put this into the leaflets themselves")


def filled(content: Content, passages: Passages) -> Content:
    """The content with the blocks of its passages in their place. Raises Rejected with the problems of all of them."""
    problems: list[Problem] = []
    texts: list[tuple[str, Text]] = []

    def blocks(found: list) -> list:
        out = []
        for one in found:
            if not (isinstance(one, Block) and one.use):
                out.append(inside(one))
                continue
            try:
                out += passages(one.use, str(content.language))
            except Rejected as rejected:
                problems.extend(problem for problem in rejected.problems if problem not in problems)
                texts.extend(rejected.texts)
        return out

    def inside(value: Any) -> Any:
        if isinstance(value, list):
            return blocks(value)
        if not is_record(type(value)):
            return value
        changed = {name: made for name in names(value)
                   if (made := inside(old := getattr(value, name))) is not old and made != old}
        if not changed:
            return value
        new = replace(value, **changed)
        object.__setattr__(new, "place", value.place)
        return new

    made = inside(content)
    if problems:
        rejected = Rejected(problems)
        rejected.texts = texts
        raise rejected
    return made
