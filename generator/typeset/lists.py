"""Lists: what stands before their items (a bullet, a number, a disc), and the items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..model.story import Node
from ..text.paragraph import Paragraph
from ..text.span import Span
from .flow import NEVER, Leaf, TextLeaf
from .inset import Inset, turned
from .look import Look
from .rows import SideBySide
from .tree import _holds_text

LONELY = 45.0
"""Penalty of a break that leaves one item of a list alone, on either side."""


def set_list(builder: Any, node: Node, look: Look, inset: Inset, out: list[Leaf]) -> None:
    """The leaves of a list. builder: the build.Builder that sets the blocks around it."""
    groups = (*inset.groups, next(builder._groups)) if look.keep else inset.groups
    first, gap = len(out), builder.looks.body * 0.5
    looks = [builder.looks.of(item, look) for item in node.kids]
    labels = _labels_of(builder, node, look, looks)
    widest = max((label.natural_width() for label in labels if label is not None), default=0.0)
    indent = max(look.indent, widest + gap) if any("label" in item.attributes for item in node.kids) else look.indent
    alone = {0, len(node.kids) - 2} if len(node.kids) > 2 else set()
    """Items after which a break leaves one alone."""
    for number, (item, item_look, label) in enumerate(zip(node.kids, looks, labels)):
        side = turned(inset, look, item_look)
        here = Inset(side.left + indent, side.right, inset.boxes, groups)
        at = len(out)
        if _holds_text(item):
            builder._text(item, item_look, here, out, label=label, label_gap=gap)
        else:
            builder._container(item, item_look, here, out)
            for leaf in _texts(out[at:]):
                if leaf.label is None:
                    leaf.label, leaf.label_gap = label, gap
                    break
            else:
                if label is not None:  # no line of text to stand before
                    empty = Paragraph(
                        [Span("", item_look.font, False, False, item_look.size, item_look.colour, None)],
                        *builder._manner(item_look),
                    )
                    unsaid = TextLeaf(
                        item.place, empty, item_look, label=label, label_gap=gap, left=here.left, right=here.right,
                        rtl=item_look.rtl, boxes=here.boxes, groups=here.groups,
                    )
                    unsaid.penalty = NEVER
                    out.insert(at, unsaid)
        if out[at:]:
            out[at].begins = True
        if label is not None and look.marker == "badge":
            for leaf in _texts(out[at:]):
                if leaf.label is label:
                    leaf.badge = look.marker_colour or builder.looks.own("dark", item_look.colour)
                    leaf.joined = id(node), builder.looks.own("line", item_look.colour)
        if out[at:] and out[-1].penalty < NEVER:
            out[-1].penalty = LONELY if number in alone else 20.0
    if out[first:]:
        out[first].before = max(out[first].before, look.before)
        out[-1].after = max(out[-1].after, look.after)
        if out[-1].penalty < NEVER:
            out[-1].penalty = 12.0


def _texts(leaves: Iterable[Leaf]) -> Iterator[TextLeaf]:
    """Lines of text of an item, those that begin with something beside them, too."""
    for leaf in leaves:
        if isinstance(leaf, SideBySide):
            yield from _texts(leaf.flows[0].leaves)
        elif isinstance(leaf, TextLeaf):
            yield leaf


def set_note(builder: Any, node: Node, look: Look, inset: Inset, out: list[Leaf]) -> None:
    """A footnote, behind its sign."""
    label = Paragraph([_label(builder, node.attributes["label"], "", look, look, node)], *builder._manner(look))
    builder.problems += label.problems
    builder._text(node, look, inset, out, label=label, label_gap=builder.looks.body * 0.3)


def _labels_of(builder: Any, node: Node, look: Look, looks: list[Look]) -> list[Paragraph | None]:
    """What stands before each item of a list: what its author typed, else its number or bullet; None: nothing."""
    begin = int(node.attributes.get("start", 1))
    marker = look.marker or ("number" if node.name == "ol" else "bullet")
    out: list[Paragraph | None] = []
    for number, (item, item_look) in enumerate(zip(node.kids, looks), begin):
        text = item.attributes.get("label") or _marker(builder, marker, number, item_look)
        if not text:
            builder.tree.unlabelled(node, item)
            out.append(None)
            continue
        out.append(Paragraph([_label(builder, text, marker, look, item_look, item)], *builder._manner(item_look)))
        builder.problems += out[-1].problems
    return out


def _marker(builder: Any, marker: str, number: int, look: Look) -> str:
    figure = builder.numeral(number, look)
    return {"number": f"{figure}.", "badge": figure, "square": "▪", "none": ""}.get(marker, "•")


def _label(builder: Any, text: str, marker: str, look: Look, own: Look, item: Node) -> Span:
    """The bullet or number of an item; a badge's stands on a disc."""
    badge = marker == "badge"
    square = marker == "square" and text == "▪"  # the sign is small, and large it stands too high
    size = own.size * (0.85 if badge and len(text) > 1 else 1.7 if square else 1.0)
    colour = builder.looks.own("paper", "#ffffff") if badge else look.marker_colour or own.colour
    return Span(
        text, own.font, own.bold or badge or marker == "number", False, size, colour,
        builder.tree.labels.get(id(item)), rise=-0.36 * own.size if square else 0.0, place=item.place,
    )
