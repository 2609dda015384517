"""Finished: what was merged → placed pages → files; the half of the recipe that typesets and draws."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from .model.layout import Geometry, LayoutSpec
from .model.page import Composition
from .model.problem import Problem, Rejected
from .model.record import replace
from .model.run import Order
from .model.story import Leaflet
from .model.theme import Theme
from .printed import office


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without Python's search for unreachable cycles: a third of a leaflet's time, for next to nothing to be found.

    What little there is goes in the search after it.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@undisturbed()
def finished(order: Order, fonts) -> tuple[dict[str, bytes], list[Problem]]:
    """An order → {file name: PDF}, warnings. `fonts`: text.fonts.Fonts of its theme. Raises Rejected."""
    from .check import coarse

    composition, geometry = typeset(order.leaflet, order.geometry, order.spec, order.theme, fonts)
    return office(order.name, composition, geometry, order.about, order.tumble, order.printer), coarse(composition, order.pictures)


def typeset(leaflet: Leaflet, sheet: Geometry, spec: LayoutSpec, theme: Theme, fonts) -> tuple[Composition, Geometry]:
    """Placed pages, and the sheet with sides for as many. `fonts`: text.fonts.Fonts of the theme. Raises Rejected."""
    from .impose import sides
    from .typeset.compose import compose

    from .check import unreadable

    footers = tuple(spec.footers) if spec.footers is not None else None
    composition = compose(leaflet, sheet, spec.body, theme, fonts, footers)
    if pale := unreadable(composition):
        raise Rejected(pale)
    return composition, replace(sheet, sides=sides(sheet, len(composition.pages), leaflet.direction))
