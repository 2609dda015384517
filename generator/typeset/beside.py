"""Blocks side by side: in the widths of a style, in the shares that an author gives, pictures in rows. What begins a
page."""

from __future__ import annotations

from collections.abc import Callable

from ..model.picture import Picture
from ..model.problem import Place, Problem
from ..model.story import HEADINGS, Node
from .flow import NEVER, EdgeLeaf, Flow, Leaf
from .inset import Inset, spaces
from .look import Look
from .rows import SideBySide
from .tree import holds_numbers

FLAT = 1.9
"""Width of a row of pictures to its height at the least: a row of upright ones does not fill its measure."""
LISTS = ("ul", "ol")
Apart = Callable[[Node, Look], Flow]
"""What makes a block's own flow, in the look of the block around it."""


def is_beside(node: Node, look: Look) -> bool:
    """Whether the blocks of a group stand side by side."""
    return bool(look.widths) or "across" in node.attributes or "shares" in node.attributes


def beside(node: Node, look: Look, here: Inset, apart: Apart, pictures: dict[str, Picture],
           problems: list[Problem]) -> list[Leaf]:
    """The blocks of a group side by side: in one row, or in rows of as many as `across` says."""
    across, blank = len(node.kids) or 1, 0.0
    if given := node.attributes.get("shares"):
        shares = shares_of(given, given.count(",") + 1)
        blank = sum(shares)
    elif given := node.attributes.get("across"):
        across, shares = int(given), [_wide(kid, pictures) for kid in node.kids]
        blank = max(FLAT, sum(shares[:across]))
    else:
        shares = list(look.widths)
        if len(node.kids) > len(shares):
            message = f"<{node.name}> has {len(node.kids)} blocks side by side, its style has {len(shares)} widths"
            problems.append(Problem(node.place, message, "give a width for each"))
    out: list[Leaf] = []
    for at in range(0, len(node.kids), across):
        kids, part = node.kids[at:at + across], shares[at:at + across]
        flows = [apart(kid, look) for kid in kids]
        row = SideBySide(node.place, flows, tuple(part), look.gap, tuple(map(holds_numbers, kids)), left=here.left,
                         right=here.right, rtl=look.rtl, boxes=here.boxes, groups=here.groups, **spaces(flows))
        row.paragraphs = look.keep_paragraphs
        row.level = len(kids) > 1 and all(map(_listed, kids))
        row.blank = max(0.0, blank - sum(part))
        row.before = max(row.before, look.gap) if out else row.before
        out.append(row)
    return out


def shares_of(given: str, count: int) -> list[float]:
    """`40%,rest` → the part of the measure that each of `count` blocks takes, in percent; what is not said has the
    rest."""
    said = [float(one[:-1]) if one.endswith("%") else 0.0 for one in given.split(",")][:count]
    said += [0.0] * (count - len(said))
    rest = max(10.0, (100 - sum(said)) / (said.count(0.0) or 1))
    return [share or rest for share in said]


def _wide(node: Node, pictures: dict[str, Picture]) -> float:
    """Width of the picture in a block to its height: pictures side by side with these shares are equally high."""
    source = next((one.attributes["src"] for one in _all(node) if one.name == "img"), "")
    picture = pictures.get(source)
    return picture.width / picture.height if picture is not None and picture.height else 1.0


def _listed(node: Node) -> bool:
    """Whether a part is one list, with a heading or none, whose items hold no lists."""
    kids = [kid for kid in node.kids if not isinstance(kid, str) and kid.name not in HEADINGS]
    alone = node.name == "section" and len(kids) == 1 and kids[0].name in LISTS
    return alone and not any(one.name in LISTS for one in _all(kids[0])[1:])


def _all(node: Node) -> list[Node]:
    return [node, *(one for kid in node.kids if not isinstance(kid, str) for one in _all(kid))]


# ── what begins a page ───────────────────────────────────────────────────────────────────────────────────────────────


def begin_afresh(out: list[Leaf], first: int) -> Leaf:
    """Mark the leaf that begins a page: leaf `first`, or what must stand with it, such as a heading above it."""
    while first and (out[first - 1].penalty >= NEVER or isinstance(out[first - 1], EdgeLeaf) and out[first - 1].open):
        first -= 1
    out[first].fresh = True
    return out[first]


def not_afresh(wished: list[tuple[Node, Leaf]], first: list[Leaf]) -> list[Problem]:
    """Warnings about what does not begin a page although its author wants it. first: the first leaf of each page."""
    return [Problem(_place(node), "this does not begin a page, as 'break: before' asks",
                    "there are too few panels, or it stands beside other text", severity="warning")
            for node, leaf in wished if not any(leaf is one for one in first)]


def _place(node: Node) -> Place | None:
    """Where the first words of a block stand in their file."""
    return next((one.place for one in _all(node)[1:] if one.place and one.origins is not None), node.place)
