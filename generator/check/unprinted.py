"""No text of a content file is lost: every one is in the story, or the layout says that it leaves it out (`omits`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.content import Content
from ..model.layout import Layout
from ..model.problem import Problem
from ..model.story import Leaflet
from ..model.walk import Leaf, leaves, without_numbers
from ..model.wording import quoted


def unprinted(content: Content, leaflet: Leaflet, layout: Layout) -> list[Problem]:
    """What is printed (model/content.py says which texts are) and is not in the leaflet, each at the author's place.

    What is lost with all that belongs to it (a box, a section) is told once. Texts without a place, which come from no file, are
    not asked for.
    """
    printed = [leaf for leaf in leaves(content) if leaf.printed and leaf.known]
    said = {leaf.path for leaf in printed if leaflet.said.issuperset(leaf.places)}
    said |= {leaf.twin for leaf in printed if leaf.path in said} | {leaf.path for leaf in printed if leaf.twin in said}
    lost = [leaf for leaf in printed if leaf.path not in said and not _omitted(leaf.key, layout.spec.omits)]
    if not lost:
        return []
    missing = {leaf.path for leaf in lost}
    kept = {above for leaf in printed if leaf.path not in missing for above in _around(leaf.path)}
    groups: dict[str, list[Leaf]] = {}
    for leaf in lost:
        groups.setdefault(next((one for one in _around(leaf.path) if one not in kept), leaf.path), []).append(leaf)
    return [_problem(path, texts, layout) for path, texts in groups.items()]


def _omitted(key: str, omits: Sequence[str]) -> bool:
    return any(key == one or key.startswith(f"{one}.") for one in omits)


def _around(path: str) -> list[str]:
    """A path and those of what holds it, the outermost first: sections, sections[0], sections[0].heading."""
    return [path[: found.start()] for found in re.finditer(r"\.|\[|\Z", path)]


def _problem(path: str, texts: list[Leaf], layout: Layout) -> Problem:
    inner = {re.match(r"\.\w+|", leaf.path[len(path) :])[0] for leaf in texts}
    if path.endswith("]") and len(inner) == 1:  # of an item (a block): the one key of it that is lost
        path += inner.pop()
    key = without_numbers(path)
    more = f" and {len(texts) - 1} more text{'s' if len(texts) > 2 else ''}" if len(texts) > 1 else ""
    return Problem(
        texts[0].place, f"the layout '{layout.name}' does not print this '{key.rpartition('.')[2]}': {quoted(texts[0].text)}{more}",
        f"choose another layout, or print it in the layout's template, or name {key} under omits: of its layout.yaml",
    )
