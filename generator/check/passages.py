"""The passages of a content file: each paragraph, list item, heading and cell by itself, as one reads it.

What a heading or a list item says ends with it, so sentences never run across passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model.content import Content
from ..model.late import Late
from ..model.problem import Place, Text
from ..model.prose import marker_of
from ..model.record import field, record
from ..model.walk import Value, values
from .sentences import HIDDEN, Sentence, sentences

RUNNING = ("paragraph", "item")
"""Kinds of passages whose sentences count for readability."""
KINDS = {
    "title": "title",
    "category": "label",
    "summary": "paragraph",
    "key_points": "item",
    "audience_note": "paragraph",
    "heading": "heading",
    "group": "heading",
    "columns": "column",
    "head": "head",
    "cells": "cell",
    "caption": "caption",
    "note": "paragraph",
    "text": "paragraph",
    "items": "item",
    "term": "term",
    "meaning": "paragraph",
    "question": "question",
    "answer": "paragraph",
    "alt": "alt",
    "labels": "label",
}
"""Name of a field → the kind of its passages; prose gives "item" for what stands in a list. Others are "other"."""
_OUTSIDE = ("disclaimer", "audience_note", "references", "review", "publisher", "contacts", "figure")
"""Keys at the top whose texts are not what readability is measured on: lawyers and addresses have their own style."""

_MARKS = Late(
    r"\\(?=[^\w\s])"
    r"|(?<![\w*])\*{1,2}(?=[^\s*])|(?<=[^\s*])\*{1,2}(?![\w*])|(?<!\w)_{1,2}(?=[^\s_])|(?<=[^\s_])_{1,2}(?!\w)"
    r"|\[(?=[^\]]*\]\()|\]\([^)\s]*\)|<(?=(?:https?|mailto|tel):)|(?<=\w)>(?=\s|\Z|[.,;])"
)
_QUOTE = Late(r"[ \t]*>[ \t]?")


@record(slots=True)
class Passage:
    """A paragraph, an item of a list, a heading, a cell."""

    kind: str
    """A value of KINDS, or "item", or "other"."""
    key: str
    """Keys down to it, without numbers: sections.body.text."""
    path: str
    """As in sections[0].body[1].text."""
    text: str
    """The words; signs of marks are HIDDEN, so that offsets are those of the source."""
    source: str
    """The Text that it is a part of."""
    start: int
    """Where it begins in the source."""
    heading: str
    """Of the section around it."""
    language: str
    abbreviations: frozenset[str] = frozenset()
    marked: bool = False
    """Whether words in it are bold, italic or a link."""
    kept: list[Sentence] | None = field(default=None, repr=False)

    @property
    def clean(self) -> str:
        """As one reads it."""
        return " ".join(self.text.replace(HIDDEN, "").split())

    @property
    def sentences(self) -> list[Sentence]:
        if self.kept is None:
            self.kept = sentences(self.text, self.language, self.abbreviations)
        return self.kept

    @property
    def words(self) -> list[str]:
        return [word for sentence in self.sentences for word in sentence.words]

    @property
    def running(self) -> bool:
        return self.kind in RUNNING and self.key.partition(".")[0] not in _OUTSIDE

    def place_at(self, offset: int) -> Place | None:
        """The place of a character of the passage."""
        if isinstance(self.source, Text):
            return self.source.place_at(self.start + offset)
        return None


def passages(content: Content, abbreviations: Sequence[str] = ()) -> list[Passage]:
    """All printed passages in reading order, and the texts of pictures (kind "alt"). A plainer text is left out: it is
    judged in the place of the other one (recipe/checks.py)."""
    found: list[Passage] = []
    known = frozenset(abbreviations)
    for value in values(content):
        if not value.printed or not value.words or value.twin:
            continue
        kind = KINDS.get(value.name, "other")
        for part, start, text in _parts(value):
            found.append(
                Passage(
                    part or kind,
                    value.key,
                    value.path,
                    text,
                    value.value,
                    start,
                    value.heading,
                    content.language,
                    known,
                    HIDDEN in text,
                )
            )
    return found


def _parts(value: Value) -> Iterator[tuple[str, int, str]]:
    """("item" or "", offset, text) of each paragraph and list item of a text."""
    text = str(value.value)
    if value.kind == "line":
        yield "", 0, text
        return
    text = _MARKS.sub(lambda mark: HIDDEN * len(mark[0]), text) if re.search(r"[\\*_\[<]", text) else text
    if value.kind == "inline" or "\n" not in text and marker_of(text) is None:
        yield ("item" if value.name == "key_points" else ""), 0, text
        return
    kind, begin, rows, at = "", 0, [], 0

    def ended() -> Iterator[tuple[str, int, str]]:
        if rows and "".join(rows).strip():
            yield kind, begin, "\n".join(rows)
        rows.clear()

    for row in text.split("\n"):
        lead = len(row) - len(row.lstrip(" \t"))
        quote = _QUOTE.match(row)
        if quote:
            lead = quote.end()
        marker = marker_of(row[lead:])
        if not row.strip():
            yield from ended()
            kind = ""
        elif marker and marker.kind != "sign":
            yield from ended()
            kind, begin = ("" if marker.kind in ("date", "note") else "item"), at + lead + marker.end
            rows.append(row[lead + marker.end :])
        elif rows:
            rows.append(row)
        else:
            begin = at + (lead if quote else 0)
            rows.append(row[lead if quote else 0 :])
        at += len(row) + 1
    yield from ended()
