"""Where blocks stand in a measure, and what neighbours share: insets, the spaces around them, the size of a title's
lines."""

from __future__ import annotations

from ..model.record import record, replace
from ..model.story import Node
from .flow import Box, Flow, Leaf, TextLeaf
from .look import Look

CLOSING = " \n\u00a0*)]»”"
"""What may stand behind the last sign of a sentence."""


@record(frozen=True, slots=True)
class Inset:
    """Where blocks stand: insets from the measure's start and end edges, boxes around, groups kept together."""

    left: float = 0.0
    right: float = 0.0
    boxes: tuple[Box, ...] = ()
    groups: tuple[int, ...] = ()


def like_sized(leaves: list[Leaf]) -> None:
    """Lines of a title that fit the measure all have the size of the longest."""
    fitted = [leaf for leaf in leaves if isinstance(leaf, TextLeaf) and leaf.siblings]
    for leaf in fitted:
        leaf.siblings = [one for one in fitted if one.look.fit == leaf.look.fit]


def leads(node: Node, following: Node) -> bool:
    """Whether a paragraph leads to the list after it, like "… if you take:"; they are not parted."""
    return (
        following.name in ("ul", "ol") and node.name == "p" and node.words().rstrip(CLOSING)[-1:] in (":", "：", "﹕")
    )


def turned(inset: Inset, outer: Look, inner: Look) -> Inset:
    """The inset of a block whose start may be on the other side than that of the block around it."""
    return inset if inner.rtl == outer.rtl else replace(inset, left=inset.right, right=inset.left)


def spaces(flows: list[Flow]) -> dict[str, float]:
    """Space above and below blocks that stand side by side, and the penalty of a break after them."""
    filled = [flow.leaves for flow in flows if flow.leaves]
    return {"before": max((leaves[0].before for leaves in filled), default=0.0),
            "after": max((leaves[-1].after for leaves in filled), default=0.0),
            "penalty": max((leaves[-1].penalty for leaves in filled), default=0.0)}
