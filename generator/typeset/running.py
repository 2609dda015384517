"""Running heads: on every page but the first, above its text, which section it is about."""

from __future__ import annotations

from ..model.layout import Panel
from ..model.page import Line, Page
from ..model.printing import UNPRINTABLE
from ..model.story import Node
from ..model.structure import Elem
from .build import Builder
from .canvas import Canvas
from .frame import ENDLESS, START, fill, paint

LEAST, GAP = 2.0, 6.0
"""Points between a head and the text below it: at the least, and where there is room."""
SECTION = "H2"


def set_heads(headers: list[Node], builder: Builder, pages: list[tuple[Page, Panel]], tree: Elem) -> None:
    """Paint the first of the heads that has room above the text of each page; none where none has. The first page opens
    the leaflet and has no head; nor has a page without a section.

    pages: in reading order, each with the panel that it is.
    """
    titles = _titles(tree)
    running = ""
    for number, (page, panel) in enumerate(pages):
        found = [titles[id(run.elem)] for item in page.items if item.__class__ is Line
                 for run in item.runs if id(run.elem) in titles]
        begins = next((id(run.elem) in titles for item in page.items if item.__class__ is Line for run in item.runs), False)
        section = found[0] if found and (begins or not running) else running
        running = found[-1] if found else running
        if not number or not section:
            continue
        builder.section = section
        for node in headers:
            filling = fill(builder.flow(node), START, panel.measure, ENDLESS)
            lowest = panel.top - LEAST - filling.height
            if lowest >= UNPRINTABLE:
                top = max(UNPRINTABLE, panel.top - GAP - filling.height)
                canvas = Canvas(page.items, page.furniture, page=page).muted()
                paint(filling, None, canvas, panel.left, top, panel.measure, filling.height)
                break


def _titles(tree: Elem) -> dict[int, str]:
    """id of each leaf of a section's heading → the heading."""
    found: dict[int, str] = {}

    def walk(elem: Elem, title: str) -> None:
        title = elem.title or "" if elem.role == SECTION else title
        if title:
            found[id(elem)] = title
        for kid in elem.kids:
            walk(kid, title)

    walk(tree, "")
    return found
