"""What a content file says that does nothing, or that the layout says a second time. Each is a warning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.content import Content, Passage
from ..model.layout import Layout
from ..model.problem import Problem, Text
from ..model.prose import COUNTED, marker_of
from ..model.story import Leaflet
from ..model.walk import Value, values
from ..model.wording import quoted

NUMBERED = ("numbers", "letters", "steps")
SIGNS = ("tick", "bullet", "hyphen", "star", "dash")
"""Kinds of markers that an item of a list with signs needs none of."""
ITEM = re.compile(r"(?P<list>(?:.*\.)?(?:listing\.items|do\.items|dont\.items|steps))\[\d+\](?:\.text\[0\]\.text)?")
"""The path of the first text of an item."""


def needless(content: Content, leaflet: Leaflet, layout: Layout) -> list[Problem]:
    """The warnings of one content file; they are the same in every layout."""
    found = values(content)
    return [*_markers(found), *_abbreviations(content, found), *_languages(content, found), *_contents(content)]


def _markers(found: list[Value]) -> Iterator[Problem]:
    """Items that begin with a number or a sign of their own, in a list that gives them one."""
    kinds = {value.path: str(value.value) for value in found if value.name == "kind"}
    lists: dict[str, list[Text]] = {}
    for value in found:
        if isinstance(value.value, Text) and (item := ITEM.fullmatch(value.path)):
            lists.setdefault(item["list"], []).append(value.value)
    for path, items in lists.items():
        above, _, name = path.rpartition(".")
        kind = "steps" if name == "steps" else kinds.get(f"{above}.kind", "ticks")
        said = [(text, marker) for text in items if (marker := marker_of(text.lstrip()))]
        if kind in NUMBERED:
            said = [one for one in said if one[1].kind in ("number", "letter")]
            said = said if len(said) == len(items) > 1 else []
        for text, marker in said:
            minus = COUNTED.match(text.lstrip()[marker.end :])  # of which merge/prose.py asks
            if kind in NUMBERED or marker.kind in SIGNS and not minus:
                yield Problem(text.place, f"this item begins with {quoted(marker.label)}, and its list puts a sign or "
                              "a number before it", "leave one of them out", "warning")


def _abbreviations(content: Content, found: list[Value]) -> Iterator[Problem]:
    """Abbreviations of the list that stand nowhere else."""
    if content.abbreviations:
        said = "\n".join(value.text for value in found if value.printed and not value.path.startswith("abbreviations"))
        for one in content.abbreviations:
            if not re.search(rf"(?<![A-Za-z0-9_]){re.escape(one.short)}s?(?![A-Za-z0-9_])", said):
                yield Problem(one.short.place, f"the abbreviation {quoted(one.short)} stands nowhere in the text",
                              "write it as it stands there, or leave it out", "warning")


def _languages(content: Content, found: list[Value]) -> Iterator[Problem]:
    """Passages in the language that the leaflet has anyway."""
    for value in found:
        if isinstance(value.owner, Passage) and value.name == "language" and value.value == content.language:
            yield Problem(value.place, f"the whole leaflet is in '{value.value}'",
                          "give the language of these words, or write them as text:", "warning")


def _contents(content: Content) -> Iterator[Problem]:
    """A table of contents that has nothing to list."""
    if content.table_of_contents and not content.sections:
        yield Problem(content.place, "there is nothing for the table of contents to list",
                      "give the leaflet sections, or leave table_of_contents out", "warning")
