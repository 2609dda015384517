"""Reads the nodes of a file as a record, or tells every problem with its place, in one pass.

The records of the model are the schema; shapes.py says what their types ask for. The function that reads a record, and
that of each key, is made when a file first needs it, so that a file costs only the keys that it has.
Unions of records are told apart by their keys. Classes that hold themselves (Section, Block) do so to NESTED levels.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from collections.abc import Sequence as SequenceOf
from typing import Any, TypeVar

from ..model.content import GUIDES, Block
from ..model.problem import MOST, Place, Problem, Problems, Rejected, Text
from ..model.prose import composed
from ..model.record import is_record
from ..model.wording import nearest
from .kinds import FILL, KINDS, Wrong, is_wording
from .nodes import Mapping, Node, Scalar, Sequence, wide_space
from .shapes import (
    NESTED,
    CrossRule,
    Shapes,
    as_blocks,
    hint_of,
    is_empty,
    keys_of,
    level_of,
    member_of,
    names_of,
    placed,
    records_in,
    required_of,
)
from .source import Source

Model = TypeVar("Model")
Rules = dict[type, tuple[CrossRule, ...]]
"""Record → what is checked of each of its mappings besides its fields."""


def read_as(model: type[Model], source: Source, rules: Rules | None = None) -> Model:
    """An instance of a record (or a dict[str, Line]) from a file. Raises Rejected with its problems, in file order."""
    if source.problems.count > MOST:
        raise Rejected(source.problems)
    reading = Reading(model, source, rules or {})
    made = _reader(model)(source.root, reading, None)
    if reading.problems:
        rejected = Rejected(reading.problems)
        rejected.texts = reading.texts
        raise rejected
    return made


def text_of(mapping: Node, key: str) -> Text | None:
    """The text at a key, stripped; None where there is none."""
    node = mapping.get(key) if isinstance(mapping, Mapping) else None
    if not isinstance(node, Scalar) or node.void:
        return None
    return Text(composed(node.text.strip()), node.place, node)


def list_of(mapping: Node, key: str) -> list[Node]:
    """The items of the list at a key; none where there is no list."""
    node = mapping.get(key) if isinstance(mapping, Mapping) else None
    return node if isinstance(node, Sequence) else []


def texts_of(mapping: Node, key: str) -> list[Text]:
    """The texts of the list at a key, stripped."""
    items = list_of(mapping, key)
    found = (node for node in items if isinstance(node, Scalar) and not node.void)
    return [Text(composed(node.text.strip()), node.place, node) for node in found]


MARKED = ("prose", "inline")
"""Kinds of text in which marks mean something."""


class Reading:
    """One file while it is read: what it is read as, and what is wrong with it so far."""

    __slots__ = ("faults", "found", "model", "problems", "root", "rules", "texts")

    def __init__(self, model: Any, source: Source, rules: Rules) -> None:
        self.model = model
        self.root = source.root
        self.rules = rules
        self.problems = Problems(source.problems)
        self.faults = {problem.place for problem in source.problems}
        """Where the YAML itself is at fault; what is found there besides only comes of it."""
        self.found = 0
        """Number of problems that the reader found so far, whether they are told or not."""
        self.texts: list[tuple[str, Text]] = []
        """(kind, text) of the texts with marks."""

    def problem(self, place: Place, message: str, hint: str = "") -> None:
        self.add(Problem(place, message, hint))

    def add(self, problem: Problem) -> None:
        self.found += 1
        if problem.place not in self.faults:
            self.problems.add(problem)

    def check(self, cls: type, mapping: Mapping, known: tuple[str, ...]) -> None:
        """Applies the rules of a record to a mapping, which is told what keys are known there."""
        mapping.allowed = known
        for rule in self.rules.get(cls, ()):
            for problem in rule(mapping, self.root):
                self.add(problem)


# ── the functions that read ──────────────────────────────────────────────────────────────────────────────────────────

Read = Callable[..., Any]
"""(node, reading, key, item=False) → value. `key` is where the node stands (None: at the top), `item` whether it stands
in a list there. What is wrong goes into the reading; the value is then of no use."""


@functools.cache
def _reader(model: Any) -> Read:
    return _Readers().value(model, ())


class _Readers(Shapes):
    def __init__(self) -> None:
        self.entries: dict[tuple[type, int], Read] = {}
        """Record, and its level within itself → what reads it."""

    def entry(self, cls: type, outer: tuple[type, ...]) -> Read:
        level = level_of(cls, outer)
        if (cls, level) not in self.entries:
            self.entries[cls, level] = self.new_entry(cls, outer, keys_of(cls, level))
        return self.entries[cls, level]

    def new_entry(self, cls: type, outer: tuple[type, ...], names: tuple[str, ...]) -> Read:
        known, required = frozenset(names), required_of(cls)
        readers: dict[str, Read] = {}

        def read(node: Node, reading: Reading, at: str | None, item: bool = False) -> Any:
            if type(node) is not Mapping:
                needed = sorted(required, key=names.index) or [name for name in names if name != "plain"][:3]
                return _other(node, reading, "a mapping of keys", at, item, _keys_hint(node, item, needed))
            reading.check(cls, node, names)
            before, values = reading.found, {}
            meant = set() if node.keys() <= known else _unknown_keys(node, reading)
            for name in names:
                inner = node.get(name)
                if inner is not None:
                    if name not in readers:
                        readers[name] = self.field(cls, name, outer)
                    values[name] = readers[name](inner, reading, name)
                elif name in required and name not in meant:
                    reading.problem(node.place, f"the key '{name}' is missing here", _ASK.get(name, ""))
            return placed(cls(**values), node) if reading.found == before else None

        return read

    def leaf(self, read: Callable[[Node], Any], editor: Any) -> Read:
        kind = next((name for name in MARKED if getattr(read, "__self__", None) is KINDS[name]), None)

        def one(node: Node, reading: Reading, at: str | None, item: bool = False) -> Any:
            try:
                value = read(node)
                if kind:
                    reading.texts.append((kind, value))
                return value
            except Wrong as wrong:
                hint = _ASK.get(at, wrong.hint) if FILL in wrong.hint else wrong.hint
                reading.problem(node.place, f"{_called(at, item)} {wrong.says}", hint)

        return one

    def union(self, members: list[type], outer: tuple[type, ...]) -> Read:
        readers = [self.entry(member, outer) for member in members]
        return lambda node, reading, at, item=False: readers[member_of(members, node)](node, reading, at, item)

    def text_or(self, text: Read, cls: type, entry: Read) -> Read:
        known = frozenset(names_of(cls))

        def read(node: Node, reading: Reading, at: str | None, item: bool = False) -> Any:
            meant = type(node) is Mapping and (not node or not known.isdisjoint(node))
            return (entry if meant else text)(node, reading, at, item)

        return read

    def empty_or(self, inner: Read) -> Read:
        return lambda node, reading, at, item=False: None if is_empty(node) else inner(node, reading, at, item)

    def items(self, inner: Read, filled: bool) -> Read:
        def read(node: Node, reading: Reading, at: str | None, item: bool = False) -> Any:
            if type(node) is not Sequence:
                return _other(node, reading, "a list", at, item, "begin each item with '- '")
            if filled and not node:
                reading.problem(node.place, f"{_called(at, item)} is empty", FILL)
            return [inner(one, reading, at, True) for one in node]

        return read

    def no_items(self, most: int) -> Read:
        def read(node: Node, reading: Reading, at: str | None, item: bool = False) -> Any:
            if type(node) is not Sequence:
                return _other(node, reading, "a list", at, item, "begin each item with '- '")
            if node:
                message = f"{_called(at, item)} are nested too deeply"
                reading.problem(node.place, message, f"{most} levels below the first at most")
            return []

        return read

    def or_text(self, inner: Read) -> Read:
        text, keys = self.leaf(KINDS["prose"].read, None), frozenset(names_of(Block))

        def read(node: Node, reading: Reading, at: str | None, item: bool = False) -> Any:
            empty = isinstance(node, Scalar) and not node.text.strip()
            no_list = empty or type(node) is Mapping and keys.isdisjoint(node)
            return (text if no_list else inner)(node if no_list else as_blocks(node), reading, at, item)

        return read

    def fixed(self, inner: Read) -> Read:
        return lambda node, reading, at, item=False: tuple(inner(node, reading, at, item) or ())

    def mapping(self, names: tuple[str, ...] | None, inner: Read) -> Read:
        def read(node: Node, reading: Reading, at: str | None, item: bool = False) -> Any:
            if type(node) is not Mapping:
                return _other(node, reading, "a mapping of keys", at, item)
            if names is None:
                return {key: inner(value, reading, key) for key, value in node.items()}
            node.allowed = names
            if not node.keys() <= set(names):
                _unknown_keys(node, reading)
            return {name: inner(node[name], reading, name) for name in names if name in node}

        return read


# ── what is wrong, in words ──────────────────────────────────────────────────────────────────────────────────────────

_GUIDE = re.compile(f"[{GUIDES}]")
RETYPE = "type the key anew; such come with pasted text"
_ASK = {
    "alt": "say what the picture shows, for someone who cannot see it",
    "format": "write 'format: 1' at the top",
    "language": "a language tag like en or zh-Hans, the same as the file's name",
}


def _keys_hint(node: Node, item: bool, needed: SequenceOf[str]) -> str:
    """What to write where keys are wanted; `needed` are those that must stand there, or the first."""
    first = needed[0]
    if type(node) is Sequence and len(needed) == 1:
        return f"write '{first}:' above the list, and indent the list below it"
    if isinstance(node, Scalar) and (needed == ["text"] or "table" in needed):
        return "write 'text: ' before the words" if item else "write 'text:' and the words on the next line, indented"
    return f"write each on a line of its own: {', '.join(f'{name}:' for name in needed)}"


def _called(at: str | None, item: bool) -> str:
    """What a node is called in a message."""
    if at is None:
        return "the file"
    return f"an item of '{at}'" if item else f"'{at}'"


def _other(node: Node, reading: Reading, wanted: str, at: str | None, item: bool, hint: str = "") -> None:
    """A node of another shape than is wanted."""
    called = _called(at, item)
    if isinstance(node, Scalar) and node.void:
        reading.problem(node.place, f"{called} has no value", FILL)
        return
    if isinstance(node, Scalar) and node.plain and (problem := wide_space(node.text, node.place)):
        reading.add(problem)
        return
    got = "text" if isinstance(node, Scalar) else "a list" if isinstance(node, Sequence) else "a mapping of keys"
    reading.problem(node.place, f"{called} must be {wanted}, not {got}", hint)


def _unknown_keys(node: Mapping, reading: Reading) -> set[str]:
    """Tells of the keys that are not known here; returns the known ones that they are probably meant for."""
    meant: set[str] = set()
    for key in node:
        if key in node.allowed:
            continue
        place, hint = node.marks[key], ""
        if unseen := _GUIDE.search(key):
            meant.add(_GUIDE.sub("", key))
            sign = f"U+{ord(unseen[0]):04X}"
            reading.problem(place, f"the character {sign}, which cannot be seen, stands in this key", RETYPE)
            continue
        if problem := wide_space(f"{key}:", place):
            meant.add(key.strip().partition(":")[0])
            reading.add(problem)
            continue
        if reading.problems.takes(place):  # else nobody reads the hint, which is dear to find
            hint, names = _unknown(reading.model, key, node)
            meant.update(names)
        reading.problem(place, f"unknown key '{key}'", hint)
    return meant


def _unknown(model: type, key: str, mapping: Mapping) -> tuple[str, set[str]]:
    """A hint for a key that the schema does not know here, and the known keys that it is probably meant for.

    The hint is a near name, where the key belongs, that it is no key but text, or what is allowed.
    """
    if mapping.allowed == ("text", "plain") and key in names_of(Block):
        return f"{NESTED[Block]} levels of blocks in one another are enough; here stands text alone", set()
    if key in SECRETS:
        return "a secret stands in no file of a project; docs/mail.md says where it comes from", set()
    for name in _OTHERWISE.get(key.lower(), ()):
        if name in mapping.allowed and name not in mapping:
            return f"write '{name}'", {name}
    near = nearest(key, [name for name in mapping.allowed if name not in mapping], 0.7)
    if not near and " " not in key:
        near = nearest(key, mapping.allowed)
    homes = [home for name, home in _homes(model) if name == key][:2]
    hints = [f"'{key}' belongs {' or '.join(homes)}"] * bool(homes) + [near] * bool(near)
    if hints:
        return ", or ".join(hints), {name for name in mapping.allowed if f"mean '{name}'" in near}
    known = f"known here: {', '.join(mapping.allowed)}"
    if is_wording(key) and key != next(iter(mapping)):
        return f"if this is text that goes on, indent it more than the key above; {known}", set()
    if is_wording(key) and "text" in mapping.allowed:
        return f"if this is text, write 'text:' before it, and the text in quotes; {known}", {"text"}
    return known, set()


SECRETS = ("password", "passwd", "pass", "token", "secret", "password_command", "token_command")
"""Keys that a file of a project never has: whoever gets the project would have the secret, or would say what is run."""
_OTHERWISE = {
    "title": ("heading",), "header": ("heading", "head"), "headline": ("heading",), "label": ("head",),
    "text": ("body", "meaning", "answer"), "content": ("text", "body"), "paragraphs": ("body",), "body": ("text",),
    "image": ("figure",), "picture": ("figure",), "photo": ("figure",), "src": ("file",), "path": ("file",),
    "description": ("alt", "meaning"), "definition": ("meaning",), "explanation": ("meaning",), "word": ("term",),
    "tel": ("phone",), "telephone": ("phone",), "mail": ("email",), "e-mail": ("email",), "url": ("web",),
    "website": ("web",), "link": ("url", "web"), "date": ("published",), "type": ("kind",), "warning": ("box",),
    "quote": ("quotation",), "faq": ("questions",), "intro": ("introduction",), "subtitle": ("summary",),
    "list": ("text",), "name": ("author",), "fax": ("phones",), "telephones": ("phones",), "lang": ("language",),
    "colspan": ("columns",), "rowspan": ("rows",), "headers": ("columns",), "author": ("source",), "include": ("use",),
    "toc": ("table_of_contents",), "acronyms": ("abbreviations",), "checklist": ("listing",), "term": ("short",),
    "meaning": ("long",),
}  # fmt: skip
"""What people write → the keys that they mean, where one of them is known."""

RARE = {"introduction", "closing", "answer"}
"""Keys whose blocks mostly stand elsewhere, too."""


@functools.cache
def _homes(model: type) -> list[tuple[str, str]]:
    """Every key of a model with the place it belongs, the nearest to the top first, those in RARE last."""
    found: list[tuple[bool, str, str]] = []
    # the keys of a dict are the author's own names
    layer: list[tuple[type, tuple[str, ...], tuple[type, ...]]] = [(model, (), ())] if is_record(model) else []
    while layer:
        below = []
        for cls, path, outer in layer:
            for name in names_of(cls):
                home = f"in {'.'.join(path)}" if path else "at the top of the file, not indented"
                found.append((not RARE.isdisjoint(path), name, home))
                members = [one for one in records_in(hint_of(cls, name)) if one is not cls and one not in outer]
                below += [(member, (*path, name), (*outer, cls)) for member in members]
        layer = below
    return [(name, home) for _, name, home in sorted(found, key=lambda one: one[0])]
