"""How much room a text takes at the least, and the opening of a text that is too long to be set as a whole.

The breaks of a folded layout are chosen for all its panels together. That is dear, so a text that cannot fit is told before.
"""

from __future__ import annotations

from ..model.layout import BodyRange, Geometry, Panel
from ..model.record import replace
from ..model.story import Leaflet, Node
from .build import Builder
from .look import Look
from .tree import _holds_text

CERTAIN = 0.95
"""Part of what a text needs by its words that it surely takes: a word that is broken may become a little narrower."""
LETTERS = 6.0
"""Letters on a line of one em beyond which a text is not set as a whole; ordinary text has two, narrow letters have four."""
SURE = 1.5
"""Letters on a line of one em up to which the words are not counted: saves the ordinary leaflet 3 ms of 60 in a brochure."""
FEW = 10_000
"""Letters up to which a text is always set as a whole, so that what is too much of it is measured."""
FORMS = ("", "stacked", "card")


def room(panels: list[Panel]) -> float:
    """Area of panels' frames, square points."""
    return sum(panel.measure * panel.depth for panel in panels)


def hopeless(builder: Builder, part: Node, panels: list[Panel]) -> bool:
    """Whether the words of a part alone need more room than its panels have."""
    held, looks = room(panels), builder.looks
    return letters(part) > SURE * held / (looks.body * looks.grid) and need(builder, part, held) > held


def need(builder: Builder, part: Node, most: float) -> float:
    """The least area that the words of a part take at the builder's size, square points; counting ends beyond `most`.

    The area of a line is the width of its words times its leading; spaces, indents, empty ends of lines, pictures and titles
    that may become smaller count as nothing. Blocks side by side share a measure, so their areas add up.
    """
    found = 0.0
    looks = builder.looks
    waiting: list[tuple[Node, list[Look], bool]] = [(part, [looks.root] * len(FORMS), False)]
    while waiting and found <= most:
        node, parents, table = waiting.pop()  # the least of a table's three forms counts
        if node.attributes.get("on"):
            continue
        here = [looks.of(node, look, form if table else "") for look, form in zip(parents, FORMS)]
        table = node.name == "table" or table and node.name not in ("td", "th", "caption")
        if node.name in ("img", "qr", "slot", "slotcode", "hr", "lines", "ground"):
            continue
        if not _holds_text(node):
            waiting += [(kid, here, table) for kid in reversed(node.kids)]
        elif not any(look.fit or look.points or look.disc for look in here):
            inked = builder.paragraph(node, here[0]).inked()
            found += CERTAIN * inked * min(look.size * look.leading for look in here) / here[0].size
    return found


def letters(node: Node) -> int:
    """Number of letters below a node."""
    return sum(len(kid) if isinstance(kid, str) else letters(kid) for kid in node.kids)


def many(panels: list[Panel], body: BodyRange) -> int:
    """Number of letters beyond which a text is not set as a whole in panels, even at the smallest size."""
    return max(FEW, int(LETTERS * room(panels) / (body.min * body.min * body.leading)))


def panels_of(geometry: Geometry, name: str) -> list[Panel] | None:
    """The panels that a part goes through; None where they are as many as it needs."""
    by_name = {panel.name: panel for panel in geometry.panels}
    if name != "story":
        return [by_name[name]]
    if not geometry.repeat:
        return [by_name[one] for one in geometry.story]
    return None if geometry.max_pages is None else [by_name[geometry.story[0]]] * geometry.max_pages


def opening(leaflet: Leaflet, geometry: Geometry, body: BodyRange) -> tuple[Leaflet, dict[str, int]]:
    """The leaflet with the parts that are much too long cut, and how many words each of these has lost."""
    parts, lost = dict(leaflet.parts), {}
    for name, part in leaflet.parts.items():
        panels = panels_of(geometry, name)
        if panels is not None and letters(part) > (most := many(panels, body)):
            parts[name] = _cut(part, [most])
            lost[name] = len(part.words().split()) - len(parts[name].words().split())
    return (replace(leaflet, parts=parts) if lost else leaflet), lost


def _cut(node: Node, left: list[int]) -> Node:
    """A node with the letters that are left, in reading order; a row keeps its cells, if empty."""
    kids: list[Node | str] = []
    for kid in node.kids:
        if left[0] <= 0 and node.name != "tr":
            break
        if isinstance(kid, str):
            kids.append(kid[: left[0]])
            left[0] -= len(kid)
        else:
            short = _cut(kid, left)
            if short.kids or not kid.kids or node.name == "tr":
                kids.append(short)
    if node.name == "table" and not any(kid.name == "tbody" for kid in kids):
        kids = []  # no table has headings alone
    return replace(node, kids=kids)
