"""The fields of a copy as templates see them, and values as the leaflet's language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import get_args

from ..model.content import Personal, Phrase
from ..model.personal import Strip
from ..model.problem import Problem, Text
from .places import Merge
from .words import _dated, _locale, in_digits

PHRASES = frozenset(get_args(Phrase))


def places(strip: Strip, merge: Merge, phrases: Mapping[str, Text]) -> list[dict]:
    """For each field: name, label, kind, lines, words (what stands there) and blank (lines to write on stand there).
    A field without a label is a problem."""
    out = []
    for one in strip.fields:
        label = _label(one, merge.language, phrases)
        if not label:
            merge.problems.append(Problem(one.place, f"the field '{one.name}' has no label in the language "
                                          f"'{merge.language}'", f"label: {{{merge.language}: …}}"))
            continue
        words = (strip.words or {}).get(one.name, "")
        out.append({"name": str(one.name), "label": label, "kind": str(one.kind), "lines": one.lines, "words": words,
                    "blank": strip.blank})
    return out


def _label(one: Personal, language: str, phrases: Mapping[str, Text]) -> Text | str:
    """In the leaflet's language, or that language elsewhere (pt for pt-BR); else the phrase of the field's name."""
    tag = language
    while tag:
        if tag in one.label:
            return one.label[tag]
        tag = tag.rpartition("-")[0]
    return phrases.get(one.name, "") if one.name in PHRASES else ""


def said(kind: str, value: str, language: str) -> str:
    """A value of a field as it is printed. Raises ValueError for what is no date or time."""
    if kind == "date":
        return in_digits(_dated(value, language), language)
    if kind == "time":
        return in_digits(_timed(value, language), language)
    return value


def _timed(value: str, language: str) -> str:
    hour, minute = map(int, value.split(":"))
    locale = _locale(language)
    if locale is None:
        return value
    from babel.dates import format_time

    return format_time(time(hour, minute), "short", locale=locale).replace("\u202f", "\u00a0")
