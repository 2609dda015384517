"""No text of a content file is lost: each one is in the story, or the layout says that it leaves it out (`omits`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.content import Content
from ..model.layout import Layout
from ..model.problem import Problem
from ..model.story import Leaflet
from ..model.walk import Value, values, without_numbers
from ..model.wording import quoted


def unprinted(content: Content, leaflet: Leaflet, layout: Layout) -> list[Problem]:
    """The texts that are to be printed (model/content.py says which) and are not in the leaflet, each at the author's
    place.

    Where a box or a section is lost as a whole, it is told once. Texts without a place come from no file and are left
    alone.
    """
    printed = [value for value in values(content) if value.printed and value.known]
    said = {value.path for value in printed if leaflet.said.issuperset(value.places)}
    said |= {value.twin for value in printed if value.path in said} | {value.path
        for value in printed if value.twin in said}
    omits = layout.spec.omits
    lost = [value for value in printed if value.path not in said and not _omitted(value.key, omits)
            and not (value.twin and _omitted(without_numbers(value.twin), omits))]
    if not lost:
        return []
    missing = {value.path for value in lost}
    kept = {above for value in printed if value.path not in missing for above in _around(value.path)}
    groups: dict[str, list[Value]] = {}
    for value in lost:
        groups.setdefault(next((one for one in _around(value.path) if one not in kept), value.path), []).append(value)
    return [_problem(path, texts, layout) for path, texts in groups.items()]


def _omitted(key: str, omits: Sequence[str]) -> bool:
    return any(key == one or key.startswith(f"{one}.") for one in omits)


def _around(path: str) -> list[str]:
    """A path and those of what holds it, the outermost first: sections, sections[0], sections[0].heading."""
    return [path[: found.start()] for found in re.finditer(r"\.|\[|\Z", path)]


def _problem(path: str, texts: list[Value], layout: Layout) -> Problem:
    inner = {re.match(r"\.\w+|", value.path[len(path) :])[0] for value in texts}
    if path.endswith("]") and len(inner) == 1:  # of an item (a block): the one key of it that is lost
        path += inner.pop()
    key = without_numbers(path)
    more = f" and {len(texts) - 1} more text{'s' if len(texts) > 2 else ''}" if len(texts) > 1 else ""
    return Problem(
        texts[0].place,
        f"the layout '{layout.name}' does not print this '{key.rpartition('.')[2]}': {quoted(texts[0].text)}{more}",
        f"choose another layout, or print it in the layout's template, or name {key} under omits: of its layout.yaml",
    )
