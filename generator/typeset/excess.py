"""What does not fit → the problem that tells the author so: where, how much, and which words could go."""

from __future__ import annotations

from ..model.layout import MM, Panel
from ..model.problem import Problem
from ..model.record import record, replace
from ..model.story import ELEMENTS, HEADINGS, Node
from .flow import Flow, Leaf
from .frame import START, Position


@record(slots=True)
class Excess:
    """What does not fit."""

    panel: Panel
    """The last panel, which is full."""
    part: Node
    """The part of the leaflet that is poured through it."""
    height: float
    """Points."""
    words: int
    """That are too much, or that take as much room as what is too much."""
    leaf: Leaf | None
    """Where it begins."""
    giant: tuple[Leaf, float, float] | None = None
    """What no panel takes, its height, and the height of the highest panel."""
    word: float | None = None
    """Height that a word takes, where the part's words alone need more room than its panels have (need.py)."""
    rough: bool = False
    """The height is told from the number of words: the text was not set as a whole."""
    flow: Flow | None = None
    rest: Position = START
    """Where in the flow it begins."""

    def of_all(self, part: Node, words: int) -> Excess:
        """The excess of a part of which only the opening was set, with the words that it lacks."""
        return replace(
            self, part=part, height=self.height + words * (self.word or 0.0), words=self.words + words, rough=True
        )


def overflow(excess: Excess, size: float) -> Problem:
    """The problem of a text that is too long at the smallest type size, in points."""
    if excess.giant:
        leaf, height, room = excess.giant
        message = (
            f"no panel takes this: at {size:g} pt it is {height / MM:.0f} mm high, the highest panel has "
            f"{room / MM:.0f} mm"
        )
        return Problem(leaf.place, message, "make it less high; it cannot be cut")
    leaf, words = excess.leaf, excess.words
    begins = f'"{leaf.words} …"' if leaf is not None and leaf.words else "the block"
    much = f"{'about ' if excess.rough else ''}{excess.height / MM:.0f} mm too much, " + (
        f"about {words} words, " if words else ""
    )
    heading, count = longest(excess.part)
    hint = f"remove about {words} words" if words else "make that smaller"
    if words and heading and count > words:
        hint += f", for instance from '{heading}', which has {count}"
    message = f"panel '{excess.panel.name}' is full at {size:g} pt: {much}from {begins} on"
    return Problem(leaf.place if leaf is not None else None, message, hint)


def too_high(leaves: list[Leaf], panels: list[Panel]) -> tuple[Leaf, float, float] | None:
    """The first leaf with a piece (a picture, the row of a table) that is higher than every panel and cannot be cut."""
    for leaf in leaves:
        least = min(_giant(leaf, panel) for panel in panels)
        if least:
            return leaf, least, max(panel.depth for panel in panels)
    return None


def _giant(leaf: Leaf, panel: Panel) -> float:
    """Height of the highest piece of a leaf that the panel cannot take; 0 where it can take them all."""
    pieces = leaf.pieces(panel.measure)
    return max((p.height for p in pieces if p.height > panel.depth and p.split(panel.depth) is None), default=0.0)


def longest(part: Node) -> tuple[str, int]:
    """The heading with most words under it, up to the next heading or to the end of its box, and how many they are."""
    heading = ["", 0]
    counts: dict[int, list] = {}

    def walk(node: Node) -> None:
        nonlocal heading
        if node.name in HEADINGS:
            heading = counts[id(node)] = [" ".join(node.words().split()), 0]
        elif node.kids and (isinstance(node.kids[0], str) or ELEMENTS[node.kids[0].name].inside == "inline"):
            heading[1] += len(node.words().split())
        else:
            above = heading
            for kid in node.kids:
                walk(kid)
            if node.name == "aside":  # what follows a box is not under the heading in it
                heading = above

    walk(part)
    name, count = max(counts.values(), key=lambda found: found[1], default=("", 0))
    return name, count
