"""The texts of a content file that a translator translates, and which of them have changed since."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from ..model.content import Content
from ..model.record import fields, record
from ..model.walk import Value, values

UNTRANSLATED = "untranslated"
"""Stands for the fingerprint of a text that was left in the source's language."""


def units(content: Content) -> list[Value]:
    """The texts that a translator translates, in reading order."""
    return [value for value in values(content) if value.words and not value.own and not value.linked]


def watched(content: Content) -> dict[str, str]:
    """Path → fingerprint of every value whose change puts translations out of date: texts, and also numbers and
    addresses."""
    return {value.path: fingerprint(value.text)
            for value in values(content) if not value.own and not value.linked and not _is_default(value)}


def _is_default(value: Value) -> bool:
    """Whether a number, or true or false, is what it is where nothing is given."""
    return isinstance(value.value, int) and value.value == fields(value.owner)[value.name].default


def fingerprint(text: str) -> str:
    """48 bits of SHA-256: enough to tell a text from what it was before."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


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
    """Finds texts again by their fingerprints and order, so that texts below a new section still count as the same.

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

        rows = SequenceMatcher(None, [_key(path, old) for path in before], [_key(path, new) for path in after],
                               autojunk=False)
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
