"""Footers: one and the same on all pages, set for the widest of their numbers ("Page 1 of 12" as "Page 10 of 12")."""

from __future__ import annotations

from ..model.layout import Panel
from ..model.problem import Problem, Rejected
from ..model.story import Node
from .build import Builder
from .flow import Flow
from .frame import ENDLESS, START, Filling, fill
from .rows import SideBySide


def set_footers(footers: list[Node], builder: Builder, pages: list[tuple[int, Panel]],
                total: int) -> dict[int, Filling]:
    """What stands at the foot of each page, by the page's number: the first of the panel's footers that its part of the
    frame has room for on every page.

    pages: numbers, and panels that have a footer. total: how many pages there are. Raises Rejected where no footer has
    room.
    """
    made: dict[int, Filling] = {}
    alike: dict[tuple, list[tuple[int, Panel]]] = {}
    for number, panel in pages:
        alike.setdefault((panel.name, panel.measure, panel.footer), []).append((number, panel))
    for group in alike.values():
        made.update(_first_that_fits(footers, builder, group, total))
    return made


def _first_that_fits(footers: list[Node], builder: Builder, pages: list[tuple[int, Panel]],
                     total: int) -> dict[int, Filling]:
    panel, high = pages[0][1], None
    for node in footers:
        only = node.attributes.get("panels", "").split()
        if only and panel.name not in only:
            continue
        flows = []
        for number, _ in pages:
            builder.numbers = number, total
            flows.append(builder.flow(node))
        _level(flows)
        fillings = [fill(flow, START, panel.measure, ENDLESS) for flow in flows]
        height = max(filling.height for filling in fillings)
        if height <= panel.footer + 0.1:
            return dict(zip([number for number, _ in pages], fillings))
        high = Problem(node.place, f"the footer is {height:.1f} pt high, {panel.footer:.1f} pt are kept for it",
                       "shorten it, add a shorter one after it, or raise footer_height in layout.yaml")
    if high is not None:
        raise Rejected([high])
    return {}


def _level(flows: list[Flow]) -> None:
    """Give page numbers that stand beside something the room that the widest of them takes, on every page."""
    for leaves in zip(*(flow.leaves for flow in flows)):
        if isinstance(leaves[0], SideBySide):
            parts = zip(leaves[0].numbered, zip(*(leaf.flows for leaf in leaves)))
            least = [max(flow.widths()[1] for flow in part) if numbered else 0.0 for numbered, part in parts]
            for leaf in leaves:
                leaf.least = least
