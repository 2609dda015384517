"""Where ink lies on the sheet: nothing but grounds within 3 mm of a fold or cut, nothing at all where printers do not
reach."""

from __future__ import annotations

from collections.abc import Iterator

from traced import inked

from generator.model.layout import MM, Geometry, Placement
from generator.model.page import Composition, Cut, Fill, Image, Line, LinkArea, Page, Shape, Stroke
from generator.model.printing import UNPRINTABLE

CLEAR = 3 * MM
"""Around a fold: type there cracks, or lands on the next panel when the folding is a little off."""
HAIR = 0.05


def boxes(page: Page) -> Iterator[tuple[str, float, float, float, float]]:
    """(what it is, left, top, right, bottom) of everything on a page but its grounds, in points."""
    for item in [*page.items, *page.furniture]:
        if isinstance(item, Line):
            for run in item.runs:
                said = "".join(word.text for word in run.words)
                if said.strip():
                    left, right = inked(run)
                    yield repr(said), left, item.y - run.size * 0.75, right, item.y + run.size * 0.25
        elif isinstance(item, Stroke):
            half = item.width / 2
            xs, ys = sorted((item.x1, item.x2)), sorted((item.y1, item.y2))
            wide, high = (half, 0) if item.x1 == item.x2 else (0, half)
            yield "a rule", xs[0] - wide, ys[0] - high, xs[1] + wide, ys[1] + high
        elif isinstance(item, Shape):
            xs = [item.x + item.scale * x for op in item.path for x in op[1::2]]
            ys = [item.y + item.scale * y for op in item.path for y in op[2::2]]
            yield "a shape", min(xs), min(ys), max(xs), max(ys)
        elif isinstance(item, Image | LinkArea | Cut) and not runs_off(item, page):
            yield type(item).__name__, item.x, item.y, item.x + item.width, item.y + item.height
        else:
            assert isinstance(item, Fill) or runs_off(item, page)


def faults(composition: Composition, geometry: Geometry) -> list[str]:
    """What lies too near to a fold, a cut or the paper's edge; flat layouts have only edges."""
    pages = {page.name: page for page in composition.pages}
    found = []
    if not geometry.sides:
        for page in composition.pages:
            found += over_the_edge(page, page.name, page.width, page.height)
        return found
    for side in geometry.sides:
        upright = {mark.x1 for mark in side.marks if mark.x1 == mark.x2}
        level = {mark.y1 for mark in side.marks if mark.y1 == mark.y2}
        assert len(upright) + len(level) == len(side.marks) / 2 > 0
        for placement in side.placements:
            page = pages[placement.panel]
            where = f"{side.name}, {page.name}"
            for what, *box in boxes(page):
                left, top, right, bottom = on_sheet(box, page, placement)
                if min(left, top, side.width - right, side.height - bottom) < UNPRINTABLE - HAIR:
                    found.append(f"{where}: {what} lies where printers do not reach")
            for what, *box in (*boxes(page), *art(page)):
                left, top, right, bottom = on_sheet(box, page, placement)
                found += [f"{where}: {what} lies within 3 mm of the fold"
                          for folds, low, high in ((upright, left, right), (level, top, bottom))
                          for fold in folds if low < fold + CLEAR - HAIR and high > fold - CLEAR + HAIR]
    return found


def on_sheet(box: list[float], page: Page, placement: Placement) -> tuple[float, float, float, float]:
    """A box of a page, left, top, right and bottom, where it lies on the sheet."""
    left, top, right, bottom = box
    if placement.turned:
        left, right, top, bottom = page.width - right, page.width - left, page.height - bottom, page.height - top
    return left + placement.x, top + placement.y, right + placement.x, bottom + placement.y


def runs_off(item, page: Page) -> bool:
    """Whether it is art that ends at the panel's edge: draw/ ends it where a ground would end
    (tests/draw/test_draw_grounds.py)."""
    return isinstance(item, Cut) and item.elem is None and (item.y < HAIR or item.y + item.height > page.height - HAIR)


def art(page: Page) -> Iterator[tuple[str, float, float, float, float]]:
    """The same of what is drawn on grounds, which is cut at the ground's edges."""
    for item in page.items:
        if runs_off(item, page):
            yield "a drawing", item.x, item.y, item.x + item.width, item.y + item.height
    for ground in page.grounds:
        for shape in ground.art:
            xs = [shape.x + shape.scale * op[-2] for op in shape.path if len(op) > 1]
            ys = [shape.y + shape.scale * op[-1] for op in shape.path if len(op) > 1]
            yield ("a drawing", max(min(xs), ground.x), max(min(ys), ground.y), min(max(xs), ground.x + ground.width),
                   min(max(ys), ground.y + ground.height))


def over_the_edge(page: Page, where: str, width: float, height: float) -> list[str]:
    """`page` is a paper of that width and height."""
    least = UNPRINTABLE - HAIR
    return [
        f"{where}: {what} lies where printers do not reach"
        for what, left, top, right, bottom in boxes(page)
        if min(left, top, width - right, height - bottom) < least
    ]
