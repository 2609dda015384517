"""The views of a drawing: its <view> elements."""

from __future__ import annotations

import re

from ..model.picture import View
from ..model.wording import quoted
from .subset import sides_of

Fault = tuple[str, str]
"""(message, hint)."""


def view_of(attributes: dict[str, str], origin: tuple[float, float], size: tuple[float, float],
            taken: list[str]) -> tuple[View | None, list[Fault]]:
    """A view, and what is wrong with it. origin, size: of the drawing's viewBox; taken: names of other views."""
    faults: list[Fault] = []
    name, sides = attributes.get("id", ""), sides_of(attributes)
    kept = attributes.get("preserveAspectRatio", "xMidYMid slice")
    if not re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", name):
        faults.append(("a view has no id" if not name else f"{quoted(name)} is no id of a view",
                       "a letter, then letters, digits, - and _: the content names it"))
    elif name in taken:
        faults.append((f"two views have the id {quoted(name)}", ""))
    found = re.fullmatch("x(Min|Mid|Max)Y(Min|Mid|Max) slice", kept)
    if found is None:
        faults.append((f"preserveAspectRatio is {quoted(kept)}",
                       "like xMidYMid slice: Min, Mid or Max from left to right and from top to bottom"))
    if sides is None:
        faults.append(("a view has no viewBox with four numbers",
                       'viewBox="X Y WIDTH HEIGHT", in units of the drawing'))
        return None, faults
    x, y, width, height = sides[0] - origin[0], sides[1] - origin[1], *sides[2:]
    within = min(x, y) >= -0.01 and x + width <= size[0] + 0.01 and y + height <= size[1] + 0.01
    if size[0] and not within:
        faults.append(("the view reaches out of the drawing", "its viewBox lies within that of <svg>"))
    if faults or found is None:
        return None, faults
    across, down = ({"Min": 0.0, "Mid": 0.5, "Max": 1.0}[part] for part in found.groups())
    return View(name, x, y, width, height, across, down), faults
