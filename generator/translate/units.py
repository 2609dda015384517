"""Units turns a Content into its texts, each with its path, by the types and Rule markers of the model.

Nothing here knows a field by its name but for OWN, `cover_title` and the two links to `options`: a new field of the
model is found by its type.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import re
import types
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from ..model.content import Content, Section, Table
from ..model.problem import Place
from ..model.record import names, record, replace

OWN = frozenset((
    "format", "language", "layouts", "translation.source", "translation.units",
    "review.status", "review.published", "review.reviewed", "review.next_review", "review.version",
))
"""What each language's file says of itself: neither translated nor compared."""
WORDS = ("line", "inline", "prose", "lines")
UNTRANSLATED = "untranslated"
"""Stands for the fingerprint of a text that was left in the source's language."""


@record(frozen=True, slots=True)
class Leaf:
    """A value of a content file that holds no others."""

    path: str
    """As in sections[2].body[0].table.rows[1].head; numbers from 0."""
    value: Any
    """A Text, True or False, a number; the list of lines for the kind "lines"."""
    kind: str
    """The Rule's kind; "lines" of cover_title, whose lines are one text; "choice" of anything without a Rule."""
    words: bool
    """Whether it is written in the file's language."""
    owner: Any
    """The Entry whose field it is."""
    name: str
    """Of the field."""
    index: int
    """In its list; 0 elsewhere."""
    heading: str
    """Of the section around it, or ""."""

    @property
    def own(self) -> bool:
        return re.sub(r"\[.*\]", "", self.path) in OWN

    @property
    def linked(self) -> bool:
        """Whether it repeats one of the options (which the reader demands): it follows their translation."""
        if isinstance(self.owner, Table):
            return self.name == "columns" and self.owner.compare and self.index > 0
        return isinstance(self.owner, Section) and self.name == "option"

    @property
    def text(self) -> str:
        return "\n".join(self.value) if self.kind == "lines" else str(self.value)

    @property
    def place(self) -> Place | None:
        value = self.value[0] if self.kind == "lines" else self.value
        return getattr(value, "place", None) or self.owner.place


Visit = Callable[[Leaf], Any]


def mapped(content: Content, visit: Visit) -> Content:
    """A copy with each leaf replaced by what `visit` gives for it; leaves are visited in reading order."""
    return _entry(content, visit, "", "")


def leaves(content: Content) -> list[Leaf]:
    """All leaves, in reading order. What is not given (None) is none."""
    found: list[Leaf] = []

    def visit(leaf: Leaf) -> Any:
        found.append(leaf)
        return leaf.value

    mapped(content, visit)
    return found


def units(content: Content) -> list[Leaf]:
    """What a translator translates, in reading order."""
    return [leaf for leaf in leaves(content) if leaf.words and not leaf.own and not leaf.linked]


def watched(content: Content) -> dict[str, str]:
    """Path → fingerprint of everything whose change makes translations out of date: texts, and numbers and addresses, too."""
    return {leaf.path: fingerprint(leaf.text) for leaf in leaves(content) if not leaf.own and not leaf.linked and leaf.value is not False}


def fingerprint(text: str) -> str:
    """48 bits of SHA-256: enough to tell a text from what it was before."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def quoted(text: str) -> str:
    """A text for a message, cut short."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= 40 else f"'{line[:37]}…'"


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    return {name: hints[name] for name in names(cls)}


def _entry(entry: Any, visit: Visit, path: str, heading: str) -> Any:
    if isinstance(entry, Section):
        heading = str(entry.heading)
    changed = {}
    hints = _hints(type(entry))
    for name in sorted(hints, key=lambda name: name != "heading"):  # a heading is read first, wherever the model has it
        hint = hints[name]
        value = getattr(entry, name)
        inner = f"{path}.{name}" if path else name
        if name == "cover_title" and value:  # another language may break the title into more lines, or fewer
            changed[name] = visit(Leaf(inner, value, "lines", True, entry, name, 0, heading))
        else:
            changed[name] = _value(value, hint, visit, inner, heading, entry, name, 0)
    made = replace(entry, **changed)
    object.__setattr__(made, "place", entry.place)
    return made


def _value(value: Any, hint: Any, visit: Visit, path: str, heading: str, owner: Any, name: str, index: int) -> Any:
    if value is None:
        return None
    if dataclasses.is_dataclass(value):
        return _entry(value, visit, path, heading)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (one for one in arguments if one is not types.NoneType)
        return _value(value, inner, visit, path, heading, owner, name, index)
    if origin is list:
        return [_value(item, arguments[0], visit, f"{path}[{n}]", heading, owner, name, n) for n, item in enumerate(value)]
    if origin is dict:
        return {key: _value(item, arguments[1], visit, f"{path}[{key}]", heading, owner, name, 0) for key, item in value.items()}
    rule = arguments[1] if origin is Annotated else None
    words = rule is not None and rule.words and rule.kind in WORDS
    return visit(Leaf(path, value, rule.kind if rule else "choice", words, owner, name, index, heading))


# ── which text is which, when a file has changed ─────────────────────────────────────────────────────────────────────


@record(slots=True)
class Match:
    """Paths of an older state of a file, found again in a newer one."""

    same: dict[str, str]
    """New path → old path of a text that is unchanged."""
    moved: dict[str, str]
    """As `same`, of texts that now stand in another order."""
    changed: dict[str, str]
    """New path → old path, of texts that now read differently."""
    added: list[str]
    """New paths of texts that were not there."""
    gone: list[str]
    """Old paths of texts that are not there any more."""


def match(old: Mapping[str, str], new: Mapping[str, str]) -> Match:
    """Finds texts by their fingerprints and order, so that one more section does not make all that follow another text.

    Both are path → fingerprint, in reading order.
    """
    if old == new:
        return Match({path: path for path in new}, {}, {}, [], [])
    before, after = list(old), list(new)
    found = Match({}, {}, {}, [], [])
    stretches: list[tuple[list[str], list[str]]] = []
    """Old and new paths between texts that are the same."""
    if set(before) == set(after):  # nothing has come or gone: the places tell which text is which
        found.same = {path: path for path in after if old[path] == new[path]}
        stretches = [([path], [path]) for path in after if path not in found.same]
    else:
        from difflib import SequenceMatcher

        rows = SequenceMatcher(None, [_key(path, old) for path in before], [_key(path, new) for path in after], autojunk=False)
        for what, a, b, c, d in rows.get_opcodes():
            if what == "equal":
                found.same.update(zip(after[c:d], before[a:b]))
            else:
                stretches.append((before[a:b], after[c:d]))
    left: dict[tuple[str, str], list[str]] = {}
    for path in (path for gone, _ in stretches for path in gone):
        left.setdefault(_key(path, old), []).append(path)
    for path in (path for _, come in stretches for path in come):
        if places := left.get(_key(path, new)):
            found.moved[path] = places.pop(0)
    taken = set(found.moved.values())
    for gone, come in stretches:
        rest = [path for path in gone if path not in taken]
        for path in come:
            if path not in found.moved:
                alike = next((other for other in rest if _form(other) == _form(path)), None)
                if alike is None:
                    found.added.append(path)
                else:
                    found.changed[path] = alike
                    rest.remove(alike)
        found.gone += rest
    return found


def _form(path: str) -> str:
    return re.sub(r"\[\d+\]", "[]", path)


def _key(path: str, fingerprints: Mapping[str, str]) -> tuple[str, str]:
    return _form(path), fingerprints[path]
