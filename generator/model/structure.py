"""The structure tree: what a screen reader gets (ISO 32000-1, 14.7; ISO 14289-1)."""

from __future__ import annotations

from .record import field, record


@record(slots=True, eq=False)
class Elem:
    """A structure element. Made from the story in reading order before anything is drawn; drawing only adds marks."""

    role: str
    """Standard structure type: H1, P, L, LI, Lbl, LBody, Table, TR, TH, TD, Figure, Link, Span …"""
    kids: list[Elem] = field(default_factory=list)
    """Elements below, in reading order. All text hangs on leaves: a leaf with the role "" is text of its parent itself
    (so a paragraph with a link is P: "", Link, ""); a leaf with a role of its own (Link, Span, Lbl)
    holds its text directly. Drawing keeps, outside this tree, which marks (page, number) paint each
    leaf; so one tree serves several files."""
    language: str | None = None
    alt: str | None = None
    """For Figure, Link annotation contents."""
    actual: str | None = None
    scope: str | None = None
    """TH: Column or Row."""
    colspan: int = 1
    rowspan: int = 1
    numbering: str | None = None
    """L: Decimal, Disc, None …"""
    title: str | None = None
    """Heading text, for the outline."""
    href: str | None = None
    """Link target; of one within the leaflet: # and the name of an element."""
    name: str | None = None
    """What links within the leaflet lead to; of a Note also its ID (ISO 14289-1, 7.9)."""
    expansion: str | None = None
    """Span: what an abbreviation is short for (ISO 32000-1, 14.9.5)."""
    bbox: tuple[float, float, float, float] | None = None
